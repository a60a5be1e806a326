"""Puts the demo indicators in: numbers once, words in each language by translation."""

from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from campaigns.indicators import Indicator, IndicatorText
from pages.demo_translation import Original

SOURCE = settings.LANGUAGE_CODE
NAMESPACE = uuid5(NAMESPACE_URL, "demo/indicators")
FILE = "campaigns/indicators.toml"
DECIMALS = ("baseline", "target")
SAME = (
    "code",
    "level",
    "unit",
    "precision",
    "rhythm",
    "direction",
    *DECIMALS,
    "baseline_year",
    "target_year",
    "source",
    "source_year",
    "review_due",
)
WORDS = ("name", "definition", "goal", "doubt")


def load(content) -> None:
    """Creates the indicators that are missing. A mistake is named with file, entry and reason."""
    entries = content.read(FILE).get("indicator", [])
    files = {
        Locale.objects.get(language_code=code): f"campaigns/indicators/{code}.toml"
        for code, _name in settings.LANGUAGES
    }
    words = {locale: content.read(file) for locale, file in files.items()}
    made = 0
    for entry in entries:
        identity = uuid5(NAMESPACE, str(entry.get("code")))
        if Indicator.objects.filter(uuid=identity).exists():
            continue
        _texts(content, _indicator(content, entry, identity), entry, files, words)
        made += 1
    content.say(f"{made} indicators created, {len(entries) - made} kept as they were.")


def _indicator(content, entry: dict, identity) -> Indicator:
    where = f"indicator {entry.get('code', '?')}"
    unknown = set(entry) - {*SAME, "counted_by"}
    if unknown:
        raise content.mistake(FILE, where, f"unknown key {min(unknown)}")
    values = {name: entry[name] for name in SAME if name in entry}
    # By way of its digits: 28.8 is not exactly 28.8 as a float.
    values |= {name: str(values[name]) for name in DECIMALS if name in values}
    indicator = Indicator(uuid=identity, **values)
    _check(content, FILE, where, indicator)
    indicator.save()
    return indicator


def _texts(content, indicator: Indicator, entry: dict, files: dict, words: dict) -> None:
    """First the source language, then its translations by the translators' machinery."""
    original = None
    for locale, file in sorted(files.items(), key=lambda item: item[0].language_code != SOURCE):
        text = _text(content, indicator, entry, file, words[locale])
        text.locale = locale
        if original is None:
            text.translation_key = indicator.uuid
            text.save()
            original = Original(text)
        else:
            original.translate(content, file, text, locale)


def _text(content, indicator: Indicator, entry: dict, file: str, words: dict) -> IndicatorText:
    where = f"indicator {indicator.code}"
    try:
        own = words[indicator.code]
        counted_by = words["counted_by"][entry["counted_by"]] if "counted_by" in entry else ""
    except KeyError as error:
        raise content.mistake(file, where, f"{error.args[0]} is missing") from error
    unknown = set(own) - set(WORDS)
    if unknown:
        raise content.mistake(file, where, f"unknown key {min(unknown)}")
    text = IndicatorText(indicator=indicator, counted_by=counted_by, **own)
    _check(content, file, where, text, exclude=["translation_key", "locale"])
    return text


def _check(content, file: str, where: str, instance, exclude=()) -> None:
    """The instance's own rules; a mistake names file, entry and reason."""
    try:
        instance.clean_fields(exclude=exclude)
        instance.clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise content.mistake(file, f"{where}, {field}", " ".join(messages)) from error
