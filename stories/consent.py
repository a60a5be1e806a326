"""What a person agreed to: for how long, in which language and where, and to which words.

No name is kept here and no way to reach the person: `reference` leads to the paper in the safe.
GDPR art. 7(1) asks for proof of the consent, 7(3) for a withdrawal as easy as giving it.
"""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

WEB = "web"
# The least level of consent (none, statistics, composite, site, city, …) that opens a channel.
LEVEL_OF_CHANNEL = {WEB: 3, "print": 4, "social": 4, "event": 4, "media": 6}


def in_twelve_months(day: datetime.date) -> datetime.date:
    """The last day of a consent given on this day; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


class ConsentQuerySet(models.QuerySet):
    def of(self, story) -> "ConsentQuerySet":
        """Whatever was ever agreed about this story, in all languages."""
        return self.filter(story_key=story.translation_key)

    def valid(self, today: datetime.date | None = None) -> "ConsentQuerySet":
        """Given, not withdrawn, not past its last day."""
        today = today or timezone.localdate()
        return self.filter(given_on__lte=today, expires_on__gte=today, withdrawn_on=None)


class Consent(ClusterableModel):
    """One signed paper. Rows are added and withdrawn, never changed: they are a record."""

    class Level(models.IntegerChoices):
        SITE = 3, _("3: this site, without names")
        CITY = 4, _("4: also on paper and in the city’s channels")
        VOICED = 5, _("5: also quoted by a voice or a drawing")
        MEDIA = 6, _("6: also offered to the media by us")

    class Method(models.TextChoices):
        PAPER = "paper", _("on paper")
        SIGNED = "e-sign", _("signed electronically")
        RECORDED = "recorded", _("recorded")

    class Picture(models.TextChoices):
        NONE = "none", _("no picture")
        DRAWING = "drawing", _("a drawing")
        PHOTOGRAPH = "photo", _("a photograph without a person")

    story_key = models.UUIDField(_("Story"), editable=False, db_index=True)
    reference = models.CharField(
        _("Reference of the paper"),
        max_length=30,
        unique=True,
        validators=[
            RegexValidator(
                r"^[A-Z]{0,4}[-/]?\d[\d/-]*$",
                _("At most four capital letters, then digits: “P-2026/014”. Never a name."),
            )
        ],
        help_text=_("The number of the paper in the safe. Never a name, never initials."),
    )
    form_version = models.CharField(_("Form"), max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(_("Level"), choices=Level.choices, default=Level.SITE)
    method = models.CharField(_("How"), max_length=8, choices=Method.choices)
    picture = models.CharField(
        _("Picture"), max_length=8, choices=Picture.choices, default=Picture.NONE
    )
    is_adult = models.BooleanField(_("The person is of age"), default=False)
    has_read = models.BooleanField(
        _("The person has read the final text and knows what may follow"), default=False
    )
    given_on = models.DateField(_("Given on"), default=timezone.localdate)
    expires_on = models.DateField(
        _("Last day"), blank=True, help_text=_("Empty: twelve months later. Never longer.")
    )
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Recorded by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Consent")
        verbose_name_plural = _("Consents")
        ordering = ["-given_on", "-pk"]
        default_permissions = ("add", "view")
        permissions = [("withdraw_consent", "Can withdraw a story for good")]

    def __str__(self):
        return self.reference

    def full_clean(self, *args, **kwargs):
        if self.given_on and not self.expires_on:
            self.expires_on = in_twelve_months(self.given_on)
        super().full_clean(*args, **kwargs)

    def clean(self):
        super().clean()
        mistakes = {}
        if self.given_on and self.given_on > timezone.localdate():
            mistakes["given_on"] = _("This day is still to come.")
        if (
            self.given_on
            and self.expires_on
            and not self.given_on < self.expires_on <= in_twelve_months(self.given_on)
        ):
            mistakes["expires_on"] = _("A consent lasts twelve months at most.")
        if not self.is_adult:
            mistakes["is_adult"] = _("Stories of people who are not of age are not published.")
        if not self.has_read:
            mistakes["has_read"] = _("Without this there is no consent.")
        if mistakes:
            raise ValidationError(mistakes)

    def save(self, *args, **kwargs):
        if not self.expires_on:
            self.expires_on = in_twelve_months(self.given_on)
        super().save(*args, **kwargs)

    @property
    def state(self) -> str:
        """One word for lists."""
        if self.withdrawn_on:
            return _("withdrawn")
        return _("expired") if self.expires_on < timezone.localdate() else _("valid")


class ApprovedText(models.Model):
    """The words that were approved, in one language for one channel, as a fingerprint."""

    class Channel(models.TextChoices):
        WEB = WEB, _("this site")
        PRINT = "print", _("on paper")
        SOCIAL = "social", _("social networks of the city")
        EVENT = "event", _("events")
        MEDIA = "media", _("media")

    consent = ParentalKey(Consent, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("Language"), max_length=10, choices=settings.LANGUAGES)
    channel = models.CharField(
        _("Where"), max_length=8, choices=Channel.choices, default=Channel.WEB
    )
    text_hash = models.CharField(_("Fingerprint of the text"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("Approved text")
        verbose_name_plural = _("Approved texts")
        constraints = [
            models.UniqueConstraint(
                fields=["consent", "language", "channel"], name="one_text_a_language_and_channel"
            )
        ]

    def __str__(self):
        return f"{self.language}, {self.get_channel_display()}: {self.text_hash[:12]}"


def approvals(story, today: datetime.date | None = None):
    """Valid approvals of this story for this site in the story's own language."""
    consents = Consent.objects.of(story).valid(today)
    return ApprovedText.objects.filter(
        Q(consent__in=consents), language=story.locale.language_code, channel=WEB
    )
