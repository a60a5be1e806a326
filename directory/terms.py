"""Closed lists that describe a service: how it is reached, who opens the way, what it is about.

Kept as codes, so that every language has its words; the lists follow HSDS attributes.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

CHANNELS = [
    ("phone", _("by phone")),
    ("chat", _("by chat")),
    ("text", _("by text message")),
    ("email", _("by e-mail")),
    ("video", _("by video")),
    ("in_person", _("in person")),
    ("mobile_team", _("somebody comes to you")),
]
WAYS_IN = [
    ("self", _("you turn to them yourself")),
    ("social_service", _("through the social service")),
    ("police", _("through the police")),
    ("court", _("through the court")),
]
FORMS_OF_VIOLENCE = [
    ("physical", _("hitting, pushing, choking")),
    ("emotional", _("humiliation and threats")),
    ("control", _("control and jealousy")),
    ("economic", _("taking or withholding money")),
    ("sexual", _("sexual violence")),
    ("stalking", _("following and watching, also by phone")),
    ("towards_child", _("violence against a child")),
    ("towards_older", _("violence against an older person")),
]


class ServiceChannel(Orderable):
    """A way to reach a service. No row at all: what its numbers and places tell."""

    service = ParentalKey("directory.Service", on_delete=models.CASCADE, related_name="channels")
    code = models.CharField(_("How to reach it"), max_length=16, choices=CHANNELS)

    panels = [FieldPanel("code")]

    class Meta(Orderable.Meta):
        verbose_name = _("How to reach it")
        verbose_name_plural = _("How to reach it")
        constraints = [
            models.UniqueConstraint(fields=["service", "code"], name="channel_once_a_service")
        ]


class ServiceWayIn(Orderable):
    """Who opens the way to a service. No row at all: not known."""

    service = ParentalKey("directory.Service", on_delete=models.CASCADE, related_name="ways_in")
    code = models.CharField(_("Way in"), max_length=16, choices=WAYS_IN)

    panels = [FieldPanel("code")]

    class Meta(Orderable.Meta):
        verbose_name = _("Way in")
        verbose_name_plural = _("Ways in")
        constraints = [
            models.UniqueConstraint(fields=["service", "code"], name="way_in_once_a_service")
        ]


class ServiceFormOfViolence(Orderable):
    """A form of violence that a service is about. No row at all: every form."""

    service = ParentalKey("directory.Service", on_delete=models.CASCADE, related_name="forms")
    code = models.CharField(_("Form of violence"), max_length=16, choices=FORMS_OF_VIOLENCE)

    panels = [FieldPanel("code")]

    class Meta(Orderable.Meta):
        verbose_name = _("Form of violence")
        verbose_name_plural = _("Forms of violence")
        constraints = [
            models.UniqueConstraint(fields=["service", "code"], name="form_once_a_service")
        ]
