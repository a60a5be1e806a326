"""Calendar files: read back by a library as a calendar program reads them."""

import datetime
import re

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from campaigns.models import CampaignPage, EventPage
from pages import neutral
from search import documents
from tests.campaigns.making import RIGA, a_campaign, an_event, change, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MARKER = "Zqkanarijs"
SUMMARIES = {
    "lv": "Pasākums", "lv-simple": "Pasākums", "ru": "Мероприятие", "en": "Event",
    "uk": "Захід", "lt": "Renginys",
}  # fmt: skip


@pytest.fixture
def campaign():
    return a_campaign("2026-9", "2026-08-01", "2026-12-31")


def address_of(event: EventPage, language: str = "lv") -> str:
    return f"/{language}/pasakumi/pasakums-{event.translation_key}.ics"


@pytest.fixture
def entries(client):
    """The entries of a calendar file, as a calendar program reads them."""

    def read(address: str) -> list[icalendar.Event]:
        answer = client.get(address)
        assert answer.status_code == 200
        return icalendar.Calendar.from_ical(answer.content).walk("VEVENT")

    return read


@pytest.fixture
def entry(entries):
    """The one entry of an event's own file."""

    def read(event: EventPage, language: str = "lv") -> icalendar.Event:
        (only,) = entries(address_of(event, language))
        return only

    return read


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_feed_holds_the_coming_events_in_the_readers_language(entries, code):
    found = entries(f"/{code}/pasakumi/pasakumi.ics")
    coming = EventPage.objects.filter(locale__language_code=code)
    assert {str(one["uid"]) for one in found} == {str(page.translation_key) for page in coming}
    assert {str(one["summary"]) for one in found} == {SUMMARIES[code]}
    assert {str(one["url"]) for one in found} == {
        f"http://testserver{page.url_path}" for page in coming
    }
    starts = [str(one["dtstart"].dt) for one in found]
    assert starts == sorted(starts)


def test_the_feed_forgets_what_is_over(entries, clock):
    def places() -> list[str]:
        return [str(one["location"]) for one in entries("/en/pasakumi/pasakumi.ics")]

    clock("2026-12-02 18:59")
    assert "Library (example)" in places()
    clock("2026-12-02 19:00")
    assert "Library (example)" not in places()
    clock("2026-12-10 23:59")
    assert len(places()) == 2
    clock("2030-01-01 00:00")
    assert places() == []


def test_an_entry_tells_no_more_than_a_tab_does(client):
    for event in EventPage.objects.all():
        text = client.get(address_of(event, event.locale.language_code)).content.decode()
        unfolded = text.replace("\r\n ", "")
        assert event.title not in unfolded
        assert event.lead not in unfolded
        # The host of the tests is not a word; the rest must pass as a title must.
        assert not neutral.revealing(unfolded.replace("http://testserver", "")), unfolded
        assert "CLASS:PRIVATE" in unfolded
        assert "VALARM" not in unfolded


def test_a_calendar_says_only_whether_one_registers(entry, campaign):
    event = an_event(campaign, "1", "2026-12-01 10:00", "2026-12-01 11:00", lead="Par vardarbību")
    assert "description" not in entry(event)
    event = change(event, registration_needed=True)
    assert str(entry(event)["description"]) == "Jāpiesakās."


def test_the_hours_are_those_of_the_town_in_winter_and_in_summer(client, entry, campaign):
    for number, (starts, offset) in enumerate(
        [("2026-10-24 18:00", 3), ("2026-10-25 18:00", 2), ("2027-03-27 18:00", 2),
         ("2027-03-28 18:00", 3)]
    ):  # fmt: skip
        event = an_event(campaign, f"p{number}", starts, starts.replace("18:", "20:"))
        begins = entry(event)["dtstart"]
        assert begins.dt == moment(starts)
        assert begins.dt.utcoffset() == datetime.timedelta(hours=offset)
        text = client.get(address_of(event)).content.decode()
        local = starts.replace("-", "").replace(" ", "T").replace(":", "") + "00"
        assert f"DTSTART;TZID=Europe/Riga:{local}\r\n" in text
        assert "TZID:Europe/Riga\r\n" in text


def test_the_zone_of_the_file_alone_gives_the_right_hours(client, campaign):
    """A program that knows no zones reads the rules of the file: they must say the same."""
    event = an_event(campaign, "1", "2026-10-24 18:00", "2026-10-26 18:00")
    calendar = icalendar.Calendar.from_ical(client.get(address_of(event)).content)
    (zone,) = calendar.walk("VTIMEZONE")
    rules = zone.to_tz()
    for day, hours in ((24, 3), (26, 2)):
        local = datetime.datetime(2026, 10, day, 18, tzinfo=RIGA).replace(tzinfo=None)
        assert rules.utcoffset(local) == datetime.timedelta(hours=hours)


