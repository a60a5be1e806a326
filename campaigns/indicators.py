"""Indicators of the plans: what is measured, where it began, where it is to go, what is known.

Numbers, years and sources stand once, in `Indicator` and its rows of values; only `IndicatorText`
holds words (decision 0005). A number of people below five is never shown, as in official
statistics: in a small town it tells who they are.
"""

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import RevisionMixin, TranslatableMixin
from wagtail_localize.fields import TranslatableField

from pages.facts import FIRST_YEAR, LAST_YEAR, MOST_DECIMALS, YEARS, in_a_year
from pages.models import BodyPage
from pages.words_form import WordsForm

# Fewer people than this could be recognised.
FEWEST_SHOWN = 5


class IndicatorForm(WagtailAdminModelForm):
    """Notes who entered a value and when; a new row is judged by the indicator it belongs to."""

    def is_valid(self):
        # The indicator's own fields are read first: they say which unit a row's value has.
        self.full_clean()
        for row in self.formsets["values"].forms:
            row.instance.indicator = self.instance
        return super().is_valid()

    def save(self, commit=True):
        for row in self.formsets["values"].forms:
            if row.has_changed():
                row.instance.entered_by = self.for_user
                row.instance.entered_at = timezone.now()
        return super().save(commit)


class IndicatorQuerySet(models.QuerySet):
    """Indicators as those who look after them ask for them."""

    def overdue(self):
        """To be looked at again since a day that is past."""
        return self.filter(review_due__lt=timezone.localdate())


class Indicator(RevisionMixin, ClusterableModel):
    """One thing that is measured: unit, start, target, source. Its words are in IndicatorText."""

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        PEOPLE = "people", _("people")
        COUNT = "count", _("count")
        POINTS = "points", _("points out of 100")

    class Rhythm(models.TextChoices):
        QUARTER = "quarter", _("every quarter")
        HALF_YEAR = "half-year", _("every half-year")
        YEAR = "year", _("every year")

    class Direction(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")
        # More reports can mean more harm or more trust: a number alone does not say.
        NEITHER = "neither", _("the number alone does not say")

    class Level(models.TextChoices):
        COUNTRY = "country", _("the whole country")
        CITY = "city", _("the city")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(
        _("Code"),
        max_length=60,
        unique=True,
        help_text=_("By which editors know it. Visitors never see it."),
    )
    level = models.CharField(_("Counted for"), max_length=8, choices=Level.choices)
    unit = models.CharField(_("Unit"), max_length=8, choices=Unit.choices)
    precision = models.PositiveSmallIntegerField(
        _("Decimals"),
        default=0,
        validators=[MaxValueValidator(MOST_DECIMALS)],
        help_text=_("As many as the source prints."),
    )
    rhythm = models.CharField(_("How often"), max_length=9, choices=Rhythm.choices)
    direction = models.CharField(_("Which way is better"), max_length=8, choices=Direction.choices)
    baseline = models.DecimalField(
        _("Value at the start"),
        max_digits=14,
        decimal_places=MOST_DECIMALS,
        null=True,
        blank=True,
        help_text=_("Empty where nobody has counted yet: the page says so."),
    )
    baseline_year = models.PositiveSmallIntegerField(
        _("Year of the start"), null=True, blank=True, validators=YEARS
    )
    target = models.DecimalField(
        _("Target"),
        max_digits=14,
        decimal_places=MOST_DECIMALS,
        null=True,
        blank=True,
        help_text=_("Empty where the plan names no number: its words stand in the texts."),
    )
    target_year = models.PositiveSmallIntegerField(
        _("Year of the target"), null=True, blank=True, validators=YEARS
    )
    source = models.CharField(
        _("Source"),
        max_length=200,
        help_text=_("The plan that names this indicator. It is not translated."),
    )
    source_year = models.PositiveSmallIntegerField(_("Year of the source"), validators=YEARS)
    review_due = models.DateField(_("To be looked at again on"), default=in_a_year)

    objects = IndicatorQuerySet.as_manager()
    base_form_class = IndicatorForm

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("level")]),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("precision")]),
        FieldRowPanel([FieldPanel("rhythm"), FieldPanel("direction")]),
        FieldRowPanel([FieldPanel("baseline"), FieldPanel("baseline_year")], heading=_("Start")),
        FieldRowPanel([FieldPanel("target"), FieldPanel("target_year")], heading=_("Target")),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("source_year"), FieldPanel("review_due")],
            heading=_("Source"),
        ),
        InlinePanel(
            "values",
            label=_("Value"),
            heading=_("Values"),
            help_text=_(
                "A row for each period; earlier rows stay. Fewer than five people are not shown "
                "to visitors."
            ),
        ),
    ]

    class Meta:
        verbose_name = _("Indicator")
        verbose_name_plural = _("Indicators")
        ordering = ["level", "pk"]
        constraints = [
            models.CheckConstraint(name="indicator_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="indicator_start_has_a_year",
                condition=Q(baseline__isnull=True, baseline_year__isnull=True)
                | Q(
                    baseline__isnull=False,
                    baseline_year__isnull=False,
                    baseline_year__range=(FIRST_YEAR, LAST_YEAR),
                ),
            ),
            models.CheckConstraint(
                name="indicator_target_has_a_year",
                condition=Q(target__isnull=True, target_year__isnull=True)
                | Q(
                    target__isnull=False,
                    target_year__isnull=False,
                    target_year__range=(FIRST_YEAR, LAST_YEAR),
                ),
            ),
            models.CheckConstraint(
                name="indicator_years_in_order",
                condition=Q(baseline_year__isnull=True)
                | Q(target_year__isnull=True)
                | Q(target_year__gt=F("baseline_year")),
            ),
        ]

    def __str__(self):
        return self.code

    @property
    def overdue(self) -> bool:
        return self.review_due < timezone.localdate()

    def clean(self):
        super().clean()
        mistakes = {}
        years = (self.baseline_year, self.target_year)
        if None not in years and self.target_year <= self.baseline_year:
            mistakes["target_year"] = _("The target lies after the start.")
        for name, year in (("baseline", "baseline_year"), ("target", "target_year")):
            value = getattr(self, name)
            if value is not None and getattr(self, year) is None:
                mistakes[year] = _("A number without a year says nothing.")
            if value is None and getattr(self, year) is not None:
                mistakes[name] = _("There is a year without a number.")
            if fault := self.fault_of(value):
                mistakes[name] = fault
        if mistakes:
            raise ValidationError(mistakes)

    def fault_of(self, value: Decimal | None):
        """What is wrong with a number of this unit, or None."""
        if value is None or self.precision is None:
            return None
        if value < 0:
            return _("A count is never below zero.")
        if self.unit in (self.Unit.PERCENT, self.Unit.POINTS) and value > 100:
            return _("There is no more than 100 of a hundred.")
        if self.precision <= MOST_DECIMALS and round(value, self.precision) != value:
            return _("The figure has more decimals than would be printed.")
        return None


