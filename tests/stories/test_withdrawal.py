"""A withdrawn story leaves nothing: no page, no list, no picture, no word anywhere."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail_localize.models import String

from pages.models import SiteImage
from stories.models import Consent, StoryPage
from tests.stories.conftest import MARKER, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def told(write_with_a_picture, agree, translate):
    """A live story in Latvian and Ukrainian with a picture."""
    story = write_with_a_picture()
    ukrainian = translate(story, "uk")
    agree(story, ["lv", "uk"], picture="drawing")
    assert publish(story)
    assert publish(ukrainian)
    return story


def answers(client) -> str:
    """All that names stories to a visitor."""
    texts = [
        client.get(f"/{code}{path}").content.decode()
        for code in ("lv", "uk", "lv-simple")
        for path in ("/stasti/", "/stasti/zq1abc/", "/", "/nav-tadas/")
    ]
    found = client.post("/lv/pakalpojumi/mekle/", {"text": MARKER}).content.decode()
    return "\n".join([*texts, found.replace(f'value="{MARKER}"', "")])


def everywhere() -> dict[str, int]:
    """{table: rows with the marker} of the whole database."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            columns = connection.introspection.get_table_description(cursor, table)
            names = " || ' ' || ".join(
                f"COALESCE(CAST({connection.ops.quote_name(c.name)} AS TEXT), '')" for c in columns
            )
            quoted = connection.ops.quote_name(table)
            # Table and columns come from the database itself.
            cursor.execute(
                f"SELECT COUNT(*) FROM {quoted} WHERE LOWER({names}) LIKE %s",
                [f"%{MARKER.lower()}%"],
            )
            if rows := cursor.fetchone()[0]:
                found[table] = rows
    return found


def withdraw(client, story, callbacks):
    with callbacks(execute=True):
        return client.post(f"/admin/stories/{story.pk}/withdraw/")


def test_a_withdrawn_story_is_nowhere(client, told, publisher, django_capture_on_commit_callbacks):
    page = client.get("/lv/stasti/zq1abc/").content.decode()
    assert f"{MARKER} teksts" in page
    assert f"uk {MARKER} teksts" in client.get("/uk/stasti/zq1abc/").content.decode()
    assert everywhere()
    picture = SiteImage.objects.get(title="x")
    drawn = picture.renditions.get()
    files = [Path(picture.file.path), Path(drawn.file.path)]
    assert drawn.file.name in page
    assert all(file.exists() for file in files)
    answer = client.get(f"/admin/stories/{told.pk}/withdraw/")
    assert "/uk/stasti/zq1abc/" in answer.content.decode()
    assert StoryPage.objects.filter(translation_key=told.translation_key).count() == 2

    withdraw(client, told, django_capture_on_commit_callbacks)

    for code in ("lv", "uk", "ru", "lv-simple"):
        gone = client.get(f"/{code}/stasti/zq1abc/")
        assert gone.status_code == 404
        assert "tel:112" in gone.content.decode()
    assert MARKER not in answers(client)
    assert "zq1abc" not in client.get("/sitemap.xml").content.decode()
    assert not any(file.exists() for file in files)
    assert not SiteImage.objects.filter(pk=picture.pk).exists()
    assert everywhere() == {}
    files_of_errors = Path(settings.ERROR_PAGES_ROOT).rglob("*.html")
    assert not any(MARKER in file.read_text("utf-8") for file in files_of_errors)


def test_the_log_knows_who_and_when_and_no_word(
    client, told, publisher, django_capture_on_commit_callbacks
):
    numbers = list(
        StoryPage.objects.filter(translation_key=told.translation_key).values_list("pk", flat=True)
    )
    withdraw(client, told, django_capture_on_commit_callbacks)
    record = Consent.objects.get()
    assert record.withdrawn_on
    assert record.withdrawn_by == publisher
    assert ModelLogEntry.objects.get(action="stories.withdrawn").user == publisher
    entries = PageLogEntry.objects.filter(page_id__in=numbers)
    assert entries.filter(action="stories.withdrawn", user=publisher).count() == 2
    assert MARKER not in "".join(f"{entry.label}{entry.data}" for entry in entries)


def test_a_picture_that_another_page_shows_stays(
    client, told, write, publisher, django_capture_on_commit_callbacks
):
    other = write("zq2def", kind="composite", body=told.body)
    assert publish(other)
    withdraw(client, told, django_capture_on_commit_callbacks)
    assert SiteImage.objects.filter(title="x").exists()
    assert client.get("/lv/stasti/zq2def/").status_code == 200


def test_earlier_wordings_go_and_those_of_others_stay(
    client, told, write, translate, publisher, django_capture_on_commit_callbacks
):
    other = write("zq2def", kind="composite", lead="Zqcits ievads", title="Zqcits", body=told.body)
    translate(other, "uk")
    for lead in (f"{MARKER} agrāk", f"{MARKER} vēl agrāk"):
        told.lead = lead
        told.save_revision(clean=False)
        translate(told, "uk")
    shared = "Vari zvanīt"
    assert String.objects.filter(data=f"{MARKER} agrāk").exists()
    assert String.objects.get(data=shared).translations.count() == 2
    withdraw(client, told, django_capture_on_commit_callbacks)
    assert not String.objects.filter(data__in=[f"{MARKER} agrāk", f"{MARKER} vēl agrāk"]).exists()
    assert String.objects.get(data=shared).translations.count() == 1
    assert String.objects.get(data="Zqcits ievads").translations.count() == 1


