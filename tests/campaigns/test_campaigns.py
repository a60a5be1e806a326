"""Campaigns and their events as a visitor reads them and an editor makes them."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import caches
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import StringTranslation

from campaigns.models import CampaignPage, CampaignsPage, EventPage
from search.find import find
from tests.campaigns.making import a_campaign, an_event, change, index, moment
from tests.directory.admin_forms import errors, fields

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MARKER = "Zqkanarijs"
CALENDAR = "pasakumi/pasakumi.ics"


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """`clock("2026-12-02 18:00")`: what the pages take for now; at first before all events."""

    def set_to(text: str):
        monkeypatch.setattr("campaigns.moments.now", lambda: moment(text))

    set_to("2026-08-01 12:00")
    return set_to


def words(tag) -> str:
    """The text with plain blanks, without the signs that keep a line together."""
    return " ".join(tag.get_text(" ", strip=True).replace("\u2060", "").split())


def part(page: BeautifulSoup, heading: str) -> BeautifulSoup | None:
    return next((one for one in page.select(".part") if words(one.h2 or one) == heading), None)


def titles(tag) -> list[str]:
    return [words(link) for link in tag.select("h3 a")]


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


# What editors do


@pytest.fixture
def publisher(sign_in, in_english):
    return sign_in("atbildiga")


def edit(page: Page) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def form_of(client, page: Page) -> dict:
    """What the editor's form sends; the blocks, which a script draws, are left out."""
    return fields(client.get(edit(page))) | {"body-count": "0", "materials-count": "0"}


def test_a_campaign_that_ends_before_it_begins_is_told_at_the_field(client, publisher):
    campaign = CampaignPage.objects.get(url_path="/lv/kampanas/2026-2/")
    form = form_of(client, campaign) | {"last_day": "2026-11-24", "audience": "Zqjauni"}
    answer = client.post(edit(campaign), form | {"action-publish": "1"})
    assert answer.status_code == 200
    assert errors(answer, "last_day")
    kept = BeautifulSoup(answer.content, "lxml").select_one("[name=audience]")
    assert "Zqjauni" in (kept.get("value") or kept.get_text())
    answer = client.post(edit(campaign), form | {"last_day": "2026-11-25", "action-publish": "1"})
    assert answer.status_code == 302
    campaign.refresh_from_db()
    assert campaign.last_day == datetime.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("starts", "ends", "all_day", "good"),
    [
        ("2026-12-02 17:30", "2026-12-02 17:29", "", False),
        ("2026-12-02 17:30", "2026-12-02 17:30", "", False),
        ("2026-12-02 17:30", "2026-12-02 17:30", "on", True),
        ("2026-12-02 17:30", "2026-12-01 17:30", "on", False),
        # Outside of the campaign's days: a meeting before it begins is nothing wrong.
        ("2026-11-02 17:30", "2026-11-02 18:30", "", True),
    ],
)
def test_an_event_that_ends_before_it_starts_is_told_at_the_field(
    client, publisher, starts, ends, all_day, good
):
    event = EventPage.objects.get(url_path="/lv/kampanas/2026-2/2/")
    form = form_of(client, event) | {"starts": starts, "ends": ends, "place": "Zqtelpa"}
    form |= {"all_day": all_day} if all_day else {}
    answer = client.post(edit(event), form | {"action-publish": "1"})
    event.refresh_from_db()
    assert (answer.status_code == 302, event.place == "Zqtelpa") == (good, good)
    if not good:
        assert errors(answer, "ends")
        assert "Zqtelpa" in answer.content.decode()


def test_an_hour_that_the_clock_does_not_show_is_told_at_the_field(client, publisher):
    event = EventPage.objects.get(url_path="/lv/kampanas/2026-2/2/")
    form = form_of(client, event) | {"starts": "2027-03-28 03:30", "ends": "2027-03-28 05:00"}
    answer = client.post(edit(event), form | {"action-publish": "1"})
    assert answer.status_code == 200
    assert errors(answer, "starts")


def test_a_telling_place_is_told_at_the_field(client, publisher):
    event = EventPage.objects.get(url_path="/lv/kampanas/2026-2/2/")
    form = form_of(client, event) | {"place": "Krīzes centrs"}
    answer = client.post(edit(event), form | {"action-publish": "1"})
    assert answer.status_code == 200
    assert errors(answer, "place")


@pytest.mark.parametrize(
    ("model", "parent", "path"),
    [
        ("campaignpage", "/lv/kampanas/", "/lv/kampanas/2026-2/"),
        ("eventpage", "/lv/kampanas/2026-2/", "/lv/kampanas/2026-2/2/"),
    ],
)
def test_an_editor_sees_a_preview_of_what_is_there_and_of_what_is_new(
    client, publisher, model, parent, path
):
    page = Page.objects.get(url_path=path)
    form = form_of(client, page) | {"title": "Zqjauns", "slug": "zq"}
    new = f"/admin/pages/add/campaigns/{model}/{Page.objects.get(url_path=parent).pk}/preview/"
    for address in (f"{edit(page)}preview/", new):
        assert client.post(address, form).json()["is_valid"], address
        shown = BeautifulSoup(client.get(address).content, "lxml")
        assert words(shown.h1) == "Zqjauns"


