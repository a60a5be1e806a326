"""Whatever goes wrong, the answer holds the exit and a number."""

import re
from contextlib import ExitStack

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client

from directory.models import Phone
from frame import errors

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
EXIT_WORDS = {
    "lv": "Pamest lapu",
    "ru": "Уйти со страницы",
    "en": "Leave this page",
    "uk": "Покинути сторінку",
    "lt": "Išeiti iš puslapio",
    "lv-simple": "Iziet no lapas",
}
NUMBERS = ["112", "116006", "116111"]


@pytest.fixture
def forgiving_client():
    """A client that gets the 500 page instead of the exception, as a visitor does."""
    return Client(raise_request_exception=False)


@pytest.fixture
def error_files(tmp_path, settings):
    """Error pages as files in a folder of the test's own, freshly written."""
    settings.ERROR_PAGES_ROOT = tmp_path
    errors.write_files()
    return tmp_path


def numbers_in(page) -> list[str]:
    return [link["href"].removeprefix("tel:") for link in page.select("ul.numbers a")]


def check_frame(answer, status: int, code: str = "lv", numbers=None):
    """The answer wears the frame in its language, with these numbers or at least the strip's."""
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("text/html")
    assert answer["Cache-Control"] == "no-store"
    page = BeautifulSoup(answer.content, "lxml")
    assert page.html["lang"] == settings.LANGUAGE_TAGS.get(code, code)
    assert page.select_one("a.exit").get_text() == EXIT_WORDS[code]
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    shown = numbers_in(page)
    assert shown == numbers if numbers else set(NUMBERS) <= set(shown)
    return page


@pytest.fixture
def database_down(db):
    """Every question to the database fails from here on: `database_down()`."""

    def refuse(execute, sql, *rest):
        raise OperationalError("the database is away")

    with ExitStack() as stack:
        yield lambda: stack.enter_context(connection.execute_wrapper(refuse))


def raise_in_a_view(monkeypatch, error: Exception):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("pages.views.find", fail)


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_unknown_page_is_answered_in_the_language_of_its_address(client, code):
    page = check_frame(client.get(f"/{code}/nav-tadas/"), 404, code)
    links = [link["href"] for link in page.select("nav.languages a")]
    assert links == [f"/{other}/nav-tadas/" for other in LANGUAGES if other != code]
    assert page.main.select(f"a[href='/{code}/']")


def test_an_unknown_page_does_not_print_its_address(client):
    text = client.get("/lv/sensitive-word/?q=another-word").content.decode()
    assert "another-word" not in text


def test_a_name_that_is_not_ours_is_refused_inside_the_frame(client):
    check_frame(client.get("/ru/", headers={"host": "stranger.example"}), 400, "ru")


def test_a_refusal_wears_the_frame(client, monkeypatch):
    raise_in_a_view(monkeypatch, PermissionDenied())
    check_frame(client.get("/uk/sev/"), 403, "uk")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", ["", "sev/", "pakalpojumi/"])
def test_a_page_that_is_sent_a_form_refuses_inside_the_frame(client, code, path):
    answer = client.post(f"/{code}/{path}", {"text": "x"})
    check_frame(answer, 405, code)
    assert "GET" in answer["Allow"]


def test_a_service_that_is_sent_a_form_refuses_inside_the_frame(client):
    code = Phone.objects.filter(number="116006").values_list("service__code", flat=True)[0]
    check_frame(client.post(f"/en/pakalpojumi/{code}/"), 405, "en")


def test_a_form_without_its_token_is_refused_inside_the_frame():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert answer.status_code == 403
    assert b'class="exit"' in answer.content
    assert b"tel:112" in answer.content


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_mistake_of_ours_shows_the_stored_page_of_that_language(
    forgiving_client, monkeypatch, error_files, code
):
    raise_in_a_view(monkeypatch, RuntimeError("broken"))
    answer = forgiving_client.get(f"/{code}/sev/")
    check_frame(answer, 500, code)
    assert answer.content == (error_files / code / "500.html").read_bytes()


def test_with_the_database_down_the_stored_numbers_stay(
    forgiving_client, database_down, error_files
):
    database_down()
    check_frame(forgiving_client.get("/lt/"), 500, "lt")


def test_with_the_database_down_an_unknown_page_still_shows_numbers(
    forgiving_client, database_down, error_files
):
    database_down()
    answer = forgiving_client.get("/ru/nav/tadas/")
    assert answer.status_code in {404, 500}
    check_frame(answer, answer.status_code, "ru")


def test_with_the_database_down_and_no_file_112_is_left(
    forgiving_client, database_down, tmp_path, settings
):
    settings.ERROR_PAGES_ROOT = tmp_path / "none"
    database_down()
    check_frame(forgiving_client.get("/en/"), 500, "en", numbers=["112"])


def test_a_form_with_the_database_down_is_refused_with_numbers(
    forgiving_client, database_down, error_files
):
    database_down()
    answer = forgiving_client.post("/uk/sev/")
    check_frame(answer, answer.status_code, "uk")


def test_health_says_that_the_database_is_away(client, database_down):
    assert client.get("/health/").status_code == 200
    database_down()
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"database\n")


def test_the_error_files_hold_every_language_and_status(error_files):
    for code in LANGUAGES:
        for status in (400, 404, 500):
            page = BeautifulSoup((error_files / code / f"{status}.html").read_text(), "lxml")
            assert page.select_one("a.exit").get_text() == EXIT_WORDS[code]
            assert numbers_in(page)[0] == "112"
            assert "localhost" not in str(page)


def test_nginx_sends_the_error_files_under_the_same_policy(client):
    def parts(policy):
        return {words.split()[0]: set(words.split()[1:]) for words in policy.split("; ")}

    nginx = (settings.ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    (sent,) = re.findall(r'add_header Content-Security-Policy "([^"]+)"', nginx)
    assert parts(sent) == parts(client.get("/lv/nav/")["Content-Security-Policy"])


def test_the_error_files_follow_a_corrected_number(error_files, django_capture_on_commit_callbacks):
    phone = Phone.objects.get(number="116006")
    with django_capture_on_commit_callbacks(execute=True) as calls:
        phone.number = "116123"
        phone.save()
        phone.service.save()
    writers = [call for call in calls if getattr(call, "func", None) is errors.write_files]
    assert len(writers) == 1
    for code in LANGUAGES:
        text = (error_files / code / "500.html").read_text()
        assert "tel:116006" not in text
        assert "tel:116123" in text


def test_a_file_that_cannot_be_written_does_not_stop_the_editor(
    tmp_path, settings, django_capture_on_commit_callbacks
):
    blocked = tmp_path / "a-file"
    blocked.write_text("")
    settings.ERROR_PAGES_ROOT = blocked / "below"
    with django_capture_on_commit_callbacks() as calls:
        Phone.objects.get(number="116006").save()
    assert calls
    assert Phone.objects.filter(number="116006").exists()
