"""Hours in words, as the source states them. Opening states are computed elsewhere, later."""

import datetime
from collections.abc import Iterable

from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

ALL_WEEK = tuple(range(1, 8))
MIDNIGHT = datetime.time(0)


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


def is_round_the_clock(rows: Iterable) -> bool:
    """True when every day is open from midnight to midnight."""
    whole = {row.weekday for row in rows if row.opens == row.closes == MIDNIGHT}
    return whole == set(ALL_WEEK)


def _span(row) -> str:
    closes = (
        "24" + time_format(row.closes)[1:] if row.closes == MIDNIGHT else time_format(row.closes)
    )
    return f"{time_format(row.opens)}–{closes}"


def _days(days: tuple[int, ...]) -> str:
    consecutive = days == tuple(range(days[0], days[-1] + 1))
    if consecutive and len(days) > 2:
        return f"{day_name(days[0])}–{day_name(days[-1])}"
    return ", ".join(day_name(day) for day in days)


def in_words(rows: Iterable) -> list[str]:
    """One line for each group of days with the same hours; an empty list when nothing is known."""
    rows = sorted(rows, key=lambda row: (row.weekday, row.opens))
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
