"""Hours and opening states in words."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.opening import MIDNIGHT, PUBLIC_HOLIDAY, HolidayRule, Kind, Schedule, State
from directory.schedules import Reason

ALL_WEEK = tuple(range(1, 8))
ONE_DAY = datetime.timedelta(days=1)


def day_name(weekday: int) -> str:
    """The short name of an ISO weekday in a table of hours."""
    return [
        pgettext("short weekday", "Mon"),
        pgettext("short weekday", "Tue"),
        pgettext("short weekday", "Wed"),
        pgettext("short weekday", "Thu"),
        pgettext("short weekday", "Fri"),
        pgettext("short weekday", "Sat"),
        pgettext("short weekday", "Sun"),
    ][weekday - 1]


def _on_day(weekday: int) -> str:
    """An ISO weekday as it answers "when?" after "opens"."""
    return [
        pgettext("when it opens", "on Monday"),
        pgettext("when it opens", "on Tuesday"),
        pgettext("when it opens", "on Wednesday"),
        pgettext("when it opens", "on Thursday"),
        pgettext("when it opens", "on Friday"),
        pgettext("when it opens", "on Saturday"),
        pgettext("when it opens", "on Sunday"),
    ][weekday - 1]


def until_day(weekday: int) -> str:
    """An ISO weekday as it stands after "until"."""
    return [
        pgettext("until when", "Monday"),
        pgettext("until when", "Tuesday"),
        pgettext("until when", "Wednesday"),
        pgettext("until when", "Thursday"),
        pgettext("until when", "Friday"),
        pgettext("until when", "Saturday"),
        pgettext("until when", "Sunday"),
    ][weekday - 1]


def is_round_the_clock(rows: Iterable) -> bool:
    """True when every day is open from midnight to midnight."""
    whole = {row.weekday for row in rows if row.opens == row.closes == MIDNIGHT}
    return set(ALL_WEEK) <= whole


def _end(closes: datetime.time) -> str:
    """A closing time; the midnight that ends a day is 24:00."""
    return "24" + time_format(closes)[1:] if closes == MIDNIGHT else time_format(closes)


def _span(row) -> str:
    hours = f"{time_format(row.opens)}–{_end(row.closes)}"
    if getattr(row, "by_appointment", False):
        return _("%(hours)s by appointment") % {"hours": hours}
    return hours


def _days(days: tuple[int, ...]) -> str:
    consecutive = days == tuple(range(days[0], days[-1] + 1))
    if consecutive and len(days) > 2:
        return f"{day_name(days[0])}–{day_name(days[-1])}"
    return ", ".join(day_name(day) for day in days)


def in_words(rows: Iterable) -> list[str]:
    """One line for each group of weekdays with the same hours; none when nothing is known."""
    rows = sorted(
        (row for row in rows if row.weekday != PUBLIC_HOLIDAY),
        key=lambda row: (row.weekday, row.opens),
    )
    if not rows:
        return []
    if is_round_the_clock(rows):
        return [_("Open day and night")]
    by_day: dict[int, tuple[str, ...]] = {}
    for row in rows:
        by_day[row.weekday] = (*by_day.get(row.weekday, ()), _span(row))
    groups: dict[tuple[str, ...], list[int]] = {}
    for day, spans in by_day.items():
        groups.setdefault(spans, []).append(day)
    return [
        _("Every day %(hours)s") % {"hours": ", ".join(spans)}
        if tuple(days) == ALL_WEEK
        else _("%(days)s %(hours)s") % {"days": _days(tuple(days)), "hours": ", ".join(spans)}
        for spans, days in groups.items()
    ]


def holidays_in_words(schedule: Schedule) -> str:
    """What applies on public holidays; nothing where it is not known or as on the weekday."""
    if schedule.on_holidays == HolidayRule.CLOSED:
        return _("Closed on public holidays")
    if schedule.on_holidays == HolidayRule.ROUND_THE_CLOCK:
        return _("Open day and night on public holidays")
    own = sorted(
        (span for span in schedule.spans if span.weekday == PUBLIC_HOLIDAY),
        key=lambda span: span.opens,
    )
    if schedule.on_holidays == HolidayRule.OWN and own:
        return _("On public holidays %(hours)s") % {"hours": ", ".join(map(_span, own))}
    return ""


def exceptions_in_words(schedule: Schedule, today: datetime.date) -> list[str]:
    """One line for each exception that is not over."""
    coming = [exception for exception in schedule.exceptions if exception.last_day >= today]
    lines = []
    for exception in sorted(coming, key=lambda one: (one.first_day, one.opens or MIDNIGHT)):
        days = date_format(exception.first_day, "SHORT_DATE_FORMAT")
        if exception.last_day != exception.first_day:
            days = f"{days} – {date_format(exception.last_day, 'SHORT_DATE_FORMAT')}"
        if exception.is_closed:
            line = _("%(days)s: closed") % {"days": days}
        else:
            hours = _span(exception)
            line = _("%(days)s: %(hours)s") % {"days": days, "hours": hours}
        lines.append(" · ".join([line, *_reason(exception.reason)]))
    return lines


@dataclass(frozen=True)
class StateWords:
    """A state as a page prints it: its words, what else is to be known, and the clock's time.

    `mark` is the shape drawn before the words: full, ring or dashed. `date` is for paper.
    """

    mark: str
    words: str
    notes: tuple[str, ...]
    moment: str
    date: str


MARKS = {
    Kind.OPEN: "full",
    Kind.ROUND_THE_CLOCK: "full",
    Kind.CLOSED: "ring",
    Kind.PAUSED: "ring",
    Kind.BY_APPOINTMENT: "dashed",
    Kind.UNKNOWN: "dashed",
}


def state_in_words(state: State, *, has_number: bool = True) -> StateWords:
    """The words of a state in the active language; one whole sentence for each, never glued.

    Without a number nobody is told to ask by phone.
    """
    notes = _reason(state.reason)
    if state.is_unsure:
        notes.append(_("On a public holiday the hours may differ"))
    time = {"time": time_format(state.moment.time())}
    return StateWords(
        mark=MARKS[state.kind],
        words=_state(state, has_number=has_number),
        notes=tuple(notes),
        moment=pgettext("the moment for which a state was computed", "at %(time)s") % time,
        date=date_format(state.moment.date(), "SHORT_DATE_FORMAT"),
    )


def _state(state: State, *, has_number: bool) -> str:
    if state.until:
        return _open_until(state.moment, state.until)
    if state.kind == Kind.ROUND_THE_CLOCK:
        return _("Open day and night")
    if state.kind == Kind.CLOSED:
        return _opens(state.moment, state.opens)
    if state.kind == Kind.BY_APPOINTMENT:
        return _("By appointment")
    if state.kind == Kind.UNKNOWN:
        return _("Hours not known. You can ask by phone") if has_number else _("Hours not known")
    if state.last_day:
        date = date_format(state.last_day, "SHORT_DATE_FORMAT")
        return _("Temporarily closed until %(date)s") % {"date": date}
    return _("Temporarily closed")


def _open_until(moment: datetime.datetime, until: datetime.datetime) -> str:
    # Within a day the time of the clock alone says which moment is meant.
    if until.replace(tzinfo=None) - moment.replace(tzinfo=None) < ONE_DAY:
        return _("Open now, until %(time)s") % {"time": _end(until.time())}
    last = until - ONE_DAY if until.time() == MIDNIGHT else until
    return _("Open now, until %(weekday)s, %(time)s") % {
        "weekday": until_day(last.isoweekday()),
        "time": _end(until.time()),
    }


def _opens(moment: datetime.datetime, opens: datetime.datetime | None) -> str:
    if opens is None:
        return _("Closed now")
    time = time_format(opens.time())
    days = (opens.date() - moment.date()).days
    if days == 0:
        return _("Opens today at %(time)s") % {"time": time}
    if days == 1:
        return _("Opens tomorrow at %(time)s") % {"time": time}
    if days < 7:
        weekday = _on_day(opens.isoweekday())
        return _("Opens %(weekday)s at %(time)s") % {"weekday": weekday, "time": time}
    date = date_format(opens.date(), "SHORT_DATE_FORMAT")
    return _("Opens on %(date)s at %(time)s") % {"date": date, "time": time}


def _reason(reason: str) -> list[str]:
    return [str(Reason(reason).label)] if reason in Reason.values else []
