"""Which situation stands behind a query: the nearest example sentences say so, by their words.

Each sentence is a bag of features (keys of words, the words as typed, pairs of neighbours, trigrams
for what is misspelt), weighed by how rare they are among the sentences of a language (tf-idf,
cosine); the nearest eight vote. Word order counts by the pairs: "sieva mani sit" is not "es situ
sievu".
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise

from search import keys
from search.readings import Reading
from search.small_words import is_small

KEY, AS_TYPED, PAIR, TRIGRAM = 1.0, 0.55, 0.7, 0.45
SMALL_WORD = 0.25
UNKNOWN_WORD, UNKNOWN_PART = 0.75, 0.35
NEAREST = 8
# Votes count by this power of the likeness: one near sentence says more than three far ones.
SHARPNESS = 3
# A likeness from which a sentence is believed wholly, and below which not at all.
SURE, LEAST = 0.5, 0.13


@dataclass(frozen=True, order=True)
class Example:
    situation: str
    language: str
    text: str


def features(words: Iterable[str], language: str) -> dict[str, float]:
    """The features of a sentence in a language with their weights, rarity left out."""
    words = list(words)
    found: dict[str, float] = defaultdict(float)
    firsts, shares = [], []
    for word in words:
        forms = keys.keys(word, language)
        share = SMALL_WORD if is_small(word) else 1.0
        firsts.append(forms[0])
        shares.append(share)
        for form in forms:
            found[f"k{form}"] = max(found[f"k{form}"], share * KEY / math.sqrt(len(forms)))
        found[f"={keys.fold(word)}"] = share * AS_TYPED
        pieces = keys.trigrams(word)
        for piece in pieces:
            found[piece] = max(found[piece], share * TRIGRAM / math.sqrt(len(pieces)))
    for at, (one, two) in enumerate(pairwise(firsts)):
        found[f"{one}_{two}"] = PAIR * min(shares[at : at + 2])
    return found


class _Sentences:
    """The sentences of one language, findable by feature."""

    def __init__(self, language: str, examples: list[Example]):
        self.language = language
        bags = [features(keys.words(example.text), language) for example in examples]
        counts = Counter(feature for bag in bags for feature in bag)
        self._rare = {feature: math.log(1 + len(bags) / n) for feature, n in counts.items()}
        self._unknown = math.log(1 + len(bags))
        self._holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, bag in enumerate(bags):
            length = math.sqrt(sum((w * self._rare[f]) ** 2 for f, w in bag.items())) or 1.0
            for feature, weight in bag.items():
                self._holding[feature].append((number, weight * self._rare[feature] / length))

    def _rarity(self, feature: str) -> float:
        """What no sentence holds tells that the query is about something else, but not surely."""
        if feature in self._rare:
            return self._rare[feature]
        return self._unknown * (UNKNOWN_WORD if feature[0] in "k=" else UNKNOWN_PART)

    def likeness(self, words: Iterable[str]) -> dict[int, float]:
        """{number of the sentence: cosine}, for those that share anything."""
        bag = {
            feature: weight * self._rarity(feature)
            for feature, weight in features(words, self.language).items()
        }
        length = math.sqrt(sum(weight**2 for weight in bag.values())) or 1.0
        found: dict[int, float] = defaultdict(float)
        for feature, weight in bag.items():
            for number, share in self._holding.get(feature, ()):
                found[number] += weight * share / length
        return found


class Phrases:
    """All example sentences, ready to be asked."""

    def __init__(self, examples: Iterable[Example]):
        self._examples: dict[str, list[Example]] = defaultdict(list)
        for example in examples:
            self._examples[keys.base(example.language)].append(example)
        self._sentences = {
            language: _Sentences(language, found)
            for language, found in self._examples.items()
            if language in keys.LANGUAGES
        }

    @property
    def examples(self) -> list[Example]:
        return [example for found in self._examples.values() for example in found]

    def near(
        self, readings: list[Reading], but: Example | None = None
    ) -> list[tuple[float, Example]]:
        """The sentences that vote, best first: (likeness from 0 to 1, sentence).

        `but` is left out: what would the others say of it?
        """
        found = self._near(readings)
        if but is not None:
            found = (pair for pair in found if pair[1] != but)
        return nsmallest(NEAREST, found, key=lambda pair: (-pair[0], pair[1]))

    def situations(self, readings: list[Reading], but: Example | None = None) -> dict[str, float]:
        """{situation: how surely it is meant, 0 to 1}; the sum is at most 1."""
        near = self.near(readings, but)
        if not near or near[0][0] < LEAST:
            return {}
        votes: dict[str, float] = defaultdict(float)
        for likeness, example in near:
            votes[example.situation] += likeness**SHARPNESS
        whole = sum(votes.values())
        trust = min(1.0, (near[0][0] - LEAST / 2) / (SURE - LEAST / 2))
        return {situation: trust * vote / whole for situation, vote in votes.items()}

    def _near(self, readings: list[Reading]) -> Iterable[tuple[float, Example]]:
        for reading in readings:
            languages = {one for word in reading.words for one in keys.languages_of(word)}
            for language in languages & set(self._sentences):
                examples = self._examples[language]
                for number, likeness in self._sentences[language].likeness(reading.words).items():
                    yield reading.weight * likeness, examples[number]
