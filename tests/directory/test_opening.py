"""Is a service open at a moment? Examples by hand."""

import datetime

import pytest

from directory.opening import (
    PUBLIC_HOLIDAY,
    HolidayRule,
    Kind,
    Schedule,
    clashes,
    overlaps,
)
from directory.public_holidays import of_year
from tests.directory.weeks import (
    ALL_DAYS,
    ALWAYS,
    LINE,
    NIGHT,
    OFFICE,
    SPLIT,
    at,
    closed,
    hours_on,
    now,
    spans,
)

EXAMPLES = [
    (OFFICE, "2026-03-02 08:59", Kind.CLOSED, "2026-03-02 09:00"),
    (OFFICE, "2026-03-02 09:00", Kind.OPEN, "2026-03-02 17:00"),
    (OFFICE, "2026-03-02 16:59", Kind.OPEN, "2026-03-02 17:00"),
    (OFFICE, "2026-03-02 17:00", Kind.CLOSED, "2026-03-03 09:00"),
    (OFFICE, "2026-03-06 20:00", Kind.CLOSED, "2026-03-09 09:00"),
    (SPLIT, "2026-03-02 11:59", Kind.OPEN, "2026-03-02 12:00"),
    (SPLIT, "2026-03-02 12:00", Kind.CLOSED, "2026-03-02 13:00"),
    (SPLIT, "2026-03-02 12:59", Kind.CLOSED, "2026-03-02 13:00"),
    (SPLIT, "2026-03-02 13:00", Kind.OPEN, "2026-03-02 17:00"),
    (NIGHT, "2026-03-06 21:59", Kind.CLOSED, "2026-03-06 22:00"),
    (NIGHT, "2026-03-06 23:30", Kind.OPEN, "2026-03-07 02:00"),
    (NIGHT, "2026-03-07 01:59", Kind.OPEN, "2026-03-07 02:00"),
    (NIGHT, "2026-03-07 02:00", Kind.CLOSED, "2026-03-07 22:00"),
    (NIGHT, "2026-03-08 01:00", Kind.OPEN, "2026-03-08 02:00"),
    (NIGHT, "2026-03-08 02:00", Kind.CLOSED, "2026-03-13 22:00"),
    (ALWAYS, "2026-03-02 03:00", Kind.ROUND_THE_CLOCK, None),
    (ALWAYS, "2026-12-25 00:00", Kind.ROUND_THE_CLOCK, None),
    (LINE, "2026-03-02 05:59", Kind.CLOSED, "2026-03-02 06:00"),
    (LINE, "2026-03-02 11:59", Kind.OPEN, "2026-03-02 12:00"),
    (LINE, "2026-03-02 23:59", Kind.OPEN, "2026-03-03 00:00"),
    (LINE, "2026-03-03 00:00", Kind.CLOSED, "2026-03-03 06:00"),
    (LINE, "2026-03-06 19:00", Kind.OPEN, "2026-03-09 00:00"),
    # From Thursday evening through the holiday, the weekend and the next holiday.
    (LINE, "2026-04-30 19:00", Kind.OPEN, "2026-05-05 00:00"),
    (LINE, "2026-05-01 03:00", Kind.OPEN, "2026-05-05 00:00"),
]


@pytest.mark.parametrize(("schedule", "moment", "kind", "change"), EXAMPLES)
def test_ordinary_weeks(schedule, moment, kind, change):
    found = now(schedule, at(moment))
    assert found.kind == kind
    assert (found.until or found.opens) == (at(change) if change else None)


@pytest.mark.parametrize(
    ("rule", "kind", "change"),
    [
        (HolidayRule.WEEKDAY, Kind.OPEN, "2026-05-01 17:00"),
        (HolidayRule.UNKNOWN, Kind.OPEN, "2026-05-01 17:00"),
        (HolidayRule.CLOSED, Kind.CLOSED, "2026-05-05 09:00"),
        (HolidayRule.ROUND_THE_CLOCK, Kind.OPEN, "2026-05-02 00:00"),
        (HolidayRule.OWN, Kind.OPEN, "2026-05-01 14:00"),
    ],
)
def test_a_public_holiday_follows_its_rule(rule, kind, change):
    own = spans([PUBLIC_HOLIDAY], "10:00-14:00")
    found = now(Schedule((*OFFICE.spans, *own), on_holidays=rule), at("2026-05-01 11:00"))
    assert (found.kind, found.until or found.opens) == (kind, at(change))
    assert found.is_unsure == (rule == HolidayRule.UNKNOWN)


def test_the_hours_of_holidays_mean_nothing_on_other_days():
    schedule = Schedule(spans([PUBLIC_HOLIDAY], "10:00-14:00"), on_holidays=HolidayRule.OWN)
    assert now(schedule, at("2026-03-02 11:00")).kind == Kind.UNKNOWN
    assert now(schedule, at("2026-05-01 11:00")).kind == Kind.OPEN
    assert now(schedule, at("2026-05-01 15:00")).kind == Kind.CLOSED


