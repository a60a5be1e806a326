"""Who may do what, tried through the admin."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail_localize.models import Translation

from directory.models import Report, Service
from pages.models import ContentPage
from staff import roles

pytestmark = pytest.mark.django_db

PASSWORD = "drosa-parole-demo"
COUNTED = [
    Group,
    Group.permissions.through,
    GroupPagePermission,
    GroupCollectionPermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
]


def page_form(page, **changes) -> dict:
    """What the editor's form of a page without blocks sends."""
    return {
        "title": page.title,
        "tab_title": page.tab_title,
        "lead": page.lead,
        "mark": page.mark,
        "slug": page.slug,
        "search_description": page.search_description,
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000",
    } | changes


def edit_address(page) -> str:
    return f"/admin/pages/{page.pk}/edit/"


@pytest.fixture
def page():
    return ContentPage.objects.get(url_path="/lv/sev/")


def counts() -> list[int]:
    return [model.objects.count() for model in COUNTED]


def test_setting_the_roles_up_again_changes_nothing():
    before = counts()
    for _time in range(3):
        roles.set_up()
    assert counts() == before
    assert min(before) > 0


def test_a_permission_that_somebody_took_away_comes_back_and_one_too_many_goes():
    editors = Group.objects.get(name=roles.EDITOR)
    before = counts()
    editors.permissions.clear()
    GroupPagePermission.objects.filter(group__name=roles.PUBLISHER).first().delete()
    roles.set_up()
    assert counts() == before


def test_a_group_that_people_made_is_left_alone():
    group = Group.objects.create(name="Praktikanti")
    group.permissions.set(Group.objects.get(name=roles.EDITOR).permissions.all())
    amount = group.permissions.count()
    roles.set_up()
    assert group.permissions.count() == amount


def test_an_editor_writes_a_draft_and_finds_no_publish_button(client, sign_in, page):
    sign_in("redaktore")
    answer = client.get(edit_address(page))
    assert answer.status_code == 200
    form = BeautifulSoup(answer.content, "lxml")
    assert not form.select("[name=action-publish]")
    assert client.post(edit_address(page), page_form(page, title="Melnraksts")).status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().title == "Melnraksts"
    assert "Melnraksts" not in client.get("/lv/sev/").content.decode()


def test_an_editor_who_sends_the_publish_action_all_the_same_publishes_nothing(
    client, sign_in, page
):
    sign_in("redaktore")
    form = page_form(page, title="Publicēts") | {"action-publish": "1"}
    client.post(edit_address(page), form)
    page.refresh_from_db()
    assert page.title != "Publicēts"
    assert "Publicēts" not in client.get("/lv/sev/").content.decode()


def test_a_publisher_publishes(client, sign_in, page):
    sign_in("atbildiga")
    form = BeautifulSoup(client.get(edit_address(page)).content, "lxml")
    assert form.select("[name=action-publish]")
    client.post(edit_address(page), page_form(page, title="Publicēts") | {"action-publish": "1"})
    assert "Publicēts" in client.get("/lv/sev/").content.decode()


def test_an_editors_draft_goes_to_the_publishers_for_review(client, sign_in, page):
    sign_in("redaktore")
    form = page_form(page, title="Jauns") | {"action-submit": "1"}
    assert client.post(edit_address(page), form).status_code == 302
    state = page.current_workflow_state
    assert state.workflow.name == roles.REVIEW
    assert [group.name for group in state.current_task_state.task.specific.groups.all()] == [
        roles.PUBLISHER
    ]


def test_an_editor_may_not_take_a_page_down_and_a_publisher_may(client, sign_in, page):
    address = f"/admin/pages/{page.pk}/unpublish/"
    sign_in("redaktore")
    client.post(address)
    assert Page.objects.get(pk=page.pk).live
    sign_in("atbildiga")
    client.post(address)
    assert not Page.objects.get(pk=page.pk).live


