"""Puts the demo services in: first what is the same everywhere, then the words by translation."""

import datetime
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from wagtail.models import Locale

from directory import demo_places, demo_situations, facts
from directory.demo_places import found
from directory.demo_words import (
    SOURCE,
    checked,
    file_of,
    give,
    give_label,
    identity,
    locale,
    written,
)
from directory.models import (
    Area,
    Audience,
    Need,
    NeedText,
    Organization,
    Phone,
    Place,
    Service,
    ServiceAtPlace,
    ServiceChannel,
    ServiceFormOfViolence,
    ServiceText,
    ServiceWayIn,
    SpokenLanguage,
)
from directory.opening import HolidayRule, clashes, overlaps
from directory.schedules import Day, HoursException, OpeningHours, schedule_of
from search import documents

ORDER = 10
FILE = "directory/services.toml"
TEXT_FIELDS = (
    "name",
    "tab_title",
    "summary",
    "for_whom",
    "cost",
    "way_in",
    "documents",
    "need_to_know",
    "hours_note",
)
SAME = (
    *facts.KEYS,
    "website",
    "email",
    "minimum_age",
    "maximum_age",
    "status",
    "by_appointment",
    "on_holidays",
    "source",
    "source_address",
    "source_year",
    "valid_until",
)
# {key in the file: rows of one code each}
CODES = {
    "audience": ("audiences", Audience),
    "languages": ("languages", SpokenLanguage),
    "channels": ("channels", ServiceChannel),
    "ways_in": ("ways_in", ServiceWayIn),
    "forms": ("forms", ServiceFormOfViolence),
}
OTHER_KEYS = "key uuid organization urgency strip needs areas places phone hours exception".split()


@documents.together()
def load(content) -> None:
    """Creates areas, places, needs, organizations, services and situations that are missing."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    same = content.read(FILE)
    words = {code: content.read(file_of(code)) for code, _name in settings.LANGUAGES}
    demo_places.load(content, words)
    for position, key in enumerate(words[SOURCE]["needs"]):
        _need(content, position, key, words)
    for entry in same["organization"]:
        Organization.objects.get_or_create(
            name=entry["name"],
            defaults={
                "website": entry.get("website", ""),
                "former_name": entry.get("former_name", ""),
            },
        )
    created = _services(content, same, words)
    content.say(f"{created} services created, {len(same['service']) - created} kept as they were.")
    demo_situations.load(content, words)


def finish(content) -> None:
    """What names pages of rooms that load later."""
    demo_situations.finish(content)


def _need(content, position: int, key: str, words: dict) -> None:
    need, created = Need.objects.get_or_create(
        key=key, defaults={"uuid": identity("need", key), "sort_order": position}
    )
    if created:
        give_label(content, NeedText, {"need": need}, words, "needs", key)


@dataclass(frozen=True)
class Ready:
    """A service of the file with all that belongs to it, checked and not yet saved."""

    key: str
    service: Service
    needs: list[Need]
    areas: list[Area]
    texts: dict[str, ServiceText]


def _services(content, same: dict, words: dict) -> int:
    """How many were created. All are checked before the first is saved: that takes long."""
    content.names["service"] = {}
    ready = []
    for entry in same["service"]:
        try:
            existing = Service.objects.filter(uuid=UUID(entry["uuid"])).first()
            if existing:
                content.names["service"][entry["key"]] = existing.code
            else:
                ready.append(_ready(content, entry, same["organization"], words))
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            where = f"service {entry.get('key', '?')}"
            raise content.mistake(FILE, where, f"missing or wrong: {error}") from error
    for one in ready:
        _save(content, one)
    return len(ready)


def _ready(content, entry: dict, organizations: list[dict], words: dict) -> Ready:
    key = entry["key"]
    names = {item["key"]: item["name"] for item in organizations}
    if entry["organization"] not in names:
        raise content.mistake(FILE, key, f"unknown organization {entry['organization']}")
    unknown = set(entry) - {*SAME, *CODES, *OTHER_KEYS}
    if unknown:
        raise content.mistake(FILE, key, f"unknown key {min(unknown)}")
    service = Service(
        uuid=UUID(entry["uuid"]),
        organization=Organization.objects.get(name=names[entry["organization"]]),
        urgency=entry["urgency"],
        strip_order=entry.get("strip"),
        for_people_who_hurt="change" in entry["needs"] and "violent" in entry["audience"],
        **{name: entry[name] for name in SAME if name in entry},
    )
    _numbers(content, service, entry)
    _codes(content, service, entry)
    _schedule(content, service, entry)
    return Ready(
        key,
        checked(content, FILE, key, service),
        found(content, FILE, key, Need, entry["needs"]),
        found(content, FILE, key, Area, entry.get("areas", [])),
        {code: _text(content, service, key, words, code) for code, _name in settings.LANGUAGES},
    )


def _save(content, ready: Ready) -> None:
    """Saves, publishes, and leaves the code of the service for the pages."""
    service = ready.service
    service.save()
    service.needs.set(ready.needs)
    service.areas.set(ready.areas)
    service.save()
    give(content, identity("service", ready.key), ready.texts.__getitem__)
    service.save_revision().publish()
    content.names["service"][ready.key] = service.code


def _numbers(content, service: Service, entry: dict) -> None:
    """Numbers as the source states them; an answer that it does not give stays unknown."""
    key = entry["key"]
    renamed = {"place": "place_key", "since": "since_year"}
    service.phones = [
        checked(
            content,
            FILE,
            f"{key}, number {phone['number']}",
            Phone(
                sort_order=position,
                **{renamed.get(name, name): value for name, value in phone.items()},
            ),
            exclude=["service"],
        )
        for position, phone in enumerate(entry.get("phone", []))
    ]


def _codes(content, service: Service, entry: dict) -> None:
    """Rows of one code each, and the places; every one is known and named once."""
    key = entry["key"]
    for name in (*CODES, "areas", "places"):
        values = entry.get(name, [])
        if len(values) != len(set(values)):
            raise content.mistake(FILE, f"{key}, {name}", "something is named twice")
    for name, (relation, model) in CODES.items():
        rows = [
            checked(
                content,
                FILE,
                f"{key}, {name} {code}",
                model(code=code, sort_order=position),
                exclude=["service"],
            )
            for position, code in enumerate(entry.get(name, []))
        ]
        setattr(service, relation, rows)
    places = found(content, FILE, f"{key}, places", Place, entry.get("places", []))
    service.at_places = [
        ServiceAtPlace(place=place, sort_order=position) for position, place in enumerate(places)
    ]


def _schedule(content, service: Service, entry: dict) -> None:
    """Hours (`days` are 1 to 7, 8 for public holidays) and exceptions (`first`, `last`)."""
    key = entry["key"]
    service.hours = [
        checked(
            content,
            FILE,
            f"{key}, hours",
            OpeningHours(
                weekday=day,
                opens=_time(rows["opens"]),
                closes=_time(rows["closes"]),
                by_appointment=rows.get("by_appointment", False),
            ),
            exclude=["service"],
        )
        for rows in entry.get("hours", [])
        for day in rows["days"]
    ]
    service.exceptions = [
        checked(
            content,
            FILE,
            f"{key}, exception",
            HoursException(
                first_day=rows["first"],
                last_day=rows.get("last", rows["first"]),
                opens=_time(rows["opens"]) if "opens" in rows else None,
                closes=_time(rows["closes"]) if "closes" in rows else None,
                reason=rows.get("reason", ""),
            ),
            exclude=["service"],
        )
        for rows in entry.get("exception", [])
    ]
    _agreeing(content, service, f"{key}, hours")


def _agreeing(content, service: Service, where: str) -> None:
    """Refuses what the editor's form would refuse: rows that contradict one another."""
    schedule = schedule_of(service)
    own = any(span.weekday == Day.PUBLIC_HOLIDAY for span in schedule.spans)
    if overlaps(list(schedule.spans)) or clashes(list(schedule.exceptions)):
        raise content.mistake(FILE, where, "hours or exceptions overlap")
    if own != (schedule.on_holidays == HolidayRule.OWN):
        raise content.mistake(FILE, where, 'day 8 goes with on_holidays = "own", and only with it')


