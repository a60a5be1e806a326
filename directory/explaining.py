"""Why the search answers a text as it does, for those who write the sentences of situations.

Nothing here finds or orders: it asks what the search asks and keeps what is said on the way.
Nothing is stored either: what is explained may be a visitor's own words.
"""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory import finding, listing, nearness, phrases
from directory.answers import MOST_CARDS
from directory.editing import names
from directory.models import Situation, SituationText
from directory.phrases import Example
from directory.situations import AUDIENCES
from search import keys
from search.find import Found
from search.readings import Reading, Way, bounded, likeliest, readings
from search.scorer import Boosts
from search.small_words import is_small

WAYS = {
    Way.TYPED: _("as it was typed"),
    Way.RUSSIAN_LETTERS: _("Russian in Latin letters"),
    Way.UKRAINIAN_LETTERS: _("Ukrainian in Latin letters"),
    Way.RUSSIAN_KEYBOARD: _("meant for the Russian keyboard"),
    Way.UKRAINIAN_KEYBOARD: _("meant for the Ukrainian keyboard"),
    Way.LATIN_KEYBOARD: _("meant for the Latin keyboard"),
}
# Less is 0 when printed.
LEAST_SHOWN = 0.005
# From this share on; numbers stand beside them.
SURELY = [(0.75, _("very sure")), (0.4, _("rather sure")), (0.15, _("perhaps")), (0, _("hardly"))]
NEAR = [(1, _("very near")), (0.5, _("near")), (0.001, _("a little")), (0, _("too far to count"))]
FITS = [_("fits best"), _("fits well"), _("fits"), _("fits in part"), _("fits a little")]


def in_words(share: float, scale: list[tuple[float, Promise]]) -> str:
    return str(next((words for least, words in scale if share >= least), scale[-1][1]))


class Worker(StrEnum):
    """What came of asking for the meaning."""

    ANSWERED = "answered"
    SILENT = "silent"
    NO_SENTENCES = "no sentences"


@dataclass(frozen=True)
class Word:
    """A word with its keys: (language, keys) for each language that it may be written in."""

    text: str
    is_small: bool
    keys: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Read:
    """A reading; `weight` is what a match in it is worth, 0 to 1."""

    way: Way
    weight: float
    words: tuple[Word, ...]

    @property
    def in_words(self) -> str:
        return str(WAYS[self.way])


@dataclass(frozen=True)
class Near:
    """A sentence that was asked; `share` is how far its likeness is believed, 0 to 1."""

    sentence: str
    language: str
    situation: str
    likeness: float
    share: float

    @property
    def in_words(self) -> str:
        return in_words(self.share, NEAR)


@dataclass(frozen=True)
class Trust:
    """How surely a situation is meant, 0 to 1; `by_meaning` is None where nobody answered."""

    pk: int
    situation: str
    by_words: float
    by_meaning: float | None
    together: float
    weight: float

    @property
    def in_words(self) -> str:
        return in_words(self.together, SURELY)


@dataclass(frozen=True)
class Wish:
    """Something that the situations ask for, and by how much."""

    words: str
    amount: float


@dataclass(frozen=True)
class Wishes:
    """What the situations ask for together.

    `needs` and `pins` are added to a service's score, `audience` multiplies it.
    """

    needs: list[Wish] = field(default_factory=list)
    audience: list[Wish] = field(default_factory=list)
    pins: list[Wish] = field(default_factory=list)
    change: bool = False


@dataclass(frozen=True)
class Shown:
    """A service as a visitor is shown it, with what put it there; `band` 0 is the best."""

    name: str
    organization: str
    foreign: str
    band: int
    score: float
    words: float
    boost: float
    pin: float
    is_open: bool
    state: str
    audience: list[str]
    for_people_who_hurt: bool

    @property
    def in_words(self) -> str:
        return str(FITS[self.band])


@dataclass(frozen=True)
class Explanation:
    """Everything between a text and its answer, in the order in which it happens.

    `told` is what the model of meanings was told, `left_out` how many services were found beside
    those that are shown.
    """

    text: str
    readings: list[Read]
    told: str
    worker: Worker
    near_by_words: list[Near]
    near_by_meaning: list[Near]
    situations: list[Trust]
    wishes: Wishes
    services: list[Shown]
    left_out: int
    is_guess: bool


