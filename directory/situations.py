"""Situations: what stands behind the words that people type, and which help fits it.

Not translatable: an example sentence has the one language it is typed in, everything else is the
same everywhere. The matching is in `directory.phrases`, what follows from it in
`directory.finding`.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import TranslatableField

from directory.codes import code_of_choice

AUDIENCES = [
    ("anyone", _("anyone")),
    ("adults", _("adults")),
    ("women", _("women")),
    ("men", _("men")),
    ("children", _("children and teenagers")),
    ("older", _("older people")),
    ("relatives", _("family and friends")),
    ("violent", _("people who want to change their behaviour")),
    ("professionals", _("professionals")),
]


class Audience(Orderable):
    """Whom a service is for. No row at all: not known, so nobody is kept away."""

    service = ParentalKey("directory.Service", on_delete=models.CASCADE, related_name="audiences")
    code = models.CharField(_("For whom"), max_length=16, choices=AUDIENCES)

    panels = [FieldPanel("code")]

    class Meta(Orderable.Meta):
        verbose_name = _("For whom")
        verbose_name_plural = _("For whom")
        constraints = [
            models.UniqueConstraint(fields=["service", "code"], name="audience_once_a_service")
        ]


class Situation(ClusterableModel):
    """What happens to a person, with the help that fits."""

    key = models.SlugField(_("Key"), max_length=24, unique=True)
    weight = models.PositiveSmallIntegerField(
        _("Weight in percent"),
        default=100,
        validators=[MaxValueValidator(200)],
        help_text=_("100 is usual. 0 switches the situation off without losing its sentences."),
    )
    note = models.TextField(
        _("Note"),
        blank=True,
        help_text=_("For colleagues: who wrote the sentences, what was agreed. Never shown."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("Order"),
        default=0,
        help_text=_("In the question “What is happening?”: the most frequent first."),
    )
    # Every save of the snippet sets it: the processes see that the sentences are to be read anew.
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("Situation")
        verbose_name_plural = _("Situations")
        ordering = ["sort_order", "key"]

    def __str__(self):
        return self.key

    @property
    def code(self) -> str:
        """Stands for the situation in addresses and says nothing."""
        return code_of_choice("situation", self.key)


class SituationText(TranslatableMixin, models.Model):
    """How a person in this situation would say it: a choice of the guided path, in one language."""

    situation = models.ForeignKey(
        Situation, verbose_name=_("Situation"), on_delete=models.CASCADE, related_name="texts"
    )
    label = models.CharField(_("Label"), max_length=120)

    panels = [FieldPanel("situation"), FieldPanel("label")]
    translatable_fields = [TranslatableField("label")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("Words of a situation")
        verbose_name_plural = _("Words of situations")
        unique_together = [("translation_key", "locale"), ("situation", "locale")]

    def __str__(self):
        return self.label


class SituationNeed(Orderable):
    """A need of somebody in this situation."""

    class Fit(models.IntegerChoices):
        FIRST = 3, _("call this first")
        SECOND = 2, _("right, second")
        MAY_HELP = 1, _("may help")

    situation = ParentalKey(Situation, on_delete=models.CASCADE, related_name="situation_needs")
    need = models.ForeignKey("directory.Need", verbose_name=_("Need"), on_delete=models.CASCADE)
    fit = models.PositiveSmallIntegerField(_("How it fits"), choices=Fit.choices)

    panels = [FieldPanel("need"), FieldPanel("fit")]

    class Meta(Orderable.Meta):
        verbose_name = _("Need")
        verbose_name_plural = _("Needs")
        constraints = [models.UniqueConstraint(fields=["situation", "need"], name="one_fit_a_need")]


class SituationAudience(Orderable):
    """Whom the help must be for; no row means everybody."""

    situation = ParentalKey(Situation, on_delete=models.CASCADE, related_name="audiences")
    code = models.CharField(_("For whom"), max_length=16, choices=AUDIENCES)

    panels = [FieldPanel("code")]

    class Meta(Orderable.Meta):
        verbose_name = _("For whom")
        verbose_name_plural = _("For whom")
        constraints = [
            models.UniqueConstraint(fields=["situation", "code"], name="audience_once_a_situation")
        ]


class SituationExample(Orderable):
    """A sentence as people type it: short, misspelt, without marks."""

    situation = ParentalKey(Situation, on_delete=models.CASCADE, related_name="examples")
    language = models.CharField(
        _("Language"),
        max_length=8,
        choices=[
            choice for choice in settings.LANGUAGES if choice[0] not in settings.LANGUAGE_TAGS
        ],
    )
    text = models.CharField(_("Sentence"), max_length=120)
    # Its meaning (directory.vectors), and of which model and text that is.
    vector = models.BinaryField(default=bytes, blank=True)
    vector_key = models.CharField(max_length=24, blank=True, editable=False)

    panels = [FieldPanel("language"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("Example sentence")
        verbose_name_plural = _("Example sentences")

    def __str__(self):
        return self.text


class SituationPin(Orderable):
    """A service that stands at the top for this situation until a day."""

    situation = ParentalKey(Situation, on_delete=models.CASCADE, related_name="pins")
    service = models.ForeignKey(
        "directory.Service", verbose_name=_("Service"), on_delete=models.CASCADE, related_name="+"
    )
    expires_on = models.DateField(
        _("Pinned until"), help_text=_("A pin that never ends is forgotten: give it a last day.")
    )
    strength = models.PositiveSmallIntegerField(
        _("Strength in percent"),
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    panels = [FieldPanel("service"), FieldPanel("expires_on"), FieldPanel("strength")]

    class Meta(Orderable.Meta):
        verbose_name = _("Pinned service")
        verbose_name_plural = _("Pinned services")


class SituationPage(Orderable):
    """A page to read that stands before the others for this situation until a day.

    Every language of the page counts: a reader gets hers.
    """

    situation = ParentalKey(Situation, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("Page"), on_delete=models.CASCADE, related_name="+"
    )
    expires_on = models.DateField(
        _("Pinned until"), help_text=_("A pin that never ends is forgotten: give it a last day.")
    )

    panels = [FieldPanel("page"), FieldPanel("expires_on")]

    class Meta(Orderable.Meta):
        verbose_name = _("Pinned page")
        verbose_name_plural = _("Pinned pages")