def test_a_translator_reaches_the_translation_of_the_own_language_alone(client, sign_in):
    sign_in("tulkotaja")
    russian = Page.objects.get(url_path="/ru/sev/")
    answer = client.get(edit_address(russian))
    assert answer.status_code == 200
    assert Translation.objects.filter(target_locale=russian.locale).exists()
    assert "js-translation-editor" in answer.content.decode() or (
        "translation" in answer.templates[0].name
    )
    for address in ("/lv/sev/", "/uk/sev/", "/en/"):
        other = Page.objects.get(url_path=address)
        answer = client.get(edit_address(other))
        assert answer.status_code in {302, 403}, address


def test_a_translator_reaches_no_service(client, sign_in):
    sign_in("tulkotaja")
    service = Service.objects.first()
    for address in (
        "/admin/snippets/directory/service/",
        f"/admin/snippets/directory/service/edit/{service.pk}/",
        "/admin/snippets/directory/organization/add/",
    ):
        assert client.get(address).status_code in {302, 403, 404}, address


MATRIX = {
    # address: (editor, publisher, translator, directory keeper) may open it
    "/admin/": (True, True, True, True),
    "/admin/pages/": (True, True, True, False),
    "/admin/images/add/": (True, True, False, False),
    "/admin/documents/add/": (True, True, False, False),
    "/admin/snippets/pages/fact/add/": (False, True, False, False),
    "/admin/snippets/campaigns/indicator/add/": (False, True, False, False),
    "/admin/snippets/campaigns/wordrule/add/": (True, True, False, False),
    "/admin/snippets/stories/consent/add/": (False, True, False, False),
    "/admin/snippets/directory/service/": (True, True, False, True),
    "/admin/snippets/directory/service/add/": (True, True, False, True),
    "/admin/snippets/directory/servicetext/add/": (False, True, False, True),
    "/admin/snippets/directory/organization/add/": (False, True, False, True),
    "/admin/snippets/directory/place/add/": (False, False, False, True),
    "/admin/snippets/directory/area/add/": (False, False, False, True),
    "/admin/snippets/directory/need/add/": (False, True, False, True),
    "/admin/snippets/directory/placetext/add/": (False, True, False, True),
    "/admin/snippets/directory/areatext/add/": (False, True, False, True),
    "/admin/snippets/directory/situation/add/": (False, True, False, True),
    "/admin/snippets/directory/situationtext/add/": (False, True, False, True),
    "/admin/snippets/directory/report/": (False, True, False, True),
    "/admin/snippets/pages/nativereview/add/": (False, True, False, False),
    "/admin/settings/pages/sitesettings/": (False, True, False, False),
    "/admin/settings/quick_exit/exitsettings/": (False, True, False, False),
    "/admin/users/": (False, False, False, False),
    "/admin/groups/": (False, False, False, False),
    "/admin/sites/": (False, False, False, False),
    "/admin/locales/": (False, False, False, False),
    "/admin/workflows/list/": (False, False, False, False),
}
NAMES = ("redaktore", "atbildiga", "tulkotaja", "uzturetaja")


@pytest.mark.parametrize("address", MATRIX)
@pytest.mark.parametrize("name", NAMES)
def test_each_role_opens_its_rooms_and_no_others(client, sign_in, name, address):
    sign_in(name)
    answer = client.get(address, follow=True)
    reached = answer.status_code == 200 and answer.request["PATH_INFO"].startswith(address)
    if address != "/admin/" and answer.request["PATH_INFO"] == "/admin/":
        reached = False
    assert reached == MATRIX[address][NAMES.index(name)], answer.request["PATH_INFO"]


def test_the_administrator_opens_every_room(client, sign_in):
    sign_in("admin")
    for address in MATRIX:
        assert client.get(address, follow=True).status_code == 200, address


