"""Leaving: from every page, in every language, in every state of the page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.content import FRAMES, LANGUAGES, visits

SITE = re.compile(r"^http://127\.0\.0\.1:")
ANNOUNCED = {
    "lv": ("Shift: vēl 2 reizes, lai pamestu lapu", "Shift: vēl 1 reizi, lai pamestu lapu"),
    "ru": ("Shift: ещё 2 раза, чтобы уйти", "Shift: ещё 1 раз, чтобы уйти"),
    "en": ("Shift: 2 more times to leave", "Shift: 1 more time to leave"),
    "uk": (
        "Shift: ще 2 рази, щоб покинути сторінку",
        "Shift: ще 1 раз, щоб покинути сторінку",
    ),
    "lt": ("„Shift“: dar 2 kartus, kad išeitumėte", "„Shift“: dar 1 kartą, kad išeitumėte"),
    "lv-simple": ("Shift: vēl 2 reizes", "Shift: vēl 1 reizi"),
}
NEUTRAL_TITLES = {
    "lv": "Laika ziņas",
    "ru": "Погода",
    "en": "Weather",
    "uk": "Погода",
    "lt": "Orai",
    "lv-simple": "Laika ziņas",
}
# One task: click, then everything that a person beside the screen could see.
CLICK_AND_LOOK = """() => {
  document.querySelector("a[data-exit=leave]").click();
  const seen = [...document.body.querySelectorAll("*")].filter(
    (element) => element.checkVisibility({ visibilityProperty: true }));
  return {
    title: document.title,
    icons: [...document.querySelectorAll("link[rel~=icon]")].map((icon) => icon.href),
    seen: seen.map((element) => element.textContent.trim()),
  };
}"""


def leave(page):
    """Clicks the exit without waiting for the other site."""
    page.locator("a.exit").click(no_wait_after=True)


def back(page):
    """One step back, asked for in the page: a page out of the cache does not load again."""
    page.evaluate("setTimeout(() => history.back())")


def press_shift(page, key="Shift", times=1):
    for _press in range(times):
        page.keyboard.press(key)


def is_on_our_site(page):
    return bool(SITE.match(page.url))


@pytest.fixture(scope="module")
def restless(browser):
    """One tab that leaves again and again and comes back each time."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.mark.parametrize(("kind", "language"), visits(("help",), LANGUAGES))
