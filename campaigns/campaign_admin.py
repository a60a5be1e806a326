"""Lists of campaigns and events in the admin, with what one looks for them by."""

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter, MultipleChoiceFilter
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.pages.listing import PageFilterSet

from campaigns.campaign_pages import CampaignPage
from campaigns.events import EventPage
from pages.listing_admin import PageListing


class YearFilter(MultipleChoiceFilter):
    """The years in which something starts, the newest first."""

    def __init__(self, *args, model, **kwargs):
        def years():
            found = model.objects.order_by().dates(kwargs["field_name"].partition("__")[0], "year")
            return [(day.year, str(day.year)) for day in reversed(found)]

        super().__init__(*args, choices=years, widget=CheckboxSelectMultiple, **kwargs)


class CampaignFilterSet(PageFilterSet):
    year = YearFilter(label=_("Year"), field_name="first_day__year", model=CampaignPage)
    first_day = DateFromToRangeFilter(label=_("First day"), widget=DateRangePickerWidget)
    last_day = DateFromToRangeFilter(label=_("Last day"), widget=DateRangePickerWidget)

    class Meta:
        model = CampaignPage
        fields: list[str] = []


class EventFilterSet(PageFilterSet):
    year = YearFilter(label=_("Year"), field_name="starts__year", model=EventPage)
    starts = DateFromToRangeFilter(label=_("Starts"), widget=DateRangePickerWidget)

    class Meta:
        model = EventPage
        fields = ["cancelled"]


def _columns(*own: Column) -> list[Column]:
    """The columns of every list of pages, with ours before the state."""
    *first, status = PageListing.index_view_class.base_columns
    return [column for column in first if column.name != "latest_revision_created_at"] + [
        *own,
        status,
    ]


class CampaignListing(PageListing):
    model = CampaignPage
    icon = "calendar"
    menu_label = _("Campaigns")
    menu_order = 250
    add_to_admin_menu = True
    columns = _columns(Column("when", label=_("When"), sort_key="first_day"))
    filterset_class = CampaignFilterSet


class EventListing(PageListing):
    model = EventPage
    icon = "calendar-alt"
    menu_label = _("Events")
    menu_order = 251
    add_to_admin_menu = True
    columns = _columns(
        Column("when", label=_("When"), sort_key="starts"),
        BooleanColumn("cancelled", label=_("Cancelled")),
    )
    filterset_class = EventFilterSet


campaigns = CampaignListing("campaign_list")
events = EventListing("event_list")
