"""Campaigns and their events as a visitor reads them."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.models import CampaignPage, CampaignsPage, EventPage
from search import documents
from search.find import find
from tests.campaigns.making import a_campaign, an_event, change
from tests.campaigns.shown import part, titles, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_is_there_in_every_language(read, code):
    pages = [
        page
        for model in (CampaignsPage, CampaignPage, EventPage)
        for page in model.objects.live().filter(locale__language_code=code)
    ]
    assert [len(pages), len({page.title for page in pages})] == [9, 9]
    for page in pages:
        shown = read(page.url_path)
        assert words(shown.h1) == " ".join(page.title.split())
        assert not shown.select("main .notice:-soup-contains('{')")
        assert shown.select_one("main").get("lang") is None


def test_the_index_lists_campaigns_by_year_the_newest_first_and_what_is_on_at_the_top(read, clock):
    clock("2026-12-02 10:00")
    page = read("/en/kampanas/")
    assert [words(one.h2) for one in page.select(".part")][:4] == [
        "On now", "Coming events", "2027", "2026",
    ]  # fmt: skip
    assert titles(part(page, "On now")) == ["16 days against violence"]
    assert titles(part(page, "2027")) == ["Someone will listen"]
    assert titles(part(page, "2026")) == ["If you hear it through the wall"]
    assert "25 November 2026 – 10 December 2026" in words(part(page, "On now"))
    assert "Over" in words(part(page, "2026"))
    assert "Coming" in words(part(page, "2027"))
    clock("2026-12-11 00:30")
    page = read("/en/kampanas/")
    assert part(page, "On now") is None
    assert titles(part(page, "2026"))[0] == "16 days against violence"


def test_the_last_day_of_a_campaign_belongs_to_it(read, clock):
    clock("2026-12-10 23:59")
    assert titles(part(read("/en/kampanas/"), "On now"))


def test_a_demonstration_says_what_it_is(read):
    sentence = "This campaign is an example, put together from public sources."
    assert sentence in words(read("/en/kampanas/2026-2/").main)
    assert "This event is an example." in words(read("/en/kampanas/2026-2/1/").main)
    assert "Example" in words(part(read("/en/kampanas/"), "2026"))
    for campaign in CampaignPage.objects.all():
        change(campaign, demonstration=False)
    assert sentence not in words(read("/en/kampanas/2026-2/").main)
    assert "an example." not in words(read("/en/kampanas/2026-2/1/").main)


def test_a_campaign_says_when_for_whom_where_and_what(read):
    page = read("/lv/kampanas/2026-2/")
    campaign = words(part(page, "Kampaņa"))
    assert "25.11.2026. – 10.12.2026." in campaign
    assert "Visi liepājnieki" in campaign
    assert "Stendi pilsētas pasākumos, radio" in campaign
    assert next(words(one) for one in page.select(".said p")).startswith("Vardarbība ģimenē nav")
    assert titles(part(page, "Pasākumi"))[0] == "Stends ielā"
    assert words(part(page, "Materiāli"))
    assert page.select(".figure .source")


def test_an_event_says_its_hours_as_each_language_writes_them(read):
    said = {code: words(read(f"/{code}/kampanas/2026-2/2/").dl) for code in LANGUAGES}
    assert "02.12.2026. plkst. 17.30–19.00" in said["lv"]
    assert "02.12.2026, 17:30–19:00" in said["ru"]
    assert "2 December 2026, 17:30–19:00" in said["en"]
    assert "02.12.2026, 17:30–19:00" in said["uk"]
    assert "2026-12-02, 17:30–19:00 val." in said["lt"]
    days = words(read("/en/kampanas/2027-1/1/").dl)
    assert "9 February 2027 – 11 February 2027" in days
    assert "0:00" not in days


def test_a_past_event_is_told_as_past(read, clock):
    address = "/en/kampanas/2026-2/2/"
    clock("2026-12-02 18:59")
    assert "This event is over." not in words(read(address).main)
    assert read(address).select("a[href$='.ics']")
    clock("2026-12-02 19:00")
    page = read(address)
    assert "This event is over." in words(page.main)
    assert "Registration" not in words(page.dl)
    assert not page.select("a[href$='.ics']")
    campaign = read("/en/kampanas/2026-2/")
    assert "A talk: how to ask and listen" in titles(part(campaign, "Past events"))
    assert "A talk: how to ask and listen" not in titles(part(campaign, "Events"))


def test_an_all_day_event_lasts_until_midnight_of_its_last_day(read, clock):
    clock("2027-02-11 23:59")
    assert "This event is over." not in words(read("/en/kampanas/2027-1/1/").main)
    assert titles(part(read("/en/kampanas/"), "Coming events")) == ["Cards and stands in schools"]
    clock("2027-02-12 00:00")
    assert "This event is over." in words(read("/en/kampanas/2027-1/1/").main)
    assert part(read("/en/kampanas/"), "Coming events") is None


def test_a_cancelled_event_says_so_where_it_is_read_and_where_it_is_listed(read):
    event = EventPage.objects.get(url_path="/en/kampanas/2026-2/2/")
    change(event, cancelled=True)
    page = read(event.url_path)
    assert "This event is cancelled." in words(page.main)
    assert "Registration" not in words(page.dl)
    for address in ("/en/kampanas/2026-2/", "/en/kampanas/"):
        row = next(row for row in read(address).select(".dates > li") if event.title in words(row))
        assert "Cancelled" in words(row)


def test_words_of_another_language_are_marked_and_the_labels_are_the_readers(read):
    a_campaign("2026-9", "2026-08-01", "2026-08-02", title="Tikai latviski")
    page = read("/ru/kampanas/2026-9/")
    assert page.h1["lang"] == "lv"
    assert not page.main.has_attr("lang")
    assert page.select_one(".terms dd[lang=lv]").get_text() == "Visi"
    link = read("/ru/kampanas/").select_one("a[href='/ru/kampanas/2026-9/']")
    assert link.find_parent("li")["lang"] == "lv"


def test_a_material_is_a_file_or_planned(read):
    campaign = a_campaign("2026-9", "2026-08-01", "2026-08-02")
    change(campaign, materials=[("material", {"title": "Plakāts", "document": None})])
    assert words(part(read("/lv/kampanas/2026-9/"), "Materiāli").li) == "Plakāts · plānots"


def test_the_words_of_a_material_can_be_read_without_a_file(read):
    campaign = a_campaign("2026-9", "2026-08-01", "2026-08-02")
    material = {"title": "Plakāts", "words": "<p>Vari zvanīt.</p>", "document": None}
    change(campaign, materials=[("material", material)])
    shown = part(read("/lv/kampanas/2026-9/"), "Materiāli")
    assert words(shown.details) == "Lasīt šeit, bez faila Vari zvanīt."
    assert not shown.select("#files-note")


def questions(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_as_often_for_fifty_campaigns_and_events_as_for_one(client, monkeypatch):
    monkeypatch.setattr(caches["frame"], "default_timeout", None)
    for campaign in CampaignPage.objects.exclude(slug="2026-2"):
        campaign.unpublish()
    for event in EventPage.objects.exclude(slug="1"):
        event.unpublish()
    addresses = ["/lv/kampanas/", "/lv/kampanas/2026-2/", "/lv/kampanas/2026-2/1/"]
    few = [questions(client, address) for address in addresses]
    campaign = CampaignPage.objects.get(url_path="/lv/kampanas/2026-2/")
    with documents.together():
        for number in range(50):
            a_campaign(f"k{number}", f"20{10 + number // 3}-01-01", "2099-01-02")
            an_event(campaign, f"p{number}", "2026-12-01 10:00", "2026-12-01 11:00")
    assert [questions(client, address) for address in addresses] == few
    assert max(few) <= 12
    assert len(client.get("/lv/kampanas/2026-2/").content) > 20_000


def test_search_finds_a_campaign_by_its_own_words_and_an_event_by_its_place():
    def found(query: str) -> set[str]:
        return {str(hit.identity) for hit in find(query, "page").hits}

    campaign = a_campaign("2026-9", "2026-08-01", "2026-08-02", audience="Ugunsdzēsējiem")
    event = an_event(campaign, "1", "2026-08-02 10:00", "2026-08-02 11:00", place="Planetārijs")
    assert str(campaign.translation_key) in found("ugunsdzēsējs")
    assert str(event.translation_key) in found("planetārijā")
    campaign.unpublish()
    assert str(campaign.translation_key) not in found("ugunsdzēsējs")
