"""What nginx with the shipped configuration and the application behind it write of whoever asks:
nothing, however wrong the request is and whatever is broken."""

import shutil
import socket
import ssl
import threading
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPResponse
from pathlib import Path
from signal import SIGKILL, SIGSTOP

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection

from tests.browser import front, serving

MARKER = "Qmarker7393"
# The reader's own address, and the one that another proxy would name.
CLIENT = "127.0.0.77"
ADDRESS = "203.0.113.79"
TRACES = [text.lower().encode() for text in (MARKER, CLIENT, ADDRESS)]
WITHOUT_HOST = (
    f"Connection: close\r\nX-Forwarded-For: {ADDRESS}\r\nForwarded: for={ADDRESS}\r\n"
    f"X-Real-IP: {ADDRESS}\r\nUser-Agent: {MARKER}\r\nReferer: http://{MARKER}.example/\r\n"
    f"Cookie: {MARKER}={MARKER}\r\n"
)
FOLLOWS = f"Host: localhost\r\n{WITHOUT_HOST}"
BODY = f"q={MARKER}"
FORM = (
    f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(BODY)}\r\n\r\n{BODY}"
)
SEARCH = f"POST /ru/pakalpojumi/mekle/?q={MARKER} HTTP/1.1\r\n{FOLLOWS}"
# More than nginx keeps in memory: it goes through a file.
LONG = BODY + "+" * 100_000
LONG_SEARCH = f"{SEARCH}{FORM.replace(f': {len(BODY)}', f': {len(LONG)}').replace(BODY, LONG)}"
REPORT = f"POST /lv/pakalpojumi/{MARKER}/numurs/?q={MARKER} HTTP/1.1\r\n{FOLLOWS}{FORM}"


def get(path: str, more: str = "") -> str:
    return f"GET {path}?q={MARKER} HTTP/1.1\r\n{FOLLOWS}{more}\r\n"


PAGE = get("/lv/")
# By what is wrong: the request and the status of its answer.
REQUESTS = {
    # Nothing is wrong, or the application says what.
    "a page": (PAGE, 200),
    "a search": (f"{SEARCH}{FORM}", 200),
    "a long search": (LONG_SEARCH, 200),
    "a page that is not there": (get(f"/lv/{MARKER}/"), 404),
    "a service that is not there": (get(f"/lv/pakalpojumi/{MARKER}/"), 404),
    "a refused method": (get("/blank/"), 405),
    "an unknown name": (PAGE.replace("localhost", MARKER), 400),
    "a form without its token": (f"POST /admin/login/?q={MARKER} HTTP/1.1\r\n{FOLLOWS}{FORM}", 403),
    # nginx looks for a file.
    "a file": (get("/static/here.css"), 200),
    "a file that is not there": (get(f"/static/{MARKER}.css"), 404),
    "an upload that is not there": (get(f"/media/{MARKER}.pdf"), 404),
    "a folder": (get("/media/"), 403),
    "a file that cannot be opened": (get("/static/loop.css"), 403),
    "a file above the folder": (get(f"/static/../../{MARKER}"), 400),
    "a part that a file does not have": (get("/static/here.css", "Range: bytes=9000-\r\n"), 416),
    "a form sent to a file": (f"POST /static/here.css?q={MARKER} HTTP/1.1\r\n{FOLLOWS}{FORM}", 405),
    # nginx cannot read it, or will not.
    "a line that cannot be read": (f"{MARKER}\r\n{FOLLOWS}\r\n", 400),
    "a NUL in the address": (get(f"/lv/%00{MARKER}/"), 400),
    "a version that is none": (f"GET /{MARKER} HTTP/{MARKER}\r\n{FOLLOWS}\r\n", 400),
    "a version to come": (f"GET /{MARKER} HTTP/9.1\r\n{FOLLOWS}\r\n", 400),
    "the first words of HTTP/2": (f"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n{MARKER}", 400),
    "no name": (f"GET /lv/?q={MARKER} HTTP/1.1\r\n{WITHOUT_HOST}\r\n", 400),
    "a name that cannot be one": (PAGE.replace("localhost", f"{MARKER}/{MARKER}"), 400),
    "two names": (get("/lv/", f"Host: {MARKER}\r\n"), 400),
    "a method that a file does not know": (get("/static/here.css").replace("GET", "DELETE"), 405),
    "a method that repeats": (PAGE.replace("GET", "TRACE"), 405),
    "a line without an end": (get(f"/lv/{MARKER * 400}/"), 414),
    "a header without an end": (get("/lv/", f"X-Long: {MARKER * 400}\r\n"), 400),
    "too many headers": (get("/lv/", f"X-Many: {MARKER * 100}\r\n" * 20), 400),
    "a body that is too large": (f"{SEARCH}Content-Length: 99000000\r\n\r\n{BODY}", 413),
    "a length that is none": (f"{SEARCH}Content-Length: {MARKER}\r\n\r\n{BODY}", 400),
    "two lengths": (f"{SEARCH}Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n{BODY}", 400),
    "a part of a body that is none": (
        f"{SEARCH}Transfer-Encoding: chunked\r\n\r\n{MARKER}\r\n{BODY}",
        400,
    ),
    "a coding that is none": (f"{SEARCH}Transfer-Encoding: {MARKER}\r\n\r\n{BODY}", 400),
}
# What is asked when something is broken, and the status that nginx answers then.
BROKEN = {
    "many reports": 429,
    "a full disk": 500,
    "an application that hangs": 504,
    "an application that is killed": 502,
    "an application that is gone": 502,
    "an application that hangs up": 502,
    "an application that talks nonsense": 502,
    "an application whose name is unknown": 502,
}


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes


