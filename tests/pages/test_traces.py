"""What a link, a file and a page's head leave behind, on every page in every language."""

import re
from itertools import chain
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders

from pages.neutral import revealing
from tests.pages import documents
from tests.pages.crawl import LANGUAGES, Crawl, File, Visited, links, plain
from tests.pages.trace_rules import (
    NAMES_INSIDE,
    PAGE_RULES,
    intruders,
    kept_without_warning,
    previews,
    remembered_fields,
    revealing_file,
    revealing_head,
    silent_calls,
    talkative_links,
)

# What a script could ask for that interrupts, remembers or hands on.
INTERRUPTS = re.compile(
    r"Notification|pushManager|serviceWorker|navigator\.share|\.play\(|localStorage|document\.cookie"
)


def made_up(html: str, head="", language="en", address="/en/x/") -> Visited:
    frame = (
        "<p id='call-note'>The call stays.</p><p id='empty'> </p><p id='lv' lang='lv'>Paliek</p>"
    )
    whole = f"<html lang='{language}'><head>{head}</head><body>{frame}<main>{html}</main></body>"
    return Visited(address, language, BeautifulSoup(whole, "lxml"))


def every_page(crawl: Crawl) -> list[Visited]:
    return [*crawl.pages.values(), *crawl.linked.values()]


# The demonstration


@pytest.mark.parametrize("requirement", PAGE_RULES)
def test_every_page_keeps_the_rule(crawl, requirement):
    rule = PAGE_RULES[requirement]
    assert not [line for page in every_page(crawl) for line in rule(page)]


def test_what_is_kept_says_so_before_the_link(crawl):
    assert not [line for page in every_page(crawl) for line in kept_without_warning(page, crawl)]


def test_no_file_tells_the_subject_by_a_name(crawl):
    assert not [line for file in crawl.files.values() for line in revealing_file(file)]
    assert set(NAMES_INSIDE) <= {file.kind for file in crawl.files.values()}


def test_the_document_of_a_campaign_tells_nothing_and_can_be_read_on_the_page(crawl):
    found = [file for file in crawl.files.values() if file.kind == "application/pdf"]
    assert len(found) == 1
    assert re.fullmatch(r"/media/documents/lapa-[0-9a-f]{16}\.pdf", found[0].address)
    assert documents.MARKER.encode() not in documents.contents(found[0].content)
    link = next(
        element
        for page in crawl.pages.values()
        for target, _fragment, element in links(page)
        if target == found[0].address
    )
    assert "Vari zvanīt." in link.find_parent("li").details.get_text()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_exit_has_the_same_few_words_on_every_page(crawl, code):
    words = {
        plain(page.whole.select_one("a.exit"))
        for page in every_page(crawl)
        if page.language == code
    }
    assert len(words) == 1
    (label,) = words
    assert len(label) < 20
    assert not revealing(label)
    # It leaves; it hides nothing, and must not promise to.
    assert not re.search("pēd|slēp|след|скры|track|hide|слід|схов|pėdsak|slėp", label.lower())


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_rules_meet_what_they_are_for(crawl, code):
    pages = [page for page in every_page(crawl) if page.language == code]

    def are_there(selector: str) -> bool:
        return any(page.whole.select(selector) for page in pages)

    assert are_there("a[href^='tel:']")
    assert are_there("a[href^='mailto:']")
    assert are_there("main a[rel~=external]")
    assert are_there(".body p:not([class]) a[rel~=external]")
    assert are_there("form")
    addresses = [page.address for page in pages]
    assert [one for one in addresses if one.endswith("/lapa/")]
    assert [one for one in addresses if one.endswith("/cels/")]
    ends = {Path(target).suffix for target in crawl.files if target.startswith(f"/{code}/")}
    assert {".ics", ".csv", ".atom"} <= ends


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", ["error", "gone", "answer", "report"])
def test_pages_that_nobody_links_to_keep_the_rules(client, db, code, kind):
    from directory.models import Service

    service = Service.objects.public().filter(phones__isnull=False).first()
    if kind == "error":
        answer = client.get(f"/{code}/nav/tadas/")
    elif kind == "answer":
        answer = client.post(f"/{code}/pakalpojumi/mekle/", {"text": "qqqqzzzz"})
    elif kind == "report":
        answer = client.post(f"/{code}/pakalpojumi/{service.code}/numurs/", {"answer": ""})
    else:
        Service.objects.filter(pk=service.pk).update(status="withdrawn")
        answer = client.get(f"/{code}/pakalpojumi/{service.code}/")
    assert answer.status_code == {"error": 404, "gone": 410, "answer": 200, "report": 200}[kind]
    page = Visited(f"/{code}/", code, BeautifulSoup(answer.content, "lxml"))
    assert not [line for rule in PAGE_RULES.values() for line in rule(page)]
    assert page.whole.select("a[href^='tel:']")


