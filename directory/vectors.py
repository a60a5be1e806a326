"""The vectors of the example sentences: computed where they are missing, kept with their model."""

import hashlib
from collections.abc import Iterable

import numpy
from django.db.models import Count, Max
from django.utils import timezone

from directory.situations import Situation, SituationExample
from search.meaning import client
from search.meaning.bounds import LENGTH, bounded
from search.meaning.worker import MODEL_SHA256

# Beside nobody who waits: a busy machine may take its time.
PATIENCE = 5.0
ALL_AT_ONCE = 100
# Some seconds of work, then whatever else waits.
A_ROUND = 200
# Half the bytes of what the model answers; likeness differs in the fourth place.
STORED = "<f2"


def key(text: str) -> str:
    """Names the model and the text that a vector was made of; another one is made anew."""
    return f"{MODEL_SHA256[:8]}-{hashlib.sha256(bounded(text).encode()).hexdigest()[:12]}"


def packed(vector: client.Vector) -> bytes:
    return vector.astype(STORED).tobytes()


def unpacked(example: SituationExample) -> client.Vector | None:
    """The vector of a sentence; None while it is missing or of an older text or model."""
    if example.vector_key != key(example.text):
        return None
    found = numpy.frombuffer(bytes(example.vector), dtype=STORED)
    return found.astype(numpy.float32) if len(found) == LENGTH else None


def fill(situations: Iterable[int] | None = None, most: int | None = None) -> int:
    """Computes what is missing, of these situations (ids) or of all; at most `most` sentences.

    Returns how many were computed: fewer than are missing when the worker does not answer.
    """
    missing = _missing(situations)[:most]
    count = 0
    for start in range(0, len(missing), ALL_AT_ONCE):
        batch = missing[start : start + ALL_AT_ONCE]
        done = [one for one in batch if _compute(one)]
        SituationExample.objects.bulk_update(done, ["vector", "vector_key"])
        changed = {one.situation_id for one in done}
        # Every process that knows the situations reads them anew.
        Situation.objects.filter(pk__in=changed).update(changed_at=timezone.now())
        count += len(done)
        if len(done) < len(batch):
            break
    return count


def _missing(situations: Iterable[int] | None) -> list[SituationExample]:
    examples = SituationExample.objects.only("text", "vector_key", "situation_id")
    if situations is not None:
        examples = examples.filter(situation__in=list(situations))
    return [one for one in examples if one.vector_key != key(one.text) and bounded(one.text)]


_complete_at: tuple | None = None


def keep_filled() -> None:
    """Computes a part of what is missing; asks nothing but the version when nothing is.

    The task of the process that runs beside the site.
    """
    global _complete_at  # noqa: PLW0603 one per process
    found = Situation.objects.aggregate(changed=Max("changed_at"), count=Count("pk"))
    version = tuple(found.values())
    if version == _complete_at:
        return
    if fill(most=A_ROUND) == 0 and not _missing(None):
        _complete_at = version


def _compute(example: SituationExample) -> bool:
    found = client.vector(example.text, PATIENCE)
    if found is None:
        return False
    example.vector = packed(found)
    example.vector_key = key(example.text)
    return True
