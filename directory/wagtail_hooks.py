"""The directory in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from directory.forms import ServiceForm
from directory.models import Need, NeedText, Organization, Service, ServiceText, Situation


class ServiceViewSet(SnippetViewSet):
    model = Service
    icon = "mobile-alt"
    list_display = ["__str__", "urgency", "status", "source_year", "confirmed_on", "live"]
    list_filter = ["urgency", "status", "needs", "organization"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("organization"),
                    FieldPanel("status"),
                    InlinePanel("phones", label=_("Number"), heading=_("Numbers")),
                    InlinePanel("languages", label=_("Language"), heading=_("Spoken languages")),
                    FieldPanel("website"),
                ],
                heading=_("How to reach it"),
            ),
            ObjectList(
                [
                    FieldPanel("by_appointment"),
                    InlinePanel("hours", label=_("Day"), heading=_("Hours")),
                    FieldPanel("on_holidays"),
                    InlinePanel("exceptions", label=_("Exception"), heading=_("Exceptions")),
                ],
                heading=_("Hours"),
            ),
            ObjectList(
                [
                    FieldPanel("urgency"),
                    FieldPanel("needs"),
                    InlinePanel("audiences", label=_("For whom"), heading=_("For whom")),
                    FieldPanel("for_people_who_hurt"),
                    FieldPanel("anonymous"),
                    FieldPanel("referral_needed"),
                    FieldPanel("free"),
                    FieldPanel("recorded"),
                    FieldPanel("strip_order"),
                ],
                heading=_("For whom"),
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("source"),
                            FieldPanel("source_address"),
                            FieldPanel("source_year"),
                        ],
                        heading=_("Source"),
                    ),
                    FieldPanel("valid_until"),
                    InlinePanel(
                        "reviews", label=_("Language"), heading=_("Reviews by native speakers")
                    ),
                ],
                heading=_("Is it right?"),
            ),
        ],
        base_form_class=ServiceForm,
    )


class ServiceTextViewSet(SnippetViewSet):
    model = ServiceText
    icon = "pilcrow"
    list_display = ["name", "service", "locale"]
    list_filter = ["locale"]
    search_fields = ["name", "summary"]


class OrganizationViewSet(SnippetViewSet):
    model = Organization
    icon = "group"
    list_display = ["name", "website"]


class NeedViewSet(SnippetViewSet):
    model = Need
    icon = "tag"
    list_display = ["key", "sort_order"]


class NeedTextViewSet(SnippetViewSet):
    model = NeedText
    icon = "tag"
    list_display = ["label", "need", "locale"]
    list_filter = ["locale"]


class SituationViewSet(SnippetViewSet):
    model = Situation
    icon = "help"
    list_display = ["key", "weight"]
    search_fields = ["key", "examples__text"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    HelpPanel(
                        content=_(
                            "Write sentences as people type them: short, misspelt, without marks. "
                            "Each has one language. Ten in a language are a good start."
                        )
                    ),
                    InlinePanel("examples", label=_("Sentence"), heading=_("Example sentences")),
                ],
                heading=_("What people type"),
            ),
            ObjectList(
                [
                    FieldPanel("key"),
                    InlinePanel("situation_needs", label=_("Need"), heading=_("Needs")),
                    InlinePanel("audiences", label=_("For whom"), heading=_("For whom")),
                    InlinePanel("pins", label=_("Service"), heading=_("Pinned services")),
                    FieldPanel("weight"),
                ],
                heading=_("What helps"),
            ),
        ]
    )


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = _("Directory")
    menu_icon = "mobile-alt"
    menu_order = 150
    items = [
        ServiceViewSet,
        ServiceTextViewSet,
        OrganizationViewSet,
        NeedViewSet,
        NeedTextViewSet,
        SituationViewSet,
    ]


register_snippet(DirectoryGroup)
