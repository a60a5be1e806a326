"""Which pages and languages the browser tests walk through."""

import os
import tomllib
from itertools import cycle, product
from uuid import NAMESPACE_URL, uuid5

from pages.codes import code_of
from tests.browser.serving import ROOT, VIEWS

LANGUAGES = ("lv", "ru", "en", "uk", "lt", "lv-simple")
# Longest words, most letters, largest type.
WIDEST = ("lt", "uk", "lv-simple")


# Of the keys of demo pages, as `pages.demo` makes them.
KEYS = uuid5(NAMESPACE_URL, "demo/pages")


def _pages() -> dict[str, str]:
    """{address: page type} of the demo's pages, the home page and the help page left out."""
    trees = [
        tomllib.loads(tree.read_text("utf-8"))
        for tree in sorted((ROOT / "site/demo").glob("*/tree.toml"))
    ]
    entries = {entry["folder"]: entry for tree in trees for entry in tree["page"]}

    def address(folder: str) -> str:
        entry = entries.get(folder)
        if entry is None:
            return ""
        slug = entry.get("slug", folder)
        if entry.get("type") == "campaigns.MythPage":
            # A card's address is a code made from its key.
            slug = code_of(uuid5(KEYS, folder))
        return f"{address(entry.get('parent'))}{slug}/"

    kinds = {"pages.HomePage", "directory.HelpPage"}
    found = {address(name): one.get("type", "pages.ContentPage") for name, one in entries.items()}
    return {place: kind for place, kind in found.items() if kind not in kinds}


_PAGES = _pages()
# Pages of the demo by their addresses below the language.
CONTENT = tuple(_PAGES)
KINDS = (*VIEWS, *CONTENT)
# The first page of each type of the apps.
_FIRST = tuple(
    next(address for address in CONTENT if _PAGES[address] == kind)
    for kind in dict.fromkeys(_PAGES.values())
    if kind != "pages.ContentPage"
)
# One of each way in which the frame is drawn.
FRAMES = ("home", "help", "need", "service", "parluks/", "404")
# One of each template.
TEMPLATES = (*FRAMES, *_FIRST)
# The same with the pages that every such site has to have.
PAGE_TYPES = (*TEMPLATES, "path", "sheet", "gone", "pieklustamiba/", "privatums/")


# Set by `make survey`: every page in every language, for the patient.
EVERY_PAGE = bool(os.environ.get("EVERY_PAGE"))


def visits(kinds: tuple[str, ...], languages: tuple[str, ...]) -> list[tuple[str, str]]:
    """These kinds of pages in all these languages, every other page in one of them by turns.

    With EVERY_PAGE every page in every language.
    """
    if EVERY_PAGE:
        return list(product(dict.fromkeys((*kinds, *KINDS)), LANGUAGES))
    others = zip((kind for kind in KINDS if kind not in kinds), cycle(languages), strict=False)
    return [*product(kinds, languages), *others]
