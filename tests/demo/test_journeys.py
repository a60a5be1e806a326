"""From the way of a person who hurts others nothing leads to who shelters those who are hurt."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from directory.models import Phone, Service
from pages.models import ContentPage

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
START = "nodarbibas/soli/"
# The line for everyone: it answers people who use violence too and shelters nobody.
FOR_EVERYONE = "116123"


def crawl(read, code: str) -> tuple[set[str], set[str]]:
    """Addresses and numbers that a reader reaches from the body, link by link."""
    waiting, seen, numbers = {f"/{code}/{START}"}, set(), set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        for link in read(address).main.select(".part a[href]"):
            target = link["href"]
            if target.startswith("tel:"):
                numbers.add(target.removeprefix("tel:"))
            elif target.startswith("/") and target not in seen:
                waiting.add(target)
    return seen, numbers


def allowed(code: str) -> tuple[set[str], set[str]]:
    """What such a reader may be led to."""
    services = Service.objects.public().filter(for_people_who_hurt=True)
    services |= Service.objects.public().filter(phones__number=FOR_EVERYONE)
    numbers = Phone.objects.filter(service__in=services).values_list("number", flat=True)
    with translation.override(code):
        places = {f"/{code}/pakalpojumi/{service.code}/" for service in services}
    return places | {f"/{code}/{START}", f"/{code}/nodarbibas/"}, set(numbers)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_place_for_people_who_are_hurt_can_be_reached(read, code):
    pages, numbers = crawl(read, code)
    may_see, may_call = allowed(code)
    assert len(pages) > 3
    assert pages <= may_see
    assert numbers <= may_call
    assert {"+37122045225", "116123"} <= numbers


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_other_number_stands_in_the_words(read, code):
    _places, may_call = allowed(code)
    for path in (START, "nodarbibas/"):
        words = " ".join(
            part.get_text(" ") for part in read(f"/{code}/{path}").main.select(".part")
        )
        known = {number.removeprefix("+371") for number in may_call} | {"110", "112"}
        found = re.findall(
            r"\b(?:11[0-9]|116\d{3}|[26]\d ?\d{3} ?\d{3})\b", words.replace("\xa0", " ")
        )
        assert {number.replace(" ", "") for number in found} <= known


def test_the_crawl_notices_a_number_for_people_who_are_hurt(read):
    page = ContentPage.objects.get(url_path=f"/lv/{START}")
    service = Service.objects.get(phones__number="+37129195442")
    next(block for block in page.body if block.block_type == "stage").value["service"] = (
        service.code
    )
    page.save_revision().publish()
    pages, numbers = crawl(read, "lv")
    may_see, may_call = allowed("lv")
    assert pages - may_see == {f"/lv/pakalpojumi/{service.code}/"}
    assert numbers - may_call == {"+37129195442"}
