"""The bank of facts: every figure that the site quotes, once, with definition, source and year.

What is the same in every language stands in `Fact`, which is not translatable; only `FactText`
holds words. A correction is right on every page in every language at once (decision 0005).
"""

import datetime
import re
import uuid

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import ReferenceIndex, TranslatableMixin
from wagtail_localize.fields import TranslatableField

from pages.words_form import WordsForm

PLACEHOLDER = "{value}"
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_DECIMALS = 2
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]


def in_a_year() -> datetime.date:
    """The day on which a new fact is to be looked at again."""
    return timezone.localdate() + datetime.timedelta(days=365)


def validate_sentence(sentence: str) -> None:
    """The number has its place in the sentence exactly once, and nothing else is in braces."""
    if re.findall(r"\{[^}]*\}?|\}", sentence) != [PLACEHOLDER]:
        raise ValidationError(
            _("Write %(placeholder)s where the number stands, exactly once."),
            params={"placeholder": PLACEHOLDER},
        )


class FactQuerySet(models.QuerySet):
    """Facts as those who look after them ask for them."""

    def overdue(self):
        """To be looked at again since a day that is past, the oldest first."""
        return self.filter(review_due__lt=timezone.localdate()).order_by("review_due", "key")

    def matching(self, words: str):
        """Those with these characters in key, source or a sentence, quotation marks included."""
        spoken = FactText.objects.filter(sentence__icontains=words).values("fact")
        return self.filter(Q(key__icontains=words) | Q(source__icontains=words) | Q(pk__in=spoken))


