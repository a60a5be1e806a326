"""What Firefox has left on the disk: read after it has quit."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import lz4.block

from tests.browser.firefox import PROFILE

PACKED = b"mozLz40\0"


@dataclass
class Profile:
    """What a Firefox that was `running` in `folder` has left there."""

    folder: Path

    def history(self, beginning: str) -> list[tuple[str, str]]:
        """Address and title of every row of the history whose address begins like this."""
        rows = self._rows("places.sqlite", "SELECT url, title FROM moz_places ORDER BY id")
        return [row for row in rows if row[0].startswith(beginning)]

    def cookies(self) -> list[tuple[str, str]]:
        """Host and name of every cookie."""
        return self._rows("cookies.sqlite", "SELECT host, name FROM moz_cookies")

    def storage(self) -> list[str]:
        """Names of the folders in which sites have stored something."""
        return [path.name for path in (self.folder / PROFILE).glob("storage/default/*")]

    def _rows(self, name: str, query: str) -> list[tuple]:
        database = f"file:{self.folder / PROFILE / name}?mode=ro"
        with closing(sqlite3.connect(database, uri=True)) as connection:
            return connection.execute(query).fetchall()

    def session(self) -> tuple[list[list[tuple]], list[list[tuple]]]:
        """Open and closed tabs that Firefox would bring back: address and title of each entry."""
        content = json.loads(readable(self.folder / PROFILE / "sessionstore.jsonlz4"))
        open_tabs = [tab for window in content["windows"] for tab in window["tabs"]]
        closed = [tab["state"] for window in content["windows"] for tab in window["_closedTabs"]]
        return [_entries(tab) for tab in open_tabs], [_entries(tab) for tab in closed]

    def files_with(self, *words: str) -> set[str]:
        """Names of the files that hold any of these words, in UTF-8 or in UTF-16."""
        wanted = [word.encode(coding) for word in words for coding in ("utf-8", "utf-16-le")]
        found = set()
        for path in self.folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                content = readable(path)
                if any(one in content for one in wanted):
                    found.add(str(path.relative_to(self.folder)))
        return found


def _entries(tab: dict) -> list[tuple]:
    return [(entry["url"], entry.get("title")) for entry in tab["entries"]]


def readable(path: Path) -> bytes:
    """A file as it is, those that Firefox packs with LZ4 unpacked.

    They begin with eight letters and the size of what is inside (toolkit's `lz4.sys.mjs`).
    """
    content = path.read_bytes()
    if content.startswith(PACKED):
        return lz4.block.decompress(content.removeprefix(PACKED))
    return content
