"""What pages are told of services: a name, an address, numbers."""

from django.conf import settings
from django.urls import reverse

from directory import hours, numbers
from directory.models import Service
from frame.languages import current, tag
from pages.links import Call, Number


def numbers_of(service, text) -> tuple[Number, ...]:
    """Its numbers as a reader of this language should see and dial them."""
    international = tag(current()) != tag(settings.LANGUAGE_CODE)
    return tuple(
        Number(
            tel=phone.number,
            shown=numbers.shown(phone.number, international=international),
            place=text.places.get(phone.place_key, ""),
            is_for_text=phone.is_for_text,
        )
        for phone in service.phones.all()
    )


def as_call(service) -> Call:
    """A service that was read by ServiceQuerySet.read, as a page quotes it."""
    return Call(
        code=service.code,
        name=service.read_text.name,
        language=service.text_language,
        address=reverse("directory:service", args=[service.code]),
        numbers=numbers_of(service, service.read_text),
        hours=" · ".join(hours.in_words(service.hours.all())),
        source_year=service.source_year,
        confirmed_on=service.confirmed_on,
    )


def choices() -> list[tuple[str, str]]:
    """For the editor's list."""
    services = Service.objects.public().by_urgency().prefetch_related("texts")
    return [(service.code, str(service)) for service in services.select_related("organization")]