def test_forms_that_were_never_sent_go_as_well(
    client, told, publisher, django_capture_on_commit_callbacks
):
    other = StoryPage.objects.exclude(translation_key=told.translation_key).first()
    for number in ("", told.pk, other.pk):
        values = {
            "user": publisher,
            "content_type": ContentType.objects.get_for_model(StoryPage),
            "object_id": str(number),
        }
        FormState.objects.create(
            **values, data=f"lead={MARKER}", last_updated_at=timezone.now(), parent_object_id=""
        )
        if number:
            EditingSession.objects.create(**values, last_seen_at=timezone.now())
    withdraw(client, told, django_capture_on_commit_callbacks)
    for kept in (FormState, EditingSession):
        assert [row.object_id for row in kept.objects.all()] == [str(other.pk)]


def test_the_log_forgets_the_titles_of_deleted_pictures(
    client, told, publisher, django_capture_on_commit_callbacks
):
    picture = SiteImage.objects.get(title="x")
    picture.title = f"{MARKER} bilde"
    picture.save()
    log(instance=picture, action="wagtail.edit", user=publisher)
    entry = ModelLogEntry.objects.get(label=picture.title)
    withdraw(client, told, django_capture_on_commit_callbacks)
    entry.refresh_from_db()
    assert MARKER not in entry.label
    assert everywhere() == {}


@pytest.mark.parametrize(
    "address", ["/admin/pages/{}/delete/", "/admin/bulk/wagtailcore/page/delete/?id={}"]
)
@pytest.mark.parametrize("above", [False, True])
def test_an_own_story_is_not_deleted_but_withdrawn(client, told, sign_in, address, above):
    sign_in("admin")
    page = told.get_parent() if above else told
    answer = client.post(address.format(page.pk), {"confirm_site_name": settings.WAGTAIL_SITE_NAME})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/admin/stories/{told.pk}/withdraw/")
    assert StoryPage.objects.filter(pk=told.pk).exists()


def test_a_composed_story_is_deleted_as_any_page(client, write, sign_in):
    sign_in("admin")
    story = write(kind="composite")
    client.post(f"/admin/pages/{story.pk}/delete/")
    assert not StoryPage.objects.filter(pk=story.pk).exists()


# Taken down without a withdrawal


def taken_down_by_hand(story):
    story.unpublish()


def taken_down_on_its_day(story):
    StoryPage.objects.filter(translation_key=story.translation_key).update(expire_at=timezone.now())
    call_command("publish_scheduled", verbosity=0)


def taken_down_every_night(story):
    StoryPage.objects.filter(translation_key=story.translation_key).update(expire_at=timezone.now())
    call_command("unpublish_expired_stories", verbosity=0)


@pytest.mark.parametrize(
    "take_down", [taken_down_by_hand, taken_down_on_its_day, taken_down_every_night]
)
def test_the_drawn_pictures_go_with_the_story(told, take_down, django_capture_on_commit_callbacks):
    picture = SiteImage.objects.get(title="x")
    drawn = Path(picture.renditions.get().file.path)
    assert drawn.exists()
    with django_capture_on_commit_callbacks(execute=True):
        take_down(StoryPage.objects.get(pk=told.pk))
    assert not drawn.exists()
    assert not picture.renditions.exists()
    assert Path(picture.file.path).exists()


def test_the_drawn_pictures_stay_while_another_language_or_page_shows_them(told, write):
    picture = SiteImage.objects.get(title="x")
    other = write("zq2def", kind="composite", body=told.body)
    assert publish(other)
    ukrainian = told.get_translations().get(locale__language_code="uk")
    ukrainian.unpublish()
    assert picture.renditions.exists()
    StoryPage.objects.get(pk=told.pk).unpublish()
    assert picture.renditions.exists()
    StoryPage.objects.get(pk=other.pk).unpublish()
    assert not picture.renditions.exists()


def test_an_editor_withdraws_nothing(client, told, sign_in):
    sign_in("redaktore")
    assert client.post(f"/admin/stories/{told.pk}/withdraw/").status_code in {302, 403}
    assert client.get("/lv/stasti/zq1abc/").status_code == 200


def test_a_draft_is_nowhere(client, write):
    write()
    assert client.get("/lv/stasti/zq1abc/").status_code == 404
    assert MARKER not in answers(client)
    assert "zq1abc" not in client.get("/sitemap.xml").content.decode()


def test_the_search_finds_a_live_story(client, told):
    answer = client.post("/lv/pakalpojumi/mekle/", {"text": MARKER}).content.decode()
    assert "/lv/stasti/zq1abc/" in answer
