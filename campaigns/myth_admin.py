"""The flat list of myths in the admin, and what is said of a card that may not be published."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from campaigns.models import MythPage
from campaigns.myths import WITHOUT_FACT
from pages import fact_block
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


class Refusal(LogFormatter):
    """The history of a card says why it did not go live."""

    label = _("Refuse to publish")

    def format_message(self, log_entry):
        return _("Not published. %(reasons)s") % {"reasons": WITHOUT_FACT}


def refuse_many(request, action_type, objects, action_class_instance):
    """Hook before_bulk_action: none is published while a card among them has no fact."""
    if action_type != "publish":
        return None
    cards = MythPage.objects.filter(pk__in=[page.pk for page in objects if isinstance(page, Page)])
    for card in cards:
        if not fact_block.facts_in(card.get_latest_revision_as_object().body):
            messages.error(request, _("Not published. %(reasons)s") % {"reasons": WITHOUT_FACT})
            return redirect("wagtailadmin_pages:edit", card.pk)
    return None
