"""A reader's own browser: a profile on the disk, a visit in it, and what is left of the visit.

No context that forgets: what counts here is what the next person at the device can find.
"""

import gzip
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import quote, quote_plus
from weakref import WeakKeyDictionary

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, expect

from tests.browser.chromium import executable
from tests.browser.serving import ARGUMENTS, STARTS_WITHIN, WANTED, _serving

# Playwright turns these off as well; readers have them.
READERS_HAVE = [
    *WANTED,
    "--disable-popup-blocking",
    "--disable-ipc-flooding-protection",
    "--disable-prompt-on-repost",
    "--disable-renderer-backgrounding",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
]
# Of the features that Playwright turns off these stay off: they would call other machines.
# The last of several such switches counts.
FEATURES = "--disable-features=HttpsUpgrades,MediaRouter,OptimizationHints"
# Asked for nothing, given everything: items of the history page lie in trees of their own.
LISTED = """() => {
  const found = [];
  const look = (root) => root.querySelectorAll("*").forEach((element) => {
    if (element.localName === "history-item" && element.item)
      found.push([element.item.url, element.item.title]);
    if (element.shadowRoot) look(element.shadowRoot);
  });
  look(document);
  return found.length ? found : null;
}"""
PHONE = {"width": 360, "height": 640}
PACKED = b"\x1f\x8b\x08"


@contextmanager
def opened(playwright: Playwright, folder: Path, *switches: str) -> Iterator[BrowserContext]:
    """Chromium on the profile in `folder`, as a reader has it; closed as a reader closes it."""
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=executable(),
        args=[*ARGUMENTS, FEATURES, *switches],
        ignore_default_args=READERS_HAVE,
        viewport=PHONE,
    )
    try:
        yield context
    finally:
        context.close()


@dataclass(frozen=True)
class Row:
    """An address and the title that stands with it."""

    address: str
    title: str


def rows_listed(context: BrowserContext) -> list[Row]:
    """What chrome://history shows, newest first. Something must have been visited before."""
    page = context.new_page()
    page.goto("chrome://history/")
    found = page.wait_for_function(LISTED).json_value()
    page.close()
    return [Row(*entry) for entry in found]


def rows_stored(folder: Path) -> list[Row]:
    """The table of addresses in the file `History` of a closed profile, hidden ones too."""
    with closing(sqlite3.connect(folder / "Default" / "History")) as history:
        return [Row(*entry) for entry in history.execute("SELECT url, title FROM urls ORDER BY id")]


# One for each tab, never detached: that waits for ever now and then. It ends with the tab.
_sessions: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


def _session(page: Page) -> CDPSession:
    if page not in _sessions:
        _sessions[page] = page.context.new_cdp_session(page)
    return _sessions[page]


def entries(page: Page) -> tuple[int, list[Row]]:
    """The tab's own list (hold the Back button to see it) and the place in it."""
    told = _session(page).send("Page.getNavigationHistory")
    return told["currentIndex"], [Row(entry["url"], entry["title"]) for entry in told["entries"]]


def files_with(folder: Path, text: str) -> list[str]:
    """Files of a closed profile that hold the text: as letters of one or two bytes, as part of an
    address or of a form, or packed with gzip, as a cache keeps an answer."""
    spellings = {text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}
    spellings |= {quote(text).encode(), quote_plus(text).encode()}
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and _holds(path.read_bytes(), spellings)
    )


def _holds(content: bytes, spellings: set[bytes]) -> bool:
    parts = [content, *_unpacked(content)]
    return any(spelling in part for part in parts for spelling in spellings)


def _unpacked(content: bytes) -> Iterator[bytes]:
    place = content.find(PACKED)
    while place >= 0:
        with suppress(zlib.error):
            yield zlib.decompressobj(wbits=31).decompress(content[place:])
        place = content.find(PACKED, place + 1)


@dataclass
class Start:
    """Another site, where visits begin: its pages link to ours.

    They may be kept in the cache, packed, as most pages of the web are: `KEPT` is found there.
    """

    port: int
    links: list[str] = field(default_factory=list)

    KEPT = "Ziemassvētku tirdziņš"

    def page_to(self, address: str) -> str:
        """The address of a page with a link to this address."""
        self.links.append(address)
        return f"http://search.localhost:{self.port}/{len(self.links)}"

    def answer(self, path: str) -> bytes:
        address = self.links[int(path.strip("/")) - 1]
        return (
            f"<!doctype html><meta charset=utf-8><title>Results</title><p>{self.KEPT}</p>"
            f'<link rel="icon" href="data:,"><a href="{address}">first result</a>'
        ).encode()


@contextmanager
def starting_site() -> Iterator[Start]:
    """A site on this machine, under a name of its own, for as long as the block runs."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/favicon.ico":
                return self.send_error(404)
            body = gzip.compress(start.answer(self.path))
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Cache-Control", "max-age=3600")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return None

        def log_message(self, format, *args):  # noqa: A002  the name is the base class's
            """Nothing."""

    with _serving(Answer) as server:
        start = Start(server.server_port)
        yield start


def arrive(page: Page, start: Start, address: str) -> None:
    """Opens the other site in this tab and follows its link to the address."""
    page.goto(start.page_to(address))
    page.get_by_role("link", name="first result").click()
    page.wait_for_url(address)


def leave(page: Page, neutral_address: str) -> None:
    """Clicks the exit and waits for the other site."""
    page.locator("a.exit").click(no_wait_after=True)
    page.wait_for_url(neutral_address)


@contextmanager
def another_page(page: Page) -> Iterator[None]:
    """What is done in the block brings another page, read in place or opened."""
    page.locator("main").evaluate("(main) => { main.dataset.seen = '' }")
    yield
    expect(page.locator("main:not([data-seen])")).to_have_count(1)


def look(page: Page, expression: str):
    """The value of an expression in the page, asked for without a hand on it.

    Playwright's own `evaluate` counts as a gesture of the reader, and browsers go by that.
    """
    asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
    told = _session(page).send("Runtime.evaluate", asked)
    return told["result"].get("value")


def until(condition: Callable[[], object], what: str) -> None:
    """Asks again and again: the browser answers between, nothing sleeps."""
    end = time.monotonic() + STARTS_WITHIN
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"Not within {STARTS_WITHIN} seconds: {what}")
