"""Suggestions while typing: our own list, fetched once, with nothing of what is typed."""

import pytest
from playwright.sync_api import expect

from tests.browser.stored import NOTHING, STORED

BOX = "#seek-text"
OPTIONS = f"{BOX} + datalist option"


@pytest.fixture
def asked(context):
    """What the browser asks for, with what it sends along."""
    found = []
    context.on("request", lambda request: found.append((request.url, request.post_data)))
    return found


def test_typing_sends_nothing_and_stores_nothing(page, address, asked):
    page.goto(address("help"))
    expect(page.locator("footer [data-switch]")).to_be_visible()
    before = len(asked)
    page.locator(BOX).focus()
    expect(page.locator(OPTIONS).first).to_be_attached()
    assert asked[before:] == [(address("pakalpojumi/vardi/"), None)]
    page.locator(BOX).press_sequentially("bērni")
    page.locator("h1").click()
    page.locator(BOX).focus()
    page.locator(BOX).press_sequentially(" un")
    assert len(asked) == before + 1
    assert page.locator("datalist").count() == 1
    assert page.evaluate(STORED) == NOTHING


def test_a_suggestion_is_announced_and_brings_services(page, address):
    page.goto(address("help", "en"))
    page.locator(BOX).focus()
    expect(page.locator(OPTIONS).first).to_be_attached()
    # A box with a list is a combobox for keyboards and screen readers.
    expect(page.get_by_role("combobox")).to_have_accessible_name(
        page.locator("label[for=seek-text]").inner_text()
    )
    words = page.locator(OPTIONS).first.get_attribute("value")
    page.locator(BOX).fill(words)
    page.locator(BOX).press("Enter")
    expect(page.locator("body")).to_have_count(1)
    expect(page.locator("[data-back]")).to_be_visible()
    expect(page.locator("#found")).to_contain_text("found")
    assert page.locator("li.card").count()
    assert page.locator(BOX).input_value() == words


def test_read_in_place_the_box_suggests_too(page, address):
    page.goto(address("home"))
    expect(page.locator("footer [data-switch]")).to_be_visible()
    page.locator("header a[href$='/lv/pakalpojumi/']").first.evaluate("link => link.click()")
    expect(page.locator("[data-back]")).to_be_visible()
    page.locator(BOX).focus()
    expect(page.locator(OPTIONS).first).to_be_attached()
    page.locator("a[href$='/ru/pakalpojumi/']").first.evaluate("link => link.click()")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.locator(BOX).focus()
    expect(page.locator(f"{OPTIONS}[value='дети и подростки']")).to_be_attached()


def test_without_script_there_is_the_plain_box(page_without_scripts, address):
    page = page_without_scripts
    page.goto(address("help"))
    page.locator(BOX).focus()
    assert page.locator("datalist, [list]").count() == 0
    page.locator(BOX).fill("vīrs mani sit")
    page.locator(BOX).press("Enter")
    expect(page.locator("li.card").first).to_be_visible()


def test_where_the_list_does_not_come_the_box_works(page, address):
    page.route("**/pakalpojumi/vardi/", lambda route: route.abort())
    page.goto(address("help"))
    page.locator(BOX).focus()
    page.locator(BOX).fill("vīrs mani sit")
    page.locator(BOX).press("Enter")
    expect(page.locator("[data-back]")).to_be_visible()
    expect(page.locator("li.card").first).to_be_visible()