# The rules find what they are for

CALL = "<a href='tel:116006' aria-describedby='{note}'>{text}</a>"
AWAY = "<a href='https://example.org/' rel='{rel}' aria-describedby='call-note'>a</a>"
ALL_REL = "noopener noreferrer external"
# (rule, a page that breaks it, a page that does not)
BROKEN = {
    "a call without a note": (silent_calls, CALL.format(note="", text="116 006"), ""),
    "a note that is not there": (silent_calls, CALL.format(note="gone", text="116 006"), ""),
    "an empty note": (silent_calls, CALL.format(note="empty", text="116 006"), ""),
    "a note in another language": (silent_calls, CALL.format(note="lv", text="116 006"), ""),
    "a number that is not read": (
        silent_calls,
        CALL.format(note="call-note", text="Call"),
        CALL.format(note="call-note", text="Call 116 006"),
    ),
    "a letter without a note": (silent_calls, "<a href='mailto:a@b.lv'>a@b.lv</a>", ""),
    "a message without a note": (silent_calls, "<a href='sms:112'>112</a>", ""),
    "another site that is told": (
        talkative_links,
        AWAY.format(rel="external noopener"),
        AWAY.format(rel=ALL_REL),
    ),
    "another site without a word": (
        talkative_links,
        f"<a href='https://example.org/' rel='{ALL_REL}'>a</a>",
        "<a href='/en/'>a</a>",
    ),
    "a form that is filled in": (
        remembered_fields,
        "<form><input autocomplete='off'></form>",
        "<form autocomplete='off'><input autocomplete='off'><input type='radio'></form>",
    ),
    "a field outside of a form": (remembered_fields, "<textarea></textarea>", ""),
    "an address that tells": (revealing_head, "<a href='/en/violence/'>a</a>", ""),
    "an anchor that tells": (revealing_head, "<p id='upuriem'>a</p>", ""),
    "a file name that tells": (revealing_head, "<a href='/a' download='pomosh.pdf'>a</a>", ""),
    "a film": (intruders, "<video src='/a.mp4'></video>", ""),
    "a frame": (intruders, "<iframe src='/a/'></iframe>", ""),
    "a picture from elsewhere": (intruders, "<img src='https://example.org/a.png'>", ""),
    "a way to share": (
        previews,
        "<a href='https://www.facebook.com/sharer.php?u=x'>a</a>",
        "<a href='https://example.org/'>a</a>",
    ),
}
HEADS = {
    "a title": (revealing_head, "<title>Get help</title>"),
    "a description": (revealing_head, "<title>a</title><meta name=a content='насилие'>"),
    "a feed": (revealing_head, "<title>a</title><link href='/a' title='Krīze'>"),
    "an icon": (revealing_head, "<title>a</title><link rel=icon href='/shelter.svg'>"),
    "a preview": (previews, "<meta property='og:image' content='/a.png'>"),
    "a telling preview": (previews, "<meta property='og:title' content='Pagalba'>"),
    "a manifest": (previews, "<link rel=manifest href='/a.json'>"),
    "a jump": (intruders, "<meta http-equiv=refresh content='1'>"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_rule_finds_what_is_broken_and_nothing_else(name):
    rule, wrong, right = BROKEN[name]
    head = "<title>a</title>"
    assert rule(made_up(wrong, head))
    assert not rule(made_up(right, head))


@pytest.mark.parametrize("name", HEADS)
def test_the_rule_finds_what_a_head_gives_away(name):
    rule, head = HEADS[name]
    assert rule(made_up("", head))


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<p id='n'>Stays</p><a href='/en/a.csv' aria-describedby='n'>a</a>", 0),
        ("<a href='/en/a.csv' aria-describedby='n'>a</a><p id='n'>Stays</p>", 1),
        ("<a href='/en/a.csv'>a</a>", 1),
        ("<a href='/en/b/lapa/'>a</a>", 1),
        ("<a href='/en/b/'>a</a>", 0),
    ],
)
def test_a_file_without_a_warning_is_found(html, count):
    crawl = Crawl(files={"/en/a.csv": File("/en/a.csv", "text/csv", "", b"")})
    assert len(kept_without_warning(made_up(html), crawl)) == count


