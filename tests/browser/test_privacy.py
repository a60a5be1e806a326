"""What a visit leaves behind: nothing, and nobody else hears of it."""

import pytest
from playwright.sync_api import expect

from tests.browser.content import LANGUAGES, PAGE_TYPES, visits
from tests.browser.stored import NOTHING, STORED


@pytest.fixture
def heard(context):
    """Every request and every complaint of the browser, from all pages of the context."""
    requests, complaints = [], []
    context.on("request", lambda request: requests.append(request.url))
    context.on(
        "console",
        lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None,
    )
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    return requests, complaints


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_walk_through_the_site_is_known_to_nobody(page, heard, server, address, language):
    requests, complaints = heard
    for kind, of_language in visits(PAGE_TYPES, LANGUAGES):
        if of_language != language:
            continue
        page.goto(address(kind, language))
        assert page.evaluate(STORED) == NOTHING, kind
        expected = ["Failed to load resource"] if kind in {"404", "gone"} else []
        assert [line[:23] for line in complaints] == expected, kind
        complaints.clear()
    assert page.context.cookies() == []
    assert {url for url in requests if not url.startswith(f"{server.address}/")} == set()


def test_leaving_stores_nothing(page, context, neutral, address):
    page.goto(address("service"))
    page.locator("a.exit").click(no_wait_after=True)
    page.wait_for_url(neutral.first)
    page.goto(address("home"))
    assert page.evaluate(STORED) == NOTHING
    assert context.cookies() == []


def test_the_page_is_not_kept_in_the_browsers_cache(page, address):
    answer = page.goto(address("service"))
    assert answer.headers["cache-control"] == "no-store"


def test_nothing_of_another_host_may_load(page, neutral, address):
    refused = []
    page.on("console", lambda line: refused.append(line.text))
    page.goto(address("home"))
    page.evaluate(
        """(address) => new Promise((done) => {
          const image = new Image();
          image.onload = image.onerror = done;
          image.src = address;
          document.body.append(image);
        })""",
        neutral.first,
    )
    assert neutral.visits == []
    assert any("Content Security Policy" in line for line in refused)


def test_another_site_is_not_told_where_its_reader_comes_from(page, neutral, address):
    page.goto(address("home"))
    link = page.locator("main a[rel~=external]").first
    link.evaluate("(link, address) => (link.href = address)", neutral.first)
    link.click()
    page.wait_for_url(neutral.first)
    assert page.evaluate("opener") is None
    assert neutral.pages
    assert [visit.headers.get("Referer") for visit in neutral.pages] == [None]


WORDS = "zqwords7719"


@pytest.mark.parametrize(
    ("kind", "field"), [("help", "[name=text]"), ("service", ".report [name=text]")]
)
def test_a_form_keeps_nothing_after_a_reload_or_back(page, address, kind, field):
    page.goto(address(kind))
    if kind == "service":
        page.locator("details.opens > summary").click()
        page.locator(".report [type=radio]").first.check()
    page.locator(field).fill(WORDS)
    page.reload()
    assert page.locator(field).input_value() == ""
    assert page.locator(":checked").count() == 0
    page.locator(field).evaluate("(field, words) => (field.value = words)", WORDS)
    page.evaluate("(address) => (location.href = address)", address("home"))
    page.wait_for_url(address("home"))
    # The driver waits for a load that a page from the back/forward cache never has.
    page.evaluate("setTimeout(() => history.back())")
    expect(page.locator("body:has(form)")).to_be_attached()
    expect(page).to_have_url(address(kind))
    expect(page.locator(field)).to_have_value("")


def test_a_form_is_sent_with_the_origin_that_the_server_checks(
    page_without_scripts, server, address
):
    page = page_without_scripts
    page.goto(address("help"))
    with page.expect_request(lambda request: request.method == "POST") as sent:
        page.locator("form.seek button").click()
    assert sent.value.all_headers()["origin"] == server.address
    assert sent.value.response().status == 200
    assert WORDS not in page.url


@pytest.mark.parametrize("colours", ["none", "active"])
def test_a_visited_link_looks_like_one_that_nobody_opened(context, server, address, colours):
    page = context.new_page()
    page.emulate_media(forced_colors=colours, reduced_motion="reduce")
    page.goto(address("privatums/"))
    links = page.locator("footer nav a")
    before = [links.nth(number).screenshot() for number in range(3)]
    targets = [links.nth(number).get_attribute("href") for number in range(3)]
    for target in targets:
        page.goto(f"{server.address}{target}")
    page.goto(address("privatums/"))
    assert [links.nth(number).screenshot() for number in range(3)] == before
