"""Services and their words.

What is the same in every language (numbers, hours, needs, years) is stored once, in models that are
not translatable; only `ServiceText` and `NeedText` hold words (decision 0005).
"""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, Orderable, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import TranslatableField

from directory.facts import Facts
from directory.opening import HolidayRule
from directory.phones import Phone as Phone
from directory.phones import SpokenLanguage as SpokenLanguage
from directory.places import Area as Area
from directory.places import AreaText as AreaText
from directory.places import ConfidentialAddress as ConfidentialAddress
from directory.places import Place as Place
from directory.places import PlaceText as PlaceText
from directory.places import ServiceAtPlace as ServiceAtPlace
from directory.queries import ServiceQuerySet
from directory.reports import Report as Report
from directory.schedules import HOLIDAY_RULES
from directory.schedules import HoursException as HoursException
from directory.schedules import OpeningHours as OpeningHours
from directory.situations import Audience as Audience
from directory.situations import Situation as Situation
from directory.situations import SituationExample as SituationExample
from directory.situations import SituationPin as SituationPin
from directory.situations import SituationText as SituationText
from directory.terms import ServiceChannel as ServiceChannel
from directory.terms import ServiceFormOfViolence as ServiceFormOfViolence
from directory.terms import ServiceWayIn as ServiceWayIn
from directory.unanswered import UnansweredQuery as UnansweredQuery
from directory.verification import Verification as Verification
from pages import neutral
from pages.codes import code_of
from pages.models import BodyPage


