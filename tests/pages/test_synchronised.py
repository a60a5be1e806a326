"""What is the same in every language: carried over when the source language is published."""

import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail_localize.models import Translation

from campaigns.models import CampaignPage, EventPage, MythPage, PressItemPage
from pages import receivers
from search.models import Document
from stories.models import StoryPage
from tests.campaigns.making import change, day, moment

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
EVENT = "/kampanas/2026-2/2/"
STARTS, ENDS = moment("2026-12-05 09:00"), moment("2026-12-05 11:00")


def of(code: str, path: str = EVENT) -> Page:
    return Page.objects.get(url_path=f"/{code}{path}").specific


def with_translations(model) -> Page:
    """A Latvian page of this type that is there in all languages."""
    pages = model.objects.filter(locale__language_code="lv")
    return max(pages, key=lambda page: page.get_translations().count())


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (MythPage, {"position": 91, "mark": "diagonal"}),
        (PressItemPage, {"issued_on": day("2026-02-03")}),
        (
            CampaignPage,
            {
                "first_day": day("2027-05-01"), "last_day": day("2027-05-09"),
                "channels": ["tv"], "demonstration": False,
            },
        ),
    ],
)  # fmt: skip
def test_every_language_follows_the_source(model, values):
    source = with_translations(model)
    assert source.get_translations().count()
    change(source, **values)
    for page in source.get_translations().specific():
        assert {name: getattr(page, name) for name in values} == values
        draft = page.get_latest_revision_as_object()
        assert {name: getattr(draft, name) for name in values} == values


def test_a_draft_keeps_its_words_and_gets_the_new_days():
    page = of("ru")
    page.title = "Zqčernovik"
    draft = page.save_revision()
    shown = of("ru").title
    change(of("lv"), starts=STARTS, ends=ENDS)
    page = of("ru")
    assert (page.title, page.starts) == (shown, STARTS)
    assert page.has_unpublished_changes
    assert page.latest_revision_id == draft.pk
    kept = page.get_latest_revision_as_object()
    assert (kept.title, kept.starts, kept.ends) == ("Zqčernovik", STARTS, ENDS)
    page.get_latest_revision().publish()
    assert (of("ru").title, of("ru").starts) == ("Zqčernovik", STARTS)


def test_a_translation_that_is_not_published_stays_so():
    of("uk").unpublish()
    change(of("lv"), starts=STARTS, ends=ENDS)
    assert not of("uk").live
    assert of("uk").get_latest_revision_as_object().starts == STARTS


def test_a_planned_publication_stays_planned():
    page, soon = of("en"), timezone.now() + datetime.timedelta(days=3)
    page.go_live_at = soon
    page.save_revision().publish()
    change(of("lv"), starts=STARTS, ends=ENDS)
    planned = of("en").revisions.get(approved_go_live_at__isnull=False)
    assert planned.as_object().starts == STARTS


def test_a_draft_of_the_source_changes_no_language():
    source = of("lv")
    source.cancelled = True
    source.save_revision()
    assert not EventPage.objects.filter(cancelled=True, url_path__endswith=EVENT).exists()


def test_a_translator_brings_no_old_value_back():
    change(of("lv"), cancelled=True)
    page = of("lt")
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale=page.locale
    )
    translation.save_target(publish=False)
    assert of("lt").cancelled
    assert of("lt").get_latest_revision_as_object().cancelled


def test_words_that_would_not_pass_today_keep_no_old_value():
    Page.objects.filter(pk=of("ru").pk).update(title="")
    change(of("lv"), cancelled=True)
    assert of("ru").cancelled


def test_nothing_is_written_when_nothing_differs():
    source = of("lv")
    source.title = "Zqjauns"
    revision = source.save_revision()
    entries = PageLogEntry.objects.exclude(page=source)
    before_it = (Revision.objects.count(), entries.count())
    before = {code: of(code).last_published_at for code in LANGUAGES[1:]}
    with CaptureQueriesContext(connection) as asked:
        revision.publish()
    assert (Revision.objects.count(), entries.count()) == before_it
    assert before == {code: of(code).last_published_at for code in LANGUAGES[1:]}
    own = [query["sql"] for query in asked if query["sql"].startswith("UPDATE")]
    assert not [sql for sql in own if 'SET "content' in sql]


def test_search_and_history_learn_of_it():
    source = of("lv")
    change(source, address="Zqiela 7")
    found = Document.objects.filter(identity=str(source.translation_key))
    assert found.count() == len(LANGUAGES)
    assert all("zqiela" in document.more_keys for document in found)
    entry = PageLogEntry.objects.filter(page=of("ru")).latest("pk")
    assert entry.action == "wagtail.publish"


def test_a_story_becomes_nobodys_own_without_a_consent():
    source = with_translations(StoryPage)
    translations = list(source.get_translations().specific())
    assert translations
    StoryPage.objects.filter(pk=source.pk).update(kind="own")
    stored = StoryPage.objects.get(pk=source.pk)
    receivers.same_values_everywhere(StoryPage, stored)
    for page in translations:
        after = StoryPage.objects.get(pk=page.pk)
        assert (after.kind, after.live) == ("composite", True)
        assert after.last_published_at == page.last_published_at
        assert after.get_latest_revision_as_object().kind == "composite"
