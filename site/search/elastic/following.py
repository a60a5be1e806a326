"""Sends what has changed in the table of documents to the index: until it is there, it waits."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import Q

from search.elastic import index, rebuilding
from search.models import Change, Document

ALL_AT_ONCE = 200


def send() -> int:
    """Sends all changes that wait and gives the number of objects.

    While an index is built they go on waiting, so that they reach the new one. Raises what the
    client raises; what was not sent is sent the next time.
    """
    sent = 0
    while waiting := list(Change.objects.order_by("pk")[:ALL_AT_ONCE]):
        # Asked after reading the changes: what a rebuild that begins now reads is newer.
        if rebuilding.runs():
            break
        # The last change of an object names the version of what is read after it.
        versions = {(change.kind, change.identity): change.pk for change in waiting}
        for _count in index.write(_actions(versions)):
            pass
        Change.objects.filter(pk__in=[change.pk for change in waiting]).delete()
        sent += len(versions)
    return sent


def _actions(versions: dict[tuple[str, str], int]) -> Iterator[dict]:
    found = _documents(versions)
    for (kind, identity), version in versions.items():
        rows = found.get((kind, identity), [])
        yield from (index.written(row, version) for row in rows)
        for language in _languages() - {row.language for row in rows}:
            yield index.deleted(kind, identity, language, version)


def _documents(objects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Document]]:
    wanted = Q(pk=None)
    for kind in {kind for kind, _identity in objects}:
        wanted |= Q(kind=kind, identity__in=[name for of, name in objects if of == kind])
    found: dict[tuple[str, str], list[Document]] = {}
    for row in Document.objects.filter(wanted):
        found.setdefault((row.kind, row.identity), []).append(row)
    return found


def _languages() -> set[str]:
    """Those in which an object may have been in the index."""
    return {code for code, _name in settings.LANGUAGES}
