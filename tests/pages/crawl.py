"""One reading of the whole demonstration, shared by all tests that look for what is on no page.

Beside the published pages it holds two made-up ones: a page that quotes the whole bank of facts, so
that a rule about figures meets every figure, and a page in Latvian alone, so that a rule about
languages meets a fallback. Both are rolled back before the first test.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from wagtail.models import Locale, Page

from directory.models import Service
from frame.languages import tag
from pages.facts import Fact
from pages.models import ContentPage

LANGUAGES = [code for code, _name in settings.LANGUAGES]
BANK, FALLBACK = "banka/", "tikai-viena/"
FALLBACK_TITLE = "Šī lapa ir tikai vienā valodā"
HOST = "http://testserver"


@dataclass(frozen=True)
class Visited:
    """A page as a visitor got it; `language` is that of the address."""

    address: str
    language: str
    whole: BeautifulSoup

    @property
    def main(self):
        return self.whole.main

    @property
    def text_language(self) -> str:
        """The tag of the language its text is in."""
        return self.main.get("lang") or tag(self.language)


@dataclass
class Crawl:
    """All pages by address, and how each address that they link to answers."""

    pages: dict[str, Visited] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    anchors: dict[str, set[str]] = field(default_factory=dict)


def whole_site() -> Crawl:
    """Reads every page and service in every language, then asks for all they link to."""
    _make_pages()
    client = Client()
    crawl = Crawl()
    addresses = Page.objects.live().filter(depth__gt=1).values_list("url_path", flat=True)
    paths = {address.split("/", 2)[2] for address in addresses}
    paths |= {f"pakalpojumi/{one.code}/" for one in Service.objects.public()}
    for address in [f"/{code}/{path}" for code in LANGUAGES for path in sorted(paths)]:
        answer = client.get(address)
        whole = BeautifulSoup(answer.content, "lxml")
        _note(crawl, address, answer.status_code, whole)
        if answer.status_code == 200:
            crawl.pages[address] = Visited(address, address.split("/")[1], whole)
    for page in list(crawl.pages.values()):
        for target, _fragment, _tag in links(page):
            if target not in crawl.statuses:
                answer = client.get(target)
                html = answer.get("Content-Type", "").startswith("text/html")
                whole = BeautifulSoup(answer.content if html else b"", "lxml")
                if answer.streaming:
                    # Read to its end, a file closes itself.
                    b"".join(answer.streaming_content)
                _note(crawl, target, answer.status_code, whole)
    return crawl


def links(page: Visited) -> list[tuple[str, str, object]]:
    """(address without query, fragment, element) of each link, picture and file of this site."""
    found = []
    for element in page.whole.select("[href], [src]"):
        address = element.get("href") or element.get("src")
        whole, fragment = urldefrag(urljoin(HOST + page.address, address))
        parts = urlsplit(whole)
        if f"{parts.scheme}://{parts.netloc}" == HOST and not parts.path.startswith("/static/"):
            found.append((parts.path, fragment, element))
    return found


def plain(element) -> str:
    """The text of an element with single, ordinary spaces."""
    return re.sub(r"\s+", " ", element.get_text(" ").replace("\xa0", " ")).strip()


def _note(crawl: Crawl, address: str, status: int, whole: BeautifulSoup) -> None:
    crawl.statuses[address] = status
    crawl.anchors[address] = {one["id"] for one in whole.select("[id]")}


def _make_pages() -> None:
    bank = None
    for code in LANGUAGES:
        home = Page.objects.get(url_path=f"/{code}/")
        page = ContentPage(
            title="Droši Liepājā",
            tab_title="Droši Liepājā",
            slug=BANK.strip("/"),
            locale=Locale.objects.get(language_code=code),
            body=[("fact", {"fact": fact}) for fact in Fact.objects.all()],
        )
        if bank:
            page.translation_key = bank.translation_key
        home.add_child(instance=page)
        page.save_revision().publish()
        bank = bank or page
    home = Page.objects.get(url_path="/lv/")
    page = ContentPage(
        title=FALLBACK_TITLE,
        tab_title="Lapa",
        slug=FALLBACK.strip("/"),
        locale=home.locale,
        body=[("text", "<p>Šo tekstu neviens vēl nav pārtulkojis, tāpēc tas ir latviski.</p>")],
    )
    home.add_child(instance=page)
    page.save_revision().publish()
