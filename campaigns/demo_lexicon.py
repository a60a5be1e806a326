"""Puts the demo wordings in: each language has a list of its own."""

from django.core.exceptions import ValidationError

from campaigns.lexicon import WordRule, languages

KEYS = {"number", "code", "pattern", "condition", "instead", "confidence", "source"}


def load(content) -> None:
    """Creates the wordings of a language that has none yet; what editors made of a list is kept."""
    made = 0
    for language, _name in languages():
        if WordRule.objects.filter(language=language).exists():
            continue
        file = f"campaigns/lexicon/{language}.toml"
        for entry in content.read(file).get("wording", []):
            _rule(content, file, language, entry).save()
            made += 1
    content.say(f"{made} wordings created.")


def _rule(content, file: str, language: str, entry: dict) -> WordRule:
    """The wording of an entry; a mistake names file, entry and reason."""
    where = f"wording {entry.get('number', '?')}"
    unknown = set(entry) - KEYS
    if unknown:
        raise content.mistake(file, where, f"unknown key {min(unknown)}")
    rule = WordRule(language=language, **entry)
    try:
        rule.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise content.mistake(file, f"{where}, {field}", " ".join(messages)) from error
    return rule
