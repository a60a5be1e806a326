"""One page type with a StreamField, as in Wagtail's tutorial, with the menus that ours has."""

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class StockPage(Page):
    body = StreamField([("heading", blocks.CharBlock()), ("paragraph", blocks.RichTextBlock())])

    class Meta:
        app_label = "stock"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        home = self.get_site().root_page.localized
        context["menu"] = home.get_children().live().in_menu()
        context["footer"] = home.get_children().live()
        context["breadcrumbs"] = self.get_ancestors().live().filter(depth__gt=1)
        context["translations"] = self.get_translations(inclusive=True).live()
        return context
