"""What the help tab leaves behind and tells: it is in no list of the browser."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser import serving
from tests.browser.chromium import executable
from tests.browser.help_tab.panel import (
    OPEN_TREES,
    PAGE,
    button,
    change_language,
    close,
    is_gone,
    open_a_service,
    press,
    search,
)
from tests.browser.stored import NOTHING, STORED

# Letters that stand nowhere else on this machine.
MARKER = "zqvirs7391"


@pytest.fixture
def profile(tmp_path, browser):
    """A browser with a profile on disk, and the folder of it."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=executable(),
        args=serving.ARGUMENTS,
        ignore_default_args=serving.WANTED,
    )
    context.add_init_script(OPEN_TREES)
    yield context, tmp_path / "profile"
    context.close()


def listed(context):
    """What chrome://history shows, as one text."""
    page = context.new_page()
    page.goto("chrome://history")
    expect(page.locator("history-item").first).to_be_visible()
    links = page.locator("history-item a").evaluate_all("(all) => all.map((one) => one.href)")
    page.close()
    return links


def rows(folder):
    """The addresses in the browser's own file of the history."""
    with closing(sqlite3.connect(folder / "Default" / "History")) as database:
        return [address for (address,) in database.execute("SELECT url FROM urls")]


def files_with(folder, word):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if word.encode() in path.read_bytes()]


def test_a_visit_to_the_panel_is_in_no_list(profile, shop, neutral, server):
    context, folder = profile
    page = context.new_page()
    page.goto(neutral.first)
    page.goto(f"{shop.address}/")
    before = page.evaluate("history.length")
    press(page)
    steps = (lambda page: search(page, f"sit {MARKER}"), open_a_service, change_language, close)
    for step in steps:
        step(page)
        assert page.evaluate("history.length") == before
    is_gone(page, server)
    shown = listed(context)
    page.evaluate("setTimeout(() => history.back())")
    expect(page).to_have_url(neutral.first)
    page.evaluate("setTimeout(() => history.forward())")
    expect(page).to_have_url(f"{shop.address}/")
    context.close()
    for addresses in (shown, rows(folder)):
        assert [address for address in addresses if address.startswith(shop.address)]
        assert not [address for address in addresses if address.startswith(server.address)]
    assert files_with(folder, shop.address)
    assert not files_with(folder, MARKER)


def test_back_with_the_panel_open_leaves_the_page_of_the_shop(reader, shop, neutral):
    reader.goto(neutral.first)
    reader.goto(f"{shop.address}/")
    press(reader)
    search(reader)
    open_a_service(reader)
    reader.evaluate("setTimeout(() => history.back())")
    expect(reader).to_have_url(neutral.first)
    reader.evaluate("setTimeout(() => history.forward())")
    expect(reader).to_have_url(f"{shop.address}/")
    expect(button(reader)).to_be_visible()
    expect(reader.locator("dialog, iframe")).to_have_count(0)


def test_nothing_is_asked_of_us_before_the_press(reader, shop, server):
    asked = []
    reader.on("request", lambda one: asked.append((one.method, one.url, one.headers)))
    reader.goto(f"{shop.address}/")
    expect(button(reader)).to_be_visible()

    def told():
        return [entry for entry in asked if entry[1].startswith(server.address)]

    assert [entry[:2] for entry in told()] == [("GET", f"{server.address}/lv/tab.js")]
    press(reader)
    search(reader)
    assert [entry[:2] for entry in told()[1:]] == [
        ("GET", f"{server.address}/lv/blakus/"),
        ("POST", f"{server.address}/lv/blakus/"),
    ]
    assert not any(headers.get("referer") for _method, _url, headers in told()[:2])
    assert reader.evaluate(STORED) == NOTHING
    frame = next(frame for frame in reader.frames if frame.url.startswith(server.address))
    assert frame.evaluate("document.referrer") == ""
    assert reader.context.cookies() == []


def test_the_page_around_hears_nothing(reader, shop):
    reader.add_init_script("heard = []; addEventListener('message', (e) => heard.push(e.data));")
    reader.goto(f"{shop.address}/")
    press(reader)
    search(reader)
    close(reader)
    expect(reader.locator("dialog")).to_have_count(0)
    assert reader.evaluate("heard") == []


def test_without_the_line_there_is_nothing(reader, shop, server):
    shop.page = PAGE.format(script="")
    asked = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto(f"{shop.address}/")
    assert reader.locator("body > *").count() == 1
    assert not [url for url in asked if url.startswith(server.address)]
    assert reader.evaluate(STORED) == NOTHING
