"""No word of a person's own story is published without a consent to it."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale, PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation

from stories.models import Consent, StoryPage
from stories.withdrawal import withdraw
from tests.directory.admin_forms import errors, fields
from tests.stories.conftest import MARKER, called, person, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def edit(page) -> str:
    return f"/admin/pages/{page.pk}/edit/"


def send(client, page, **changes):
    return client.post(edit(page), typed(client, page) | changes | {"action-publish": "x"})


def typed(client, page) -> dict:
    """The form as it was opened; the body is what the editor's script makes of it."""
    body = streamfield(
        [
            ("heading", "Kas bija"),
            ("text", rich_text(f"<p>{MARKER} teksts</p>", features=["bold"])),
            ("heading", "Numuri"),
            ("call", {"service": called(), "note": "Vari zvanīt"}),
        ]
    )
    return fields(client.get(edit(page))) | nested_form_data({"body": body})


def reasons(page) -> list[str]:
    return PageLogEntry.objects.filter(page=page, action="stories.refused").first().data["reasons"]


# In the form


def test_without_a_consent_the_form_says_so_and_keeps_what_was_typed(client, write, publisher):
    story = write()
    answer = send(client, story, lead="Zqjauns ievads")
    assert "no valid consent" in errors(answer, "kind")
    assert "Zqjauns ievads" in answer.content.decode()
    story.refresh_from_db()
    assert not story.live


def test_with_a_consent_to_these_words_the_form_publishes(client, read, write, agree, publisher):
    story = write()
    agree(story)
    send(client, story)
    assert f"{MARKER} teksts" in read("/lv/stasti/zq1abc/").get_text()


def test_a_changed_word_is_refused_and_the_approved_text_stays(
    client, read, write, agree, publisher
):
    story = write()
    agree(story)
    send(client, story)
    answer = send(client, story, lead="Zqcits ievads")
    assert "differs from the one" in errors(answer, "kind")
    text = read("/lv/stasti/zq1abc/").get_text()
    assert f"{MARKER} ievads" in text
    assert "Zqcits" not in text


@pytest.mark.parametrize("name", ["", "redaktore"])
def test_the_second_person_is_somebody_else_than_the_author(client, write, publisher, name):
    story = write(kind="composite")
    chosen = str(person(name).pk) if name else ""
    answer = send(client, story, checked_by=chosen)
    assert errors(answer, "checked_by")
    story.refresh_from_db()
    assert not story.live


def test_the_second_person_answers_with_their_own_name(client, write, publisher):
    story = write(kind="composite", checked_by=None)
    answer = send(client, story, checked_by=str(person("admin").pk), lead="Zqjauns ievads")
    assert "puts their own name" in errors(answer, "checked_by")
    assert "Zqjauns ievads" in answer.content.decode()
    send(client, story, checked_by=str(publisher.pk))
    story.refresh_from_db()
    assert story.live


def test_a_draft_needs_neither(client, write, publisher):
    story = write(checked_by=None)
    client.post(edit(story), typed(client, story) | {"lead": "Zqmelnraksts"})
    story.refresh_from_db()
    assert story.get_latest_revision_as_object().lead == "Zqmelnraksts"


def test_a_story_with_a_consent_cannot_be_called_composed(client, write, agree, publisher):
    story = write()
    agree(story)
    assert "one person" in errors(send(client, story, kind="composite"), "kind")


def test_a_translation_of_an_own_story_cannot_be_called_composed(write, translate):
    story = write()
    ukrainian = translate(story, "uk")
    ukrainian.kind = "composite"
    ukrainian.save_revision(clean=False)
    assert not publish(ukrainian)
    assert "not_composite" in reasons(ukrainian)
    StoryPage.objects.filter(pk=story.pk).update(kind="composite")
    StoryPage.objects.filter(pk=ukrainian.pk).update(kind="composite")
    assert publish(ukrainian)


# Where there is no form


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"days": -1}, "no_consent"),
        ({"withdrawn_on": datetime.date(2026, 1, 1)}, "no_consent"),
        ({"given_on": datetime.date(2999, 1, 1)}, "no_consent"),
    ],
)
def test_a_consent_that_does_not_hold_publishes_nothing(write, agree, record, code):
    story = write()
    agree(story, **record)
    assert not publish(story)
    assert code in reasons(story)


def test_a_consent_to_paper_is_none_to_the_site(write, agree):
    story = write()
    agree(story).texts.update(channel="print")
    assert not publish(story)
    assert "other_language" in reasons(story)


def test_a_scheduled_story_without_consent_stays_a_draft_and_holds_up_nothing(write):
    story = write()
    revision = story.get_latest_revision()
    past = timezone.now() - datetime.timedelta(hours=1)
    story.revisions.filter(pk=revision.pk).update(approved_go_live_at=past)
    call_command("publish_scheduled", verbosity=0)
    story.refresh_from_db()
    assert not story.live
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert MARKER not in str(PageLogEntry.objects.get(action="stories.refused").data)


def test_who_writes_the_row_itself_is_refused_too(write):
    story = write()
    story.live = True
    story.save()
    assert not StoryPage.objects.get(pk=story.pk).live
    assert "no_consent" in reasons(story)


def test_an_alias_in_another_language_needs_a_consent_for_it(client, write, agree):
    story = write()
    agree(story)
    assert publish(story)
    alias = story.copy_for_translation(Locale.objects.get(language_code="uk"), alias=True)
    assert not StoryPage.objects.get(pk=alias.pk).live
    assert publish(story)
    assert not StoryPage.objects.get(pk=alias.pk).live
    assert "lang" in str(BeautifulSoup(client.get("/uk/stasti/zq1abc/").content, "lxml").main)


