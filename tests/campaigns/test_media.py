"""The pages for the media as a journalist reads them: twenty rules, and a box to copy."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.help_box import HelpBoxPage
from directory.models import Service
from pages import neutral
from pages.blocks import BodyBlock
from pages.models import ContentPage

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
WITH_RULES = [code for code in LANGUAGES if code != "lv-simple"]
RULES = "/medijiem/vadlinijas/"
BOX = "/medijiem/lodzins/"
MOST_QUERIES = 12
LIKE_THIS = {"lv": "Tā", "ru": "Так", "en": "Like this", "uk": "Так", "lt": "Taip"}
NOT_LIKE_THIS = {
    "lv": "Ne tā",
    "ru": "Не так",
    "en": "Not like this",
    "uk": "Не так",
    "lt": "Ne taip",
}


def queries(client, address: str) -> int:
    """Of the page alone: what all pages of a language share is read before."""
    client.get(f"/{address.split('/')[1]}/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def snippet(page) -> BeautifulSoup:
    """The box that a journalist copies, read as HTML."""
    return BeautifulSoup(page.select_one("#box-html").get_text(), "lxml")


@pytest.mark.parametrize("language", WITH_RULES)
def test_twenty_rules_each_say_how_how_not_and_why(read, language):
    pairs = read(f"/{language}{RULES}").select("section.pair")
    assert [pair["id"] for pair in pairs] == [f"mr{number}" for number in range(1, 21)]
    for pair in pairs:
        labels = [label.get_text(strip=True) for label in pair.select("dt")]
        assert labels == [LIKE_THIS[language], NOT_LIKE_THIS[language]]
        assert all(words.get_text(strip=True) for words in pair.select("dd"))
        assert pair.select_one("h3 + p").get_text(strip=True)
        assert pair.select_one("p.source").get_text(strip=True)
        assert pair.select_one("h3 a")["href"] == f"#{pair['id']}"
        assert pair["aria-labelledby"] == pair.h3["id"]


def test_the_two_sides_differ_in_shape_and_words_not_in_colour_alone(read):
    for pair in read(f"/lv{RULES}").select("section.pair"):
        like, unlike = (str(picture) for picture in pair.select("dt svg"))
        assert like != unlike
        assert all(picture["aria-hidden"] == "true" for picture in pair.select("svg"))


def test_easy_reading_gets_the_latvian_rules_and_is_told(read):
    page = read(f"/lv-simple{RULES}")
    assert len(page.select("section.pair")) == 20
    assert page.select_one("main .notice")


def test_what_is_unconfirmed_and_the_licence_are_on_the_page(read):
    page = read(f"/en{RULES}")
    assert "WHO" in page.select_one("#mr19 .doubt").get_text()
    assert "71" in page.select_one("#mr9 .doubt").get_text()
    assert "CC BY-SA 3.0 IGO" in page.main.get_text()


def test_a_code_stands_on_a_page_once():
    pair = {"code": "MR1", "rule": "a", "say": "b", "avoid": "c", "why": "d"}
    block = BodyBlock()
    block.clean(block.normalize([("pair", pair), ("pair", pair | {"code": "MR2"})]))
    with pytest.raises(ValidationError) as error:
        block.clean(block.normalize([("pair", pair), ("pair", pair)]))
    assert set(error.value.block_errors) == {1}


@pytest.mark.parametrize("code", ["mr1", "1", "M R1", 'M"1', "MR1#", "MRRR1"])
def test_a_code_that_could_be_no_anchor_is_refused(code):
    with pytest.raises(ValidationError):
        BodyBlock().child_blocks["pair"].child_blocks["code"].clean(code)


def test_professionals_and_the_footer_lead_to_the_media_pages(read):
    page = read("/uk/specialistiem/")
    assert page.select_one('main a[href="/uk/medijiem/"]')
    assert page.select_one('footer a[href="/uk/medijiem/"]')
    links = {link["href"] for link in read("/uk/medijiem/").select("main .onward a")}
    assert links == {
        f"/uk/medijiem/{name}/" for name in ("vadlinijas", "skaitli", "lodzins", "zinas")
    }


@pytest.mark.parametrize(
    "name", ["", "vadlinijas/", "skaitli/", "lodzins/", "zinas/", "zinas/2026-1/"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_tab_and_description_are_neutral(read, language, name):
    page = read(f"/{language}/medijiem/{name}")
    assert not neutral.revealing(page.title.get_text())
    assert not neutral.revealing(page.select_one("meta[name=description]")["content"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_speaks_to_both_kinds_of_readers(read, language):
    page = read(f"/{language}{BOX}")
    box = snippet(page)
    numbers = {link["href"] for link in box.select("a[href^='tel:']")}
    assert {"tel:110", "tel:112", "tel:116123", "tel:116006", "tel:116111"} <= numbers
    assert any(number.endswith("22045225") for number in numbers)
    assert box.section["lang"] == ("lv" if language == "lv-simple" else language)
    plain = page.select_one("#box-text").get_text()
    assert all(link.get_text() in plain for link in box.select("a[href^='tel:']"))
    assert "<" not in plain
    assert page.select_one("#box-html").has_attr("readonly")


def test_only_the_box_that_is_shown_names_the_note_of_our_frame(read):
    page = read(f"/lv{BOX}")
    assert "aria-describedby" not in page.select_one("#box-html").get_text()
    shown = page.select(".note section a[href^='tel:']")
    assert shown
    assert {link["aria-describedby"] for link in shown} == {"call-note"}


def test_the_box_carries_nothing_but_words_and_links_of_this_site(read):
    box = snippet(read(f"/lv{BOX}"))
    assert {tag.name for tag in box.select("body *")} == {"section", "p", "strong", "ul", "li", "a"}
    assert {name for tag in box.select("body *") for name in tag.attrs} == {"lang", "href"}
    others = {link["href"] for link in box.select("a:not([href^='tel:'])")}
    assert others == {"http://testserver/lv/"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_changed_in_the_directory_changes_in_the_box(read, language):
    phone = Service.objects.get(phones__number="116006").phones.get()
    phone.number = "+37163489651"
    phone.save()
    box = str(snippet(read(f"/{language}{BOX}")))
    assert "tel:+37163489651" in box
    assert "116006" not in box


def test_a_service_that_is_no_longer_public_leaves_the_box(read):
    Service.objects.filter(phones__number="116111").update(status="withdrawn")
    box = snippet(read(f"/lv{BOX}"))
    assert "116111" not in str(box)
    assert all(line.a for line in box.select("li"))


def test_the_box_says_which_numbers_nobody_has_confirmed(read, django_capture_on_commit_callbacks):
    line = next(line for line in snippet(read(f"/en{BOX}")).select("li") if "116123" in str(line))
    assert "2023, not confirmed" in line.get_text()
    service = Service.objects.get(phones__number="116123")
    service.confirmed_on = "2026-11-02"
    with django_capture_on_commit_callbacks(execute=True):
        service.save()
    line = next(line for line in snippet(read(f"/en{BOX}")).select("li") if "116123" in str(line))
    assert "not confirmed" not in line.get_text()


def test_the_words_of_the_box_are_escaped(read):
    page = HelpBoxPage.objects.get(locale__language_code="lv")
    page.box_title = "<script>alert(1)</script>"
    page.save_revision().publish()
    answer = read(f"/lv{BOX}")
    assert not snippet(answer).select("script")
    assert not answer.select_one("main .note").select("script")


def test_the_pages_ask_a_constant_number_of_queries(client):
    rules = ContentPage.objects.get(url_path=f"/lv{RULES}")
    box = HelpBoxPage.objects.get(locale__language_code="lv")
    many = {address: queries(client, address) for address in (f"/lv{RULES}", f"/lv{BOX}")}
    rules.body = [(block.block_type, block.value) for block in rules.body][:3]
    calls = [block for block in box.body if block.block_type == "call"]
    box.body = [(block.block_type, block.value) for block in calls][:1]
    for page in (rules, box):
        page.save_revision().publish()
    few = {address: queries(client, address) for address in many}
    assert max(many.values()) <= MOST_QUERIES, many
    assert many[f"/lv{BOX}"] <= few[f"/lv{BOX}"]
