"""The form of a service in the admin: what it keeps, what it refuses."""

import pytest
from bs4 import BeautifulSoup

from directory.models import (
    Place,
    Service,
    ServiceAtPlace,
)
from tests.directory.admin_forms import add, edit_address, errors, fields, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def service(keeper):
    return Service.objects.get(phones__number="116006")


@pytest.fixture
def form(client, service):
    return fields(client.get(edit_address(service)))


def test_facts_and_closed_lists_are_kept(client, service, form):
    changed = form | {
        "free": "true",
        "takes_pets": "false",
        "confidential": "unknown",
        "channel_codes": ["phone", "chat"],
        "form_codes": ["stalking"],
        "way_in_codes": ["police"],
        "audience_codes": ["women", "children"],
        "email": "palidziba@example.org",
        "minimum_age": "12",
    }
    assert publish(client, service, changed).status_code == 302
    service.refresh_from_db()
    assert (service.free, service.takes_pets, service.confidential) == (True, False, None)
    assert [row.code for row in service.channels.all()] == ["phone", "chat"]
    assert [row.code for row in service.forms.all()] == ["stalking"]
    assert [row.code for row in service.ways_in.all()] == ["police"]
    assert {row.code for row in service.audiences.all()} == {"women", "children"}
    assert (service.email, service.minimum_age) == ("palidziba@example.org", 12)
    again = fields(client.get(edit_address(service)))
    assert again["channel_codes"] == ["phone", "chat"]
    assert again["takes_pets"] == ["false"]
    publish(client, service, {k: v for k, v in again.items() if k != "channel_codes"})
    assert not service.channels.exists()


def test_saving_without_a_change_changes_nothing(client, service, form):
    def stored():
        service.refresh_from_db()
        return service.serializable_data() | {"latest_revision": 0}

    before = stored()
    assert publish(client, service, form).status_code == 302
    after = stored()
    volatile = {"last_published_at", "live_revision", "first_published_at", "go_live_at"}
    assert {k: v for k, v in after.items() if k not in volatile} == {
        k: v for k, v in before.items() if k not in volatile
    }


def test_a_draft_waits(client, service, form):
    changed = form | {"channel_codes": ["video"], "website": "https://example.org/draft"}
    assert client.post(edit_address(service), changed).status_code == 302
    service.refresh_from_db()
    assert service.website != "https://example.org/draft"
    assert not service.channels.filter(code="video").exists()
    again = fields(client.get(edit_address(service)))
    assert again["channel_codes"] == ["video"]


@pytest.mark.parametrize("lacking", ["needs", "audience_codes", "words"])
def test_half_a_service_is_a_draft_and_is_not_published(client, service, form, lacking):
    if lacking == "words":
        service.texts.filter(locale__language_code="lv").delete()
    else:
        form[lacking] = []
    form["source"] = "Typed and kept"
    answer = publish(client, service, form)
    assert answer.status_code == 200
    if lacking == "words":
        assert "write the words in the source language" in answer.content.decode()
    else:
        assert "before you publish" in errors(answer, lacking)
    assert fields(answer)["source"] == "Typed and kept"
    assert client.post(edit_address(service), form).status_code == 302
    service.refresh_from_db()
    assert service.source != "Typed and kept"
    assert publish(client, service, form | {"status": ["withdrawn"]}).status_code == 302
    service.refresh_from_db()
    assert service.status == Service.Status.WITHDRAWN


def test_a_number_keeps_all_its_answers(client, service, form):
    place = add(
        form,
        "phones",
        number="63 489 652",
        kind="both",
        answered_by="specialist",
        free="false",
        anonymous="true",
        safe_to_text="unknown",
        shown_on_bill="false",
        languages=["lv", "ru"],
    )
    assert publish(client, service, form).status_code == 302, place
    phone = service.phones.get(number="+37163489652")
    assert (phone.free, phone.anonymous, phone.safe_to_text) == (False, True, None)
    assert phone.languages == ["lv", "ru"]


