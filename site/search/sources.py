"""What is searched: rooms register their sources from AppConfig.ready; search knows no room."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One public object in one language, in plain words.

    `labels` and `audience` are tokens of letters (`needplace`); `rank` 0 is the most urgent;
    after `expires_on` the object is found no more.
    """

    identity: str
    language: str
    title: str
    text: str = ""
    more: str = ""
    labels: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    rank: int = 9
    for_people_who_hurt: bool = False
    expires_on: datetime.date | None = None


# The entries of these identities, of all objects for None. Only what everybody may read.
Entries = Callable[[set[str] | None], Iterable[Entry]]
# Which of these identities somebody answers at this moment.
Reachable = Callable[[set[str], datetime.datetime], set[str]]


def nobody_known(identities: set[str], moment: datetime.datetime) -> set[str]:
    return set()


@dataclass(frozen=True)
class Source:
    entries: Entries
    reachable: Reachable = nobody_known


_sources: dict[str, Source] = {}


def register(kind: str, entries: Entries, reachable: Reachable = nobody_known) -> None:
    """Adds a kind of objects, or replaces it."""
    _sources[kind] = Source(entries, reachable)


def kinds() -> list[str]:
    return sorted(_sources)


def source(kind: str) -> Source:
    """Raises KeyError for a kind that nobody registered."""
    return _sources[kind]


def forget(kind: str) -> None:
    """Takes a kind out again."""
    _sources.pop(kind, None)
