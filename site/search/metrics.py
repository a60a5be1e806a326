"""How good an order is, by judged queries.

Grades: 3 call this first, 2 right second, 1 may help, 0 no, -1 could harm. nDCG after Järvelin and
Kekäläinen (2002) with gain 2^grade - 1.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean

FIGURES = {
    "ndcg@10": "nDCG@10",
    "mrr": "MRR",
    "success@3": "success@3",
    "recall@20": "recall@20",
    "zero": "zero rate",
    "guess": "guess rate",
    "harm@5": "harm@5",
}


@dataclass(frozen=True)
class Answer:
    """The ranked identities for one judged query."""

    query: str
    language: str
    intent: str
    ranked: list[str]
    is_guess: bool
    grades: dict[str, int] = field(repr=False)

    def figures(self) -> dict[str, float]:
        """All figures of this one query; `harm@5` counts harmful results among the first five."""
        grades = [self.grades.get(identity, 0) for identity in self.ranked]
        good = {identity for identity, grade in self.grades.items() if grade >= 2}
        first = next((place for place, grade in enumerate(grades, 1) if grade == 3), 0)
        return {
            "ndcg@10": _ndcg(grades, self.grades.values()),
            "mrr": 1 / first if first else 0.0,
            "success@3": float(0 < first <= 3),
            "recall@20": len(good & set(self.ranked[:20])) / len(good) if good else 1.0,
            "zero": float(not self.ranked),
            "guess": float(self.is_guess),
            "harm@5": float(sum(1 for grade in grades[:5] if grade < 0)),
        }


def _gain(grades: Iterable[int]) -> float:
    return sum(
        (2 ** max(grade, 0) - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1)
    )


def _ndcg(grades: list[int], judged: Iterable[int], depth: int = 10) -> float:
    ideal = _gain(sorted(judged, reverse=True)[:depth])
    return _gain(grades[:depth]) / ideal if ideal else 1.0


def means(answers: Iterable[Answer]) -> dict[str, float]:
    """The mean of each figure over the answers; harm@5 as the number in all."""
    rows = [answer.figures() for answer in answers]
    found = {name: fmean(row[name] for row in rows) if rows else 0.0 for name in FIGURES}
    return found | {"harm@5": sum(row["harm@5"] for row in rows)}
