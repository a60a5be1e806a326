"""Indicators in the admin: what is overdue, what nobody has counted yet, the values in rows."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from campaigns.indicators import Indicator, IndicatorText


class IndicatorFilterSet(WagtailFilterSet):
    overdue = django_filters.ChoiceFilter(
        label=_("To be looked at again"),
        choices=[("overdue", _("overdue"))],
        method="only_overdue",
        widget=forms.RadioSelect,
    )
    counted = django_filters.ChoiceFilter(
        label=_("Values"),
        choices=[("some", _("there are some")), ("none", _("not yet counted"))],
        method="by_values",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Indicator
        fields = ["level", "rhythm", "unit"]

    def only_overdue(self, queryset, name, value):
        return queryset.overdue()

    def by_values(self, queryset, name, value):
        return queryset.filter(values__isnull=value == "none").distinct()


class IndicatorViewSet(SnippetViewSet):
    model = Indicator
    icon = "history"
    filterset_class = IndicatorFilterSet
    list_display = [
        "code",
        "level",
        "rhythm",
        "baseline",
        "target",
        DateColumn("review_due", label=_("To be looked at again on"), sort_key="review_due"),
        BooleanColumn("overdue", label=_("overdue")),
    ]
    list_per_page = 50


class IndicatorTextViewSet(SnippetViewSet):
    model = IndicatorText
    icon = "pilcrow"
    list_display = ["name", "indicator", "locale"]
    list_filter = ["locale"]


class IndicatorGroup(SnippetViewSetGroup):
    menu_label = _("Indicators")
    menu_icon = "history"
    menu_order = 170
    items = [IndicatorViewSet, IndicatorTextViewSet]
