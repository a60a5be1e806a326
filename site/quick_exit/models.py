"""Where the exit leads, per language. Stored once; only the neutral title is words."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable, Page, get_page_models


def own_hosts() -> set[str]:
    """The names under which this site answers."""
    return {urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname, *settings.ALLOWED_HOSTS}


def not_our_own(address: str) -> None:
    """Refuses an exit to this site: whoever looks at the screen then would still see it.

    A destination must be https, without a name or query of its own (XR10: not personalised).
    """
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    own = {name.strip(".") for name in own_hosts() if name and name != "*"}
    if any(host == name or host.endswith(f".{name}") for name in own):
        raise ValidationError(_("The exit must lead to another site, not to this one."))
    if parts.scheme != "https":
        raise ValidationError(_("The address of the exit must begin with https://."))
    if parts.username or parts.password or parts.query:
        raise ValidationError(_("The address of the exit must hold no name and no question mark."))


def page_types() -> list[tuple[str, str]]:
    """(label, name) of every page type, by name."""
    models_in_use = [model for model in get_page_models() if model is not Page]
    names = [(model._meta.label_lower, str(model._meta.verbose_name)) for model in models_in_use]
    return sorted(names, key=lambda one: one[1])


class PageTypesField(models.JSONField):
    """A list of page types as `app.model`, ticked in a form."""

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            label=self.verbose_name,
            help_text=self.help_text,
            required=False,
            choices=page_types,
            widget=forms.CheckboxSelectMultiple,
        )


@register_setting(icon="logout")
class ExitSettings(BaseGenericSetting, ClusterableModel):
    """One record: the exit of the whole site; languages without a target use the default.

    With it the page types that keep an address of their own: all others, and whatever is not a
    page, are read in place, so that a visit is one entry in the browser's history.
    """

    own_address_types = PageTypesField(
        _("Page types with their own address"),
        default=list,
        blank=True,
        help_text=_(
            "Pages are read in place: the address and the history of the browser do not change. "
            "Tick what is opened as on any other site, so that its address can be copied."
        ),
    )

    panels = [
        HelpPanel(
            content=_(
                "Where “Leave this page” leads. Choose a site that everybody opens: weather, news. "
                "No page that greets by name, no site of the municipality."
            )
        ),
        InlinePanel("targets", label=_("Target"), heading=_("Targets by language")),
        FieldPanel("own_address_types"),
    ]

    class Meta:
        verbose_name = _("Exit")


class ExitTarget(Orderable):
    """The destination for readers of one language."""

    exit = ParentalKey(ExitSettings, on_delete=models.CASCADE, related_name="targets")
    language = models.CharField(
        _("Language"), max_length=12, choices=settings.LANGUAGES, help_text=_("Of the page left.")
    )
    address = models.URLField(
        _("Address"), validators=[not_our_own], help_text=_("Opens at once. Begins with https://.")
    )
    second_address = models.URLField(
        _("Second address"),
        blank=True,
        validators=[not_our_own],
        help_text=_("Opens when the first has not answered after three seconds."),
    )
    neutral_title = models.CharField(
        _("Neutral title"),
        max_length=60,
        blank=True,
        help_text=_("Shown in the tab while the other site opens, for example “Weather”."),
    )

    panels = [
        FieldPanel("language"),
        FieldPanel("address"),
        FieldPanel("second_address"),
        FieldPanel("neutral_title"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("Target of the exit")
        constraints = [
            models.UniqueConstraint(
                fields=["exit", "language"], name="one_exit_target_per_language"
            )
        ]

    def __str__(self):
        return f"{self.language}: {self.address}"
