"""The flat list of myths in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from campaigns.models import MythPage
from pages.listing_admin import PageListing


class MythFilterSet(PageListing.filterset_class):
    class Meta:
        model = MythPage
        fields = ["live", "has_unpublished_changes"]


class MythListing(PageListing):
    """All cards of all languages: where each stands and what it denies."""

    model = MythPage
    icon = "help"
    menu_label = _("Facts and myths")
    menu_order = 250
    add_to_admin_menu = True
    columns = [
        *PageListing.columns,
        Column("position", label=_("Place in the list"), sort_key="position", width="8%"),
        Column("myth", label=_("Myth"), width="30%"),
    ]
    filterset_class = MythFilterSet
