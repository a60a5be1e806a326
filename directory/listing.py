"""The list of services: what it shows for a choice of needs."""

from django.db.models import Count, Q

from directory.calls import as_call
from directory.hours import is_round_the_clock
from directory.models import NeedText, Service
from frame.kept import kept
from frame.languages import best, current


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


def card(service) -> dict:
    """A service as its row in a list shows it."""
    call = as_call(service)
    return {
        "service": service,
        "text": service.read_text,
        "foreign": service.text_language if service.text_language != current() else "",
        "call": call,
        "hours": call.hours,
    }


def cards_of(identities: list[str]) -> list[dict]:
    """The public ones of these services in this order."""
    place = {identity: number for number, identity in enumerate(identities)}
    found = Service.objects.public().filter(uuid__in=place).prefetch_related("languages").read()
    return [card(service) for service in sorted(found, key=lambda one: place[str(one.uuid)])]


def always() -> list[dict]:
    """What helps whatever is asked: the urgent numbers and who answers day and night."""
    found = Service.objects.public().filter(for_people_who_hurt=False).by_urgency()
    services = found.prefetch_related("languages").read()
    return [
        card(service)
        for service in services
        if service.strip_order or is_round_the_clock(service.hours.all())
    ]


def chosen_codes(query: str) -> list[str]:
    """The need codes of `?f=k7m,p2q`; anything else in it is ignored."""
    return [code for code in query[:100].split(",") if code.isalnum() and len(code) <= 4]


def choice(query: str) -> dict:
    """The needs as plain links and the rows of the services that answer the chosen ones.

    An unknown code chooses nothing, so that an old link still shows the whole list.
    """
    codes = chosen_codes(query)
    entries = [entry | {"chosen": entry["code"] in codes} for entry in kept("needs", needs)]
    chosen = [entry["key"] for entry in entries if entry["chosen"]]
    found = Service.objects.public().needing(chosen).by_urgency().prefetch_related("languages")
    return {
        "needs": entries,
        "is_filtered": bool(chosen),
        "cards": [card(service) for service in found.read()],
    }
