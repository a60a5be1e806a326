"""Puts the demo facts in: first what is the same everywhere, then the words by translation."""

from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from pages.demo_translation import Original
from pages.facts import Fact, FactText

SOURCE = settings.LANGUAGE_CODE
NAMESPACE = uuid5(NAMESPACE_URL, "demo/facts")
FILE = "pages/facts.toml"
SAME = (
    "key",
    "value",
    "second_value",
    "precision",
    "unit",
    "base",
    "year_from",
    "year_to",
    "source",
    "source_year",
    "source_address",
    "read_in",
    "review_due",
    "checked_on",
)
# {field of the words: (key in the entry, table in the file of a language)}
SHARED_WORDS = {
    "definition": ("definition", "definitions"),
    "population": ("whom", "whom"),
    "place": ("where", "where"),
    "doubt": ("doubt", "doubts"),
}
OTHER_KEYS = {"newer", *(key for key, _table in SHARED_WORDS.values())}


def load(content) -> None:
    """Creates the facts that are missing, with their words in every language.

    Leaves {key: id} as `content.names["fact"]`. A mistake is named with file, entry and reason.
    """
    entries = content.read(FILE).get("fact", [])
    files = {
        Locale.objects.get(language_code=code): f"pages/facts/{code}.toml"
        for code, _name in settings.LANGUAGES
    }
    words = {locale: content.read(file) for locale, file in files.items()}
    content.names["fact"] = {}
    made = []
    for entry in entries:
        fact, new = _fact(content, entry)
        if new:
            _texts(content, fact, entry, files, words)
            made.append(entry)
        content.names["fact"][entry["key"]] = fact.pk
    _name_newer(content, entries, made)
    content.say(f"{len(made)} facts created, {len(entries) - len(made)} kept as they were.")


def _fact(content, entry: dict) -> tuple[Fact, bool]:
    """The fact of an entry, and whether it was made now."""
    where = f"fact {entry.get('key', '?')}"
    unknown = set(entry) - {*SAME, *OTHER_KEYS}
    if unknown:
        raise content.mistake(FILE, where, f"unknown key {min(unknown)}")
    missing = {"key", "value", "unit", "year_from", "source", "source_year"} - set(entry)
    if missing:
        raise content.mistake(FILE, where, f"{', '.join(sorted(missing))} is missing")
    identity = uuid5(NAMESPACE, str(entry["key"]))
    existing = Fact.objects.filter(uuid=identity).first()
    if existing:
        return existing, False
    values = {name: entry[name] for name in SAME if name in entry}
    for name in ("value", "second_value"):
        # By way of its digits: 25.1 is not exactly 25.1 as a float.
        if name in values:
            values[name] = str(values[name])
    fact = _checked(content, FILE, where, Fact(uuid=identity, **values))
    fact.save()
    return fact, True


def _texts(content, fact: Fact, entry: dict, files: dict, words: dict) -> None:
    """The words in the source language, and their translations by the translators' machinery."""
    original = None
    for locale, file in sorted(files.items(), key=lambda item: item[0].language_code != SOURCE):
        text = _text(content, fact, entry, file, words[locale])
        text.locale = locale
        if original is None:
            text.translation_key = fact.uuid
            text.save()
            original = Original(text)
        else:
            original.translate(content, file, text, locale)


def _text(content, fact: Fact, entry: dict, file: str, words: dict) -> FactText:
    """The words of a fact in one language; what several facts share stands once in the file."""
    text = FactText(fact=fact)
    try:
        text.sentence = words["sentences"][fact.key]
        for field, (key, table) in SHARED_WORDS.items():
            if key in entry:
                setattr(text, field, words[table][entry[key]])
    except KeyError as error:
        raise content.mistake(file, f"fact {fact.key}", f"{error.args[0]} is missing") from error
    return _checked(content, file, f"fact {fact.key}", text, exclude=["translation_key", "locale"])


def _name_newer(content, entries: list[dict], made: list[dict]) -> None:
    """Once all facts are there; one that was there before keeps what editors made of it."""
    keys = content.names["fact"]
    for entry in entries:
        newer = entry.get("newer")
        if newer and newer not in keys:
            raise content.mistake(FILE, f"fact {entry['key']}", f"unknown newer fact {newer}")
        if newer and entry in made:
            fact = Fact.objects.get(pk=keys[entry["key"]])
            fact.newer_id = keys[newer]
            fact.save()


def _checked(content, file: str, where: str, instance, exclude=()):
    """The instance after its own rules; a mistake names file, entry and reason."""
    try:
        instance.clean_fields(exclude=exclude)
        instance.clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise content.mistake(file, f"{where}, {field}", " ".join(messages)) from error
    return instance
