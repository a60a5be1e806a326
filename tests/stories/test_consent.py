"""No word of a person's own story is published without a consent to it."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation

from stories.approved_text import canonical
from stories.models import Consent, StoryPage
from tests.directory.admin_forms import errors, fields
from tests.stories.conftest import MARKER, called, person, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TODAY = timezone.localdate
ADD = "/admin/snippets/stories/consent/add/"


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
    with pytest.raises(ValidationError):
        story.save()
    assert not StoryPage.objects.get(pk=story.pk).live


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


# The end of a consent


def test_after_its_last_day_a_story_is_found_nowhere_before_any_command_ran(client, write, agree):
    story = write()
    record = agree(story, days=0)
    assert publish(story)
    assert client.get("/lv/stasti/zq1abc/").status_code == 200
    Consent.objects.filter(pk=record.pk).update(expires_on=TODAY() - datetime.timedelta(days=1))
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
    Consent.objects.filter(pk=record.pk).update(expires_on=TODAY() - datetime.timedelta(days=2))
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


# The record


def a_paper(story, **changes):
    return {
        "story": str(story.pk), "reference": "P-2026/014", "form_version": "1", "level": "3",
        "method": "paper", "picture": "none", "is_adult": "on", "has_read": "on",
        "given_on": str(TODAY()), "expires_on": "",
        "texts-TOTAL_FORMS": "1", "texts-INITIAL_FORMS": "0", "texts-MIN_NUM_FORMS": "0",
        "texts-MAX_NUM_FORMS": "1000", "texts-0-id": "", "texts-0-DELETE": "",
        "texts-0-language": "lv", "texts-0-channel": "web",
    } | changes  # fmt: skip


def test_a_publisher_records_a_consent_to_the_draft_and_publishes(client, write, publisher):
    story = write()
    client.post(ADD, a_paper(story))
    record = Consent.objects.get()
    assert record.recorded_by == publisher
    assert record.expires_on > TODAY() + datetime.timedelta(days=360)
    assert publish(story)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reference": "Anna Bērziņa"}, "Never a name"),
        ({"is_adult": ""}, "not of age"),
        ({"has_read": ""}, "there is no consent"),
        ({"given_on": "2999-01-01"}, "still to come"),
        ({"expires_on": "2999-01-01"}, "twelve months at most"),
        ({"texts-0-language": "uk"}, "not written in this language"),
        ({"texts-0-channel": "social"}, "does not open this channel"),
        ({"texts-TOTAL_FORMS": "0"}, "at least one language"),
    ],
)
def test_a_mistake_in_the_record_is_named_and_nothing_is_lost(
    client, write, publisher, changes, message
):
    answer = client.post(ADD, a_paper(write(), form_version="Zqveidlapa") | changes)
    assert message in BeautifulSoup(answer.content, "lxml").get_text()
    assert "Zqveidlapa" in answer.content.decode()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("name", ["admin", "atbildiga"])
def test_a_record_is_never_changed_nor_deleted(client, sign_in, write, agree, name):
    record = agree(write())
    sign_in(name)
    for what in ("edit", "delete"):
        answer = client.post(f"/admin/snippets/stories/consent/{what}/{record.pk}/", {})
        assert answer.status_code in {302, 403, 404}
    record.refresh_from_db()
    assert client.get("/admin/snippets/stories/consent/").status_code == 200


def test_many_records_at_once_are_not_deleted_either(client, sign_in, write, agree):
    record = agree(write())
    sign_in("admin")
    client.post(f"/admin/bulk/stories/consent/delete/?id={record.pk}", follow=True)
    assert Consent.objects.filter(pk=record.pk).exists()


def test_an_editor_records_no_consent(client, sign_in):
    sign_in("redaktore")
    assert client.get(ADD).status_code in {302, 403}


def test_the_list_of_stories_filters_by_kind(client, write, publisher):
    write()
    own = client.get("/admin/stories/", {"kind": "own"}).content.decode()
    composed = client.get("/admin/stories/", {"kind": "composite"}).content.decode()
    assert MARKER in own
    assert MARKER not in composed


# The fingerprint


def test_the_fingerprint_knows_words_and_nothing_else(write):
    story = write()
    before = canonical(story)
    story.body = [
        ("heading", "Kas bija"),
        ("text", f'<p data-block-key="x">{MARKER}   <b>teksts</b></p>'),
        ("heading", "Numuri"),
        ("call", {"service": called(), "note": "Vari zvanīt"}),
    ]
    assert canonical(story) == before
    story.content_note += "!"
    assert canonical(story) != before


def test_words_between_angle_brackets_are_words(write):
    story = write()
    for name in ("title", "tab_title", "lead", "content_note", "search_description"):
        before = canonical(story)
        setattr(story, name, f"{getattr(story, name)} <mans vārds>")
        assert canonical(story) != before, name
    for kind in ("heading", "call", "quotation", "steps", "image"):
        block = story.body.stream_block.child_blocks[kind]
        stored = {
            "heading": "Kas {} bija",
            "call": {"service": called(), "note": "Vari {} zvanīt"},
            "quotation": {"text": "Vārdi {}", "source": "Plāns"},
            "steps": [{"title": "Piezvani", "text": "Vai {}"}, {"title": "Izlem", "text": ""}],
            "image": {"image": None, "caption": "Jūra {}"},
        }[kind]
        told = [told_by(story, block, put(stored, words)) for words in ("", "<rīts>", "<vakars>")]
        assert len(set(told)) == 3, kind


def test_a_sentence_made_a_heading_is_another_text(write):
    story = write()
    kinds = story.body.stream_block.child_blocks
    assert told_by(story, kinds["text"], "Kas bija") != told_by(story, kinds["heading"], "Kas bija")


def put(stored, words: str):
    if isinstance(stored, str):
        return stored.replace("{}", words)
    if isinstance(stored, list):
        return [put(one, words) for one in stored]
    return {key: put(one, words) for key, one in stored.items()} if stored else stored


def told_by(story, block, stored) -> str:
    story.body = [(block.name, block.to_python(stored))]
    return canonical(story)


def test_where_a_link_leads_is_approved_with_its_words(write):
    story = write()
    text = story.body.stream_block.child_blocks["text"]
    told = [
        told_by(story, text, f"<p>Skaties {link}.</p>")
        for link in (
            "šeit",
            '<a href="https://example.org/">šeit</a>',
            '<a href="https://example.com/">šeit</a>',
            '<a linktype="page" id="3">šeit</a>',
            '<a linktype="page" id="4">šeit</a>',
            '<a linktype="document" id="4">šeit</a>',
            "&lt;a href=&quot;https://example.org/&quot;&gt;šeit&lt;/a&gt;",
        )
    ]
    assert len(set(told)) == len(told)
    one, other = (
        told_by(story, text, f"<p><a {attributes}>šeit</a></p>")
        for attributes in ('linktype="page" id="3"', 'id="3" linktype="page" data-x="y"')
    )
    assert one == other


def test_neither_the_order_of_keys_nor_what_is_empty_counts(write):
    story = write()

    def told(value: dict) -> str:
        block = story.body.stream_block
        story.body = block.to_python([{"type": "link", "value": value, "id": "1"}])
        return canonical(story)

    value = {"text": "Lasi", "note": "te", "address": "https://example.org/"}
    expected = told(value)
    assert told(dict(reversed(value.items()))) == expected
    assert told(value | {"page": None, "service": ""}) == expected
    assert told(value | {"note": False}) == told({**value, "note": ""}) != expected