def test_a_withdrawn_story_is_not_written_anew_by_who_still_holds_it(write, agree):
    story = write()
    agree(story)
    assert publish(story)
    held = StoryPage.objects.get(pk=story.pk)
    withdraw(story)
    with pytest.raises(StoryPage.DoesNotExist):
        held.save()
    assert not StoryPage.objects.filter(slug="zq1abc").exists()


def test_a_picture_needs_a_consent_to_a_picture(write_with_a_picture, agree):
    story = write_with_a_picture()
    agree(story)
    assert not publish(story)
    assert "no_picture_agreed" in reasons(story)
    agree(story, picture="drawing")
    assert publish(story)


@pytest.mark.parametrize("action", ["publish", "copy", "convert_alias", "delete", "unpublish"])
def test_the_list_of_pages_for_scripts_is_for_reading_alone(client, write, publisher, action):
    story = write(kind="composite")
    listed = f"/admin/api/main/pages/{story.pk}/"
    assert client.get(listed).json()["title"] == story.title
    assert client.post(f"{listed}action/{action}/", {}).status_code == 404
    assert StoryPage.objects.filter(slug="zq1abc", live=False).exists()


def test_a_translation_needs_a_consent_for_its_own_language(
    client, write, agree, translate, publisher, django_capture_on_commit_callbacks
):
    story = write()
    agree(story)
    assert publish(story)
    ukrainian = translate(story, "uk")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(edit(ukrainian), {"action": "publish"}, follow=True)
    assert "does not cover this language" in answer.content.decode()
    assert f"uk {MARKER}" not in client.get("/uk/stasti/zq1abc/").content.decode()
    agree(story, ["uk"])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit(ukrainian), {"action": "publish"})
    assert f"uk {MARKER}" in client.get("/uk/stasti/zq1abc/").content.decode()


def test_a_translation_that_changes_does_not_reach_the_live_page(
    client, write, agree, translate, django_capture_on_commit_callbacks
):
    story = write()
    ukrainian = translate(story, "uk")
    agree(story, ["lv", "uk"])
    assert publish(story)
    assert publish(ukrainian)
    translation = story_translation(ukrainian)
    catalogue = translation.export_po()
    for entry in catalogue:
        entry.msgstr = f"Zqcits {entry.msgid}"
    translation.import_po(catalogue)
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    text = client.get("/uk/stasti/zq1abc/").content.decode()
    assert "Zqcits" not in text
    assert f"uk {MARKER} teksts" in text
    ukrainian.refresh_from_db()
    assert "Zqcits" in ukrainian.get_latest_revision_as_object().lead


def story_translation(page):
    return Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page.locale
    )


def test_a_story_is_not_copied(client, write, agree, publisher):
    story = write()
    agree(story)
    assert publish(story)
    before = StoryPage.objects.count()
    client.post(
        f"/admin/pages/{story.pk}/copy/",
        {"new_title": "x", "new_slug": "zqkopija", "new_parent_page": story.get_parent().pk,
         "publish_copies": "on"},
    )  # fmt: skip
    assert StoryPage.objects.count() == before


def test_the_list_of_stories_filters_by_kind(client, write, publisher):
    write()
    own = client.get("/admin/stories/", {"kind": "own"}).content.decode()
    composed = client.get("/admin/stories/", {"kind": "composite"}).content.decode()
    assert MARKER in own
    assert MARKER not in composed


# The end of a consent


def test_after_its_last_day_a_story_is_found_nowhere_before_any_command_ran(client, write, agree):
    story = write()
    record = agree(story, days=0)
    assert publish(story)
    assert client.get("/lv/stasti/zq1abc/").status_code == 200
    Consent.objects.filter(pk=record.pk).update(
        expires_on=timezone.localdate() - datetime.timedelta(days=1)
    )
    story.refresh_from_db()
    StoryPage.objects.filter(pk=story.pk).update(
        expire_at=story.expire_at - datetime.timedelta(days=1)
    )
    assert client.get("/lv/stasti/zq1abc/").status_code == 404
    for address in ("/lv/stasti/", "/sitemap.xml", "/lv/nav/"):
        assert "zq1abc" not in client.get(address).content.decode()
        assert MARKER not in client.get(address).content.decode()
    call_command("unpublish_expired_stories", verbosity=0)
    story.refresh_from_db()
    assert (story.live, story.expired) == (False, True)


def test_the_page_ends_with_the_last_day_of_the_consent(write, agree):
    story = write()
    record = agree(story)
    assert publish(story)
    last = timezone.localtime(story.expire_at) - datetime.timedelta(seconds=1)
    assert last.date() == record.expires_on


@pytest.mark.parametrize("lead", [f"{MARKER} ievads", "Zqcits ievads"])
def test_an_old_revision_does_not_bring_back_what_has_ended(write, agree, lead):
    story = write()
    record = agree(story)
    assert publish(story)
    past = timezone.now() - datetime.timedelta(days=1)
    Consent.objects.filter(pk=record.pk).update(
        expires_on=timezone.localdate() - datetime.timedelta(days=2)
    )
    StoryPage.objects.filter(pk=story.pk).update(expire_at=past)
    for end in (None, timezone.now() + datetime.timedelta(days=9)):
        old = StoryPage.objects.get(pk=story.pk)
        old.expire_at, old.lead = end, lead
        old.save()
        story.refresh_from_db()
        assert (story.expire_at, story.lead) == (past, f"{MARKER} ievads")


def test_the_end_of_a_composed_story_is_what_its_editor_sets(write):
    story = write(kind="composite")
    for end in (timezone.now() + datetime.timedelta(days=9), None):
        story = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
        story.expire_at = end
        story.save_revision()
        assert publish(story)
        assert story.expire_at == end
