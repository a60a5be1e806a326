"""Services in the admin: the list, the search, the form."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from directory.models import (
    Area,
    Need,
    NeedText,
    Organization,
    Phone,
    Place,
    Service,
    ServiceAtPlace,
    ServiceText,
)
from tests.directory.admin_forms import add, edit_address, errors, fields, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LIST = "/admin/snippets/directory/service/"
LISTS = (
    "service",
    "servicetext",
    "organization",
    "place",
    "placetext",
    "area",
    "areatext",
    "need",
    "needtext",
    "report",
)


@pytest.fixture
def service(keeper):
    return Service.objects.get(phones__number="116006")


@pytest.fixture
def form(client, service):
    return fields(client.get(edit_address(service)))


def rows(answer) -> list[str]:
    page = BeautifulSoup(answer.content, "html.parser")
    return [row.get_text(" ", strip=True) for row in page.select("table.listing tbody tr")]


def search(client, query: str, name: str = "service"):
    return client.get(f"/admin/snippets/directory/{name}/", {"q": query})


def test_the_list_says_what_a_keeper_looks_for(client, service):
    text = service.texts.get(locale__language_code="en")
    found = [row for row in rows(client.get(LIST)) if text.name in row]
    assert len(found) == 1
    for words in (service.organization.name, "active", "6/6"):
        assert words in found[0]


def a_service(number: int) -> Service:
    service = Service.objects.create(
        organization=Organization.objects.create(name=f"Organization {number}"),
        source="test",
        source_year=2026,
    )
    ServiceText.objects.create(
        service=service,
        locale=Locale.objects.get(language_code="lv"),
        name=f"Service {number}",
        tab_title="x",
        summary="x",
    )
    return service


def test_the_list_asks_as_many_questions_for_one_service_as_for_fifty(client, keeper):
    def amount(shown: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(rows(client.get(LIST))) == shown
        return len(queries)

    Service.objects.exclude(pk=Service.objects.first().pk).delete()
    client.get(LIST)
    few = amount(1)
    for number in range(49):
        a_service(number)
    assert amount(50) == few


def test_the_list_of_reports_asks_as_many_questions_however_many_services_there_are(client, keeper):
    address = "/admin/snippets/directory/report/"

    def options() -> list[str]:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        return [option.get_text(strip=True) for option in page.select("[name=service] option")]

    Service.objects.exclude(pk=Service.objects.first().pk).delete()
    chosen = Service.objects.get()
    chosen.reports.create(answer="wrong", text="Chosen one")
    options()
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(20):
        added = a_service(number)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
    assert {f"Service {number}" for number in range(20)} <= set(options())
    assert chosen.texts.get(locale__language_code="en").name in options()
    assert "Chosen one" in client.get(address, {"service": chosen.pk}).content.decode()
    assert "Chosen one" not in client.get(address, {"service": added.pk}).content.decode()


HOSTILE = ['"', "*", " ", "\x00", "a" * 5000, "' OR 1=1 --", "%", "(", "AND", "🙂", "\u202e"]


@pytest.mark.parametrize("name", [*LISTS, "situation", "situationtext"])
def test_a_search_survives_whatever_is_typed(client, sign_in, name):
    sign_in("admin")
    for query in HOSTILE:
        assert search(client, query, name).status_code == 200, query[:10]
        results = client.get(f"/admin/snippets/directory/{name}/results/", {"q": query})
        assert results.status_code == 200, query[:10]


def test_a_service_is_found_by_its_name_in_every_language(client, service):
    for text in service.texts.select_related("locale"):
        for query in (text.name, text.name.upper()):
            answer = search(client, query)
            addresses = BeautifulSoup(answer.content, "html.parser").select(
                f"a[href='{edit_address(service)}']"
            )
            assert addresses, (text.locale.language_code, query)


@pytest.mark.parametrize("query", ["+371 63 489 652", "63489652", "00371 63-489-652", "489 652"])
def test_a_service_is_found_by_a_number_in_any_writing(client, keeper, query):
    added = a_service(1)
    Phone.objects.create(service=added, number="+37163489652")
    answer = search(client, query)
    assert edit_address(added) in answer.content.decode()


def test_a_service_is_found_by_its_organization_without_marks(client, keeper):
    added = a_service(1)
    Organization.objects.filter(pk=added.organization_id).update(name="Ģimeņu atbalsts")
    found = rows(search(client, "gimenu ATBALSTS"))
    assert len(found) == 1


def test_nothing_found_is_said(client, keeper):
    assert rows(search(client, "qqqqzzzz")) == []


@pytest.mark.parametrize(
    "query",
    [
        {"status": "paused"},
        {"urgency": "0"},
        {"live": "false"},
        {"due": "now"},
        {"due": "soon"},
    ],
)
def test_a_filter_leaves_what_it_says(client, keeper, query):
    all_rows = len(rows(client.get(LIST)))
    paused = a_service(1)
    Service.objects.filter(pk=paused.pk).update(status="paused", live=False, urgency=0)
    shown = client.get(LIST, query)
    assert edit_address(paused) in shown.content.decode()
    if "due" not in query:
        assert 0 < len(rows(shown)) <= all_rows


def test_filters_of_need_area_and_organization_are_in_words(client, keeper):
    added = a_service(1)
    need, area = Need.objects.first(), Area.objects.create(key="town")
    added.needs.add(need)
    added.areas.add(area)
    added.save()
    label = NeedText.objects.get(need=need, locale__language_code="en").label
    assert label in client.get(LIST).content.decode()
    for query in (
        {"needs": need.pk},
        {"areas": area.pk},
        {"organization": added.organization_id},
    ):
        shown = client.get(LIST, query)
        assert edit_address(added) in shown.content.decode()
    other = Area.objects.create(key="other")
    assert edit_address(added) not in client.get(LIST, {"areas": other.pk}).content.decode()


# The form


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
    messages = BeautifulSoup(answer.content, "html.parser").select(".error-message")
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
    messages = BeautifulSoup(answer.content, "html.parser").select(".error-message")
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


# The words


def states(answer) -> dict[str, str]:
    page = BeautifulSoup(answer.content, "html.parser")
    return {row["data-language"]: row["data-state"] for row in page.select("tr[data-language]")}


def test_the_state_of_the_words_is_told_for_every_language(client, service):
    assert states(client.get(edit_address(service))) == {
        "lv": "source",
        "ru": "there",
        "en": "there",
        "uk": "there",
        "lt": "there",
        "lv-simple": "there",
    }
    service.texts.get(locale__language_code="uk").delete()
    original = service.texts.get(locale__language_code="lv")
    original.summary = "Changed"
    original.save()
    answer = client.get(edit_address(service))
    assert states(answer) == {
        "lv": "source",
        "ru": "older",
        "en": "older",
        "uk": "missing",
        "lt": "older",
        "lv-simple": "older",
    }
    page = BeautifulSoup(answer.content, "html.parser")
    for link in page.select("tr[data-language] a"):
        assert client.get(link["href"]).status_code == 200, link["href"]


def test_words_in_one_language_are_written_once(client, service):
    text = service.texts.get(locale__language_code="lv")
    typed = {
        "service": str(service.pk),
        "name": "Second",
        "tab_title": "Pakalpojums",
        "summary": "One sentence",
        **dict.fromkeys(("for_whom", "what_happens", "cost", "way_in", "documents"), ""),
        **dict.fromkeys(("need_to_know", "hours_note", "fact_notes", "phone_places"), ""),
        "strip_caption": "",
    }
    answer = client.post("/admin/snippets/directory/servicetext/add/?locale=lv", typed)
    assert answer.status_code == 200
    assert errors(answer, "service")
    assert fields(answer)["name"] == "Second"
    assert list(service.texts.filter(locale__language_code="lv")) == [text]


def test_words_begin_with_the_service_that_lacks_them(client, keeper):
    added = a_service(1)
    added.texts.all().delete()
    answer = client.get(edit_address(added))
    page = BeautifulSoup(answer.content, "html.parser")
    link = page.select_one("tr[data-language=lv] a")["href"]
    assert fields(client.get(link))["service"] == str(added.pk)
