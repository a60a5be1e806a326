"""The help tab in use: words, a service, the way back, a language, by hand and by keys."""

import pytest
from playwright.sync_api import expect

from tests.browser.help_tab.panel import (
    change_language,
    close,
    inside,
    is_gone,
    open_a_service,
    press,
    search,
)
from tests.browser.profiles import until


def test_words_a_service_the_way_back_and_a_language_in_one_document(reader, shop, server):
    reader.goto(f"{shop.address}/")
    press(reader)
    frame = next(frame for frame in reader.frames if frame.url.startswith(server.address))
    frame.evaluate("mark = 1")
    search(reader)
    found = inside(reader).locator("[data-service]").count()
    assert found > 2
    open_a_service(reader)
    expect(inside(reader).locator("h2")).to_be_focused()
    change_language(reader)
    expect(inside(reader).locator(".plate").first).to_be_visible()
    inside(reader).locator("[data-back]").click()
    expect(inside(reader).locator("[data-service]")).to_have_count(found)
    expect(inside(reader).locator("input")).to_have_value("vīrs sit")
    change_language(reader, "lt")
    expect(inside(reader).locator("[data-service]")).to_have_count(found)
    assert frame.evaluate("mark") == 1
    assert frame.url == f"{server.address}/lv/blakus/"


def test_a_long_text_stays_in_the_box_as_far_as_it_was_used(reader, shop):
    reader.goto(f"{shop.address}/")
    press(reader)
    search(reader, f"  🦊 vīrs  sit {' '.join(f'x{number}' for number in range(40))}")
    expect(inside(reader).locator("[data-letters]")).to_be_visible()
    used = " ".join(f"x{number}" for number in range(22))
    expect(inside(reader).locator("input")).to_have_value(f"🦊 vīrs sit {used}")


def test_where_nothing_was_found_a_need_is_one_tap_away(reader, shop):
    reader.goto(f"{shop.address}/")
    press(reader)
    search(reader, "qqqqqq")
    need = inside(reader).locator("[data-text]").first
    words = need.inner_text()
    need.click()
    expect(inside(reader).locator("[data-text]")).to_have_count(0)
    expect(inside(reader).locator("input")).to_have_value(words)
    expect(inside(reader).locator("h2")).to_be_focused()
    assert inside(reader).locator("[data-service]").count()


def press_in(frame, key):
    """Said in the page and not waited for: the driver waits for ever for an answer of a frame that
    its own key has taken away."""
    frame.evaluate(
        "(key) => { setTimeout(() => document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', { key, bubbles: true }))); }",
        key.removesuffix("Left").removesuffix("Right"),
    )


def panel_of(page, server):
    """The frame of the panel. Asked for: one that moves to another process is not always told."""

    def there():
        return next((one for one in page.frames if one.url.startswith(server.address)), None)

    until(lambda: page.evaluate("true") and there(), "the panel is open")
    return there()


def test_by_keys_alone(page, shop, server):
    """In a closed tree, as it is."""
    page.goto(f"{shop.address}/")
    page.wait_for_selector("side-tab", state="attached")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "side-tab"
    page.keyboard.press("Enter")
    frame = panel_of(page, server)
    focused = "document.hasFocus() && document.activeElement.localName"
    for _stop in range(30):
        page.keyboard.press("Tab")
        if frame.evaluate(focused) == "input":
            break
    page.keyboard.type("vīrs sit")
    page.keyboard.press("Enter")
    expect(frame.locator("h2")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(frame.locator(".plate").first).to_be_visible()
    with page.expect_event("framedetached"):
        press_in(frame, "Escape")
    assert page.evaluate("document.activeElement.localName") == "side-tab"


@pytest.mark.parametrize("keys", [["Escape"], ["Shift"] * 3, ["ShiftLeft", "ShiftRight", "Shift"]])
@pytest.mark.parametrize("where", ["frame", "panel"])
def test_keys_close_it(reader, shop, server, keys, where):
    reader.goto(f"{shop.address}/")
    press(reader)
    if where == "frame":
        inside(reader).locator("input").click()
    inner = reader.frames[-1]
    with reader.expect_event("framedetached"):
        for key in keys:
            if where == "frame":
                press_in(inner, key)
            else:
                reader.keyboard.press(key)
    is_gone(reader, server)


@pytest.mark.parametrize("where", ["frame", "panel"])
def test_capitals_and_a_held_key_do_not_close_it(reader, shop, where):
    reader.goto(f"{shop.address}/")
    press(reader)
    if where == "frame":
        inside(reader).locator("input").click()
    for key in ("Shift+A", "Shift+B", "Shift+C", "Shift", "Shift", "x", "Shift"):
        reader.keyboard.press(key)
    for _repeat in range(5):
        reader.keyboard.down("Shift")
    reader.keyboard.up("Shift")
    expect(inside(reader).locator(".numbers a").first).to_be_visible()


def test_after_closing_it_opens_anew_and_empty(reader, shop, server):
    reader.goto(f"{shop.address}/")
    press(reader)
    search(reader)
    close(reader)
    is_gone(reader, server)
    press(reader)
    expect(inside(reader).locator("input")).to_have_value("")
    expect(inside(reader).locator("[data-service]")).to_have_count(0)
