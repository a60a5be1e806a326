"""Every page of the demonstration in every language: nothing broken, unmarked or without source.

Each rule is a function that answers its findings, so that a made-up page shows that it finds.
"""

import re

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.conf import settings

from frame.languages import tag
from tests.pages.crawl import (
    BANK,
    FALLBACK,
    FALLBACK_TITLE,
    LANGUAGES,
    Crawl,
    Visited,
    links,
    plain,
)

YEAR = re.compile(r"\b(19|20)\d\d\b")
CYRILLIC, LATIN = re.compile("[а-яёіїєґ]", re.I), re.compile("[a-zā-ž]", re.I)
# Letters and small words that only one of our languages has.
ONLY = {
    "lv": re.compile("[āēīģķļņ]", re.I),
    "lt": re.compile("[ąėęįų]", re.I),
    "ru": re.compile("[ыэёъ]", re.I),
    "uk": re.compile("[іїєґ]", re.I),
}
ENGLISH = {"the", "of", "and", "to", "is", "for", "in", "with", "not", "you", "a", "by", "are"}
# Shorter texts are names.
FEWEST_WORDS, FEWEST_LETTERS = 6, 25


def made_up(html: str, language="en", address="/en/x/") -> Visited:
    whole = f"<html lang='{tag(language)}'><body><main>{html}</main></body></html>"
    return Visited(address, language, BeautifulSoup(whole, "lxml"))


def may_be(text: str) -> set[str]:
    """The languages that a text may be written in; all of them where nothing tells."""
    everything = {tag(code) for code in LANGUAGES}
    # Names stand in brackets or quotation marks, in the language they have.
    text = re.sub(r"\([^)]*\)?|„[^“”]*[“”]?|«[^»]*»?|‘[^’]*’?", "", text)
    words = re.findall(r"[^\W\d_]+", text)
    cyrillic, latin = len(CYRILLIC.findall(text)), len(LATIN.findall(text))
    if len(words) < FEWEST_WORDS or cyrillic + latin < FEWEST_LETTERS:
        return everything
    if cyrillic:
        if cyrillic < latin:
            return everything
        marks = {code for code in ("ru", "uk") if ONLY[code].search(text)}
        return marks if len(marks) == 1 else {"ru", "uk"}
    for code in ("lv", "lt"):
        if sum(bool(ONLY[code].search(word)) for word in words) * 4 >= len(words):
            return {code}
    if sum(word.lower() in ENGLISH for word in words) * 4 >= len(words):
        return {"en"}
    return {"lv", "lt", "en"}


def unmarked_texts(page: Visited) -> list[str]:
    """Texts in another language than the nearest element with a `lang` says."""
    found = []
    for text in page.whole.body.find_all(string=True):
        # A source is a name: nobody translates it (WCAG 2.2, 3.1.2, proper names).
        if type(text) is not NavigableString or text.find_parent(["script", "style"]):
            continue
        if text.find_parent(class_="source"):
            continue
        said = text.find_parent(lang=True)["lang"]
        if said not in may_be(str(text)):
            found.append(f"{page.address}: {said}: {str(text).strip()[:80]}")
    return found


def unmarked_links(page: Visited, crawl: Crawl) -> list[str]:
    """Links that name a page by a title in another language without saying so."""
    found = []
    for target, _fragment, element in links(page):
        other = crawl.pages.get(target)
        if not other or element.name != "a" or not other.main.h1:
            continue
        if plain(element) == plain(other.main.h1) and element.find_parent("main"):
            inner = element.find(lang=True)
            said = inner or element
            said = said["lang"] if said.has_attr("lang") else said.find_parent(lang=True)["lang"]
            if said != other.text_language:
                found.append(f"{page.address}: {plain(element)} is {other.text_language}")
    return found


def broken_links(page: Visited, crawl: Crawl) -> list[str]:
    """Links, pictures and files of this site that answer anything but 200, or lack the anchor."""
    found = []
    for target, fragment, element in links(page):
        if crawl.statuses.get(target) not in (200, 302) or (
            fragment and fragment not in crawl.anchors[target]
        ):
            found.append(f"{page.address}: {element.get('href') or element.get('src')}")
    return found


def bare_figures(page: Visited) -> list[str]:
    """Figures without a year beside them, without a source or the year of the source."""
    found = []
    for figure in page.whole.select("figure.figure"):
        definition, source = figure.select_one(".definition"), figure.select_one(".source")
        named = source and re.search(r":\s*\S.*\b(19|20)\d\d\b", plain(source))
        if not (definition and YEAR.search(plain(definition)) and named):
            found.append(f"{page.address}: {plain(figure)[:80]}")
    for number in page.whole.select(".journey dd > b"):
        if (
            not YEAR.search(plain(number.parent))
            or not number.parent.select_one("[lang]").get_text()
        ):
            found.append(f"{page.address}: {plain(number.parent)[:80]}")
    return found


def without_language_of_fallback(page: Visited) -> bool:
    """A page whose canonical address is in another language has its text marked as such."""
    canonical = page.whole.select_one("link[rel=canonical]")["href"]
    written_in = tag(canonical.split("/")[3])
    return page.text_language != written_in


# The demonstration


def test_the_crawl_reads_every_page_in_every_language(crawl):
    assert len(crawl.pages) > 30 * len(LANGUAGES)
    assert not {address for address, status in crawl.statuses.items() if status not in (200, 302)}
    for code in LANGUAGES:
        assert len(crawl.pages[f"/{code}/{BANK}"].main.select("figure.figure")) > 40


