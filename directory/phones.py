"""Numbers of a service: stored once, the same in every language."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from directory import numbers
from pages.fields import CodesField

# What people speak or sign to is chosen from the languages of the site; easy reading is a way of
# writing, not a language.
LANGUAGES = [choice for choice in settings.LANGUAGES if choice[0] not in settings.LANGUAGE_TAGS]


class Phone(Orderable):
    """A number of a service. Every null answer means: not known, so a visitor is told to ask."""

    class AnsweredBy(models.TextChoices):
        DISPATCHER = "dispatcher", _("a dispatcher")
        POLICE = "police", _("a police officer")
        SPECIALIST = "specialist", _("a specialist: psychologist, social worker or lawyer")
        VOLUNTEER = "volunteer", _("a trained volunteer")
        OFFICE = "office", _("the office")
        MACHINE = "machine", _("an answering machine; somebody calls back")

    class Kind(models.TextChoices):
        VOICE = "voice", _("calls")
        TEXT = "text", _("text messages only")
        VOICE_AND_TEXT = "both", _("calls and text messages")

    service = ParentalKey("directory.Service", on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(_("Number"), max_length=20)
    place_key = models.SlugField(
        _("Which number"), max_length=24, blank=True, help_text=_("Key of its words in the texts.")
    )
    kind = models.CharField(_("For"), max_length=8, choices=Kind.choices, default=Kind.VOICE)
    answered_by = models.CharField(
        _("Who answers"), max_length=12, choices=AnsweredBy.choices, blank=True
    )
    languages = CodesField(
        _("Languages"),
        choices=LANGUAGES,
        help_text=_("Only where they differ from the languages of the service."),
    )
    free = models.BooleanField(_("The call is free"), null=True, blank=True)
    anonymous = models.BooleanField(_("No name is asked"), null=True, blank=True)
    safe_to_text = models.BooleanField(
        _("A text message can be sent"),
        null=True,
        blank=True,
        help_text=_("Yes only where somebody reads and answers it."),
    )
    shown_on_bill = models.BooleanField(_("Shown on the bill"), null=True, blank=True)
    since_year = models.PositiveSmallIntegerField(_("Year of the source"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("number"), FieldPanel("place_key")]),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("answered_by")]),
        FieldPanel("languages"),
        FieldRowPanel([FieldPanel("free"), FieldPanel("anonymous")]),
        FieldRowPanel([FieldPanel("safe_to_text"), FieldPanel("shown_on_bill")]),
        FieldPanel("since_year"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("Number")
        verbose_name_plural = _("Numbers")

    def __str__(self):
        return self.number

    @property
    def is_for_text(self) -> bool:
        """True where a call is not answered."""
        return self.kind == self.Kind.TEXT

    def clean(self):
        super().clean()
        try:
            self.number = numbers.normalise(self.number)
        except ValidationError as error:
            raise ValidationError({"number": error}) from error


class SpokenLanguage(Orderable):
    """A language in which somebody answers, himself or through an interpreter.

    No row at all: not known.
    """

    service = ParentalKey("directory.Service", on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(_("Language"), max_length=8, choices=LANGUAGES)
    by_interpreter = models.BooleanField(_("Through an interpreter"), default=False)

    panels = [FieldRowPanel([FieldPanel("code"), FieldPanel("by_interpreter")])]

    class Meta(Orderable.Meta):
        verbose_name = _("Spoken language")
        verbose_name_plural = _("Spoken languages")
        constraints = [
            models.UniqueConstraint(fields=["service", "code"], name="language_once_a_service")
        ]