def test_the_database_refuses_what_ends_before_it_begins():
    for rows, wrong in (
        (CampaignPage.objects, {"last_day": datetime.date(2020, 1, 1)}),
        (EventPage.objects, {"ends": moment("2020-01-01 10:00")}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_days_and_places_of_an_event_are_asked_for_once_for_all_languages(client, publisher):
    event = EventPage.objects.get(url_path="/lv/kampanas/2026-2/2/")
    synchronised = {
        field.field_name
        for model in (CampaignPage, EventPage)
        for field in model.translatable_fields
        if isinstance(field, SynchronizedField) and not field.is_overridable(event)
    }
    assert synchronised == {
        "slug", "mark", "first_day", "last_day", "channels", "demonstration", "starts", "ends",
        "all_day", "address", "registration_needed", "cancelled",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["campaign_list", "event_list"])
def test_the_lists_of_the_admin_are_narrowed_by_year_and_days(client, publisher, name):
    address = f"/admin/{name}/"

    def shown(**query) -> set[str]:
        page = BeautifulSoup(client.get(address, query).content, "lxml")
        return {words(row) for row in page.select("table.listing td.title .title-wrapper")}

    everything = shown()
    early = shown(year="2027")
    assert early
    assert early < everything
    assert shown(year=["2026", "2027"]) == everything
    span = "first_day" if name == "campaign_list" else "starts"
    assert shown(**{f"{span}_from": "2027-01-01"}) == early
    assert client.get(address, {"year": "x", f"{span}_from": "\x00"}).status_code == 200


def copy_of(client, page: Page, slug: str, **choices) -> Page:
    answer = client.post(
        f"/admin/pages/{page.pk}/copy/",
        {
            "new_title": "16 dienas pret vardarbību 2027",
            "new_slug": slug,
            "new_parent_page": page.get_parent().pk,
            "copy_subpages": "on",
        }
        | choices,
    )
    assert answer.status_code == 302
    return CampaignPage.objects.get(slug=slug, locale=page.locale)


def test_next_years_campaign_is_made_from_this_years(client, publisher, read):
    old = CampaignPage.objects.get(url_path="/lv/kampanas/2026-2/")
    new = copy_of(client, old, "2027-2")
    assert not new.live
    assert [child.live for child in new.get_children()] == [False, False, False]
    read("/lv/kampanas/2027-2/", status=404)
    read("/lv/kampanas/2027-2/1/", status=404)
    form = form_of(client, new) | {"first_day": "2027-11-25", "last_day": "2027-12-10"}
    form |= {"tab_title": "Kampaņa 2027"}
    assert client.post(edit(new), form | {"action-publish": "1"}).status_code == 302
    event = EventPage.objects.child_of(new).get(slug="1")
    form = form_of(client, event) | {"starts": "2027-11-25 16:00", "ends": "2027-11-25 19:00"}
    assert client.post(edit(event), form | {"action-publish": "1"}).status_code == 302
    page = read("/lv/kampanas/2027-2/")
    assert "25.11.2027. – 10.12.2027." in words(page.main)
    assert titles(part(page, "Pasākumi")) == ["Stends ielā"]
    assert "25.11.2026. – 10.12.2026." in words(read("/lv/kampanas/2026-2/").main)


def test_the_words_of_translators_come_along_with_a_copy(client, publisher, read):
    old = CampaignPage.objects.get(url_path="/lv/kampanas/2026-2/")
    new = copy_of(client, old, "2027-2")
    for page in [new, *new.get_children()]:
        page.specific.save_revision().publish()
    assert "This text is in Latvian." in words(read("/en/kampanas/2027-2/").main)
    locales = Locale.objects.exclude(language_code="lv").values_list("pk", flat=True)
    answer = client.post(
        f"/admin/localize/submit/page/{new.pk}/",
        {"locales": list(locales), "include_subtree": "on"},
    )
    assert answer.status_code == 302
    english = CampaignPage.objects.get(slug="2027-2", locale__language_code="en")
    # Nobody reads a half translated page: the translator publishes it.
    assert not english.live
    draft = english.get_latest_revision_as_object()
    assert draft.audience == "Everybody in Liepāja, also those who have never talked about it"
    assert "It is not your fault." in draft.sentences
    assert draft.title == "16 dienas pret vardarbību 2027"
    event = EventPage.objects.get(
        slug="2", locale__language_code="en", path__startswith=english.path
    )
    assert event.get_latest_revision_as_object().title == "A talk: how to ask and listen"
    assert client.post(edit(english), {"action-publish": "1"}).status_code in (200, 302)
    for page in CampaignPage.objects.filter(slug="2026-2"):
        assert page.live


def test_a_copy_without_events_and_an_alias_are_left_as_wagtail_makes_them(client, publisher):
    old = CampaignPage.objects.get(url_path="/lv/kampanas/2026-2/")
    alone = copy_of(client, old, "2027-3", copy_subpages="")
    assert not alone.get_children()
    assert StringTranslation.objects.filter(context__object_id=alone.translation_key).exists()
    alias = copy_of(client, old, "2027-4", alias="on")
    assert alias.alias_of_id == old.pk
    assert not StringTranslation.objects.filter(context__object_id=alias.translation_key).exists()


def test_a_draft_campaign_is_read_by_nobody(client, read):
    campaign = a_campaign("2026-9", "2026-08-01", "2026-08-02", title=f"{MARKER} kampaņa")
    event = an_event(
        campaign, "1", "2026-08-02 10:00", "2026-08-02 11:00",
        title=f"{MARKER} notikums", place=f"{MARKER} vieta",
    )  # fmt: skip
    addresses = ["/lv/kampanas/", "/ru/kampanas/", f"/lv/{CALENDAR}", "/sitemap.xml"]
    everything = "".join(client.get(address).content.decode() for address in addresses)
    assert everything.count(MARKER) >= 6
    campaign.unpublish()
    for page in (campaign, event):
        page.refresh_from_db()
    everything = "".join(client.get(address).content.decode() for address in addresses[:3])
    assert MARKER not in everything
    read(campaign.url_path, status=404)
    assert index().live