def test_a_language_by_interpreter_is_kept(client, service, form):
    add(form, "languages", code="uk", by_interpreter="on")
    assert publish(client, service, form).status_code == 302
    assert service.languages.filter(code="uk", by_interpreter=True).exists()


def test_a_place_stands_in_the_list_once(client, service, form):
    place = Place.objects.create(label="House")
    add(form, "at_places", place=str(place.pk))
    add(form, "at_places", place=str(place.pk))
    answer = publish(client, service, form)
    assert answer.status_code == 200
    messages = BeautifulSoup(answer.content, "lxml").select(".error-message")
    assert any("duplicate data for" in message.get_text() for message in messages)
    assert fields(answer)["at_places-1-place"] == str(place.pk)
    assert not ServiceAtPlace.objects.filter(service=service).exists()


WRONG = [
    ({"minimum_age": "18", "maximum_age": "12"}, "maximum_age"),
    ({"minimum_age": "-1"}, "minimum_age"),
    ({"for_people_who_hurt": "on", "strip_order": "4"}, "strip_order"),
    ({"website": "no address"}, "website"),
    ({"email": "nobody"}, "email"),
    ({"source_year": "1900"}, "source_year"),
    ({"valid_until": "2026-02-30"}, "valid_until"),
    ({"status": "gone"}, "status"),
    ({"channel_codes": ["pigeon"]}, "channel_codes"),
]


@pytest.mark.parametrize(("changes", "field"), WRONG)
def test_a_wrong_answer_is_refused_at_its_field(client, service, form, changes, field):
    typed = {"source": "Typed and kept"} | changes
    answer = publish(client, service, form | typed)
    assert answer.status_code == 200
    assert errors(answer, field)
    again = fields(answer)
    for name, value in typed.items():
        if name not in ("status", "channel_codes"):
            assert again[name] in (value, [value])
    service.refresh_from_db()
    assert service.source != "Typed and kept"


@pytest.mark.parametrize(
    ("relation", "row"),
    [
        ("languages", {"code": "lt"}),
        ("reviews", {"language": "lt", "reviewed_by": "Reader", "reviewed_on": "2026-03-02"}),
    ],
)
def test_what_stands_once_is_refused_a_second_time(client, service, form, relation, row):
    getattr(service, relation).all().delete()
    form[f"{relation}-TOTAL_FORMS"] = form[f"{relation}-INITIAL_FORMS"] = "0"
    add(form, relation, **row)
    second = add(form, relation, **row)
    answer = publish(client, service, form)
    assert answer.status_code == 200
    messages = BeautifulSoup(answer.content, "lxml").select(".error-message")
    assert any("duplicate data for" in message.get_text() for message in messages)
    again = fields(answer)
    name = next(iter(row))
    assert again[f"{second}-{name}"] in (row[name], [row[name]])


WRONG_ROWS = [
    ("phones", {"number": "12345678901234", "kind": "voice"}, "number"),
    ("phones", {"number": "mother", "kind": "voice"}, "number"),
    ("phones", {"number": "116999", "kind": "voice", "languages": ["xx"]}, "languages"),
    ("languages", {"code": "xx"}, "code"),
]


@pytest.mark.parametrize(("relation", "row", "field"), WRONG_ROWS)
def test_a_wrong_row_is_refused_at_its_field(client, service, form, relation, row, field):
    before = getattr(service, relation).count()
    place = add(form, relation, **row)
    answer = publish(client, service, form | {"source": "Typed and kept"})
    assert answer.status_code == 200
    assert errors(answer, f"{place}-{field}")
    again = fields(answer)
    assert again["source"] == "Typed and kept"
    if "number" in row:
        assert again[f"{place}-number"] == row["number"]
    assert getattr(service, relation).count() == before


def test_a_service_does_not_replace_itself(client, service, form):
    answer = publish(client, service, form | {"replaced_by": str(service.pk)})
    assert answer.status_code == 200
    assert errors(answer, "replaced_by")
