"""The way from what a person typed to an ordered answer. Knows no app and writes nothing."""

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from search import engines, keys, scorer, sources
from search.documents import forget_expired, identity_label
from search.readings import readings
from search.scorer import Boosts, Hit

MOST_CANDIDATES = 200
# Below this the best hit shares so little with the query that it may be chance.
TOO_LITTLE = 0.25
LEAST_LIKENESS = 0.34
MOST_SHOWN = 50


@dataclass(frozen=True)
class Found:
    """An ordered answer; `is_guess` when it rests on likeness of letters alone."""

    hits: list[Hit] = field(default_factory=list)
    is_guess: bool = False


def find(
    text: str,
    kind: str,
    *,
    boosts: Boosts = Boosts(),  # noqa: B008 frozen
    moment: datetime.datetime | None = None,
    engine: engines.Engine | None = None,
    may_guess: bool = True,
) -> Found:
    """The objects of a kind for any text: never an error, an empty answer for nothing readable.

    One query of the engine, a second one for a guess, and what the source needs to say who is
    reachable at `moment` (now).
    """
    moment = moment or timezone.now()
    today = timezone.localdate(moment)
    forget_expired(timezone.localdate())
    engine = engine or engines.engine()
    ways = readings(text)
    tokens = {token for way in ways for group in scorer.query_tokens(way) for token in group}
    pinned = [identity_label(identity) for identity in sorted(boosts.identities)]
    wanted = [*pinned, *sorted(boosts.labels), *sorted(tokens)]
    candidates = engine.by_keys(kind, wanted, today, MOST_CANDIDATES)
    found = scorer.hits(ways, candidates, boosts)
    # Who types a name in full has found it, whoever else a situation would send them to.
    best = max(
        (max(hit.score, scorer.WORDS_COUNT * hit.words) for hit in found.values()), default=0.0
    )
    is_guess = False
    if best < TOO_LITTLE and may_guess and ways:
        likely = _likely(ways[0].words, kind, today, engine)
        if max((hit.score for hit in likely.values()), default=0.0) > best:
            found, is_guess = likely, True
    reachable = sources.source(kind).reachable(set(found), moment)
    hits = scorer.ordered(found.values(), reachable, change=boosts.change, hurt=boosts.hurt)
    return Found(hits[:MOST_SHOWN], is_guess)


def _likely(words, kind, today, engine) -> dict[str, Hit]:
    long = [word for word in words if len(word) > 3] or list(words)
    trigrams = {token for word in long for token in keys.trigrams(word)}
    candidates = engine.by_trigrams(kind, sorted(trigrams), today, MOST_CANDIDATES)
    found = scorer.guessed(trigrams, candidates)
    return {name: hit for name, hit in found.items() if hit.score >= LEAST_LIKENESS}
