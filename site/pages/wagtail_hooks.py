"""What editors see of the rooms of pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from pages import fact_admin, rich_text
from pages.models import NativeReview


class NativeReviewViewSet(SnippetViewSet):
    model = NativeReview
    icon = "check"
    menu_label = _("Native review")
    menu_order = 700
    add_to_admin_menu = True
    list_display = ["page", "reviewed_by", "reviewed_on"]


register_snippet(NativeReviewViewSet)
register_snippet(fact_admin.FactGroup)
hooks.register("before_delete_snippet", fact_admin.keep_what_is_quoted)
hooks.register("construct_homepage_panels", fact_admin.add_overdue_panel)
hooks.register("register_rich_text_features", rich_text.register)
