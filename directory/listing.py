"""The list of services: what it shows for a choice of needs and of "open now"."""

import datetime
from collections import Counter

from django.db.models import Count, Q

from directory import moments
from directory.calls import as_call
from directory.hours import state_in_words
from directory.models import NeedText, Service
from directory.opening import Kind, State, state
from directory.public_holidays import is_holiday
from directory.schedules import schedule_of
from frame.kept import kept
from frame.languages import best, current

# In `?f=`: shorter than the code of any need, and as little of a word.
OPEN_NOW = "t3k"


def needs() -> list[dict]:
    """The needs that a public service answers: code, words, how many services. One query."""
    public = Service.objects.public()
    texts = (
        NeedText.objects.select_related("need", "locale")
        .annotate(count=Count("need__service", filter=Q(need__service__in=public), distinct=True))
        .order_by("need__sort_order", "need__key")
    )
    found: dict[int, dict] = {}
    for text in texts:
        entry = found.setdefault(
            text.need_id, {"need": text.need, "count": text.count, "words": {}}
        )
        entry["words"][text.locale.language_code] = text.label
    return [
        {
            "key": entry["need"].key,
            "code": entry["need"].code,
            "label": entry["words"][best(entry["words"])],
            "count": entry["count"],
        }
        for entry in found.values()
        if entry["count"]
    ]


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
        "state": state_in_words(found),
    }


def reachable_first(cards: list[dict]) -> list[dict]:
    """Who answers now before who does not, each by urgency as they came.

    What is for people who hurt others stays after all help for the hurt.
    """
    return sorted(
        cards, key=lambda card: (card["service"].for_people_who_hurt, not card["is_open"])
    )


def cards_of(identities: list[str], moment: datetime.datetime) -> list[dict]:
    """The public ones of these services in this order."""
    place = {identity: number for number, identity in enumerate(identities)}
    found = Service.objects.public().filter(uuid__in=place)
    services = found.prefetch_related("languages", "exceptions").read()
    ordered = sorted(services, key=lambda one: place[str(one.uuid)])
    return [card(service, moment) for service in ordered]


def always(moment: datetime.datetime) -> list[dict]:
    """What helps whatever is asked: the urgent numbers and who answers day and night."""
    found = Service.objects.public().filter(for_people_who_hurt=False).by_urgency()
    services = found.prefetch_related("languages", "exceptions").read()
    return [
        card(service, moment)
        for service in services
        if service.strip_order or state_of(service, moment).kind == Kind.ROUND_THE_CLOCK
    ]


def chosen_codes(query: str) -> list[str]:
    """The codes of `?f=k7m,p2q`; anything else in it is ignored."""
    return [code for code in query[:100].split(",") if code.isalnum() and len(code) <= 4]


def address_of(codes: list[str]) -> str:
    """The link to a choice; empty where the whole list is meant."""
    return f"?f={','.join(codes)}" if codes else ""


def open_by_need(moment: datetime.datetime) -> Counter:
    """How many services that are open now answer each need, by its key. Four queries."""
    services = Service.objects.public().prefetch_related("hours", "exceptions")
    open_now = [service.pk for service in services if state_of(service, moment).is_open]
    links = Service.needs.through.objects.filter(service__in=open_now)
    return Counter(links.values_list("need__key", flat=True))


def choice(query: str) -> dict:
    """The needs and "open now" as plain links, and the rows of the services that were chosen.

    A need and "open now" narrow one another. An unknown code chooses nothing, so that an old link
    still shows the whole list.
    """
    moment = moments.now()
    codes = chosen_codes(query)
    also = [OPEN_NOW] if OPEN_NOW in codes else []
    entries = [entry | {"chosen": entry["code"] in codes} for entry in kept("needs", needs)]
    counts = open_by_need(moment) if also else None
    for entry in entries:
        entry["count"] = entry["count"] if counts is None else counts[entry["key"]]
        entry["address"] = address_of([entry["code"], *also])
    chosen = [entry for entry in entries if entry["chosen"]]
    found = Service.objects.public().needing(entry["key"] for entry in chosen).by_urgency()
    found = found.prefetch_related("languages", "exceptions")
    cards = reachable_first([card(service, moment) for service in found.read()])
    open_cards = [card for card in cards if card["is_open"]]
    kept_codes = [entry["code"] for entry in chosen]
    return {
        "needs": entries,
        "is_filtered": bool(chosen),
        "only_open": bool(also),
        "all_needs": address_of(also),
        "times": [
            {"address": address_of(kept_codes), "count": len(cards)},
            {"address": address_of([*kept_codes, OPEN_NOW]), "count": len(open_cards)},
        ],
        "cards": open_cards if also else cards,
    }
