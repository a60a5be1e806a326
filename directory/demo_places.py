"""Puts the areas and places of the demonstration in, with their words."""

from django.db import models

from directory.demo_words import checked, file_of, give, give_label, identity, locale, written
from directory.places import Area, AreaText, Place, PlaceText

FILE = "directory/places.toml"


def load(content, words: dict) -> None:
    """Creates what is missing; what is there keeps what editors made of it."""
    entries = content.read(FILE)
    _each(content, entries.get("area", []), "area", words, _area)
    _each(content, entries.get("place", []), "place", words, _place)


def found(content, file: str, where: str, model: type[models.Model], keys) -> list:
    """The records of a file's keys in this order; an unknown key is a mistake.

    A place has no key in the database: it is known by the identity that it was created with.
    """
    kind = model._meta.model_name
    there = {getattr(one, "key", one.uuid): one for one in model._default_manager.all()}
    records = [there.get(key) or there.get(identity(kind, key)) for key in keys]
    unknown = [str(key) for key, record in zip(keys, records, strict=True) if record is None]
    if unknown:
        raise content.mistake(file, where, f"unknown {kind} {', '.join(unknown)}")
    return records


def _each(content, entries: list[dict], kind: str, words: dict, create) -> None:
    for position, entry in enumerate(entries):
        where = f"{kind} {entry.get('key', '?')}"
        try:
            create(content, where, position, dict(entry), words)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise content.mistake(FILE, where, f"missing or wrong: {error}") from error


def _area(content, where: str, position: int, entry: dict, words: dict) -> None:
    key = entry["key"]
    if Area.objects.filter(key=key).exists():
        return
    area = Area(uuid=identity("area", key), sort_order=position, **entry)
    checked(content, FILE, where, area).save()
    give_label(content, AreaText, {"area": area}, words, "areas", key)


def _place(content, where: str, _position: int, entry: dict, words: dict) -> None:
    key = entry.pop("key")
    uuid = identity("place", key)
    if Place.objects.filter(uuid=uuid).exists():
        return
    if "area" in entry:
        (entry["area"],) = found(content, FILE, where, Area, [entry["area"]])
    place = Place(uuid=uuid, **entry)
    checked(content, FILE, where, place).save()
    # Words would tell where a place is: one that is not exact has none.
    if not place.is_exact:
        return

    def text_in(code: str) -> PlaceText:
        said = written(content, words, code, "places", key)
        unknown = set(said) - {"name", "transport", "access"}
        if unknown:
            reason = f"unknown key {min(unknown)}"
            raise content.mistake(file_of(code), f"places.{key}", reason)
        text = PlaceText(place=place, locale=locale(code), **said)
        exclude = ["place", "translation_key"]
        return checked(content, file_of(code), f"places.{key}", text, exclude=exclude)

    give(content, uuid, text_in)