class Organization(models.Model):
    """Who offers a service. Its name is not translated: it is said on the phone, read on a door."""

    name = models.CharField(_("Name"), max_length=160, unique=True)
    former_name = models.CharField(_("Former name"), max_length=160, blank=True)
    website = models.URLField(_("Website"), blank=True)

    panels = [FieldPanel("name"), FieldPanel("former_name"), FieldPanel("website")]

    class Meta:
        verbose_name = _("Organization")
        verbose_name_plural = _("Organizations")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Need(models.Model):
    """What a person needs, as a stable code; its words are in NeedText."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(_("Key"), max_length=24, unique=True)
    code = models.CharField(max_length=4, unique=True, editable=False)
    sort_order = models.PositiveSmallIntegerField(_("Order"), default=0)

    panels = [FieldPanel("key"), FieldPanel("sort_order")]

    class Meta:
        verbose_name = _("Need")
        verbose_name_plural = _("Needs")
        ordering = ["sort_order", "key"]

    def __str__(self):
        return self.key

    def save(self, *args, **kwargs):
        self.code = self.code or code_of(self.uuid, 4)
        super().save(*args, **kwargs)


class NeedText(TranslatableMixin, models.Model):
    """The words of a need in one language."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="texts")
    label = models.CharField(_("Label"), max_length=120)

    panels = [FieldPanel("need"), FieldPanel("label")]
    translatable_fields = [TranslatableField("label")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("Words of a need")
        verbose_name_plural = _("Words of needs")
        unique_together = [("translation_key", "locale"), ("need", "locale")]

    def __str__(self):
        return self.label


class Service(DraftStateMixin, RevisionMixin, Facts, ClusterableModel):
    """One service: what does not depend on language. Published when `live`."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        PAUSED = "paused", _("closed for a time")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Urgency(models.IntegerChoices):
        DANGER = 0, _("in danger now")
        SUPPORT = 1, _("somebody answers")
        CITY = 2, _("help in the city")
        LATER = 3, _("later or elsewhere")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("Code"), max_length=6, unique=True, editable=False)
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("Organization"),
        on_delete=models.PROTECT,
        related_name="services",
    )
    status = models.CharField(
        _("Status"), max_length=10, choices=Status.choices, default=Status.ACTIVE
    )
    urgency = models.PositiveSmallIntegerField(
        _("Urgency"),
        choices=Urgency.choices,
        default=Urgency.CITY,
        help_text=_("Decides the order of the list: danger first."),
    )
    needs = ParentalManyToManyField(Need, verbose_name=_("Needs"), blank=True)
    for_people_who_hurt = models.BooleanField(
        _("For people who hurt others"),
        default=False,
        help_text=_("Such a service never stands above help for someone who is hurt."),
    )
    by_appointment = models.BooleanField(
        _("By appointment only"),
        default=False,
        help_text=_("Nobody is received without one, whatever the hours are."),
    )
    on_holidays = models.CharField(
        _("On public holidays"),
        max_length=8,
        choices=HOLIDAY_RULES,
        default=HolidayRule.UNKNOWN.value,
        help_text=_("“Not known” counts as the weekday and says that the hours may differ."),
    )
    website = models.URLField(_("Website"), blank=True)
    email = models.EmailField(
        _("E-mail"),
        blank=True,
        help_text=_("A letter stays in the mailbox: give a number as well."),
    )
    minimum_age = models.PositiveSmallIntegerField(_("From the age of"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("To the age of"), null=True, blank=True)
    areas = ParentalManyToManyField(
        Area, verbose_name=_("For people who live in"), blank=True, related_name="services"
    )
    strip_order = models.PositiveSmallIntegerField(
        _("Place in the strip of urgent numbers"),
        null=True,
        blank=True,
        help_text=_("1 is first. Empty: not in the strip. Four fit on a phone."),
    )
    source = models.CharField(_("Source"), max_length=200)
    source_address = models.URLField(_("Address of the source"), blank=True)
    source_year = models.PositiveSmallIntegerField(
        _("Year of the source"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    # Written by a verification alone, never by saving the service.
    confirmed_on = models.DateField(_("Confirmed on"), null=True, blank=True, editable=False)
    valid_until = models.DateField(
        _("Valid until"), null=True, blank=True, help_text=_("Leaves the list after this day.")
    )
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("Replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Offered to who opens an old link of a withdrawn service."),
    )

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Service")
        verbose_name_plural = _("Services")
        ordering = ["for_people_who_hurt", "urgency", "pk"]
        constraints = [
            models.CheckConstraint(
                name="service_source_year_plausible", condition=Q(source_year__range=(2000, 2100))
            ),
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(minimum_age__lte=F("maximum_age")),
            ),
            models.CheckConstraint(
                name="service_of_who_hurts_not_in_strip",
                condition=~Q(for_people_who_hurt=True, strip_order__isnull=False),
            ),
        ]

    def __str__(self):
        # The oldest words are those of the source language.
        text = min(self.texts.all(), key=lambda text: text.pk, default=None)
        return f"{text.name if text else self.code} ({self.organization.name})"

    def clean(self):
        super().clean()
        mistakes = {}
        if None not in (self.minimum_age, self.maximum_age) and self.minimum_age > self.maximum_age:
            mistakes["maximum_age"] = _("This age lies below the other.")
        if self.for_people_who_hurt and self.strip_order is not None:
            mistakes["strip_order"] = _(
                "A service for people who hurt others never stands in the strip. Leave this empty."
            )
        if mistakes:
            raise ValidationError(mistakes)

    def save(self, *args, **kwargs):
        self.code = self.code or code_of(self.uuid)
        super().save(*args, **kwargs)

    def with_content_json(self, content):
        """A draft from before a verification must not take the date back when it is published."""
        found = super().with_content_json(content)
        found.confirmed_on = self.confirmed_on
        return found


class WordsReview(Orderable):
    """A native speaker has read the words of a service in one language."""

    service = ParentalKey(Service, on_delete=models.CASCADE, related_name="reviews")
    language = models.CharField(_("Language"), max_length=12, choices=settings.LANGUAGES)
    reviewed_by = models.CharField(_("Read by"), max_length=120)
    reviewed_on = models.DateField(_("Read on"))

    panels = [FieldPanel("language"), FieldPanel("reviewed_by"), FieldPanel("reviewed_on")]

    class Meta(Orderable.Meta):
        verbose_name = _("Review by a native speaker")
        verbose_name_plural = _("Reviews by native speakers")
        constraints = [
            models.UniqueConstraint(fields=["service", "language"], name="review_once_a_language")
        ]

    def __str__(self):
        return f"{self.language} – {self.reviewed_by}"


class ServiceText(TranslatableMixin, models.Model):
    """The words of a service in one language."""

    service = models.ForeignKey(
        Service, verbose_name=_("Service"), on_delete=models.CASCADE, related_name="texts"
    )
    name = models.CharField(_("Name"), max_length=200, help_text=_("In plain words: what it is."))
    tab_title = models.CharField(
        _("Neutral title"),
        max_length=120,
        validators=[neutral.validate],
        help_text=_("Stands in the browser tab: the kind of service, never its subject."),
    )
    summary = models.CharField(
        _("Summary"), max_length=300, help_text=_("One sentence: what it gives.")
    )
    for_whom = models.TextField(_("For whom"), blank=True)
    what_happens = models.TextField(
        _("What happens"),
        blank=True,
        help_text=_("One step a line: what happens on the first call."),
    )
    cost = models.CharField(
        _("Price"), max_length=300, blank=True, help_text=_("What is free and for how long.")
    )
    way_in = models.TextField(_("How to get in"), blank=True)
    documents = models.TextField(
        _("What to bring"), blank=True, help_text=_("Say what is not needed in an emergency.")
    )
    fact_notes = models.TextField(
        _("Notes to facts"),
        blank=True,
        help_text=_("One a line: key = words, for example takes_children = up to 14 years."),
    )
    need_to_know = models.TextField(_("Good to know"), blank=True)
    hours_note = models.CharField(_("Note on hours"), max_length=200, blank=True)
    phone_places = models.TextField(
        _("Names of the numbers"), blank=True, help_text=_("One a line: key = words.")
    )
    strip_caption = models.CharField(
        _("Caption in the strip"),
        max_length=60,
        blank=True,
        help_text=_("Who it is for, in three words."),
    )

    panels = [
        FieldPanel("service"),
        FieldPanel("name"),
        FieldPanel("tab_title"),
        FieldPanel("summary"),
        FieldPanel("for_whom"),
        FieldPanel("what_happens"),
        FieldPanel("cost"),
        FieldPanel("way_in"),
        FieldPanel("documents"),
        FieldPanel("fact_notes"),
        FieldPanel("need_to_know"),
        FieldPanel("hours_note"),
        FieldPanel("phone_places"),
        FieldPanel("strip_caption"),
    ]
    translatable_fields = [
        TranslatableField(name)
        for name in (
            "name",
            "tab_title",
            "summary",
            "for_whom",
            "what_happens",
            "cost",
            "way_in",
            "documents",
            "fact_notes",
            "need_to_know",
            "hours_note",
            "phone_places",
            "strip_caption",
        )
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("Words of a service")
        verbose_name_plural = _("Words of services")
        unique_together = [("translation_key", "locale"), ("service", "locale")]

    def __str__(self):
        return self.name

    @property
    def steps(self) -> list[str]:
        return [line for line in self.what_happens.splitlines() if line.strip()]

    @property
    def places(self) -> dict[str, str]:
        return _pairs(self.phone_places)

    @property
    def notes(self) -> dict[str, str]:
        """{key of a fact: words}."""
        return _pairs(self.fact_notes)


def _pairs(lines: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in lines.splitlines() if "=" in line)
    return {key.strip(): words.strip() for key, _sign, words in pairs}


class HelpPage(BodyPage):
    """The help landing: the list of services by urgency, with its text below."""

    template = "directory/help_page.html"
    parent_page_types = ["pages.HomePage"]
    # Its addresses below belong to the services.
    subpage_types: list[str] = []
    max_count_per_parent = 1
    translatable_fields = [*BodyPage.base_translatable_fields]

    class Meta:
        verbose_name = _("Help page")

    def get_context(self, request, *args, **kwargs):
        from directory import listing

        context = super().get_context(request, *args, **kwargs)
        query = request.GET
        return context | listing.choice(query.get("f", ""), query.get("p", ""))
