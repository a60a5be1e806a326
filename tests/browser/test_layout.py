"""What stands where: at every width, zoom and text size, with and without scripts, on paper."""

from itertools import cycle

import pytest
from playwright.sync_api import expect

from tests.browser.content import FRAMES, LANGUAGES, TEMPLATES, WIDEST, visits

# 320 x 256 is a 1280 x 1024 screen at 400 % (WCAG 2.2, 1.4.10).
SIZES = ((320, 256), (360, 640), (768, 1024), (1280, 720))
# Targets that stand alone; links inside sentences have the size of their line.
ALONE = (
    ".exit, .numbers a, .tools a, .tools summary, .crumbs a, .foot a, .button, .plate, "
    ".needs summary, .needs a, .chosen a, .pages a, .onward a, .rows a, .ways a"
)
# The list with every group of choices open has more than two hundred stops.
MOST_STOPS = 500
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
EXIT_IS_ON_TOP = """() => {
  const box = document.querySelector("a.exit").getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return !!top?.closest("a.exit");
}"""
# Of its surface against the bar that it stands on.
CONTRAST_OF_THE_EXIT = """() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (selector) => {
    pen.fillStyle = getComputedStyle(document.querySelector(selector)).backgroundColor;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...pen.getImageData(0, 0, 1, 1).data].map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  };
  const [one, other] = [light("a.exit"), light(".bar")];
  return Math.max(one, other) / Math.min(one, other);
}"""
FOCUSED = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const bar = document.querySelector(".bar");
  if (element === document.body) return null;
  return {
    name: element.outerHTML.slice(0, 90),
    inBar: bar.contains(element),
    below: box.top - bar.getBoundingClientRect().bottom,
    over: box.bottom - innerHeight,
    // A browser shows the caret of a long text, not the whole field.
    tall: box.height > innerHeight - bar.offsetHeight || element.matches("textarea"),
  };
}"""


def resize(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})


def enlarge_text(page):
    """Text of 200 %, as the reader's own setting does it: media queries in rem move as well."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})


