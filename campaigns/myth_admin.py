"""The flat list of myths in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from campaigns.models import MythPage


class MythFilterSet(PageListingViewSet.filterset_class):
    class Meta:
        model = MythPage
        fields = ["live", "has_unpublished_changes"]


class MythListing(PageListingViewSet):
    """All cards of all languages: where each stands and what it denies."""

    model = MythPage
    icon = "help"
    menu_label = _("Facts and myths")
    menu_order = 250
    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns,
        Column("position", label=_("Place in the list"), sort_key="position", width="8%"),
        Column("myth", label=_("Myth"), width="30%"),
    ]
    filterset_class = MythFilterSet
