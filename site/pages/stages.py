"""Journeys: the stages of a way through offices, each with time limit, source and its doubts.

Stages that follow each other are one ordered list; the numbers go on through the whole page.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.same import ServiceChoiceBlock, SourceNameBlock


class SourceBlock(blocks.StructBlock):
    """Where a stage was read. The same in every language."""

    name = SourceNameBlock(label=_("Source"), max_length=120)
    year = blocks.IntegerBlock(
        label=_("Year"),
        help_text=_("Leave it empty where the source gives none: the page says so."),
        required=False,
        min_value=1990,
        max_value=2100,
    )
    address = blocks.URLBlock(
        label=_("Address of the source"),
        help_text=_("Only one that does not tell the subject: it stays in the history."),
        required=False,
    )

    class Meta:
        icon = "link"
        label = _("Source")


class SourcesBlock(blocks.StructBlock):
    """Where the text above it was read: laws and pages, what is no figure of the bank."""

    sources = blocks.ListBlock(SourceBlock(), label=_("Sources"), min_num=1)
    law_unread = blocks.BooleanBlock(
        label=_("Nobody has read the text of the law"),
        help_text=_("The page says so until the mark is taken away."),
        required=False,
    )
    checked_on = blocks.DateBlock(
        label=_("Checked on"),
        help_text=_("The day on which somebody compared the text with its source."),
        required=False,
    )

    class Meta:
        icon = "link-external"
        label = _("Sources of the text")
        description = _("Laws and pages that the text above rests on, each with its year.")
        template = "pages/blocks/sources.html"
        preview_value = {
            "sources": [{"name": "latvija.gov.lv", "year": 2024, "address": ""}],
            "law_unread": True,
            "checked_on": None,
        }


class StageBlock(blocks.StructBlock):
    """One stage: seven texts that are translated, the rest stored once for all languages."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    happens = blocks.TextBlock(label=_("What happens"))
    who = blocks.CharBlock(
        label=_("Who acts"),
        help_text=_("Office or person, with its full name."),
        max_length=120,
    )
    decide = blocks.TextBlock(label=_("What the reader may decide"), required=False)
    limit = blocks.CharBlock(
        label=_("Time limit"),
        help_text=_("If there is none or nobody knows, write that."),
        max_length=300,
    )
    bring = blocks.TextBlock(label=_("What to bring or prepare"), required=False)
    unknown = blocks.TextBlock(
        label=_("What we do not know"),
        help_text=_("What nobody has confirmed, and where the reader can ask."),
        required=False,
    )
    service = ServiceChoiceBlock(
        label=_("Service"),
        help_text=_("Its number comes from the directory."),
        required=False,
    )
    sources = blocks.ListBlock(
        SourceBlock(),
        label=_("Sources"),
        help_text=_("Without one the page says that this is our own advice."),
        default=[],
    )
    law_unread = blocks.BooleanBlock(
        label=_("Nobody has read the text of the law"),
        help_text=_("The page says so until the mark is taken away."),
        required=False,
    )
    checked_on = blocks.DateBlock(
        label=_("Checked on"),
        help_text=_("The day on which somebody compared the stage with law or office."),
        required=False,
    )
    valid_until = blocks.DateBlock(
        label=_("Valid until"),
        help_text=_("Afterwards the stage stays and says that it may have changed."),
        required=False,
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        calls = context.get("calls")
        context["call"] = calls.get(value["service"]) if calls and value["service"] else None
        last_day = value["valid_until"]
        context["expired"] = bool(last_day and last_day < timezone.localdate())
        return context

    class Meta:
        icon = "calendar-check"
        label = _("Step with time limit and source")
        description = _("One step of a longer way: who, what, until when, where it was read.")
        template = "pages/blocks/stage.html"
        preview_template = "pages/blocks/stage_preview.html"
        preview_value = {
            "title": "Iesniegums",
            "happens": "Dienests izskata Tavu iesniegumu.",
            "who": "Sociālais dienests",
            "decide": "Vai pieņemt palīdzību.",
            "limit": "5 darba dienas",
            "bring": "Iesniegums",
            "unknown": "Vai ir rinda.",
            "service": "",
            "sources": [{"name": "latvija.gov.lv", "year": 2024, "address": ""}],
            "law_unread": True,
            "checked_on": None,
            "valid_until": None,
        }


@dataclass(frozen=True)
class Run:
    """Stages that follow each other, and the number of the first."""

    stages: tuple
    start: int

    def numbered(self):
        """(number, block) in order."""
        return enumerate(self.stages, self.start)


def with_runs(found: list, start: int = 1) -> tuple[list, int]:
    """The blocks of a part with neighbouring stages put together; and the next free number."""
    result: list = []
    for block in found:
        if block.block_type != "stage":
            result.append(block)
        elif result and isinstance(result[-1], Run):
            result[-1] = Run((*result[-1].stages, block), result[-1].start)
            start += 1
        else:
            result.append(Run((block,), start))
            start += 1
    return result, start
