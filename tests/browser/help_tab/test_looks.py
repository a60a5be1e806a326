"""How the help tab looks on a page of somebody else, for everybody."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.content import LANGUAGES
from tests.browser.help_tab.panel import (
    button,
    close,
    is_gone,
    open_a_service,
    press,
    search,
    with_tab,
)
from tests.browser.test_accessibility import AXE, OPTIONS
from tests.browser.test_layout import SIDEWAYS, SIZES


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_can_use_it(reader, shop, server, language):
    scheme = "dark" if LANGUAGES.index(language) % 2 else "light"
    reader.emulate_media(color_scheme=scheme)
    reader.set_viewport_size({"width": 320, "height": 640})
    shop.page = with_tab(server, language)
    reader.goto(f"{shop.address}/")
    reader.evaluate(AXE.axe_script)
    found = faults(reader)
    press(reader, language)
    found += faults(reader)
    frame = next(frame for frame in reader.frames if frame.url.startswith(server.address))
    frame.evaluate(AXE.axe_script)
    for step in (lambda page: None, search, open_a_service):
        step(reader)
        found += faults(frame)
        assert frame.evaluate(SIDEWAYS) <= 0
        assert frame.locator("body").aria_snapshot()
    assert found == []
    close(reader, language)
    is_gone(reader, server, language)


def faults(place):
    """What axe finds in a document without the frames in it."""
    options = OPTIONS | {"iframes": False}
    rules = place.evaluate("(options) => axe.run(options)", options)["violations"]
    return [f"{rule['id']}: {node['target']}" for rule in rules for node in rule["nodes"]]


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_button_is_at_its_edge_and_leaves_the_corner_free(reader, shop, server, side):
    shop.page = with_tab(server, attributes=f'data-side="{side}" data-label="numbers"')
    reader.goto(f"{shop.address}/")
    for width, height in SIZES:
        reader.set_viewport_size({"width": width, "height": height})
        box = reader.get_by_role("button", name="Numuri").bounding_box()
        assert box["width"] >= 44 <= box["height"]
        assert box["width"] <= 60
        assert (box["x"] if side == "left" else width - box["x"] - box["width"]) == 0
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= height - 56
        assert reader.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_panel_fits_a_narrow_screen(reader, shop, server, side):
    shop.page = with_tab(server, attributes=f'data-side="{side}"')
    reader.goto(f"{shop.address}/")
    press(reader)
    for width, height in SIZES:
        reader.set_viewport_size({"width": width, "height": height})
        box = reader.locator("dialog").bounding_box()
        assert box["width"] == min(width, 416)
        assert box["height"] == height
        frame = reader.locator("iframe").bounding_box()
        assert frame["height"] > height * 0.7
        assert reader.get_by_role("button", name="Aizvērt").bounding_box()["height"] >= 44


def test_the_button_is_seen_in_forced_colours_and_not_on_paper(reader, shop):
    reader.goto(f"{shop.address}/")
    reader.emulate_media(forced_colors="active")
    style = button(reader).evaluate(
        """(one) => {
          const { borderTopStyle: line, borderTopWidth: width, color, backgroundColor } =
            getComputedStyle(one);
          return [line, width, color !== backgroundColor];
        }"""
    )
    assert style == ["solid", "2px", True]
    reader.emulate_media(media="print")
    expect(reader.locator("aside > button")).to_be_hidden()


def test_the_styles_of_the_page_around_do_not_reach_it(reader, shop, server):
    loud = (
        "<style>* { font-size: 40px !important; color: red; all: unset } html { font-size: 4px }"
        " button { display: none !important } side-tab { display: none; position: static }</style>"
    )
    shop.page = with_tab(server).replace("</head>", f"{loud}</head>")
    reader.goto(f"{shop.address}/")
    box = button(reader).bounding_box()
    assert 44 <= box["width"] <= 60
    assert reader.evaluate("document.querySelectorAll('side-tab').length") == 1


def test_the_line_written_twice_makes_one_button(reader, shop, server):
    line = re.search(r"<script.*?</script>", with_tab(server))[0]
    shop.page = with_tab(server).replace("</body>", f"{line}</body>")
    reader.goto(f"{shop.address}/", wait_until="load")
    expect(button(reader)).to_have_count(1)