def test_doubt_about_a_holiday_is_said_beforehand_and_never_of_a_line_that_always_answers():
    eve = now(OFFICE, at("2026-04-30 18:00"))
    assert (eve.kind, eve.opens, eve.is_unsure) == (Kind.CLOSED, at("2026-05-01 09:00"), True)
    assert not now(OFFICE, at("2026-04-29 18:00")).is_unsure
    assert not now(ALWAYS, at("2026-05-01 11:00")).is_unsure


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027, 2028, 2050])
def test_public_holidays_are_known_for_any_year(year):
    fixed = [(1, 1), (5, 1), (5, 4), (6, 23), (6, 24), (11, 18), (12, 24), (12, 25), (12, 26)]
    assert {datetime.date(year, month, day) for month, day in fixed} <= of_year(year)
    # Easter Monday, by the rule of the calendar and not by the library.
    assert {2024: datetime.date(2024, 4, 1), 2026: datetime.date(2026, 4, 6)}.get(
        year, datetime.date(year, 12, 31)
    ) in of_year(year)


# The clock: on 29 March 2026 3:00 becomes 4:00, on 25 October 2026 4:00 becomes 3:00.


@pytest.mark.parametrize(
    ("hours", "moment", "kind", "change"),
    [
        ("00:00-03:30", "2026-03-29 02:59", Kind.OPEN, "2026-03-29 04:00"),
        ("03:30-05:00", "2026-03-29 02:59", Kind.CLOSED, "2026-03-29 04:00"),
        ("22:00-06:00", "2026-03-29 04:00", Kind.OPEN, "2026-03-29 06:00"),
        ("03:10-03:50", "2026-03-29 02:59", Kind.CLOSED, "2026-03-30 03:10"),
        ("09:00-17:00", "2026-03-28 20:00", Kind.CLOSED, "2026-03-29 09:00"),
        ("09:00-17:00", "2026-10-24 20:00", Kind.CLOSED, "2026-10-25 09:00"),
        ("22:00-06:00", "2026-10-25 02:00", Kind.OPEN, "2026-10-25 06:00"),
    ],
)
def test_the_change_of_the_clock_moves_no_hours(hours, moment, kind, change):
    found = now(Schedule(spans(ALL_DAYS, hours)), at(moment))
    assert (found.kind, found.until or found.opens) == (kind, at(change))


def test_the_hour_that_comes_twice_counts_twice():
    schedule = Schedule(spans(ALL_DAYS, "03:00-03:30"))
    first, second = at("2026-10-25 03:10", fold=0), at("2026-10-25 03:10", fold=1)
    between = at("2026-10-25 03:40", fold=0)
    assert now(schedule, first).until.utcoffset() == datetime.timedelta(hours=3)
    assert now(schedule, second).until.utcoffset() == datetime.timedelta(hours=2)
    again = now(schedule, between)
    assert again.kind == Kind.CLOSED
    assert (again.opens.hour, again.opens.minute, again.opens.fold) == (3, 0, 1)
    whole = now(Schedule(spans(ALL_DAYS, "02:00-04:00")), at("2026-10-25 02:00"))
    assert whole.until.timestamp() - whole.moment.timestamp() == 3 * 3600


def test_a_line_that_always_answers_does_so_when_the_clock_changes():
    for moment in ("2026-03-29 02:59", "2026-03-29 04:00", "2026-10-25 03:30"):
        for fold in (0, 1):
            assert now(ALWAYS, at(moment, fold)).kind == Kind.ROUND_THE_CLOCK


# Not by the week alone


def test_without_hours_they_are_unknown():
    assert now(Schedule(), at("2026-03-02 11:00")).kind == Kind.UNKNOWN


@pytest.mark.parametrize("hours", [(), OFFICE.spans, ALWAYS.spans])
def test_a_service_by_appointment_is_never_open(hours):
    found = now(Schedule(hours, by_appointment=True), at("2026-03-02 11:00"))
    assert (found.kind, found.is_open) == (Kind.BY_APPOINTMENT, False)


def test_some_hours_may_be_by_appointment():
    visits = spans([1], "17:00-19:00", by_appointment=True)
    schedule = Schedule((*OFFICE.spans, *visits))
    assert now(schedule, at("2026-03-02 16:59")).until == at("2026-03-02 17:00")
    assert now(schedule, at("2026-03-02 18:00")).kind == Kind.BY_APPOINTMENT
    assert now(schedule, at("2026-03-02 19:00")).opens == at("2026-03-03 09:00")
    assert now(Schedule(visits), at("2026-03-04 12:00")).kind == Kind.BY_APPOINTMENT


def test_a_paused_service_is_closed_whatever_its_hours_say():
    found = now(Schedule(ALWAYS.spans, paused=True), at("2026-03-02 11:00"))
    assert (found.kind, found.last_day) == (Kind.PAUSED, None)


