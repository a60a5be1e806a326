"""Hours as a publisher enters them: a contradiction is refused at its field, nothing is lost."""

import datetime
from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import IntegrityError, transaction

from directory.models import HoursException, OpeningHours, Service

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 8, 10)


@pytest.fixture
def service():
    """A service that answers every day from 12:00 to 22:00."""
    return Service.objects.get(phones__number="116006")


@pytest.fixture
def form(client, sign_in, service):
    """What the publisher's form of the service holds, as the browser would send it back."""
    sign_in("atbildiga")
    return fields(client.get(edit_address(service)))


def edit_address(service) -> str:
    return f"/admin/snippets/directory/service/edit/{service.pk}/"


def fields(answer) -> dict[str, str]:
    page = BeautifulSoup(answer.content, "html.parser")
    form = page.select_one("form[data-edit-form]") or page.select_one("#w-editor-form")
    found = {}
    for field in form.select("[name]"):
        if field.name == "select":
            chosen = field.select("option[selected]") or field.select("option")[:1]
            if field.has_attr("multiple"):
                chosen = field.select("option[selected]")
            found[field["name"]] = [option["value"] for option in chosen]
        elif field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                found.setdefault(field["name"], []).append(field.get("value", "on"))
        elif field.get("type") not in ("submit", "button"):
            found[field["name"]] = field.get("value", field.get_text())
    return {name: value for name, value in found.items() if not name.startswith("action-")}


def add(form: dict, relation: str, **values) -> str:
    """Adds a row; returns the beginning of the names of its fields."""
    number = int(form[f"{relation}-TOTAL_FORMS"])
    form[f"{relation}-TOTAL_FORMS"] = str(number + 1)
    form[f"{relation}-{number}-id"] = form[f"{relation}-{number}-DELETE"] = ""
    form[f"{relation}-{number}-ORDER"] = str(number + 1)
    form |= {f"{relation}-{number}-{name}": value for name, value in values.items()}
    return f"{relation}-{number}"


def publish(client, service, form):
    return client.post(edit_address(service), form | {"action-publish": "action-publish"})


def errors(answer, field: str) -> str:
    """The messages that stand at one field of the form that came back."""
    page = BeautifulSoup(answer.content, "html.parser")
    box = page.select_one(f"[data-field]:has([name='{field}'])")
    return " ".join(found.get_text(" ", strip=True) for found in box.select(".error-message"))


def assert_refused(client, service, form, field: str, words: str, kept: dict):
    """The words stand at the field, what was typed is still in the form, nothing was stored."""
    before = (service.hours.count(), service.exceptions.count(), service.on_holidays)
    answer = publish(client, service, form)
    assert answer.status_code == 200
    message = errors(answer, field)
    assert words in message, message
    again = fields(answer)
    for name, value in kept.items():
        assert again[name] in (value, [value]), name
    service.refresh_from_db()
    assert (service.hours.count(), service.exceptions.count(), service.on_holidays) == before


def test_a_split_day_past_midnight_is_stored_and_published(client, service, form):
    add(form, "hours", weekday="5", opens="22:00", closes="02:00", by_appointment="on")
    assert publish(client, service, form).status_code == 302
    row = service.hours.get(weekday=5, opens="22:00")
    assert (row.closes, row.by_appointment) == (datetime.time(2), True)


def test_hours_of_public_holidays_and_an_exception_are_stored(client, service, form):
    add(form, "hours", weekday="8", opens="10:00", closes="14:00")
    add(form, "exceptions", first_day="2026-08-10", last_day="2026-08-14", reason="repairs")
    assert publish(client, service, form | {"on_holidays": "own"}).status_code == 302
    service.refresh_from_db()
    assert service.on_holidays == "own"
    assert service.hours.filter(weekday=8).count() == 1
    exception = service.exceptions.get()
    assert (exception.first_day, exception.opens, exception.reason) == (DAY, None, "repairs")


