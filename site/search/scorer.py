"""The one order of results, whatever engine found them.

Relevance in bands; inside a band what somebody answers now, then the crisis rank; then the
identity, so that the same question always has the same answer. A programme for people who hurt
others stands below all help for the hurt, except where the boosts ask for it by name.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from search import keys
from search.engines import Candidate
from search.readings import Reading
from search.small_words import is_small

TITLE, TEXT, MORE = 1.0, 0.75, 0.5
SMALL_WORD = 0.15
WORDS_COUNT, BOOST_COUNTS = 0.8, 1.6
# More than all the rest together: an editor has said so.
PIN_COUNTS = 4.0
# A result below this share of the best is noise beside it.
LEAST_SHARE = 0.12
# Of those whom a service names, who may be somebody that wants to stop hurting others: a
# psychologist for adults is for them too, a house for women and children is not.
FOR_CHANGE = frozenset({"anyone", "adults", "violent"})
BANDS = (0.9, 0.75, 0.55, 0.35)


@dataclass(frozen=True)
class Boosts:
    """What the caller knows of the person's situation.

    `labels`: how much an object with this label gains (0 to 1), `identities` the same for single
    objects, `audience`: by what an object for these people alone is multiplied. `change` is true
    for somebody who wants to stop hurting others.
    """

    labels: dict[str, float] = field(default_factory=dict)
    identities: dict[str, float] = field(default_factory=dict)
    audience: dict[str, float] = field(default_factory=dict)
    change: bool = False
    hurt: bool = False

    def __bool__(self) -> bool:
        return bool(self.labels or self.identities)


@dataclass(frozen=True)
class Hit:
    """A found object. `words` and `boost` explain the score to editors."""

    identity: str
    score: float
    words: float
    boost: float
    rank: int
    for_people_who_hurt: bool
    audience: frozenset[str] = frozenset()
    band: int = 0


def query_tokens(reading: Reading) -> list[set[str]]:
    """For each word all tokens that would match it, in every language it may be written in."""
    return [
        {token for language in keys.languages_of(word) for token in keys.tokens(word, language)}
        for word in reading.words
    ]


def _rareness(
    words: tuple[str, ...], wanted: list[set[str]], candidates: list[Candidate]
) -> list[float]:
    """How much each word tells among these candidates: log(1 + n / n with the word)."""
    sets = [candidate.title | candidate.text | candidate.more for candidate in candidates]
    return [
        math.log(1 + len(sets) / (1 + sum(1 for one in sets if one & tokens)))
        * (SMALL_WORD if is_small(word) else 1)
        for word, tokens in zip(words, wanted, strict=True)
    ]


def words_score(wanted: list[set[str]], rareness: list[float], candidate: Candidate) -> float:
    """The share of the query that the document answers, by the field that answers it: 0 to 1."""
    whole = sum(rareness)
    if not whole:
        return 0.0
    found = 0.0
    for tokens, weight in zip(wanted, rareness, strict=True):
        if tokens & candidate.title:
            found += TITLE * weight
        elif tokens & candidate.text:
            found += TEXT * weight
        elif tokens & candidate.more:
            found += MORE * weight
    return found / whole


def boost_score(boosts: Boosts, candidate: Candidate) -> float:
    """How well the labels fit: the more an object does besides, the less each of them counts.

    One label is the object's own.
    """
    gain = sum(boosts.labels.get(label, 0.0) for label in candidate.labels)
    return gain / math.sqrt(max(len(candidate.labels) - 1, 1))


def audience_factor(boosts: Boosts, candidate: Candidate) -> float:
    """1 where somebody it is for is meant; an object that names nobody is for everybody."""
    return max((boosts.audience.get(who, 1.0) for who in candidate.audience), default=1.0)


def hits(
    readings: list[Reading], candidates: Iterable[Candidate], boosts: Boosts
) -> dict[str, Hit]:
    """One hit for each object: its best document in the best reading."""
    candidates = list(candidates)
    best: dict[str, float] = {}
    for reading in readings:
        wanted = query_tokens(reading)
        rareness = _rareness(reading.words, wanted, candidates)
        for candidate in candidates:
            score = reading.weight * words_score(wanted, rareness, candidate)
            best[candidate.identity] = max(best.get(candidate.identity, 0.0), score)
    found = {}
    for candidate in candidates:
        boost = boost_score(boosts, candidate)
        score = WORDS_COUNT * best[candidate.identity] + BOOST_COUNTS * boost
        found[candidate.identity] = Hit(
            candidate.identity,
            score * audience_factor(boosts, candidate)
            + PIN_COUNTS * boosts.identities.get(candidate.identity, 0.0),
            best[candidate.identity],
            boost,
            candidate.rank,
            candidate.for_people_who_hurt,
            candidate.audience,
        )
    return found


def guessed(trigrams: set[str], candidates: Iterable[Candidate]) -> dict[str, Hit]:
    """Hits by the share of the query's trigrams that a document holds."""
    found: dict[str, Hit] = {}
    for candidate in candidates:
        score = len(trigrams & candidate.trigrams) / (len(trigrams) or 1)
        known = found.get(candidate.identity)
        if known is None or known.score < score:
            found[candidate.identity] = Hit(
                candidate.identity,
                score,
                score,
                0.0,
                candidate.rank,
                candidate.for_people_who_hurt,
                candidate.audience,
            )
    return found


def ordered(
    found: Iterable[Hit], reachable: set[str], *, change: bool = False, hurt: bool = False
) -> list[Hit]:
    """The hits in their order, each with its band; what is noise beside the best is left out.

    `change`: the person wants to stop hurting others, so such programmes stand where their score
    puts them, and what is for the hurt alone is not shown. `hurt`: they are left out, a short list
    would show them among the first. Otherwise they come after everything else.
    """
    found = [hit for hit in found if hit.score > 0 and (not change or _may_be_shown(hit))]
    if hurt and not change:
        found = [hit for hit in found if not hit.for_people_who_hurt]
    helping = [hit for hit in found if change or not hit.for_people_who_hurt]
    best = max((hit.score for hit in helping or found), default=0.0)
    rows = []
    for hit in found:
        share = hit.score / best
        if share < LEAST_SHARE:
            continue
        band = sum(1 for limit in BANDS if share < limit)
        last = hit.for_people_who_hurt and not change
        key = (last, band, hit.identity not in reachable, hit.rank, -round(hit.score, 6))
        rows.append((*key, hit.identity, hit, band))
    return [replace(hit, band=band) for *_key, hit, band in sorted(rows, key=lambda row: row[:6])]


def _may_be_shown(hit: Hit) -> bool:
    """Whether somebody who hurts others may learn of it: the places of the hurt stay hidden."""
    return hit.for_people_who_hurt or not hit.audience or bool(hit.audience & FOR_CHANGE)
