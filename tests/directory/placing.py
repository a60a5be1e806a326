"""Places, areas and their words, planted for a test."""

from uuid import NAMESPACE_URL, uuid5

from wagtail.models import Locale

from directory.models import (
    Area,
    AreaText,
    Place,
    PlaceText,
    ServiceAtPlace,
)

STREET = "Zqstreet 7"
AREA = "Zqarea"


def area(label: str = AREA, key: str = "zq", language: str = "en") -> Area:
    # The same code in every run: sixty drawn by chance may hold the same one twice.
    found, _made = Area.objects.get_or_create(key=key, uuid=uuid5(NAMESPACE_URL, key))
    locale = Locale.objects.get(language_code=language)
    AreaText.objects.get_or_create(area=found, label=label, locale=locale)
    return found


def give_place(service, visibility: str, **values) -> Place:
    place = Place.objects.create(label=f"Zqlabel {Place.objects.count()}", visibility=visibility,
                                 **values)  # fmt: skip
    ServiceAtPlace.objects.create(service=service, place=place)
    return place


def exact_place(service, **values) -> Place:
    values = {"street": STREET, "postal_code": "LV-3401"} | values
    return give_place(service, "exact", **values)


def describe(place, language="en", **words):
    locale = Locale.objects.get(language_code=language)
    PlaceText.objects.create(place=place, locale=locale, **words)
