"""Days and hours in the words of the active language, and what is coming, on or over."""

import datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 2000, 2100
# A line never ends between two hours.
WORD_JOINER = "\u2060"


class Stage(StrEnum):
    """Where a span of days or hours lies, seen from now."""

    COMING = "coming"
    NOW = "now"
    OVER = "over"


def stage(first_day: datetime.date, last_day: datetime.date, today: datetime.date) -> Stage:
    """Both days count as a part of the span."""
    if today < first_day:
        return Stage.COMING
    return Stage.OVER if today > last_day else Stage.NOW


def refuse_far_years(**days: datetime.date) -> None:
    """Raises the error of each field whose day lies in a year that a calendar cannot mean."""
    far = {
        field: _("Write a year between %(first)d and %(last)d.")
        % {"first": FIRST_YEAR, "last": LAST_YEAR}
        for field, day in days.items()
        if not FIRST_YEAR <= day.year <= LAST_YEAR
    }
    if far:
        raise ValidationError(far)


def days(first_day: datetime.date, last_day: datetime.date) -> str:
    """One day, or from one to another, in the numeric form: no case has to be declined."""
    first = date_format(first_day, "SHORT_DATE_FORMAT")
    if first_day == last_day:
        return first
    last = date_format(last_day, "SHORT_DATE_FORMAT")
    return _("%(first)s – %(last)s") % {"first": first, "last": last}


def hours(starts: datetime.datetime, ends: datetime.datetime) -> str:
    """Day and hours on the clock of the town; the second day only where it is another one."""
    starts, ends = timezone.localtime(starts), timezone.localtime(ends)
    words = {
        "day": date_format(starts.date(), "SHORT_DATE_FORMAT"),
        "starts": time_format(starts.time()),
        "last": date_format(ends.date(), "SHORT_DATE_FORMAT"),
        "ends": f"{WORD_JOINER}{time_format(ends.time())}",
    }
    if starts.date() == ends.date():
        return _("%(day)s, %(starts)s–%(ends)s") % words
    return _("%(day)s, %(starts)s – %(last)s, %(ends)s") % words
