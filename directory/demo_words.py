"""What every part of the demo directory does alike: checks a record, gives it its words."""

from collections.abc import Callable
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from pages.demo_translation import Original

SOURCE = settings.LANGUAGE_CODE
NAMESPACE = uuid5(NAMESPACE_URL, "demo/directory")


def identity(kind: str, key: str) -> UUID:
    """The same in every loading, so that nothing is created twice."""
    return uuid5(NAMESPACE, f"{kind}/{key}")


def file_of(code: str) -> str:
    """The file with the words of a language."""
    return f"directory/{code}.toml"


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def checked(content, file: str, entry: str, instance, exclude=()):
    """The instance after its own field rules; a mistake names file, entry and reason."""
    try:
        instance.clean_fields(exclude=[*exclude, "latest_revision"])
        instance.clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise content.mistake(file, f"{entry}, {field}", " ".join(messages)) from error
    return instance


def written(content, words: dict, code: str, table: str, key: str):
    """What a file of words says in one of its tables; a missing or empty one is a mistake."""
    found = words[code].get(table, {}).get(key)
    if not found:
        raise content.mistake(file_of(code), f"{table}.{key}", "is missing")
    return found


def give(content, translation_key: UUID, text_in: Callable[[str], object]) -> None:
    """Saves the words of a record: the source language, then the others as its translations.

    `text_in` builds the unsaved words in one language.
    """
    source = text_in(SOURCE)
    source.translation_key = translation_key
    source.save()
    original = Original(source)
    for code, _name in settings.LANGUAGES:
        if code != SOURCE:
            original.translate(content, file_of(code), text_in(code), locale(code))


def give_label(content, model, owner: dict, words: dict, table: str, key: str) -> None:
    """Words that are one label: `owner` is {field: the record that they belong to}."""
    (field,) = owner

    def text_in(code: str):
        label = written(content, words, code, table, key)
        text = model(label=label, locale=locale(code), **owner)
        exclude = [field, "translation_key"]
        return checked(content, file_of(code), f"{table}.{key}", text, exclude=exclude)

    give(content, identity(field, key), text_in)
