"""The tab after the exit, and before it: Back, Forward, reload, coming back on purpose.

In a reader's own browser. A visit that opened several addresses (links of other sites, typed
ones) is the harder one: reading in place leaves nothing to go back to.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.profiles import (
    Row,
    another_page,
    arrive,
    entries,
    leave,
    look,
    rows_listed,
)
from tests.browser.serving import free_port

NEUTRAL = "Laika ziņas"
SITE = re.compile(r"^http://127\.0\.0\.1:")
SHOWN = "addEventListener('pageshow', (event) => console.debug(`kept ${event.persisted}`))"


def press_back(page, steps):
    """The way of a tool that presses the button; it skips nothing."""
    (page.go_back if steps < 0 else page.go_forward)(wait_until="commit")


def ask_history(page, steps):
    look(page, f"void setTimeout(() => history.go({steps}))")


def move(page, how, steps):
    """One move, until the tab has come to rest on another page than one of ours."""
    with page.expect_event("framenavigated"):
        how(page, steps)
    expect(page).not_to_have_url(SITE)


def read_in_place(page, address):
    for link in (".menu a", ".card h3 a", ".languages a"):
        with another_page(page):
            if link.startswith(".menu"):
                page.locator(".menu summary").click()
            page.locator(link).first.click()


def open_addresses(page, address):
    for kind in ("help", "service", "parluks/"):
        page.goto(address(kind))


@pytest.fixture
def visitor(tab, start, address, neutral):
    """A tab in which the visit begins on another site."""
    arrive(tab, start, address("home"))
    return tab


@pytest.mark.parametrize("how", [press_back, ask_history])
@pytest.mark.parametrize("visit", [read_in_place, open_addresses])
def test_neither_back_nor_forward_shows_the_site(visitor, neutral, address, visit, how):
    visit(visitor, address)
    leave(visitor, neutral.first)
    place, rows = entries(visitor)
    first = [row.title for row in rows].index("Results")
    for _step in range(place - first):
        move(visitor, how, -1)
    expect(visitor).to_have_title("Results")
    for _step in range(place - first):
        move(visitor, how, +1)
        expect(visitor).to_have_url(neutral.first)


def test_back_may_jump_over_several_pages(visitor, neutral, address):
    open_addresses(visitor, address)
    leave(visitor, neutral.first)
    move(visitor, ask_history, -2)
    expect(visitor).to_have_url(neutral.first)


@pytest.mark.parametrize("visit", [read_in_place, open_addresses])
def test_the_list_under_the_back_button_is_neutral(visitor, neutral, address, visit):
    visit(visitor, address)
    leave(visitor, neutral.first)
    _place, rows = entries(visitor)
    assert {row.title for row in rows} <= {"", "about:blank", "Results", "Sky", NEUTRAL}


def test_no_page_of_the_visit_waits_in_the_memory(visitor, neutral, address):
    told = []
    visitor.on("console", lambda line: told.append(line.text))
    visitor.add_init_script(SHOWN)
    open_addresses(visitor, address)
    # A step within the visit: this browser does keep pages.
    press_back(visitor, -1)
    expect(visitor).to_have_url(address("service"))
    expect(visitor.locator("h1")).to_be_visible()
    assert told[-1] == "kept true"
    told.clear()
    leave(visitor, neutral.first)
    move(visitor, ask_history, -1)
    move(visitor, ask_history, -1)
    move(visitor, ask_history, +3)
    assert "kept true" not in told


def test_the_exit_does_not_wait_for_the_memory_to_be_emptied(visitor, neutral):
    held = []

    def hold(route):
        held.append(route)

    visitor.route("**/blank/", hold)
    leave(visitor, neutral.first)
    assert [route.request.method for route in held] == ["POST"]
    held[0].abort()
    visitor.unroute_all(behavior="ignoreErrors")


def test_a_link_followed_after_the_exit_shows_the_page(visitor, start, neutral, address):
    leave(visitor, neutral.first)
    arrive(visitor, start, address("service"))
    expect(visitor.locator("h1")).to_be_visible()
    assert visitor.title() != NEUTRAL
    assert look(visitor, "sessionStorage.length") == 0
    visitor.reload()
    expect(visitor.locator("h1")).to_be_visible()


def test_back_within_the_visit_shows_a_page_that_can_be_used(visitor, address):
    title = visitor.title()
    visitor.goto(address("help"))
    press_back(visitor, -1)
    expect(visitor).to_have_url(address("home"))
    expect(visitor.locator("h1")).to_be_visible()
    expect(visitor).to_have_title(title)
    with another_page(visitor):
        visitor.locator(".ways a").first.click()


def test_reloading_after_the_exit_stays_away(visitor, neutral):
    leave(visitor, neutral.first)
    visitor.reload()
    expect(visitor).to_have_url(neutral.first)
    assert len(neutral.pages) == 2


def test_links_within_a_page_are_no_steps(visitor, reader, address):
    before = entries(visitor)
    visitor.locator("a.skip").focus()
    visitor.keyboard.press("Enter")
    expect(visitor.locator("main")).to_be_focused()
    assert entries(visitor) == before
    assert not [row for row in rows_listed(reader) if "#" in row.address]


def rows_of(context, address) -> list[Row]:
    return [row for row in rows_listed(context) if row.address == address]


# Each leaves from a page that no other test here opens: the profile remembers.
@pytest.mark.parametrize(
    ("path", "name"),
    [("privatums/", "neutral.localhost"), ("pieklustamiba/", "nowhere.invalid")],
)
def test_a_target_that_is_not_there_leaves_a_neutral_title(tab, reader, start, address, path, name):
    """The browser shows its own page then, no script of ours runs any more, and the address of the
    page left stays in the list."""
    arrive(tab, start, address(path))
    target = f"http://{name}:{free_port()}/"
    tab.locator("a.exit").evaluate("(exit, target) => { exit.href = target }", target)
    tab.locator("a.exit").click(no_wait_after=True)
    expect(tab).to_have_url("chrome-error://chromewebdata/")
    assert {row.title for row in rows_of(reader, address(path))} <= {NEUTRAL}


def test_the_last_place_is_a_neutral_page_of_our_own(tab, reader, start, address, neutral):
    neutral.answers.clear()
    path = address("par-mums/")
    arrive(tab, start, path)
    words = tab.locator("h1").inner_text()
    second = neutral.first + "second"
    tab.locator("a.exit").evaluate("(exit, target) => { exit.dataset.second = target }", second)
    leave(tab, address("blank/"))
    assert [visit.path for visit in neutral.visits] == ["/", "/second"]
    assert tab.title() == NEUTRAL
    assert words not in tab.locator("body").inner_text()
    assert rows_of(reader, path) == []
    assert {row.title for row in rows_of(reader, tab.url)} <= {NEUTRAL}
    neutral.answers.set()
    move(tab, ask_history, -1)
    expect(tab).to_have_title("Results")
