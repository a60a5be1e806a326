"""Who confirmed what about a service, and when: apart from the day on which a record was saved.

A page that was saved yesterday may hold a number that died last year; only a verification moves
the date that visitors read.
"""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from pages.fields import CodesField

CONFIRMED = [
    ("numbers", _("Numbers")),
    ("hours", _("Hours")),
    ("languages", _("Languages")),
    ("for_whom", _("For whom")),
    ("price", _("Price and referral")),
    ("place", _("Place")),
]
# Crisis services are asked again within a month, others within half a year.
DUE_AFTER = {0: 30, 1: 30, 2: 90, 3: 180}


class Verification(models.Model):
    """One conversation, letter or visit. Rows are added, never changed: they are a record."""

    class Method(models.TextChoices):
        PHONED = "phoned", _("by phone")
        WRITTEN = "written", _("in writing")
        VISITED = "visited", _("on a visit")
        READ = "read", _("read on their own page")

    service = models.ForeignKey(
        "directory.Service",
        verbose_name=_("Service"),
        on_delete=models.CASCADE,
        related_name="verifications",
    )
    verified_on = models.DateField(_("Confirmed on"), default=timezone.localdate)
    method = models.CharField(_("How"), max_length=8, choices=Method.choices)
    confirmed = CodesField(_("What was confirmed"), choices=CONFIRMED)
    next_due = models.DateField(
        _("To be asked again on"),
        null=True,
        blank=True,
        help_text=_("Empty: set by the urgency of the service."),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("service"),
        FieldPanel("verified_on"),
        FieldPanel("method"),
        FieldPanel("confirmed"),
        FieldPanel("next_due"),
    ]

    class Meta:
        verbose_name = _("Verification")
        verbose_name_plural = _("Verifications")
        ordering = ["-verified_on", "-pk"]

    def __str__(self):
        return f"{self.verified_on:%Y-%m-%d}"

    def save(self, *args, **kwargs):
        if self.next_due is None:
            days = DUE_AFTER[self.service.urgency]
            self.next_due = self.verified_on + datetime.timedelta(days=days)
        super().save(*args, **kwargs)
        self._tell_the_service()

    def clean(self):
        super().clean()
        mistakes = {}
        if self.verified_on and self.verified_on > timezone.localdate():
            mistakes["verified_on"] = _("This day is still to come.")
        if not self.confirmed:
            mistakes["confirmed"] = _("Choose what was confirmed, at least one thing.")
        if self.next_due and self.verified_on and self.next_due <= self.verified_on:
            mistakes["next_due"] = _("Ask again on a later day than that of the answer.")
        if mistakes:
            raise ValidationError(mistakes)

    @property
    def confirmed_in_words(self) -> str:
        labels = dict(CONFIRMED)
        return ", ".join(str(labels[code]) for code in self.confirmed if code in labels)

    def _tell_the_service(self) -> None:
        """The numbers were confirmed: that is the date under them. It goes live at once, and a
        draft that waits keeps waiting."""
        if "numbers" not in self.confirmed:
            return
        service = self.service
        if service.confirmed_on is None or service.confirmed_on < self.verified_on:
            type(service).objects.filter(pk=service.pk).update(confirmed_on=self.verified_on)
            service.confirmed_on = self.verified_on
