"""What is new on the home page: chosen, dated, never what is not published."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from campaigns.models import MythPage
from pages.models import ContentPage, HomePage
from pages.news import NewsBlock

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def item(address: str, day=1, line="Rinda") -> tuple:
    page = Page.objects.get(url_path=address)
    return ("item", {"page": page, "date": datetime.date(2026, 3, day), "line": line})


@pytest.fixture
def choose(read):
    """Sets the news of the Latvian home page, answers the entries as they are shown."""

    def entries(*items, address="/lv/"):
        home = HomePage.objects.get(url_path="/lv/")
        home.news = list(items)
        home.save_revision().publish()
        return read(address).select("main .news > li")

    return entries


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_demonstration_names_three_pages_in_each_language(read, code):
    entries = read(f"/{code}/").select("main .news > li")
    assert [entry.a["href"] for entry in entries] == [
        f"/{code}/kampanas/2026-2/",
        f"/{code}/fakti/{MythPage.objects.get(url_path__startswith='/lv/', position=8).slug}/",
        f"/{code}/stasti/k4t9wm/",
    ]
    assert [entry.time["datetime"] for entry in entries] == [
        "2026-11-23",
        "2026-11-20",
        "2026-11-16",
    ]
    assert all(entry.p.get_text().removeprefix(entry.time.get_text()).strip() for entry in entries)


def test_the_lines_are_translated_and_the_dates_are_not(read):
    lines = {code: read(f"/{code}/").select_one(".news p") for code in LANGUAGES}
    for line in lines.values():
        line.time.extract()
    assert len({line.get_text(strip=True) for line in lines.values()}) == len(LANGUAGES)


def test_the_newest_stands_first_whatever_the_order_of_the_editor(choose):
    shown = choose(item("/lv/sev/", 2), item("/lv/parluks/", 9), item("/lv/kontakti/", 5))
    assert [entry.time["datetime"][-2:] for entry in shown] == ["09", "05", "02"]


def test_an_unpublished_page_vanishes_with_its_line(client, choose):
    page = ContentPage.objects.get(url_path="/lv/kontakti/")
    chosen = (item("/lv/sev/"), item("/lv/kontakti/", 2, "Zqkanarijs"))
    assert len(choose(*chosen)) == 2
    page.unpublish()
    assert len(choose(*chosen)) == 1
    assert "Zqkanarijs" not in client.get("/lv/").content.decode()


def test_without_anything_to_show_there_is_no_heading(read, choose):
    assert len(choose(item("/lv/kontakti/"))) == 1
    before = len(read("/lv/").select("main h2"))
    ContentPage.objects.get(url_path="/lv/kontakti/").unpublish()
    page = read("/lv/")
    assert not page.select("main .news")
    assert len(page.select("main h2")) == before - 1


def test_a_page_that_is_not_translated_is_named_in_its_own_language_and_says_so(read):
    Page.objects.get(url_path="/uk/kampanas/2026-2/").unpublish()
    link = read("/uk/").select_one(".news a")
    assert link["href"] == "/uk/kampanas/2026-2/"
    text = Page.objects.get(url_path=f"/{link['lang']}/kampanas/2026-2/")
    assert link.get_text() == text.title
    assert not read("/lv/").select_one(".news a").has_attr("lang")


def test_a_preview_of_the_block_needs_no_page():
    block = NewsBlock()
    assert block.render(block.to_python([])).strip() == ""


def test_the_home_page_asks_as_often_with_four_as_with_one(client, choose):
    def questions():
        client.get("/lv/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/lv/")
        return len(asked)

    choose(item("/lv/sev/"))
    one = questions()
    addresses = ("/lv/sev/", "/lv/kontakti/", "/lv/parluks/", "/lv/privatums/")
    assert len(choose(*[item(address) for address in addresses])) == 4
    assert questions() == one <= 14


def form_of(client, home, items: list[dict]) -> dict:
    """What the editing form of the home page sends with these news."""
    page = BeautifulSoup(client.get(f"/admin/pages/{home.pk}/edit/").content, "lxml")
    sent = {}
    for field in page.select("form input[name], form textarea[name], form select[name]"):
        if field.get("type") not in ("file", "submit", "checkbox"):
            sent[field["name"]] = field.get("value", field.get_text())
    for name in ("title", "tab_title", "heading", "lead", "run_by", "notice"):
        sent[name] = getattr(home, name)
    for name in ("body", "entrances", "news"):
        sent[f"{name}-count"] = "0"
    sent |= {"news-count": str(len(items)), "action-publish": "action-publish"}
    for number, values in enumerate(items):
        sent |= {
            f"news-{number}-{key}": text
            for key, text in {"type": "item", "order": str(number), "deleted": "", "id": ""}.items()
        }
        sent |= {f"news-{number}-value-{key}": text for key, text in values.items()}
    return sent


@pytest.mark.parametrize(
    ("change", "count", "wrong"),
    [({}, 5, True), ({}, 4, False), ({"line": ""}, 1, True), ({"date": ""}, 1, True),
     ({"date": "rīt"}, 1, True), ({"page": ""}, 1, True)],
)  # fmt: skip
def test_what_is_wrong_with_the_news_is_said_and_nothing_is_lost(
    client, sign_in, change, count, wrong
):
    sign_in("atbildiga")
    home = HomePage.objects.get(url_path="/lv/")
    good = {"page": str(home.pk), "date": "2026-03-01", "line": "Zqrinda"}
    before = len(home.news)
    answer = client.post(
        f"/admin/pages/{home.pk}/edit/", form_of(client, home, [good | change] * count)
    )
    home.refresh_from_db()
    assert len(home.news) == (before if wrong else count)
    assert (answer.status_code == 200) is wrong
    if wrong:
        assert answer.context["form"].errors.keys() == {"news"}
        if "line" not in change:
            assert "Zqrinda" in answer.content.decode()
