"""The list of news for the press in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn

from campaigns.press import PressItemPage
from pages.listing_admin import PageListing


class PressItemListing(PageListing):
    model = PressItemPage
    icon = "doc-full"
    menu_label = _("Press items")
    menu_order = 155
    add_to_admin_menu = True
    columns = [
        *PageListing.columns,
        DateColumn("issued_on", label=_("Issued on"), sort_key="issued_on"),
    ]


press_items = PressItemListing("press_items")
