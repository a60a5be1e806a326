"""Sentences that sound more like another situation than like their own.

Each is asked for as if somebody typed it and it were not written down: what would the others say?
The trusts are those of the search, the meaning comes from the database and not from the worker.
"""

from collections.abc import Collection
from dataclasses import dataclass

from directory import finding
from directory.phrases import Example
from search.readings import readings

# Words take some milliseconds a sentence: only these many are looked at, the most doubtful by
# their meaning.
MOST_COMPARED = 600
# By how much another situation leads. Situations overlap (who hurts, who is hurt, who saw it): with
# no lead asked for, half of the shipped sentences would be named.
CLEARLY = 0.3


@dataclass(frozen=True)
class Doubt:
    """A sentence with the trusts in its own situation and in another one, 0 to 1."""

    example: Example
    own: float
    other: str
    trust: float


def doubts(known: finding.Known, examples: Collection[Example] | None = None) -> list[Doubt]:
    """Those of these sentences (None: of all), the most doubtful first. No query.

    Of more than MOST_COMPARED sentences those are looked at whose meaning is the most doubtful.
    """
    examples = list(dict.fromkeys(known.phrases.examples if examples is None else examples))
    by_meaning = _by_meaning(known, examples)
    # What has no meaning yet can only be told by its words: first of all.
    doubtful_first = sorted(
        examples, key=lambda one: _compared(one, by_meaning[one])[0] if one in by_meaning else -2
    )
    found = []
    for example in doubtful_first[:MOST_COMPARED]:
        by_words = known.phrases.situations(readings(example.text), but=example)
        trusts = finding.together(by_words, by_meaning.get(example))
        lead, own, other = _compared(example, trusts)
        if lead <= -CLEARLY:
            found.append(Doubt(example, own, other, trusts[other]))
    return sorted(found, key=lambda doubt: (doubt.own - doubt.trust, doubt.example))


def _by_meaning(known: finding.Known, examples: list[Example]) -> dict[Example, dict[str, float]]:
    wanted = set(examples)
    numbers = [
        number for number, example in enumerate(known.nearness.examples) if example in wanted
    ]
    found = known.nearness.among_themselves(numbers)
    return {
        known.nearness.examples[number]: trusts
        for number, trusts in zip(numbers, found, strict=True)
    }


def _compared(example: Example, trusts: dict[str, float]) -> tuple[float, float, str]:
    """By how much its own situation leads (negative: it does not), its trust, the next likely."""
    own = trusts.get(example.situation, 0.0)
    others = {key: trust for key, trust in trusts.items() if key != example.situation}
    other = max(sorted(others), key=others.__getitem__, default="")
    return own - others.get(other, 0.0), own, other
