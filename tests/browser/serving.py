"""The site as a real process, the neutral site that the exit leads to, and Chromium."""

import os
import re
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import UUID

from playwright.sync_api import sync_playwright

from pages.codes import code_of
from tests.browser.chromium import executable
from tests.browser.starting import until_up

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Playwright turns these off; readers have them.
WANTED = ["--disable-back-forward-cache"]
STARTS_WITHIN = 60


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def chromium():
    """A headless browser with the back/forward cache that readers have."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(), args=ARGUMENTS, ignore_default_args=WANTED
        )
        try:
            yield browser
        finally:
            browser.close()


def manage(*words: str, environment: dict[str, str]) -> None:
    """Runs one of Django's commands in a process of its own; raises with its words if it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)}: {done.stdout}{done.stderr}")


@dataclass
class Site:
    """A running server process: its address, the file that takes all it writes, its number."""

    address: str
    log: Path
    process: int = 0

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2])

    def text(self, path: str) -> str:
        """The page at `path`, read without a browser; error pages too."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=STARTS_WITHIN) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.read().decode()


@contextmanager
def site(environment: dict[str, str], log: Path) -> Iterator[Site]:
    """gunicorn with the site's own configuration on a free port, until the block ends."""
    running = Site(f"http://127.0.0.1:{free_port()}", log)
    command = [sys.executable, "-m", "gunicorn", "--preload", "-c", "site/config/gunicorn.py"]
    command += ["--no-control-socket", "config.wsgi"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment | {"BIND": running.address.removeprefix("http://")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        running.process = process.pid
        try:
            until_up(process, running.log, lambda: running.text("/health/"))
            yield running
        finally:
            process.terminate()
            process.wait(STARTS_WITHIN)


# A service that is gone: no content of its own, only for its address.
GONE = UUID("0b6ad1b0-6f5e-4c43-9d0e-2f6f2c1d7a55")


# The same for a process that has no Django of its own.
WITHDRAW_ONE = "from tests.browser import serving; serving.withdraw_one()"


def withdraw_one() -> None:
    """Puts a withdrawn service into the database."""
    from directory.models import Service

    model = Service.objects.get(phones__number="116006")
    gone, _created = Service.objects.get_or_create(
        uuid=GONE,
        organization=model.organization,
        defaults={"source": "-", "source_year": 2024, "status": "withdrawn"},
    )
    gone.needs.set(model.needs.all())
    gone.save()


# Page types: name → address below the language prefix. `{need}` and the like are codes.
VIEWS = {
    "home": "",
    "help": "pakalpojumi/",
    "need": "pakalpojumi/?f={need}",
    "service": "pakalpojumi/{service}/",
    "sheet": "pakalpojumi/{service}/lapa/",
    "gone": "pakalpojumi/{gone}/",
    "path": "pakalpojumi/cels/",
    "404": "nav/tadas/lapas/",
}


def codes(running: Site) -> dict[str, str]:
    """The code of a need and of a service, as the list links to them, and of one that is gone."""
    text = running.text("/lv/pakalpojumi/")
    return {
        "need": re.search(r'<details class="needs".*?href="\?f=(\w{4})"', text, re.DOTALL)[1],
        "service": re.search(r'<h3><a href="/lv/pakalpojumi/(\w+)/"', text)[1],
        "gone": code_of(GONE),
    }


@dataclass
class Visit:
    """One request that the neutral site received."""

    host: str
    path: str
    headers: dict[str, str]


@dataclass
class Neutral:
    """A site that everybody opens: it notes what it is told, and can keep people waiting.

    `first` and `second` are two of its hosts. While `answers` is cleared the first host does not
    answer; while `refuses` is set it closes the connection instead. `search` is where a visit can
    start: its page links to the address that was `found`.
    """

    port: int
    visits: list[Visit] = field(default_factory=list)
    found: str = ""
    answers: threading.Event = field(default_factory=threading.Event)
    refuses: threading.Event = field(default_factory=threading.Event)

    @property
    def first(self) -> str:
        return f"http://neutral.localhost:{self.port}/"

    @property
    def second(self) -> str:
        return f"http://second.localhost:{self.port}/"

    @property
    def search(self) -> str:
        return f"http://search.localhost:{self.port}/found/"

    def start_again(self) -> None:
        """Forgets the visits and answers at once."""
        self.visits.clear()
        self.refuses.clear()
        self.answers.set()

    @property
    def pages(self) -> list[Visit]:
        """Visits of pages; browsers ask for an icon as well."""
        return [visit for visit in self.visits if visit.path == "/"]


class _Answer(BaseHTTPRequestHandler):
    neutral: Neutral

    def do_GET(self):
        neutral, host = self.neutral, self.headers["Host"].partition(":")[0]
        neutral.visits.append(Visit(host, self.path, dict(self.headers)))
        if host == "neutral.localhost":
            if neutral.refuses.is_set():
                self.close_connection = True
                return
            neutral.answers.wait(STARTS_WITHIN)
        body = b"<!doctype html><title>Sky</title><p>Cloudy, later sun.</p>"
        if host == "search.localhost":
            body = f'<!doctype html><title>Search</title><a href="{neutral.found}">1</a>'.encode()
        try:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format, *args):  # noqa: A002  the name is the base class's
        """Nothing."""


@contextmanager
def neutral_site() -> Iterator[Neutral]:
    """Another site on this machine, under names of its own."""
    handler = type("Answer", (_Answer,), {})
    with _serving(handler) as server:
        handler.neutral = neutral = Neutral(server.server_port)
        neutral.start_again()
        yield neutral
        neutral.answers.set()


@contextmanager
def slow_site(page: str) -> Iterator[str]:
    """The address of a server that sends the first part of a page and keeps the rest back."""
    finish = threading.Event()

    class Beginning(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(page.encode())
                self.wfile.flush()
                finish.wait(STARTS_WITHIN)

        def do_POST(self):
            self.send_response(204)
            self.end_headers()

        def log_message(self, format, *args):  # noqa: A002  the name is the base class's
            """Nothing."""

    with _serving(Beginning) as server:
        yield f"http://127.0.0.1:{server.server_port}/"
        finish.set()


@dataclass
class Host:
    """A site of somebody else that shows our help tab: what its one page holds, what it sends."""

    port: int
    page: str = ""
    policy: str = ""

    @property
    def address(self) -> str:
        """The name that may show the tab."""
        return f"http://host.localhost:{self.port}"

    @property
    def stranger(self) -> str:
        """The same page under a name that may not."""
        return f"http://stranger.localhost:{self.port}"


@contextmanager
def host_site() -> Iterator[Host]:
    """Answers every address with the page of the host."""

    class Page(BaseHTTPRequestHandler):
        host: Host

        def do_GET(self):
            body = self.host.page.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if self.host.policy:
                self.send_header("Content-Security-Policy", self.host.policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format, *args):  # noqa: A002  the name is the base class's
            """Nothing."""

    with _serving(Page) as server:
        Page.host = host = Host(server.server_port)
        yield host


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def environment(**changes: str) -> dict[str, str]:
    """This process's environment with changes."""
    return {**os.environ, **changes}
