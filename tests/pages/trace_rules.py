"""What a link, a file and a page's head leave behind, on every page in every language.

Each rule is a function that answers its findings, so that a made-up page shows that it finds.

====  =============================================================================================
XR20  The exit has the same few words on every page of a language.
XR32  No title, address, description, file name or name inside a file tells the subject.
XR40  No form and no field is filled in or kept by a browser.
XR41  A link that dials or writes says what stays, in the reader's language; the number is text.
XR42  What is kept or printed says so before the link; a file tells nothing beside its content.
XR43  Another site is told nothing, and the reader that it has no exit.
XR44  Nothing plays, pops up, notifies or comes from elsewhere.
XR45  Previews of a link are neutral; nothing invites to share.
====  =============================================================================================
"""

import csv
import re
from io import BytesIO, StringIO

import icalendar
from bs4 import BeautifulSoup
from pypdf import PdfReader

from pages.neutral import revealing
from tests.pages.crawl import HOST, Crawl, File, Visited, links, plain

DIALS = "a[href^='tel:'], a[href^='sms:'], a[href^='mailto:']"
FILE_NAME = re.compile(r'^(?:attachment|inline); filename="([\w.-]+)"$')
PLAYS = "[autoplay], iframe, frame, object, embed, video, audio, portal, meta[http-equiv]"
SHARES = re.compile(
    r"facebook|twitter|(//|\.)x\.com|whatsapp|viber|t\.me/|telegram|draugiem|vk\.com|linkedin|"
    r"mailto:\?|[?&](u|url|text|body)=",
    re.IGNORECASE,
)


def note_of(page: Visited, element):
    """The node that describes a link, or None without a text in the language of the frame."""
    node = page.whole.find(id=element.get("aria-describedby", ""))
    if not node or not plain(node):
        return None
    said = node if node.has_attr("lang") else node.find_parent(lang=True)
    return node if said["lang"] == page.whole.html["lang"] else None


def is_away(page: Visited, address: str) -> bool:
    return address.startswith(("http:", "https:", "//")) and not address.startswith(f"{HOST}/")


# Rules for pages


def silent_calls(page: Visited) -> list[str]:
    """Links that dial or write without a note, or whose number cannot be read."""
    found = []
    for link in page.whole.select(DIALS):
        address = link["href"].partition(":")[2]
        shown = re.sub(r"[\s\xa0-]", "", link.get_text())
        is_read = address.removeprefix("+371") in shown.replace("+371", "")
        if not note_of(page, link) or not is_read:
            found.append(f"{page.address}: {link['href']}")
    return found


def talkative_links(page: Visited) -> list[str]:
    """Links to another site that hand on where the reader was or do not say what they open."""
    found = []
    for link in page.whole.select("a[href], area[href]"):
        if not is_away(page, link["href"]) or link.get("data-exit"):
            continue
        if not {"noopener", "noreferrer", "external"} <= set(link.get("rel", [])):
            found.append(f"{page.address}: {link['href']}: rel")
        if not note_of(page, link):
            found.append(f"{page.address}: {link['href']}: note")
    return found


def kept_without_warning(page: Visited, crawl: Crawl) -> list[str]:
    """Links to a file or to paper without a note, or with the note behind the link."""
    found = []
    for target, _fragment, link in links(page):
        is_kept = target in crawl.files or target.endswith("/lapa/")
        if not is_kept or link.name != "a" or not link.find_parent("main"):
            continue
        note = note_of(page, link)
        if not note or note not in link.find_all_previous():
            found.append(f"{page.address}: {target}")
    return found


def remembered_fields(page: Visited) -> list[str]:
    """Forms, and fields outside of one, that a browser would fill in or keep."""
    found = [form for form in page.whole.select("form") if form.get("autocomplete") != "off"]
    for one in page.whole.select("input, textarea, select"):
        chosen = one.get("type") in {"radio", "checkbox", "hidden", "submit"}
        if one.get("autocomplete") != "off" and not (chosen and one.find_parent("form")):
            found.append(one)
    return [f"{page.address}: {one.name}" for one in found]


def revealing_head(page: Visited) -> list[str]:
    """Words of title, previews, icons, addresses and names that tell the subject."""
    seen = [page.address, page.whole.title.get_text()]
    seen += [one["content"] for one in page.whole.select("meta[content]")]
    seen += [one["title"] for one in page.whole.select("link[title], a[title]")]
    for name in ("id", "name", "src", "download"):
        seen += [one[name] for one in page.whole.select(f"[{name}]")]
    seen += [name for one in page.whole.select("[class]") for name in one["class"]]
    seen += [
        one["href"]
        for one in page.whole.select("[href]")
        if not is_away(page, one["href"]) and not one["href"].startswith("mailto:")
    ]
    return [f"{page.address}: {text}" for text in seen if revealing(text)]


def intruders(page: Visited) -> list[str]:
    """What plays, pops up, reloads or comes from another host."""
    found = [one.name for one in page.whole.select(PLAYS)]
    for one in page.whole.select("[src], link[href]"):
        loaded = one.get("src") or one["href"]
        if is_away(page, loaded) and not {"canonical", "alternate"} & set(one.get("rel", [])):
            found.append(loaded)
    return [f"{page.address}: {one}" for one in found]


def previews(page: Visited) -> list[str]:
    """Open Graph beyond a neutral title and description, manifests, ways to share."""
    allowed = {"og:title", "og:description"}
    found = [
        one["property"]
        for one in page.whole.select("meta[property]")
        if one["property"] not in allowed or revealing(one["content"])
    ]
    found += [str(one) for one in page.whole.select("meta[name^=twitter], link[rel=manifest]")]
    found += [
        one["href"] for one in page.whole.select("main a[href]")
        if SHARES.search(one["href"]) and not one["href"].startswith("/")
    ]  # fmt: skip
    return [f"{page.address}: {one}" for one in found]


# Rules for files


def revealing_file(file: File) -> list[str]:
    """The name that a folder of downloads shows, and the names that programs read inside."""
    seen = [file.address]
    if file.disposition:
        named = FILE_NAME.match(file.disposition)
        seen.append(named[1] if named else "violence: a name that nobody has checked")
    seen += NAMES_INSIDE.get(file.kind, lambda content: [])(file.content)
    return [f"{file.address}: {text}" for text in seen if revealing(text)]


def in_calendar(content: bytes) -> list[str]:
    calendar = icalendar.Calendar.from_ical(content)
    names = ("PRODID", "NAME", "X-WR-CALNAME", "X-WR-CALDESC", "SUMMARY", "LOCATION", "DESCRIPTION")
    return [str(one[name]) for one in calendar.walk() for name in names if name in one]


def in_table(content: bytes) -> list[str]:
    return next(csv.reader(StringIO(content.decode("utf-8-sig"))))


def in_feed(content: bytes) -> list[str]:
    feed = BeautifulSoup(content, "xml").feed
    return [one.get_text() for one in feed.find_all(["title", "subtitle"], recursive=False)]


def in_document(content: bytes) -> list[str]:
    """The title may be read; anything else would be a name of somebody or of a program."""
    told = dict(PdfReader(BytesIO(content)).metadata or {})
    title = told.pop("/Title", "")
    return [title, *[f"violence: {name}" for name in told]]


NAMES_INSIDE = {
    "text/calendar": in_calendar,
    "text/csv": in_table,
    "application/atom+xml": in_feed,
    "application/pdf": in_document,
}
PAGE_RULES = {
    "XR32": revealing_head,
    "XR40": remembered_fields,
    "XR41": silent_calls,
    "XR43": talkative_links,
    "XR44": intruders,
    "XR45": previews,
}
