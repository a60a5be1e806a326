"""Finding services by what a person types: the situation behind it, then search.

`search` is told plain boosts; what a situation is, it does not know.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from directory import vectors
from directory.models import Service, Situation
from directory.nearness import Nearness
from directory.phrases import Example, Phrases
from directory.situations import AUDIENCES, SituationNeed
from directory.states import states_of
from search import find, keys, sources
from search.engines import Engine
from search.meaning import client
from search.readings import likeliest, readings
from search.scorer import Boosts

KIND = "service"
FITS = {
    SituationNeed.Fit.FIRST: 1.0,
    SituationNeed.Fit.SECOND: 0.5,
    SituationNeed.Fit.MAY_HELP: 0.2,
}
EVERYBODY = {"anyone", "adults"}
# Help made for just these people gains, help for everybody stays, help for others only loses.
FOR_THEM, FOR_OTHERS = 1.3, 0.4
CHANGE = "needchange"
# How far the meaning is believed beside the words: what did best on queries kept apart.
MEANING_COUNTS = 0.5
# The share of all trust from which what is pinned for a situation stands first.
MAY_BE = 0.25
# So much is recognised that somebody who is hurt, or stands by her, may be asking.
HURT_FROM = 0.1


@dataclass(frozen=True)
class Meaning:
    """A situation as plain values."""

    weight: float
    labels: dict[str, float]
    audience: frozenset[str]
    pins: tuple[tuple[str, datetime.date, float], ...] = ()
    pages: tuple[tuple[str, datetime.date], ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What is asked of search for a text: the situations behind it, boosts, pages to read first."""

    trusts: dict[str, float] = field(default_factory=dict)
    boosts: Boosts = Boosts()  # noqa: RUF009 frozen
    pages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Beliefs:
    """{situation: how surely it is meant, 0 to 1} in three ways.

    `by_meaning` and `vector` are None where no worker answered.
    """

    by_words: dict[str, float]
    by_meaning: dict[str, float] | None
    together: dict[str, float]
    vector: client.Vector | None


@dataclass
class Known:
    """All situations, read once and again when they change."""

    version: tuple = ()
    meanings: dict[str, Meaning] = field(default_factory=dict)
    phrases: Phrases = field(default_factory=lambda: Phrases([]))
    nearness: Nearness = field(default_factory=Nearness)


_known = Known()


def known() -> Known:
    """The situations of the database: one query when nothing has changed, five more otherwise."""
    global _known  # noqa: PLW0603 one per process, like a cache
    version = _version()
    if _known.version != version:
        _known = read(Situation.objects.all(), version)
    return _known


def _version() -> tuple:
    found = Situation.objects.aggregate(changed=Max("changed_at"), count=Count("pk"))
    return tuple(found.values())


def read(situations, version: tuple = ()) -> Known:
    """Situations with all that belongs to them."""
    situations = situations.prefetch_related(
        "situation_needs__need", "audiences", "pins__service", "pages__page", "examples"
    )
    meanings, examples, near = {}, [], []
    for situation in situations:
        if not situation.weight:
            continue
        for example in situation.examples.all():
            examples.append(Example(situation.key, example.language, example.text))
            vector = vectors.unpacked(example)
            if vector is not None:
                near.append((examples[-1], vector))
        meanings[situation.key] = Meaning(
            weight=situation.weight / 100,
            labels={
                need_label(row.need.key): FITS[row.fit] for row in situation.situation_needs.all()
            },
            audience=frozenset(row.code for row in situation.audiences.all()),
            pins=tuple(
                (str(pin.service.uuid), pin.expires_on, pin.strength / 100)
                for pin in situation.pins.all()
            ),
            pages=tuple(
                (str(row.page.translation_key), row.expires_on) for row in situation.pages.all()
            ),
        )
    return Known(version, meanings, Phrases(examples), Nearness(near))


def need_label(key: str) -> str:
    """A need as a token of an index."""
    return f"need{keys.fold(key)}"


def wanted(text: str, situations: Known, today: datetime.date) -> Wanted:
    """What the situations behind a text ask of search; empty when none is recognised."""
    return asked_for(trusts(text, situations), situations, today)


def asked_for(found: dict[str, float], situations: Known, today: datetime.date) -> Wanted:
    """What situations that are trusted so far ask of search."""
    meanings = situations.meanings
    likely = {key: trust * meanings[key].weight for key, trust in found.items() if trust}
    return Wanted(likely, _combined(likely, meanings, today), _pages(likely, meanings, today))


def _pages(likely: dict[str, float], meanings: dict[str, Meaning], today) -> tuple[str, ...]:
    """The pages of each situation that may well be the one, the likeliest first."""
    whole = sum(likely.values())
    return tuple(
        identity
        for key, trust in sorted(likely.items(), key=lambda pair: (-pair[1], pair[0]))
        if trust > MAY_BE * whole
        for identity, expires_on in meanings[key].pages
        if expires_on >= today
    )


