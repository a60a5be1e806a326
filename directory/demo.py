"""Puts the demo services in: first what is the same everywhere, then the words by translation."""

import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from directory import demo_situations
from directory.models import (
    Audience,
    Need,
    NeedText,
    Organization,
    Phone,
    Service,
    ServiceText,
    SpokenLanguage,
)
from directory.opening import HolidayRule, clashes, overlaps
from directory.schedules import Day, HoursException, OpeningHours, schedule_of
from pages.demo import translate
from search import documents

ORDER = 10
SOURCE = settings.LANGUAGE_CODE
NAMESPACE = uuid5(NAMESPACE_URL, "demo/directory")
FILE = "directory/services.toml"
TEXT_FIELDS = ("name", "tab_title", "summary", "for_whom", "need_to_know", "hours_note")
SAME = (
    "website",
    "anonymous",
    "referral_needed",
    "free",
    "recorded",
    "status",
    "by_appointment",
    "on_holidays",
    "source",
    "source_address",
    "source_year",
    "valid_until",
)


@documents.together()
def load(content) -> None:
    """Creates needs, organizations, services and their words where they are missing."""
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    same = content.read(FILE)
    words = {code: content.read(f"directory/{code}.toml") for code, _name in settings.LANGUAGES}
    used = list(words[SOURCE]["needs"])
    for position, key in enumerate(used):
        _need(content, position, key, words)
    for entry in same["organization"]:
        Organization.objects.get_or_create(
            name=entry["name"],
            defaults={
                "website": entry.get("website", ""),
                "former_name": entry.get("former_name", ""),
            },
        )
    content.names["service"] = {}
    created = 0
    for entry in same["service"]:
        try:
            created += _service(content, entry, same["organization"], words)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            where = f"service {entry.get('key', '?')}"
            raise content.mistake(FILE, where, f"missing or wrong: {error}") from error
    content.say(f"{created} services created, {len(same['service']) - created} kept as they were.")
    demo_situations.load(content)


def _need(content, position: int, key: str, words: dict) -> None:
    identity = uuid5(NAMESPACE, f"need/{key}")
    need, created = Need.objects.get_or_create(
        key=key, defaults={"uuid": identity, "sort_order": position}
    )
    if not created:
        return
    source = NeedText.objects.create(
        need=need,
        label=words[SOURCE]["needs"][key],
        translation_key=identity,
        locale=_locale(SOURCE),
    )
    for code in _others():
        label = words[code]["needs"].get(key)
        if not label:
            raise content.mistake(f"directory/{code}.toml", f"needs.{key}", "is missing")
        target = NeedText(need=need, label=label, locale=_locale(code))
        translate(content, f"directory/{code}.toml", source, target, _locale(code))


def _service(content, entry: dict, organizations: list[dict], words: dict) -> bool:
    """True when the service was created; its code is left for the pages in any case."""
    key = entry["key"]
    existing = Service.objects.filter(uuid=UUID(entry["uuid"])).first()
    if existing:
        content.names["service"][key] = existing.code
        return False
    names = {item["key"]: item["name"] for item in organizations}
    if entry["organization"] not in names:
        raise content.mistake(FILE, key, f"unknown organization {entry['organization']}")
    service = Service(
        uuid=UUID(entry["uuid"]),
        organization=Organization.objects.get(name=names[entry["organization"]]),
        urgency=entry["urgency"],
        strip_order=entry.get("strip"),
        for_people_who_hurt="change" in entry["needs"] and "violent" in entry["audience"],
        **{name: entry[name] for name in SAME if name in entry},
    )
    _children(content, service, entry)
    _schedule(content, service, entry)
    _checked(content, FILE, key, service)
    service.save()
    service.needs.set(Need.objects.filter(key__in=entry["needs"]))
    service.save()
    _words(content, service, key, words)
    service.save_revision().publish()
    content.names["service"][key] = service.code
    return True


def _children(content, service: Service, entry: dict) -> None:
    """Numbers and languages as the source states them."""
    key = entry["key"]
    service.phones = [
        _checked(
            content,
            FILE,
            f"{key}, number {phone['number']}",
            Phone(
                number=phone["number"],
                place_key=phone.get("place", ""),
                free=phone.get("free"),
                since_year=phone.get("since"),
                sort_order=position,
            ),
            exclude=["service"],
        )
        for position, phone in enumerate(entry.get("phone", []))
    ]
    service.audiences = [
        Audience(code=code, sort_order=position)
        for position, code in enumerate(entry.get("audience", []))
    ]
    service.languages = [
        SpokenLanguage(code=code, sort_order=position)
        for position, code in enumerate(entry.get("languages", []))
    ]


def _schedule(content, service: Service, entry: dict) -> None:
    """Hours (`days` are 1 to 7, 8 for public holidays) and exceptions (`first`, `last`)."""
    key = entry["key"]
    service.hours = [
        _checked(
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
        _checked(
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


def _words(content, service: Service, key: str, words: dict) -> None:
    identity = uuid5(NAMESPACE, f"service/{key}")
    source = _text(content, service, key, words[SOURCE], SOURCE)
    source.translation_key = identity
    source.save()
    for code in _others():
        target = _text(content, service, key, words[code], code)
        translate(content, f"directory/{code}.toml", source, target, _locale(code))


def _text(content, service: Service, key: str, words: dict, code: str) -> ServiceText:
    file, entry = f"directory/{code}.toml", words["services"].get(key)
    if not entry:
        raise content.mistake(file, f"services.{key}", "is missing")
    text = ServiceText(
        service=service,
        locale=_locale(code),
        what_happens="\n".join(entry.get("what_happens", [])),
        phone_places="\n".join(
            f"{phone.place_key} = {words['phones'][phone.place_key]}"
            for phone in service.phones.all()
            if phone.place_key in words.get("phones", {})
        ),
        strip_caption=entry.get("strip", ""),
        **{name: entry.get(name, "") for name in TEXT_FIELDS},
    )
    return _checked(content, file, f"services.{key}", text, exclude=["service", "translation_key"])


def _checked(content, file: str, entry: str, instance, exclude=()):
    """The instance after its own field rules; a mistake names file, entry and reason."""
    try:
        instance.clean_fields(exclude=[*exclude, "latest_revision"])
        instance.clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise content.mistake(file, f"{entry}, {field}", " ".join(messages)) from error
    return instance


def _time(text: str) -> datetime.time:
    return datetime.time.fromisoformat("00:00" if text == "24:00" else text)


def _locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def _others() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code != SOURCE]
