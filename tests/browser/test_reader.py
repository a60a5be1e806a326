"""Reading in place: a visit of many pages is one address, and everything still works."""

import re

import pytest
from playwright.sync_api import expect

from frame.storage import smaller
from quick_exit import script
from tests.browser.content import LANGUAGES

# Where the browser thinks it is and what it has kept.
STATE = """() => ({
  address: location.href,
  entries: history.length,
  stored: localStorage.length + sessionStorage.length,
  cookie: document.cookie,
})"""


@pytest.fixture
def visit(page, address):
    """Opens a page; afterwards `same()` says that address, history and storage are unchanged."""

    class Visit:
        def __init__(self):
            self.page = page

        def open(self, kind="home", language="lv"):
            page.goto(address(kind, language))
            expect(page.locator("footer [data-switch]")).to_be_visible()
            self.before = page.evaluate(STATE)
            return page

        def same(self):
            return page.evaluate(STATE) == self.before

    return Visit()


def follow(page, selector, heading=None):
    """Follows the first such link and waits until its page stands here."""
    link = page.locator(selector).first
    before = page.locator("h1").inner_text()
    link.click()
    expect(page.locator("h1")).not_to_have_text(before)
    expect(page.locator("main[aria-busy]")).to_have_count(0)


def test_links_are_read_in_place(visit):
    page = visit.open()
    follow(page, ".menu ~ nav a, .ways a, main a[href*='/pakalpojumi/']")
    follow(page, "main a[href^='http']:not([rel*=external])")
    assert visit.same()


def test_another_site_takes_the_place_of_this_one(visit, neutral):
    """Its Back button leads to what came before, which is no page of ours."""
    visit.page.goto(neutral.second)
    page = visit.open()
    link = page.locator("main a[rel~=external]").first
    link.evaluate("(link, address) => (link.href = address)", neutral.first)
    link.click()
    expect(page).to_have_url(neutral.first)
    page.go_back(wait_until="commit")
    expect(page).to_have_url(neutral.second)


def test_the_title_and_the_focus_are_those_of_the_page_shown(visit):
    page = visit.open()
    before = page.title()
    follow(page, ".ways a")
    assert page.title() != before
    assert page.evaluate("document.activeElement === document.querySelector('main h1')")
    assert page.evaluate("scrollY") == 0


def test_back_returns_to_the_place_and_the_link(visit):
    page = visit.open()
    link = page.locator("main a[href*='/lv/']").last
    link.scroll_into_view_if_needed()
    address, place = link.get_attribute("href"), page.evaluate("scrollY")
    heading, title = page.locator("h1").inner_text(), page.title()
    expect(page.locator("[data-back]")).to_be_hidden()
    link.click()
    expect(page.locator("h1")).not_to_have_text(heading)
    page.locator("[data-back]").click()
    expect(page.locator("h1")).to_have_text(heading)
    assert page.title() == title
    assert page.evaluate("scrollY") == pytest.approx(place, abs=2)
    assert page.evaluate("document.activeElement.getAttribute('href')") == address
    expect(page.locator("[data-exit-status]")).to_have_text(title)
    expect(page.locator("[data-back]")).to_be_hidden()
    assert visit.same()


def test_the_whole_way_back_works_by_keyboard(visit):
    page = visit.open()
    headings = [page.locator("h1").inner_text()]
    for _step in range(2):
        follow(page, "footer nav li:nth-child(2) a" if _step else "footer nav li:first-child a")
        headings.append(page.locator("h1").inner_text())
    for heading in reversed(headings[:-1]):
        page.locator("[data-back]").focus()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(heading)
    assert visit.same()


def test_a_search_is_read_in_place_and_leaves_no_word(visit):
    page = visit.open("help")
    page.locator("#seek-text").fill("vajag advokātu")
    page.locator(".seek button").click()
    expect(page.locator("#found")).to_be_visible()
    assert page.locator("#seek-text").input_value() == "vajag advokātu"
    assert "advok" not in page.title()
    assert visit.same()


def test_choices_of_the_list_are_read_in_place(visit):
    page = visit.open("help")
    page.locator(".needs.times li:nth-child(2) a").click()
    expect(page.locator(".chosen")).to_be_visible()
    page.locator(".chosen .none").click()
    expect(page.locator(".chosen")).to_have_count(0)
    assert visit.same()


