"""Hours as a publisher enters them: a contradiction is refused at its field, nothing is lost."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from directory.models import HoursException, OpeningHours, Service
from tests.directory.admin_forms import add, edit_address, errors, fields, publish

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