CALENDAR = "BEGIN:VCALENDAR\r\nPRODID:{0}\r\nX-WR-CALNAME:{1}\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("file", "count"),
    [
        (File("/a.csv", "text/csv", 'attachment; filename="dati.csv"', b"Year,Value\r\n"), 0),
        (File("/a.csv", "text/csv", 'attachment; filename="violence.csv"', b"Year\r\n"), 1),
        (File("/a.csv", "text/csv", "attachment; filename*=UTF-8''a.csv", b"Year\r\n"), 1),
        (File("/a.csv", "text/csv", "", b"Year,Victims\r\nabuse,1\r\n"), 1),
        (File("/krize.png", "image/png", "", b""), 1),
        (File("/a.ics", "text/calendar", "", CALENDAR.format("a", "b").encode()), 0),
        (File("/a.ics", "text/calendar", "", CALENDAR.format("Helpline", "b").encode()), 1),
        (File("/a.ics", "text/calendar", "", CALENDAR.format("a", "Pagalba").encode()), 1),
        (File("/a", "application/atom+xml", "", b"<feed><title>Help</title></feed>"), 1),
        (File("/a.pdf", "application/pdf", "", documents.plain()), 1),
    ],
)
def test_a_file_that_tells_is_found(file, count):
    assert len(revealing_file(file)) == count


# What is no page and no file


def sheets_and_scripts(kind: str) -> list[Path]:
    folders = [settings.SITE / "quick_exit", settings.SITE / "frame", settings.ROOT / "directory"]
    folders.append(settings.ROOT / "campaigns")
    found = chain.from_iterable(folder.rglob(f"*.{kind}") for folder in folders)
    return [path for path in found if "admin" not in path.parts]


def test_no_script_interrupts_remembers_or_hands_on():
    scripts = sheets_and_scripts("js")
    assert len(scripts) >= 2
    assert not {
        path.name: found[0] for path in scripts if (found := INTERRUPTS.search(path.read_text()))
    }


def test_the_icon_says_nothing():
    icon = Path(finders.find("frame/icon.svg")).read_text()
    assert "<svg" in icon
    assert not revealing(icon)
    assert "<title" not in icon


def test_visited_links_have_no_look_of_their_own():
    """One colour for every link, also where the system chooses the colours (XR39)."""
    sheets = {path.name: path.read_text() for path in sheets_and_scripts("css")}
    assert not [name for name, text in sheets.items() if re.search(r":(visited|link)\b", text)]
    assert re.search(r"(?m)^  a \{ color: var\(--\w+\);", sheets["site.css"])
    assert (
        "@media (forced-colors: active) { a:any-link { color: LinkText; } }" in sheets["site.css"]
    )
