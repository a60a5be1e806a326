"""axe-core on every page type: no rule off, no violation."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from directory.models import Report
from tests.browser.content import EVERY_PAGE, KINDS, LANGUAGES, PAGE_TYPES, visits

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    # Off by default in axe: contrast of 7:1 and targets of 24 pixels.
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    # Styles are fetched again only for a rule outside these tags; sound and film for one within.
    "preload": {"assets": ["media"]},
}
WIDTHS = (360, 1280)
AXE = Axe()


@pytest.fixture(scope="module")
def reader(browser):
    """One page for all runs; scripts of the test get past the Content-Security-Policy."""
    with browser.new_context(bypass_csp=True) as context:
        yield context.new_page()


def violations(page, width):
    """What axe finds, one line for each place; everything that can be opened is open."""
    page.set_viewport_size({"width": width, "height": 720})
    page.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    found = page.evaluate("(options) => axe.run(options)", OPTIONS)["violations"]
    return [
        f"{width}: {rule['id']}: {node['target']} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]


def open_with_axe(page, address):
    page.goto(address)
    page.evaluate(AXE.axe_script)


def walk(page, address, widths=WIDTHS):
    """Violations of the page at an address at these widths."""
    open_with_axe(page, address)
    return [line for width in widths for line in violations(page, width)]


@pytest.mark.parametrize(("kind", "language"), visits(PAGE_TYPES, LANGUAGES))
def test_everybody_can_use_the_page(reader, address, kind, language):
    reader.emulate_media(color_scheme="light")
    # Words change little of what axe sees: the other width is seen in the next language.
    widths = (
        WIDTHS if EVERY_PAGE or language == "lv" else WIDTHS[LANGUAGES.index(language) % 2 :][:1]
    )
    assert walk(reader, address(kind, language), widths) == []


@pytest.mark.parametrize("kind", KINDS if EVERY_PAGE else PAGE_TYPES)
def test_everybody_can_use_the_page_in_the_dark(reader, address, kind):
    reader.emulate_media(color_scheme="dark")
    assert walk(reader, address(kind, "lv-simple")) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "+371 26 123 456"])
def test_everybody_can_use_the_answer_to_a_report(
    reader, address, language, text, django_db_blocker
):
    reader.emulate_media(color_scheme="light")
    reader.goto(address("service", language))
    reader.locator(".opens summary").click()
    reader.locator("input[value=wrong]").check()
    reader.locator("#report-text").fill(text)
    reader.locator("form.report button").click()
    expect(reader.locator("details.opens")).to_have_count(0)
    assert reader.locator("#report-text-mistake").count() == bool(text)
    reader.evaluate(AXE.axe_script)
    found = [line for width in WIDTHS for line in violations(reader, width)]
    with django_db_blocker.unblock():
        Report.objects.all().delete()
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_a_refused_method(reader, server, scheme):
    reader.emulate_media(color_scheme=scheme)
    assert walk(reader, f"{server.address}/blank/") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_use_the_page_of_an_outage(reader, broken_server, language):
    reader.emulate_media(color_scheme="light")
    assert walk(reader, f"{broken_server.address}/{language}/") == []


def test_axe_runs_all_the_rules_and_sees_a_fault(reader, address):
    """The other tests would pass as well if axe did nothing."""
    reader.emulate_media(color_scheme="light")
    open_with_axe(reader, address("home"))
    reader.evaluate("document.querySelector('.trace').style.color = '#566'")
    found = violations(reader, 360)
    assert any("color-contrast-enhanced" in line for line in found)
