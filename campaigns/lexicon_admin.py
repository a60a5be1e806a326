"""The list of wordings in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from campaigns.lexicon import WordRule


class WordRuleIndexView(IndexView):
    """Searched without the search engine: that of SQLite stumbles over a quotation mark."""

    def search_queryset(self, queryset):
        return queryset.matching(self.search_query) if self.is_searching else queryset


class WordRuleViewSet(SnippetViewSet):
    model = WordRule
    icon = "edit"
    menu_label = _("Wordings")
    menu_order = 165
    add_to_admin_menu = True
    index_view_class = WordRuleIndexView
    # The index view searches; the names say that there is something to search.
    search_fields = ["pattern", "instead"]
    list_display = ["pattern", "instead", "code", "language", "confidence"]
    list_filter = ["language", "code", "confidence"]
    list_per_page = 50
