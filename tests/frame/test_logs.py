"""Nothing about a visitor is written down: not in a log, not in a table."""

import io
import logging
import logging.config
import sys

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from frame.logs import TraceFormatter

pytestmark = pytest.mark.django_db

MARKER = "zqmarker7731"
TRACES = {
    "REMOTE_ADDR": f"198.51.100.77-{MARKER}",
    "HTTP_X_FORWARDED_FOR": f"198.51.100.77, {MARKER}",
    "HTTP_USER_AGENT": f"Mozilla/5.0 {MARKER}",
    "HTTP_REFERER": f"https://{MARKER}.example/",
    "HTTP_COOKIE": f"a={MARKER}",
    "QUERY_STRING": f"q={MARKER}&f={MARKER}",
}


@pytest.fixture
def written():
    """Everything that the configured handlers print, as one growing text."""
    stream, errors = io.StringIO(), sys.stderr
    sys.stderr = stream
    kept = logging.raiseExceptions, list(logging.root.handlers)
    try:
        logging.config.dictConfig(settings.LOGGING)
        yield stream
    finally:
        sys.stderr = errors
        logging.config.dictConfig(settings.LOGGING)
        logging.raiseExceptions, logging.root.handlers[:] = kept[0], kept[1]


def everything_stored() -> str:
    """Every row of every table as text, sessions and caches included."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [repr((table, row)) for row in cursor.fetchall()]
    return "\n".join(rows)


def record(message, *args, error=None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("django.request", logging.ERROR, "x.py", 1, message, args, info)


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


def test_a_line_keeps_its_words_and_drops_its_values():
    line = TraceFormatter().format(record("Not Found: %s", f"/lv/{MARKER}/"))
    assert "ERROR django.request" in line
    assert "Not Found: %s" in line
    assert MARKER not in line


def test_an_exception_keeps_its_place_and_drops_its_text():
    line = TraceFormatter().format(record("Failed", error=raised(ValueError(MARKER))))
    assert "builtins.ValueError" in line
    assert "test_logs.py:" in line
    assert " raised" in line
    assert MARKER not in line


def test_the_cause_of_an_exception_drops_its_text_too():
    error = raised(ValueError(MARKER))
    error.__cause__ = raised(KeyError(MARKER))
    assert MARKER not in TraceFormatter().format(record("Failed", error=error))


def test_a_dictionary_as_argument_is_dropped():
    line = TraceFormatter().format(record("Failed %(path)s", {"path": MARKER}))
    assert MARKER not in line


def test_the_stack_of_a_line_is_not_printed():
    entry = record("Failed")
    entry.stack_info = f"Stack: {MARKER}"
    assert MARKER not in TraceFormatter().format(entry)


def test_the_console_of_the_configured_logging_is_what_the_tests_read(written):
    logging.getLogger("django.request").error("Planted %s", MARKER)
    assert "Planted %s" in written.getvalue()
    assert MARKER not in written.getvalue()


def test_a_stranger_leaves_no_mark_with_any_answer(written, monkeypatch):
    client = Client(raise_request_exception=False)
    seen = {client.get("/lv/", **TRACES).status_code}
    seen.add(client.get("/lv/pakalpojumi/", **TRACES).status_code)
    seen.add(client.get(f"/lv/{MARKER}/", **TRACES).status_code)
    seen.add(client.post(f"/lv/?q={MARKER}", {"text": MARKER}, **TRACES).status_code)
    seen.add(client.get("/lv/", **TRACES, HTTP_HOST=f"{MARKER}.example").status_code)
    seen.add(client.get("/admin/", **TRACES).status_code)
    seen.add(client.post("/blank/", {"text": MARKER}, **TRACES).status_code)
    with monkeypatch.context() as patch:
        patch.setattr("pages.views.find", refuse)
        seen.add(client.get("/lv/sev/", **TRACES).status_code)
        patch.setattr("pages.views.find", break_down)
        seen.add(client.get(f"/lv/{MARKER}/", **TRACES).status_code)
    assert seen == {200, 204, 302, 400, 403, 404, 405, 500}
    assert "RuntimeError" in written.getvalue()
    assert MARKER not in written.getvalue()
    assert "198.51.100" not in written.getvalue()
    stored = everything_stored()
    assert "116006" in stored
    assert MARKER not in stored
    assert "198.51.100" not in stored


def test_a_failed_sign_in_leaves_no_address_no_browser_and_no_name(written):
    client = Client()
    form = {"username": f"name-{MARKER}", "password": f"password-{MARKER}"}
    statuses = [client.post("/admin/login/", form, **TRACES).status_code for _ in range(6)]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    stored = everything_stored()
    assert MARKER not in written.getvalue()
    assert MARKER not in stored
    assert "198.51.100" not in stored


def test_the_count_of_wrong_passwords_does_not_name_the_account(written):
    before = everything_stored().count("redaktore")
    for _ in range(3):
        Client().post("/admin/login/", {"username": "redaktore", "password": MARKER}, **TRACES)
    stored = everything_stored()
    assert stored.count("redaktore") == before
    assert MARKER not in stored
    assert "redaktore" not in written.getvalue()


def test_a_sign_in_that_works_leaves_no_address(written):
    form = {"username": "redaktore", "password": "drosa-parole-demo"}
    assert Client().post("/admin/login/", form, **TRACES).status_code == 302
    stored = everything_stored()
    assert "django_session" in stored
    assert MARKER not in stored + written.getvalue()


def refuse(*args, **named):
    raise PermissionDenied(MARKER)


def break_down(*args, **named):
    raise RuntimeError(MARKER)


def test_a_search_leaves_no_mark_with_its_answer(written):
    client = Client(raise_request_exception=False)
    for language in ("lv", "ru", "en"):
        for text in (MARKER, f"vīrs mani sit {MARKER}", f'"{MARKER}* AND ('):
            answer = client.post(f"/{language}/pakalpojumi/mekle/", {"text": text}, **TRACES)
            assert answer.status_code == 200
            assert MARKER not in repr(sorted(answer.items()))
            assert not answer.cookies
    assert MARKER not in written.getvalue()
    stored = everything_stored()
    assert "lvvardarb" in stored
    assert MARKER not in stored


def test_a_search_that_breaks_keeps_its_words_to_itself(written, monkeypatch):
    monkeypatch.setattr("directory.finding.services", break_down)
    client = Client(raise_request_exception=False)
    answer = client.post("/lv/pakalpojumi/mekle/", {"text": MARKER}, **TRACES)
    assert answer.status_code == 500
    assert b'href="tel:112"' in answer.content
    assert "RuntimeError" in written.getvalue()
    assert MARKER not in written.getvalue()
    assert MARKER.encode() not in answer.content
