"""The help box that a story must carry: words of the page, numbers of the directory, to copy.

Two kinds of readers are addressed, those who are hurt and those who fear to hurt (Our Watch,
Australia). Nothing in it belongs to a third party, nothing counts who reads it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail_localize.fields import TranslatableField

from campaigns.foreign import marked
from pages.links import Call
from pages.models import BasePage, BodyPage


@dataclass(frozen=True)
class Line:
    """One line of the box: for whom, and whom they can call."""

    words: str
    calls: list[Call] = field(default_factory=list)


class HelpBoxPage(BodyPage):
    """Shows the box in the language of the page, as one sees it, as HTML and as plain text."""

    box_title = models.CharField(_("Title of the box"), max_length=60)
    closing = models.CharField(
        _("Last sentence of the box"), max_length=200, blank=True, help_text=_("For all numbers.")
    )

    template = "campaigns/help_box.html"
    parent_page_types = ["pages.HomePage", "pages.ContentPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("box_title"),
        FieldPanel("closing"),
        HelpPanel(
            content=_(
                "Each “Call a number” in the body is a line of the box and its note the words of "
                "the line; one without a note adds a number to the line above. All other blocks "
                "stand above the box."
            )
        ),
        FieldPanel("body"),
    ]
    translatable_fields = [
        *BodyPage.base_translatable_fields,
        TranslatableField("box_title"),
        TranslatableField("closing"),
    ]

    class Meta:
        verbose_name = _("Page of the help box")
        verbose_name_plural = _("Pages of the help box")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        for part in context["parts"]:
            part["blocks"] = [block for block in part["blocks"] if not _is_call(block)]
        return context | marked(self)

    def searched_words(self):
        return [self.box_title]


def _is_call(block) -> bool:
    return getattr(block, "block_type", "") == "call"


def lines(body, calls: Mapping[str, Call]) -> list[Line]:
    """The lines of the box; a service that is not public, or has no number, is left out."""
    found: list[Line] = []
    for block in filter(_is_call, body):
        call = calls.get(block.value["service"])
        if block.value["note"] or not found:
            found.append(Line(block.value["note"]))
        if call and call.numbers:
            found[-1].calls.append(call)
    return [line for line in found if line.calls]


def box(page: HelpBoxPage, calls: Mapping[str, Call], site_name: str, address: str) -> dict:
    """The box in the language of the page: `shown` on it, `html` and `text` to copy from it.

    Only what is shown here may name the frame's note on calls: no other site has it.
    """
    found = lines(page.body, calls)
    days = [call.confirmed_on for line in found for call in line.calls]
    context = {
        "page": page,
        "lines": found,
        "language": page.locale.language_code,
        "site_name": site_name,
        "address": address,
        "today": timezone.localdate(),
        "confirmed_on": min(days) if days and all(days) else None,
    }
    with override(page.locale.language_code):
        html = render_to_string("campaigns/components/help_box.html", context)
        shown = render_to_string("campaigns/components/help_box.html", context | {"here": True})
        text = render_to_string("campaigns/components/help_box.txt", context)
    return {
        "lines": found,
        "html": mark_safe(html.strip()),  # noqa: S308
        "shown": mark_safe(shown.strip()),  # noqa: S308
        "text": text.strip(),
    }
