"""Opening states as a visitor meets them: list, filter, page, paper, search engines."""

import datetime
import json
import random
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import translation

from directory.facet_table import OPEN_NOW
from directory.hours import exceptions_in_words, holidays_in_words, state_in_words
from directory.listing import state_of
from directory.models import HoursException, Need, OpeningHours, Service
from directory.opening import Kind, State
from directory.schedules import Reason, schedule_of

pytestmark = pytest.mark.django_db

RIGA = ZoneInfo("Europe/Riga")
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# A Monday.
MOMENT = "2026-03-02 22:14"
OPEN = {
    "lv": "Strādā tagad, līdz plkst. 22.00",
    "lv-simple": "Strādā tagad. Līdz plkst. 22.00",
    "ru": "Сейчас работает, до 22:00",
    "en": "Open now, until 22:00",
    "uk": "Зараз працює, до 22:00",
    "lt": "Dabar dirba, iki 22:00 val.",
}
AT = {
    "lv": "(plkst. 21.05)",
    "lv-simple": "(plkst. 21.05)",
    "ru": "(на 21:05)",
    "en": "at 21:05",
    "uk": "(станом на 21:05)",
    "lt": "(21:05 val.)",
}


@pytest.fixture
def line():
    """Answers every day from 12:00 to 22:00."""
    return Service.objects.get(phones__number="116006")


def local(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=RIGA)


def row(page, service):
    return page.select_one(f"li.card:has(a[href$='/{service.code}/'])")


def words(state: State, code: str) -> str:
    with translation.override(code):
        return state_in_words(state).words


# Words

SAID = [
    (State(Kind.ROUND_THE_CLOCK, local(MOMENT)), "Strādā visu diennakti", "Open day and night"),
    (
        State(Kind.OPEN, local(MOMENT), until=local("2026-03-03 00:00")),
        "Strādā tagad, līdz plkst. 24.00",
        "Open now, until 24:00",
    ),
    (
        State(Kind.OPEN, local(MOMENT), until=local("2026-03-03 02:00")),
        "Strādā tagad, līdz plkst. 2.00",
        "Open now, until 2:00",
    ),
    (
        State(Kind.OPEN, local("2026-03-07 11:00"), until=local("2026-03-09 12:00")),
        "Strādā tagad, līdz pirmdienai, plkst. 12.00",
        "Open now, until Monday, 12:00",
    ),
    (
        State(Kind.OPEN, local("2026-03-06 19:00"), until=local("2026-03-09 00:00")),
        "Strādā tagad, līdz svētdienai, plkst. 24.00",
        "Open now, until Sunday, 24:00",
    ),
    (
        State(Kind.CLOSED, local("2026-03-02 08:00"), opens=local("2026-03-02 09:00")),
        "Sāks strādāt šodien plkst. 9.00",
        "Opens today at 9:00",
    ),
    (
        State(Kind.CLOSED, local(MOMENT), opens=local("2026-03-03 09:00")),
        "Sāks strādāt rīt plkst. 9.00",
        "Opens tomorrow at 9:00",
    ),
    (
        State(Kind.CLOSED, local("2026-03-06 18:00"), opens=local("2026-03-09 09:00")),
        "Sāks strādāt pirmdien plkst. 9.00",
        "Opens on Monday at 9:00",
    ),
    (
        State(Kind.CLOSED, local(MOMENT), opens=local("2026-03-09 09:00")),
        "Sāks strādāt 09.03.2026. plkst. 9.00",
        "Opens on 9 March 2026 at 9:00",
    ),
    (State(Kind.CLOSED, local(MOMENT)), "Tagad nestrādā", "Closed now"),
    (State(Kind.BY_APPOINTMENT, local(MOMENT)), "Ar iepriekšēju pierakstu", "By appointment"),
    (
        State(Kind.UNKNOWN, local(MOMENT)),
        "Darba laiks nav zināms. Var pajautāt pa tālruni",
        "Hours not known. You can ask by phone",
    ),
    (State(Kind.PAUSED, local(MOMENT)), "Uz laiku nestrādā", "Temporarily closed"),
    (
        State(Kind.PAUSED, local(MOMENT), last_day=datetime.date(2026, 3, 4)),
        "Uz laiku nestrādā, līdz 04.03.2026.",
        "Temporarily closed until 4 March 2026",
    ),
]


