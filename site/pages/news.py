"""“What is new” on the home page: editors choose and date pages, visitors see the published."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.same import SameBlock

MOST_NEWS = 4


class PageChoiceBlock(SameBlock, blocks.PageChooserBlock):
    """One page, the same in every language."""


class DayBlock(SameBlock, blocks.DateBlock):
    """One day, the same in every language."""


class NewsItemBlock(blocks.StructBlock):
    page = PageChoiceBlock(label=_("Page"))
    date = DayBlock(label=_("Date"), help_text=_("Stands beside the line. The newest first."))
    line = blocks.CharBlock(
        label=_("Line"),
        help_text=_("What is new there, in one sentence. The name is the title of the page."),
        max_length=120,
    )

    class Meta:
        icon = "date"
        label = _("What is new")
        description = _("A page that is new or has changed, with its date and one line.")
        template = "pages/blocks/news_item.html"
        preview_value = {"page": None, "date": None, "line": "Kas ir plānā un ko zinām."}


class NewsBlock(blocks.StreamBlock):
    """At most four pages. One that is not published is left out with its line."""

    item = NewsItemBlock()

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        site = context.get("site")
        chosen = [block.value for block in value if block.value["page"]]
        pairs = [
            (site.linked.get(item["page"].translation_key) if site else item["page"], item)
            for item in chosen
        ]
        # What is published without its form may lack a day.
        shown = [(page, item) for page, item in pairs if page and item["date"]]
        context["shown"] = sorted(shown, key=lambda pair: pair[1]["date"], reverse=True)
        return context

    class Meta:
        icon = "date"
        description = _("What is new, chosen by editors.")
        template = "pages/blocks/news.html"
        max_num = MOST_NEWS
        preview_value = [
            ("item", {"page": None, "date": None, "line": "Kas ir plānā un ko zinām."})
        ]
