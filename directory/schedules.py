"""When a service is open, as its source states it: stored once, the same in every language.

What follows from it at a moment is computed in `directory.opening`.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from directory.opening import MIDNIGHT, PUBLIC_HOLIDAY, Exceptional, HolidayRule, Schedule, Span

HOLIDAY_RULES = [
    (HolidayRule.UNKNOWN.value, _("not known")),
    (HolidayRule.WEEKDAY.value, _("as on the weekday")),
    (HolidayRule.CLOSED.value, _("closed")),
    (HolidayRule.ROUND_THE_CLOCK.value, _("open day and night")),
    (HolidayRule.OWN.value, _("own hours")),
]
SAME_TIMES = _("Opening and closing are at the same time. For day and night enter 00:00 twice.")
# A closing time at midnight is the end of a whole day; any other span has a length.
HAS_A_LENGTH = ~Q(opens=F("closes")) | Q(opens="00:00", closes="00:00")


class Day(models.IntegerChoices):
    """The weekdays of ISO 8601, and the public holiday."""

    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")
    SATURDAY = 6, _("Saturday")
    SUNDAY = 7, _("Sunday")
    PUBLIC_HOLIDAY = PUBLIC_HOLIDAY, _("Public holiday")


class Reason(models.TextChoices):
    """Why the hours differ: a choice, so that every language has its words."""

    REPAIRS = "repairs", _("Repairs")
    LEAVE = "leave", _("Staff on leave")
    TRAINING = "training", _("Staff training")
    MOVING = "moving", _("Moving to another place")


def _refuse_equal_times(opens, closes) -> None:
    if opens is not None and opens == closes != MIDNIGHT:
        raise ValidationError({"closes": SAME_TIMES})


class OpeningHours(Orderable):
    """Hours that begin on a day of the week or on a public holiday. No row: not known.

    Several rows make a split day; hours that close earlier than they open end on the next day;
    00:00–00:00 is a whole day.
    """

    service = ParentalKey("directory.Service", on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("Day"), choices=Day.choices)
    opens = models.TimeField(_("Opens"))
    closes = models.TimeField(
        _("Closes"), help_text=_("Earlier than the opening: on the next day. 00:00 is midnight.")
    )
    by_appointment = models.BooleanField(_("By appointment only"), default=False)

    panels = [
        FieldPanel("weekday"),
        FieldPanel("opens"),
        FieldPanel("closes"),
        FieldPanel("by_appointment"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("Hours")
        verbose_name_plural = _("Hours")
        constraints = [
            models.CheckConstraint(
                name="hours_on_a_day", condition=Q(weekday__range=(Day.MONDAY, Day.PUBLIC_HOLIDAY))
            ),
            models.CheckConstraint(name="hours_last", condition=HAS_A_LENGTH),
        ]

    def __str__(self):
        return f"{self.weekday}: {self.opens}–{self.closes}"

    def clean(self):
        super().clean()
        _refuse_equal_times(self.opens, self.closes)

    def as_span(self) -> Span:
        return Span(self.weekday, self.opens, self.closes, by_appointment=self.by_appointment)


class HoursException(Orderable):
    """Days on which other hours apply, or none. The last day is included."""

    service = ParentalKey("directory.Service", on_delete=models.CASCADE, related_name="exceptions")
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    opens = models.TimeField(
        _("Opens"), null=True, blank=True, help_text=_("Leave both times empty: closed.")
    )
    closes = models.TimeField(_("Closes"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=12, choices=Reason.choices, blank=True)

    panels = [
        FieldPanel("first_day"),
        FieldPanel("last_day"),
        FieldPanel("opens"),
        FieldPanel("closes"),
        FieldPanel("reason"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("Exception")
        verbose_name_plural = _("Exceptions")
        constraints = [
            models.CheckConstraint(
                name="exception_in_order", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="exception_with_both_times",
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False),
            ),
            models.CheckConstraint(name="exception_hours_last", condition=HAS_A_LENGTH),
        ]

    def __str__(self):
        return f"{self.first_day}–{self.last_day}"

    def clean(self):
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day lies before the first.")})
        if (self.opens is None) != (self.closes is None):
            missing = "opens" if self.opens is None else "closes"
            raise ValidationError({missing: _("Enter both times, or none for a closed day.")})
        _refuse_equal_times(self.opens, self.closes)

    def as_exceptional(self) -> Exceptional:
        return Exceptional(self.first_day, self.last_day, self.opens, self.closes, self.reason)


def schedule_of(service) -> Schedule:
    """What `directory.opening` needs; asks nothing when hours and exceptions were prefetched."""
    return Schedule(
        spans=tuple(row.as_span() for row in service.hours.all()),
        exceptions=tuple(row.as_exceptional() for row in service.exceptions.all()),
        on_holidays=service.on_holidays,
        by_appointment=service.by_appointment,
        paused=service.status == service.Status.PAUSED,
    )
