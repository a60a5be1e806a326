"""The address decides the language; a missing text is read in the next one, and says so."""

import datetime
import re

import pytest
from django.conf import settings
from wagtail.models import Page

from directory.models import Service, ServiceText
from pages.models import NativeReview

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
ON_PAGES = ["lv", "ru", "en", "uk", "lt"]  # easy reading has no hreflang of its own
WAITS = {
    "ru": "Этот текст ещё проверит человек",
    "en": "This text is waiting for review",
    "uk": "Цей текст ще перевірить людина",
    "lt": "Šį tekstą dar patikrins žmogus",
    "lv-simple": "Šo tekstu vēl pārbaudīs",
}
PATHS = ["", "pakalpojumi/", "sev/", "parluks/"]


def service_path() -> str:
    code = Service.objects.get(phones__number="116006").code
    return f"pakalpojumi/{code}/"


def unpublish(address: str) -> Page:
    page = Page.objects.get(url_path=address)
    page.unpublish()
    return page


@pytest.mark.parametrize("header", ["ru", "uk,ru;q=0.9", "de-DE,de", "", "xx;q=1"])
def test_the_start_leads_to_latvian_whatever_the_browser_asks_for(client, header):
    answer = client.get("/", headers={"accept-language": header})
    assert (answer.status_code, answer["Location"]) == (302, "/lv/")
    assert "Accept-Language" not in answer.get("Vary", "")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_the_document_names_the_language_of_its_address(read, code, path):
    root = read(f"/{code}/{path}", headers={"accept-language": "de"}).html
    assert root["lang"] == ("lv" if code == "lv-simple" else code)
    assert root.get("class", []) == (["simple"] if code == "lv-simple" else [])


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_names_itself_and_its_translations_but_not_easy_reading(read, code):
    for path in ["sev/", service_path()]:
        page = read(f"/{code}/{path}")
        assert page.select_one("link[rel=canonical]")["href"] == f"http://testserver/{code}/{path}"
        named = {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}
        assert named == {other: f"http://testserver/{other}/{path}" for other in ON_PAGES}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_language_switch_keeps_the_page(read, code):
    for path in [*PATHS, service_path()]:
        links = read(f"/{code}/{path}").select("nav.languages a")
        assert [link["href"] for link in links] == [
            f"/{other}/{path}" for other in LANGUAGES if other != code
        ]


def test_the_language_switch_names_each_language_in_itself(read):
    links = read("/en/sev/").select("nav.languages a")
    assert [(link["aria-label"], link["lang"]) for link in links] == [
        ("Latviešu", "lv"),
        ("Русский", "ru"),
        ("Українська", "uk"),
        ("Lietuvių", "lt"),
        ("Viegli lasīt", "lv"),
    ]
    assert [re.sub(r"\s+", " ", link.get_text()) for link in links] == [
        link["aria-label"] for link in links
    ]


def test_a_page_without_ukrainian_is_read_in_russian_inside_a_ukrainian_frame(read):
    unpublish("/uk/sev/")
    page = read("/uk/sev/")
    assert page.html["lang"] == "uk"
    assert page.select_one("a.exit").get_text() == "Покинути сторінку"
    assert page.main["lang"] == "ru"
    assert page.h1.get_text() == Page.objects.get(url_path="/ru/sev/").title
    notice = page.main.select_one(".notice")
    assert notice["lang"] == "uk"
    assert notice.get_text().startswith("Цей текст ")
    assert "Перекладу поки немає" in notice.get_text()
    assert page.select_one("link[rel=canonical]")["href"] == "http://testserver/ru/sev/"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert not page.select("link[hreflang]")


def test_the_fallback_goes_down_its_order_until_a_text_is_found(read):
    unpublish("/uk/sev/")
    unpublish("/ru/sev/")
    assert read("/uk/sev/").main["lang"] == "en"
    assert read("/ru/sev/").main["lang"] == "lv"


def test_a_page_that_lost_a_translation_no_longer_names_it(read):
    unpublish("/uk/sev/")
    named = [link["hreflang"] for link in read("/lv/sev/").select("link[hreflang]")]
    assert named == ["lv", "ru", "en", "lt"]


def test_a_service_without_lithuanian_words_is_read_in_english_and_says_so(read):
    path = service_path()
    words = ServiceText.objects.get(service__phones__number="116006", locale__language_code="lt")
    words.delete()
    page = read(f"/lt/{path}")
    assert (page.html["lang"], page.main.h1["lang"]) == ("lt", "en")
    # The labels round the words are Lithuanian: only the words carry the other language.
    assert "lang" not in page.main.attrs
    assert page.main.dl.dt.get_text() == "Kada"
    assert "Vertimo kol kas nėra" in page.main.select_one(".notice").get_text()
    assert page.select_one("link[rel=canonical]")["href"] == f"http://testserver/en/{path}"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert not page.select("link[hreflang]")
    card = next(
        card for card in read("/lt/pakalpojumi/").select("li.card") if path in card.h3.a["href"]
    )
    assert card.h3.a["lang"] == "en"
    assert "lang" not in card.attrs


@pytest.mark.parametrize("code", WAITS)
def test_a_translation_says_that_it_waits_until_a_native_speaker_has_read_it(read, code):
    waiting = read(f"/{code}/sev/").main.select_one(".review")
    assert waiting.get_text().startswith(WAITS[code])
    page = Page.objects.get(url_path=f"/{code}/sev/")
    NativeReview.objects.create(
        page=page, reviewed_by="Anna", reviewed_on=datetime.date(2026, 11, 1)
    )
    assert not read(f"/{code}/sev/").main.select(".review")
    assert read(f"/{code}/parluks/").main.select_one(".review").get_text() == waiting.get_text()


def test_the_latvian_original_waits_for_nobody(read):
    assert not read("/lv/sev/").main.select(".review")


def test_the_sitemap_lists_every_page_and_service_in_every_language(client):
    text = client.get("/sitemap.xml").content.decode()
    addresses = set(re.findall(r"<loc>http://testserver(/[^<]*)</loc>", text))
    codes = [service.code for service in Service.objects.public()]
    pages = set(Page.objects.live().filter(depth__gt=1).values_list("url_path", flat=True))
    assert {f"/{code}/{path}" for code in LANGUAGES for path in PATHS} <= pages
    services = {f"/{code}/pakalpojumi/{service}/" for code in LANGUAGES for service in codes}
    assert addresses == pages | services


def test_every_address_of_the_sitemap_answers(client):
    text = client.get("/sitemap.xml").content.decode()
    addresses = re.findall(r"<loc>http://testserver(/lt/[^<]*)</loc>", text)
    assert {client.get(address).status_code for address in addresses} == {200}


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/de/", "lv"),
        ("/de/sev/", "lv"),
        ("/LV/", "lv"),
        ("/RU/sev/", "ru"),
        ("/lv-SIMPLE/", "lv"),
        ("/zh-hans/", "lv"),
        ("/lv_LV/", "lv"),
    ],
)
def test_an_unknown_or_odd_prefix_is_a_framed_not_found(read, address, code):
    page = read(address, status=404)
    assert page.select_one("a.exit")
    assert page.select_one("a[href^='tel:']")
    assert page.html["lang"] == code


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(client):
    answer = client.get("/lv/sev")
    assert (answer.status_code, answer["Location"]) == (301, "/lv/sev/")