@contextmanager
def asking(port: int, request: str | bytes):
    """A connection from an address of our own, over which the request has gone."""
    text = request.encode() if isinstance(request, str) else request
    with socket.create_connection(
        ("127.0.0.1", port), timeout=60, source_address=(CLIENT, 0)
    ) as reader:
        reader.sendall(text)
        yield reader


def answer_on(reader: socket.socket) -> Answer | None:
    """The answer; None when the connection was closed without one."""
    with closing(HTTPResponse(reader)) as answer:
        try:
            answer.begin()
        except ConnectionResetError:
            return None
        return Answer(answer.status, answer.headers, answer.read())


def ask(port: int, request: str | bytes) -> Answer | None:
    with asking(port, request) as reader:
        return answer_on(reader)


def greeting_of_tls() -> bytes:
    """The first bytes of a browser that expects TLS; the name it wants stands in them."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    browser = ssl.create_default_context().wrap_bio(
        incoming, outgoing, server_hostname=f"{MARKER}.example"
    )
    with suppress(ssl.SSLWantReadError):
        browser.do_handshake()
    return outgoing.read()


@contextmanager
def rude_application(port: int, says: bytes):
    """A server in the application's place that answers every request with this and hangs up."""
    with socket.create_server(("127.0.0.1", port)) as listening:

        def answer():
            with suppress(OSError):
                while True:
                    caller, _address = listening.accept()
                    with caller:
                        asked = caller.recv(65536)
                        caller.sendall(says.replace(b"ASKED", asked))

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@dataclass
class Day:
    """All that was asked on a day on which everything broke, and where it may have left traces."""

    answers: dict[str, Answer | None]
    folders: list[Path]
    opened: set[str]
    logs: list[Path]

    def trouble(self, site: serving.Site, folder: Path, data: Path) -> None:
        """Asks everything: of the site as it is, of one that hangs, that dies, that is gone."""
        with (
            front.names() as names,
            front.nginx(folder / "nginx", data, site.port, names.server_address[1]) as nginx,
        ):
            self.logs = [site.log, nginx.log]
            self.ask_in_health(nginx)
            self.opened |= front.written_to(nginx.process) | front.written_to(site.process)
            with front.nginx(
                folder / "impatient", data, site.port, names.server_address[1], impatient=True
            ) as impatient:
                self.logs.append(impatient.log)
                front.signal(site.process, SIGSTOP)
                try:
                    self.ask_who_hangs(impatient)
                    with asking(nginx.port, PAGE) as reader:
                        front.signal(site.process, SIGKILL)
                        self.answers["an application that is killed"] = answer_on(reader)
                finally:
                    front.signal(site.process, SIGKILL)
            self.ask_who_is_gone(nginx, site.port, names)
            (data / "error-pages").rename(folder / "away")
            self.answers["lost error pages"] = ask(nginx.port, PAGE)
            self.ask_who_has_no_memory(nginx)

    def ask_in_health(self, nginx: front.Front) -> None:
        for what, (request, _status) in REQUESTS.items():
            self.answers[what] = ask(nginx.port, request)
        self.answers["TLS"] = ask(nginx.port, greeting_of_tls())
        before = self.written()
        clearing = f"POST /blank/ HTTP/1.1\r\n{FOLLOWS}Content-Length: 0\r\n\r\n"
        self.answers["the clearing call"] = ask(nginx.port, clearing)
        assert self.written() == before
        with asking(nginx.port, PAGE[:-4]):
            """A reader who leaves before the request is whole."""
        for _report in range(12):
            self.answers["many reports"] = ask(nginx.port, REPORT)
        body = nginx.folder / "body"
        body.rename(nginx.folder / "away")
        body.write_text("Neither a folder nor writable.")
        self.answers["a full disk"] = ask(nginx.port, LONG_SEARCH)

    def ask_who_hangs(self, nginx: front.Front) -> None:
        slow_header, slow_body = PAGE[:-4], f"{SEARCH}{FORM}"[:-4]
        with asking(nginx.port, slow_header) as header, asking(nginx.port, slow_body) as body:
            with asking(nginx.port, PAGE):
                """A reader who leaves before the answer."""
            self.answers["an application that hangs"] = ask(nginx.port, PAGE)
            self.answers["a header that never ends"] = answer_on(header)
            self.answers["a body that never ends"] = answer_on(body)

    def ask_who_is_gone(self, nginx: front.Front, port: int, names) -> None:
        self.answers["an application that is gone"] = ask(nginx.port, PAGE)
        with rude_application(port, b""):
            self.answers["an application that hangs up"] = ask(nginx.port, PAGE)
        with rude_application(port, b"HTTP/1.1 200 OK\r\nASKED:\x00ASKED\r\n\r\n"):
            self.answers["an application that talks nonsense"] = ask(nginx.port, PAGE)
        names.known = False
        self.answers["an application whose name is unknown"] = ask(nginx.port, PAGE)

    def ask_who_has_no_memory(self, nginx: front.Front) -> None:
        front.starve(nginx.process)
        # Each waits with a buffer of its own: at the end none is left.
        begun = f"{SEARCH}Content-Length: 60000\r\n\r\n{BODY}"
        with ExitStack() as readers:
            last = [readers.enter_context(asking(nginx.port, begun)) for _reader in range(60)][-1]
            # Sooner than nginx gives up waiting for a body.
            last.settimeout(20)
            self.answers["no memory"] = answer_on(last)

    def written(self) -> list[str]:
        return [log.read_text() for log in self.logs]


