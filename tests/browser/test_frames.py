"""What is painted while a reader leaves and after it: not one frame of the site."""

import pytest
from playwright.sync_api import expect

from tests.browser.frames import GREEN, PAINT, RED, Film
from tests.browser.profiles import arrive, entries, leave, look

# A stale frame comes now and then.
REPEATS = 10


@pytest.fixture(scope="module")
def painted(reader):
    """The reader's browser with our pages in red."""
    reader.add_init_script(PAINT)
    return reader


@pytest.fixture
def visitor(painted, start, address, neutral):
    """A tab in which the visit begins on another site."""
    page = painted.new_page()
    arrive(page, start, address("home"))
    yield page
    page.close()


def red_after_the_first_without(frames):
    """Numbers of the frames with something of the site once there was nothing of it."""
    colours = [frame.has(RED) for frame in frames]
    assert colours[0], "The film did not begin on a page of the site."
    blank = colours.index(False)
    return [number for number, red in enumerate(colours) if red and number > blank]


@pytest.mark.parametrize("leaving", ["click", "keys"])
def test_the_page_is_gone_before_the_other_site_answers(visitor, neutral, address, leaving):
    neutral.answers.clear()
    visitor.goto(address("service"))
    film = Film(visitor)
    film.wait_for(RED)
    if leaving == "click":
        visitor.locator("a.exit").click(no_wait_after=True)
    else:
        for _press in range(3):
            visitor.keyboard.press("Shift")
    film.wait_for(None)
    neutral.answers.set()
    visitor.wait_for_url(neutral.first)
    film.wait_for(GREEN)
    assert red_after_the_first_without(film.end()) == []


def test_the_second_site_does_not_bring_the_page_back(visitor, neutral):
    neutral.answers.clear()
    film = Film(visitor)
    film.wait_for(RED)
    leave(visitor, neutral.second)
    film.wait_for(GREEN)
    assert red_after_the_first_without(film.end()) == []


def test_going_back_paints_no_frame_of_the_site(visitor, neutral, address):
    for kind in ("help", "service", "parluks/"):
        visitor.goto(address(kind))
    leave(visitor, neutral.first)
    place, rows = entries(visitor)
    ours = place - [row.title for row in rows].index("Results") - 1
    film = Film(visitor)
    film.wait_for(GREEN)
    for _repeat in range(REPEATS):
        for step in [-1] * ours + [ours]:
            with visitor.expect_event("framenavigated"):
                look(visitor, f"void setTimeout(() => history.go({step}))")
            expect(visitor).to_have_url(neutral.first)
    film.wait_for(GREEN)
    frames = film.end()
    assert len(frames) > REPEATS
    assert [number for number, frame in enumerate(frames) if frame.has(RED)] == []
