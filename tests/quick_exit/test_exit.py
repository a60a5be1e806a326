"""The exit: first on every page, in every language, to a place that an editor may choose."""

import os
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client

from directory.models import Service
from quick_exit.models import ExitSettings, ExitTarget

pytestmark = pytest.mark.django_db

WORDS = {
    "lv": "Pamest lapu",
    "ru": "Уйти со страницы",
    "en": "Leave this page",
    "uk": "Покинути сторінку",
    "lt": "Išeiti iš puslapio",
    "lv-simple": "Iziet no lapas",
}
PATHS = [
    "", "pakalpojumi/", "sev/", "jauniesiem/", "lidzcilvekiem/", "nodarbibas/", "specialistiem/",
    "parluks/", "par-mums/", "kontakti/", "pieklustamiba/", "privatums/",
]  # fmt: skip


def every_address(code: str) -> list[str]:
    services = Service.objects.public().values_list("code", flat=True)
    return [f"/{code}/{path}" for path in [*PATHS, *(f"pakalpojumi/{one}/" for one in services)]]


@pytest.fixture
def exits():
    """The record of the exit, without targets."""
    return ExitSettings.objects.create()


@pytest.mark.parametrize("code", WORDS)
def test_every_page_begins_with_the_exit_in_its_language(read, code):
    for address in every_address(code):
        body = read(address).body
        link = body.select_one("a[data-exit=leave]")
        assert link.get_text() == WORDS[code], address
        assert link["href"].startswith("https://")
        assert body.select_one("a, button, input, summary, [tabindex]") is link, address
        assert not link.get("tabindex")
        assert body.find(True).find("a") is link
        assert body.get_text().strip().startswith(WORDS[code])


def test_the_exit_is_a_plain_link_that_tells_the_next_site_nothing(read):
    link = read("/lv/").select_one("a.exit")
    assert link["href"] == settings.QUICK_EXIT_ADDRESS
    assert {"noreferrer", "nofollow"} <= set(link["rel"])
    assert not link.get("target")
    assert "?" not in link["href"]


def test_the_exit_carries_what_the_script_says(read):
    link = read("/en/").select_one("a.exit")
    assert link["data-second"] == settings.QUICK_EXIT_SECOND_ADDRESS
    assert link["data-clear"] == "/blank/"
    assert link["data-two"] == "Shift: 2 more times to leave"
    assert link["data-one"] == "Shift: 1 more time to leave"


def test_each_language_may_leave_to_its_own_place(read, exits):
    ExitTarget.objects.create(
        exit=exits, language="ru", address="https://example.org/ru/", neutral_title="Погода сейчас"
    )
    link = read("/ru/sev/").select_one("a.exit")
    assert link["href"] == "https://example.org/ru/"
    assert link["data-title"] == "Погода сейчас"
    assert link["data-second"] == settings.QUICK_EXIT_SECOND_ADDRESS
    assert read("/lv/sev/").select_one("a.exit")["href"] == settings.QUICK_EXIT_ADDRESS
    assert read("/ru/nav-tadas/", status=404).select_one("a.exit")["href"] == (
        "https://example.org/ru/"
    )


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://testserver/lv/", "another site"),
        ("https://TESTSERVER/", "another site"),
        ("https://www.testserver/", "another site"),
        ("https://localhost:8000/", "another site"),
        ("http://example.org/", "https://"),
        ("ftp://example.org/", "https://"),
        ("https://anna@example.org/", "no name"),
        ("https://example.org/?q=anna", "no name"),
    ],
)
def test_an_exit_to_this_site_or_without_https_is_refused(in_english, exits, address, words):
    for field in ("address", "second_address"):
        values = {"address": "https://example.org/", field: address}
        with pytest.raises(ValidationError) as refusal:
            ExitTarget(exit=exits, language="ru", **values).full_clean()
        assert words in " ".join(refusal.value.message_dict[field])


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "https:///", "//example.org/"])
def test_an_address_that_leads_nowhere_is_refused(in_english, exits, address):
    with pytest.raises(ValidationError) as refusal:
        ExitTarget(exit=exits, language="ru", address=address).full_clean()
    assert refusal.value.message_dict["address"]


