"""The directory in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from directory.models import Need, NeedText, Organization, Service, ServiceText


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
                    InlinePanel("hours", label=_("Day"), heading=_("Hours")),
                    InlinePanel("languages", label=_("Language"), heading=_("Spoken languages")),
                    FieldPanel("website"),
                ],
                heading=_("How to reach it"),
            ),
            ObjectList(
                [
                    FieldPanel("urgency"),
                    FieldPanel("needs"),
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
                    FieldPanel("confirmed_on"),
                    FieldPanel("valid_until"),
                    InlinePanel(
                        "reviews", label=_("Language"), heading=_("Reviews by native speakers")
                    ),
                ],
                heading=_("Is it right?"),
            ),
        ]
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


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = _("Directory")
    menu_icon = "mobile-alt"
    menu_order = 150
    items = [ServiceViewSet, ServiceTextViewSet, OrganizationViewSet, NeedViewSet, NeedTextViewSet]


register_snippet(DirectoryGroup)