@pytest.mark.parametrize(("state", "latvian", "english"), SAID)
def test_each_state_has_its_words(state, latvian, english):
    assert (words(state, "lv"), words(state, "en")) == (latvian, english)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_two_states_share_their_words_but_for_the_simplest_language(code):
    said = [words(state, code) for state, _latvian, _english in SAID]
    # "Tagad nestrādā" is what easy reading says of both that have no day.
    assert len(set(said)) == len(said) - (code == "lv-simple")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_list_and_the_page_say_the_state_and_the_time_of_the_clock(read, clock, line, code):
    clock("2026-03-02 21:05")
    card = row(read(f"/{code}/pakalpojumi/"), line).select_one(".state")
    part = read(f"/{code}/pakalpojumi/{line.code}/").select_one("main .state")
    for found in (card, part):
        assert found.b.get_text() == OPEN[code]
        assert AT[code] in found.get_text()
        assert found.select_one("svg[aria-hidden=true]")


def test_the_state_follows_the_clock(read, clock, line):
    found = []
    for moment in ("2026-03-02 11:59", "2026-03-02 12:00", "2026-03-02 22:00"):
        clock(moment)
        found.append(row(read("/en/pakalpojumi/"), line).select_one(".state b").get_text())
    assert found == ["Opens today at 12:00", "Open now, until 22:00", "Opens tomorrow at 12:00"]


def test_paper_names_the_day_as_well(read, clock, line):
    clock("2026-03-02 21:05")
    page = read(f"/lv/pakalpojumi/{line.code}/")
    assert page.select_one(".state .paper").get_text() == ", 02.03.2026."


def test_a_closure_says_why_and_the_page_says_it_beforehand(read, clock, line):
    HoursException.objects.create(
        service=line, first_day="2026-03-03", last_day="2026-03-04", reason=Reason.REPAIRS
    )
    clock("2026-03-02 21:05")
    page = read(f"/lv/pakalpojumi/{line.code}/")
    assert "03.03.2026. – 04.03.2026. nestrādā · Remonts" in page.main.get_text()
    assert page.select_one(".state b").get_text() == OPEN["lv"]
    clock("2026-03-03 21:05")
    state = row(read("/lv/pakalpojumi/"), line).select_one(".state").get_text()
    assert "Uz laiku nestrādā, līdz 04.03.2026." in state
    assert "Remonts" in state
    clock("2026-03-05 21:05")
    assert "Remonts" not in read(f"/lv/pakalpojumi/{line.code}/").main.get_text()


def test_a_holiday_for_which_nobody_knows_the_rule_says_so(read, clock, line):
    clock("2026-05-01 13:00")
    doubt = "Svētku dienā darba laiks var atšķirties"
    assert doubt in row(read("/lv/pakalpojumi/"), line).get_text()
    Service.objects.filter(pk=line.pk).update(on_holidays="weekday")
    assert doubt not in row(read("/lv/pakalpojumi/"), line).get_text()
    Service.objects.filter(pk=line.pk).update(on_holidays="closed")
    assert "Svētku dienās nestrādā" in read(f"/lv/pakalpojumi/{line.code}/").main.get_text()


def test_hours_of_holidays_and_of_appointments_are_named(line):
    OpeningHours.objects.create(service=line, weekday=8, opens="10:00", closes="14:00")
    OpeningHours.objects.filter(service=line, weekday=1).update(by_appointment=True)
    line.on_holidays = "own"
    line = Service.objects.get(pk=line.pk)
    line.on_holidays = "own"
    schedule = schedule_of(line)
    with translation.override("en"):
        assert holidays_in_words(schedule) == "On public holidays 10:00–14:00"
        assert exceptions_in_words(schedule, datetime.date(2026, 3, 2)) == []
    text = Service.objects.get(pk=line.pk)
    assert any(span.by_appointment for span in schedule_of(text).spans)