def test_no_link_anchor_picture_or_file_is_broken(crawl):
    assert not [line for page in crawl.pages.values() for line in broken_links(page, crawl)]


def test_no_text_is_in_another_language_than_it_says(crawl):
    assert not [line for page in crawl.pages.values() for line in unmarked_texts(page)]


def test_no_link_names_a_page_in_another_language_without_saying_so(crawl):
    assert not [line for page in crawl.pages.values() for line in unmarked_links(page, crawl)]


def test_a_page_that_is_not_translated_says_which_language_it_is_in(crawl):
    assert not [page.address for page in crawl.pages.values() if without_language_of_fallback(page)]
    for code in set(LANGUAGES) - {"lv"}:
        assert crawl.pages[f"/{code}/{FALLBACK}"].main["lang"] == "lv"


def test_no_figure_stands_without_its_year_and_source(crawl):
    assert not [line for page in crawl.pages.values() for line in bare_figures(page)]


def test_the_made_up_pages_are_gone(crawl, client, db):
    assert client.get(f"/lv/{BANK}").status_code == 404
    assert FALLBACK_TITLE not in client.get("/lv/lapas-karte/").content.decode()


# The rules find what they are for


@pytest.mark.parametrize(
    ("html", "language", "count"),
    [
        ("<p>Šis teksts ir latviski, bet lapa saka, ka tā ir angļu valodā.</p>", "en", 1),
        ("<p lang='lv'>Šis teksts ir latviski, bet lapa ir angļu valodā.</p>", "en", 0),
        ("<p>Этот текст написан по-русски, хотя страница английская.</p>", "en", 1),
        ("<p>Этот текст написан по-русски, хотя страница украинская, и это ошибка.</p>", "uk", 1),
        ("<p>Цей текст написано українською, хоча сторінка російська.</p>", "ru", 1),
        ("<p>This text is in English and the page says that it is in Russian.</p>", "ru", 1),
        ("<p>This text is in English and the page says that it is in Latvian.</p>", "lv", 1),
        ("<p>Čia žmonės gali rasti pagalbą, tačiau jų kalba nėra nurodyta.</p>", "lv", 1),
        ("<p>Ministru kabineta rīkojums</p>", "en", 0),
        ("<p>Este texto largo no lleva ninguna marca de idioma</p>", "ru", 1),
        ("<p>This is the page of a city and it is in English.</p>", "en", 0),
    ],
)
def test_a_text_in_another_language_is_found(html, language, count):
    assert len(unmarked_texts(made_up(html, language))) == count


@pytest.mark.parametrize(
    ("link", "count"),
    [
        ("<a href='/en/b/'>Lapa</a>", 1),
        ("<a href='/en/b/' lang='lv'>Lapa</a>", 0),
        ("<a href='/en/b/'><b lang='lv'>Lapa</b></a>", 0),
        ("<p lang='lv'><a href='/en/b/'>Lapa</a></p>", 0),
        ("<a href='/en/b/'>Read on</a>", 0),
    ],
)
def test_a_link_in_another_language_is_found(link, count):
    other = Visited("/en/b/", "en", BeautifulSoup("<main lang='lv'><h1>Lapa</h1></main>", "lxml"))
    page = made_up(link)
    assert len(unmarked_links(page, Crawl({"/en/b/": other}))) == count


@pytest.mark.parametrize(
    ("link", "count"),
    [
        ("<a href='/en/a/'>a</a>", 0),
        ("<a href='/en/a/#here'>a</a>", 0),
        ("<a href='../a/?f=1#here'>a</a>", 0),
        ("<a href='/en/a/#there'>a</a>", 1),
        ("<a href='/en/gone/'>a</a>", 1),
        ("<img src='/media/gone.png' alt=''>", 1),
        ("<a href='https://example.org/gone/'>a</a>", 0),
    ],
)
def test_a_broken_link_is_found(link, count):
    crawl = Crawl(
        statuses={"/en/a/": 200, "/en/gone/": 404, "/media/gone.png": 404},
        anchors={"/en/a/": {"here"}, "/en/gone/": set(), "/media/gone.png": set()},
    )
    assert len(broken_links(made_up(link), crawl)) == count


FIGURE = (
    "<figure class='figure'><p>31 %</p><figcaption><p class='definition'>Asked{year}.</p>"
    "<p class='source'>{source}</p></figcaption></figure>"
)


@pytest.mark.parametrize(
    ("year", "source", "count"),
    [
        (", 2016", "Source: Bureau, 2017", 0),
        ("", "Source: Bureau, 2017", 1),
        (", 2016", "Source: Bureau", 1),
        (", 2016", "", 1),
    ],
)
def test_a_bare_figure_is_found(year, source, count):
    assert len(bare_figures(made_up(FIGURE.format(year=year, source=source)))) == count


def test_a_fallback_without_a_mark_is_found():
    head = "<link rel='canonical' href='http://x/lv/a/'>"
    bare = BeautifulSoup(f"<html lang='en'>{head}<main>a</main></html>", "lxml")
    marked = BeautifulSoup(f"<html lang='en'>{head}<main lang='lv'>a</main></html>", "lxml")
    assert without_language_of_fallback(Visited("/en/a/", "en", bare))
    assert not without_language_of_fallback(Visited("/en/a/", "en", marked))


def test_easy_reading_counts_as_latvian():
    assert tag("lv-simple") == "lv"
    assert settings.LANGUAGE_TAGS
