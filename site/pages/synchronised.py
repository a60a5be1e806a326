"""What is the same in every language follows the source language as soon as that is published.

The machinery of translations copies such fields only when somebody synchronises a page. A day that
has moved or an event that is cancelled must not wait for that in five languages.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from modelcluster.models import get_field_value
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published, published
from wagtail_localize.fields import SynchronizedField
from wagtail_localize.models import TranslationSource


def fields_of(page: Page) -> list:
    """Fields that no language may override. The slug moves whole trees and has a way of its own."""
    names = [
        field.field_name
        for field in getattr(page, "translatable_fields", [])
        if isinstance(field, SynchronizedField) and not field.is_overridable(page)
    ]
    found = [page._meta.get_field(name) for name in names if name != "slug"]
    return [field for field in found if not isinstance(field, StreamField)]


def values_of(page: Page) -> dict:
    """{field: value} as a revision keeps it."""
    found = {field.name: get_field_value(field, page) for field in fields_of(page)}
    return json.loads(json.dumps(found, cls=DjangoJSONEncoder))


def carry_over(source: Page) -> None:
    """To all translations, and to the original that translators work from."""
    wanted = values_of(source)
    if not wanted:
        return
    _remember(source, wanted)
    for translation in source.get_translations().filter(alias_of=None).specific():
        take_over(source, translation)


@transaction.atomic
def take_over(source: Page, translation: Page) -> None:
    """Writes what differs: in the row that is shown, in its revision and in a draft beside it.

    The draft stays a draft with its words. Nothing is validated: words that would not pass today
    must not keep an old day on the page.
    """
    if type(source) is not type(translation):
        return
    wanted = values_of(source)
    moved = values_of(translation) != wanted
    if moved and not _written(source, translation, wanted):
        return
    for revision in _revisions(translation):
        if revision.content | wanted != revision.content:
            # The same revision: a new one would end a review or a planned publication.
            content = revision.content | wanted
            translation.revisions.filter(pk=revision.pk).update(content=content)
    if moved and translation.live:
        _announce(translation)


def _remember(source: Page, wanted: dict) -> None:
    """Else the next saved translation would bring the old values back."""
    originals = TranslationSource.objects.filter(
        object_id=source.translation_key, locale=source.locale_id
    )
    for original in originals:
        content = json.loads(original.content_json)
        if content | wanted != content:
            originals.filter(pk=original.pk).update(content_json=json.dumps(content | wanted))


def _written(source: Page, translation: Page, wanted: dict) -> bool:
    """False when the page's own rules keep the row as it is: then nothing is written."""
    with transaction.atomic():
        for field in fields_of(source):
            setattr(translation, field.attname, field.value_from_object(source))
        if translation.live:
            translation.last_published_at = timezone.now()
        translation.save(clean=False)
        if values_of(type(translation).objects.get(pk=translation.pk)) == wanted:
            return True
        transaction.set_rollback(True)
        return False


def _revisions(translation: Page):
    """Those that are shown, edited or waiting for their day."""
    kept = [translation.live_revision_id, translation.latest_revision_id]
    return translation.revisions.filter(Q(pk__in=kept) | Q(approved_go_live_at__isnull=False))


def _announce(translation: Page) -> None:
    """As after a publication: search, menus, error pages and the history learn of it."""
    revision = translation.live_revision
    for signal in (page_published, published):
        signal.send(sender=type(translation), instance=translation, revision=revision)
    log(instance=translation, action="wagtail.publish", revision=revision, content_changed=True)
