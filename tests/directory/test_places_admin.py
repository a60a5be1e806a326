"""Places as a keeper enters them, and the address that nobody else may see."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from directory.models import (
    Area,
    ConfidentialAddress,
    Place,
    PlaceText,
    Service,
    ServiceAtPlace,
)
from tests.directory.admin_forms import edit_address, errors, fields

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ADD = "/admin/snippets/directory/place/add/"
SECRET = "Kanārijputniņu iela 77"
OWN_TABLE = "directory_confidentialaddress"


@pytest.fixture
def area():
    return Area.objects.create(key="town")


@pytest.fixture
def place():
    return Place.objects.create(label="Shelter one")


def typed(**changes) -> dict:
    """A place with a public address, as the form sends it."""
    return {
        "label": "House by the harbour",
        "visibility": "exact",
        "area": "",
        "street": "Liela iela 1",
        "postal_code": "LV-3401",
        "latitude": "56.5",
        "longitude": "21.01",
        "step_free": "true",
        "lift": "unknown",
        "accessible_toilet": "false",
        "source_year": "2026",
    } | changes


def test_a_public_place_is_kept(client, keeper):
    assert client.post(ADD, typed()).status_code == 302
    place = Place.objects.get(label="House by the harbour")
    assert (place.street, str(place.latitude), place.step_free) == (
        "Liela iela 1",
        "56.50000",
        True,
    )


NO_POINT = {"latitude": "", "longitude": ""}
NO_ADDRESS = NO_POINT | {"street": "", "postal_code": ""}
WRONG = [
    (NO_POINT | {"visibility": "hidden", "postal_code": ""}, "street", "not public"),
    (NO_ADDRESS | {"visibility": "hidden", "latitude": "56.5"}, "latitude", "not public"),
    (NO_POINT | {"visibility": "area"}, "street", "not public"),
    ({"latitude": "59.4"}, "latitude", "outside the country"),
    ({"longitude": "12"}, "longitude", "outside the country"),
    ({"latitude": "north"}, "latitude", "Enter a number"),
    ({"latitude": ""}, "latitude", "both coordinates"),
    (NO_ADDRESS | {"visibility": "area"}, "area", "Choose the area"),
    ({"street": ""}, "street", "needs a street"),
    ({"visibility": "maybe"}, "visibility", "maybe"),
    ({"label": ""}, "label", "required"),
    ({"source_year": "long ago"}, "source_year", "whole number"),
]


@pytest.mark.parametrize(("changes", "field", "words"), WRONG)
def test_a_wrong_place_is_refused_at_its_field(client, keeper, changes, field, words):
    form = typed(**changes)
    answer = client.post(ADD, form)
    assert answer.status_code == 200
    assert words in errors(answer, field)
    again = fields(answer)
    for name in ("label", "street", "postal_code", "latitude", "longitude", "source_year"):
        assert again[name] == form[name], name
    assert not Place.objects.filter(label=form["label"]).exists()


def test_a_hidden_place_names_no_area(client, keeper, area):
    form = typed(**NO_ADDRESS, visibility="hidden", area=str(area.pk))
    answer = client.post(ADD, form)
    assert errors(answer, "area")
    assert fields(answer)["area"] in (str(area.pk), [str(area.pk)])


# What is left over when something else becomes public


@pytest.mark.parametrize("words", ["name", "transport", "access"])
@pytest.mark.parametrize("visibility", ["hidden", "area"])
def test_a_place_is_hidden_only_without_words_that_tell_where_it_is(
    client, keeper, area, visibility, words
):
    client.post(ADD, typed())
    place = Place.objects.get(label="House by the harbour")
    told = PlaceText.objects.create(
        place=place, locale=Locale.objects.get(language_code="uk"), **{words: "By the harbour"}
    )
    form = typed(**NO_ADDRESS, visibility=visibility, label="Renamed")
    form["area"] = str(area.pk) if visibility == "area" else ""
    answer = client.post(edit_address(place), form)
    assert "Take the words of this place out first." in errors(answer, "visibility")
    assert fields(answer)["label"] == "Renamed"
    place.refresh_from_db()
    assert (place.visibility, place.street) == ("exact", "Liela iela 1")
    PlaceText.objects.filter(pk=told.pk).update(**{words: ""})
    assert client.post(edit_address(place), form).status_code == 302
    place.refresh_from_db()
    assert (place.visibility, place.street) == (visibility, "")


def test_a_place_with_a_confidential_address_does_not_become_public(client, keeper, place):
    ConfidentialAddress.objects.create(place=place, address=SECRET)
    form = typed(label=place.label)
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(edit_address(place), form)
    assert "Delete it first" in errors(answer, "visibility")
    assert fields(answer)["street"] == "Liela iela 1"
    assert not [query for query in asked if '"address"' in query["sql"]]
    assert SECRET not in answer.content.decode()
    place.refresh_from_db()
    assert place.visibility == "hidden"
    ConfidentialAddress.objects.all().delete()
    assert client.post(edit_address(place), form).status_code == 302
    place.refresh_from_db()
    assert place.visibility == "exact"


# The confidential address


def address_of(place) -> str:
    return f"/admin/directory/places/{place.pk}/confidential-address/"


def test_a_keeper_writes_reads_and_deletes_the_address(client, keeper, place):
    assert address_of(place) in client.get(edit_address(place)).content.decode()
    assert client.post(address_of(place), {"address": SECRET}).status_code == 302
    assert ConfidentialAddress.objects.get(place=place).address == SECRET
    shown = BeautifulSoup(client.get(address_of(place)).content, "lxml")
    assert SECRET in shown.select_one("[name=address]").get_text()
    client.post(address_of(place), {"address": ""})
    assert not ConfidentialAddress.objects.exists()


@pytest.mark.parametrize("name", ["redaktore", "atbildiga", "tulkotaja"])
def test_others_are_refused_and_see_no_way_there(client, sign_in, place, name):
    ConfidentialAddress.objects.create(place=place, address=SECRET)
    sign_in(name)
    for answer in (
        client.get(address_of(place)),
        client.post(address_of(place), {"address": "other"}),
    ):
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    form = client.get(edit_address(place), follow=True).content.decode()
    assert address_of(place) not in form
    assert SECRET not in form
    assert ConfidentialAddress.objects.get(place=place).address == SECRET


def test_a_stranger_is_led_to_the_sign_in(client, place):
    answer = client.get(address_of(place))
    assert answer["Location"].startswith("/admin/login/")


def test_who_may_read_only_changes_nothing(client, django_user_model, place):
    from django.contrib.auth.models import Permission

    ConfidentialAddress.objects.create(place=place, address=SECRET)
    reader = django_user_model.objects.create_user("reader")
    reader.user_permissions.set(
        Permission.objects.filter(codename__in=["access_admin", "view_confidentialaddress"])
    )
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
    shown = BeautifulSoup(client.get(address_of(place)).content, "lxml")
    assert shown.select_one("[name=address]").has_attr("disabled")
    assert not shown.select("form[action*=confidential] button[type=submit]")
    client.post(address_of(place), {"address": "other"})
    assert ConfidentialAddress.objects.get(place=place).address == SECRET


def test_a_public_place_has_no_confidential_address(client, keeper):
    client.post(ADD, typed())
    place = Place.objects.get(label="House by the harbour")
    answer = client.post(address_of(place), {"address": SECRET})
    assert answer.status_code == 200
    assert "public" in answer.content.decode()
    assert not ConfidentialAddress.objects.exists()


def test_an_address_too_long_is_refused_and_still_in_the_form(client, keeper, place):
    answer = client.post(address_of(place), {"address": "x" * 301})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "lxml")
    assert page.select_one("[name=address]").get_text().strip() == "x" * 301
    assert page.select(".error-message, .w-field__errors")


def everything_but_its_own_table() -> str:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table != OWN_TABLE:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def answers(client, place, service) -> dict[str, str]:
    """Every admin answer that knows of places, and the public ones."""
    base = "/admin/snippets/directory/place"
    addresses = [
        "/admin/",
        f"{base}/",
        f"{base}/?q=Kan%C4%81rijputni%C5%86u",
        f"{base}/results/?q=77",
        f"{base}/edit/{place.pk}/",
        f"{base}/history/{place.pk}/",
        f"{base}/usage/{place.pk}/",
        f"{base}/delete/{place.pk}/",
        "/admin/snippets/choose/directory/place/",
        f"/admin/snippets/choose/directory/place/chosen/{place.pk}/",
        edit_address(service),
        f"/admin/snippets/directory/service/history/{service.pk}/",
        "/admin/snippets/directory/placetext/",
        "/admin/reports/site-history/",
        "/lv/pakalpojumi/",
        f"/lv/pakalpojumi/{service.code}/",
        "/sitemap.xml",
    ]
    return {address: client.get(address, follow=True).content.decode() for address in addresses}


@pytest.mark.parametrize("reader", ["uzturetaja", "admin", "atbildiga", "redaktore"])
def test_the_address_is_nowhere_but_in_its_own_form_and_table(client, sign_in, place, reader):
    service = Service.objects.public().first()
    ServiceAtPlace.objects.create(service=service, place=place)
    sign_in("uzturetaja")
    client.post(address_of(place), {"address": "Cita iela 5"})
    client.post(address_of(place), {"address": SECRET})
    service.save_revision().publish()
    assert ConfidentialAddress.objects.get(place=place).address == SECRET
    sign_in(reader)
    for words in (SECRET, "Cita iela 5", "Kanārijputniņu"):
        assert words not in everything_but_its_own_table()
    for address, text in answers(client, place, service).items():
        # What was searched for stands in the search box; the street alone is not the secret.
        assert SECRET not in text, address
        assert "Cita iela 5" not in text, address


def test_the_history_says_that_the_address_was_changed_and_by_whom(client, keeper, place):
    client.post(address_of(place), {"address": SECRET})
    history = client.get(f"/admin/snippets/directory/place/history/{place.pk}/").content.decode()
    assert keeper.username in history
    assert "Confidential address changed" in history
