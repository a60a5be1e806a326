"""Groups and what they may do: created after migrate, again and again without change.

Wagtail's own group names are kept as they are; ours carry the Latvian names of the roles.
"""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

EDITOR = "Redaktori"
PUBLISHER = "Satura atbildīgie"
KEEPER = "Pakalpojumu uzturētāji"
TRANSLATOR = "Tulkotāji: {language}"
REVIEW = "Satura pārbaude"

PAGE_PERMISSIONS = {
    EDITOR: ["add_page", "change_page"],
    PUBLISHER: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}
# Wagtail asks for the permissions of its own image and document models, whatever model is in use.
FILE_PERMISSIONS = {
    EDITOR: [
        f"{action}_{kind}"
        for kind in ("image", "document")
        for action in ("add", "change", "choose")
    ],
    PUBLISHER: [
        f"{action}_{kind}"
        for kind in ("image", "document")
        for action in ("add", "change", "delete", "choose")
    ],
}
# (app, codename) on models. An editor drafts services; their words have no draft state and may be
# published by a translation, so they are the publisher's.
MODEL_PERMISSIONS = {
    EDITOR: [
        ("wagtailadmin", "access_admin"),
        *[("directory", f"{action}_service") for action in ("add", "change", "view")],
        *[("campaigns", f"{action}_wordrule") for action in ("add", "change", "view")],
    ],
    PUBLISHER: [
        ("wagtailadmin", "access_admin"),
        ("wagtail_localize", "submit_translation"),
        *[("directory", f"{action}_service") for action in ("add", "change", "view", "publish")],
        *[
            ("directory", f"{action}_{model}")
            for action in ("add", "change", "delete", "view")
            for model in (
                "servicetext",
                "organization",
                "placetext",
                "areatext",
                "need",
                "needtext",
                "situation",
                "situationtext",
            )
        ],
        ("directory", "view_verification"),
        ("directory", "view_report"),
        ("pages", "change_sitesettings"),
        ("quick_exit", "change_exitsettings"),
        *[
            ("pages", f"{action}_{model}")
            for action in ("add", "change", "delete", "view")
            for model in ("nativereview", "fact", "facttext")
        ],
        *[
            ("campaigns", f"{action}_{model}")
            for action in ("add", "change", "delete", "view")
            for model in ("indicator", "indicatortext")
        ],
        # A consent is a record: added and withdrawn, never changed.
        *[("stories", f"{action}_consent") for action in ("add", "view", "withdraw")],
        *[("campaigns", f"{action}_wordrule") for action in ("add", "change", "delete", "view")],
    ],
    # Keeps what the directory says, no page. A verification is a record: added, never changed.
    KEEPER: [
        ("wagtailadmin", "access_admin"),
        ("wagtail_localize", "submit_translation"),
        *[("directory", f"{action}_service") for action in ("add", "change", "view", "publish")],
        *[
            ("directory", f"{action}_{model}")
            for action in ("add", "change", "delete", "view")
            for model in (
                "servicetext",
                "organization",
                "place",
                "placetext",
                "area",
                "areatext",
                "need",
                "needtext",
                "situation",
                "situationtext",
            )
        ],
        *[("directory", f"{action}_verification") for action in ("add", "view")],
        *[("directory", f"{action}_report") for action in ("change", "view")],
        # The one group that reads where a hidden place is.
        *[("directory", f"{action}_confidentialaddress") for action in ("change", "view")],
    ],
}


def after_migrate(**kwargs) -> None:
    """Receiver of post_migrate of this app, the last one: all permissions exist by then."""
    set_up()


def set_up() -> None:
    """Creates the groups with exactly these permissions. Groups made by people are left alone."""
    root = Page.objects.filter(depth=1).first()
    collection = Collection.get_first_root_node()
    if root is None or collection is None:
        return
    for name, codenames in PAGE_PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(MODEL_PERMISSIONS[name]))
        _set_page_permissions(group, root, codenames)
        _set_file_permissions(group, collection, FILE_PERMISSIONS[name])
    keepers, _created = Group.objects.get_or_create(name=KEEPER)
    keepers.permissions.set(_permissions(MODEL_PERMISSIONS[KEEPER]))
    _set_up_translators()
    _set_up_review(root)


def _set_up_translators() -> None:
    """One group a language: it may change and publish the pages of that language alone."""
    homes = {
        home.locale.language_code: home
        for home in Page.objects.filter(depth=2).select_related("locale")
    }
    for code, language in settings.LANGUAGES:
        if code == settings.LANGUAGE_CODE:
            continue
        group, _created = Group.objects.get_or_create(name=TRANSLATOR.format(language=language))
        group.permissions.set(_permissions([("wagtailadmin", "access_admin")]))
        home = homes.get(code)
        if home and Locale.objects.filter(language_code=code).exists():
            _set_page_permissions(group, home, ["change_page", "publish_page"])


def _set_up_review(root: Page) -> None:
    """An editor's draft goes to the publishers; Wagtail's default workflow is replaced."""
    task, _created = GroupApprovalTask.objects.get_or_create(name=REVIEW)
    task.groups.set(Group.objects.filter(name=PUBLISHER))
    workflow, _created = Workflow.objects.get_or_create(name=REVIEW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, sort_order=0)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


def _permissions(wanted: list[tuple[str, str]]):
    query = Q(pk__in=[])
    for app, codename in wanted:
        query |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.filter(query)


def _set_page_permissions(group: Group, page: Page, codenames: list[str]) -> None:
    wanted = Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    )
    GroupPagePermission.objects.filter(group=group).exclude(
        page=page, permission__in=wanted
    ).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _set_file_permissions(group: Group, collection: Collection, codenames: list[str]) -> None:
    wanted = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=codenames
    )
    GroupCollectionPermission.objects.filter(group=group).exclude(
        collection=collection, permission__in=wanted
    ).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=permission
        )
