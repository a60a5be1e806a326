"""Marks in every field of what is not public, and all that a stranger can be told or is kept."""

import datetime
import io
import logging
import logging.config
import sys
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from wagtail.models import Locale, Page

from directory.models import (
    Area,
    AreaText,
    ConfidentialAddress,
    Need,
    Organization,
    Phone,
    Place,
    PlaceText,
    Service,
    ServiceAtPlace,
    ServiceText,
)
from frame import errors

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# Letters that no text of the demo holds; a word of each is unlike any other.
STREET_OF_HIDDEN, STREET_OF_AREA = "Zqslepena 17", "Zqnoklusa 23"
LABEL_OF_HIDDEN, LABEL_OF_AREA = "Zqetikete H", "Zqetikete A"
WORDS_OF_HIDDEN, WORDS_OF_AREA = "Zqdurvis", "Zqpietura"
SECRETS = [
    *(STREET_OF_HIDDEN, STREET_OF_AREA, LABEL_OF_HIDDEN, LABEL_OF_AREA),
    *(WORDS_OF_HIDDEN, WORDS_OF_AREA),
]
ADDRESSES = [STREET_OF_HIDDEN, STREET_OF_AREA]
# A search looks into the words of all languages; two pages of answers stand for six.
SEARCHED = ("lv", "uk")
# Search keeps stems, not words.
STEM = 8
# Kinds of services that are not public: mark of their words, number, what makes them so.
GONE = {
    "draft": ("Zqmelnraksts", "+37163400001", {"live": False}),
    "withdrawn": ("Zqatsaukts", "+37163400002", {"status": "withdrawn"}),
    "expired": ("Zqbeidzies", "+37163400003", {"valid_until": datetime.date(2020, 1, 1)}),
}
MARKS = [mark for mark, _number, _values in GONE.values()]
NUMBERS = [number for _mark, number, _values in GONE.values()]
WORD_FIELDS = [field.field_name for field in ServiceText.translatable_fields]
WORD_FIELDS.remove("tab_title")


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def plant_service(mark: str, number: str, **values) -> Service:
    """A service of which every word, name and number is marked, in two languages."""
    service = Service(
        organization=Organization.objects.create(name=f"{mark} iestāde"),
        source=f"{mark} avots", source_year=2024, email=f"{mark}@example.org".lower(),
        website=f"https://{mark}.example/".lower(), urgency=0, strip_order=1,
    )  # fmt: skip
    service.phones = [Phone(number=number, place_key="zq")]
    service.save()
    service.needs.set(Need.objects.all())
    service.save()
    for code in ("lv", "en"):
        words = {name: f"{mark} {name}" for name in WORD_FIELDS}
        words |= {"phone_places": f"zq = {mark} vieta", "fact_notes": f"free = {mark} piezīme"}
        ServiceText.objects.create(
            service=service, locale=locale(code), tab_title=f"{mark} cilne", **words
        )
    place = Place.objects.create(label=f"{mark} marka", visibility="exact", street=f"{mark} iela")
    ServiceAtPlace.objects.create(service=service, place=place)
    service.save_revision().publish()
    for name, value in values.items():
        setattr(service, name, value)
    service.save()
    return service


def plant_shelter() -> Service:
    """A public service at a hidden place and at one of which only the area is public."""
    service = Service.objects.get(phones__number="116006")
    area = Area.objects.create(key="zq-area")
    AreaText.objects.create(area=area, locale=locale("lv"), label="Zqpublisks rajons")
    for visibility, label, street, words in (
        ("hidden", LABEL_OF_HIDDEN, STREET_OF_HIDDEN, WORDS_OF_HIDDEN),
        ("area", LABEL_OF_AREA, STREET_OF_AREA, WORDS_OF_AREA),
    ):
        place = Place.objects.create(
            label=label, visibility=visibility, step_free=True,
            area=area if visibility == "area" else None,
        )  # fmt: skip
        ConfidentialAddress.objects.create(place=place, address=street)
        # Words that a mistake or an import left there.
        for code in LANGUAGES:
            PlaceText.objects.create(
                place=place, locale=locale(code), name=f"{words} n", transport=f"{words} t",
                access=f"{words} a",
            )  # fmt: skip
        ServiceAtPlace.objects.create(service=service, place=place)
    service.save_revision().publish()
    return service


def plant_gone() -> dict[str, Service]:
    """A service of each kind that is not public."""
    return {kind: plant_service(mark, number, **values)
            for kind, (mark, number, values) in GONE.items()}  # fmt: skip


