"""Fills the stock site: a home page, a menu of five pages, each in six languages."""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402

from benchmarks.stock.models import StockPage  # noqa: E402

MENU = 5


def body() -> list[tuple[str, str]]:
    """The blocks that the caller left: the text of one of our pages."""
    texts = json.loads((Path(settings.VAR) / "text.json").read_text("utf-8"))
    return [(kind, text if kind == "heading" else f"<p>{text}</p>") for kind, text in texts]


def fill() -> StockPage:
    """The page that is measured: the first of the menu."""
    call_command("migrate", verbosity=0)
    locales = [
        Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES
    ]
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    home = root.add_child(
        instance=StockPage(title="Home", slug="home", body=body(), locale=locales[0])
    )
    Site.objects.all().delete()
    Site.objects.create(hostname="example.org", root_page=home, is_default_site=True)
    pages = [home]
    for number in range(MENU):
        page = StockPage(
            title=f"Page {number}",
            slug=f"page-{number}",
            body=body(),
            show_in_menus=True,
            locale=locales[0],
        )
        pages.append(home.add_child(instance=page))
    for page in pages:
        page.save_revision().publish()
        for locale in locales[1:]:
            page.copy_for_translation(locale).save_revision().publish()
    return pages[1]


def queries(address: str) -> int:
    """Queries of a second visit."""
    client = Client(SERVER_NAME="example.org")
    client.get(address, secure=True)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address, secure=True)
    if response.status_code != 200:
        raise RuntimeError(f"The stock page answered {response.status_code}")
    return len(asked)


if __name__ == "__main__":
    page = fill()
    address = f"/{settings.LANGUAGE_CODE}/{page.slug}/"
    sys.stdout.write(json.dumps({"address": address, "queries": queries(address)}))
