"""What a service leaves on paper: the sheet that tells nobody, and the page itself."""

import io

import pytest
from pypdf import PdfReader

from pages import neutral
from tests.browser.content import LANGUAGES

# A6 in points of 1/72 inch; a sheet of whole pixels is a hair smaller.
A6 = (297.6, 419.5)


@pytest.fixture(scope="module")
def reader(browser):
    """One page without scripts for all sheets."""
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


def printed(page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))


def words(paper: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in paper.pages)


def service_links(page, address, language) -> list[str]:
    """Of all pages of the list; without a number to call there is nothing to print."""
    found = []
    for number in (1, 2):
        page.goto(f"{address('help', language)}?p={number}")
        cards = page.locator(".card:has(a[href^='tel:'])")
        found += [link.get_attribute("href") for link in cards.locator("h3 a").all()]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_one_small_page_that_tells_nobody(reader, server, address, language):
    links = service_links(reader, address, language)
    name = reader.locator(".bar .name").inner_text()
    assert len(links) > 10
    for link in links:
        reader.goto(f"{server.address}{link}lapa/")
        numbers = reader.locator(".sheet b").all_inner_texts()
        paper = printed(reader)
        assert len(paper.pages) == 1, link
        size = paper.pages[0].mediabox
        assert (float(size.width), float(size.height)) == pytest.approx(A6, abs=1)
        text = words(paper)
        assert [number for number in numbers if number not in text] == []
        for seen in (text, str(paper.metadata.title)):
            assert not neutral.revealing(seen), (link, neutral.revealing(seen))
            assert name not in seen


def test_a_sheet_with_much_to_say_stays_one_page(page, address):
    page.goto(address("sheet"))
    page.evaluate("""() => {
      const list = document.querySelector(".sheet ul");
      for (let row = 0; row < 9; row += 1) list.append(list.firstElementChild.cloneNode(true));
    }""")
    assert len(printed(page).pages) == 1


def test_the_page_of_a_service_prints_what_a_caller_needs(page, address):
    page.goto(address("service"))
    name = page.locator(".bar .name").inner_text()
    number = page.locator(".plate b").first.inner_text()
    steps = page.locator(".steps p").all_inner_texts()
    asked = page.locator(".opens summary").inner_text()
    text = words(printed(page))
    flat = " ".join(text.split())
    assert number in text
    assert steps
    assert [step for step in steps if " ".join(step.split()) not in flat] == []
    assert name not in text
    assert asked not in flat
    page.emulate_media(media="print")
    assert not page.locator(".copy").first.is_visible()
    assert page.locator(".state").is_visible()