@pytest.mark.parametrize("name", ["QUICK_EXIT_ADDRESS", "QUICK_EXIT_SECOND_ADDRESS"])
def test_an_empty_setting_leaves_the_exit_as_it_was(name):
    """Read in a process of its own: settings are read once."""
    show = f"from django.conf import settings; print(settings.{name})"
    environment = {**os.environ, name: "", "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    done = subprocess.run(
        [sys.executable, "-c", show], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("https://")


def test_an_exit_to_a_site_with_a_similar_name_is_allowed(exits):
    ExitTarget(exit=exits, language="ru", address="https://nottestserver.example/").full_clean()


def test_the_editor_is_told_why_an_exit_is_refused(client, sign_in, exits):
    sign_in("atbildiga")
    address = f"/admin/settings/quick_exit/exitsettings/{exits.pk}/"
    form = {
        "targets-TOTAL_FORMS": "1",
        "targets-INITIAL_FORMS": "0",
        "targets-MIN_NUM_FORMS": "0",
        "targets-MAX_NUM_FORMS": "1000",
        "targets-0-language": "lv",
        "targets-0-address": "http://example.org/",
        "targets-0-second_address": "",
        "targets-0-neutral_title": "",
        "targets-0-ORDER": "1",
    }
    answer = client.post(address, form)
    assert answer.status_code == 200
    assert "https://" in answer.content.decode()
    assert not ExitTarget.objects.exists()
    assert client.post(address, form | {"targets-0-address": "https://example.org/"}).url
    assert ExitTarget.objects.get().address == "https://example.org/"


def test_the_clearing_call_empties_the_browser_and_needs_no_token():
    answer = Client(enforce_csrf_checks=True).post("/blank/")
    assert answer.status_code == 204
    assert answer.content == b""
    assert answer["Clear-Site-Data"] == '"cache", "prefetchCache", "prerenderCache"'
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_the_clearing_call_leaves_an_editor_signed_in(client, sign_in):
    sign_in("redaktore")
    assert "cookies" not in client.post("/blank/")["Clear-Site-Data"]
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_the_clearing_address_opened_by_hand_is_a_framed_refusal(client, method):
    answer = getattr(client, method)("/blank/")
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert "Clear-Site-Data" not in answer
    if method != "head":
        assert b'class="exit"' in answer.content
        assert b"tel:112" in answer.content


@pytest.mark.parametrize("code", WORDS)
def test_the_last_page_of_an_exit_says_nothing_about_this_site(client, exits, code):
    ExitTarget.objects.create(exit=exits, language=code, address="https://example.org/")
    link = BeautifulSoup(client.get(f"/{code}/").content, "lxml").select_one("a.exit")
    assert link["data-last"] == f"/{code}/blank/"
    answer = client.get(link["data-last"])
    page = BeautifulSoup(answer.content, "lxml")
    assert page.title.get_text() == link["data-title"]
    assert page.html["lang"] == code[:2]
    assert [one["href"] for one in page.select("a")] == ["https://example.org/"]
    assert page.select_one("link[rel=icon]")["href"] == "data:,"
    assert not page.select("link[rel=stylesheet], script, img")
    assert settings.WAGTAIL_SITE_NAME not in page.get_text()
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"


def is_read_in_place(page) -> bool:
    return bool(page.select_one("[data-place]") and page.select_one("script[src*=reader]"))


def test_every_type_of_page_is_read_in_place_until_an_editor_says_otherwise(read, exits):
    service = Service.objects.public().first()
    everywhere = ["/lv/", "/lv/sev/", "/lv/pakalpojumi/", f"/lv/pakalpojumi/{service.code}/"]
    assert all(is_read_in_place(read(address)) for address in everywhere)
    exits.own_address_types = ["pages.contentpage"]
    exits.save()
    assert [is_read_in_place(read(address)) for address in everywhere] == [True, False, True, True]
    assert is_read_in_place(read("/lv/nav-tadas/", status=404))
    ExitTarget.objects.create(exit=exits, language="lv", address="https://example.org/")
    assert not is_read_in_place(read("/lv/sev/"))


def test_the_editor_ticks_the_types_with_an_address_of_their_own(client, sign_in, exits):
    sign_in("atbildiga")
    address = f"/admin/settings/quick_exit/exitsettings/{exits.pk}/"
    form = {f"targets-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM")}
    form |= {"targets-MAX_NUM_FORMS": "1000"}
    page = BeautifulSoup(client.get(address).content, "lxml")
    offered = {one["value"] for one in page.select("[name=own_address_types]")}
    assert {"pages.homepage", "pages.contentpage", "directory.helppage"} <= offered
    refused = client.post(address, form | {"own_address_types": ["no.page"]})
    assert refused.status_code == 200
    exits.refresh_from_db()
    assert exits.own_address_types == []
    assert client.post(address, form | {"own_address_types": ["pages.contentpage"]}).url
    exits.refresh_from_db()
    assert exits.own_address_types == ["pages.contentpage"]


def test_the_practice_exit_ends_on_this_site(read):
    button = read("/lv/parluks/").select_one("a[data-exit=practice]")
    assert button["href"].startswith(("#", "?"))
    assert read(f"/lv/parluks/{button['href']}").find(id=button["href"].partition("#")[2])
