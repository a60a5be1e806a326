"""Where Chromium is; as a script, gets one when there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Debian's browser, letters of all our languages, and what the driver's own runtime links to.
DEBIAN_PACKAGES = ("chromium", "fonts-noto-core", "libatomic1")
MISSING = "No Chromium was found and none could be installed: set CHROMIUM to its path."


def executable() -> Path:
    """The browser named by CHROMIUM, else on PATH, else the one that Playwright downloaded.

    Raises FileNotFoundError when there is none.
    """
    for name in filter(None, (os.environ.get("CHROMIUM"), *NAMES)):
        if found := shutil.which(name):
            return Path(found)
    if (downloaded := _downloaded()) is not None:
        return downloaded
    raise FileNotFoundError(MISSING)


def _downloaded() -> Path | None:
    from playwright.sync_api import sync_playwright

    try:
        with sync_playwright() as playwright:
            path = Path(playwright.chromium.executable_path)
    except Exception:
        return None
    return path if path.exists() else None


def install() -> bool:
    """Tries Debian's package, then Playwright's download. True when a browser is there then."""
    return _from_debian() or _from_playwright()


def _from_debian() -> bool:
    prefix = _as_root()
    if prefix is None or not shutil.which("apt-get"):
        return False
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet", "--yes"]
    update = subprocess.run([*quiet, "update"])
    return (
        update.returncode == 0
        and subprocess.run([*quiet, "install", *DEBIAN_PACKAGES]).returncode == 0
        and _is_there()
    )


def _as_root() -> list[str] | None:
    """What stands before a command that needs root, or None when we cannot be root."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def _from_playwright() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command).returncode == 0 and _is_there()


def _is_there() -> bool:
    try:
        executable()
    except FileNotFoundError:
        return False
    return True


if __name__ == "__main__":
    if not _is_there() and not install():
        sys.exit(MISSING)
