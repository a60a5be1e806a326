"""Reads the demo files. Each room's `demo.py` is handed this and puts its own records in."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent


class ContentError(Exception):
    """A mistake in a demo file: says which file, which entry, and why."""

    def __init__(self, file: Path | str, entry: str, reason: str):
        super().__init__(f"{file}: {entry}: {reason}")


class Content:
    """The files below one folder, and names that one room leaves for the next."""

    def __init__(self, folder: Path = FOLDER):
        self.folder = folder
        self.names: dict[str, dict[str, Any]] = {}
        self.lines: list[str] = []

    def read(self, name: str) -> dict:
        """One TOML file; raises ContentError for a missing or broken one."""
        try:
            return tomllib.loads((self.folder / name).read_text("utf-8"))
        except FileNotFoundError as error:
            raise self.mistake(name, "file", "is missing") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise self.mistake(name, "file", f"is not TOML: {error}") from error

    def mistake(self, file: str, entry: str, reason: str) -> ContentError:
        """The error for the caller to raise."""
        return ContentError(file, entry, reason)

    def say(self, line: str) -> None:
        """A line for the person at the terminal."""
        self.lines.append(line)
