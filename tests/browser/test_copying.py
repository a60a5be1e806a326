"""The button that copies a number: only where scripts and the clipboard work."""

import pytest
from playwright.sync_api import expect

from tests.browser.content import LANGUAGES


@pytest.fixture
def context(browser):
    with browser.new_context(permissions=["clipboard-write"]) as fresh:
        yield fresh


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_is_copied_and_the_reader_is_told(page, address, language):
    page.goto(address("service", language))
    plate, button = page.locator(".plate").first, page.locator("button.copy").first
    status = page.locator("[data-copied]")
    assert page.locator("button.copy").count() == page.locator(".plate").count()
    assert plate.locator("b").inner_text() in button.get_attribute("aria-label")
    expect(status).to_have_text("")
    button.press("Enter")
    expect(status).to_have_text(status.get_attribute("data-copied"))
    expect(button).to_have_text(status.get_attribute("data-copied"))
    # The page itself may not read the clipboard: pasted as a reader does it.
    page.locator(".opens summary").click()
    page.locator("#report-text").press("Control+V")
    copied = page.locator("#report-text").input_value()
    assert plate.get_attribute("href") == f"tel:{copied}"


def test_without_a_clipboard_there_is_no_button(page, address):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined });")
    page.goto(address("service"))
    expect(page.locator(".plate").first).to_be_visible()
    assert page.locator("button.copy").count() == 0


def test_a_refused_clipboard_takes_the_button_away(page, address):
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error());")
    page.goto(address("service"))
    page.locator("button.copy").first.click()
    expect(page.locator("button.copy")).to_have_count(page.locator(".plate").count() - 1)


def test_without_scripts_the_page_is_whole_and_has_no_such_button(page_without_scripts, address):
    page = page_without_scripts
    page.goto(address("service"))
    assert page.locator("button.copy").count() == 0
    page.locator(".opens summary").click()
    page.locator("input[value=right]").check()
    assert page.locator("form.report button").is_visible()