@pytest.fixture(scope="module")
def reader(browser):
    """One page for the tests that look at very many addresses."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def large_reader(browser):
    """The same for a reader who has doubled the size of text."""
    with browser.new_context() as context:
        page = context.new_page()
        enlarge_text(page)
        yield page


@pytest.fixture
def outage(broken_server):
    """The page that is shown without a database."""
    return f"{broken_server.address}/uk/"


@pytest.mark.parametrize(("kind", "language"), visits(TEMPLATES, WIDEST))
def test_a_page_fits_every_screen(reader, address, kind, language):
    reader.goto(address(kind, language))
    faults = [f"sideways at {size}" for size in SIZES if is_wider(reader, size)]
    faults += list(places_where_the_exit_is_covered(reader))
    resize(reader, (360, 640))
    reader.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    assert faults + too_small_for_a_finger(reader) == []


@pytest.mark.parametrize(("kind", "language"), visits(TEMPLATES, WIDEST))
def test_nothing_scrolls_sideways_with_double_text(large_reader, address, kind, language):
    resize(large_reader, (360, 640))
    large_reader.goto(address(kind, language))
    assert large_reader.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert large_reader.evaluate(SIDEWAYS) <= 0
    assert large_reader.evaluate(EXIT_IS_ON_TOP)


def test_nothing_scrolls_sideways_in_an_outage(reader, outage):
    reader.goto(outage)
    assert [size for size in SIZES if is_wider(reader, size)] == []


def is_wider(page, size):
    """The page is wider than a screen of this size."""
    resize(page, size)
    return page.evaluate(SIDEWAYS) > 0


def places_where_the_exit_is_covered(page):
    # A small phone, another, 1280 x 1024 at 200 % and at 400 %, a wide screen.
    for size in ((320, 480), (360, 640), (640, 512), (320, 256), (1280, 720)):
        resize(page, size)
        for part in (0, 0.5, 1):
            page.evaluate("part => scrollTo(0, part * document.body.scrollHeight)", part)
            if not page.evaluate(EXIT_IS_ON_TOP):
                yield f"exit covered at {size}, scrolled {part}"


def too_small_for_a_finger(page):
    """What can be pressed and is smaller than 44 pixels."""
    return page.locator(ALONE).evaluate_all(
        """(elements) => elements
          .filter((element) => element.checkVisibility())
          .map((element) => [element.outerHTML.slice(0, 90), element.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
          .map(([name, box]) => `small: ${name} ${box.width} x ${box.height}`)"""
    )


def test_a_page_that_does_not_fit_is_noticed(reader, address):
    """Controls of the measurements above."""
    reader.goto(address("home"))
    reader.evaluate("document.querySelector('main').style.minWidth = '1400px'")
    assert is_wider(reader, (1280, 720))
    small = "min-height: 0; height: 20px; padding: 0; line-height: 1"
    reader.evaluate("(css) => { document.querySelector('a.exit').style.cssText = css }", small)
    assert len(too_small_for_a_finger(reader)) == 1
    reader.evaluate("document.querySelector('main').style = 'position:fixed;inset:0;z-index:99'")
    assert list(places_where_the_exit_is_covered(reader))


@pytest.mark.parametrize("kind", FRAMES)
def test_an_open_menu_does_not_cover_the_exit(reader, address, kind):
    resize(reader, (360, 640))
    reader.goto(address(kind))
    closed = reader.locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    assert reader.locator("details[open]").count() == reader.locator("details").count()
    assert reader.evaluate(EXIT_IS_ON_TOP)


@pytest.mark.parametrize(("kind", "language"), list(zip(TEMPLATES, cycle(LANGUAGES))))
def test_the_focus_is_never_under_the_bar(reader, address, kind, language):
    resize(reader, (360, 640))
    reader.goto(address(kind, language))
    reader.evaluate("document.querySelectorAll('details').forEach((box) => (box.open = true))")
    hidden, count = list(hidden_stops(reader, "Tab")), reader.locator("a").count()
    assert count > 15
    assert hidden == []
    assert list(hidden_stops(reader, "Shift+Tab")) == []


def hidden_stops(page, key):
    """Presses a key through the page; yields what has the focus under the bar or off the screen."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press(key)
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return
        if not stop["inBar"] and not stop["tall"] and (stop["below"] < 0 or stop["over"] > 0):
            yield stop
    raise AssertionError("The focus did not come to an end.")


def test_the_exit_is_the_first_stop(page, address):
    page.goto(address("help"))
    page.keyboard.press("Tab")
    expect(page.locator("a.exit")).to_be_focused()
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    assert page.evaluate(EXIT_IS_ON_TOP)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def visible_numbers(page):
    """The numbers of the strip that can be seen and touched without scrolling."""
    return page.locator(".numbers b").evaluate_all(
        """(numbers) => numbers.filter((number) => {
          const box = number.getBoundingClientRect();
          const top = document.elementFromPoint(box.x + box.width / 2, box.bottom - 1);
          return box.bottom <= innerHeight && number.closest("a").contains(top);
        }).map((number) => number.textContent)"""
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FRAMES)
def test_the_numbers_are_on_the_first_screen(reader, address, kind, language):
    resize(reader, (320, 480))
    reader.goto(address(kind, language))
    assert visible_numbers(reader) == reader.locator(".numbers b").all_text_contents()
    assert len(visible_numbers(reader)) >= 3
    resize(reader, (320, 256))
    assert "112" in visible_numbers(reader)


def test_the_numbers_are_on_the_first_screen_in_an_outage(reader, outage):
    resize(reader, (320, 480))
    reader.goto(outage)
    assert "112" in visible_numbers(reader)


def test_nothing_moves_for_whoever_asked_for_calm(page, address):
    page.emulate_media(reduced_motion="reduce")
    page.goto(address("home"))
    moving = page.locator("*").evaluate_all(
        """(elements) => elements.filter((element) => {
          const style = getComputedStyle(element);
          return style.animationName !== "none" || style.transitionDuration !== "0s";
        }).length"""
    )
    assert moving == 0


def test_the_exit_itself_never_moves(page, address):
    page.goto(address("home"))
    box = page.locator("a.exit").bounding_box()
    style = "(exit) => getComputedStyle(exit).transitionDuration"
    assert page.locator("a.exit").evaluate(style) == "0s"
    page.locator("a.exit").hover()
    assert page.locator("a.exit").bounding_box() == box


def test_the_exit_stands_where_it_stood_before_the_scripts_came(page, address):
    page.route("**/*.js", lambda route: route.abort())
    page.goto(address("help"))
    before = page.locator("a.exit").bounding_box()
    page.unroute_all()
    page.goto(address("help"))
    expect(page.locator("footer [data-switch]")).to_be_visible()
    assert page.locator("a.exit").bounding_box() == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_exit_stands_out_from_the_page(page, address, scheme):
    """3:1 against what is behind it (WCAG 2.2, 1.4.11)."""
    page.emulate_media(color_scheme=scheme)
    page.goto(address("help"))
    assert page.evaluate(CONTRAST_OF_THE_EXIT) >= 3


def test_chosen_colours_leave_the_exit_a_border(page, address):
    page.emulate_media(forced_colors="active")
    page.goto(address("home"))
    style = page.locator("a.exit").evaluate(
        "(exit) => { const style = getComputedStyle(exit);"
        "return [style.borderTopStyle, style.borderTopWidth]; }"
    )
    assert style == ["solid", "2px"]
    assert page.evaluate(EXIT_IS_ON_TOP)


@pytest.mark.parametrize("kind", ["home", "help", "service", "parluks/", "sev/soli/"])
def test_paper_shows_the_numbers_and_not_the_site(page, address, kind):
    page.goto(address(kind))
    name = page.locator(".bar .name").inner_text()
    numbers = page.locator(".numbers b").all_text_contents()
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    paper = page.locator("body").inner_text()
    assert name not in paper
    for number in numbers:
        assert number in paper


@pytest.mark.parametrize("kind", ["sev/soli/", "nodarbibas/soli/", "lidzcilvekiem/soli/"])
def test_paper_shows_every_stage_whole_with_its_number_and_source(page, address, kind):
    page.goto(address(kind))
    stages = page.locator(".journey > li")
    told = stages.all_inner_texts()
    assert len(told) > 5
    page.emulate_media(media="print")
    assert stages.all_inner_texts() == told
    for number, stage in enumerate(stages.all(), 1):
        assert stage.locator("h3").inner_text().startswith(f"{number}. ")
        assert stage.is_visible()
        assert stage.locator("dd").last.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_and_links_work_without_scripts(page_without_scripts, address, language):
    page = page_without_scripts
    resize(page, (360, 640))
    page.goto(address("home", language))
    entry = page.locator(".menu a").first
    expect(entry).to_be_hidden()
    page.locator(".menu summary").click()
    entry.click()
    expect(page).to_have_url(address("help", language))
    page.locator("details.needs:not(.more) summary").click()
    page.locator("details.needs a").nth(1).click()
    expect(page.locator(".card").first).to_be_visible()
    page.locator(".card h3 a").first.click()
    expect(page.locator(".plate").first).to_be_visible()
    page.locator(".languages a").first.click()
    expect(page.locator("h1")).to_be_visible()