# Filter and order


def test_open_now_shows_what_the_badges_call_open_at_many_moments(read, listed, clock, line):
    Service.objects.filter(phones__number="116123").update(status=Service.Status.PAUSED)
    HoursException.objects.create(service=line, first_day="2026-05-01", last_day="2026-06-01")
    choose = random.Random(7)
    start = local("2026-01-01 00:00")
    services = list(Service.objects.public().prefetch_related("hours", "exceptions"))
    sizes = set()
    for number in range(500):
        moment = start + datetime.timedelta(minutes=choose.randrange(525_600))
        open_now = {service.code for service in services if state_of(service, moment).is_open}
        sizes.add(len(open_now))
        if number < 25:
            clock(f"{moment:%Y-%m-%d %H:%M}")
            pages = [read("/lv/pakalpojumi/"), read("/lv/pakalpojumi/?p=2")]
            badges = {
                code
                for page, shown in zip(pages, map(shown_on, pages), strict=True)
                for code in shown
                if badge_is_open(page, code)
            }
            assert sum(len(shown_on(page)) for page in pages) == len(services)
            assert set(listed(f"/lv/pakalpojumi/?f={OPEN_NOW}").fits) == badges == open_now
            filtered = read(f"/lv/pakalpojumi/?f={OPEN_NOW}")
            assert all(badge_is_open(filtered, code) for code in shown_on(filtered))
    assert len(sizes) > 1


def shown_on(page) -> list[str]:
    """The codes of the services that fit, on this page of the list."""
    links = page.select("ul.list:not(.ask, .always) > li.card h3 a")
    return [link["href"].strip("/").split("/")[-1] for link in links]


def badge_is_open(page, code: str) -> bool:
    state = page.select_one(f"li.card:has(a[href$='/{code}/']) .state")
    said = state.b.get_text().startswith(("Strādā tagad", "Strādā visu"))
    assert said == ("full" in state["class"])
    return said


def test_open_now_and_a_need_narrow_one_another_and_the_counts_are_right(read, listed, clock):
    clock(MOMENT)
    page = read(f"/en/pakalpojumi/?f={OPEN_NOW}")
    open_now = set(listed(f"/en/pakalpojumi/?f={OPEN_NOW}").fits)
    links = page.select("details.needs:not(.more) a[href^='?']")
    assert len(links) > 3
    for link in links:
        assert OPEN_NOW in link["href"]
        found = listed(f"/en/pakalpojumi/{link['href']}").fits
        assert len(found) == int(link.span.get_text()), link
        assert set(found) <= open_now
    need = Need.objects.get(key="child")
    narrowed = read(f"/en/pakalpojumi/?f={need.code}")
    times = narrowed.select(".times a")
    assert len(times) == 3
    assert [int(time.span.get_text()) for time in times] == [
        len(listed(f"/en/pakalpojumi/?f={need.code}").fits),
        *[len(listed(f"/en/pakalpojumi/{time['href']}").fits) for time in times[1:]],
    ]
    assert times[0]["aria-current"] == "true"


def test_a_choice_that_would_show_nothing_is_no_link(read, clock):
    clock(MOMENT)
    OpeningHours.objects.all().delete()
    Service.objects.update(by_appointment=True)
    asleep = OpeningHours(weekday=1, opens="09:00", closes="10:00", by_appointment=True)
    for service in Service.objects.all():
        asleep.pk, asleep.service = None, service
        asleep.save()
    page = read("/en/pakalpojumi/")
    assert page.select_one(".times p").get_text() == "Open now 0"
    nothing = read(f"/en/pakalpojumi/?f={OPEN_NOW}")
    assert shown_on(nothing) == []
    assert not nothing.select(".ask")
    assert nothing.select_one(".times a[aria-current]").b.get_text() == "Open now"
    assert nothing.select("a[href='tel:112']")


