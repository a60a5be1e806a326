"""The list of news for the press in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.viewsets.pages import PageListingViewSet

from campaigns.press import PressItemPage


class PressItemListingViewSet(PageListingViewSet):
    model = PressItemPage
    icon = "doc-full"
    menu_label = _("Press items")
    menu_order = 155
    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns,
        DateColumn("issued_on", label=_("Issued on"), sort_key="issued_on"),
    ]


press_items = PressItemListingViewSet("press_items")
