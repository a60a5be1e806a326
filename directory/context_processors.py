"""The urgent numbers that stand on every page, and the services that a page quotes."""

from django.db.models import Q
from django.utils.functional import SimpleLazyObject, cached_property

from directory.calls import as_call, numbers_of
from directory.models import Service
from pages.links import Call


class Quoted:
    """The services of one answer, read at once: the strip and the codes that a page left."""

    def __init__(self, request):
        codes = set(getattr(request, "wanted_services", ()))
        related = getattr(request, "wanted_of_services", ())
        self.services = (
            Service.objects.public()
            .filter(Q(strip_order__isnull=False) | Q(code__in=codes))
            .by_urgency()
            .prefetch_related(*related)
            .read()
        )

    @cached_property
    def _strip(self) -> list:
        strip = [service for service in self.services if service.strip_order is not None]
        return sorted(strip, key=lambda service: service.strip_order)

    @property
    def entries(self) -> list[dict]:
        """(number, caption, language of the caption) in the order of the strip."""
        return [
            {
                "number": number,
                "caption": service.read_text.strip_caption or service.read_text.name,
                "language": service.text_language,
            }
            for service in self._strip
            for number in numbers_of(service, service.read_text)[:1]
        ]

    @property
    def confirmed_on(self):
        """The oldest confirmation, or None while one of them has none."""
        dates = [service.confirmed_on for service in self._strip]
        return min(dates) if dates and all(dates) else None

    @cached_property
    def calls(self) -> dict[str, Call]:
        return {service.code: as_call(service) for service in self.services}


def services(request):
    """Lazy, so that the admin does not pay for it."""
    quoted = SimpleLazyObject(lambda: Quoted(request))
    return {"emergency": quoted, "quoted": quoted, "calls": SimpleLazyObject(lambda: quoted.calls)}