class IndicatorValue(models.Model):
    """What was measured in one period, by whom it is told, who entered it."""

    indicator = ParentalKey(Indicator, on_delete=models.CASCADE, related_name="values")
    value = models.DecimalField(_("Value"), max_digits=14, decimal_places=MOST_DECIMALS)
    period_from = models.DateField(_("First day of the period"))
    period_to = models.DateField(_("Last day of the period"))
    source = models.CharField(
        _("Source"), max_length=200, help_text=_("Who counted. It is not translated.")
    )
    source_year = models.PositiveSmallIntegerField(_("Year of the source"), validators=YEARS)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("Entered by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    entered_at = models.DateTimeField(_("Entered at"), default=timezone.now, editable=False)

    panels = [
        FieldPanel("value"),
        FieldRowPanel([FieldPanel("period_from"), FieldPanel("period_to")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("source_year")]),
    ]

    class Meta:
        verbose_name = _("Value of an indicator")
        ordering = ["-period_to", "-entered_at"]
        constraints = [
            models.CheckConstraint(name="value_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="value_period_in_order", condition=Q(period_to__gte=F("period_from"))
            ),
        ]

    def __str__(self):
        return f"{self.value} ({self.period_from}–{self.period_to})"

    def clean(self):
        super().clean()
        mistakes = {}
        if None not in (self.period_from, self.period_to) and self.period_to < self.period_from:
            mistakes["period_to"] = _("The last day comes after the first.")
        elif self.period_to and self.period_to > timezone.localdate():
            mistakes["period_to"] = _("This day is still to come.")
        if fault := self.indicator.fault_of(self.value):
            mistakes["value"] = fault
        if mistakes:
            raise ValidationError(mistakes)


class IndicatorText(TranslatableMixin, models.Model):
    """The words of an indicator in one language; no number stands in them."""

    base_form_class = WordsForm

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("Indicator"), on_delete=models.CASCADE, related_name="texts"
    )
    name = models.CharField(_("Name"), max_length=160, help_text=_("What is measured."))
    definition = models.CharField(
        _("Definition"),
        max_length=400,
        blank=True,
        help_text=_("What exactly was asked or counted."),
    )
    goal = models.CharField(
        _("Aim in words"),
        max_length=200,
        blank=True,
        help_text=_("Where the plan names no number: what is to be reached."),
    )
    counted_by = models.CharField(
        _("Who counts"), max_length=200, blank=True, help_text=_("Offices with their full names.")
    )
    doubt = models.CharField(
        _("Doubt"), max_length=300, blank=True, help_text=_("What is not certain.")
    )

    panels = [
        FieldPanel("indicator"),
        FieldPanel("name"),
        FieldPanel("definition"),
        FieldPanel("goal"),
        FieldPanel("counted_by"),
        FieldPanel("doubt"),
    ]
    translatable_fields = [
        TranslatableField(name) for name in ("name", "definition", "goal", "counted_by", "doubt")
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("Words of an indicator")
        verbose_name_plural = _("Words of indicators")
        unique_together = [("translation_key", "locale"), ("indicator", "locale")]

    def __str__(self):
        return self.name


class IndicatorsPage(BodyPage):
    """Progress of every indicator: start, newest value, target, and where nothing is known."""

    template = "campaigns/indicators.html"
    parent_page_types = ["pages.ContentPage"]
    subpage_types: list[str] = []
    translatable_fields = [*BodyPage.base_translatable_fields]

    class Meta:
        verbose_name = _("Page of indicators")

    def get_context(self, request, *args, **kwargs):
        from campaigns import progress

        context = super().get_context(request, *args, **kwargs)
        context["groups"] = progress.groups()
        return context

    def searched_words(self) -> list[str]:
        texts = IndicatorText.objects.filter(locale=self.locale)
        return [word for pair in texts.values_list("name", "definition") for word in pair]
