"""Pictures of every page type in every language, width and mode, on one sheet.

`python -m tests.browser.contact_sheet` from the root of the project writes var/screenshots/ and
names the pages that scroll sideways.
"""

import html
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser import serving
from tests.browser.content import KINDS, LANGUAGES

FOLDER = serving.ROOT / "var" / "screenshots"
WIDTHS = {360: 640, 768: 1024, 1280: 720}
# How a context of the browser differs from an ordinary one.
MODES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "no-script": {"color_scheme": "light", "java_script_enabled": False},
}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STYLE = """
body { margin: 2rem; font: 1rem/1.5 system-ui, sans-serif; }
ul { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
li { inline-size: 11rem; font-size: .8125rem; }
img { display: block; inline-size: 11rem; block-size: 15rem; object-fit: cover;
  object-position: top; border: 1px solid #999; }
"""


@dataclass(frozen=True)
class Picture:
    """One screenshot: what it shows and how many pixels the page scrolls sideways."""

    kind: str
    language: str
    width: int
    mode: str
    sideways: int

    @property
    def file(self) -> str:
        return f"{name(self.kind)}-{self.language}-{self.width}-{self.mode}.png"


def name(kind: str) -> str:
    """`parluks/` as `parluks`: the part of a file name."""
    return kind.strip("/").replace("/", "-")


@contextmanager
def demo_site() -> Iterator[serving.Site]:
    """A server on demo content of its own; nothing of the database in use is read."""
    with tempfile.TemporaryDirectory() as folder:
        environment = serving.environment(
            DATA_DIR=folder, DATABASE_URL="", DJANGO_SETTINGS_MODULE="config.settings.dev"
        )
        (Path(folder) / "static").mkdir()
        for command in ("migrate", "createcachetable", "demo", "error_pages"):
            serving.manage(command, environment=environment)
        serving.manage("shell", "--command", serving.WITHDRAW_ONE, environment=environment)
        with serving.site(environment, Path(folder) / "output.txt") as running:
            yield running


def pictures(running: serving.Site, mode: str, width: int) -> list[Picture]:
    """Takes those of one width and mode, in a browser of their own with one page object."""
    codes, taken = serving.codes(running), []
    options = MODES[mode] | {"viewport": {"width": width, "height": WIDTHS[width]}}
    with serving.chromium() as browser, browser.new_context(**options) as context:
        page = context.new_page()
        for kind in KINDS:
            path = serving.VIEWS.get(kind, kind).format(**codes)
            for language in LANGUAGES:
                page.goto(f"{running.address}/{language}/{path}")
                picture = Picture(kind, language, width, mode, page.evaluate(SIDEWAYS))
                page.screenshot(path=FOLDER / picture.file, full_page=True)
                taken.append(picture)
    return taken


def sheet(taken: list[Picture]) -> str:
    """The contact sheet: a heading for each page type, thumbnails that lead to full size."""
    parts = []
    for kind in KINDS:
        items = "".join(entry(picture) for picture in taken if picture.kind == kind)
        parts.append(f"<h2>{html.escape(name(kind))}</h2><ul>{items}</ul>")
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Screenshots</title>'
        f"<style>{STYLE}</style><h1>Screenshots</h1>{''.join(parts)}</html>"
    )


def entry(picture: Picture) -> str:
    caption = f"{picture.language} · {picture.width} · {picture.mode}"
    if picture.sideways > 0:
        caption += f" · {picture.sideways} px sideways"
    return (
        f'<li><a href="{picture.file}"><img src="{picture.file}" alt="" loading="lazy">'
        f"{html.escape(caption)}</a></li>"
    )


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    # One thread for each processor: they wait for their browsers.
    with demo_site() as running, ThreadPoolExecutor(os.cpu_count()) as pool:
        rounds = [(running, mode, width) for mode in MODES for width in WIDTHS]
        taken = [
            picture for found in pool.map(pictures, *zip(*rounds, strict=True)) for picture in found
        ]
    (FOLDER / "index.html").write_text(sheet(taken), "utf-8")
    for picture in taken:
        if picture.sideways > 0:
            sys.stdout.write(f"{picture.file}: {picture.sideways} px sideways\n")
    sys.stdout.write(f"{len(taken)} pictures: {FOLDER / 'index.html'}\n")


if __name__ == "__main__":
    main()
