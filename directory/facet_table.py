"""What each public service says to each choice of the list, as plain values.

A service is a position in the order of the list; a set of services is an integer with the bits of
their positions, so that counting for every choice is one operation each, however many services
there are. Two sets belong to a choice: who says yes, and of whom it is not known. A choice goes by
its code, the one that stands in addresses.

Of places only the code of the area is read, and of a hidden place nothing at all.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import CharField, F, Value

from directory import codes
from directory.models import (
    Audience,
    Phone,
    Service,
    ServiceAtPlace,
    ServiceChannel,
    ServiceText,
    Situation,
    SpokenLanguage,
)
from directory.opening import Kind, State
from directory.phones import LANGUAGES
from directory.places import Place
from directory.situations import AUDIENCES, SituationAudience, SituationNeed
from directory.states import states_of
from directory.terms import CHANNELS

code_of_choice = lru_cache(maxsize=1024)(codes.code_of_choice)
# In `?f=`: shorter than the code of any need, and as little of a word.
OPEN_NOW = "t3k"
ALWAYS = code_of_choice("when", "always")
# The answer that is asked for: no referral is what makes the way easy.
FACTS = {
    "free": True,
    "referral_needed": False,
    "anonymous": True,
    "takes_children": True,
    "takes_pets": True,
    "step_free": True,
    "sign_language": True,
}
VIOLENT = "violent"
# "Anyone" is no choice: what is for anyone is for each of these.
HURT_OR_BESIDE = frozenset(key for key, _label in AUDIENCES) - {"anyone", VIOLENT}
# Who chooses "adults" may be any of these, and what is for adults is for each of them.
GROWN = frozenset({"women", "men", "older"})
# Who may be shown a programme for people who hurt others besides themselves: nobody who is hurt.
BESIDE_THEM = frozenset({"relatives", "professionals"})
SERVICE_COLUMNS = [
    "pk", "urgency", "for_people_who_hurt", "status", "by_appointment", "on_holidays", "email",
    "interpreter", "strip_order", *FACTS,
]  # fmt: skip
Answers = tuple[set[str], set[str]]


@dataclass(frozen=True)
class Table:
    """All public services with words: keys in the order of the list, and sets by code of choice.

    `hurting` is the set of those for people who hurt others, `strip` of those whose numbers stand
    on every page, `violent` the codes of the choices that only someone who hurts others makes.
    """

    pks: tuple[int, ...]
    hurting: int
    strip: int
    violent: frozenset[str]
    yes: dict[str, int]
    ask: dict[str, int]

    @property
    def everything(self) -> int:
        return (1 << len(self.pks)) - 1


def build(moment: datetime.datetime) -> Table:
    """The table for a moment. Four queries, however many services there are."""
    with_words = Service.objects.public().filter(pk__in=ServiceText.objects.values("service"))
    services = list(with_words.by_urgency().values(*SERVICE_COLUMNS))
    rows, situations = _rows()
    states = states_of(services, moment)
    yes: dict[str, int] = defaultdict(int)
    ask: dict[str, int] = defaultdict(int)
    hurting = strip = 0
    for position, service in enumerate(services):
        bit = 1 << position
        hurting |= bit * service["for_people_who_hurt"]
        strip |= bit * (service["strip_order"] is not None)
        of_service = rows[service["pk"]]
        for sure, unknown in _answers(service, of_service, states[position], situations):
            for code in sure:
                yes[code] |= bit
            for code in unknown:
                ask[code] |= bit
    violent = {code_of_choice("who", VIOLENT)}
    for situation in situations:
        if VIOLENT in situation["situation who"]:
            violent |= {code_of_choice("situation", key) for key in situation["situation"]}
    pks = tuple(service["pk"] for service in services)
    return Table(pks, hurting, strip, frozenset(violent), dict(yes), dict(ask))


def _rows() -> tuple[dict[int, dict[str, set]], list[dict]]:
    """Rows of services as {service: {kind: values}} and the situations, all in one query."""
    shown_places = ServiceAtPlace.objects.exclude(place__visibility=Place.Visibility.HIDDEN)
    parts = [
        _part(Service.needs.through.objects, "service_id", "need", "need__code"),
        _part(Service.areas.through.objects, "service_id", "area", "area__code"),
        _part(shown_places, "service_id", "place", "place__area__code"),
        _part(Audience.objects, "service_id", "who", "code"),
        _part(SpokenLanguage.objects, "service_id", "language", "code"),
        _part(ServiceChannel.objects, "service_id", "channel", "code"),
        _part(Phone.objects, "service_id", "phone", "kind"),
        _part(Situation.objects.exclude(weight=0), "pk", "situation", "key"),
        _part(SituationNeed.objects, "situation_id", "situation need", "need__code"),
        _part(SituationAudience.objects, "situation_id", "situation who", "code"),
    ]
    services: dict[int, dict[str, set]] = defaultdict(lambda: defaultdict(set))
    situations: dict[int, dict[str, set]] = defaultdict(lambda: defaultdict(set))
    for identity, kind, value in parts[0].union(*parts[1:], all=True):
        owners = situations if kind.startswith("situation") else services
        owners[identity][kind].add(value)
    return services, [one for one in situations.values() if one["situation"]]


def _part(rows, owner: str, kind: str, value: str):
    return (
        rows.order_by()
        .annotate(
            owner=F(owner), row_kind=Value(kind, output_field=CharField()), row_value=F(value)
        )
        .values_list("owner", "row_kind", "row_value")
    )


def _answers(service: dict, rows: dict, found: State, situations: list[dict]) -> Iterator[Answers]:
    """Yes and not known, group by group; what is in neither is a no."""
    who = _who(service, rows)
    yield _when(found)
    yield rows["need"], set()
    yield _codes("who", *who)
    yield _codes("language", *_languages(service, rows))
    yield _codes("channel", *_channels(service, rows))
    yield _facts(service)
    areas = rows["area"] | (rows["place"] - {None})
    yield areas, set() if areas else {ANY_AREA}
    yield _situations(service, rows, who, situations)


# Where a service is, or for whom, is not known: stands for every area at once.
ANY_AREA = code_of_choice("area", "any")


def _codes(group: str, sure: set[str], unknown: set[str]) -> Answers:
    return (
        {code_of_choice(group, key) for key in sure},
        {code_of_choice(group, key) for key in unknown},
    )


def _when(found: State) -> Answers:
    sure = {OPEN_NOW} if found.is_open else set()
    if found.kind == Kind.ROUND_THE_CLOCK:
        sure.add(ALWAYS)
    return sure, {OPEN_NOW, ALWAYS} if found.kind == Kind.UNKNOWN else set()


def _who(service: dict, rows: dict) -> tuple[set[str], set[str]]:
    """Keys of audiences. What is for people who hurt others is never for someone who is hurt."""
    named = rows["who"]
    if service["for_people_who_hurt"]:
        return {VIOLENT} | (named & BESIDE_THEM), set()
    if not named:
        return set(), set(HURT_OR_BESIDE)
    sure = named - {"anyone", VIOLENT}
    if "anyone" in named:
        sure |= HURT_OR_BESIDE
    if "adults" in named:
        sure |= GROWN
    if named & GROWN:
        sure |= {"adults"}
    return sure, set()


def _languages(service: dict, rows: dict) -> tuple[set[str], set[str]]:
    """An interpreter makes every language possible, so it is worth asking."""
    sure = rows["language"]
    others = {code for code, _name in LANGUAGES} - sure
    return sure, others if service["interpreter"] or not sure else set()


def _channels(service: dict, rows: dict) -> tuple[set[str], set[str]]:
    """As its rows say; without a row what its numbers and places tell, the rest is not known.

    A number or an e-mail that is not here does not exist: there is nothing to ask.
    """
    if rows["channel"]:
        return rows["channel"], set()
    sure = set()
    if rows["phone"] & {Phone.Kind.VOICE, Phone.Kind.VOICE_AND_TEXT}:
        sure.add("phone")
    if rows["phone"] & {Phone.Kind.TEXT, Phone.Kind.VOICE_AND_TEXT}:
        sure.add("text")
    if service["email"]:
        sure.add("email")
    if rows["place"]:
        sure.add("in_person")
    return sure, {key for key, _label in CHANNELS} - sure - {"phone", "email"}


def _facts(service: dict) -> Answers:
    sure = {key for key, wanted in FACTS.items() if service[key] is wanted}
    return _codes("fact", sure, {key for key in FACTS if service[key] is None})


def _situations(service: dict, rows: dict, who: Answers, situations: list[dict]) -> Answers:
    """Codes of the situations that this service helps in.

    Someone who hurts others finds only what is for people who hurt others, and nobody else does.
    """
    sure: set[str] = set()
    unknown: set[str] = set()
    for situation in situations:
        audience = situation["situation who"]
        if (VIOLENT in audience) != service["for_people_who_hurt"]:
            continue
        if not rows["need"] & situation["situation need"]:
            continue
        found = {code_of_choice("situation", key) for key in situation["situation"]}
        if not audience or "anyone" in audience or audience & who[0]:
            sure |= found
        elif audience & who[1]:
            unknown |= found
    return sure, unknown