WRONG_HOURS = [
    ({"weekday": "1", "opens": "21:00", "closes": "23:00"}, "opens", "Šis laiks pārklājas ar"),
    ({"weekday": "7", "opens": "23:00", "closes": "13:00"}, "opens", "Šis laiks pārklājas ar"),
    ({"weekday": "1", "opens": "10:00", "closes": "10:00"}, "closes", "vienā laikā"),
    ({"weekday": "9", "opens": "10:00", "closes": "11:00"}, "weekday", "9"),
    ({"weekday": "1", "opens": "25:00", "closes": "11:00"}, "opens", "derīgs laiks"),
    ({"weekday": "8", "opens": "10:00", "closes": "11:00"}, "weekday", "savs laiks"),
]


@pytest.mark.parametrize(("row", "field", "words"), WRONG_HOURS)
def test_impossible_hours_are_refused_at_their_field(client, service, form, row, field, words):
    place = add(form, "hours", **row)
    kept = {f"{place}-{name}": value for name, value in row.items() if value != "9"}
    assert_refused(client, service, form, f"{place}-{field}", words, kept)


WRONG_EXCEPTIONS = [
    ({"first_day": "2026-08-10", "last_day": "2026-08-09"}, "last_day", "pirms pirmās"),
    (
        {"first_day": "2026-08-10", "last_day": "2026-08-10", "opens": "09:00"},
        "closes",
        "abus laikus",
    ),
    (
        {"first_day": "2026-08-10", "last_day": "2026-08-10", "opens": "09:00", "closes": "09:00"},
        "closes",
        "vienā laikā",
    ),
    ({"first_day": "2026-08-32", "last_day": "2026-08-10"}, "first_day", "derīgs datums"),
    ({"first_day": "2026-08-03", "last_day": "2026-08-05"}, "first_day", "jau ir cits izņēmums"),
]


@pytest.mark.parametrize(("row", "field", "words"), WRONG_EXCEPTIONS)
def test_impossible_exceptions_are_refused_at_their_field(client, service, form, row, field, words):
    add(form, "exceptions", first_day="2026-08-01", last_day="2026-08-04")
    place = add(form, "exceptions", **row)
    kept = {f"{place}-{name}": value for name, value in row.items()}
    assert_refused(client, service, form, f"{place}-{field}", words, kept)


def test_own_hours_on_holidays_need_hours(client, service, form):
    changed = form | {"on_holidays": "own", "website": "https://example.org/kept"}
    kept = {"on_holidays": "own", "website": "https://example.org/kept"}
    assert_refused(client, service, changed, "on_holidays", "Svētku diena", kept)


def test_a_row_that_is_taken_out_overlaps_with_nothing(client, service, form):
    place = add(form, "hours", weekday="1", opens="21:00", closes="23:00")
    assert publish(client, service, form | {f"{place}-DELETE": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (OpeningHours, {"weekday": 0, "opens": "09:00", "closes": "10:00"}),
        (OpeningHours, {"weekday": 9, "opens": "09:00", "closes": "10:00"}),
        (OpeningHours, {"weekday": 1, "opens": "09:00", "closes": "09:00"}),
        (HoursException, {"first_day": "2026-08-10", "last_day": "2026-08-09"}),
        (
            HoursException,
            {"first_day": "2026-08-10", "last_day": "2026-08-10", "opens": "09:00"},
        ),
        (
            HoursException,
            {"first_day": DAY, "last_day": DAY, "opens": "09:00", "closes": "09:00"},
        ),
    ],
)
def test_the_database_itself_refuses_what_must_not_be(service, model, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(service=service, **values)


def test_the_database_takes_whole_days_and_nights(service):
    for opens, closes in (("00:00", "00:00"), ("22:00", "02:00"), ("18:00", "00:00")):
        OpeningHours.objects.create(service=service, weekday=8, opens=opens, closes=closes)
        HoursException.objects.create(
            service=service, first_day=DAY, last_day=DAY, opens=opens, closes=closes
        )


def test_the_way_back_takes_the_hours_of_holidays_with_it(service):
    """The earlier constraint knew weekdays only and would refuse them."""
    OpeningHours.objects.create(service=service, weekday=8, opens="10:00", closes="14:00")
    before = OpeningHours.objects.filter(weekday__lte=7).count()
    migration = import_module("directory.migrations.0003_opening_state")
    migration.remove_hours_of_holidays(apps, None)
    assert not OpeningHours.objects.filter(weekday=8).exists()
    assert OpeningHours.objects.count() == before
