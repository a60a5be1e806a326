"""Puts the situations of the demonstration in, with the sentences that people type."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

from directory import finding, vectors
from directory.demo_words import SOURCE, file_of, give_label
from directory.models import Need, Service
from directory.nearness import Nearness
from directory.phrases import Example, Phrases
from directory.situations import (
    Situation,
    SituationAudience,
    SituationExample,
    SituationNeed,
    SituationPage,
    SituationPin,
    SituationText,
)
from search.meaning import client

FILE = "directory/situations.toml"


def load(content, words: dict) -> None:
    """Creates the situations that are missing; those that are there keep what editors made.

    One without a label is no choice of the guided path.
    """
    entries = content.read(FILE).get("situation", [])
    there = set(Situation.objects.values_list("key", flat=True))
    labels = words[SOURCE].get("situations", {})
    unknown = set(labels) - {entry.get("key") for entry in entries}
    if unknown:
        where = f"situations.{min(unknown)}"
        raise content.mistake(file_of(SOURCE), where, "unknown situation")
    needs = {need.key: need for need in Need.objects.all()}
    content.names["new situation"] = set()
    # A choice of the guided path stands where its label stands; what is no choice comes last.
    place = {key: position for position, key in enumerate(labels, start=1)}
    for entry in entries:
        where = f"situation {entry.get('key', '?')}"
        if entry.get("key") in there:
            continue
        try:
            situation = _situation(entry, needs)
            situation.sort_order = place.get(situation.key, len(place) + 1)
            _check(situation)
        except ValidationError as error:
            raise content.mistake(FILE, where, " ".join(error.messages)) from error
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise content.mistake(FILE, where, f"missing or wrong: {error}") from error
        situation.save()
        content.names["new situation"].add(situation.key)
        if situation.key in labels:
            owner = {"situation": situation}
            give_label(content, SituationText, owner, words, "situations", situation.key)
    content.say(f"{len(entries)} situations.")


def finish(content) -> None:
    """Services and pages that stand first; named by the demo, so they are there by now."""
    for entry in content.read(FILE).get("situation", []):
        situation = Situation.objects.get(key=entry["key"])
        if entry["key"] not in content.names["new situation"]:
            continue
        try:
            for position, pin in enumerate(entry.get("pins", [])):
                code = content.names["service"][pin["service"]]
                situation.pins.add(
                    SituationPin(
                        service=Service.objects.get(code=code),
                        strength=pin.get("strength", 100),
                        expires_on=pin["until"],
                        sort_order=position,
                    )
                )
            for position, pin in enumerate(entry.get("pages", [])):
                situation.pages.add(
                    SituationPage(
                        page_id=content.names["page"][pin["page"]],
                        expires_on=pin["until"],
                        sort_order=position,
                    )
                )
        except (KeyError, TypeError, ValueError) as error:
            where = f"situation {entry['key']}"
            raise content.mistake(FILE, where, f"missing or wrong: {error}") from error
        situation.save()


def _situation(entry: dict, needs: dict[str, Need]) -> Situation:
    """With its children, not yet saved. Raises KeyError for an unknown need or language."""
    languages = dict(settings.LANGUAGES)
    situation = Situation(
        key=entry["key"], weight=entry.get("weight", 100), note=entry.get("note", "")
    )
    situation.situation_needs = [
        SituationNeed(need=needs[key], fit=fit, sort_order=position)
        for position, (key, fit) in enumerate(entry["needs"].items())
    ]
    situation.audiences = [
        SituationAudience(code=code, sort_order=position)
        for position, code in enumerate(entry.get("who", []))
    ]
    situation.examples = [
        SituationExample(language=language, text=text, sort_order=position)
        for language, sentences in entry["examples"].items()
        if languages[language]
        for position, text in enumerate(sentences)
    ]
    return situation


def _check(situation: Situation) -> None:
    situation.clean_fields()
    for name in ("situation_needs", "audiences", "examples"):
        for child in getattr(situation, name).all():
            child.clean_fields(exclude=["situation"])


def known(path: Path, *, with_meanings: bool = True):
    """The situations of a file as the matching reads them.

    Vectors come from sentences of the database with the same text, else from the worker; where
    there is none, a sentence is known by its words alone.
    """
    entries = tomllib.loads(path.read_text("utf-8"))["situation"]
    meanings = {
        entry["key"]: finding.Meaning(
            weight=entry.get("weight", 100) / 100,
            labels={
                finding.need_label(key): finding.FITS[fit] for key, fit in entry["needs"].items()
            },
            audience=frozenset(entry.get("who", [])),
        )
        for entry in entries
    }
    examples = [
        Example(entry["key"], language, text)
        for entry in entries
        for language, sentences in entry["examples"].items()
        for text in sentences
    ]
    near = Nearness(_with_vectors(examples) if with_meanings else ())
    return finding.Known((str(path),), meanings, Phrases(examples), near)


def _with_vectors(examples: list[Example]) -> Iterator[tuple[Example, client.Vector]]:
    stored = {one.vector_key: one for one in SituationExample.objects.exclude(vector_key="")}
    for example in examples:
        row = stored.get(vectors.key(example.text))
        found = vectors.unpacked(row) if row else client.vector(example.text, vectors.PATIENCE)
        if found is not None:
            yield example, found
