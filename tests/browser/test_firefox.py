"""What Firefox shows and keeps: its history, its Back button, its profile on the disk.

One Firefox for all tests that look at pages (`firefox`), one whose profile is read after it has
quit (`left_behind`).
"""

import json
import shutil
from dataclasses import dataclass

import pytest

from tests.browser.firefox import START_AS_BEFORE, running, until
from tests.browser.firefox_profile import Profile
from tests.browser.stored import NOTHING, STORED_NOW

NEUTRAL = "Laika ziņas"
EXIT = "a.exit"
HEADING = "document.querySelector('h1')?.textContent"
# From the home page on: a way in, the help page, a service.
LINKS = (".ways a", "main a[href$='/pakalpojumi/']", "main h3 a")
PLACES = ("home", "sev/", "help")
# In no file of Firefox itself, and short enough to be typed.
SOUGHT = "zvqkurmis"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    with running(tmp_path_factory.mktemp("firefox")) as browser:
        yield browser


@pytest.fixture
def tab(firefox, neutral):
    fresh = firefox.open()
    yield fresh
    neutral.answers.set()
    if fresh in firefox.tabs():
        fresh.close()


@pytest.fixture
def without_scripts(firefox):
    prefer = "Services.prefs.setBoolPref('javascript.enabled', {})"
    firefox.in_window(prefer.format("false"))
    yield
    firefox.in_window(prefer.format("true"))


def arrive(tab, neutral, address):
    """Opens the search page and follows its link."""
    neutral.found = address
    tab.goto(neutral.search)
    tab.click("a")
    tab.expect_address(address)
    tab.expect("document.readyState === 'complete'")


def follow(tab, selector):
    """Clicks a link and waits for the other page, wherever it is shown."""
    before = tab.evaluate(HEADING)
    tab.click(selector)
    tab.expect(
        f"document.readyState === 'complete' && {HEADING} && {HEADING} !== {json.dumps(before)}"
    )


def read_by_links(tab, neutral, address):
    arrive(tab, neutral, address("home"))
    for selector in LINKS:
        follow(tab, selector)


def read_by_addresses(tab, neutral, address):
    tab.goto(neutral.search)
    for place in PLACES:
        tab.goto(address(place))


def leave(tab, neutral):
    tab.click(EXIT)
    tab.expect_address(neutral.first)


def search(tab):
    """Says something in the field of the page and waits for what is found."""
    tab.click("#seek-text")
    tab.press(*SOUGHT, "Enter")
    tab.expect("!!document.querySelector('#found')")


def one_colour(tab):
    """Whether nothing is to be seen of the page."""
    return len(tab.picture().convert("RGB").getcolors(1 << 24)) == 1


def elsewhere(tab, neutral):
    until(lambda: tab.address in {neutral.first, neutral.second}, "the other site")


WAYS = pytest.mark.parametrize("read", [read_by_links, read_by_addresses])


@WAYS
def test_back_and_forward_never_show_the_site(tab, neutral, address, read):
    read(tab, neutral, address)
    leave(tab, neutral)
    last, _entries = tab.session()
    for position in range(last - 1, 0, -1):
        tab.go(-1)
        tab.expect_address(neutral.first, position)
    tab.go(-1)
    tab.expect_address(neutral.search, 0)
    for position in range(1, last + 1):
        tab.go(1)
        tab.expect_address(neutral.first, position)


@WAYS
def test_the_buttons_of_the_browser_never_show_the_site(tab, firefox, neutral, address, read):
    read(tab, neutral, address)
    leave(tab, neutral)
    last, _entries = tab.session()
    firefox.button("Browser:Back")
    until(
        lambda: tab.session()[0] < last and tab.address in {neutral.search, neutral.first}, "back"
    )
    firefox.button("Browser:Forward")
    tab.expect_address(neutral.first, last)


def test_a_visit_read_in_place_leaves_nothing_behind_the_back_button(tab, neutral, address):
    read_by_links(tab, neutral, address)
    leave(tab, neutral)
    behind = (1, [(neutral.search, "Search"), (neutral.first, "Sky")])
    until(lambda: tab.session() == behind, "the search and the other site alone")


