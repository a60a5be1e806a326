"""Keeps the search documents in step with what is public."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from search import changes, keys, sources
from search.engines.database import forget_deleted_words
from search.models import Document

ALL_AT_ONCE = 200


_waiting: ContextVar[dict[str, set[str]] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Many changes at once: each changed object is written once, at the end of the block."""
    if _waiting.get() is not None:
        yield
        return
    waiting: dict[str, set[str]] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    for kind, identities in waiting.items():
        update(kind, identities)


def identity_label(identity: str) -> str:
    """The object itself as a token, so that an engine finds it by name."""
    return "id" + "".join(letter for letter in identity if letter.isalnum())


def document(kind: str, entry: sources.Entry) -> Document:
    """The row of an entry, not yet saved."""
    return Document(
        kind=kind,
        identity=entry.identity,
        language=entry.language,
        title=entry.title[:255],
        title_keys=keys.index_keys(entry.title, entry.language),
        text_keys=keys.index_keys(entry.text, entry.language),
        more_keys=keys.index_keys(entry.more, entry.language),
        labels=" ".join([*entry.labels, identity_label(entry.identity)]),
        audience=" ".join(entry.audience),
        trigrams=keys.index_trigrams(f"{entry.title} {entry.text}"),
        rank=entry.rank,
        for_people_who_hurt=entry.for_people_who_hurt,
        expires_on=entry.expires_on,
    )


def update(kind: str, identities: Iterable[str]) -> None:
    """Writes the documents of these objects anew; what is public no more is gone.

    Documents past their last day go with it, whatever they are about: no word of them stays.
    """
    identities = set(identities)
    waiting = _waiting.get()
    if waiting is not None:
        waiting.setdefault(kind, set()).update(identities)
        return
    if not identities:
        return
    rows = [document(kind, entry) for entry in sources.source(kind).entries(identities)]
    with transaction.atomic():
        Document.objects.filter(kind=kind, identity__in=identities).delete()
        _delete_expired()
        Document.objects.bulk_create(rows)
        forget_deleted_words()
        changes.note(kind, identities)


@lru_cache(maxsize=1)
def forget_expired(today: datetime.date) -> None:
    """The first search of a day in a process takes out what was shown until yesterday.

    Nobody finds it any more, but its words are not to lie in the index until somebody saves.
    """
    with transaction.atomic():
        if _delete_expired():
            forget_deleted_words()


def _delete_expired() -> int:
    expired = Document.objects.filter(expires_on__lt=timezone.localdate())
    gone = set(expired.values_list("kind", "identity"))
    if not gone:
        return 0
    count, _models = expired.delete()
    for kind in {kind for kind, _identity in gone}:
        changes.note(kind, {identity for of, identity in gone if of == kind})
    return count


def rebuild(kind: str, say: Callable[[int], None] = lambda count: None) -> int:
    """Writes all documents of a kind anew in one transaction; readers see the old ones until then.

    `say` is told the count after each batch.
    """
    count, batch = 0, []
    with transaction.atomic():
        before = Document.objects.filter(kind=kind)
        identities = set(before.values_list("identity", flat=True))
        before.delete()
        for entry in sources.source(kind).entries(None):
            batch.append(document(kind, entry))
            identities.add(entry.identity)
            count += 1
            if len(batch) == ALL_AT_ONCE:
                Document.objects.bulk_create(batch)
                batch = []
                say(count)
        Document.objects.bulk_create(batch)
        forget_deleted_words()
        changes.note(kind, identities)
    say(count)
    return count