@contextmanager
def log():
    """Everything that the configured handlers print at any level, as one growing text."""
    stream, kept = io.StringIO(), sys.stderr
    sys.stderr = stream
    level = logging.root.level
    try:
        logging.config.dictConfig(settings.LOGGING)
        logging.root.setLevel(logging.DEBUG)
        yield stream
    finally:
        sys.stderr = kept
        logging.config.dictConfig(settings.LOGGING)
        logging.root.setLevel(level)


def addresses(languages: list[str]) -> list[str]:
    """Everything that can be asked for in these languages, codes of what is gone among it."""
    needs = Need.objects.values_list("code", flat=True)
    codes = Service.objects.values_list("code", flat=True)
    paths = ["nav-tadas/", "pakalpojumi/", "pakalpojumi/?f=t3k", "pakalpojumi/mekle/"]
    paths += ["blakus/", "tab.js"]
    paths += [f"pakalpojumi/?f={code}" for code in needs]
    paths += [f"pakalpojumi/{code}/{step}" for code in codes for step in ("", "lapa/", "numurs/")]
    found = ["/", "/robots.txt", "/sitemap.xml", "/health/", "/api/", "/media/"]
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code__in=languages)
    found += pages.values_list("url_path", flat=True)
    return found + [f"/{code}/{path}" for code in languages for path in paths]


def whole(answer) -> str:
    """Headers and body of an answer."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{answer.status_code} {sorted(answer.items())} {body.decode()}"


def searches() -> list[str]:
    return [*SECRETS, *MARKS, *NUMBERS, *[number[4:] for number in NUMBERS], "patvērums", "112"]


def typed(text: str) -> set[str]:
    """A search prints what was typed in its own field: taken out before marks are looked for."""
    return {text, text.replace("+", "&#x2B;")}


def crawl(languages: list[str] = LANGUAGES) -> str:
    """All that a stranger can be told, and all that is kept and written on the way."""
    client = Client(raise_request_exception=False)
    with log() as written:
        told = [whole(client.get(address)) for address in addresses(languages)]
        for code in languages:
            for text in searches() if code in SEARCHED else ["112"]:
                answer = whole(client.post(f"/{code}/pakalpojumi/mekle/", {"text": text}))
                for form in typed(text):
                    answer = answer.replace(f'value="{form}"', "")
                told.append(answer)
                told.append(whole(client.post(f"/{code}/blakus/", {"text": text})))
            for service in Service.objects.all():
                told.append(whole(client.post(f"/{code}/blakus/", {"service": service.code})))
            for service in Service.objects.exclude(pk__in=Service.objects.public()):
                address = f"/{code}/pakalpojumi/{service.code}/numurs/"
                told.append(whole(client.post(address, {"answer": ""})))
                told.append(whole(client.post(f"/{code}/pakalpojumi/{service.code}/")))
        told += [errors.page(status, None) for status in errors.FILES]
        told += [file.read_text("utf-8") for file in errors.write_files()]
        told += [repr(caches[name]._cache) for name in ("default", "frame")]
        told += [search_tables(), written.getvalue()]
    return "\n".join(told)


def search_tables() -> str:
    """Every row of every table in which search looks.

    The index's own storage is left out: SQLite marks words of deleted rows there and drops them
    when it next tidies up; no query reads them, and the searches of the crawl say so.
    """
    rows = []
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            if table.startswith(("search_", "wagtailsearch_")):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows += [repr((table, row)) for row in cursor.fetchall()]
    return "\n".join(rows)


def seen(marks: list[str], text: str) -> list[str]:
    """The marks that stand in the text: words also in small letters and without endings."""
    small = text.casefold()
    return [mark for mark in marks if (mark.casefold()[:STEM] if mark[0] == "Z" else mark) in small]


@contextmanager
def listening():
    """Every statement that the database is asked, in small letters, as one growing list."""
    asked = []

    def listen(execute, sql, params, many, context):
        asked.append(sql.casefold())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield asked


def forget_what_is_kept():
    for name in settings.CACHES:
        caches[name].clear()


@dataclass
class Reading:
    """What was told and asked while everything that is not public was there."""

    text: str
    sitemap: str
    codes: list[str]
    statements: list[str]
    holders: set[str]


def tables_that_hold(marks: list[str]) -> set[str]:
    """The tables of the database in which any of the marks stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if seen(marks, repr(cursor.fetchall())):
                found.add(table)
    return found
