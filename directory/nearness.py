"""Which situation stands behind a query: the example sentences nearest in meaning say so.

Sentences and query are vectors of a multilingual model, so a sentence in one language answers for
all. All sentences share much (they are short, of one subject, in one voice): their mean is taken
out first, otherwise everything is near to everything.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy
from numpy.typing import ArrayLike, NDArray

from directory.phrases import Example

NEAREST = 16
# How fast a vote falls with the likeness: smaller hears the nearest alone.
TEMPERATURE = 0.1
# A likeness (cosine, mean taken out) below which nothing is believed, and from which all is.
LEAST, SURE = 0.15, 0.55
# Rows of one product of matrices: 500 times some thousand numbers stay below 20 MB.
AT_ONCE = 500


class Nearness:
    """Example sentences as vectors, ready to be asked."""

    def __init__(self, sentences: Iterable[tuple[Example, ArrayLike]] = ()):
        """Each sentence with its vector; all vectors are of one length."""
        sentences = list(sentences)
        self.examples = [example for example, _vector in sentences]
        rows = numpy.array([vector for _example, vector in sentences], dtype=numpy.float32)
        self._mean = rows.mean(axis=0) if len(rows) else numpy.zeros(1, numpy.float32)
        self._rows = _unit(rows - self._mean) if len(rows) else rows

    def __len__(self) -> int:
        return len(self.examples)

    def near(self, vector: ArrayLike, count: int = NEAREST) -> list[tuple[int, float]]:
        """The nearest sentences, best first: (number of the sentence, likeness from -1 to 1)."""
        if not self.examples:
            return []
        likeness = self._rows @ _unit(numpy.asarray(vector, numpy.float32) - self._mean)
        return _best(likeness, min(count, len(likeness)))

    def situations(self, vector: ArrayLike) -> dict[str, float]:
        """{situation: how surely it is meant, 0 to 1}; the sum is at most 1."""
        return self.voted(self.near(vector))

    def among_themselves(self, numbers: list[int]) -> Iterator[dict[str, float]]:
        """What `situations` would say of each of these sentences if it were not there.

        A few products of matrices: a second for some thousand sentences.
        """
        for start in range(0, len(numbers), AT_ONCE):
            part = numbers[start : start + AT_ONCE]
            likeness = self._rows[part] @ self._rows.T
            likeness[range(len(part)), part] = -numpy.inf
            for row in likeness:
                yield self.voted(_best(row, min(NEAREST, len(row) - 1)))

    def voted(self, near: list[tuple[int, float]]) -> dict[str, float]:
        """{situation: trust} by the votes of the nearest sentences, best first."""
        if not near or near[0][1] <= LEAST:
            return {}
        best = near[0][1]
        votes: dict[str, float] = defaultdict(float)
        for number, likeness in near:
            votes[self.examples[number].situation] += float(
                numpy.exp((likeness - best) / TEMPERATURE)
            )
        whole = sum(votes.values())
        trust = min(1.0, (best - LEAST) / (SURE - LEAST))
        return {situation: trust * vote / whole for situation, vote in votes.items()}


def _best(likeness: NDArray[numpy.float32], count: int) -> list[tuple[int, float]]:
    if not count:
        return []
    best = numpy.argpartition(-likeness, count - 1)[:count]
    ordered = sorted(best, key=lambda number: (-likeness[number], number))
    return [(int(number), float(likeness[number])) for number in ordered]


def _unit(rows: NDArray[numpy.float32]) -> NDArray[numpy.float32]:
    length = numpy.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / numpy.where(length == 0, 1, length)
