"""Is a service open at a moment? One pure function: plain values in, a plain value out.

The rule of the clock. Hours are civil time: a minute is open when the clock on the wall shows a
time inside the hours. In the night in March in which the clock jumps from 3:00 to 4:00, what would
begin or end inside the missing hour begins or ends at 4:00. In the night in October in which 3:00
to 4:00 comes twice, both hours count as 3:00 to 4:00.

The rule of the day. Hours belong to the day on which they begin: 22:00–02:00 of a Friday is
Friday's, though it ends on Saturday. For each day the first of these decides: an exception, the
rule for public holidays, the weekday.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

PUBLIC_HOLIDAY = 8
MIDNIGHT = datetime.time(0)
DAY = datetime.timedelta(days=1)
WEEK = 7 * DAY
# How far the next opening is looked for: longer than a year of Sundays closed by an exception.
FAR = 400 * DAY
# The clocks of the European Union change at this time (Directive 2000/84/EC).
CLOCK_CHANGE = datetime.time(1, tzinfo=datetime.UTC)


class HolidayRule(StrEnum):
    """What applies on public holidays. Unknown counts as the weekday, with a word of doubt."""

    UNKNOWN = "unknown"
    WEEKDAY = "weekday"
    CLOSED = "closed"
    ROUND_THE_CLOCK = "always"
    OWN = "own"


class Kind(StrEnum):
    """The six states."""

    OPEN = "open"
    ROUND_THE_CLOCK = "always"
    CLOSED = "closed"
    BY_APPOINTMENT = "appointment"
    UNKNOWN = "unknown"
    PAUSED = "paused"


@dataclass(frozen=True)
class Span:
    """Hours that begin on a weekday (ISO, 8 is a public holiday).

    A closing time not after the opening time lies on the next day; 00:00–00:00 is a whole day.
    """

    weekday: int
    opens: datetime.time
    closes: datetime.time
    by_appointment: bool = False

    @property
    def is_whole_day(self) -> bool:
        return self.opens == self.closes == MIDNIGHT

    def on(self, day: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
        """Beginning and end in civil time; the end is the first closed minute."""
        start = datetime.datetime.combine(day, self.opens)
        end = datetime.datetime.combine(day, self.closes)
        return start, end if end > start else end + DAY


@dataclass(frozen=True)
class Exceptional:
    """Days, the last included, that are closed (no hours) or have hours of their own."""

    first_day: datetime.date
    last_day: datetime.date
    opens: datetime.time | None = None
    closes: datetime.time | None = None
    reason: str = ""

    @property
    def is_closed(self) -> bool:
        return self.opens is None or self.closes is None

    def covers(self, day: datetime.date) -> bool:
        return self.first_day <= day <= self.last_day

    def spans(self) -> list[Span]:
        if self.opens is None or self.closes is None:
            return []
        return [Span(self.first_day.isoweekday(), self.opens, self.closes)]


@dataclass(frozen=True)
class Schedule:
    """All that is known of the hours of a service. No span: not known."""

    spans: tuple[Span, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()
    on_holidays: str = HolidayRule.UNKNOWN
    by_appointment: bool = False
    paused: bool = False

    @property
    def week(self) -> list[Span]:
        """The hours of an ordinary week."""
        return [span for span in self.spans if span.weekday != PUBLIC_HOLIDAY]

    @property
    def walk_in(self) -> list[Span]:
        """Those for which no appointment is needed."""
        return [span for span in self.week if not (self.by_appointment or span.by_appointment)]

    @property
    def is_round_the_clock(self) -> bool:
        """True when every weekday is whole."""
        return {span.weekday for span in self.walk_in if span.is_whole_day} == set(range(1, 8))

    def exceptions_on(self, day: datetime.date) -> list[Exceptional]:
        return [exception for exception in self.exceptions if exception.covers(day)]

    def is_closed_by_exception(self, day: datetime.date) -> bool:
        return any(exception.is_closed for exception in self.exceptions_on(day))


@dataclass(frozen=True)
class State:
    """A state and the moment it was computed for, all times in the zone of that moment.

    `until` is the first closed minute, `opens` the first open one, `last_day` the last of the
    exceptional days that are closed. `is_unsure`: a public holiday for which no rule is known.
    """

    kind: Kind
    moment: datetime.datetime
    until: datetime.datetime | None = None
    opens: datetime.datetime | None = None
    last_day: datetime.date | None = None
    reason: str = ""
    is_unsure: bool = False

    @property
    def is_open(self) -> bool:
        """Somebody answers now, without an appointment."""
        return self.kind in (Kind.OPEN, Kind.ROUND_THE_CLOCK)


Window = tuple[datetime.datetime, datetime.datetime]
IsHoliday = Callable[[datetime.date], bool]


def state(schedule: Schedule, moment: datetime.datetime, is_holiday: IsHoliday) -> State:
    """The state of a service at a moment.

    `moment` carries the zone in which the hours are meant; `is_holiday` tells of a civil day
    whether it is a public holiday. Raises ValueError for a moment without a zone. A service that
    does not close within a week is open round the clock.
    """
    if moment.tzinfo is None:
        raise ValueError("The moment has no time zone.")
    now = moment.replace(second=0, microsecond=0)
    today = now.date()
    if schedule.paused:
        return State(Kind.PAUSED, now)
    here = schedule.exceptions_on(today)
    reason = here[0].reason if here else ""
    near = windows(schedule, today - DAY, today + WEEK + DAY, is_holiday)
    if _contains(near, now):
        until = _first(near, now, open_then=False)
        if until is None or _distance(now, until) > WEEK:
            return State(Kind.ROUND_THE_CLOCK, now, reason=reason)
        unsure = _is_unsure(schedule, [today], is_holiday)
        return State(Kind.OPEN, now, until=until, reason=reason, is_unsure=unsure)
    if schedule.is_closed_by_exception(today):
        return State(Kind.PAUSED, now, last_day=_last_closed(schedule, today), reason=reason)
    if _is_by_appointment(schedule, now, is_holiday):
        return State(Kind.BY_APPOINTMENT, now)
    return _closed(schedule, now, near, reason, is_holiday)


def windows(
    schedule: Schedule,
    first: datetime.date,
    last: datetime.date,
    is_holiday: IsHoliday,
    *,
    by_appointment: bool = False,
) -> list[Window]:
    """Beginning and end, in civil time, of the hours that begin on these days, neighbours joined.

    With `by_appointment` those for which one has to make an appointment, else the others.
    """
    found = sorted(
        span.on(day)
        for day in _days(first, last)
        for span in spans_on(schedule, day, is_holiday)
        if (span.by_appointment or schedule.by_appointment) == by_appointment
    )
    joined: list[Window] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            before = joined.pop()
            joined.append((before[0], max(before[1], end)))
        else:
            joined.append((start, end))
    return joined


def spans_on(schedule: Schedule, day: datetime.date, is_holiday: IsHoliday) -> list[Span]:
    """The hours that begin on a civil day: of the exception, the public holiday or the weekday."""
    exceptions = schedule.exceptions_on(day)
    if exceptions:
        if schedule.is_closed_by_exception(day):
            return []
        return [span for exception in exceptions for span in exception.spans()]
    rule = schedule.on_holidays
    weekday = day.isoweekday()
    if rule not in (HolidayRule.UNKNOWN, HolidayRule.WEEKDAY) and is_holiday(day):
        if rule == HolidayRule.CLOSED:
            return []
        if rule == HolidayRule.ROUND_THE_CLOCK:
            return [Span(weekday, MIDNIGHT, MIDNIGHT)]
        weekday = PUBLIC_HOLIDAY
    return [span for span in schedule.spans if span.weekday == weekday]


def _closed(
    schedule: Schedule,
    now: datetime.datetime,
    near: list[Window],
    reason: str,
    is_holiday: IsHoliday,
) -> State:
    """Not open now: when it opens, or that nobody knows. Looks far ahead only where it must."""
    today = now.date()
    if not schedule.walk_in:
        if not _is_settled(schedule, today, is_holiday):
            return State(Kind.UNKNOWN, now)
        rest = windows(schedule, today, today, is_holiday)
        return State(Kind.CLOSED, now, opens=_first(rest, now, open_then=True), reason=reason)
    opens = _first(near, now, open_then=True)
    if opens is None:
        ahead = windows(schedule, today - DAY, today + FAR, is_holiday)
        opens = _first(ahead, now, open_then=True)
    unsure = _is_unsure(schedule, [today, *([opens.date()] if opens else [])], is_holiday)
    return State(Kind.CLOSED, now, opens=opens, reason=reason, is_unsure=unsure)


def _is_settled(schedule: Schedule, day: datetime.date, is_holiday: IsHoliday) -> bool:
    """True when an exception or a rule says what applies on the day, whatever the week holds."""
    ruled = schedule.on_holidays not in (HolidayRule.UNKNOWN, HolidayRule.WEEKDAY)
    return bool(schedule.exceptions_on(day)) or (ruled and is_holiday(day))


def _is_by_appointment(schedule: Schedule, now: datetime.datetime, is_holiday: IsHoliday) -> bool:
    if schedule.by_appointment or (schedule.week and not schedule.walk_in):
        return True
    today = now.date()
    return _contains(windows(schedule, today - DAY, today, is_holiday, by_appointment=True), now)


def _is_unsure(schedule: Schedule, days: Iterable[datetime.date], is_holiday: IsHoliday) -> bool:
    if schedule.on_holidays != HolidayRule.UNKNOWN or schedule.is_round_the_clock:
        return False
    return any(is_holiday(day) and not schedule.exceptions_on(day) for day in days)


def _last_closed(schedule: Schedule, day: datetime.date) -> datetime.date:
    while schedule.is_closed_by_exception(day + DAY):
        day += DAY
    return day


def _contains(found: Iterable[Window], moment: datetime.datetime) -> bool:
    civil = moment.replace(tzinfo=None, fold=0)
    return any(start <= civil < end for start, end in found)


def _first(
    found: list[Window], after: datetime.datetime, *, open_then: bool
) -> datetime.datetime | None:
    """The first moment later than `after` that is open, or closed."""
    # Moments that share a zone are compared by their clock faces alone: in UTC they are not.
    begin = after.astimezone(datetime.UTC)
    for instant in sorted(set(_possible_changes(found, after.tzinfo))):
        moment = instant.astimezone(after.tzinfo)
        if instant > begin and _contains(found, moment) == open_then:
            return moment
    return None


def _possible_changes(
    found: Iterable[Window], zone: datetime.tzinfo | None
) -> Iterator[datetime.datetime]:
    """Every instant at which open may become closed or closed open, and some more."""
    for window in found:
        for civil in window:
            yield datetime.datetime.combine(civil.date(), CLOCK_CHANGE)
            for fold in (0, 1):
                yield civil.replace(tzinfo=zone, fold=fold).astimezone(datetime.UTC)


def _distance(first: datetime.datetime, second: datetime.datetime) -> datetime.timedelta:
    return second.astimezone(datetime.UTC) - first.astimezone(datetime.UTC)


def _days(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    return (first + number * DAY for number in range((last - first).days + 1))


def overlaps(spans: list[Span]) -> list[tuple[int, int]]:
    """Pairs of places in the list whose hours overlap, over the end of the week as well."""
    monday = datetime.date(2024, 1, 1)
    found = []
    for (first, one), (second, other) in combinations(enumerate(spans), 2):
        if (one.weekday == PUBLIC_HOLIDAY) != (other.weekday == PUBLIC_HOLIDAY):
            continue
        start, end = one.on(monday + (one.weekday - 1) * DAY)
        begin, finish = other.on(monday + (other.weekday - 1) * DAY)
        turns = [week * WEEK for week in (-1, 0, 1)]
        if any(start < finish + turn and begin + turn < end for turn in turns):
            found.append((first, second))
    return found


def clashes(exceptions: list[Exceptional]) -> list[tuple[int, int]]:
    """Pairs of places in the list that contradict one another.

    Two exceptions may share their days only when both have hours, for the very same days, that do
    not overlap: a day with a break.
    """
    found = []
    for (first, one), (second, other) in combinations(enumerate(exceptions), 2):
        if one.last_day < other.first_day or other.last_day < one.first_day:
            continue
        same = (one.first_day, one.last_day) == (other.first_day, other.last_day)
        closed = one.is_closed or other.is_closed
        if not same or closed or overlaps([*one.spans(), *other.spans()]):
            found.append((first, second))
    return found
