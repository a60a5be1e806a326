"""Schedules and moments as people write them down."""

import datetime
from zoneinfo import ZoneInfo

from directory.opening import (
    Exceptional,
    HolidayRule,
    Schedule,
    Span,
    State,
    state,
)
from directory.public_holidays import is_holiday

RIGA = ZoneInfo("Europe/Riga")
STEP = datetime.timedelta(minutes=5)
WEEK = datetime.timedelta(days=7)
WORKDAYS = range(1, 6)
ALL_DAYS = range(1, 8)


def clock(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)


def at(text: str, fold: int = 0) -> datetime.datetime:
    """`2026-03-02 09:00` on the clock of Riga."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=RIGA, fold=fold)


def spans(days, *hours: str, by_appointment: bool = False) -> tuple[Span, ...]:
    """`spans(WORKDAYS, "09:00-12:00", "13:00-17:00")`."""
    return tuple(
        Span(day, *(clock(end) for end in text.split("-")), by_appointment=by_appointment)
        for day in days
        for text in hours
    )


def closed(first: str, last: str, reason: str = "") -> Exceptional:
    return Exceptional(
        datetime.date.fromisoformat(first), datetime.date.fromisoformat(last), reason=reason
    )


def hours_on(first: str, last: str, opens: str, closes: str) -> Exceptional:
    days = (datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))
    return Exceptional(*days, clock(opens), clock(closes))


def now(schedule: Schedule, moment: datetime.datetime) -> State:
    return state(schedule, moment, is_holiday)


OFFICE = Schedule(spans(WORKDAYS, "09:00-17:00"))
SPLIT = Schedule(spans(WORKDAYS, "09:00-12:00", "13:00-17:00"))
NIGHT = Schedule(spans([5, 6], "22:00-02:00"))
ALWAYS = Schedule(spans(ALL_DAYS, "00:00-00:00"))
# A real line: mornings and evenings of workdays, weekends and holidays round the clock.
LINE = Schedule(
    (*spans(WORKDAYS, "06:00-12:00", "18:00-00:00"), *spans([6, 7], "00:00-00:00")),
    on_holidays=HolidayRule.ROUND_THE_CLOCK,
)

# 2 March 2026 is a Monday; Friday 1 May and Monday 4 May 2026 are public holidays.
