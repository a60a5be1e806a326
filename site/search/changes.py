"""Notes which documents an engine outside of the database has still to be told of."""

from collections.abc import Iterable

from django.conf import settings

from search.models import Change

ALL_AT_ONCE = 500


def are_wanted() -> bool:
    """Whether the settings name an engine that keeps copies of the documents."""
    return settings.SEARCH_ENGINE == "elasticsearch"


def note(kind: str, identities: Iterable[str]) -> None:
    """Notes these objects as changed; the caller's transaction has changed the documents before.

    Only then do two transactions that write the same object have their notes in the same order
    as their documents: the later one has waited for the rows of the first.
    """
    if are_wanted():
        rows = [Change(kind=kind, identity=identity) for identity in sorted(identities)]
        Change.objects.bulk_create(rows, batch_size=ALL_AT_ONCE)
