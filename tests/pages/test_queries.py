"""A page costs the same number of questions however much there is to show."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.facet_table import FACTS, OPEN_NOW, code_of_choice
from directory.models import OpeningHours, Phone, Service, ServiceText, SpokenLanguage
from search import documents

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MOST = {
    "": 14,
    "sev/": 12,
    "sev/soli/": 12,
    "parluks/": 12,
    "nodarbibas/": 12,
    "pakalpojumi/": 16,
    "pakalpojumi/?p=2": 16,
    "pakalpojumi/cels/": 12,
    "pakalpojumi/cels/3/": 12,
    "par-mums/": 12,
    "par-mums/raditaji/": 12,
    "lapas-karte/": 12,
}


@pytest.fixture(autouse=True)
def _nothing_expires(monkeypatch):
    """Between two visits of a test no minute turns and nothing that was kept is forgotten."""
    noon = datetime.datetime(2026, 3, 2, 13, tzinfo=ZoneInfo("Europe/Riga"))
    monkeypatch.setattr("directory.moments.now", lambda: noon)
    monkeypatch.setattr(caches["frame"], "default_timeout", None)


def questions(client, address: str, **request) -> int:
    client.get(address)  # what a process asks only once (content types) is asked before
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address, **request).status_code == 200
    return len(asked)


@pytest.fixture
def fifty_services():
    """Copies of a service with numbers, hours, languages and words, fifty in all."""
    with documents.together():
        _copy_services()


def _copy_services():
    model = Service.objects.get(phones__number="116006")
    words, needs = list(model.texts.all()), list(model.needs.all())
    for number in range(50 - Service.objects.public().count()):
        service = Service(
            organization=model.organization, urgency=number % 4, source="x", source_year=2024
        )
        service.phones = [Phone(number="116006"), Phone(number="+37163489652", place_key="a")]
        service.hours = [OpeningHours(weekday=day, opens="09:00", closes="17:00") for day in (1, 2)]
        service.languages = [SpokenLanguage(code="lv"), SpokenLanguage(code="ru")]
        service.needs = needs
        service.save()
        ServiceText.objects.bulk_create(
            ServiceText(
                service=service, locale=text.locale, name=text.name, tab_title=text.tab_title
            )
            for text in words
        )


def only_one_service():
    first = Service.objects.filter(phones__number="116006").order_by("pk").first()
    Service.objects.exclude(pk=first.pk).update(live=False)


def counts(client) -> dict[str, int]:
    return {path: questions(client, f"/lv/{path}") for path in MOST}


def test_pages_ask_the_database_as_often_with_fifty_services_as_with_one(client, fifty_services):
    assert Service.objects.public().count() == 50
    many = counts(client)
    only_one_service()
    assert Service.objects.public().count() == 1
    lists = [path for path in MOST if path.startswith("pakalpojumi/")]
    # A page that quotes a service that is gone looks for it each time: what is kept stays for it.
    for path in set(MOST) - set(lists):
        assert questions(client, f"/lv/{path}") == many[path], path
    caches["frame"].clear()
    for path in lists:
        assert questions(client, f"/lv/{path}") == many[path], path


@pytest.mark.parametrize("path", MOST)
def test_a_page_stays_below_its_number_of_questions(client, path):
    assert questions(client, f"/lv/{path}") <= MOST[path]


def test_a_service_page_stays_below_its_number_of_questions(client):
    for service in Service.objects.public():
        assert questions(client, f"/lv/pakalpojumi/{service.code}/") <= 12


@pytest.mark.parametrize("path", MOST)
def test_a_page_asks_as_often_in_every_language(client, path):
    assert len({questions(client, f"/{code}/{path}") for code in LANGUAGES}) == 1


def test_a_chosen_need_costs_nothing_more_than_the_whole_list(client):
    need = Service.objects.get(phones__number="116006").needs.first()
    assert questions(client, f"/lv/pakalpojumi/?f={need.code}") <= MOST["pakalpojumi/"]


@pytest.mark.parametrize(
    "codes",
    [
        [OPEN_NOW],
        [code_of_choice("language", "lv"), code_of_choice("who", "women")],
        [code_of_choice("fact", key) for key in FACTS],
    ],
)
def test_a_choice_asks_as_often_however_many_services_there_are(client, fifty_services, codes):
    address = f"/lv/pakalpojumi/?f={','.join(codes)}"
    many = questions(client, address)
    assert many <= MOST["pakalpojumi/"]
    only_one_service()
    caches["frame"].clear()
    assert questions(client, address) == many


def test_what_the_choices_need_is_asked_at_once_however_many_services_there_are(
    client, fifty_services
):
    def cold() -> int:
        client.get("/lv/pakalpojumi/")
        caches["frame"].clear()
        with CaptureQueriesContext(connection) as asked:
            client.get("/lv/pakalpojumi/")
        return len(asked)

    many = cold()
    only_one_service()
    assert cold() == many


def test_a_page_not_found_stays_below_its_number_of_questions(client):
    client.get("/lv/nav-tadas/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/lv/nav-tadas/").status_code == 404
    assert len(asked) <= 12
