"""Facts against myths: the truth is the headline, the myth is said once and denied."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from campaigns.models import MythPage
from pages.facts import Fact
from pages.neutral import revealing
from search import documents

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# How many cards the demonstration has in each language.
CARDS = {"lv": 16, "lv-simple": 5, "ru": 8, "en": 8, "uk": 8, "lt": 8}
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _nothing_expires(monkeypatch):
    monkeypatch.setattr(caches["frame"], "default_timeout", None)


def of(code: str):
    return MythPage.objects.filter(locale__language_code=code).order_by("position")


def words_of(page) -> str:
    return plain(page.get_text(" "))


def plain(text: str) -> str:
    """With ordinary spaces: dashes stand behind one that does not break."""
    return re.sub(r"\s+", " ", text)


# What a visitor sees


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_card_says_the_fact_first_and_the_myth_once_and_denies_it(read, code):
    denial = {"lv": "Tā nav.", "lv-simple": "Tā nav patiesība.", "en": "This is wrong."}
    more = {"ru": "— это не так.", "uk": "— це не так.", "lt": "Tai netiesa."}
    cards = of(code)
    assert len(cards) == CARDS[code]
    for card in cards:
        page = read(card.url_path)
        assert page.h1.get_text() == card.title
        (said,) = page.main.select(".myth")
        assert said.q.get_text() == card.myth
        assert words_of(said).endswith((denial | more)[code])
        assert words_of(page.main).count(plain(card.myth)) == 1
        after = words_of(page.main).partition(plain(card.myth))[2]
        assert f"{plain(card.title)}." in after, "the truth has the last word"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_myth_leaves_its_page(client, code):
    """Neither the head of a card nor its address, nor the index, the home page or a picture."""
    index = client.get(f"/{code}/fakti/").content.decode()
    home = client.get(f"/{code}/").content.decode()
    for card in of(code):
        source = client.get(card.url_path).content.decode()
        assert source.count(card.myth) == 1, card.url_path
        assert card.myth not in index + home
        page = BeautifulSoup(source, "lxml")
        assert card.myth not in str(page.head)
        assert not page.select(f"[alt*='{card.myth}'], [title*='{card.myth}']")


@pytest.mark.parametrize("code", LANGUAGES)
def test_address_tab_and_preview_of_a_card_tell_nothing(read, code):
    for card in of(code):
        page = read(card.url_path)
        assert re.fullmatch(r"[2-9b-z]{6}", card.slug)
        seen = [card.url_path, page.title.get_text(), card.search_description]
        seen += [tag["content"] for tag in page.select("meta[content]")]
        assert not [text for text in seen if revealing(text)]
        assert not [text for text in seen if card.title in text]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_figure_of_a_card_has_year_and_source_and_words_hold_none(read, code):
    for card in of(code):
        page = read(card.url_path).main
        figures = page.select("figure.figure")
        assert figures, card.title
        for figure in figures:
            assert re.search(r"\b(19|20)\d\d\b", figure.select_one(".source").get_text())
            assert re.search(r", (19|20)\d\d(–20\d\d)?\.", figure.select_one(".definition").text)
        for figure in figures:
            figure.decompose()
        assert "%" not in page.get_text(), card.title


def test_a_figure_that_is_old_or_second_hand_says_so(read):
    card = of("en").get(title__contains="private matter")
    text = words_of(read(card.url_path).main)
    assert "Read in a secondary source" in text
    assert "Newer data: 25% of residents of Latvia" in text


def test_a_law_stands_with_its_year_and_the_doubt_about_it(read):
    card = of("en").get(title__contains="private matter")
    page = read(card.url_path).main
    law = next(line for line in page.select(".source") if "Krimināllikums" in line.get_text())
    assert "174.¹ pants, 2024" in law.get_text()
    assert "Not confirmed yet" in law.get_text()
    assert law.select_one("[lang=lv]")
    assert "None of us has read the text of this law yet" in words_of(page)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_card_says_what_to_do_and_leads_to_help(read, code):
    for card in of(code):
        page = read(card.url_path).main
        assert len(page.select(".part ul > li")) >= 2
        links = [link["href"] for link in page.select(".part a[href]")]
        assert f"/{code}/pakalpojumi/" in links
        assert [link for link in links if link.startswith("tel:")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_index_lists_every_fact_once_in_order(read, code):
    page = read(f"/{code}/fakti/")
    assert not page.main.has_attr("lang")
    links = page.select("ul.truths a")
    shown = [link["href"].strip("/").split("/")[-1] for link in links]
    assert shown == [card.slug for card in of("lv")]
    own = {card.slug: card.title for card in of(code)}
    for link in links:
        title = own.get(link["href"].strip("/").split("/")[-1])
        foreign = link.find_parent("li").get("lang")
        assert bool(title) == (foreign is None)
        assert title in (None, link.get_text())
        named = link.find_parent("li").select_one("p[lang]")
        assert bool(named) == (foreign is not None)


def test_what_is_not_translated_is_read_in_a_fallback_with_labels_of_the_reader(read, card):
    page = read(f"/en/fakti/{card.slug}/").main
    assert page["lang"] == "lv"
    assert page.select_one(".myth q").get_text() == card.myth
    labels = [label.get_text() for label in page.select(".myth b[lang=en]")]
    assert labels == ["Myth:", "This is wrong."]
    assert page.select_one("h2[lang=en]")
    assert "This text is in Latvian" in page.get_text()


def test_a_correction_of_the_bank_reaches_all_languages_of_a_card(read):
    Fact.objects.filter(key="sober-2020").update(value=33, year_from=2031)
    for code in ("lv", "ru", "en", "uk", "lt"):
        (card,) = [card for card in of(code) if quotes(card, "sober-2020")]
        figure = read(card.url_path).select_one("figure.figure")
        assert "33" in figure.select_one(".amount").get_text()
        assert "2031" in figure.get_text()


def quotes(card, key: str) -> bool:
    return any(block.block_type == "fact" and block.value["fact"].key == key for block in card.body)


def test_a_draft_and_a_card_taken_down_are_nowhere(client, read, new_card):
    draft = new_card(live=False, title="Zqmelnraksts", myth="Zqaplams.")
    gone = new_card(title="Zqatsaukta", myth="Zqbijusi.")
    assert "Zqatsaukta" in read("/lv/fakti/").get_text()
    gone.unpublish()
    places = ["/lv/fakti/", "/en/fakti/", "/lv/", "/sitemap.xml"]
    everything = "".join(client.get(place).content.decode() for place in places)
    found = client.post("/lv/pakalpojumi/mekle/", {"text": "Zqatsaukta Zqbijusi Zqmelnraksts"})
    results = BeautifulSoup(found.content, "lxml").select(".rows, .card")
    everything += "".join(map(str, results))
    assert "Zq" not in everything
    for card in (draft, gone):
        assert card.slug not in everything
        assert client.get(f"/lv/fakti/{card.slug}/").status_code == 404


def test_the_index_asks_as_often_for_fifty_cards_as_for_one(client, new_card):
    def questions() -> int:
        client.get("/lv/fakti/")
        with CaptureQueriesContext(connection) as asked:
            page = BeautifulSoup(client.get("/lv/fakti/").content, "lxml")
        counts.append(len(page.select("ul.truths > li")))
        return len(asked)

    counts: list[int] = []
    for page in MythPage.objects.all():
        page.delete()
    new_card()
    one = questions()
    with documents.together():
        for number in range(49):
            new_card(title=f"Patiesība {number}", position=number)
    assert questions() == one <= MOST_QUERIES
    assert counts == [1, 50]


@pytest.mark.parametrize("code", ["lv", "uk"])
def test_a_card_asks_little_whatever_it_quotes(client, code):
    for card in of("lv"):
        client.get(f"/{code}/fakti/{card.slug}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/{code}/fakti/{card.slug}/")
        assert len(asked) <= MOST_QUERIES, card.title


# Search


@pytest.mark.parametrize(
    ("code", "text", "title"),
    [
        ("lv", "kaimiņš drīkst rīkoties", "Kaimiņš drīkst rīkoties un var palīdzēt"),
        ("lv", "viņa pati izprovocēja", "Par vardarbību atbild tas, kurš ir vardarbīgs"),
        ("ru", "алкоголь причина насилия", "Алкоголь — не причина насилия"),
        ("en", "leaving is hard", "Leaving is hard and can be dangerous"),
    ],
)
def test_search_finds_a_card_below_help(client, code, text, title):
    answer = client.post(f"/{code}/pakalpojumi/mekle/", {"text": text})
    page = BeautifulSoup(answer.content, "lxml").main
    (found,) = [link for link in page.select(".rows a") if link.get_text() == title]
    assert found["href"].startswith(f"/{code}/fakti/")
    assert page.select("li.card")
    first = page.select_one("li.card, .rows a")
    assert "card" in first.get("class", ()), "help stands first"


def test_a_card_is_the_same_in_every_language_but_its_words():
    for card in of("lv"):
        for other in card.get_translations():
            assert (other.slug, other.position) == (card.slug, card.position)
            assert other.myth != card.myth or other.locale.language_code == "lv-simple"
    assert {locale.language_code for locale in Locale.objects.all()} == set(LANGUAGES)
    assert Page.objects.type(MythPage).count() == sum(CARDS.values())


# The traps of the sources


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_traps_of_the_sources_are_avoided(read, code):
    everything = " ".join(words_of(read(card.url_path).main) for card in of(code))
    assert not re.search(r"\b82\s?%", everything)
    assert "Stambul" not in everything
    assert "67222922" not in everything