def test_the_guided_path_is_read_in_place(visit):
    page = visit.open("path")
    first = page.locator("h2").first.inner_text()
    page.locator("nav.path a").first.click()
    expect(page.locator("h2").first).not_to_have_text(first)
    assert visit.same()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_changed_in_place(visit, address, language):
    other = "ru" if language != "ru" else "lv"
    page = visit.open("parluks/", language)
    page.locator(f".languages a[href$='/{other}/parluks/']").click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    leave = page.locator("a.exit")
    expect(leave).to_have_text({"ru": "Уйти со страницы", "lv": "Pamest lapu"}[other])
    assert page.evaluate("document.documentElement.className") == ""
    assert visit.same()
    page.locator("[data-back]").click()
    expect(leave).not_to_have_text({"ru": "Уйти со страницы", "lv": "Pamest lapu"}[other])


def test_the_skip_link_stays_on_the_page_after_a_change_of_language(visit):
    page = visit.open("parluks/")
    page.locator(".languages a[href$='/ru/parluks/']").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    follow(page, "footer nav li:first-child a")
    heading = page.locator("h1").inner_text()
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    expect(page.locator("h1")).to_have_text(heading)


def test_a_newer_version_of_the_site_is_opened_as_a_link(visit):
    page = visit.open()
    target = page.locator(".ways a").first.evaluate("(link) => link.href")

    def newer(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("reader.js", "reader.js?2"))

    page.route(target, newer)
    with page.expect_navigation(url=target):
        page.locator(".ways a").first.click()


def test_what_was_sent_is_not_sent_again_unasked(visit):
    page = visit.open("service")
    page.locator("details.opens summary").click()
    page.locator(".report [name=answer]").first.check()
    page.locator("#report-text").fill("Neviens neatbild.")
    sent = []

    def lose(route):
        sent.append(route.request.resource_type)
        route.abort()

    page.route("**/numurs/", lose)
    page.locator(".report button").click()
    expect(page.locator("[data-failed]")).to_be_visible()
    assert page.locator("#report-text").input_value() == "Neviens neatbild."
    assert sent == ["fetch"]
    page.unroute("**/numurs/")
    with page.expect_navigation(url="**/numurs/"):
        page.locator(".report button").click()
    expect(page.locator("h1")).to_be_visible()


def test_back_finds_a_focus_where_there_was_none(visit):
    page = visit.open()
    page.evaluate("document.querySelector('.ways a').click()")
    expect(page.locator("[data-back]")).to_be_visible()
    page.evaluate("document.querySelector('[data-back]').click()")
    expect(page.locator("main h1")).to_be_focused()


def test_turned_off_the_way_back_keeps_the_address_true(visit):
    page = visit.open()
    follow(page, ".ways a")
    page.locator("footer [data-switch]").click()
    page.locator("[data-back]").click()
    expect(page.locator("[data-back]")).to_be_hidden()
    assert page.url == visit.before["address"]


def test_the_exit_leaves_from_a_page_in_place(visit, neutral):
    page = visit.open()
    follow(page, ".ways a")
    follow(page, "footer nav li:first-child a")
    page.locator("a.exit").click(no_wait_after=True)
    expect(page).to_have_url(neutral.first)
    page.evaluate("setTimeout(() => history.back())")
    expect(page).to_have_url("about:blank")


@pytest.mark.parametrize("ending", ["continue_", "abort"])
def test_a_page_that_arrives_late_does_not_undo_the_exit(visit, neutral, ending):
    page = visit.open()
    held = []

    def hold(route):
        if route.request.resource_type == "document":
            return route.continue_()
        return held.append(route)

    page.route("**/pakalpojumi/", hold)
    neutral.answers.clear()
    page.evaluate(
        "() => { const link = document.querySelector('footer nav a');"
        "link.href = '/lv/pakalpojumi/'; link.click(); }"
    )
    expect(page.locator("main[aria-busy=true]")).to_have_count(1)
    page.locator("a.exit").click(no_wait_after=True)
    getattr(held[0], ending)()
    expect(page).to_have_url(neutral.second)


def test_anchors_move_without_a_step_in_the_history(visit):
    page = visit.open("help")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert visit.same()


def test_links_of_a_page_in_place_lead_where_they_say(visit, server):
    page = visit.open()
    follow(page, ".ways a")
    addresses = page.locator("main a").evaluate_all(
        "(all) => all.map((a) => a.getAttribute('href'))"
    )
    assert addresses
    assert all(re.match(r"https?://|tel:|sms:|mailto:|#", one) for one in addresses)


def test_turned_off_the_address_is_that_of_the_page(visit, server):
    page = visit.open()
    follow(page, ".ways a")
    heading = page.locator("h1").inner_text()
    page.locator("footer [data-switch]").click()
    assert page.evaluate("location.href") != visit.before["address"]
    assert page.evaluate("history.length") == visit.before["entries"]
    page.reload()
    expect(page.locator("h1")).to_have_text(heading)