def test_going_back_loads_the_page_again_and_paints_nothing_of_it(tab, neutral, server, address):
    read_by_addresses(tab, neutral, address)
    assert not one_colour(tab)
    leave(tab, neutral)
    before, painted = tab.documents(), tab.painted()
    assert address("sev/") in painted

    neutral.answers.clear()
    tab.go(-1)
    tab.expect_address(address("sev/"), 2)
    tab.expect(f"document.title === {json.dumps(NEUTRAL)}")
    assert one_colour(tab)
    neutral.answers.set()
    tab.expect_address(neutral.first, 2)
    tab.go(1)
    tab.expect_address(neutral.first, 3)

    after = tab.documents()[len(before) :]
    assert [place for place, _ in after] == [address("sev/"), neutral.first, neutral.first]
    # Firefox keeps pages and shows the very same again: that of the other site, none of ours.
    assert [entry for entry in after if entry in before] == [before[-1]]
    assert set(tab.painted()[len(painted) :]) <= {neutral.first}


@pytest.mark.parametrize("returns", ["address", "link"])
def test_whoever_comes_back_on_purpose_sees_the_page(tab, neutral, address, returns):
    read_by_links(tab, neutral, address)
    leave(tab, neutral)
    if returns == "address":
        tab.goto(address("home"))
    else:
        tab.go(-1)
        tab.expect_address(neutral.search)
        arrive(tab, neutral, address("home"))
    assert not one_colour(tab)
    assert tab.evaluate("document.title") != NEUTRAL
    assert tab.evaluate(STORED_NOW) == NOTHING


def test_a_reload_while_leaving_does_not_show_the_page(tab, neutral, address):
    neutral.answers.clear()
    arrive(tab, neutral, address("help"))
    tab.click(EXIT)
    until(lambda: neutral.pages, "the other site is asked")
    before = tab.documents()
    tab.reload()
    until(lambda: len(tab.documents()) > len(before), "the page is loaded again")
    tab.expect(f"document.title === {json.dumps(NEUTRAL)}")
    assert one_colour(tab)
    neutral.answers.set()
    elsewhere(tab, neutral)


def test_a_reload_after_leaving_stays_with_the_other_site(tab, neutral, address):
    read_by_links(tab, neutral, address)
    leave(tab, neutral)
    before = tab.documents()
    tab.reload()
    until(lambda: len(tab.documents()) > len(before), "the page is loaded again")
    assert tab.documents()[-1][0] == neutral.first


@pytest.mark.parametrize("made_by", ["undoCloseTab", "duplicateTab"])
def test_a_copy_of_the_tab_does_not_hold_the_site(tab, firefox, neutral, address, made_by):
    read_by_links(tab, neutral, address)
    leave(tab, neutral)
    neutral.start_again()
    before = firefox.tabs()
    if made_by == "undoCloseTab":
        spare = firefox.open()
        tab.close()
        firefox.in_window("void SessionWindowUI.undoCloseTab(window)")
        before = [one for one in before if one != tab] + [spare]
    else:
        firefox.in_window("void gBrowser.duplicateTab(gBrowser.selectedTab)")
    (copy,) = until(lambda: [one for one in firefox.tabs() if one not in before], "the copy")
    copy.expect_address(neutral.first, 1)
    assert [place for place, _title in copy.session()[1]] == [neutral.search, neutral.first]


def test_the_exit_is_a_link_without_scripts(firefox, neutral, address, without_scripts):
    tab = firefox.open()
    tab.goto(address("help"))
    leave(tab, neutral)
    assert "Referer" not in neutral.pages[0].headers


def test_the_exit_works_before_the_page_has_arrived(tab, neutral, slow_site):
    tab.goto(slow_site, wait="none")
    tab.expect(f"!!document.querySelector('{EXIT}') && document.readyState === 'loading'")
    leave(tab, neutral)


@pytest.mark.parametrize("keys", [["ShiftLeft"] * 3, ["ShiftLeft", "ShiftRight", "ShiftLeft"]])
def test_three_times_shift_leaves_with_the_focus_in_a_field(tab, neutral, address, keys):
    tab.goto(address("help"))
    tab.click("#seek-text")
    tab.press(*keys)
    tab.expect_address(neutral.first)
    assert "Referer" not in neutral.pages[0].headers


def test_capitals_do_not_leave(tab, neutral, address):
    tab.goto(address("help"))
    tab.click("#seek-text")
    tab.press(*"AbCDe")
    tab.expect("document.querySelector('#seek-text').value === 'AbCDe'")
    assert tab.address == address("help")
    assert not neutral.pages


def test_escape_does_not_stop_the_exit(tab, firefox, neutral, address):
    neutral.answers.clear()
    tab.goto(address("help"))
    tab.click("#seek-text")
    tab.click(EXIT)
    until(lambda: neutral.pages, "the other site is asked")
    tab.press(*["Escape"] * 4)
    firefox.button("Browser:Stop")
    neutral.answers.set()
    elsewhere(tab, neutral)


