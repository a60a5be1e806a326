"""How far the words of a service are in each language."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from wagtail_localize.models import TranslationLog, TranslationSource

from directory.models import Service, ServiceText


@dataclass(frozen=True)
class State:
    """The words in one language. `text` is None where there are none.

    `is_older`: the source was changed after they were last published from the translation.
    """

    code: str
    language: str
    text: ServiceText | None
    is_source: bool
    is_older: bool
    reviewed_by: str
    translate_address: str


def states(service: Service) -> list[State]:
    """One state for each language of the site, in the order of the settings."""
    texts = {
        text.locale.language_code: text for text in service.texts.select_related("locale").all()
    }
    original = min(texts.values(), key=lambda text: text.pk, default=None)
    source = TranslationSource.objects.get_for_instance_or_none(original) if original else None
    published = _published(source) if source else {}
    changed = bool(source) and _differs(original, source)
    # The reviews are rows of the service, so a draft may hold some that are not public yet.
    readers = {review.language: review.reviewed_by for review in service.reviews.all()}
    return [
        State(
            code=code,
            language=name,
            text=texts.get(code),
            is_source=texts.get(code) is not None and texts.get(code) == original,
            is_older=code in published and (changed or published[code] < source.last_updated_at),
            reviewed_by=readers.get(code, ""),
            translate_address=_translate_address(original, source, is_missing=code not in texts),
        )
        for code, name in settings.LANGUAGES
    ]


def _published(source: TranslationSource) -> dict:
    """{language: when the words were last written from this source}."""
    logs = TranslationLog.objects.filter(source=source).order_by("created_at")
    return dict(logs.values_list("locale__language_code", "created_at"))


def _differs(original: ServiceText, source: TranslationSource) -> bool:
    """True when the words were changed and not yet handed to the translators."""
    frozen = json.loads(source.content_json)
    names = [field.field_name for field in original.translatable_fields]
    return any(frozen.get(name, "") != getattr(original, name) for name in names)


def _translate_address(original, source, *, is_missing: bool) -> str:
    if original is None:
        return ""
    if is_missing or source is None:
        model = ServiceText._meta
        arguments = [model.app_label, model.model_name, original.pk]
        return reverse("wagtail_localize:submit_snippet_translation", args=arguments)
    return reverse("wagtail_localize:update_translations", args=[source.pk])