def explain(text: str, moment: datetime.datetime) -> Explanation:
    """The answer that a visitor would get at this moment, and why. Raises nothing for any text."""
    text = bounded(text)
    known = finding.known()
    beliefs = finding.believed(text, known)
    asked = finding.asked_for(beliefs.together, known, timezone.localdate(moment))
    found = finding.services(text, situations=known, moment=moment, asked=asked)
    ways = readings(text)
    called = labels()
    shown = _shown(found, asked.boosts, moment)
    return Explanation(
        text=text,
        readings=[_read(way) for way in ways],
        told=likeliest(text),
        worker=_worker(known, beliefs),
        near_by_words=_near_by_words(known, ways, called),
        near_by_meaning=_near_by_meaning(known, beliefs, called),
        situations=_trusts(known, beliefs, called),
        wishes=_wishes(asked.boosts),
        services=shown,
        left_out=len(found.hits) - len(shown),
        is_guess=found.is_guess and bool(shown),
    )


def labels() -> dict[str, tuple[int, str]]:
    """{key: (id, what it is called in the editor's language)}."""
    words = names.words(SituationText, "situation", "label", F("key"))
    found = Situation.objects.annotate(words=words).values_list("key", "pk", "words")
    return {key: (pk, label) for key, pk, label in found}


def _read(reading: Reading) -> Read:
    words = tuple(
        Word(
            word,
            is_small(word),
            tuple((code, keys.keys(word, code)) for code in keys.languages_of(word)),
        )
        for word in reading.words
    )
    return Read(reading.way, reading.weight, words)


def _worker(known: finding.Known, beliefs: finding.Beliefs) -> Worker:
    if beliefs.vector is not None:
        return Worker.ANSWERED
    return Worker.SILENT if len(known.nearness) else Worker.NO_SENTENCES


def _near(
    found: list[tuple[float, Example]], least: float, sure: float, labels: dict
) -> list[Near]:
    """Each sentence once, though several readings may find it."""
    best: dict[Example, float] = {}
    for likeness, example in found:
        best.setdefault(example, likeness)
    return [
        Near(
            sentence=example.text,
            language=example.language,
            situation=labels[example.situation][1],
            likeness=likeness,
            share=min(max((likeness - least) / (sure - least), 0.0), 1.0),
        )
        for example, likeness in best.items()
        if example.situation in labels
    ]


def _near_by_words(known: finding.Known, ways: list[Reading], labels: dict) -> list[Near]:
    return _near(known.phrases.near(ways), phrases.LEAST, phrases.SURE, labels)


def _near_by_meaning(known: finding.Known, beliefs: finding.Beliefs, labels: dict) -> list[Near]:
    if beliefs.vector is None:
        return []
    found = [
        (likeness, known.nearness.examples[number])
        for number, likeness in known.nearness.near(beliefs.vector, phrases.NEAREST)
    ]
    return _near(found, nearness.LEAST, nearness.SURE, labels)


def _trusts(known: finding.Known, beliefs: finding.Beliefs, labels: dict) -> list[Trust]:
    surest_first = sorted(beliefs.together.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        Trust(
            *labels[key],
            by_words=beliefs.by_words.get(key, 0.0),
            by_meaning=None if beliefs.by_meaning is None else beliefs.by_meaning.get(key, 0.0),
            together=trust,
            weight=known.meanings[key].weight,
        )
        for key, trust in surest_first
        if key in labels
    ]


def _wishes(wanted: Boosts) -> Wishes:
    needs = {finding.need_label(need.key): need.words for need in names.needs()}
    pinned = {}
    if wanted.identities:
        services = names.services().filter(uuid__in=wanted.identities)
        pinned = {str(service.uuid): service.words for service in services}
    return Wishes(
        needs=_most_first(
            {needs[key]: gain for key, gain in wanted.labels.items() if key in needs}
        ),
        audience=_most_first(
            {
                str(label): wanted.audience[code]
                for code, label in AUDIENCES
                if abs(wanted.audience.get(code, 1.0) - 1) >= LEAST_SHOWN
            }
        ),
        pins=_most_first({pinned[key]: wanted.identities[key] for key in pinned}),
        change=wanted.change,
    )


def _most_first(amounts: dict[str, float]) -> list[Wish]:
    ordered = sorted(amounts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Wish(words, amount) for words, amount in ordered if amount >= LEAST_SHOWN]


def _shown(found: Found, wanted: Boosts, moment: datetime.datetime) -> list[Shown]:
    """The cards of the public page, each with what the search says of it."""
    hits = {hit.identity: hit for hit in found.hits[:MOST_CARDS]}
    shown = []
    for card in listing.cards_of(list(hits), moment):
        service = card["service"]
        hit = hits[str(service.uuid)]
        shown.append(
            Shown(
                name=card["text"].name,
                organization=service.organization.name,
                foreign=card["foreign"],
                band=hit.band,
                score=hit.score,
                words=hit.words,
                boost=hit.boost,
                pin=wanted.identities.get(hit.identity, 0.0),
                is_open=card["is_open"],
                state=card["state"].words,
                audience=[row.get_code_display() for row in service.audiences.all()],
                for_people_who_hurt=hit.for_people_who_hurt,
            )
        )
    return shown
