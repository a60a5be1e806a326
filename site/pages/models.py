"""Page types and what the whole site shares.

Public addresses equal `url_path`: a home page's slug is its language, all other slugs are the same
in every language (decision 0003).
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable, Page, PageViewRestriction
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from frame.languages import Reading, split
from pages import blocks, fact_block, neutral, news, queries, safety, stages
from pages.facts import Fact, FactText
from pages.fields import BlockField
from pages.files import SiteDocument, SiteImage, SiteRendition

__all__ = ["Fact", "FactText", "SiteDocument", "SiteImage", "SiteRendition"]


class BasePage(Page):
    """What every page has: a neutral title for the tab, a lead, a mark, the frame."""

    tab_title = models.CharField(
        _("Neutral title"),
        max_length=60,
        validators=[neutral.validate],
        help_text=_(
            "Stands in the browser tab and its history, where somebody else may read it: "
            "what it is, never what it is about. Example: “Services”."
        ),
    )
    lead = models.CharField(
        _("Lead"), max_length=200, blank=True, help_text=_("One or two sentences under the title.")
    )
    mark = models.CharField(
        _("Mark"),
        max_length=12,
        blank=True,
        choices=blocks.MARKS,
        help_text=_("The sign at the head of the page. The same in every language."),
    )

    allowed_http_methods = ["GET", "HEAD"]
    # Public pages know no sign-in: what not everybody may read is not published here.
    private_page_options: list[str] = []
    content_panels = [
        FieldPanel("title", heading=_("Title"), help_text=_("The heading and the name in menus.")),
        FieldPanel("tab_title"),
        FieldPanel("lead"),
        FieldPanel("mark"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    help_text=_("Neutral, the same in every language: it is seen in the history."),
                ),
                FieldPanel(
                    "search_description",
                    help_text=_("Seen in search engines and previews. Calm and neutral."),
                ),
            ],
            heading=_("Menus and search engines"),
        )
    ]
    settings_panels = []
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    base_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("tab_title"),
        TranslatableField("lead"),
        TranslatableField("search_description"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("mark", overridable=False),
    ]

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        neutral.validate_field("slug", self.slug)
        neutral.validate_field("search_description", self.search_description)

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["reading"] = getattr(request, "reading", None) or self.reading()
        context["tab_title"] = self.tab_title
        # The frame looks all pages up at once: menus, links of this page, the way to it.
        request.wanted_pages = self.linked_keys()
        request.ancestor_paths = queries.ancestor_paths(self)
        return context

    def linked_keys(self) -> set:
        """Translation keys of the pages that this page links to."""
        return set()

    def searched_words(self) -> list[str]:
        """Words of the page's own fields by which search finds it, beside title, lead and body."""
        return []

    def get_view_restrictions(self):
        """None: `pages.queries.find` does not even find a restricted page."""
        return PageViewRestriction.objects.none()

    def reading(self) -> Reading:
        """For previews: the page read in its own language."""
        language, path = split(self.url_path)
        return Reading(path=path, text_language=language, language=language)


