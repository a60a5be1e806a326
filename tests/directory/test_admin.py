"""Services in the admin: the list, the search, the words."""

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
    Service,
    ServiceText,
)
from search import documents
from tests.directory.admin_forms import edit_address, errors, fields

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
    page = BeautifulSoup(answer.content, "lxml")
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
    with documents.together():
        for number in range(49):
            a_service(number)
    assert amount(50) == few


def test_the_list_of_reports_asks_as_many_questions_however_many_services_there_are(client, keeper):
    address = "/admin/snippets/directory/report/"

    def options() -> list[str]:
        page = BeautifulSoup(client.get(address).content, "lxml")
        return [option.get_text(strip=True) for option in page.select("[name=service] option")]

    Service.objects.exclude(pk=Service.objects.first().pk).delete()
    chosen = Service.objects.get()
    chosen.reports.create(answer="wrong", text="Chosen one")
    options()
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    with documents.together():
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
            addresses = BeautifulSoup(answer.content, "lxml").select(
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


# The words


def states(answer) -> dict[str, str]:
    page = BeautifulSoup(answer.content, "lxml")
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
    page = BeautifulSoup(answer.content, "lxml")
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
    page = BeautifulSoup(answer.content, "lxml")
    link = page.select_one("tr[data-language=lv] a")["href"]
    assert fields(client.get(link))["service"] == str(added.pk)
