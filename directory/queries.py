"""Which services are public, in which order, with which words. A constant number of queries."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from frame.languages import best


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

    def by_urgency(self):
        """Danger first; what is for people who hurt others after all help for the hurt."""
        return self.order_by("for_people_who_hurt", "urgency", "pk")

    def needing(self, keys: Iterable[str]):
        """Those that answer at least one of these needs; all without a need."""
        keys = list(keys)
        return self.filter(needs__key__in=keys).distinct() if keys else self

    def with_numbers_and_words(self):
        """Numbers, hours and the words of all languages, each in one query."""
        from directory.models import ServiceText

        words = Prefetch("texts", ServiceText.objects.select_related("locale"))
        return self.select_related("organization").prefetch_related("phones", "hours", words)

    def read(self, language: str | None = None) -> list:
        """The services with `read_text` and `text_language` set; one without words is left out."""
        services = []
        for service in self.with_numbers_and_words():
            words = {text.locale.language_code: text for text in service.texts.all()}
            service.text_language = best(words, language)
            if service.text_language:
                service.read_text = words[service.text_language]
                services.append(service)
        return services