def test_an_hour_that_the_clock_shows_twice_is_not_taken_for_the_other(entry, campaign):
    first = moment("2026-10-25 03:30")
    second = first.astimezone(datetime.UTC) + datetime.timedelta(hours=1)
    event = change(an_event(campaign, "1", "2026-10-25 03:30", "2026-10-25 06:00"), starts=second)
    assert event.starts == second
    assert entry(event)["dtstart"].dt.astimezone(datetime.UTC) == second


def test_an_all_day_event_ends_on_the_first_day_on_which_it_is_over(client, entry, campaign):
    one = an_event(campaign, "1", "2026-10-25 00:00", "2026-10-25 00:00", all_day=True)
    assert entry(one)["dtstart"].dt == datetime.date(2026, 10, 25)
    assert entry(one)["dtend"].dt == datetime.date(2026, 10, 26)
    three = an_event(campaign, "3", "2026-12-30 10:00", "2027-01-01 09:00", all_day=True)
    assert entry(three)["dtend"].dt == datetime.date(2027, 1, 2)
    assert b"DTEND;VALUE=DATE:20270102\r\n" in client.get(address_of(three)).content


def test_the_mark_of_an_event_is_the_same_in_every_language_and_after_a_change(entry):
    event = EventPage.objects.get(url_path="/lv/kampanas/2026-2/2/")
    marks = {str(entry(event, code)["uid"]) for code in LANGUAGES}
    assert marks == {str(event.translation_key)}
    change(event, ends=moment("2026-12-02 20:00"))
    assert str(entry(event)["uid"]) in marks
    assert entry(event)["dtend"].dt == moment("2026-12-02 20:00")


def test_a_change_is_newer_than_what_it_replaces(entry, campaign):
    event = an_event(campaign, "1", "2026-12-01 10:00", "2026-12-01 11:00")
    earlier = timezone.now() - datetime.timedelta(days=2)
    EventPage.objects.filter(pk=event.pk).update(last_published_at=earlier)
    before = entry(event)
    assert before["last-modified"].dt == earlier.replace(microsecond=0)
    after = entry(change(event, cancelled=True))
    assert after["sequence"] > before["sequence"] > 0
    assert after["sequence"] < 2**31
    assert after["last-modified"].dt > before["last-modified"].dt
    assert after["dtstamp"].dt == after["last-modified"].dt


def test_a_cancelled_event_is_cancelled_in_calendars(entry, entries):
    event = EventPage.objects.get(url_path="/lv/kampanas/2026-2/2/")
    assert str(entry(event)["status"]) == "TENTATIVE"
    CampaignPage.objects.update(demonstration=False)
    assert str(entry(event)["status"]) == "CONFIRMED"
    change(event, cancelled=True)
    assert str(entry(event)["status"]) == "CANCELLED"
    states = {str(one["uid"]): str(one["status"]) for one in entries("/lv/pasakumi/pasakumi.ics")}
    assert states[str(event.translation_key)] == "CANCELLED"


def test_a_cancelled_and_moved_event_is_so_in_every_language_at_once(entry, read):
    event = EventPage.objects.get(url_path="/lv/kampanas/2026-2/2/")
    EventPage.objects.filter(translation_key=event.translation_key).update(
        last_published_at=timezone.now() - datetime.timedelta(days=2)
    )
    before = {code: entry(event, code) for code in LANGUAGES}
    words = {page.pk: page.title for page in event.get_translations()}
    starts, ends = moment("2026-12-05 09:00"), moment("2026-12-05 11:30")
    change(event, cancelled=True, starts=starts, ends=ends)
    for code in LANGUAGES:
        after = entry(event, code)
        assert str(after["status"]) == "CANCELLED", code
        assert (after["dtstart"].dt, after["dtend"].dt) == (starts, ends), code
        assert after["sequence"] > before[code]["sequence"], code
        page = read(f"/{code}/kampanas/2026-2/2/")
        assert "9:00" in page.main.get_text() or "9.00" in page.main.get_text(), code
        shown = EventPage.objects.get(url_path=f"/{code}/kampanas/2026-2/2/")
        assert shown.cancelled
        assert not shown.has_unpublished_changes
        assert shown.get_latest_revision_as_object().starts == starts
    assert words == {page.pk: page.title for page in event.get_translations()}


def test_signs_of_the_format_in_words_stay_words(client, entry, campaign):
    place = "Zāle; otrais stāvs, „A\\B”\r\nBEGIN:VALARM"
    event = an_event(
        campaign, "1", "2026-12-01 10:00", "2026-12-01 11:00", place=place, address="Ā" * 160
    )
    found = entry(event)
    assert str(found["location"]).startswith("Zāle; otrais stāvs, „A\\B”")
    assert not found.walk("VALARM")
    lines = client.get(address_of(event)).content.split(b"\r\n")
    assert max(map(len, lines)) <= 75


