"""News for the press: the archive, single items, the feed, and what must never be in them."""

import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, PageViewRestriction

from campaigns.press import PressItemPage, PressPage
from search import documents

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
NEWS = "/medijiem/zinas/"
FEED = "/zinas.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
MOST_QUERIES = 12
SECRET = "Kanārijputniņš"


def add(number=1, language="lv", **changes) -> PressItemPage:
    values = {"title": f"Ziņa {number}", "tab_title": "Ziņas presei", "slug": f"n-{number}"}
    values |= {"issued_on": datetime.date(2026, 11, 1), "lead": f"Ievads {number}"} | changes
    item = PressItemPage(locale=Locale.objects.get(language_code=language), **values)
    return PressPage.objects.get(locale__language_code=language).add_child(instance=item)


def feed(client, language="lv") -> ElementTree.Element:
    answer = client.get(f"/{language}{FEED}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def entries(client, language="lv") -> list[ElementTree.Element]:
    return feed(client, language).findall(f"{ATOM}entry")


def titles(page) -> list[str]:
    return [title.get_text() for title in page.select("main li.entry h3")]


def queries(client, address: str) -> int:
    """Of the page alone: what all pages of a language share is read before."""
    client.get(f"/{address.split('/')[1]}/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_shows_the_newest_first_and_says_that_they_are_samples(read, language):
    page = read(f"/{language}{NEWS}")
    links = [link["href"] for link in page.select("main li.entry a")]
    assert links == ["2026-2/", "2026-1/"]
    for link in links:
        item = read(f"/{language}{NEWS}{link}")
        assert item.select_one("main .note b").get_text(strip=True)
        assert item.select_one("main time")["datetime"].startswith("2026-11-2")


@pytest.mark.parametrize("language", LANGUAGES)
def test_below_list_and_item_stands_whom_to_ask(read, language):
    for address in (f"/{language}{NEWS}", f"/{language}{NEWS}2026-1/"):
        main = read(address).main
        assert main.select_one(f'.onward a[href="/{language}/kontakti/"]')
        assert "2020" in main.get_text()


def test_an_item_that_is_not_translated_is_listed_in_its_own_language(read):
    add(title="Tikai latviski")
    page = read(f"/ru{NEWS}")
    title = next(title for title in page.select("li.entry h3") if "Tikai" in title.get_text())
    assert title["lang"] == "lv"
    assert read(f"/ru{NEWS}{title.a['href']}").h1.get_text() == "Tikai latviski"


def test_twenty_stand_on_a_page_and_none_is_lost(read):
    with documents.together():
        for number in range(41):
            add(number)
    seen = []
    for number, expected in ((1, 20), (2, 20), (3, 3)):
        page = read(f"/lv{NEWS}?page={number}")
        assert len(titles(page)) == expected
        seen += titles(page)
    assert len(set(seen)) == 43
    assert read(f"/lv{NEWS}").select_one("a[rel=next]")["href"] == "?page=2"


def test_the_archive_is_read_by_year(read):
    add(1, title="Vecā", issued_on=datetime.date(2024, 2, 3))
    page = read(f"/lv{NEWS}")
    assert [part.get_text() for part in page.select("main h2")][:2] == ["2026", "2024"]
    old = next(link["href"] for link in page.select("nav.chosen a") if "2024" in link.get_text())
    assert titles(read(f"/lv{NEWS}{old}")) == ["Vecā"]


@pytest.mark.parametrize(
    "query",
    ["year=1", "year=²", "year=a", "page=0", "page=x", "page=99999999", "year=2026&page=-1"],
)
def test_a_strange_address_still_shows_news(read, query):
    assert titles(read(f"/lv{NEWS}?{query}"))


def test_a_list_without_news_says_so(read):
    for item in PressItemPage.objects.all():
        item.unpublish()
    assert "There is no news yet." in read(f"/en{NEWS}").main.get_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_holds_the_items_of_its_language(client, read, language):
    root = feed(client, language)
    tag = "lv" if language == "lv-simple" else language
    assert root.get(LANGUAGE) == tag
    found = root.findall(f"{ATOM}entry")
    shown = read(f"/{language}{NEWS}")
    assert [entry.find(f"{ATOM}title").text for entry in found] == titles(shown)
    for entry in found:
        address = entry.find(f"{ATOM}link").get("href").removeprefix("http://testserver")
        assert address.startswith(f"/{language}{NEWS}")
        read(address)
        assert entry.find(f"{ATOM}summary").text
        assert entry.find(f"{ATOM}published").text.startswith("2026-11-2")
        assert entry.get(LANGUAGE) == tag


def test_the_list_names_its_feed(read):
    link = read(f"/uk{NEWS}").select_one('head link[type="application/atom+xml"]')
    assert link["rel"] == ["alternate"]
    assert link["href"] == f"/uk{FEED}"


def test_an_entry_in_another_language_says_so(client):
    add(title="Tikai latviski")
    entry = next(
        entry
        for entry in entries(client, "ru")
        if entry.find(f"{ATOM}title").text.startswith("Tik")
    )
    assert entry.get(LANGUAGE) == "lv"


def test_the_name_of_an_entry_outlives_title_address_and_translation(client):
    item = PressItemPage.objects.get(url_path=f"/lv{NEWS}2026-1/")
    before = {
        language: entries(client, language)[-1].find(f"{ATOM}id").text for language in LANGUAGES
    }
    item.title, item.slug = "Cits virsraksts", "2026-9"
    item.save_revision().publish()
    item.get_translation(Locale.objects.get(language_code="ru")).unpublish()
    after = {
        language: entries(client, language)[-1].find(f"{ATOM}id").text for language in LANGUAGES
    }
    assert after == before
    assert len(set(before.values())) == len(LANGUAGES)
    assert all(
        name.startswith("tag:") and str(item.translation_key) in name for name in before.values()
    )


@pytest.mark.parametrize(
    "hidden", ["draft", "unpublished", "expired", "restricted", "draft of a change"]
)
def test_what_is_not_public_is_in_no_list_no_feed_and_no_page(client, hidden):
    item = add(title=SECRET, lead=SECRET, slug="k-1", live=hidden != "draft")
    if hidden == "unpublished":
        item.unpublish()
    elif hidden == "expired":
        item.expire_at = timezone.now() - datetime.timedelta(minutes=1)
        item.save()
    elif hidden == "restricted":
        PageViewRestriction.objects.create(page=item, restriction_type="login")
    elif hidden == "draft of a change":
        item.title = item.lead = "Ziņa"
        item.save()
        item.title = item.lead = SECRET
        item.save_revision()
    for language in LANGUAGES:
        for address in (NEWS, FEED, f"{NEWS}k-1/", f"{NEWS}?year=2026"):
            assert SECRET not in client.get(f"/{language}{address}").content.decode()


def test_the_canary_would_be_seen(client):
    add(title=SECRET)
    assert SECRET in client.get(f"/lv{NEWS}").content.decode()
    assert SECRET in client.get(f"/lv{FEED}").content.decode()


def test_without_a_public_list_there_is_no_feed(client):
    for page in PressPage.objects.all():
        page.unpublish()
    assert client.get(f"/lv{FEED}").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_feed_is_only_read(client, method):
    assert getattr(client, method)(f"/lv{FEED}").status_code == 405


@pytest.mark.parametrize("address", [NEWS, FEED])
def test_fifty_items_cost_as_many_queries_as_one(client, address):
    few = queries(client, f"/ru{address}")
    with documents.together():
        for number in range(50):
            add(number)
    assert queries(client, f"/ru{address}") <= few <= MOST_QUERIES


def test_an_item_costs_at_most_twelve_queries(client):
    assert queries(client, f"/uk{NEWS}2026-2/") <= MOST_QUERIES


def test_editors_have_a_list_of_their_own(client, sign_in):
    sign_in("redaktore")
    answer = client.get("/admin/press_items/")
    assert answer.status_code == 200
    assert b"2026-11-23" in answer.content or b"23.11.2026" in answer.content
