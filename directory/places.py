"""Where help is: an exact address, only an area, or nothing at all.

A confidential address lives in a table of its own: no revision, no translation, no search index
and no public code reads it. Maps that blur a point still give it away (AyeCode/geodirectory
issue 891), so a place that is not exact has no coordinates to blur; the database refuses them.
"""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import TranslatableField

from directory.facts import UNKNOWN_MEANS_ASK
from pages.codes import code_of

NO_ADDRESS = Q(street="", postal_code="", latitude__isnull=True, longitude__isnull=True)


class Area(models.Model):
    """A part of the country, as coarse as may be said aloud; its words are in AreaText."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(_("Key"), max_length=24, unique=True)
    code = models.CharField(max_length=4, unique=True, editable=False)
    territory = models.CharField(
        _("Code of the territory"),
        max_length=12,
        blank=True,
        help_text=_("Of the classifier of administrative territories (ATVK in Latvia)."),
    )
    sort_order = models.PositiveSmallIntegerField(_("Order"), default=0)

    panels = [FieldPanel("key"), FieldPanel("territory"), FieldPanel("sort_order")]

    class Meta:
        verbose_name = _("Area")
        verbose_name_plural = _("Areas")
        ordering = ["sort_order", "key"]

    def __str__(self):
        return self.key

    def save(self, *args, **kwargs):
        self.code = self.code or code_of(self.uuid, 4)
        super().save(*args, **kwargs)


class AreaText(TranslatableMixin, models.Model):
    """The words of an area in one language."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="texts")
    label = models.CharField(_("Label"), max_length=120)

    panels = [FieldPanel("area"), FieldPanel("label")]
    translatable_fields = [TranslatableField("label")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("Words of an area")
        verbose_name_plural = _("Words of areas")
        unique_together = [("translation_key", "locale"), ("area", "locale")]

    def __str__(self):
        return self.label


class Place(models.Model):
    """Where a service is given. Hidden until somebody decides otherwise.

    A street and a house number are written as they stand on the door: they are not translated.
    """

    class Visibility(models.TextChoices):
        EXACT = "exact", _("the address is public")
        AREA = "area", _("only the area is public")
        HIDDEN = "hidden", _("nothing is public")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.CharField(
        _("Name for editors"),
        max_length=120,
        unique=True,
        help_text=_("Never shown to visitors. Do not write an address that is confidential."),
    )
    visibility = models.CharField(
        _("What is public"), max_length=8, choices=Visibility.choices, default=Visibility.HIDDEN
    )
    area = models.ForeignKey(
        Area,
        verbose_name=_("Area"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
    )
    street = models.CharField(_("Street and house number"), max_length=120, blank=True)
    postal_code = models.CharField(_("Postal code"), max_length=12, blank=True)
    latitude = models.DecimalField(
        _("Latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("Longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    step_free = models.BooleanField(
        _("Step-free entrance"), null=True, blank=True, help_text=UNKNOWN_MEANS_ASK
    )
    lift = models.BooleanField(_("Lift"), null=True, blank=True, help_text=UNKNOWN_MEANS_ASK)
    accessible_toilet = models.BooleanField(
        _("Toilet for wheelchair users"), null=True, blank=True, help_text=UNKNOWN_MEANS_ASK
    )
    source_year = models.PositiveSmallIntegerField(_("Year of the source"), null=True, blank=True)

    class Meta:
        verbose_name = _("Place")
        verbose_name_plural = _("Places")
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(
                name="place_address_only_if_exact", condition=Q(visibility="exact") | NO_ADDRESS
            ),
            models.CheckConstraint(
                name="place_exact_has_a_street",
                condition=~Q(visibility="exact") | ~Q(street=""),
            ),
            models.CheckConstraint(
                name="place_area_fits_visibility",
                condition=Q(visibility="exact")
                | Q(visibility="area", area__isnull=False)
                | Q(visibility="hidden", area__isnull=True),
            ),
            models.CheckConstraint(
                name="place_both_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def is_exact(self) -> bool:
        return self.visibility == self.Visibility.EXACT

    @property
    def is_hidden(self) -> bool:
        return self.visibility == self.Visibility.HIDDEN

    def clean(self):
        super().clean()
        mistakes = self._mistakes_of_visibility() | self._mistakes_of_coordinates()
        if mistakes:
            raise ValidationError(mistakes)

    def _mistakes_of_visibility(self) -> dict[str, str]:
        mistakes = {}
        if self.is_exact and not self.street:
            mistakes["street"] = _("A public address needs a street and a house number.")
        if not self.is_exact:
            message = _(
                "This place is not public, so it has no address here. Take it out, "
                "or write it as a confidential address."
            )
            names = ("street", "postal_code", "latitude", "longitude")
            mistakes |= {name: message for name in names if getattr(self, name) not in (None, "")}
        if self.visibility == self.Visibility.AREA and not self.area_id:
            mistakes["area"] = _("Choose the area that may be named.")
        if self.is_hidden and self.area_id:
            mistakes["area"] = _("Nothing of this place is public, not even the area.")
        left_over = self._mistake_of_what_is_left_over()
        return mistakes | ({"visibility": left_over} if left_over else {})

    def _mistake_of_what_is_left_over(self) -> str | None:
        """What was written down while something else was public must go first."""
        if self._state.adding:
            return None
        if self.is_exact:
            # Asks whether there is one, never which.
            if ConfidentialAddress.objects.filter(place=self).exists():
                return _("This place has a confidential address. Delete it first.")
        elif self.texts.exclude(name="", transport="", access="").exists():
            return _("Words tell where this place is. Take the words of this place out first.")
        return None

    def _mistakes_of_coordinates(self) -> dict[str, str]:
        if not self.is_exact:
            return {}
        if (self.latitude is None) != (self.longitude is None):
            missing = "latitude" if self.latitude is None else "longitude"
            return {missing: _("Enter both coordinates, or none.")}
        south, west, north, east = settings.COUNTRY_BOUNDS
        mistakes = {}
        if self.latitude is not None and not south <= self.latitude <= north:
            mistakes["latitude"] = _("This point lies outside the country.")
        if self.longitude is not None and not west <= self.longitude <= east:
            mistakes["longitude"] = _("This point lies outside the country.")
        return mistakes


class PlaceText(TranslatableMixin, models.Model):
    """The words of a place in one language. A place that is not exact has no way there to tell."""

    place = models.ForeignKey(
        Place, verbose_name=_("Place"), on_delete=models.CASCADE, related_name="texts"
    )
    name = models.CharField(
        _("Name"), max_length=120, blank=True, help_text=_("For example: branch by the harbour.")
    )
    transport = models.CharField(_("How to get there"), max_length=300, blank=True)
    access = models.CharField(
        _("Entrance"), max_length=300, blank=True, help_text=_("Door, steps, bell, lift.")
    )

    panels = [
        FieldPanel("place"),
        FieldPanel("name"),
        FieldPanel("transport"),
        FieldPanel("access"),
    ]
    translatable_fields = [
        TranslatableField("name"),
        TranslatableField("transport"),
        TranslatableField("access"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("Words of a place")
        verbose_name_plural = _("Words of places")
        unique_together = [("translation_key", "locale"), ("place", "locale")]

    def __str__(self):
        return self.name or str(self.place)

    def clean(self):
        super().clean()
        if self.place_id and not self.place.is_exact:
            message = _("This would tell where the place is, and it is not public.")
            names = ("name", "transport", "access")
            mistakes = {name: message for name in names if getattr(self, name)}
            if mistakes:
                raise ValidationError(mistakes)


class ConfidentialAddress(models.Model):
    """Where a place that is not exact really is: read by one permission, by nothing public."""

    place = models.OneToOneField(
        Place, on_delete=models.CASCADE, primary_key=True, related_name="confidential_address"
    )
    address = models.TextField(_("Confidential address"), max_length=300)

    # Lists of what uses a place shall not even tell that there is one.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("Confidential address")
        verbose_name_plural = _("Confidential addresses")

    def __str__(self):
        # Never the address: this name stands in logs and lists.
        return str(self.place_id)


class ServiceAtPlace(Orderable):
    """A service is given at a place. No row at all: not known where."""

    service = ParentalKey("directory.Service", on_delete=models.CASCADE, related_name="at_places")
    place = models.ForeignKey(
        Place, verbose_name=_("Place"), on_delete=models.PROTECT, related_name="services_here"
    )

    panels = [FieldPanel("place")]

    class Meta(Orderable.Meta):
        verbose_name = _("Place")
        verbose_name_plural = _("Places")
        constraints = [
            models.UniqueConstraint(fields=["service", "place"], name="service_once_at_a_place")
        ]
