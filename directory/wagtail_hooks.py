"""The directory in the admin: its lists, its own views, its place in the menus."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from directory.editing import unanswered, viewsets
from directory.editing.situation_viewsets import SituationTextViewSet, SituationViewSet
from directory.editing.trying import DOUBTS, TRY, DoubtsView, TryView
from directory.editing.views import ADDRESS_CHANGED, ConfidentialAddressView, ConfirmView


class DirectoryGroup(SnippetViewSetGroup):
    menu_label = _("Directory")
    menu_icon = "mobile-alt"
    menu_order = 150
    items = [
        viewsets.ServiceViewSet,
        viewsets.ServiceTextViewSet,
        viewsets.ReportViewSet,
        viewsets.OrganizationViewSet,
        viewsets.PlaceViewSet,
        viewsets.PlaceTextViewSet,
        viewsets.AreaViewSet,
        viewsets.AreaTextViewSet,
        viewsets.NeedViewSet,
        viewsets.NeedTextViewSet,
        SituationViewSet,
        SituationTextViewSet,
    ]


register_snippet(DirectoryGroup)


@hooks.register("register_admin_urls")
def own_views():
    return [
        path(
            "directory/services/<int:pk>/confirm/",
            ConfirmView.as_view(),
            name="directory_confirm",
        ),
        path(
            "directory/places/<int:pk>/confidential-address/",
            ConfidentialAddressView.as_view(),
            name="directory_confidential_address",
        ),
        path(
            "directory/unanswered/",
            unanswered.UnansweredView.as_view(),
            name="directory_unanswered",
        ),
        path("directory/situations/try/", TryView.as_view(), name=TRY),
        path("directory/situations/doubts/", DoubtsView.as_view(), name=DOUBTS),
    ]


class DueMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("directory.add_verification")


@hooks.register("register_reports_menu_item")
def due():
    """The list of services, what waits longest first."""
    return DueMenuItem(
        _("Services to be confirmed"),
        f"{reverse('wagtailsnippets_directory_service:list')}?due=now",
        icon_name="check",
        order=650,
    )


class UnansweredMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(unanswered.PERMISSION)


@hooks.register("register_reports_menu_item")
def unanswered_words():
    return UnansweredMenuItem(
        _("Words that found nothing"),
        reverse("directory_unanswered"),
        icon_name="search",
        order=660,
    )


@hooks.register("register_log_actions")
def actions(registered):
    registered.register_action(
        ADDRESS_CHANGED,
        _("Change the confidential address"),
        _("Confidential address changed"),
    )
