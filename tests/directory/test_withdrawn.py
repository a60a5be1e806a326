"""A link to a service that is gone still leads to help, and says no word of the service."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import Service, ServiceText
from directory.withdrawn import MOST, instead_of

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
YESTERDAY = {"valid_until": timezone.localdate() - datetime.timedelta(days=1)}
WITHDRAWN = {"status": "withdrawn"}
MARK = "Zqgone"
STEPS = ["", "lapa/"]


@pytest.fixture
def service():
    """A service whose every word holds a mark."""
    found = Service.objects.get(phones__number="116006")
    ServiceText.objects.filter(service=found).update(
        name=f"{MARK} name", summary=f"{MARK} summary", tab_title=f"{MARK} title",
        strip_caption=f"{MARK} strip",
    )  # fmt: skip
    return found


def change(service, **values):
    """As an editor saves it: the frame hears of it."""
    for name, value in values.items():
        setattr(service, name, value)
    service.save()


def cards(page) -> list[str]:
    return [card.h3.a["href"].strip("/").split("/")[-1] for card in page.select("li.card")]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("values", [WITHDRAWN, YESTERDAY])
def test_a_service_that_is_gone_leads_on_in_the_readers_language(client, service, code, step,
                                                                  values):  # fmt: skip
    address = f"/{code}/pakalpojumi/{service.code}/{step}"
    assert MARK in client.get(address).content.decode()
    change(service, **values)
    answer = client.get(address)
    assert answer.status_code == 410
    assert answer["Cache-Control"] == "no-store"
    page = BeautifulSoup(answer.content, "lxml")
    assert page.html["lang"] == settings.LANGUAGE_TAGS.get(code, code)
    assert page.select_one("a.exit")
    assert page.select_one(".numbers a[href='tel:112']")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert not page.select("link[rel=canonical], link[rel=alternate]")
    assert 0 < len(cards(page)) <= MOST
    assert MARK not in answer.content.decode()
    assert "116006" not in answer.content.decode()
    links = [link["href"] for link in page.select("nav.languages a")]
    assert links == [
        f"/{other}/pakalpojumi/{service.code}/" for other in LANGUAGES if other != code
    ]


@pytest.mark.parametrize("step", STEPS)
def test_only_the_head_of_a_gone_page_may_be_asked_for(client, service, step):
    change(service, **WITHDRAWN)
    answer = client.head(f"/lv/pakalpojumi/{service.code}/{step}")
    assert (answer.status_code, answer.content) == (410, b"")


def test_a_report_on_a_gone_service_is_told_the_same(client, service):
    change(service, **WITHDRAWN)
    answer = client.post(f"/lv/pakalpojumi/{service.code}/numurs/", {"answer": "right"})
    assert answer.status_code == 410
    assert not service.reports.exists()


def test_its_title_is_neutral(read, service):
    change(service, **WITHDRAWN)
    page = read(f"/en/pakalpojumi/{service.code}/", status=410)
    assert page.h1.get_text() == "This service is no longer available"
    assert page.title.get_text().startswith("Services – ")


@pytest.mark.parametrize("step", [*STEPS, "numurs/"])
@pytest.mark.parametrize("values", [{"live": False}, {"live": False, **WITHDRAWN}])
def test_a_draft_is_not_there(client, service, step, values):
    change(service, **values)
    address = f"/lv/pakalpojumi/{service.code}/{step}"
    answer = client.post(address, {"answer": "right"}) if step == "numurs/" else client.get(address)
    assert answer.status_code == 404
    assert MARK not in answer.content.decode()


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("code", ["zzzzzz", "1", "x" * 60])
def test_an_unknown_code_is_not_there(client, step, code):
    assert client.get(f"/lv/pakalpojumi/{code}/{step}").status_code == 404


def test_what_replaces_it_is_all_that_is_shown(read, service):
    other = Service.objects.public().filter(for_people_who_hurt=False).last()
    change(service, replaced_by=other, **WITHDRAWN)
    assert cards(read(f"/lv/pakalpojumi/{service.code}/", status=410)) == [other.code]


@pytest.mark.parametrize("values", [WITHDRAWN, YESTERDAY, {"live": False}])
def test_what_replaces_it_is_not_shown_once_it_is_gone_itself(read, service, values):
    other = Service.objects.public().filter(for_people_who_hurt=False).last()
    change(service, replaced_by=other, **WITHDRAWN)
    change(other, **values)
    found = cards(read(f"/lv/pakalpojumi/{service.code}/", status=410))
    assert found
    assert other.code not in found


def test_those_that_share_a_need_are_shown_and_no_others(read, service):
    change(service, **WITHDRAWN)
    needs = set(service.needs.all())
    found = cards(read(f"/lv/pakalpojumi/{service.code}/", status=410))
    for code in found:
        assert needs & set(Service.objects.get(code=code).needs.all())


def test_the_one_that_shares_more_needs_is_among_them(service):
    change(service, **WITHDRAWN)
    twin = Service.objects.public().filter(for_people_who_hurt=False).last()
    twin.needs.set(service.needs.all())
    twin.save()
    found = instead_of(service, timezone.localtime())
    assert twin.code in [card["service"].code for card in found]


def for_those_who_hurt() -> Service:
    return Service.objects.public().filter(for_people_who_hurt=True).first()


def all_share_a_need(service):
    for other in Service.objects.all():
        other.needs.set(service.needs.all())
        other.save()


def test_from_a_service_for_those_who_hurt_only_such_services_are_reached(read):
    gone = for_those_who_hurt()
    all_share_a_need(gone)
    Service.objects.exclude(pk=gone.pk).exclude(for_people_who_hurt=True).update(urgency=0)
    change(gone, replaced_by=Service.objects.get(phones__number="116006"), **WITHDRAWN)
    found = Service.objects.filter(
        code__in=cards(read(f"/lv/pakalpojumi/{gone.code}/", status=410))
    )
    assert all(service.for_people_who_hurt for service in found)


def test_from_help_for_the_hurt_no_service_for_those_who_hurt_is_reached(read, service):
    all_share_a_need(service)
    Service.objects.exclude(pk=service.pk).update(for_people_who_hurt=True, strip_order=None)
    change(service, replaced_by=for_those_who_hurt(), **WITHDRAWN)
    page = read(f"/lv/pakalpojumi/{service.code}/", status=410)
    assert cards(page) == []
    assert page.select(".numbers a")


def test_without_an_alternative_the_numbers_are_pointed_to(read, service):
    service.needs.clear()
    service.save()
    change(service, **WITHDRAWN)
    page = read(f"/en/pakalpojumi/{service.code}/", status=410)
    assert "The numbers are at the top of the page." in page.select_one(".lead").get_text()


def test_the_page_asks_as_often_for_one_alternative_as_for_five(client, service):
    change(service, **WITHDRAWN)
    all_share_a_need(service)
    address = f"/lv/pakalpojumi/{service.code}/"

    def questions():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    many = questions()
    others = Service.objects.public().filter(for_people_who_hurt=False).exclude(pk=service.pk)
    others.exclude(pk=others.first().pk).update(live=False)
    assert questions() == many <= 16
