"""Stories and consents in the admin: lists, the record, the one action that ends a story."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.permissions import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.listing_admin import PageListing, TitleIndexView
from stories import withdrawal
from stories.consent import Consent
from stories.forms import ConsentForm
from stories.models import StoryPage


class StoryIndexView(TitleIndexView):
    base_columns = [
        *TitleIndexView.base_columns,
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display"),
        Column("checked_by", label=gettext_lazy("Second person")),
        Column("expire_at", label=gettext_lazy("Until")),
    ]

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("checked_by")


class StoryListing(PageListing):
    model = StoryPage
    index_view_class = StoryIndexView
    icon = "openquote"
    menu_label = gettext_lazy("Stories")
    menu_order = 180
    add_to_admin_menu = True
    name = "stories"
    list_filter = ["locale", "kind", "live", "checked_by"]


class RecordPolicy(ModelPermissionPolicy):
    """A record is added and read; nobody changes or deletes it, an administrator neither."""

    def user_has_permission(self, user, action):
        return action not in {"change", "delete"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)


class ConsentViewSet(SnippetViewSet):
    model = Consent
    icon = "check"
    menu_label = gettext_lazy("Consents")
    menu_order = 181
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "reference",
        "story_key",
        "form_version",
        "level",
        "method",
        "picture",
        "given_on",
        "expires_on",
        "withdrawn_on",
        "recorded_by",
        "recorded_at",
    ]
    permission_policy = RecordPolicy(Consent)
    list_display = ["reference", "level", "given_on", "expires_on", Column("state")]
    list_filter = ["level", "method", "expires_on", "withdrawn_on"]
    edit_handler = ObjectList(
        [
            FieldPanel("story"),
            FieldRowPanel([FieldPanel("reference"), FieldPanel("form_version")]),
            FieldRowPanel([FieldPanel("level"), FieldPanel("method"), FieldPanel("picture")]),
            MultiFieldPanel(
                [FieldPanel("is_adult"), FieldPanel("has_read")], heading=gettext_lazy("Confirmed")
            ),
            FieldRowPanel([FieldPanel("given_on"), FieldPanel("expires_on")]),
            InlinePanel(
                "texts",
                panels=[FieldRowPanel([FieldPanel("language"), FieldPanel("channel")])],
                heading=gettext_lazy("Approved texts"),
                label=gettext_lazy("Text"),
                help_text=gettext_lazy(
                    "The words of the saved draft are approved as they are now. "
                    "A later change of a word needs a new consent."
                ),
            ),
        ],
        base_form_class=ConsentForm,
    )


class WithdrawView(WagtailAdminTemplateMixin, TemplateView):
    """Asks once, then ends the story in every language. A reason is not asked."""

    template_name = "stories/admin/withdraw.html"
    header_icon = "bin"
    page_title = gettext_lazy("Withdraw the story")

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("stories.withdraw_consent"):
            raise PermissionDenied
        self.story = get_object_or_404(StoryPage, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.story.get_admin_display_title()

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.story.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": edit, "label": self.story.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "story": self.story,
            "translations": self.story.get_translations(inclusive=True).select_related("locale"),
        }

    def post(self, request, *args, **kwargs):
        withdrawal.withdraw(self.story, request.user)
        messages.success(request, _("The story is gone in every language. No reason is kept."))
        return redirect(reverse("stories:index"))