class BodyPage(BasePage):
    """A page with a body of blocks."""

    body = BlockField(blocks.BodyBlock(), verbose_name=_("Body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    base_translatable_fields = [*BasePage.base_translatable_fields, TranslatableField("body")]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["parts"] = parts(self.body)
        request.wanted_services = blocks.codes(self.body)
        request.wanted_facts = self.quoted_facts()
        return context

    @property
    def has_pairs(self) -> bool:
        """Whether a pair stands in the body: its style is in a file of its own."""
        return any(block.block_type == "pair" for block in self.body)

    def quoted_facts(self) -> list[Fact]:
        """The facts that this page quotes: read at once, and found by search."""
        return fact_block.facts_in(self.body)

    def linked_keys(self) -> set:
        return blocks.page_keys(self.body)


class HomePage(BodyPage):
    """The home page of one language; its words are also those of the frame."""

    heading = models.CharField(
        _("Large heading"),
        max_length=40,
        help_text=_("Read from two metres away: calm, nothing that tells the subject."),
    )
    run_by = models.CharField(_("Who runs the site"), max_length=160)
    notice = models.CharField(
        _("Notice"),
        max_length=240,
        blank=True,
        help_text=_("One sentence shown on every page, for example that this is a demonstration."),
    )
    entrances = BlockField(blocks.EntrancesBlock(), verbose_name=_("Entrances"), blank=True)
    news = BlockField(
        news.NewsBlock(required=False),
        verbose_name=_("What is new"),
        blank=True,
        help_text=_("At most four pages. One that is not published is not shown."),
    )

    template = "pages/home.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count_per_parent = len(settings.LANGUAGES)
    content_panels = [
        FieldPanel("title", heading=_("Name of the site")),
        FieldPanel("tab_title"),
        FieldPanel("heading"),
        FieldPanel("lead"),
        FieldPanel("entrances"),
        FieldPanel("body"),
        FieldPanel("news"),
        MultiFieldPanel([FieldPanel("run_by"), FieldPanel("notice")], heading=_("On every page")),
    ]
    translatable_fields = [
        *[field for field in BodyPage.base_translatable_fields if field.field_name != "slug"],
        TranslatableField("heading"),
        TranslatableField("run_by"),
        TranslatableField("notice"),
        TranslatableField("entrances"),
        TranslatableField("news"),
    ]

    class Meta:
        verbose_name = _("Home page")

    def clean(self):
        self.slug = self.locale.language_code
        super().clean()

    def save(self, *args, **kwargs):
        self.slug = self.locale.language_code
        return super().save(*args, **kwargs)

    def linked_keys(self):
        return blocks.page_keys(self.body, self.entrances, self.news)


class ContentPage(BodyPage):
    """Text in blocks: entrances, safety, privacy, accessibility, about and more."""

    template = "pages/content.html"
    parent_page_types = ["pages.HomePage", "pages.ContentPage"]
    translatable_fields = [*BodyPage.base_translatable_fields]

    class Meta:
        verbose_name = _("Content page")
        verbose_name_plural = _("Content pages")

    def clean(self):
        super().clean()
        chosen = SiteSettings.objects.filter(safety_page__translation_key=self.translation_key)
        if (said := safety.lacking(self.body)) and chosen.exists():
            raise ValidationError({"body": said})


class SiteMapPage(BasePage):
    """All pages of the site as one nested list, in the reader's language or a fallback."""

    template = "pages/site_map.html"
    parent_page_types = ["pages.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    translatable_fields = [*BasePage.base_translatable_fields]

    class Meta:
        verbose_name = _("Site map")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["branches"] = queries.branches()
        return context


@register_setting(icon="site")
class SiteSettings(BaseGenericSetting, ClusterableModel):
    """What the frame shows in every language: name, safety page, menus. Stored once."""

    name = models.CharField(
        _("Name of the site"),
        max_length=60,
        validators=[neutral.validate],
        help_text=_("Never translated. Stands in every tab."),
    )
    safety_page = models.ForeignKey(
        Page,
        verbose_name=_("Safety page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("name"),
        PageChooserPanel("safety_page"),
        InlinePanel("menu_links", label=_("Menu entry"), heading=_("Menus")),
    ]

    class Meta:
        verbose_name = _("Site")

    def clean(self):
        super().clean()
        chosen = self.safety_page and self.safety_page.specific
        if chosen and (said := safety.lacking(getattr(chosen, "body", []))):
            raise ValidationError({"safety_page": said})


class MenuLink(Orderable):
    """An entry of the main menu or of the footer; its words are the title of the page."""

    MAIN, FOOTER = "main", "footer"

    site_settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="menu_links")
    place = models.CharField(
        _("Menu"), max_length=8, choices=[(MAIN, _("Main menu")), (FOOTER, _("Other pages"))]
    )
    page = models.ForeignKey(
        Page, verbose_name=_("Page"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("place"), PageChooserPanel("page")]

    def __str__(self):
        return f"{self.place}: {self.page_id}"


class NativeReview(models.Model):
    """A native speaker has read a translation. Until then the page says that it waits."""

    page = models.OneToOneField(
        Page, verbose_name=_("Page"), on_delete=models.CASCADE, related_name="+"
    )
    reviewed_by = models.CharField(_("Read by"), max_length=120)
    reviewed_on = models.DateField(_("Read on"))

    panels = [PageChooserPanel("page"), FieldPanel("reviewed_by"), FieldPanel("reviewed_on")]

    class Meta:
        verbose_name = _("Review by a native speaker")
        verbose_name_plural = _("Reviews by native speakers")

    def __str__(self):
        return f"{self.page} – {self.reviewed_by}"


def parts(body) -> list[dict]:
    """The body cut at its headings: each part is a heading and what stands below it."""
    result: list[dict] = []
    for block in body:
        if block.block_type == "heading":
            result.append({"heading": block, "blocks": []})
        else:
            if not result:
                result.append({"heading": None, "blocks": []})
            result[-1]["blocks"].append(block)
    number = 1
    for part in result:
        part["blocks"], number = stages.with_runs(part["blocks"], number)
    if any(block.block_type == "contents" for block in body):
        # Numbers, not words: an address with an anchor is kept in the history.
        for position, part in enumerate(result, 1):
            part["anchor"] = f"p{position}"
    return result
