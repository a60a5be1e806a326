"""News for the press: an archive by year, single items, the way to a person who answers."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.models import PageManager, PageQuerySet
from wagtail_localize.fields import SynchronizedField

from campaigns.foreign import marked
from frame.languages import best
from pages import blocks, fact_block, queries
from pages.models import BasePage, BodyPage, parts

ON_A_PAGE = 20


class PressItemQuerySet(PageQuerySet):
    """Items as visitors may find them."""

    def public(self):
        """Published, readable by everybody, not past their last day; with their language."""
        return self.filter(pk__in=queries.readable()).select_related("locale")


class PressItemPage(BodyPage):
    """One piece of news; below it stands what the list of news says of contacts."""

    issued_on = models.DateField(_("Issued on"), default=timezone.localdate)

    objects = PageManager.from_queryset(PressItemQuerySet)()

    template = "campaigns/press_item.html"
    parent_page_types = ["campaigns.PressPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("issued_on"),
        FieldPanel("body"),
    ]
    translatable_fields = [
        *BodyPage.base_translatable_fields,
        SynchronizedField("issued_on", overridable=False),
    ]

    class Meta:
        verbose_name = _("Press item")
        verbose_name_plural = _("Press items")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        contact = self._contact()
        context["contact_parts"] = parts(contact)
        request.wanted_services = request.wanted_services | blocks.codes(contact)
        request.wanted_facts = [*request.wanted_facts, *fact_block.facts_in(contact)]
        request.wanted_pages = request.wanted_pages | blocks.page_keys(contact)
        return context | marked(self)

    def _contact(self):
        """The body of the list that this item stands in."""
        above = PressPage.objects.parent_of(self).filter(pk__in=queries.readable()).first()
        return above.body if above else []


class PressPage(BodyPage):
    """Lists the news by year, twenty on a page; its body says whom a journalist can ask."""

    template = "campaigns/press.html"
    parent_page_types = ["pages.HomePage", "pages.ContentPage"]
    subpage_types = ["campaigns.PressItemPage"]
    content_panels = [
        *BasePage.content_panels,
        HelpPanel(content=_("The body stands below the list and below every single item.")),
        FieldPanel("body"),
    ]
    translatable_fields = [*BodyPage.base_translatable_fields]

    class Meta:
        verbose_name = _("List of news for the press")
        verbose_name_plural = _("Lists of news for the press")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        found = in_order(queries.children(self, PressItemPage))
        years = sorted({item.issued_on.year for item in found}, reverse=True)
        asked = request.GET.get("year", "")
        year = int(asked) if asked in map(str, years) else None
        if year:
            found = [item for item in found if item.issued_on.year == year]
        sheet = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
        return context | {"years": years, "year": year, "sheet": sheet} | marked(self)


def newest(language: str, most: int) -> list[PressItemPage]:
    """Public items of the whole site, each in this language or its fallback, the newest first."""
    found: dict[UUID, dict[str, PressItemPage]] = {}
    for item in PressItemPage.objects.public():
        found.setdefault(item.translation_key, {})[item.locale.language_code] = item
    chosen = [items[best(items, language)] for items in found.values()]
    return in_order(chosen)[:most]


def in_order(items: list[PressItemPage]) -> list[PressItemPage]:
    """The newest first; of one day the one that was written last."""
    return sorted(items, key=lambda item: (item.issued_on, item.pk), reverse=True)
