"""One reading of the whole demonstration, shared by all tests that look for what is on no page.

Beside the published pages it holds made-up ones: a page that quotes the whole bank of facts, so
that a rule about figures meets every figure, a page in Latvian alone, so that a rule about
languages meets a fallback, and a document among the materials of a campaign. All are rolled back
before the first test.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Locale, Page

from campaigns.campaign_pages import CampaignPage
from directory.models import Service
from frame.languages import tag
from pages.facts import Fact
from pages.models import ContentPage, SiteDocument
from tests.pages import documents

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


@dataclass(frozen=True)
class File:
    """What is no page: a calendar, a table, a feed, a document, a picture."""

    address: str
    kind: str
    disposition: str
    content: bytes


@dataclass
class Crawl:
    """All pages by address, and how each address that they link to answers.

    `linked` are pages reached by a link alone: the sheet for paper, the guided path, the search.
    """

    pages: dict[str, Visited] = field(default_factory=dict)
    linked: dict[str, Visited] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    anchors: dict[str, set[str]] = field(default_factory=dict)


def whole_site() -> Crawl:
    """Reads every page and service in every language, then asks for all they link to."""
    document = _make_pages()
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
                _follow(crawl, target, client.get(target))
    document.file.storage.delete(document.file.name)
    return crawl


def _follow(crawl: Crawl, target: str, answer) -> None:
    kind = answer.get("Content-Type", "")
    # Read to its end, a file closes itself.
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    whole = BeautifulSoup(content if kind.startswith("text/html") else b"", "lxml")
    _note(crawl, target, answer.status_code, whole)
    if answer.status_code != 200:
        return
    if kind.startswith("text/html"):
        crawl.linked[target] = Visited(target, target.split("/")[1], whole)
    else:
        disposition = answer.get("Content-Disposition", "")
        crawl.files[target] = File(target, kind.partition(";")[0], disposition, content)


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


def _make_pages() -> SiteDocument:
    document = _hand_out()
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
    return document


def _hand_out() -> SiteDocument:
    """A document among the materials of the first campaign, with its words to read on the page."""
    document = SiteDocument(title="Lapiņa")
    document.file.save("anna.pdf", ContentFile(documents.telling(), name="anna.pdf"), save=True)
    page = CampaignPage.objects.live().filter(locale__language_code="lv").first()
    material = {"title": "Lapiņa", "words": "<p>Vari zvanīt.</p>", "document": document}
    page.materials = [("material", material)]
    page.save_revision().publish()
    return document
