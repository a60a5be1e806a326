"""A story goes for good: the words, their translations, the pictures, every copy that is ours."""

from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry, ReferenceIndex, Revision
from wagtail_localize.models import (
    String,
    StringTranslation,
    TranslatableObject,
    TranslationSource,
)

from frame.signals import frame_changed
from stories.consent import Consent
from stories.models import StoryPage

WITHDRAWN = "stories.withdrawn"


@transaction.atomic
def withdraw(story: StoryPage, user=None) -> None:
    """Deletes the story in every language at once, and what only it used.

    Kept: the consent without a name, its day of withdrawal, and log entries without the text. The
    address then answers as one that never was (decision 23).
    """
    key = story.translation_key
    pages = list(StoryPage.objects.filter(translation_key=key))
    files = files_of(pages)
    code = key.hex[:6]
    Consent.objects.filter(story_key=key, withdrawn_on=None).update(
        withdrawn_on=timezone.localdate(), withdrawn_by=user
    )
    for consent in Consent.objects.filter(story_key=key):
        log(instance=consent, action=WITHDRAWN, user=user)
    numbers = [page.pk for page in pages]
    StringTranslation.objects.filter(context__object_id=key).delete()
    for page in pages:
        log(instance=page, action=WITHDRAWN, user=user, title=code, deleted=True)
        # Tells everybody who listens that it is unpublished.
        page.delete()
    _forget_words(key, numbers, code)
    for file in files:
        if not ReferenceIndex.get_references_to(file).exists():
            entries = ModelLogEntry.objects.for_instance(file)
            entries.update(label=code, data={})
            file.delete()
    caches["frame"].clear()
    frame_changed.send(sender=StoryPage)


def files_of(pages: list[StoryPage]) -> list:
    """Images and documents of the pages and of all their drafts."""
    image, document = get_image_model(), get_document_model()
    images, documents = set(), set()
    for page in pages:
        versions = [page, *[revision.as_object() for revision in page.revisions.all()]]
        for version in versions:
            images |= {
                block.value["image"].pk
                for block in version.body
                if block.block_type == "image" and block.value["image"]
            }
        for reference in ReferenceIndex.get_references_for_object(page):
            model = reference.to_content_type.model_class()
            if model is image:
                images.add(int(reference.to_object_id))
            elif model is document:
                documents.add(int(reference.to_object_id))
    return [*image.objects.filter(pk__in=images), *document.objects.filter(pk__in=documents)]


def _forget_words(key, numbers: list[int], code: str) -> None:
    """Drafts, forms that were never sent, the translators' memory, titles in the log."""
    ids = [str(number) for number in numbers]
    types = ContentType.objects.get_for_models(Page, StoryPage).values()
    # A form of a new story has no page yet: whose it would have been nobody can tell.
    FormState.objects.filter(content_type__in=types, object_id__in=["", *ids]).delete()
    EditingSession.objects.filter(content_type__in=types, object_id__in=ids).delete()
    Revision.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model=Page._meta.model_name,
        object_id__in=ids,
    ).delete()
    TranslationSource.objects.filter(object_id=key).delete()
    TranslatableObject.objects.filter(pk=key).delete()
    PageLogEntry.objects.filter(page_id__in=numbers).update(label=code, data={})
    # Earlier wordings as well: what no text holds and nobody has translated for another one.
    String.objects.filter(segments=None, translations=None).delete()
