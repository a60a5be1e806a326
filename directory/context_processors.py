"""The urgent numbers that stand on every page, and the services that a page quotes."""

from django.utils.functional import SimpleLazyObject, cached_property

from directory.calls import as_call, numbers_of
from directory.models import Service
from frame.kept import kept, kept_many
from pages.links import Call, Number


def strip() -> dict:
    """The strip in the active language, and the oldest confirmation of its numbers.

    A number for messages alone is not among them: who is in danger would dial it in vain.
    No date while one of them was never confirmed.
    """
    services = Service.objects.public().filter(strip_order__isnull=False)
    services = services.order_by("strip_order").read()
    found = [(service, number) for service in services for number in _to_dial(service)[:1]]
    dates = [service.confirmed_on for service, _number in found]
    return {
        "entries": [
            {
                "number": number,
                "caption": service.read_text.strip_caption or service.read_text.name,
                "language": service.text_language,
            }
            for service, number in found
        ],
        "confirmed_on": min(dates) if dates and all(dates) else None,
    }


def _to_dial(service) -> list[Number]:
    return [number for number in numbers_of(service, service.read_text) if not number.is_for_text]


def quoted(codes: set[str]) -> dict[str, Call]:
    """The public ones of these services, as pages quote them."""
    services = Service.objects.public().filter(code__in=codes).read()
    return {service.code: as_call(service) for service in services}


class Calls:
    """The services that a page named, looked up at once when the first is needed."""

    def __init__(self, request):
        self._codes = getattr(request, "wanted_services", set())

    @cached_property
    def _found(self) -> dict[str, Call]:
        return kept_many("call", self._codes, quoted) if self._codes else {}

    def get(self, code: str) -> Call | None:
        return self._found.get(code)


def services(request):
    """Lazy, so that the admin does not pay for it."""
    return {
        "emergency": SimpleLazyObject(lambda: kept("strip", strip)),
        "calls": SimpleLazyObject(lambda: Calls(request)),
    }
