"""The bank of facts in the admin: lists, search, what is overdue, what may not be deleted."""

import django_filters
from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from laces.components import Component
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from pages.fact_queries import period, printed
from pages.facts import Fact, FactText

MOST_IN_PANEL = 10


class FactIndexView(IndexView):
    """Searched without the search engine: that of SQLite stumbles over a quotation mark."""

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query) if self.is_searching else queryset


class FactFilterSet(WagtailFilterSet):
    overdue = django_filters.ChoiceFilter(
        label=_("To be looked at again"),
        choices=[("overdue", _("overdue"))],
        method="only_overdue",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Fact
        fields = ["unit"]

    def only_overdue(self, queryset, name, value):
        return queryset.overdue()


class FactSearchForm(BaseFilterForm):
    """Finds a fact for a page by its words."""

    q = forms.CharField(label=_("Words"), required=False)

    def filter(self, objects):
        words = self.cleaned_data.get("q", "")
        if words:
            self.is_searching, self.search_query = True, words
            objects = objects.matching(words)
        return super().filter(objects)


VALUE = Column("value", label=_("Figure"), accessor=printed)
PERIOD = Column("year_from", label=_("Year of the data"), accessor=period, sort_key="year_from")


class FactColumns:
    """What tells one fact from another when an editor chooses it."""

    filter_form_class = FactSearchForm
    per_page = 50

    @property
    def columns(self):
        return [*super().columns, VALUE, PERIOD]


class FactChooseView(FactColumns, ChooseView):
    pass


class FactChooseResultsView(FactColumns, ChooseResultsView):
    pass


class FactChooserViewSet(SnippetChooserViewSet):
    choose_view_class = FactChooseView
    choose_results_view_class = FactChooseResultsView


class FactViewSet(SnippetViewSet):
    model = Fact
    icon = "percent"
    index_view_class = FactIndexView
    chooser_viewset_class = FactChooserViewSet
    filterset_class = FactFilterSet
    # The index view searches; the names say that there is something to search.
    search_fields = ["key", "source"]
    list_display = [
        "key",
        VALUE,
        PERIOD,
        "source",
        DateColumn("review_due", label=_("To be looked at again on"), sort_key="review_due"),
        BooleanColumn("overdue", label=_("overdue")),
    ]
    list_per_page = 50


class FactTextViewSet(SnippetViewSet):
    model = FactText
    icon = "pilcrow"
    list_display = ["sentence", "fact", "locale"]
    list_filter = ["locale"]
    search_fields = ["sentence", "definition", "fact__key"]


class FactGroup(SnippetViewSetGroup):
    menu_label = _("Facts")
    menu_icon = "percent"
    menu_order = 160
    items = [FactViewSet, FactTextViewSet]


def keep_what_is_quoted(request, instances):
    """Hook before deletion: names what quotes a fact, and stops."""
    quoted = {fact: fact.used_on() for fact in instances if isinstance(fact, Fact)}
    quoted = {fact: users for fact, users in quoted.items() if users}
    if not quoted:
        return None
    finder = AdminURLFinder(request.user)
    for fact, users in quoted.items():
        messages.error(
            request,
            gettext("“%(fact)s” is quoted and stays: %(places)s. Take it away there first.")
            % {"fact": fact, "places": ", ".join(_named(user, finder) for user in users)},
        )
    return redirect(reverse(Fact.snippet_viewset.get_url_name("list")))


def _named(user, finder: AdminURLFinder) -> str:
    """A page with its address, so that six translations can be told apart."""
    address = getattr(user, "url_path", "") or finder.get_edit_url(user) or ""
    return f"{user} ({address})" if address else str(user)


class OverduePanel(Component):
    """On the first page of the admin: which facts somebody must look at again."""

    name = "overdue_facts"
    template_name = "pages/components/overdue_facts.html"
    order = 250

    def get_context_data(self, parent_context):
        listed = reverse(Fact.snippet_viewset.get_url_name("list"))
        edit = Fact.snippet_viewset.get_url_name("edit")
        return {
            "facts": [
                {"fact": fact, "value": printed(fact), "address": reverse(edit, args=[fact.pk])}
                for fact in Fact.objects.overdue()[:MOST_IN_PANEL]
            ],
            "address": f"{listed}?overdue=overdue",
        }


def add_overdue_panel(request, panels: list) -> None:
    """Hook: for those who may change facts, while there is something to do."""
    if request.user.has_perm("pages.change_fact") and Fact.objects.overdue().exists():
        panels.append(OverduePanel())
