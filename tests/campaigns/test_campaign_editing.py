"""Campaigns and their events as an editor makes, changes and copies them."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from wagtail.models import Locale, Page
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import StringTranslation

from campaigns.models import CampaignPage, EventPage
from tests.campaigns.making import a_campaign, an_event, index, moment
from tests.campaigns.shown import part, titles, words
from tests.directory.admin_forms import errors, fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


MARKER = "Zqkanarijs"
CALENDAR = "pasakumi/pasakumi.ics"


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