def test_an_answer_is_a_calendar_that_nothing_keeps(client):
    event = EventPage.objects.get(url_path="/lv/kampanas/2026-2/2/")
    for address, name in (
        (address_of(event), f"pasakums-{event.translation_key.hex[:8]}.ics"),
        ("/lv/pasakumi/pasakumi.ics", "pasakumi.ics"),
    ):
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not answer.cookies
        assert "Set-Cookie" not in answer.headers
        assert answer.content.startswith(b"BEGIN:VCALENDAR\r\n")
        assert client.head(address).status_code == 200


def test_the_pages_lead_to_the_files(client, read):
    event = EventPage.objects.get(url_path="/uk/kampanas/2026-2/2/")
    links = [link["href"] for link in read(event.url_path).select("main a[href$='.ics']")]
    assert links == [address_of(event, "uk")]
    links = [link["href"] for link in read("/uk/kampanas/").select("main a[href$='.ics']")]
    assert links == ["/uk/pasakumi/pasakumi.ics"]


@pytest.mark.parametrize(
    "path",
    [
        "pasakumi/pasakums-8ba5779c-852d-437a-9202-3a75c160cd66.ics",
        "pasakumi/pasakums-.ics",
        "pasakumi/pasakums-1.ics",
        "pasakumi/pasakums-../../etc/passwd.ics",
        "pasakumi/pasakums-%00.ics",
        "pasakumi/pasakumi.ics/",
        "pasakumi/",
        "pasakumi/%E2%80%AE.ics",
        "pasakumi/pasakums-" + "a" * 3000 + ".ics",
    ],
)
def test_an_odd_request_gets_the_framed_page_with_a_number(client, path):
    answer = client.get(f"/lv/{path}")
    page = BeautifulSoup(answer.content, "lxml")
    assert answer.status_code == 404
    assert page.select(".numbers a[href='tel:112']")


def test_the_files_are_read_only(client):
    assert client.post("/lv/pasakumi/pasakumi.ics").status_code == 405
    answer = client.get("/lv/pasakumi/pasakumi.ics?x=%00&" + "y" * 2000)
    assert answer.status_code == 200


@pytest.fixture
def canary(campaign):
    return an_event(campaign, "1", "2026-12-01 10:00", "2026-12-01 11:00", place=f"{MARKER} telpa")


def seen(client, event: EventPage) -> bool:
    answers = [
        client.get(address)
        for code in LANGUAGES
        for address in (f"/{code}/pasakumi/pasakumi.ics", address_of(event, code))
    ]
    assert {answer.status_code for answer in answers} <= {200, 404}
    return any(MARKER.encode() in answer.content for answer in answers)


def unpublished(event: EventPage):
    event.unpublish()


def of_a_draft_campaign(event: EventPage):
    event.get_parent().specific.unpublish()


def behind_a_restriction(event: EventPage):
    PageViewRestriction.objects.create(
        page=event.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )


def expired(event: EventPage):
    past = moment("2026-07-31 12:00")
    Page.objects.filter(pk=event.pk).update(expire_at=past)


def of_an_expired_campaign(event: EventPage):
    past = moment("2026-07-31 12:00")
    Page.objects.filter(pk=event.get_parent().pk).update(expire_at=past)


def deleted(event: EventPage):
    event.delete()


@pytest.mark.parametrize(
    "hide",
    [
        unpublished, of_a_draft_campaign, behind_a_restriction, expired, of_an_expired_campaign,
        deleted,
    ],
)  # fmt: skip
def test_what_is_not_public_is_in_no_calendar(client, canary, hide):
    assert seen(client, canary)
    hide(EventPage.objects.get(pk=canary.pk))
    assert not seen(client, canary)


def test_a_draft_change_is_in_no_calendar(client, campaign):
    event = an_event(campaign, "1", "2026-12-01 10:00", "2026-12-01 11:00")
    event.place = f"{MARKER} telpa"
    event.save_revision()
    assert not seen(client, event)
    event.save_revision().publish()
    assert seen(client, event)


def test_the_feed_asks_as_often_for_fifty_events_as_for_one(client, campaign):
    for event in EventPage.objects.all():
        event.unpublish()
    address = "/lv/pasakumi/pasakumi.ics"

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    an_event(campaign, "p", "2026-12-01 10:00", "2026-12-01 11:00")
    few = questions()
    with documents.together():
        for number in range(49):
            an_event(campaign, f"p{number}", "2026-12-01 10:00", "2026-12-01 11:00")
    assert questions() == few <= 3
    assert len(re.findall(b"BEGIN:VEVENT", client.get(address).content)) == 50


def test_an_event_without_the_readers_language_is_in_the_feed_in_another(entries, canary):
    uids = {str(one["uid"]): one for one in entries("/ru/pasakumi/pasakumi.ics")}
    found = uids[str(canary.translation_key)]
    assert str(found["location"]).startswith(MARKER)
    assert str(found["url"]).endswith("/ru/kampanas/2026-9/1/")
    assert CampaignPage.objects.filter(slug="2026-9").count() == 1
