"""Lists of the directory: found by plain words, whatever is typed.

Wagtail's own search raises on a quotation mark with SQLite, and `LIKE` there knows capitals of
ASCII alone. The names of a directory fit into memory: they are compared here, without marks.
"""

import datetime
import re

import django_filters
from django.conf import settings
from django.db.models import F, Q
from django.forms import CheckboxSelectMultiple, RadioSelect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.widgets import BooleanRadioSelect
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView

from directory.editing import names
from directory.models import Organization, Phone, Report, Service
from search import keys

LONGEST_QUERY = 100
SOON = datetime.timedelta(days=30)
NOT_DIGITS = re.compile(r"\D")


def matches(model, fields: list[str], query: str) -> set:
    """Keys of the records in which every word of the query stands, in any case, without marks."""
    wanted = [keys.fold(word) for word in keys.words(query[:LONGEST_QUERY])]
    if not wanted:
        return set()
    found = set()
    for pk, *values in model.objects.values_list("pk", *fields):
        text = " ".join(keys.fold(word) for word in keys.words(" ".join(map(str, values))))
        if all(word in text for word in wanted):
            found.add(pk)
    return found


class PlainSearchIndexView(IndexView):
    """A list that is searched by `matches`."""

    def search_queryset(self, queryset):
        if not self.is_searching:
            return queryset
        return queryset.filter(pk__in=self.found(self.search_query))

    def found(self, query: str) -> set:
        return matches(self.model, self.search_fields, query)


class ServiceFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=Service.Status.choices, widget=CheckboxSelectMultiple
    )
    urgency = django_filters.MultipleChoiceFilter(
        label=_("Urgency"), choices=Service.Urgency.choices, widget=CheckboxSelectMultiple
    )
    due = django_filters.ChoiceFilter(
        label=_("To be confirmed"),
        method="filter_due",
        choices=[("now", _("now: overdue or never confirmed")), ("soon", _("within 30 days"))],
        empty_label=_("All"),
        widget=RadioSelect,
    )
    live = django_filters.BooleanFilter(label=_("Published"), widget=BooleanRadioSelect)
    needs = names.FilterInWords(
        label=_("Needs"), queryset=lambda request: names.needs(), widget=CheckboxSelectMultiple
    )
    areas = names.FilterInWords(
        label=_("Areas"), queryset=lambda request: names.areas(), widget=CheckboxSelectMultiple
    )
    organization = django_filters.ModelChoiceFilter(
        label=_("Organization"), queryset=Organization.objects.all(), empty_label=_("All")
    )

    class Meta:
        model = Service
        fields: list[str] = []

    def filter_due(self, queryset, name, value):
        """What waits longest comes first; what was never confirmed before that."""
        until = timezone.localdate() + (SOON if value == "soon" else datetime.timedelta())
        waiting = queryset.filter(Q(next_due__isnull=True) | Q(next_due__lte=until))
        waiting = waiting.exclude(status=Service.Status.WITHDRAWN)
        return waiting.order_by(F("next_due").asc(nulls_first=True), "urgency", "pk")


class ReportFilterSet(WagtailFilterSet):
    service = names.FilterInWords(label=_("Service"), queryset=lambda request: names.services())

    class Meta:
        model = Report
        fields = ["settled", "answer", "service"]


def numbers_with(query: str) -> set:
    """Services with a number that holds these digits, in whatever way the number is written."""
    digits = NOT_DIGITS.sub("", query[:LONGEST_QUERY])
    digits = digits.removeprefix("00")
    if len(digits) < 3:
        return set()
    return set(Phone.objects.filter(number__contains=digits).values_list("service_id", flat=True))


def publication(service: Service) -> str:
    """Wagtail's own words ask the database for each row."""
    if not service.live:
        return _("not published")
    return _("published, a draft waits") if service.has_unpublished_changes else _("published")


class ServiceIndexView(PlainSearchIndexView):
    def found(self, query):
        return super().found(query) | numbers_with(query)

    @cached_property
    def columns(self):
        checkbox, *_rest = super().columns
        title = self._get_title_column_class(TitleColumn)(
            "words",
            label=_("Name"),
            sort_key="words",
            get_url=self.get_edit_url,
            get_title_id=lambda service: f"snippet_{service.pk}_title",
        )
        total = len(settings.LANGUAGES)
        return [
            checkbox,
            title,
            Column("organization", label=_("Organization"), sort_key="organization__name"),
            Column("get_status_display", label=_("Status"), sort_key="status"),
            Column("get_urgency_display", label=_("Urgency"), sort_key="urgency"),
            StatusTagColumn(
                "publication",
                label=_("Published"),
                accessor=publication,
                primary=lambda service: service.live,
                sort_key="live",
            ),
            Column("confirmed_on", label=_("Confirmed on"), sort_key="confirmed_on"),
            Column("next_due", label=_("Ask again on"), sort_key="next_due"),
            Column(
                "texts",
                label=_("Languages"),
                accessor=lambda service: f"{len(service.texts.all())}/{total}",
            ),
        ]

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        if self.request.user.has_perm("directory.add_verification"):
            address = reverse("directory_confirm", args=[instance.pk])
            buttons.append(Button(_("Confirm"), address, icon_name="check", priority=15))
        return buttons
