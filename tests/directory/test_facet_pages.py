"""The pages of the list: every service once, the choice kept, the order held, the cards."""

import pytest

from directory.facet_table import OPEN_NOW
from directory.models import (
    Need,
    Service,
    SpokenLanguage,
)
from tests.directory.choice_rows import fact, promise, row

pytestmark = pytest.mark.django_db

LIST = "/en/pakalpojumi/"


def test_ten_cards_a_page_and_every_service_once(read, listed, new_service):
    for _number in range(13):
        new_service(free=None)
    whole = listed(LIST)
    public = set(Service.objects.public().values_list("code", flat=True))
    assert sorted(whole.fits) == sorted(public)
    assert whole.said == len(public) > 20
    first, second = read(LIST), read(f"{LIST}?p=2")
    assert len(first.select("li.card")) == len(second.select("li.card")) == 10
    assert not first.select("a[rel=prev]")
    assert first.select_one("a[rel=next]")["href"] == "?p=2"
    assert second.select_one("a[rel=prev]")["href"] == "?"
    last = read(f"{LIST}?p=999")
    assert not last.select("a[rel=next]")
    assert last.select("li.card")


def test_pages_keep_the_choice_and_cross_from_those_that_fit_to_those_to_ask(read, new_service):
    Service.objects.public().update(free=False)
    for _number in range(8):
        new_service(free=True)
    for _number in range(7):
        new_service(free=None)
    code = fact("free")
    page = read(f"{LIST}?f={code}")
    assert len(page.select("ul.list:not(.ask) > li")) == 8
    assert len(page.select("ul.ask > li")) == 2
    onward = page.select_one("a[rel=next]")["href"]
    assert onward == f"?f={code}&p=2"
    page = read(LIST + onward)
    assert len(page.select("ul.ask > li")) == 5
    assert not page.select("ul.list:not(.ask)")
    assert page.select_one("a[rel=prev]")["href"] == f"?f={code}"


def test_the_order_of_the_whole_list_is_kept_over_the_pages(listed, new_service, clock):
    clock("2026-03-03 13:00")
    for number in range(12):
        new_service(urgency=number % 4, for_people_who_hurt=number == 5)
    found = listed(LIST)
    services = {one.code: one for one in Service.objects.all()}
    hurting = [services[code].for_people_who_hurt for code in found.fits]
    assert hurting == sorted(hurting)
    open_now = set(listed(f"{LIST}?f={OPEN_NOW}").fits)
    order = [
        (services[code].for_people_who_hurt, code not in open_now, services[code].urgency)
        for code in found.fits
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("unknown", [0, 1, 14])
def test_a_programme_never_stands_above_help_for_the_hurt(read, listed, new_service, unknown):
    Service.objects.public().update(anonymous=False)
    for _number in range(3):
        new_service(anonymous=True)
    for _number in range(unknown):
        new_service(anonymous=None, urgency=3)
    programmes = [
        new_service(anonymous=anonymous, urgency=0, for_people_who_hurt=True)
        for anonymous in (True, None)
    ]
    address = f"{LIST}?f={fact('anonymous')}"
    shown, hurting = [], {one.code for one in programmes}
    for number in range(1, 3 if unknown > 10 else 2):
        page = read(f"{address}&p={number}")
        links = page.select("li.card h3 a")
        shown += [link["href"].strip("/").split("/")[-1] for link in links]
    assert len(shown) == len(set(shown)) == 5 + unknown
    assert set(shown[-2:]) == hurting
    heads = [head.get_text() for head in page.select("section h2, .body > h2")]
    assert ("People who want to change their behaviour" in heads) == bool(unknown)
    found = listed(address)
    assert len(found.fits) == found.said == 4
    assert len(found.to_ask) == found.said_to_ask == 1 + unknown
    assert promise(row(read(LIST), fact("anonymous"))) == (4, 1 + unknown)


# Cards


def test_a_card_tells_for_whom_and_which_languages_come_through_an_interpreter(read, new_service):
    service = new_service(urgency=0, audience=["women"], languages=["lv"], free=True)
    SpokenLanguage.objects.create(service=service, code="uk", by_interpreter=True)
    card = read(f"{LIST}?f={Need.objects.get(key='pet').code}").select_one(
        f"li.card:has(a[href$='/{service.code}/'])"
    )
    tags = [entry.get_text() for entry in card.select(".tags li")]
    assert tags[:4] == ["women", "Free", "Latviešu", "Through an interpreter: Українська"]
    assert card.select_one("a[href='tel:+37163489652']") or card.select_one("a[href^='tel:']")