def test_one_click_leaves(restless, neutral, address, kind, language):
    restless.goto(address(kind, language))
    leave(restless)
    expect(restless).to_have_url(neutral.first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_click_leaves_when_the_database_is_gone(page, neutral, broken_server, language):
    assert page.goto(f"{broken_server.address}/{language}/").status == 500
    leave(page)
    expect(page).to_have_url(neutral.first)


def test_the_last_page_of_an_exit_is_there_when_the_database_is_gone(page, neutral, broken_server):
    assert page.goto(f"{broken_server.address}/ru/blank/").status == 200
    assert page.title() == NEUTRAL_TITLES["ru"]
    assert page.locator("a").get_attribute("href") == neutral.first


def test_one_click_leaves_a_page_that_refuses_the_method(page, neutral, server):
    assert page.goto(f"{server.address}/blank/").status == 405
    leave(page)
    expect(page).to_have_url(neutral.first)


@pytest.mark.parametrize("kind", FRAMES)
def test_back_does_not_show_the_page_left(page, neutral, address, kind):
    page.goto(address(kind))
    leave(page)
    expect(page).to_have_url(neutral.first)
    back(page)
    expect(page).to_have_url("about:blank")
    page.evaluate("setTimeout(() => history.forward())")
    expect(page).to_have_url(neutral.first)


def test_back_shows_none_of_several_pages(page, neutral, address):
    for kind in ("home", "help", "service"):
        page.goto(address(kind))
    leave(page)
    expect(page).to_have_url(neutral.first)
    for _step in range(2):
        # Each of them leaves again, so the tab ends where it has been: its address alone would not
        # tell that the step is over.
        with page.expect_event("framenavigated", lambda frame: frame.url == neutral.first):
            back(page)
    back(page)
    expect(page).to_have_url("about:blank")


def test_whoever_comes_back_on_purpose_sees_the_page(page, neutral, address):
    page.goto(address("service"))
    leave(page)
    expect(page).to_have_url(neutral.first)
    page.goto(address("service"))
    expect(page.locator("h1")).to_be_visible()
    assert page.title() != NEUTRAL_TITLES["lv"]


def test_the_other_site_is_not_told_where_the_click_came_from(page, neutral, address):
    page.goto(address("help"))
    leave(page)
    expect(page).to_have_url(neutral.first)
    assert "Referer" not in neutral.pages[0].headers
    assert page.evaluate("window.opener === null && document.referrer === ''")


def test_the_other_site_is_not_told_where_the_keys_came_from(page, neutral, address):
    page.goto(address("help"))
    press_shift(page, times=3)
    expect(page).to_have_url(neutral.first)
    assert "Referer" not in neutral.pages[0].headers


def test_the_other_site_is_not_told_anything_without_scripts(
    page_without_scripts, neutral, address
):
    page_without_scripts.goto(address("help"))
    leave(page_without_scripts)
    expect(page_without_scripts).to_have_url(neutral.first)
    assert "Referer" not in neutral.pages[0].headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_seen_while_the_other_site_opens(page, neutral, address, language):
    neutral.answers.clear()
    page.goto(address("service", language))
    loading = page.locator("a.exit").get_attribute("data-loading")
    found = page.evaluate(CLICK_AND_LOOK)
    assert found["title"] == NEUTRAL_TITLES[language]
    assert found["icons"] == ["data:,"]
    assert [text for text in found["seen"] if text] == [loading]


def test_a_site_that_hangs_is_replaced_by_the_second(page, neutral, address):
    neutral.answers.clear()
    page.goto(address("help"))
    leave(page)
    expect(page).to_have_url(neutral.second)
    assert "Referer" not in neutral.pages[-1].headers
    back(page)
    expect(page).to_have_url("about:blank")


def test_a_site_that_refuses_does_not_bring_the_page_back(page, neutral, address):
    neutral.refuses.set()
    page.goto(address("help"))
    heading = page.locator("h1").inner_text()
    leave(page)
    expect(page.get_by_text(heading, exact=True)).to_be_hidden()
    page.wait_for_url(lambda url: not SITE.match(url))
    assert heading not in page.locator("body").inner_text()


@pytest.mark.parametrize("kind", FRAMES)
def test_the_exit_is_a_link_without_scripts(page_without_scripts, neutral, address, kind):
    page_without_scripts.goto(address(kind))
    leave(page_without_scripts)
    expect(page_without_scripts).to_have_url(neutral.first)


def test_the_exit_works_before_the_page_has_arrived(page, neutral, slow_site):
    page.goto(slow_site, wait_until="commit")
    expect(page.locator("a.exit")).to_be_visible()
    assert page.evaluate("document.readyState") == "loading"
    assert page.evaluate(CLICK_AND_LOOK)["icons"] == ["data:,"]
    expect(page).to_have_url(neutral.first)


def test_the_keys_work_before_the_page_has_arrived(page, neutral, slow_site):
    page.goto(slow_site, wait_until="commit")
    expect(page.locator("a.exit")).to_be_visible()
    press_shift(page, times=3)
    expect(page).to_have_url(neutral.first)


def test_the_exit_works_without_the_stylesheet(page, neutral, address):
    page.route("**/*.css", lambda route: route.abort())
    page.goto(address("home"))
    leave(page)
    expect(page).to_have_url(neutral.first)


@pytest.mark.parametrize("keys", [["Shift"] * 3, ["ShiftLeft", "ShiftRight", "ShiftLeft"]])
def test_three_times_shift_leaves(page, neutral, address, keys):
    page.goto(address("help"))
    for key in keys:
        press_shift(page, key)
    expect(page).to_have_url(neutral.first)


def test_left_and_right_shift_may_overlap(page, neutral, address):
    page.goto(address("help"))
    page.keyboard.down("ShiftLeft")
    page.keyboard.down("ShiftRight")
    page.keyboard.up("ShiftLeft")
    page.keyboard.down("ShiftLeft")
    expect(page).to_have_url(neutral.first)


@pytest.mark.parametrize("field", ["<input>", "<textarea></textarea>", "<select></select>"])
def test_shift_leaves_with_the_focus_in_a_field(page, neutral, address, field):
    page.goto(address("help"))
    put_field(page, field)
    press_shift(page, times=3)
    expect(page).to_have_url(neutral.first)


def put_field(page, field):
    page.evaluate(
        "(field) => { const main = document.querySelector('main');"
        "main.insertAdjacentHTML('afterbegin', field); main.firstElementChild.focus(); }",
        field,
    )


def test_capitals_do_not_leave(page, neutral, address):
    page.goto(address("help"))
    put_field(page, "<input>")
    for letter in "AbCDe":
        page.keyboard.press(f"Shift+{letter}" if letter.isupper() else letter)
    assert page.locator("main > input").input_value() == "AbCDe"
    assert stays(page, neutral)


def test_a_shift_key_held_down_counts_once(page, neutral, address):
    page.goto(address("help"))
    for _repeat in range(6):
        page.keyboard.down("Shift")
    page.keyboard.up("Shift")
    expect(page.locator("[data-exit-status]")).to_have_text(ANNOUNCED["lv"][0])
    assert stays(page, neutral)


def test_another_key_between_starts_the_count_again(page, neutral, address):
    page.goto(address("help"))
    press_shift(page, times=2)
    page.keyboard.press("x")
    press_shift(page, times=2)
    assert stays(page, neutral)


def test_escape_does_nothing(page, neutral, address):
    page.goto(address("help"))
    for _press in range(4):
        page.keyboard.press("Escape")
    assert stays(page, neutral)


def test_escape_does_not_stop_the_exit(page, neutral, address):
    neutral.answers.clear()
    page.goto(address("help"))
    leave(page)
    for _press in range(4):
        page.keyboard.press("Escape")
    neutral.answers.set()
    page.wait_for_url(lambda url: not SITE.match(url))
    assert page.url in {neutral.first, neutral.second}


def stays(page, neutral):
    """The page is where it was, to be seen, and nobody else was asked."""
    return is_on_our_site(page) and page.locator("h1").is_visible() and not neutral.pages


@pytest.mark.parametrize("language", ANNOUNCED)
def test_the_keys_are_counted_aloud_in_the_language_of_the_page(page, neutral, address, language):
    page.goto(address("home", language))
    status = page.get_by_role("status").first
    for words in ANNOUNCED[language]:
        press_shift(page)
        expect(status).to_have_text(words)
    assert page.locator("html").get_attribute("lang") == language[:2]


EXPIRED = {
    "lv": "Laiks beidzās. Lapa paliek atvērta.",
    "ru": "Время вышло. Страница остаётся открытой.",
    "en": "Time is up. The page stays open.",
    "uk": "Час вийшов. Сторінка лишається відкритою.",
    "lt": "Laikas baigėsi. Puslapis lieka atvertas.",
    "lv-simple": "Lapa paliek atvērta.",
}


@pytest.mark.parametrize("language", EXPIRED)
def test_the_count_ends_after_five_seconds_and_says_so(page, neutral, address, language):
    page.clock.install(time=0)
    page.goto(address("home", language))
    page.clock.pause_at(600)
    press_shift(page, times=2)
    page.clock.run_for(4_999)
    expect(page.locator("[data-exit-status]")).to_have_text(ANNOUNCED[language][1])
    page.clock.run_for(1)
    expect(page.locator("[data-exit-status]")).to_have_text(EXPIRED[language])
    press_shift(page, times=2)
    assert stays(page, neutral)
    press_shift(page)
    expect(page).to_have_url(neutral.first)


def test_only_the_clearing_address_is_told(page, neutral, address, server):
    page.goto(address("service"))
    told = []
    page.on("request", lambda request: told.append((request.method, request.url, request)))
    leave(page)
    expect(page).to_have_url(neutral.first)
    # The page's own icon may still be on its way.
    files = f"{server.address}/static/"
    own = [
        entry
        for entry in told
        if entry[1].startswith(server.address) and not entry[1].startswith(files)
    ]
    assert [entry[:2] for entry in own] == [("POST", f"{server.address}/blank/")]
    assert not own[0][2].post_data


def test_no_window_is_opened(page, neutral, address):
    opened = []
    page.on("console", lambda line: line.text == "opened" and opened.append(line.text))
    page.add_init_script("window.open = () => { console.log('opened'); return null; };")
    page.goto(address("help"))
    page.evaluate("window.open()")
    assert opened == ["opened"]
    leave(page)
    expect(page).to_have_url(neutral.first)
    assert opened == ["opened"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_practising_stays_here_and_says_so(page, neutral, address, language):
    page.goto(address("parluks/", language))
    done = page.locator("#practised")
    expect(done).to_be_hidden()
    page.locator("[data-exit=practice]").click()
    expect(done).to_be_visible()
    assert stays(page, neutral)


def test_leaving_while_practising_leaves(page, neutral, address):
    neutral.answers.clear()
    page.goto(address("parluks/"))
    page.locator("[data-exit=practice]").click()
    press_shift(page, times=3)
    expect(page.locator("main")).to_have_count(0)
    expect(page).to_have_url(neutral.second)


def test_practising_works_without_scripts(page_without_scripts, neutral, address):
    page_without_scripts.goto(address("parluks/"))
    page_without_scripts.locator("[data-exit=practice]").click()
    expect(page_without_scripts.locator("#practised")).to_be_visible()


def test_the_exit_still_works_after_practising(page, neutral, address):
    page.goto(address("parluks/"))
    page.locator("[data-exit=practice]").click()
    expect(page.locator("#practised")).to_be_visible()
    leave(page)
    expect(page).to_have_url(neutral.first)
