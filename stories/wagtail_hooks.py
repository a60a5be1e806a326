"""Stories in the admin, and the ways of publishing that show no form."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail_localize.models import Translation

from stories import rules
from stories.consent import Consent
from stories.editing import ConsentViewSet, StoryListing, WithdrawView
from stories.models import StoryPage
from stories.withdrawal import WITHDRAWN

register_snippet(ConsentViewSet)


@hooks.register("register_admin_viewset")
def listing():
    return StoryListing()


@hooks.register("register_admin_urls")
def own_views():
    return [
        path("stories/<int:pk>/withdraw/", WithdrawView.as_view(), name="stories_withdraw"),
    ]


@hooks.register("register_page_header_buttons")
def withdraw_button(page, user, view_name, next_url=None):
    if isinstance(page, StoryPage) and user.has_perm("stories.withdraw_consent"):
        yield Button(
            gettext_lazy("Withdraw the story"),
            reverse("stories_withdraw", args=[page.pk]),
            icon_name="bin",
            priority=70,
        )


@hooks.register("register_log_actions")
def actions(registered):
    registered.register_action(
        rules.REFUSED, gettext_lazy("Refuse to publish"), gettext_lazy("Was not published")
    )
    registered.register_action(
        WITHDRAWN, gettext_lazy("Withdraw the story"), gettext_lazy("Withdrawn for good")
    )


def say(request, found: list[rules.Problem]) -> None:
    """The reasons on top of the next page; what was typed is in the draft."""
    reasons = " ".join(str(problem.message) for problem in found)
    messages.error(request, _("Not published. %(reasons)s") % {"reasons": reasons})


# Before wagtail-localize, whose view publishes without asking.
@hooks.register("before_edit_page", order=-10)
def refuse_translation(request, page):
    """A translation that may not be published is saved as a draft, and its editor told why."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    if not isinstance(page, StoryPage) or not page.permissions_for_user(request.user).can_publish():
        return None
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale, enabled=True
    ).first()
    if translation is None:
        return None
    draft = translation.source.get_ephemeral_translated_instance(page.locale, fallback=True)
    found = rules.problems(draft)
    if not found:
        return None
    translation.save_target(user=request.user, publish=False)
    say(request, found)
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def refuse_many(request, action_type, objects, action_class_instance):
    """Many pages at once: none is published or deleted while one of them may not be."""
    if action_type == "delete":
        answers = (withdraw_instead(request, page) for page in objects if isinstance(page, Page))
        return next((answer for answer in answers if answer), None)
    if action_type != "publish":
        return None
    stories = StoryPage.objects.filter(
        pk__in=[page.pk for page in objects if isinstance(page, Page)]
    )
    for story in stories:
        if found := rules.problems(story.get_latest_revision_as_object()):
            say(request, found)
            return redirect("wagtailadmin_pages:edit", story.pk)
    return None


@hooks.register("before_copy_page")
def refuse_copies(request, page):
    """A copy would carry the words of a person away from the consent to them."""
    if page.get_descendants(inclusive=True).type(StoryPage).exists():
        messages.error(request, _("Stories are not copied: a consent belongs to one page."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_delete_snippet")
def keep_consents(request, instances):
    """Deleting many at once asks the user's permissions, which an administrator has, not ours."""
    if any(isinstance(instance, Consent) for instance in instances):
        raise PermissionDenied


@hooks.register("before_delete_page")
def withdraw_instead(request, page):
    """Deleting a page leaves translations, pictures and the translators' memory behind."""
    story = _own_stories(page).first()
    if story is None:
        return None
    messages.error(request, _("Withdraw the story"))
    return redirect("stories_withdraw", story.pk)


def _own_stories(page):
    """Own stories among this page and those below it; a draft called composed is own as well."""
    below = StoryPage.objects.descendant_of(page, inclusive=True)
    agreed = Consent.objects.values("story_key")
    return below.filter(Q(kind=StoryPage.Kind.OWN) | Q(translation_key__in=agreed))
