"""A mistake in a file of the demo directory is named with file, entry and reason."""

from uuid import uuid4

import pytest

from directory.models import Area, Place, Service, ServiceAtPlace, Situation

pytestmark = pytest.mark.django_db

SERVICES = "directory/services.toml"
PLACES = "directory/places.toml"
NUMBER = '  number = "22045225"\n'
HOURS = "  [[service.hours]]\n  days = [1]\n  opens = "
OVERLAPPING = f'{HOURS}"09:00"\n  closes = "12:00"\n{HOURS}"11:00"\n  closes = "13:00"\n'
ENDS_TOO_EARLY = "  [[service.exception]]\n  first = 2026-08-10\n  last = 2026-08-09\n"

# file, what stands there, what is written instead, what the command says
OF_SERVICES = {
    "number": (SERVICES, '"63489652"', '"6348965"', "social-service, number 6348965"),
    "organization": (SERVICES, 'n = "skalbes"', 'n = "x"', "unknown organization x"),
    "no source year": (SERVICES, "source_year = 2020", "", "source_year"),
    "no urgency": (SERVICES, "urgency = 0", "", "urgency"),
    "year in words": (SERVICES, "source_year = 2020", 'source_year = "old"', "source_year"),
    "no time": (SERVICES, 'opens = "12:00"', 'opens = "noon"', "116006"),
    "overlap": (SERVICES, NUMBER, NUMBER + OVERLAPPING, "22045225", "overlap"),
    "exception": (SERVICES, NUMBER, NUMBER + ENDS_TOO_EARLY, "22045225, exception", "last_day"),
    "weekday": (SERVICES, "days = [1, 2", "days = [0, 2", "weekday"),
    "channel": (SERVICES, '"chat"', '"pigeon"', "116111, channels pigeon"),
    "channel twice": (SERVICES, '"chat"', '"phone"', "116111, channels", "twice"),
    "way in": (SERVICES, '"social_service"', '"window"', "marta-liepaja, ways_in window"),
    "form": (SERVICES, '"towards_child"', '"towards_cat"', "orphans-court, forms towards_cat"),
    "audience": (SERVICES, '"professionals"', '"pros"', "116111, audience pros"),
    "need": (SERVICES, '["talk", "law", "child"]', '["talk", "lawn"]', "unknown need lawn"),
    "place": (SERVICES, 'places = ["marta-liepaja"]', 'places = ["x"]', "unknown place x"),
    "area": (SERVICES, 'areas = ["liepaja"]', 'areas = ["x"]', "social-service", "unknown area x"),
    "fact": (SERVICES, "text_for_deaf =", "text_for_def =", "116111", "unknown key text_for_def"),
    "fact in words": (SERVICES, "deaf = true", 'deaf = "maybe"', "116111, text_for_deaf"),
    "letters": (SERVICES, "centrs@marta.lv", "centrs marta.lv", "marta-liepaja, email"),
    "answer": (SERVICES, "  anonymous = true", "  anonimous = true", "116123", "anonimous"),
    "no words": ("directory/uk.toml", "[services.116006]", "[services.x]", "services.116006"),
    "no price": ("directory/lt.toml", "cost =", "costs =", "services.112", "unknown key costs"),
    "note": ("directory/lv.toml", "notes = { recorded", "notes = { rec", "112", "unknown fact rec"),
    "no note": (
        "directory/uk.toml",
        "notes = { recorded",
        "notes = { free",
        "112, notes",
        "the same as in lv.toml",
    ),
}
OF_PLACES = {
    "area": (PLACES, 'area = "riga"', 'area = "x"', "place marta-riga", "unknown area x"),
    "address": (PLACES, 'area = "riga"', 'area = "riga"\nstreet = "A 1"', "marta-riga, street"),
    "no street": (PLACES, "street =", "postal_code =", "place marta-liepaja"),
    "key": (PLACES, "street =", "streat =", "place marta-liepaja", "streat"),
    "area words": ("directory/lt.toml", 'riga = "', 'ryga = "', "areas.riga", "is missing"),
    "no words": ("directory/ru.toml", "marta-liepaja = {", "marta = {", "places.marta-liepaja"),
    "word": ("directory/uk.toml", "{ name =", "{ nama =", "marta-liepaja", "unknown key nama"),
}
OF_SITUATIONS = {
    "no label": ("directory/en.toml", 'hurt = "', 'hurts = "', "situations.hurt", "is missing"),
    "label": ("directory/lv.toml", 'hurt = "', 'hurts = "', "situations.hurts", "unknown"),
}


def of(mistakes: dict):
    return pytest.mark.parametrize("mistake", mistakes.values(), ids=mistakes)


@pytest.fixture
def no_service_there():
    """Those of the files are not there; quicker than deleting what search and pages know."""
    for service in Service.objects.all():
        Service.objects.filter(pk=service.pk).update(uuid=uuid4())


@pytest.fixture
def no_place_there():
    ServiceAtPlace.objects.all().delete()
    Place.objects.all().delete()
    Area.objects.all().delete()


@pytest.fixture
def no_situation_there():
    Situation.objects.all().delete()


@of(OF_SERVICES)
def test_in_a_service(no_service_there, change, refused, mistake):
    file, old, new, *words = mistake
    change(file, old, new)
    refused(file, *words)


@of(OF_PLACES)
def test_in_a_place(no_place_there, change, refused, mistake):
    file, old, new, *words = mistake
    change(file, old, new)
    refused(file, *words)


@of(OF_SITUATIONS)
def test_in_a_situation(no_situation_there, change, refused, mistake):
    file, old, new, *words = mistake
    change(file, old, new)
    refused(file, *words)


def test_a_title_that_reveals_the_subject(no_service_there, folder, refused):
    path = folder / "directory/en.toml"
    lines = path.read_text("utf-8").splitlines()
    place = lines.index("[services.116006]")
    place += next(n for n, x in enumerate(lines[place:]) if x.startswith("tab_title"))
    lines[place] = 'tab_title = "Crisis line"'
    path.write_text("\n".join(lines), "utf-8")
    refused("directory/en.toml", "services.116006", "tab_title", "crisis")