def test_a_closed_exception_wins_and_names_its_last_day():
    exceptions = (closed("2026-03-02", "2026-03-03", "repairs"), closed("2026-03-04", "2026-03-04"))
    schedule = Schedule(ALWAYS.spans, exceptions)
    during = now(schedule, at("2026-03-02 11:00"))
    assert (during.kind, during.reason) == (Kind.PAUSED, "repairs")
    assert during.last_day == datetime.date(2026, 3, 4)
    before = now(schedule, at("2026-03-01 11:00"))
    assert (before.kind, before.until) == (Kind.OPEN, at("2026-03-02 00:00"))
    assert now(schedule, at("2026-03-05 00:00")).kind == Kind.ROUND_THE_CLOCK


def test_an_exception_with_hours_wins_over_weekday_and_holiday():
    schedule = Schedule(
        OFFICE.spans,
        (hours_on("2026-05-01", "2026-05-01", "12:00", "13:00"),),
        on_holidays=HolidayRule.ROUND_THE_CLOCK,
    )
    assert now(schedule, at("2026-05-01 11:00")).opens == at("2026-05-01 12:00")
    assert now(schedule, at("2026-05-01 12:30")).until == at("2026-05-01 13:00")
    assert now(schedule, at("2026-05-04 03:00")).kind == Kind.OPEN


def test_an_exception_is_known_though_the_week_is_not():
    schedule = Schedule((), (hours_on("2026-03-02", "2026-03-02", "12:00", "13:00"),))
    assert now(schedule, at("2026-03-02 11:00")).opens == at("2026-03-02 12:00")
    assert now(schedule, at("2026-03-02 14:00")).kind == Kind.CLOSED
    assert now(schedule, at("2026-03-03 11:00")).kind == Kind.UNKNOWN


def test_the_night_before_a_closed_day_ends_in_its_own_time():
    schedule = Schedule(NIGHT.spans, (closed("2026-03-07", "2026-03-07"),))
    assert now(schedule, at("2026-03-07 01:00")).kind == Kind.OPEN
    assert now(schedule, at("2026-03-07 03:00")).kind == Kind.PAUSED


def test_a_long_closure_ends_in_the_next_opening():
    schedule = Schedule(spans([1], "09:00-10:00"), (closed("2026-03-03", "2026-05-31"),))
    assert now(schedule, at("2026-03-02 12:00")).opens == at("2026-06-01 09:00")
    for_ever = Schedule(spans([1], "09:00-10:00"), (closed("2026-03-03", "2099-01-01"),))
    assert now(for_ever, at("2026-03-02 12:00")).opens is None


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        now(OFFICE, datetime.datetime(2026, 3, 2, 11))  # noqa: DTZ001  the mistake itself


# What contradicts itself


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (spans([1], "09:00-12:00", "12:00-17:00"), []),
        (spans([1], "09:00-12:00", "11:59-17:00"), [(0, 1)]),
        (spans([1, 2], "22:00-02:00"), []),
        ((*spans([1], "22:00-09:00"), *spans([2], "08:00-12:00")), [(0, 1)]),
        ((*spans([1], "08:00-12:00"), *spans([7], "22:00-09:00")), [(0, 1)]),
        ((*spans([1], "00:00-00:00"), *spans([2], "00:00-00:00")), []),
        (spans([1], "00:00-00:00", "09:00-10:00"), [(0, 1)]),
        ((*spans([1], "09:00-12:00"), *spans([8], "09:00-12:00")), []),
        (spans([8], "09:00-12:00", "11:00-13:00"), [(0, 1)]),
    ],
)
def test_hours_that_overlap_are_found(rows, expected):
    assert overlaps(list(rows)) == expected


@pytest.mark.parametrize(
    ("exceptions", "expected"),
    [
        ([closed("2026-03-02", "2026-03-03"), closed("2026-03-04", "2026-03-04")], []),
        ([closed("2026-03-02", "2026-03-04"), closed("2026-03-04", "2026-03-05")], [(0, 1)]),
        (
            [hours_on("2026-03-02", "2026-03-03", "09:00", "12:00"),
             hours_on("2026-03-02", "2026-03-03", "13:00", "17:00")],
            [],
        ),
        (
            [hours_on("2026-03-02", "2026-03-03", "09:00", "13:30"),
             hours_on("2026-03-02", "2026-03-03", "13:00", "17:00")],
            [(0, 1)],
        ),
        (
            [hours_on("2026-03-02", "2026-03-03", "09:00", "12:00"),
             hours_on("2026-03-02", "2026-03-02", "13:00", "17:00")],
            [(0, 1)],
        ),
        ([closed("2026-03-02", "2026-03-02"),
          hours_on("2026-03-02", "2026-03-02", "13:00", "17:00")], [(0, 1)]),
    ],
)  # fmt: skip
def test_exceptions_that_contradict_one_another_are_found(exceptions, expected):
    assert clashes(exceptions) == expected
