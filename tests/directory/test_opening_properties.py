"""Is a service open at a moment? Properties over five years, against a naive reference."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.opening import (
    Exceptional,
    HolidayRule,
    Kind,
    Schedule,
    Span,
)
from directory.public_holidays import of_year
from tests.directory.weeks import (
    ALWAYS,
    LINE,
    RIGA,
    STEP,
    WEEK,
    at,
    now,
)

FIVE_YEARS = (at("2024-01-01 00:00"), at("2028-12-31 23:55"))
TURNS = [at(f"{day} 00:00") for day in
         ("2024-03-31", "2024-10-27", "2025-03-30", "2025-10-26", "2026-03-29", "2026-10-25",
          "2027-03-28", "2027-10-31", "2028-03-26", "2028-10-29")]  # fmt: skip
HOLIDAYS = [at("2026-05-01 00:00"), at("2027-05-04 00:00"), at("2024-12-24 00:00")]


def moved(start: datetime.datetime, steps: int) -> datetime.datetime:
    return (start.astimezone(datetime.UTC) + steps * STEP).astimezone(RIGA)


def reference(schedule: Schedule, moment: datetime.datetime) -> bool:
    """Open, minute by minute on the clock face: this day's hours, and yesterday's past midnight."""
    if schedule.paused or schedule.by_appointment:
        return False
    face = moment.hour * 60 + moment.minute
    today = moment.date()
    yesterday = today - datetime.timedelta(days=1)
    return any(a <= face < b for a, b in of_day(schedule, today)) or any(
        a <= face + 1440 < b for a, b in of_day(schedule, yesterday)
    )


def of_day(schedule: Schedule, day: datetime.date) -> list[tuple[int, int]]:
    """Minutes from the midnight with which the day begins."""
    exceptions = [one for one in schedule.exceptions if one.first_day <= day <= one.last_day]
    if any(one.opens is None for one in exceptions):
        return []
    if exceptions:
        pairs = [(one.opens, one.closes) for one in exceptions]
    elif day in of_year(day.year) and schedule.on_holidays == "closed":
        return []
    elif day in of_year(day.year) and schedule.on_holidays == "always":
        return [(0, 1440)]
    else:
        own = day in of_year(day.year) and schedule.on_holidays == "own"
        wanted = 8 if own else day.isoweekday()
        pairs = [
            (span.opens, span.closes)
            for span in schedule.spans
            if span.weekday == wanted and not span.by_appointment
        ]
    minutes = [(a.hour * 60 + a.minute, b.hour * 60 + b.minute) for a, b in pairs]
    return [(a, b if b > a else b + 1440) for a, b in minutes]


times = st.integers(0, 287).map(lambda step: datetime.time(step // 12, step % 12 * 5))
ends = st.tuples(times, times).filter(lambda pair: pair[0] != pair[1] or not any(
    (pair[0].hour, pair[0].minute)))  # fmt: skip
weekly = st.builds(
    lambda day, pair, visit: Span(day, *pair, by_appointment=visit),
    st.integers(1, 8), ends, st.sampled_from([False, False, False, True]),
)  # fmt: skip
whole_week = st.just([*ALWAYS.spans])
moments = st.one_of(
    st.integers(0, 525_000).map(lambda steps: moved(FIVE_YEARS[0], steps)),
    st.builds(moved, st.sampled_from([*TURNS, *HOLIDAYS]), st.integers(-300, 300)),
)
exceptional = st.builds(
    lambda shift, length, pair: (shift, length, pair),
    st.integers(-8, 8), st.integers(0, 9), st.one_of(st.none(), ends),
)  # fmt: skip


@st.composite
def cases(draw):
    """A schedule and a moment, the exceptions near the moment."""
    moment = draw(moments)
    spans_found = draw(st.one_of(st.lists(weekly, max_size=12), whole_week))
    exceptions = []
    for shift, length, pair in draw(st.lists(exceptional, max_size=2)):
        first = moment.date() + datetime.timedelta(days=shift)
        last = first + datetime.timedelta(days=length)
        exceptions.append(Exceptional(first, last, *(pair or (None, None))))
    return (
        Schedule(
            tuple(spans_found),
            tuple(exceptions),
            on_holidays=draw(st.sampled_from(list(HolidayRule))),
            by_appointment=draw(st.sampled_from([False] * 9 + [True])),
            paused=draw(st.sampled_from([False] * 9 + [True])),
        ),
        moment,
    )


repeatable = settings(derandomize=True, deadline=None, max_examples=100)


def first_step(schedule: Schedule, moment: datetime.datetime, *, open_then: bool, limit: int):
    """The first later step that is open, or closed; None when there is none within the limit."""
    for steps in range(1, limit + 1):
        later = moved(moment, steps)
        if reference(schedule, later) == open_then:
            return later
    return None


@settings(repeatable, max_examples=400)
@given(cases())
def test_open_agrees_with_the_reference(case):
    schedule, moment = case
    assert now(schedule, moment).is_open == reference(schedule, moment)


@repeatable
@given(cases())
def test_until_is_the_first_closed_minute(case):
    schedule, moment = case
    found = now(schedule, moment)
    week = WEEK // STEP
    if found.kind == Kind.OPEN:
        expected = first_step(schedule, moment, open_then=False, limit=week)
        assert found.until.timestamp() == expected.timestamp()
        assert found.until.utcoffset() == expected.utcoffset()
    elif found.kind == Kind.ROUND_THE_CLOCK:
        assert first_step(schedule, moment, open_then=False, limit=week) is None


@repeatable
@given(cases())
def test_opens_is_the_first_open_minute(case):
    schedule, moment = case
    found = now(schedule, moment)
    if found.kind == Kind.CLOSED and found.opens:
        steps = int((found.opens.timestamp() - moment.timestamp()) / STEP.total_seconds())
        assert reference(schedule, found.opens)
        assert first_step(schedule, moment, open_then=True, limit=min(steps - 1, 3000)) is None


@settings(repeatable, max_examples=120)
@given(cases())
def test_an_exception_that_is_closed_wins_over_everything_that_begins_on_its_day(case):
    schedule, moment = case
    moment = moment.replace(hour=12, minute=0, fold=0)
    day = moment.date()
    shut = Schedule(
        tuple(span for span in schedule.spans if span.closes > span.opens or span.is_whole_day),
        (*schedule.exceptions, Exceptional(day, day)),
        on_holidays=schedule.on_holidays,
    )
    if not any(one.opens and one.closes and one.closes <= one.opens for one in schedule.exceptions):
        assert now(shut, moment).kind == Kind.PAUSED


@settings(repeatable, max_examples=150)
@given(moments)
def test_a_schedule_round_the_clock_is_never_closed(moment):
    for rule in (HolidayRule.UNKNOWN, HolidayRule.WEEKDAY, HolidayRule.ROUND_THE_CLOCK):
        found = now(Schedule(ALWAYS.spans, on_holidays=rule), moment)
        assert found.kind == Kind.ROUND_THE_CLOCK


@settings(repeatable, max_examples=150)
@given(cases())
def test_a_state_is_one_of_six_and_carries_what_its_words_need(case):
    schedule, moment = case
    found = now(schedule, moment)
    assert found.moment == moment
    assert (found.until is not None) == (found.kind == Kind.OPEN)
    assert found.opens is None or found.kind == Kind.CLOSED
    assert (found.kind == Kind.UNKNOWN) <= (not schedule.walk_in)
    assert found.last_day is None or found.kind == Kind.PAUSED


@pytest.mark.parametrize("year", range(2024, 2029))
def test_every_holiday_of_five_years_is_round_the_clock_where_the_rule_says_so(year):
    for day in sorted(of_year(year)):
        for hour in (0, 3, 13, 23):
            moment = datetime.datetime.combine(day, datetime.time(hour), RIGA)
            assert now(LINE, moment).is_open, moment