def trusts(text: str, situations: Known) -> dict[str, float]:
    """{situation: how surely it is meant, 0 to 1} by the words and by the meaning of a text."""
    return believed(text, situations).together


def believed(text: str, situations: Known) -> Beliefs:
    """The same with what it comes from."""
    by_words = situations.phrases.situations(readings(text))
    vector = client.vector(likeliest(text)) if len(situations.nearness) else None
    by_meaning = None if vector is None else situations.nearness.situations(vector)
    return Beliefs(by_words, by_meaning, together(by_words, by_meaning), vector)


def together(by_words: dict[str, float], by_meaning: dict[str, float] | None) -> dict[str, float]:
    """Each is believed by its share; without a meaning the words alone."""
    if by_meaning is None:
        return decided(by_words)
    both = {
        key: MEANING_COUNTS * by_meaning.get(key, 0.0)
        + (1 - MEANING_COUNTS) * by_words.get(key, 0.0)
        for key in sorted(by_words.keys() | by_meaning.keys())
    }
    return decided(both)


def decided(found: dict[str, float]) -> dict[str, float]:
    """The same trust in all, more of it on what is likelier: two half-hearted guesses help less."""
    whole, squares = sum(found.values()), sum(trust**2 for trust in found.values())
    return {key: whole * trust**2 / squares for key, trust in found.items()} if squares else {}


def _combined(likely: dict[str, float], meanings: dict[str, Meaning], today) -> Boosts:
    labels: dict[str, float] = defaultdict(float)
    identities: dict[str, float] = defaultdict(float)
    audience: dict[str, float] = defaultdict(float)
    whole = sum(likely.values())
    for key, trust in likely.items():
        meaning = meanings[key]
        for label, fit in meaning.labels.items():
            labels[label] += trust * fit
        for identity, expires_on, strength in meaning.pins:
            if expires_on >= today:
                # Half sure is sure enough for what an editor wants first; a trace is not.
                may_be = trust > MAY_BE * whole
                identities[identity] += strength * (min(1.0, 3 * whole) if may_be else trust)
        for code, _label in AUDIENCES:
            audience[code] += trust / whole * _welcome(code, meaning.audience)
    # Wrongly sent to help for the violent, a hurt person is harmed: so only when it is clear.
    wants_change = sum(
        trust for key, trust in likely.items() if meanings[key].labels.get(CHANGE, 0) == 1.0
    )
    change = bool(whole) and wants_change > 0.6 * whole
    hurt = whole > HURT_FROM and wants_change < 0.25 * whole
    return Boosts(dict(labels), dict(identities), dict(audience), change, hurt)


def _welcome(code: str, meant: frozenset[str]) -> float:
    if not meant or code in EVERYBODY:
        return 1.0
    return FOR_THEM if code in meant else FOR_OTHERS


def services(
    text: str,
    *,
    situations: Known | None = None,
    kind: str = KIND,
    engine: Engine | None = None,
    moment: datetime.datetime | None = None,
    asked: Wanted | None = None,
) -> find.Found:
    """The services for a text, best first; `asked` when it was already understood."""
    moment = moment or timezone.now()
    asked = asked or wanted(text, situations or known(), timezone.localdate(moment))
    return find.find(text, kind, boosts=asked.boosts, engine=engine, moment=moment)


def entries(identities: set[str] | None) -> Iterable[sources.Entry]:
    """Every public service in every language in which it has words."""
    found = Service.objects.public().select_related("organization")
    if identities is not None:
        found = found.filter(uuid__in=identities)
    found = found.prefetch_related("texts__locale", "needs", "audiences")
    languages = dict(settings.LANGUAGES)
    for service in found:
        for text in service.texts.all():
            if text.locale.language_code in languages:
                yield _entry(service, text)


def _entry(service: Service, text) -> sources.Entry:
    organization = service.organization
    return sources.Entry(
        identity=str(service.uuid),
        language=text.locale.language_code,
        title=text.name,
        text=f"{text.summary} {text.for_whom} {organization.name} {organization.former_name}",
        more=text.what_happens,
        labels=tuple(need_label(need.key) for need in service.needs.all()),
        audience=tuple(row.code for row in service.audiences.all()),
        rank=service.urgency,
        for_people_who_hurt=service.for_people_who_hurt,
        expires_on=service.valid_until,
    )


def reachable(identities: set[str], moment: datetime.datetime) -> set[str]:
    """Those that somebody answers at this moment. Three queries."""
    columns = ("pk", "uuid", "status", "by_appointment", "on_holidays")
    services = list(Service.objects.public().filter(uuid__in=identities).values(*columns))
    states = states_of(services, timezone.localtime(moment), few=True)
    return {
        str(service["uuid"])
        for service, found in zip(services, states, strict=True)
        if found.is_open
    }
