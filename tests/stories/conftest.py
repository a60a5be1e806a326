"""Own stories with a marker, their consents, and the forms of the admin."""

import datetime
import gc
import io
import warnings

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation, TranslationSource

from pages.models import SiteImage
from stories.approved_text import fingerprint
from stories.models import ApprovedText, Consent, StoryPage

MARKER = "Zqstasts"


def person(name: str):
    return get_user_model().objects.get(username=name)


def called() -> str:
    """The code of a service with a number."""
    return apps.get_model("directory", "Service").objects.get(phones__number="116123").code


@pytest.fixture
def write():
    """`write("a1")`: a draft of an own story in Latvian, checked by a second person."""

    def story(slug: str = "zq1abc", **values) -> StoryPage:
        page = StoryPage(
            **{
                "title": f"{MARKER} virsraksts", "tab_title": "Stāsti", "slug": slug,
                "lead": f"{MARKER} ievads", "kind": "own", "content_note": f"{MARKER} par ko",
                "owner": person("redaktore"), "checked_by": person("atbildiga"), "live": False,
                "locale": Locale.objects.get(language_code="lv"),
                "body": [
                    ("heading", "Kas bija"), ("text", f"<p>{MARKER} teksts</p>"),
                    ("heading", "Numuri"), ("call", {"service": called(), "note": "Vari zvanīt"}),
                ],
            } | values
        )  # fmt: skip
        Page.objects.get(url_path="/lv/stasti/").add_child(instance=page)
        page.save_revision(clean=False)
        return page

    return story


def draw(picture):
    """Wagtail leaves a temporary file open when it first draws a picture: here, not in a test.

    It also remembers what it drew for a picture of an earlier test with the same number.
    """
    caches["default"].clear()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        picture.get_rendition("width-960|format-webp")
        gc.collect()


@pytest.fixture
def write_with_a_picture(write):
    """`write_with_a_picture()`: the same with a picture of its own in the middle."""

    def story() -> StoryPage:
        buffer = io.BytesIO()
        Image.new("RGB", (32, 32), "navy").save(buffer, "PNG")
        buffer.seek(0)
        picture = SiteImage(title="x", description="Bāka", file=ImageFile(buffer, name="x.png"))
        picture.save()
        draw(picture)
        shown = {
            "image": {"image": picture.pk, "alt_text": "Bāka", "decorative": False},
            "caption": "",
        }
        page = write()
        block = page.body.stream_block.child_blocks["image"]
        body = [(one.block_type, one.value) for one in page.body]
        page.body = [*body[:2], ("image", block.to_python(shown)), *body[2:]]
        page.save_revision(clean=False)
        page = page.get_latest_revision_as_object()
        page.save()
        return page

    return story


@pytest.fixture
def agree():
    """`agree(story)`: a consent to the draft as it stands, in its own language on this site."""

    def consent(story, languages=None, days: int = 300, **values) -> Consent:
        record = Consent.objects.create(
            **{
                "story_key": story.translation_key,
                "reference": f"P-{Consent.objects.count() + 1}",
                "method": "paper",
                "is_adult": True,
                "has_read": True,
                "given_on": timezone.localdate() - datetime.timedelta(days=30),
                "expires_on": timezone.localdate() + datetime.timedelta(days=days),
            }
            | values
        )
        for language in languages or [story.locale.language_code]:
            found = story.get_translations(inclusive=True).get(locale__language_code=language)
            draft = found.get_latest_revision_as_object()
            ApprovedText.objects.create(
                consent=record, language=language, text_hash=fingerprint(draft)
            )
        return record

    return consent


@pytest.fixture
def translate():
    """`translate(story, "uk")`: a draft of its translation, every string with a mark of its own."""

    def draft(story, language: str) -> StoryPage:
        source, _created = TranslationSource.update_or_create_from_instance(story)
        locale = Locale.objects.get(language_code=language)
        translation, _created = Translation.objects.get_or_create(
            source=source, target_locale=locale
        )
        catalogue = translation.export_po()
        for entry in catalogue:
            entry.msgstr = f"{language} {entry.msgid}"
        translation.import_po(catalogue)
        translation.save_target(publish=False)
        return StoryPage.objects.get(translation_key=story.translation_key, locale=locale)

    return draft


def publish(page) -> bool:
    """What a command, a workflow or a schedule does: true when the page is live afterwards."""
    page.get_latest_revision().publish()
    page.refresh_from_db()
    return page.live


@pytest.fixture
def publisher(sign_in):
    """The publisher, who reads the admin in English."""
    user = sign_in("atbildiga")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    return user