def test_turned_off_links_are_ordinary_until_the_next_page(visit):
    page = visit.open()
    page.locator("footer [data-switch]").click()
    with page.expect_navigation():
        page.locator(".ways a").first.click()
    expect(page.locator("footer [data-switch]")).to_have_text("Atvērt lapas ar savu adresi")
    page.locator("footer [data-switch]").click()
    page.locator("footer [data-switch]").click()
    now = page.url
    follow(page, "footer nav li:first-child a")
    assert page.url == now


@pytest.mark.parametrize("failure", ["abort", "text", "empty"])
def test_what_cannot_be_read_in_place_is_opened_as_a_link(visit, failure):
    page = visit.open()
    link = page.locator(".ways a").first
    target = page.evaluate("(link) => link.href", link.element_handle())

    def answer(route):
        if route.request.resource_type == "document":
            return route.continue_()
        if failure == "abort":
            return route.abort()
        kind = "text/plain" if failure == "text" else "text/html"
        return route.fulfill(status=200, content_type=kind, body="<p>Nothing</p>")

    page.route(target, answer)
    with page.expect_navigation(url=target):
        link.click()
    expect(page.locator("h1")).to_be_visible()


def test_a_page_that_is_not_there_is_shown_with_its_numbers(visit):
    page = visit.open()
    page.locator(".ways a").first.evaluate("(link) => { link.href = '/lv/nav-tadas/'; }")
    page.locator(".ways a").first.click()
    expect(page.locator("h1")).to_have_text("Lapa nav atrasta")
    expect(page.locator(".numbers")).to_be_visible()
    assert visit.same()


def test_the_latest_link_wins(visit, server):
    page = visit.open()
    links = page.locator("footer nav a")
    slow, wanted = links.nth(0), links.nth(1)
    name = wanted.inner_text()
    held = []

    def hold(route):
        held.append(route)

    page.route(slow.evaluate("(link) => link.href"), hold)
    slow.click()
    wanted.click()
    expect(page.locator("h1")).to_have_text(name)
    # The first one has been broken off: nothing of it can come any more.
    assert held[0].request.failure
    expect(page.locator("main[aria-busy]")).to_have_count(0)
    assert visit.same()


def styles_in_use(page):
    """Names of the files of style that the page shown is drawn with."""
    return set(
        page.evaluate(
            "[...document.styleSheets].filter((sheet) => !sheet.disabled && sheet.href)"
            ".map((sheet) => sheet.href.split('/').at(-1))"
        )
    )


def test_a_page_brings_its_own_style_and_script(visit, address):
    page = visit.open("help")
    page.locator("h3 a").first.click()
    expect(page.locator("[data-part=call]")).to_be_visible()
    assert page.locator("link[href*='service.css']").count() == 1
    follow(page, "a[href$='/lapa/']")
    assert styles_in_use(page) == {"site.css", "sheet.css"}
    page.locator("[data-back]").click()
    expect(page.locator("[data-part=call]")).to_be_visible()
    assert styles_in_use(page) == {"site.css", "service.css"}
    page.locator("[data-back]").click()
    assert styles_in_use(page) == {"site.css"}
    page.locator("h3 a").nth(1).click()
    expect(page.locator("[data-part=call]")).to_be_visible()
    assert page.locator("link[href*='service.css']").count() == 1


def test_without_scripts_links_are_links(page_without_scripts, address):
    page_without_scripts.goto(address("home"))
    assert not page_without_scripts.locator("[data-switch]").first.is_visible()
    page_without_scripts.locator(".ways a").first.click()
    assert page_without_scripts.url != address("home")
    expect(page_without_scripts.locator("h1")).to_be_visible()


def test_the_script_that_production_sends_reads_in_place_too(visit):
    source = script.PATH.with_name("static") / "quick_exit" / "reader.js"
    text = smaller(source.name, source.read_text("utf-8"))
    assert len(text) < source.stat().st_size
    page = visit.page
    page.route(
        "**/reader.js",
        lambda route: route.fulfill(content_type="text/javascript; charset=utf-8", body=text),
    )
    visit.open("help")
    page.locator("#seek-text").fill("policija")
    page.locator(".seek button").click()
    expect(page.locator("#found")).to_be_visible()
    page.locator("[data-back]").click()
    expect(page.locator("[data-back]")).to_be_hidden()
    assert visit.same()