@pytest.mark.parametrize("address", MATRIX)
def test_a_stranger_is_led_to_the_sign_in(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/?next=")


def test_an_editor_may_not_make_a_service_public(client, sign_in):
    sign_in("redaktore")
    service = Service.objects.first()
    address = f"/admin/snippets/directory/service/unpublish/{service.pk}/"
    client.post(address)
    service.refresh_from_db()
    assert service.live
    text = client.get(f"/admin/snippets/directory/service/edit/{service.pk}/").content.decode()
    assert "action-publish" not in text


def test_a_keeper_publishes_a_service_and_edits_no_page(client, sign_in, page):
    sign_in("uzturetaja")
    service = Service.objects.first()
    address = f"/admin/snippets/directory/service/edit/{service.pk}/"
    assert "action-publish" in client.get(address).content.decode()
    client.post(f"/admin/snippets/directory/service/unpublish/{service.pk}/")
    service.refresh_from_db()
    assert not service.live
    client.post(edit_address(page), page_form(page, title="Cits") | {"action-publish": "1"})
    page.refresh_from_db()
    assert page.title != "Cits"


def test_only_the_keepers_group_may_read_confidential_addresses():
    holders = Group.objects.filter(permissions__codename__endswith="_confidentialaddress")
    assert set(holders.values_list("name", flat=True)) == {roles.KEEPER}
    keepers = Group.objects.get(name=roles.KEEPER).permissions.values_list("codename", flat=True)
    assert not {"change_verification", "delete_verification", "add_report"} & set(keepers)


def test_the_publisher_reads_reports_and_verifications_and_changes_none(client, sign_in):
    codenames = Group.objects.get(name=roles.PUBLISHER).permissions.values_list(
        "codename", flat=True
    )
    found = {name for name in codenames if name.endswith(("_report", "_verification"))}
    assert found == {"view_report", "view_verification"}
    report = Report.objects.create(service=Service.objects.first(), answer="wrong")
    sign_in("atbildiga")
    client.post(f"/admin/snippets/directory/report/edit/{report.pk}/", {"settled": "on"})
    report.refresh_from_db()
    assert not report.settled


@pytest.mark.parametrize("model", ["situation", "situationtext"])
@pytest.mark.parametrize("name", [roles.KEEPER, roles.PUBLISHER])
def test_situations_and_their_words_are_cared_for_by_two_groups(name, model):
    codenames = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
    assert {f"{action}_{model}" for action in ("add", "change", "delete", "view")} <= set(codenames)


# Attempts at the sign-in


def try_to_sign_in(client, name: str, password: str, **extra):
    return client.post("/admin/login/", {"username": name, "password": password}, **extra)


def test_five_wrong_passwords_close_one_account_and_no_other(client):
    for _time in range(4):
        assert try_to_sign_in(client, "redaktore", "wrong").status_code == 200
    closed = try_to_sign_in(client, "redaktore", "wrong")
    assert closed.status_code == 429
    page = BeautifulSoup(closed.content, "lxml")
    assert page.select_one("a.exit")
    assert page.select("a[href='tel:112']")
    assert "redaktore" not in page.get_text()
    assert try_to_sign_in(client, "redaktore", PASSWORD).status_code == 429
    assert try_to_sign_in(client, "REDAKTORE", PASSWORD).status_code in {200, 429}
    assert try_to_sign_in(client, "atbildiga", PASSWORD).status_code == 302


def test_another_address_or_browser_opens_no_closed_account(client):
    for number in range(5):
        try_to_sign_in(client, "redaktore", "wrong", REMOTE_ADDR=f"198.51.100.{number}")
    answer = try_to_sign_in(
        client, "redaktore", PASSWORD, REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="other"
    )
    assert answer.status_code == 429


def test_a_right_password_starts_the_count_anew(client):
    for _time in range(4):
        try_to_sign_in(client, "redaktore", "wrong")
    assert try_to_sign_in(client, "redaktore", PASSWORD).status_code == 302
    client.logout()
    for _time in range(4):
        assert try_to_sign_in(client, "redaktore", "wrong").status_code == 200


def test_a_closed_account_leaves_the_public_pages_open(client):
    for _time in range(6):
        try_to_sign_in(client, "redaktore", "wrong")
    assert client.get("/lv/").status_code == 200


def test_a_wrong_name_and_a_wrong_password_get_the_same_words(client):
    answers = [
        BeautifulSoup(try_to_sign_in(client, name, "wrong").content, "lxml")
        for name in ("redaktore", "nobody-here")
    ]
    messages = [answer.select_one(".messages").get_text(strip=True) for answer in answers]
    assert messages[0] == messages[1] != ""


def test_demo_accounts_are_refused_where_the_settings_forbid_them(settings, django_user_model):
    settings.DEMO_ACCOUNTS = False
    django_user_model.objects.all().delete()
    call_command("demo", verbosity=0)
    assert not django_user_model.objects.exists()
