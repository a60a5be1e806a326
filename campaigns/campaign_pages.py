"""The campaigns and the page that lists them by year (activities 1.2.1-1.2.6 of the plan)."""

from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from campaigns import dates, moments
from campaigns.events import EventPage, in_language
from campaigns.foreign import marked
from campaigns.materials import MaterialsBlock
from frame.languages import current, split
from pages import queries
from pages.fields import BlockField, CodesField
from pages.models import BodyPage

# Where a campaign is met: activities 1.2.1 to 1.2.5 of the plan.
CHANNELS = [
    ("stand", _("stands at city events")),
    ("tv", _("television")),
    ("radio", _("radio")),
    ("portal", _("internet portals")),
    ("leaflet", _("leaflets")),
    ("transport", _("public transport")),
    ("stop", _("bus and tram stops")),
    ("clinic", _("health care")),
    ("school", _("schools")),
]


class CampaignsPage(BodyPage):
    """All campaigns: those that are on, what is coming next, then year by year."""

    template = "campaigns/campaigns.html"
    parent_page_types = ["pages.HomePage"]
    max_count_per_parent = 1
    translatable_fields = [*BodyPage.base_translatable_fields]

    class Meta:
        verbose_name = _("Campaigns page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        campaigns = sorted(
            queries.children(self, CampaignPage),
            key=lambda campaign: (campaign.first_day, campaign.last_day, campaign.title),
            reverse=True,
        )
        others = [campaign for campaign in campaigns if campaign.stage != dates.Stage.NOW]
        by_year = groupby(others, lambda campaign: campaign.first_day.year)
        return context | {
            "on_now": [campaign for campaign in campaigns if campaign.stage == dates.Stage.NOW],
            "years": [(year, list(group)) for year, group in by_year],
            "events": in_language(EventPage.objects.public().coming()),
            **marked(self),
        }


class CampaignPage(BodyPage):
    """One campaign: what it wants, for whom, when, where it is met, what it says."""

    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))
    aims = RichTextField(
        _("Aims"),
        features=["ul", "bold"],
        help_text=_("What is different afterwards. Two or three sentences."),
    )
    audience = models.CharField(_("For whom"), max_length=200)
    sentences = RichTextField(
        _("Sentences"),
        features=[],
        blank=True,
        help_text=_("What the campaign says on stands, on air, at stops: a paragraph each."),
    )
    channels = CodesField(
        _("Where it is met"),
        choices=CHANNELS,
        help_text=_("The same in every language."),
    )
    materials = BlockField(MaterialsBlock(), verbose_name=_("Materials"), blank=True)
    demonstration = models.BooleanField(
        _("Example"),
        default=False,
        help_text=_("The page says that it is one and that it is not really taking place."),
    )

    template = "campaigns/campaign.html"
    parent_page_types = ["campaigns.CampaignsPage"]
    subpage_types = ["campaigns.EventPage"]
    content_panels = [
        *[panel for panel in BodyPage.content_panels if panel.field_name != "body"],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
                FieldPanel("demonstration"),
            ],
            heading=_("When"),
        ),
        FieldPanel("sentences"),
        FieldPanel("aims"),
        FieldPanel("audience"),
        FieldPanel("channels"),
        FieldPanel("materials"),
        FieldPanel("body"),
    ]
    translatable_fields = [
        *BodyPage.base_translatable_fields,
        *[TranslatableField(name) for name in ("aims", "audience", "sentences", "materials")],
        *[
            SynchronizedField(name, overridable=False)
            for name in ("first_day", "last_day", "channels", "demonstration")
        ],
    ]

    class Meta:
        verbose_name = _("Campaign")
        verbose_name_plural = _("Campaigns")
        constraints = [
            models.CheckConstraint(
                name="campaign_days_in_order", condition=Q(last_day__gte=F("first_day"))
            )
        ]

    def clean(self):
        super().clean()
        if None in (self.first_day, self.last_day):
            return
        dates.refuse_far_years(first_day=self.first_day, last_day=self.last_day)
        if self.last_day < self.first_day:
            raise ValidationError({"last_day": _("The last day comes after the first.")})

    def searched_words(self):
        texts = (self.aims, self.sentences)
        return [strip_tags(text.replace("<", " <")) for text in texts] + [self.audience]

    @property
    def stage(self) -> dates.Stage:
        return dates.stage(self.first_day, self.last_day, moments.now().date())

    @property
    def when(self) -> str:
        return dates.days(self.first_day, self.last_day)

    @property
    def shown_channels(self) -> list[str]:
        return [str(words) for code, words in CHANNELS if code in self.channels]

    @property
    def shown_address(self) -> str:
        """Its address for the reader, whose language the frame there is in."""
        return f"/{current()}/{split(self.url_path)[1]}"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        events = sorted(queries.children(self, EventPage), key=lambda event: event.starts)
        return context | {
            "events": [event for event in events if not event.over],
            "past_events": [event for event in reversed(events) if event.over],
            **marked(self),
        }
