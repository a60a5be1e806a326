"""What the help tab needs of the page around it and of our site."""

import re

from playwright.sync_api import expect

from tests.browser import serving
from tests.browser.help_tab.panel import OPEN_TREES, button, close, inside, is_gone, press, search


def test_the_policy_of_the_handbook_is_enough(page, shop, server):
    text = (serving.ROOT / "docs" / "help-tab.md").read_text("utf-8")
    policy = re.search(r"^ {4}(default-src .+)$", text, re.MULTILINE)[1]
    shop.policy = policy.replace("https://SITE", server.address)
    complaints = []
    page.add_init_script(OPEN_TREES)
    page.on("console", lambda line: complaints.append(line.text))
    page.goto(f"{shop.address}/")
    press(page)
    search(page)
    assert button(page).evaluate("(one) => getComputedStyle(one).color") == "rgb(255, 255, 255)"
    close(page)
    is_gone(page, server)
    assert [line for line in complaints if "favicon" not in line] == []


def test_a_site_that_is_not_named_gets_the_one_number(reader, shop, server):
    reader.goto(f"{shop.stranger}/")
    button(reader).click()
    expect(reader.locator("dialog a")).to_have_attribute("href", "tel:112")
    reader.wait_for_function(
        "document.querySelector('side-tab').shadowRoot.querySelector('iframe').contentDocument"
        " === null"
    )
    assert not [frame for frame in reader.frames if frame.url.startswith(server.address)]
    expect(reader.locator("dialog a")).to_be_visible()
    close(reader)
    is_gone(reader, server)


def test_the_one_number_gives_way_to_all(reader, shop):
    reader.goto(f"{shop.address}/")
    press(reader)
    expect(reader.locator("dialog > p a")).to_have_count(0)


def test_with_our_site_failing_the_numbers_stay_and_the_words_too(reader, shop):
    reader.goto(f"{shop.address}/")
    press(reader)
    reader.route("**/blakus/", lambda route: route.fulfill(status=500, body="<p>"))
    inside(reader).locator("input").fill("vīrs sit")
    inside(reader).locator("input").press("Enter")
    expect(inside(reader).get_by_role("alert")).to_have_text(
        "Neizdevās. Uz augšā redzamajiem numuriem var zvanīt."
    )
    expect(inside(reader).locator("input")).to_have_value("vīrs sit")
    expect(inside(reader).locator(".numbers a").first).to_be_visible()
