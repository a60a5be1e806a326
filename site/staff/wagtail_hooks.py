"""What Wagtail's permissions cannot say: a translator changes words, never the tree."""

from django.core.exceptions import PermissionDenied
from wagtail import hooks
from wagtail.admin.api.views import PagesAdminAPIViewSet


def may_change_tree(page, user) -> bool:
    """True for those who may also make pages: editors and publishers."""
    return page.permissions_for_user(user).can_add_subpage()


def refuse_translators(request, page, *args) -> None:
    """Raises PermissionDenied for somebody who may publish a translation and nothing else."""
    if not may_change_tree(page.get_parent() or page, request.user):
        raise PermissionDenied


for moment in (
    "before_delete_page",
    "before_unpublish_page",
    "before_move_page",
    "before_copy_page",
    "before_convert_alias_page",
):
    hooks.register(moment, refuse_translators)


class ReadingPages(PagesAdminAPIViewSet):
    """The admin's own list of pages: to read, as its menus and choosers do.

    Its actions publish, copy and delete without the forms and hooks that hold our rules; nothing in
    the admin calls them.
    """

    actions: dict = {}


@hooks.register("construct_admin_api")
def only_reading(router) -> None:
    router.register_endpoint("pages", ReadingPages)
