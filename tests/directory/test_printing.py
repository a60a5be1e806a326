"""The plain sheet and the codes: numbers and hours, and not a word that tells the subject."""

import re

import pytest
import segno
from bs4 import BeautifulSoup
from django.conf import settings
from wagtail.models import Locale

from directory import qr
from directory.models import OpeningHours, Phone, Service, ServiceText
from directory.sheet import MOST_CODES, MOST_NUMBERS
from pages import neutral
from pages.models import SiteSettings

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def service():
    return Service.objects.get(phones__number="116006")


def dark_squares(svg: str) -> set[tuple[int, int]]:
    """(column, row) of each dark square of a code, read from the strokes of its drawing."""
    strokes = BeautifulSoup(svg, "lxml").select_one("path[stroke='#000']")["d"]
    found, column, row = set(), 0, 0.0
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", strokes):
        values = [float(number) for number in numbers.split()]
        if kind == "h":
            found |= {(column + step, int(row)) for step in range(int(values[0]))}
            column += int(values[0])
        elif kind == "M":
            column, row = int(values[0]), values[1]
        else:
            column, row = column + int(values[0]), row + values[1]
    return found


def expected_squares(content: str) -> set[tuple[int, int]]:
    matrix = segno.make(content, micro=False, error="m").matrix
    return {
        (column + qr.QUIET_ZONE, row + qr.QUIET_ZONE)
        for row, line in enumerate(matrix)
        for column, dark in enumerate(line)
        if dark & 1
    }


@pytest.mark.parametrize("number", ["112", "116006", "+37163489652"])
def test_a_code_carries_the_number_to_dial_and_nothing_else(number):
    svg = qr.of_number(number)
    assert dark_squares(svg) == expected_squares(f"tel:{number}")
    tags = {tag.name for tag in BeautifulSoup(svg, "lxml").select("body *")}
    assert tags == {"svg", "path"}
    assert "http" not in svg
    assert "style" not in svg


def test_the_reading_of_a_code_sees_another_number():
    assert dark_squares(qr.of_number("112")) != expected_squares("tel:113")


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sheet_holds_a_word_that_tells_the_subject_or_the_site(read, code):
    site_name = SiteSettings.objects.get().name
    services = Service.objects.public().filter(phones__isnull=False).distinct()
    assert len(services) > 10
    for service in services:
        address = f"/{code}/pakalpojumi/{service.code}/lapa/"
        page = read(address)
        for text in (page.title.get_text(), page.select_one(".sheet").get_text(" "), address):
            assert text.strip()
            assert not neutral.revealing(text), (text, neutral.revealing(text))
            assert site_name not in text
        assert page.title.get_text() == page.h1.get_text()
        assert not page.select("meta[property], meta[name=description], link[rel=canonical]")
        names = {text.name for text in service.texts.all()}
        titles = {text.tab_title for text in service.texts.all()}
        for name in names - titles:
            assert name not in page.select_one(".sheet").get_text()


def test_the_word_list_would_notice_the_name_of_a_service(service):
    assert any(neutral.revealing(text.name) for text in service.texts.all())


def test_a_sheet_holds_numbers_hours_and_codes(read, service):
    OpeningHours.objects.filter(service=service).delete()
    OpeningHours.objects.create(service=service, weekday=1, opens="09:15", closes="17:45")
    Service.objects.filter(pk=service.pk).update(on_holidays="closed")
    sheet = read(f"/en/pakalpojumi/{service.code}/lapa/").select_one(".sheet")
    text = sheet.get_text(" ")
    for words in ("116006", "Mon 9:15–17:45", "Closed on public holidays"):
        assert words in text
    assert dark_squares(str(sheet.svg)) == expected_squares("tel:116006")
    assert not sheet.select(".state, form, a")


def test_a_name_or_title_that_tells_the_subject_is_left_out(read, service):
    Phone.objects.filter(service=service).update(place_key="zq")
    Phone.objects.create(service=service, number="112", place_key="zq2")
    ServiceText.objects.filter(service=service).update(
        tab_title="Krīzes centrs", phone_places="zq = Vardarbība\nzq2 = Karosta"
    )
    page = read(f"/lv/pakalpojumi/{service.code}/lapa/")
    assert not neutral.revealing(page.select_one(".sheet").get_text(" "))
    assert not neutral.revealing(page.title.get_text())
    assert "Karosta" in page.select_one(".sheet").get_text()


def test_many_numbers_stay_on_one_page(read, service):
    for number in range(9):
        Phone.objects.create(service=service, number="+37163489652", sort_order=number)
    sheet = read(f"/lv/pakalpojumi/{service.code}/lapa/").select_one(".sheet")
    assert len(sheet.select("li")) == MOST_NUMBERS > MOST_CODES
    assert len(sheet.select("svg")) == 1


def test_words_of_another_language_say_which(read, service):
    ServiceText.objects.filter(service=service).exclude(
        locale=Locale.objects.get(language_code="lv")
    ).delete()
    heading = read(f"/uk/pakalpojumi/{service.code}/lapa/").h1
    assert heading["lang"] == "lv"
    ServiceText.objects.filter(service=service).update(tab_title="")
    assert not read(f"/uk/pakalpojumi/{service.code}/lapa/").h1.has_attr("lang")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_sheet_is_reached_from_its_service_without_a_script(read, service, code):
    page = read(f"/{code}/pakalpojumi/{service.code}/")
    (link,) = page.main.select("a[href='lapa/']")
    assert link.find_parent("p").select_one(".small").get_text()
    sheet = read(f"/{code}/pakalpojumi/{service.code}/lapa/")
    assert not sheet.select("script[src]:not([src*=reader])")
    assert sheet.select_one(".beside").get_text(strip=True)
    assert sheet.select_one("meta[name=robots]")["content"] == "noindex"
    others = [link["href"] for link in sheet.select("nav.languages a")]
    assert others == [
        f"/{other}/pakalpojumi/{service.code}/lapa/" for other in LANGUAGES if other != code
    ]


def test_a_service_without_a_number_has_no_sheet(read, service):
    service.phones.all().delete()
    assert not read(f"/en/pakalpojumi/{service.code}/").main.select("a[href='lapa/']")
    read(f"/en/pakalpojumi/{service.code}/lapa/", status=404)


def test_the_sheet_is_in_no_sitemap(client):
    assert b"/lapa/" not in client.get("/sitemap.xml").content
