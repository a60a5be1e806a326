"""Builds a new index beside the one in service and puts it in its place."""

import datetime
import os
import socket
from collections.abc import Callable, Iterable, Iterator

from django.db import IntegrityError, transaction
from django.utils import timezone

from search.elastic import index
from search.models import Change, Document, Rebuild

ALL_AT_ONCE = 500
# Longer than one batch or one step can take (index.PATIENCE): a process silent for so long is dead.
SILENT_FOR = datetime.timedelta(minutes=3)
# Of what no change is waiting for: below the key of every change.
FIRST = 0


class AlreadyRunning(Exception):  # noqa: N818 a state, not a mistake
    """Another process builds the index."""


class TakenOver(Exception):  # noqa: N818
    """This rebuild was silent for so long that others took it for dead."""


def runs() -> bool:
    """Whether a process builds the index now; forgets one that has died."""
    row = Rebuild.objects.filter(alias=index.alias()).first()
    if row is None:
        return False
    if _is_dead(row):
        Rebuild.objects.filter(pk=row.pk, seen_at=row.seen_at).delete()
        return False
    return True


def _is_dead(row: Rebuild) -> bool:
    if row.seen_at < timezone.now() - SILENT_FOR:
        return True
    if row.host != socket.gethostname():
        return False
    try:
        os.kill(row.process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def rebuild(say: Callable[[int], None] = lambda count: None) -> int:
    """Builds the index from the table and puts it in service; gives the number of documents.

    `say` is told the count after each batch. Searches read the old index until the swap; changes
    made meanwhile wait and are sent to the new one. Raises AlreadyRunning, TakenOver or what the
    client raises; then the old index stays, and what was begun is deleted by the next rebuild.
    """
    mine = _begin()
    try:
        # Known before the table is read: its documents are at least as new as these.
        waiting = list(Change.objects.order_by("pk").values_list("kind", "identity", "pk"))
        versions = {(kind, identity): pk for kind, identity, pk in waiting}
        name = index.create()
        written: set[tuple[str, str]] = set()
        count = 0
        for count in index.write(_actions(versions, written), name):
            if count % ALL_AT_ONCE == 0:
                _still_alive(mine)
                say(count)
        _still_alive(mine)
        index.put_in_service(name)
        # What is gone was not written: its change is sent, so that no late copy brings it back.
        _forget(pk for kind, identity, pk in waiting if (kind, identity) in written)
    finally:
        mine.delete()
    index.delete_others(name)
    return count


def _begin() -> Rebuild:
    if runs():
        raise AlreadyRunning
    try:
        with transaction.atomic():
            return Rebuild.objects.create(
                alias=index.alias(),
                host=socket.gethostname(),
                process=os.getpid(),
                seen_at=timezone.now(),
            )
    except IntegrityError as error:
        raise AlreadyRunning from error


def _still_alive(mine: Rebuild) -> None:
    if not Rebuild.objects.filter(pk=mine.pk).update(seen_at=timezone.now()):
        raise TakenOver


def _actions(versions: dict[tuple[str, str], int], written: set[tuple[str, str]]) -> Iterator[dict]:
    for row in _documents():
        name = (row.kind, row.identity)
        written.add(name)
        yield index.written(row, versions.get(name, FIRST))


def _documents() -> Iterator[Document]:
    """All rows in batches; one that is written anew meanwhile comes again at the end."""
    last = 0
    while rows := list(Document.objects.filter(pk__gt=last).order_by("pk")[:ALL_AT_ONCE]):
        yield from rows
        last = rows[-1].pk


def _forget(keys: Iterable[int]) -> None:
    keys = list(keys)
    for start in range(0, len(keys), ALL_AT_ONCE):
        Change.objects.filter(pk__in=keys[start : start + ALL_AT_ONCE]).delete()