def test_a_site_that_hangs_is_replaced_by_the_second(tab, neutral, address):
    neutral.answers.clear()
    arrive(tab, neutral, address("help"))
    tab.click(EXIT)
    tab.expect_address(neutral.second)
    assert "Referer" not in neutral.pages[-1].headers
    tab.go(-1)
    tab.expect_address(neutral.search, 0)


def test_a_site_that_refuses_does_not_bring_the_page_back(tab, neutral, server, address):
    neutral.refuses.set()
    arrive(tab, neutral, address("help"))
    tab.click(EXIT)
    tab.expect_address(neutral.first)
    assert [place for place, _title in tab.session()[1]] == [neutral.search, neutral.first]


def test_the_title_is_neutral_while_another_tab_is_in_front(tab, firefox, neutral, address):
    arrive(tab, neutral, address("home"))
    own = tab.evaluate("document.title")
    assert own != NEUTRAL
    other = firefox.open()
    tab.expect(f"document.title === {json.dumps(NEUTRAL)}")
    other.close()
    tab.activate()
    tab.expect(f"document.title === {json.dumps(own)}")


def test_a_visit_stores_nothing(tab, neutral, address):
    arrive(tab, neutral, address("help"))
    search(tab)
    follow(tab, "main h3 a")
    assert tab.evaluate(STORED_NOW) == NOTHING
    leave(tab, neutral)
    assert tab.firefox.command("storage.getCookies")["cookies"] == []


@dataclass
class Left:
    """A profile after its Firefox has quit, and what stood on the pages that were read in it."""

    profile: Profile
    texts: list[str]


# The heading of a page and its longest paragraph of plain words.
TEXTS = """["h1", "p"].map((name) => [...document.querySelectorAll(`main ${name}`)]
  .filter((one) => !one.children.length).map((one) => one.textContent)
  .sort((one, other) => other.length - one.length)[0]).filter((text) => text?.length > 12)"""


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory, neutral_process, address):
    """Three visits: left by the exit after reading and searching, tab closed, read by addresses."""
    folder = tmp_path_factory.mktemp("left")
    neutral_process.start_again()
    with running(folder) as firefox:
        tab = firefox.open()
        read_by_addresses(tab, neutral_process, lambda kind: address(kind, "ru"))
        leave(tab, neutral_process)
        closed = firefox.open()
        arrive(closed, neutral_process, address("home", "en"))
        follow(closed, ".ways a")
        texts = closed.evaluate(TEXTS)
        closed.close()
        left = firefox.open()
        arrive(left, neutral_process, address("home"))
        texts += left.evaluate(TEXTS)
        for selector in LINKS[:2]:
            follow(left, selector)
            texts += left.evaluate(TEXTS)
        search(left)
        texts += left.evaluate(TEXTS)
        leave(left, neutral_process)
    return Left(Profile(folder), texts)


def test_a_visit_is_one_row_of_the_history_with_the_neutral_title(left_behind, address):
    home = address("home")
    assert left_behind.profile.history(home) == [(home, NEUTRAL)]


def test_a_closed_tab_is_one_row_of_the_history_with_the_neutral_title(left_behind, address):
    home = address("home", "en")
    assert left_behind.profile.history(home) == [(home, "Weather")]


def test_a_closed_tab_comes_back_under_the_neutral_title(left_behind, neutral, address):
    _open, closed = left_behind.profile.session()
    assert [(neutral.search, "Search"), (address("home", "en"), "Weather")] in closed


def test_the_word_that_was_sought_is_in_no_file(left_behind, neutral):
    written = left_behind.profile.files_with(neutral.search)
    assert {"profile/places.sqlite", "profile/sessionstore.jsonlz4"} <= written
    assert left_behind.profile.files_with(SOUGHT) == set()


def test_the_text_of_the_pages_is_in_no_file(left_behind):
    assert len(left_behind.texts) >= 5
    assert left_behind.profile.files_with(*left_behind.texts) == set()


def test_no_cookie_and_no_storage_is_in_the_profile(left_behind):
    profile = left_behind.profile
    assert profile.cookies() == []
    assert not [name for name in profile.storage() if "127.0.0.1" in name]


def test_firefox_brings_back_nothing_of_the_site(left_behind, tmp_path, neutral):
    shutil.copytree(left_behind.profile.folder, tmp_path / "again", symlinks=True)
    with running(tmp_path / "again", **START_AS_BEFORE) as firefox:
        # Tabs that are not in front wait until somebody looks at them.
        (tab,) = until(firefox.tabs, "the tab in front")
        tab.expect_address(neutral.first, 1)
        assert [place for place, _title in tab.session()[1]] == [neutral.search, neutral.first]
        tab.go(-1)
        tab.expect_address(neutral.search, 0)