class Fact(models.Model):
    """One figure: value, unit, period, source. Its words are in FactText."""

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        PEOPLE = "people", _("people")
        COUNT = "count", _("count")
        ONE_IN = "one_in", _("one in so many")
        EURO = "euro", _("euro")
        MILLION_EURO = "million", _("million euros")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(
        _("Key"),
        max_length=60,
        unique=True,
        help_text=_("By which editors know it. Visitors never see it."),
    )
    value = models.DecimalField(_("Figure"), max_digits=14, decimal_places=MOST_DECIMALS)
    second_value = models.DecimalField(
        _("Upper end of a range"),
        max_digits=14,
        decimal_places=MOST_DECIMALS,
        null=True,
        blank=True,
        help_text=_("Only where the source gives a range."),
    )
    precision = models.PositiveSmallIntegerField(
        _("Decimals"),
        default=0,
        validators=[MaxValueValidator(MOST_DECIMALS)],
        help_text=_("As many as the source prints."),
    )
    unit = models.CharField(_("Unit"), max_length=8, choices=Unit.choices)
    base = models.PositiveIntegerField(
        _("Total asked or counted"),
        null=True,
        blank=True,
        help_text=_("Of how many the figure is a part, where the source says so."),
    )
    year_from = models.PositiveSmallIntegerField(
        _("Year of the data"), validators=YEARS, help_text=_("When it was asked or counted.")
    )
    year_to = models.PositiveSmallIntegerField(
        _("Last year of the data"),
        null=True,
        blank=True,
        validators=YEARS,
        help_text=_("Only where the data come from several years."),
    )
    source = models.CharField(
        _("Source"),
        max_length=200,
        help_text=_("Who counted, as it is published. It is not translated."),
    )
    source_year = models.PositiveSmallIntegerField(_("Year of the source"), validators=YEARS)
    source_address = models.URLField(
        _("Address of the source"),
        max_length=300,
        blank=True,
        help_text=_("Where it was read. Readers get a link only if it does not tell the subject."),
    )
    read_in = models.CharField(
        _("Read in a secondary source"),
        max_length=120,
        blank=True,
        help_text=_("Who quotes the original. Empty: somebody has read the original itself."),
    )
    newer = models.ForeignKey(
        "self",
        verbose_name=_("Newer data"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("A fact that says more of today: it stands below wherever this one is quoted."),
    )
    review_due = models.DateField(_("To be looked at again on"), default=in_a_year)
    checked_on = models.DateField(
        _("Checked on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody compared it with the source."),
    )

    objects = FactQuerySet.as_manager()

    panels = [
        FieldPanel("key"),
        FieldRowPanel(
            [FieldPanel("value"), FieldPanel("second_value"), FieldPanel("precision")],
            heading=_("Figure"),
        ),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("base")]),
        FieldRowPanel([FieldPanel("year_from"), FieldPanel("year_to")]),
        FieldPanel("newer"),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldPanel("source_year"),
                FieldPanel("source_address"),
                FieldPanel("read_in"),
            ],
            heading=_("Source"),
        ),
        MultiFieldPanel(
            [FieldPanel("checked_on"), FieldPanel("review_due")], heading=_("Is it right?")
        ),
    ]

    class Meta:
        verbose_name = _("Fact")
        verbose_name_plural = _("Facts")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(name="fact_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="fact_source_year_plausible",
                condition=Q(source_year__range=(FIRST_YEAR, LAST_YEAR)),
            ),
            models.CheckConstraint(
                name="fact_year_plausible", condition=Q(year_from__range=(FIRST_YEAR, LAST_YEAR))
            ),
            models.CheckConstraint(
                name="fact_years_in_order",
                condition=Q(year_to__isnull=True)
                | Q(year_to__gt=F("year_from"), year_to__lte=LAST_YEAR),
            ),
            models.CheckConstraint(
                name="fact_range_in_order",
                condition=Q(second_value__isnull=True) | Q(second_value__gt=F("value")),
            ),
            models.CheckConstraint(
                name="fact_decimals_as_stored", condition=Q(precision__lte=MOST_DECIMALS)
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def secondary(self) -> bool:
        return bool(self.read_in)

    @property
    def overdue(self) -> bool:
        return self.review_due < timezone.localdate()

    def clean(self):
        super().clean()
        mistakes = {}
        if None not in (self.value, self.second_value) and self.second_value <= self.value:
            mistakes["second_value"] = _("The upper end lies above the figure, or stays empty.")
        if None not in (self.year_from, self.year_to) and self.year_to <= self.year_from:
            mistakes["year_to"] = _("The last year comes after the first, or stays empty.")
        if self.checked_on and self.checked_on > timezone.localdate():
            mistakes["checked_on"] = _("This day is still to come.")
        if self.newer_id and self.newer_id == self.pk:
            mistakes["newer"] = _("Choose another fact than this one.")
        mistakes |= self._lost_decimals()
        if mistakes:
            raise ValidationError(mistakes)

    def _lost_decimals(self) -> dict:
        """A value that would be printed shorter than it is stored would be another value."""
        if self.precision is None or self.precision > MOST_DECIMALS:
            return {}
        values = [value for value in (self.value, self.second_value) if value is not None]
        if all(round(value, self.precision) == value for value in values):
            return {}
        return {"precision": _("The figure has more decimals than would be printed.")}

    def used_on(self) -> list:
        """The pages and other things that quote this fact, each once.

        As Wagtail's reference index knows them: what is saved, not what stands in a draft alone.
        A fact that names this one as newer is kept by its foreign key.
        """
        uses = ReferenceIndex.get_references_to(self).exclude(
            base_content_type__app_label="pages", base_content_type__model__in=("fact", "facttext")
        )
        keys = uses.values_list("base_content_type", "object_id").distinct()
        found = []
        for content_type, identity in keys:
            model = ContentType.objects.get_for_id(content_type).model_class()
            found += model._default_manager.filter(pk=identity)
        return found


def refuse_while_used(sender, instance: Fact, **kwargs) -> None:
    """Receiver of pre_delete: what a page quotes may not be taken from under it."""
    users = instance.used_on()
    if users:
        raise ProtectedError("A fact cannot be deleted while it is quoted.", set(users))


class FactText(TranslatableMixin, models.Model):
    """The words of a fact in one language."""

    fact = models.ForeignKey(
        Fact, verbose_name=_("Fact"), on_delete=models.CASCADE, related_name="texts"
    )
    sentence = models.CharField(
        _("Sentence"),
        max_length=300,
        validators=[validate_sentence],
        help_text=_(
            "With {value} where the number stands. Word it so that another number fits as well."
        ),
    )
    definition = models.CharField(
        _("Definition"), max_length=400, help_text=_("What exactly was asked or counted.")
    )
    population = models.CharField(
        _("Population"), max_length=120, help_text=_("Whom or what: women aged 18–74.")
    )
    place = models.CharField(_("Place"), max_length=80)
    doubt = models.CharField(
        _("Doubt"),
        max_length=300,
        blank=True,
        help_text=_("What is not certain, or that there are newer data."),
    )

    base_form_class = WordsForm
    panels = [
        FieldPanel("fact"),
        FieldPanel("sentence"),
        FieldPanel("definition"),
        FieldPanel("population"),
        FieldPanel("place"),
        FieldPanel("doubt"),
    ]
    translatable_fields = [
        TranslatableField(name)
        for name in ("sentence", "definition", "population", "place", "doubt")
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("Words of a fact")
        verbose_name_plural = _("Words of facts")
        unique_together = [("translation_key", "locale"), ("fact", "locale")]
        constraints = [
            models.CheckConstraint(
                name="sentence_has_a_place_for_the_value",
                condition=Q(sentence__contains=PLACEHOLDER),
            )
        ]

    def __str__(self):
        return self.sentence
