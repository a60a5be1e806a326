"""What a page weighs and how often it asks the database. Needs a prepared Django."""

import gzip
import re
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from benchmarks.environment import HOST
from directory.models import HelpPage, Service
from pages.models import ContentPage

# Ten TCP segments, what a server sends before it waits for the first answer (RFC 6928).
FIRST_ROUND_TRIP = 14_600
LANGUAGES = [settings.LANGUAGE_CODE, "uk"]
ASSET = re.compile(r'<(?:link rel="(?:stylesheet|modulepreload)" href|script[^>]* src)="([^"]+)"')
# What a style or a module brings along by itself.
BROUGHT = re.compile(r"""(?:@import\s+(?:url\()?|\bfrom\s*|\bimport\s*\(?\s*)["']([^"']+)["']""")

client = Client(SERVER_NAME=HOST)


def get(path: str) -> bytes:
    """The body of a page; stops the run when it is not there."""
    response = client.get(path, secure=True)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return response.content


def packed(content: bytes) -> int:
    """Bytes after `gzip -9`."""
    return len(gzip.compress(content, 9, mtime=0))


class PageTypes:
    """The addresses that are measured: one of each page type."""

    @cached_property
    def longest(self) -> ContentPage:
        """The content page with the heaviest HTML in the site's own language."""
        own = ContentPage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
        return max(own, key=lambda page: packed(get(page.url_path)))

    def addresses(self, language: str = settings.LANGUAGE_CODE) -> dict[str, str]:
        """{page type: path} in one language; all languages share the path behind the prefix."""
        help_page = HelpPage.objects.live().filter(locale__language_code=language).first()
        service = Service.objects.public().order_by("pk").first()
        with translation.override(language):
            service_path = reverse("directory:service", args=[service.code])
        _, _, path = self.longest.url_path.lstrip("/").partition("/")
        return {
            "home": f"/{language}/",
            "help list": help_page.url_path,
            "service": service_path,
            "longest content page": f"/{language}/{path}",
        }


def assets(html: str) -> set[Path]:
    """The files of style and script that a page loads, with what these import."""
    waiting = [Path(settings.STATIC_ROOT) / _local(address) for address in ASSET.findall(html)]
    found: set[Path] = set()
    while waiting:
        file = waiting.pop().resolve()
        if file not in found:
            found.add(file)
            waiting += [file.parent / name for name in BROUGHT.findall(file.read_text("utf-8"))]
    return found


def _local(address: str) -> str:
    if not address.startswith(settings.STATIC_URL):
        raise RuntimeError(f"{address} is not a file of this site")
    return address.removeprefix(settings.STATIC_URL)


def weights(found: PageTypes):
    """HTML + all CSS + all JS, each packed by itself, against the first round trip."""
    rows = []
    for name, path in found.addresses().items():
        html = get(path)
        files = assets(html.decode())
        style = sum(packed(file.read_bytes()) for file in files if file.suffix == ".css")
        script = sum(packed(file.read_bytes()) for file in files if file.suffix != ".css")
        total = packed(html) + style + script
        share = f"{total / FIRST_ROUND_TRIP:.2f}"
        rows.append([f"{name} {path}", str(packed(html)), str(style), str(script), str(total)])
        rows[-1].append(share)
    note = "HTML holds the exit script; the goal for the help list is 1.00 at most."
    head = ["page", "HTML", "CSS", "JS", "sum", "of 14.6 kB"]
    return "Weight in bytes, gzip -9", head, rows, note


def queries(found: PageTypes):
    """Queries of a page type in two languages, on a second visit."""
    counts: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for name, path in found.addresses(language).items():
            get(path)
            with CaptureQueriesContext(connection) as asked:
                get(path)
            counts.setdefault(name, []).append(str(len(asked)))
    size = f"{Service.objects.public().count()} services, {Page.objects.live().count()} pages"
    note = f"With {size}; goals: the help list 16 at most, others 12."
    return (
        "Queries of an uncached page",
        ["page", *LANGUAGES],
        [[n, *c] for n, c in counts.items()],
        note,
    )
