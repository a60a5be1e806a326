"""Engines find candidates; the scorer alone orders them, so that all engines agree."""

import datetime
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Candidate:
    """A document as the scorer reads it."""

    identity: str
    language: str
    title: frozenset[str]
    text: frozenset[str]
    more: frozenset[str]
    labels: frozenset[str]
    audience: frozenset[str]
    trigrams: frozenset[str]
    rank: int
    for_people_who_hurt: bool


class Engine(Protocol):
    def by_keys(
        self, kind: str, tokens: Iterable[str], today: datetime.date, limit: int
    ) -> list[Candidate]:
        """The best documents of a kind that hold any of these keys or labels, at most `limit`."""

    def by_trigrams(
        self, kind: str, tokens: Iterable[str], today: datetime.date, limit: int
    ) -> list[Candidate]:
        """The best documents of a kind that hold any of these trigrams, at most `limit`."""


@cache
def named(path: str) -> Engine:
    """An engine by its dotted name, or by the last part of the name of one of ours."""
    return import_string(path if "." in path else f"search.engines.{path}.Engine")()


def trial(chosen: Engine) -> AbstractContextManager[None]:
    """Inside the block this engine finds what the table holds in the transaction that is open."""
    return chosen.trial() if hasattr(chosen, "trial") else nullcontext()


def engine() -> Engine:
    """The one that the settings name."""
    return named(settings.SEARCH_ENGINE)