def test_hours_that_nobody_knows_are_not_open_but_worth_asking(read, listed, clock):
    clock(MOMENT)
    OpeningHours.objects.all().delete()
    open_row = read("/en/pakalpojumi/").select(".times a")[1]
    assert open_row.b.get_text() == "Open now"
    assert open_row.span.get_text() == "0"
    found = listed(f"/en/pakalpojumi/?f={OPEN_NOW}")
    assert found.fits == ()
    assert len(found.to_ask) == Service.objects.public().count()


def test_the_code_of_open_now_is_not_that_of_a_need():
    assert not Need.objects.filter(code=OPEN_NOW).exists()
    assert len(OPEN_NOW) < 4


@pytest.mark.parametrize("moment", [MOMENT, "2026-03-03 13:00"])
def test_who_answers_now_stands_first_and_help_for_those_who_hurt_last(listed, clock, moment):
    now = clock(moment)
    everyday = [
        OpeningHours(service=service, weekday=day, opens="00:00", closes="00:00")
        for service in Service.objects.filter(for_people_who_hurt=True)
        for day in range(1, 8)
    ]
    OpeningHours.objects.bulk_create(everyday)
    services = {service.code: service for service in Service.objects.public()}
    order = [
        (service.for_people_who_hurt, not state_of(service, now).is_open, service.urgency)
        for service in (services[code] for code in listed("/lv/pakalpojumi/").fits)
    ]
    assert order == sorted(order)
    assert {hurt for hurt, _closed, _urgency in order} == {True, False}
    assert {closed for _hurt, closed, _urgency in order} == {True, False}


# Search engines


def data_of(answer) -> dict:
    return json.loads(answer.select_one("script[type='application/ld+json']").string)


def test_search_engines_read_the_hours_and_no_address(read, clock, line):
    clock(MOMENT)
    Service.objects.filter(pk=line.pk).update(on_holidays="closed")
    HoursException.objects.create(service=line, first_day="2026-03-03", last_day="2026-03-04")
    HoursException.objects.create(service=line, first_day="2026-01-03", last_day="2026-01-04")
    found = data_of(read(f"/lv/pakalpojumi/{line.code}/"))
    assert found["@type"] == "Service"
    hours = found["hoursAvailable"]
    assert {entry["@type"] for entry in hours} == {"OpeningHoursSpecification"}
    assert [(one["opens"], one["closes"]) for one in hours[:7]] == [("12:00", "22:00")] * 7
    assert hours[0]["dayOfWeek"] == "https://schema.org/Monday"
    assert hours[7]["dayOfWeek"] == "https://schema.org/PublicHolidays"
    assert (hours[7]["opens"], hours[7]["closes"]) == ("00:00", "00:00")
    assert (hours[8]["validFrom"], hours[8]["validThrough"]) == ("2026-03-03", "2026-03-04")
    assert len(hours) == 9
    assert "address" not in json.dumps(found).lower()
    assert "geo" not in json.dumps(found).lower()


def test_search_engines_read_day_and_night_and_no_hours_that_nobody_knows(read):
    always = data_of(read(f"/lv/pakalpojumi/{Service.objects.get(phones__number='116123').code}/"))
    assert (always["hoursAvailable"][0]["opens"], always["hoursAvailable"][0]["closes"]) == (
        "00:00",
        "23:59",
    )
    unknown = Service.objects.filter(hours__isnull=True, live=True).first()
    assert "hoursAvailable" not in data_of(read(f"/lv/pakalpojumi/{unknown.code}/"))


def test_words_cannot_leave_the_data(read, line):
    line.texts.update(name="</script><b>&<!--")
    page = read(f"/lv/pakalpojumi/{line.code}/")
    assert data_of(page)["name"] == "</script><b>&<!--"
    assert not page.head.select("b")
