"""A reader says whether a number was right. Nothing about the reader is kept, not even the hour."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Report(models.Model):
    """One answer to "Was this number right?". It changes nothing on the site by itself."""

    class Answer(models.TextChoices):
        RIGHT = "right", _("The number was right")
        WRONG = "wrong", _("The number was wrong")
        NOBODY = "nobody", _("Nobody answered")
        OTHER = "other", _("Something else on this page is wrong")

    service = models.ForeignKey(
        "directory.Service",
        verbose_name=_("Service"),
        on_delete=models.CASCADE,
        related_name="reports",
    )
    answer = models.CharField(_("Answer"), max_length=8, choices=Answer.choices)
    text = models.CharField(_("In the reader’s words"), max_length=300, blank=True)
    reported_on = models.DateField(_("Day"), default=timezone.localdate, editable=False)
    settled = models.BooleanField(_("Looked into"), default=False)

    class Meta:
        verbose_name = _("Report of a reader")
        verbose_name_plural = _("Reports of readers")
        ordering = ["settled", "-reported_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "answer", "text", "reported_on"], name="report_once_a_day"
            )
        ]

    def __str__(self):
        return self.get_answer_display()