def _text(content, service: Service, key: str, words: dict, code: str) -> ServiceText:
    entry = written(content, words, code, "services", key)
    where = f"services.{key}"
    unknown = set(entry) - {*TEXT_FIELDS, "what_happens", "notes", "strip"}
    if unknown:
        raise content.mistake(file_of(code), where, f"unknown key {min(unknown)}")
    notes = _notes(content, entry, words[SOURCE]["services"][key], file_of(code), where)
    text = ServiceText(
        service=service,
        locale=locale(code),
        what_happens="\n".join(entry.get("what_happens", [])),
        fact_notes="\n".join(f"{fact} = {note}" for fact, note in notes.items()),
        phone_places="\n".join(
            f"{phone.place_key} = {words[code]['phones'][phone.place_key]}"
            for phone in service.phones.all()
            if phone.place_key in words[code].get("phones", {})
        ),
        strip_caption=entry.get("strip", ""),
        **{name: entry.get(name, "") for name in TEXT_FIELDS},
    )
    exclude = ["service", "translation_key"]
    return checked(content, file_of(code), where, text, exclude=exclude)


def _notes(content, entry: dict, source: dict, file: str, where: str) -> dict[str, str]:
    """The notes to facts: about facts that there are, and about the same ones in each language."""
    notes = entry.get("notes", {})
    unknown = set(notes) - set(facts.KEYS)
    if unknown:
        raise content.mistake(file, f"{where}, notes", f"unknown fact {min(unknown)}")
    if set(notes) != set(source.get("notes", {})):
        raise content.mistake(
            file, f"{where}, notes", f"must be about the same as in {SOURCE}.toml"
        )
    return notes


def _time(text: str) -> datetime.time:
    return datetime.time.fromisoformat("00:00" if text == "24:00" else text)