@pytest.fixture(scope="module")
def day(server_environment, tmp_path_factory):
    """One server and one nginx live through a day; the tests read what it left."""
    folder = tmp_path_factory.mktemp("day")
    data, temporary = folder / "data", folder / "temporary"
    shutil.copytree(settings.ERROR_PAGES_ROOT, data / "error-pages")
    for name in ("static", "media"):
        (data / name).mkdir()
        (data / name / "here.css").write_text("p{}")
        (data / name / "loop.css").symlink_to("loop.css")
    temporary.mkdir()
    environment = server_environment | {"TMPDIR": str(temporary)}
    lived = Day({}, [folder, settings.VAR], set(), [])
    with serving.site(environment, folder / "output.txt") as site:
        lived.trouble(site, folder, data)
    return lived


@pytest.mark.parametrize("what", REQUESTS)
def test_a_request_gets_the_answer_that_it_deserves(day, what):
    assert day.answers[what].status == REQUESTS[what][1]


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_said(day, what):
    assert day.answers[what].status == BROKEN[what]


@pytest.mark.parametrize(
    "what", [*BROKEN, "TLS", *(name for name, (_, status) in REQUESTS.items() if status >= 400)]
)
def test_every_refusal_wears_the_frame(day, what):
    answer = day.answers[what]
    page = BeautifulSoup(answer.body, "lxml")
    assert answer.status >= 400
    assert page.select_one("a.exit")
    assert {"tel:112", "tel:116006"} <= {link["href"] for link in page.select("ul.numbers a")}
    assert "default-src" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers.get_all("Cache-Control")
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_refusal_speaks_the_language_of_the_address(day):
    page = BeautifulSoup(day.answers["a body that is too large"].body, "lxml")
    assert page.html["lang"] == "ru"


