"""What editors see of the rooms of pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.models import NativeReview


class NativeReviewViewSet(SnippetViewSet):
    model = NativeReview
    icon = "check"
    menu_label = _("Native review")
    menu_order = 700
    add_to_admin_menu = True
    list_display = ["page", "reviewed_by", "reviewed_on"]


register_snippet(NativeReviewViewSet)
