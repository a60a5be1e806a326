"""Which services are public, in which order, with which words. A constant number of queries."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils import timezone

from frame.languages import best, current


class ServiceQuerySet(models.QuerySet):
    """Services as a visitor may see them."""

    def public(self):
        """Published, not withdrawn, not past its last day."""
        today = timezone.localdate()
        return (
            self.filter(live=True)
            .exclude(status="withdrawn")
            .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today))
        )

    def gone(self):
        """What was public and is no more: withdrawn or past its last day. A draft is not."""
        return self.filter(live=True).exclude(pk__in=self.model.objects.public())

    def by_urgency(self):
        """Danger first; what is for people who hurt others after all help for the hurt."""
        return self.order_by("for_people_who_hurt", "urgency", "pk")

    def needing(self, keys: Iterable[str]):
        """Those that answer at least one of these needs; all without a need."""
        keys = list(keys)
        return self.filter(needs__key__in=keys).distinct() if keys else self

    def with_numbers_and_hours(self):
        """Numbers and hours, each in one query."""
        return self.select_related("organization").prefetch_related("phones", "hours")

    def read(self, language: str | None = None) -> list:
        """The services with `read_text` and `text_language` set; one without words is left out.

        One query for the reader's language; a second one only when words are missing in it.
        """
        language = language or current()
        services = list(self.with_numbers_and_hours())
        words = _words(services, Q(locale__language_code=language))
        missing = [service for service in services if service.pk not in words]
        words |= _words(missing, Q()) if missing else {}
        for service in services:
            texts = words.get(service.pk, {})
            service.text_language = best(texts, language)
            service.read_text = texts.get(service.text_language)
        return [service for service in services if service.read_text]


def _words(services: Iterable, condition: Q) -> dict[int, dict]:
    """{service id: {language: words}}."""
    from directory.models import ServiceText

    found: dict[int, dict] = {}
    texts = ServiceText.objects.filter(condition, service__in=services).select_related("locale")
    for text in texts:
        found.setdefault(text.service_id, {})[text.locale.language_code] = text
    return found
