"""Whatever is sent, no answer breaks; every page that comes back holds the exit and a number."""

import logging
import random
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

import pytest
from django.conf import settings
from django.test.client import ClientHandler

pytestmark = pytest.mark.django_db

SEED = 20261122
REQUESTS = 2000
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PIECES = [
    *LANGUAGES, "LV", "de", "zh-hans", "x" * 40, "admin", "login", "pakalpojumi", "sev", "blank",
    "parluks", "health", "sitemap.xml", "robots.txt", "static", "media", "favicon.ico", "..", ".",
    "%00", "\x00", "%ff%fe", "%2e%2e%2f", "ā", "🦊", "\u202e", "'", '"', "<script>", "{{7*7}}",
    "mekle", "cels", "lapa", "numurs",
    "%n%s", "a b", "+", ";", "//", "\\", "~", "null", "-1", "0", "k7m2p9", "original_images",
    "documents", "x" * 2000, "\r\n", "\t", "%", "%zz", "pages", "4", "edit", "api", "wp-login.php",
]  # fmt: skip
QUERIES = [
    "", "f=", "f=k7m", "f=zzz,k7m", "f=%00", "f=" + "a," * 500, "f[]=1", "f=1&f=2", "page=-1",
    "page=9999999999999999999999", "p=x", "q=%ff%fe", "=", "&&&", "f=\u0101", "next=//evil.example",
    "lang=ru", "%", "a" * 5000,
]  # fmt: skip
METHODS = ["GET"] * 10 + ["HEAD", "POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X"]
TYPES = [
    "", "text/plain", "application/json", "application/x-www-form-urlencoded", "text/html",
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16", "text/xml; charset=none", "\u00e4/\u00f6",
]  # fmt: skip
BODIES = [b"", b"a=b", b"{", b"\x00\xff", b"--x\r\n", b"--x--", b"a" * 20000, b"csrf=1&a=%ff"]
HEADERS = {
    "HTTP_ACCEPT_LANGUAGE": ["ru", "xx" * 300, "*", "", "lv-simple", "\x00"],
    "HTTP_COOKIE": ["a=b", "sessionid=x", "csrftoken=" + "a" * 64, "=;=;", "django_language=ru"],
    "HTTP_HOST": ["testserver", "localhost:80", "evil.example", "", "a b", "[::1", "localhost:x"],
    "HTTP_RANGE": ["bytes=0-1", "bytes=9-0", "x"],
    "HTTP_X_FORWARDED_HOST": ["evil.example"],
    "HTTP_X_FORWARDED_PROTO": ["https", "x"],
    "HTTP_IF_MODIFIED_SINCE": ["yesterday", "Sun, 22 Nov 2026 10:00:00 GMT"],
    "HTTP_IF_NONE_MATCH": ["*", '"x"'],
    "HTTP_CONTENT_LENGTH": ["-1", "x"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "HTTP_ORIGIN": ["null", "https://evil.example"],
    "HTTP_ACCEPT_ENCODING": ["gzip", "identity;q=0"],
}  # fmt: skip


def draw_request(chance: random.Random) -> dict:
    """One request as the variables that a server would hand on."""
    path = "/".join(chance.choices(PIECES, k=chance.randint(0, 5)))
    path = f"/{chance.choice(LANGUAGES)}/{path}" if chance.random() < 0.6 else f"/{path}"
    path += chance.choice(["", "/", "//"])
    body = chance.choice(BODIES)
    request = {
        "REQUEST_METHOD": chance.choice(METHODS),
        # As a server does it: bytes of the address, each as one letter.
        "PATH_INFO": path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": quote(chance.choice(QUERIES), safe="=&,%[]"),
        "CONTENT_TYPE": chance.choice(TYPES),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }
    if chance.random() < 0.2:
        request["PATH_INFO"] += chance.choice(["\xff\xfe", "\xc3", "\xed\xa0\x80", "\x00"])
    for name in chance.sample(sorted(HEADERS), k=chance.randint(0, 3)):
        request[name] = chance.choice(HEADERS[name])
    return request


@dataclass
class Answer:
    """What a server would send on."""

    status: int
    headers: dict[str, str]
    body: bytes
    sets_cookie: bool


def ask(handler, **request) -> Answer:
    """Hands a request to the application as a server does."""
    environ = {"SERVER_NAME": "testserver", "SERVER_PORT": "80", "HTTP_HOST": "testserver"}
    setup_testing_defaults(environ)
    environ |= {"SCRIPT_NAME": "", "REMOTE_ADDR": "127.0.0.1", "CONTENT_LENGTH": "0"}
    response = handler(environ | {"wsgi.input": BytesIO()} | request)
    return Answer(
        response.status_code, dict(response.items()), response.getvalue(), bool(response.cookies)
    )


def problem_with(answer: Answer, request: dict) -> str:
    """What is wrong with an answer, or an empty string."""
    if answer.status >= 500:
        return "breaks"
    admin = request["PATH_INFO"].startswith("/admin/")
    if answer.sets_cookie and not admin:
        return "sets a cookie"
    if request["REQUEST_METHOD"] == "HEAD" or not answer.body or 300 <= answer.status < 400:
        return ""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    if admin and answer.status < 400:
        return ""
    missing = [part for part in (b'class="exit"', b'href="tel:') if part not in answer.body]
    return f"lacks {missing}" if missing else ""


@pytest.fixture
def application(monkeypatch):
    """The application as the server runs it; its log of refused hosts is of no interest here."""
    monkeypatch.setattr(logging.root, "handlers", [])
    return ClientHandler(enforce_csrf_checks=True)


def test_two_thousand_odd_requests_break_nothing(application):
    chance = random.Random(SEED)
    problems, statuses = [], set()
    for number in range(REQUESTS):
        request = draw_request(chance)
        answer = ask(application, **request)
        statuses.add(answer.status)
        if problem := problem_with(answer, request):
            shown = {name: str(value)[:60] for name, value in request.items()}
            problems.append(f"{number}: {answer.status} {problem}: {shown}")
    assert not problems, "\n".join(problems[:10])
    assert {200, 301, 302, 400, 404, 405} <= statuses


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("ending", ["\x00", "a\x00b/", "\xff/", "\xc3\x28/", "x" * 9000 + "/"])
def test_an_address_with_odd_bytes_is_a_framed_error(application, code, ending):
    answer = ask(application, PATH_INFO=f"/{code}/{ending}")
    assert answer.status in {400, 404}
    assert b'class="exit"' in answer.body
    assert b'href="tel:112"' in answer.body
