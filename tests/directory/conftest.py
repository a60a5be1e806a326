"""The clock of the directory, set by hand."""

import datetime
from zoneinfo import ZoneInfo

import pytest

RIGA = ZoneInfo("Europe/Riga")


@pytest.fixture
def clock(monkeypatch):
    """`clock("2026-03-02 22:14")`: what the pages take for now, on the clock of Riga."""

    def set_to(text: str) -> datetime.datetime:
        moment = datetime.datetime.fromisoformat(text).replace(tzinfo=RIGA)
        monkeypatch.setattr("directory.moments.now", lambda: moment)
        return moment

    return set_to
