"""What a visit leaves behind: nothing, and nobody else hears of it."""

import pytest

from tests.browser.content import LANGUAGES, PAGE_TYPES, visits

STORED = """async () => ({
  cookie: document.cookie,
  local: localStorage.length,
  session: sessionStorage.length,
  databases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookie": "", "local": 0, "session": 0, "databases": 0, "caches": 0, "workers": 0}


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
