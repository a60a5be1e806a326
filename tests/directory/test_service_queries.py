"""What the page of a service asks of the database."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import (
    HoursException,
    OpeningHours,
    Phone,
    Service,
    ServiceAtPlace,
    ServiceChannel,
    ServiceText,
    ServiceWayIn,
    SpokenLanguage,
)
from directory.terms import CHANNELS, WAYS_IN
from tests.directory.placing import area, describe, exact_place

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MOST_QUESTIONS = 12


@pytest.fixture
def service():
    return Service.objects.get(phones__number="116006")


def questions(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def empty(service):
    for model in (SpokenLanguage, ServiceWayIn, ServiceChannel, ServiceAtPlace):
        model.objects.filter(service=service).delete()
    service.areas.clear()
    service.save()


def fill(service, count: int):
    empty(service)
    for number in range(count):
        Phone.objects.create(service=service, number="116006", sort_order=number)
        OpeningHours.objects.create(
            service=service, weekday=number % 7 + 1, opens=f"{number % 24:02}:00",
            closes=f"{number % 24:02}:30",
        )  # fmt: skip
        HoursException.objects.create(
            service=service, first_day="2027-01-01", last_day="2027-01-02"
        )
        place = exact_place(service, area=area(f"Zq {number}", f"zq{number}"))
        describe(place, transport="Zqbus")
        service.areas.add(area(f"Zqs {number}", f"zqs{number}"))
    codes = [code for code, _name in settings.LANGUAGES if code != "lv-simple"]
    for code in codes[:count]:
        SpokenLanguage.objects.create(service=service, code=code)
    for code, _label in WAYS_IN[:count]:
        ServiceWayIn.objects.create(service=service, code=code)
    for code, _label in CHANNELS[:count]:
        ServiceChannel.objects.create(service=service, code=code)
    service.save()


@pytest.mark.parametrize("step", ["", "lapa/"])
def test_a_page_asks_as_often_with_thirty_of_each_as_with_one(client, service, step):
    address = f"/lv/pakalpojumi/{service.code}/{step}"
    fill(service, 1)
    one = questions(client, address)
    fill(service, 30)
    assert questions(client, address) == one
    assert one <= MOST_QUESTIONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_asks_as_often_in_every_language(client, service, language):
    ServiceText.objects.filter(service=service).exclude(locale__language_code="lv").delete()
    fill(service, 2)
    for step in ("", "lapa/"):
        address = f"/{language}/pakalpojumi/{service.code}/{step}"
        assert questions(client, address) <= MOST_QUESTIONS
