"""The list of services: its cards, page by page, and the choices beside it."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory import moments
from directory.calls import as_call
from directory.facet_table import ALWAYS, FACTS, OPEN_NOW
from directory.facets import Left, Narrowing, Offer, address_of, codes_in, positions
from directory.hours import state_in_words
from directory.models import Service
from directory.opening import State, state
from directory.public_holidays import is_holiday
from directory.schedules import schedule_of
from frame.languages import current

CARDS_ON_A_PAGE = 10
# Where nothing was found: few enough to choose from.
MOST_ALWAYS = 6
ON_A_CARD = ("languages", "audiences", "exceptions")


def state_of(service, moment: datetime.datetime) -> State:
    """Its state; asks nothing when its hours and exceptions were prefetched."""
    return state(schedule_of(service), moment, is_holiday)


def card(service, moment: datetime.datetime) -> dict:
    """A service as its row in a list shows it."""
    call = as_call(service)
    found = state_of(service, moment)
    return {
        "service": service,
        "text": service.read_text,
        "foreign": service.text_language if service.text_language != current() else "",
        "call": call,
        "hours": call.hours,
        "is_open": found.is_open,
        "state": state_in_words(found, has_number=bool(call.numbers)),
    }


def cards_of(identities: list[str], moment: datetime.datetime) -> list[dict]:
    """The public ones of these services in this order."""
    place = {identity: number for number, identity in enumerate(identities)}
    found = Service.objects.public().filter(uuid__in=place)
    services = found.prefetch_related(*ON_A_CARD).read()
    ordered = sorted(services, key=lambda one: place[str(one.uuid)])
    return [card(service, moment) for service in ordered]


def always(narrowing: Narrowing) -> list[dict]:
    """What helps whatever is asked: the urgent numbers, then who answers day and night."""
    table = narrowing.table
    day_and_night = table.yes.get(ALWAYS, 0) & ~table.strip
    parts = [part & ~table.hurting for part in (table.strip, day_and_night)]
    found = [position for part in parts for position in positions(part)][:MOST_ALWAYS]
    return [one for _position, one in _cards_at(narrowing, sorted(found))]


@dataclass(frozen=True)
class Group:
    """Choices of one kind as a page shows them; open when one of them is chosen."""

    key: str
    title: str
    offers: list[Offer]

    @property
    def is_open(self) -> bool:
        return any(offer.is_chosen for offer in self.offers)


def choice(query: str, page: str = "") -> dict:
    """One page of the services that are left, and the choices that narrow them further.

    An unknown code chooses nothing, so that an old link still shows the whole list; a page that
    is not there is the nearest that is.
    """
    narrowing = Narrowing(codes_in(query), moments.now())
    left = narrowing.left()
    number, last = _pages(page, left)
    codes = narrowing.chosen_codes
    shown = groups(narrowing)
    return {
        "groups": shown,
        "more_is_open": any(group.is_open for group in shown if group.key != "need"),
        "when": when(narrowing),
        "chosen": [
            {"choice": one, "address": address_of(narrowing.toggled(one))}
            for one in narrowing.chosen
        ],
        "left": left,
        "page_number": number,
        "last_page": last,
        "previous_page": address_of(codes, number - 1) if number > 1 else None,
        "next_page": address_of(codes, number + 1) if number < last else None,
    } | _cards(narrowing, left, number)


def when(narrowing: Narrowing) -> dict:
    """At any time, or a choice of hours."""
    return {
        "any": address_of(narrowing.codes_without("when")),
        "left": narrowing.left(without="when"),
        "group": Group("when", _("When"), narrowing.offers("when")),
    }


def groups(narrowing: Narrowing) -> list[Group]:
    """All groups but the situation, which is chosen on the guided path, and the hours."""
    titles = {
        "need": _("What you need"),
        "who": _("Who needs help"),
        "language": _("Spoken languages"),
        "channel": _("How to reach it"),
        "area": _("Area"),
    }
    found = [Group(key, title, narrowing.offers(key)) for key, title in titles.items()]
    facts = [offer for key in FACTS for offer in narrowing.offers(key)]
    found.append(Group("fact", _("What makes it easier"), facts))
    return [group for group in found if group.offers]


def _pages(page: str, left: Left) -> tuple[int, int]:
    """The number of the page that is shown and of the last."""
    last = max(1, -(-(left.count + left.to_ask) // CARDS_ON_A_PAGE))
    wanted = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    return min(max(wanted, 1), last), last


def _cards(narrowing: Narrowing, left: Left, number: int) -> dict:
    """The cards of a page, part by part; what always helps where nothing is left."""
    table = narrowing.table
    parts = _parts(table.hurting, left)
    order = [
        (name, position)
        for name, members in parts.items()
        for position in in_order(narrowing, members)
    ]
    shown = order[(number - 1) * CARDS_ON_A_PAGE : number * CARDS_ON_A_PAGE]
    part_of = {position: name for name, position in shown}
    cards: dict[str, list[dict]] = {name: [] for name in parts}
    for position, one in _cards_at(narrowing, list(part_of)):
        cards[part_of[position]].append(one)
    # Who hurts others is never shown the places of the hurt, whatever else is chosen.
    is_violent = table.violent & set(narrowing.chosen_codes)
    return cards | {"always": [] if order or is_violent else always(narrowing)}


def _parts(hurting: int, left: Left) -> dict[str, int]:
    """Those that fit and below them those to ask, as sets by the name a page knows them by.

    Where help for the hurt is among those to ask, what fits people who hurt others comes last of
    all: a programme never stands above help for the hurt.
    """
    last = left.yes & hurting if left.ask & ~hurting else 0
    return {"cards": left.yes & ~last, "cards_to_ask": left.ask, "cards_last": last}


def _cards_at(narrowing: Narrowing, shown: list[int]) -> list[tuple[int, dict]]:
    """The cards at these positions of the list; what is no longer public is left out."""
    pks = narrowing.table.pks
    found = Service.objects.public().filter(pk__in=[pks[position] for position in shown])
    services = {service.pk: service for service in found.prefetch_related(*ON_A_CARD).read()}
    return [
        (position, card(services[pks[position]], narrowing.moment))
        for position in shown
        if pks[position] in services
    ]


def in_order(narrowing: Narrowing, members: int) -> list[int]:
    """Who answers now before who does not, each by urgency.

    What is for people who hurt others stays after all help for the hurt.
    """
    table = narrowing.table
    open_now = table.yes.get(OPEN_NOW, 0)
    parts = [
        members & ~table.hurting & open_now,
        members & ~table.hurting & ~open_now,
        members & table.hurting & open_now,
        members & table.hurting & ~open_now,
    ]
    return [position for part in parts for position in positions(part)]
