"""Events of a campaign: when, where, whether one registers, whether it takes place."""

import datetime
from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail_localize.fields import SynchronizedField, TranslatableField

from campaigns import dates, moments
from campaigns.foreign import marked
from frame.languages import best, current, split
from pages import neutral, queries
from pages.models import BodyPage


class EventQuerySet(PageQuerySet):
    """Events as lists and calendars ask for them, the earliest first."""

    def public(self):
        """Published below a published campaign, not past the day on which they are taken down.

        A calendar is read for months: what a page only stops to show must not be in its file.
        """
        now = moments.now()
        campaign = Page.objects.filter(
            Q(expire_at=None) | Q(expire_at__gt=now),
            live=True,
            path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen),
        )
        # The type of campaigns knows that of events.
        samples = apps.get_model("campaigns.CampaignPage").objects.filter(
            demonstration=True,
            path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen),
        )
        return (
            self.filter(Q(expire_at=None) | Q(expire_at__gt=now), pk__in=queries.readable())
            .filter(Exists(campaign))
            .annotate(demonstration=Exists(samples))
            .select_related("locale")
            .order_by("starts", "path")
        )

    def coming(self):
        """Not over yet; an all-day event lasts until midnight of its last day."""
        now = moments.now()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        return self.filter(Q(all_day=False, ends__gt=now) | Q(all_day=True, ends__gte=midnight))


class EventPage(BodyPage):
    """One event. Its moments, like its cancellation, are the same in every language."""

    starts = models.DateTimeField(_("Starts"))
    ends = models.DateTimeField(_("Ends"))
    all_day = models.BooleanField(
        _("All day"), default=False, help_text=_("The hours are not shown: only the days count.")
    )
    place = models.CharField(
        _("Place"),
        max_length=120,
        validators=[neutral.validate],
        help_text=_("Stands in the calendar file, where somebody else may read it."),
    )
    address = models.CharField(
        _("Address"),
        max_length=160,
        blank=True,
        validators=[neutral.validate],
        help_text=_("Street and number, as on a letter. The same in every language."),
    )
    registration_needed = models.BooleanField(_("Registration is needed"), default=False)
    cancelled = models.BooleanField(
        _("Cancelled"),
        default=False,
        help_text=_("The page stays and says so, and so do the calendars of those who saved it."),
    )

    objects = PageManager.from_queryset(EventQuerySet)()

    template = "campaigns/event.html"
    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types: list[str] = []
    content_panels = [
        *[panel for panel in BodyPage.content_panels if panel.field_name != "body"],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts"), FieldPanel("ends")]),
                FieldPanel("all_day"),
                FieldPanel("cancelled"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [FieldPanel("place"), FieldPanel("address"), FieldPanel("registration_needed")],
            heading=_("Where"),
        ),
        FieldPanel("body"),
    ]
    translatable_fields = [
        *BodyPage.base_translatable_fields,
        TranslatableField("place"),
        *[
            SynchronizedField(name, overridable=False)
            for name in (
                "starts", "ends", "all_day", "address", "registration_needed", "cancelled"
            )
        ],
    ]  # fmt: skip

    class Meta:
        verbose_name = _("Event")
        verbose_name_plural = _("Events")
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_it_starts",
                condition=Q(ends__gt=F("starts")) | Q(all_day=True, ends__gte=F("starts")),
            )
        ]

    def clean(self):
        super().clean()
        if self.starts is None or self.ends is None:
            return
        dates.refuse_far_years(starts=self.first_day, ends=self.last_day)
        if self.ends < self.starts or (self.ends == self.starts and not self.all_day):
            raise ValidationError({"ends": _("The end comes after the start.")})

    def searched_words(self):
        return [self.place, self.address]

    @property
    def first_day(self) -> datetime.date:
        return timezone.localtime(self.starts).date()

    @property
    def last_day(self) -> datetime.date:
        return timezone.localtime(self.ends).date()

    @property
    def when(self) -> str:
        if self.all_day:
            return dates.days(self.first_day, self.last_day)
        return dates.hours(self.starts, self.ends)

    @property
    def over(self) -> bool:
        now = moments.now()
        return self.last_day < now.date() if self.all_day else self.ends <= now

    @property
    def shown_address(self) -> str:
        """Its address for the reader, whose language the frame there is in."""
        return f"/{current()}/{split(self.url_path)[1]}"

    def get_context(self, request, *args, **kwargs):
        from campaigns.campaign_pages import CampaignPage

        context = super().get_context(request, *args, **kwargs)
        campaign = CampaignPage.objects.parent_of(self).first()
        return context | {
            **marked(self),
            "demonstration": bool(campaign and campaign.demonstration),
        }


def in_language(events: Iterable[EventPage], language: str | None = None) -> list[EventPage]:
    """Of each event the page in the reader's language or its fallback, in the given order."""
    found: dict = {}
    for event in events:
        found.setdefault(event.translation_key, {})[event.locale.language_code] = event
    return [pages[best(pages, language)] for pages in found.values() if best(pages, language)]