def test_without_its_files_a_refusal_still_shows_a_number(day):
    answer = day.answers["lost error pages"]
    assert answer.status == 502
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert b'href="tel:112"' in answer.body


@pytest.mark.parametrize("what", ["a header that never ends", "a body that never ends"])
def test_who_never_ends_gets_no_answer(day, what):
    assert day.answers[what] is None


def test_without_memory_nginx_answers_with_an_error_or_not_at_all(day):
    answer = day.answers["no memory"]
    assert answer is None or answer.status == 500


def test_the_clearing_call_passes_nginx_without_a_line(day):
    answer = day.answers["the clearing call"]
    assert answer.status == 204
    assert answer.body == b""
    assert answer.headers["Clear-Site-Data"] == '"cache", "prefetchCache", "prerenderCache"'
    assert "no-store" in answer.headers["Cache-Control"]


def test_nginx_writes_no_line_at_all(day):
    _application, *nginx = day.written()
    assert nginx == ["", ""]


def test_the_application_writes_of_itself_alone(day):
    application, *_nginx = day.written()
    assert "Listening at" in application
    assert "GET " not in application
    assert "POST " not in application


def test_nothing_of_who_asked_is_in_any_file(day):
    read = 0
    for folder in day.folders:
        for path in folder.rglob("*"):
            assert MARKER.lower() not in path.name.lower(), path
            if path.is_file():
                read += 1
                text = path.read_bytes().lower()
                assert [trace for trace in TRACES if trace in text] == [], path
    assert read > len(day.logs)


def test_no_other_file_was_open_for_writing(day):
    """Else a trace could lie where the walk does not come: a log of the system's, say."""
    assert day.opened
    for name in day.opened:
        path = Path(name)
        assert any(path.is_relative_to(folder.resolve()) for folder in day.folders), name


def test_nothing_of_who_asked_is_in_the_database(day, django_db_blocker):
    """Row by row, on a database that is no file of ours as well.

    Without the mark: tests that carry it run before all others, and the day would be lived twice.
    """
    with django_db_blocker.unblock(), closing(connection), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor:
                text = repr(row).lower().encode()
                assert [trace for trace in TRACES if trace in text] == [], table


def test_the_shipped_configuration_names_no_other_log():
    text = front.SHIPPED.read_text("utf-8")
    directives = [line.strip() for line in text.splitlines() if "_log" in line.partition("#")[0]]
    assert directives == [
        "error_log stderr emerg;",
        "access_log off;",
        "error_log /dev/null emerg;",
    ]
    assert "syslog" not in text
