"""Where a service is, as far as a visitor is told: a street, an area, or nothing.

A place that is not exact gives its level and, at most, the words of its area. Its own words and
the facts of its building are not even read from the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q

from directory.facts import Fact
from directory.models import AreaText, Place, PlaceText, Service, ServiceAtPlace
from frame.languages import best, current

BUILDING = ("step_free", "lift", "accessible_toilet")
EXACT = Place.Visibility.EXACT


@dataclass(frozen=True)
class Words:
    """A text and the language it is in, empty when that is the reader's own."""

    text: str
    foreign: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


NO_WORDS = Words("")


@dataclass(frozen=True)
class Whereabouts:
    """One place as a page prints it. All but `level` and `area` is empty unless it is exact."""

    level: str
    area: Words = NO_WORDS
    street: str = ""
    postal_code: str = ""
    name: Words = NO_WORDS
    transport: Words = NO_WORDS
    access: Words = NO_WORDS
    building: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class AreaWords:
    """The areas of a service: {id of an area: words}, and those for whose people it is."""

    by_area: dict[int, Words]
    served: list[Words]


def prefetches() -> list[Prefetch]:
    """What a service has to bring: its places without their names for editors, and their words."""
    places = ServiceAtPlace.objects.select_related("place").only(
        "service_id",
        "sort_order",
        "place__visibility",
        "place__area_id",
        "place__street",
        "place__postal_code",
        *(f"place__{name}" for name in BUILDING),
    )
    words = PlaceText.objects.filter(place__visibility=EXACT).select_related("locale")
    return [Prefetch("at_places", places), Prefetch("at_places__place__texts", words)]


def area_words(service) -> AreaWords:
    """The words of all its areas, of its places and of its people, in one query."""
    near = {at.place.area_id for at in service.at_places.all()}
    served = Service.areas.through.objects.filter(service=service.pk, area=OuterRef("area"))
    texts = (
        AreaText.objects.annotate(is_served=Exists(served))
        .filter(Q(is_served=True) | Q(area__in=near - {None}))
        .select_related("locale")
        .order_by("area__sort_order", "area__key")
    )
    labels: dict[int, dict[str, str]] = {}
    of_people = []
    for text in texts:
        labels.setdefault(text.area_id, {})[text.locale.language_code] = text.label
        if text.is_served and text.area_id not in of_people:
            of_people.append(text.area_id)
    by_area = {area: _best(words) for area, words in labels.items()}
    return AreaWords(by_area, [by_area[area] for area in of_people])


def places(service, areas: AreaWords) -> list[Whereabouts]:
    """Its places in the order of the editor; the same answer is given once."""
    found = (_place(at.place, areas) for at in service.at_places.all())
    return list(dict.fromkeys(found))


def _place(place: Place, areas: AreaWords) -> Whereabouts:
    if place.is_hidden:
        return Whereabouts(level=place.visibility)
    area = areas.by_area.get(place.area_id, NO_WORDS)
    if not place.is_exact:
        return Whereabouts(level=place.visibility, area=area)
    texts = {text.locale.language_code: text for text in place.texts.all()}
    return Whereabouts(
        level=place.visibility,
        area=area,
        street=place.street,
        postal_code=place.postal_code,
        **{
            name: _best({code: getattr(text, name) for code, text in texts.items()})
            for name in ("name", "transport", "access")
        },
        building=tuple(
            Fact(name, Place._meta.get_field(name).verbose_name, getattr(place, name))
            for name in BUILDING
        ),
    )


def _best(words: dict[str, str]) -> Words:
    """The words in the first language of the fallback order that has any."""
    written = {code: text for code, text in words.items() if text}
    language = best(written)
    if language is None:
        return NO_WORDS
    return Words(written[language], "" if language == current() else language)


def exact(found: Iterable[Whereabouts]) -> list[Whereabouts]:
    """Those whose address is public."""
    return [place for place in found if place.level == EXACT]
