"""The help tab on a page of somebody else, and how it is used there."""

from playwright.sync_api import expect

PAGE = """<!doctype html><html lang="lv"><head><meta charset="utf-8"><title>Veikals</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{script}</head>
<body><main><h1>Veikals</h1><p><a href="/prece/">Prece</a></p></main></body></html>"""
# The button is in a closed tree, where neither axe nor a selector looks.
OPEN_TREES = """{
  const closed = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function () { return closed.call(this, { mode: "open" }); };
}"""
# The word on the button, and the one that closes.
WORDS = {
    "lv": ("Atbalsts", "Aizvērt"),
    "ru": ("Поддержка", "Закрыть"),
    "en": ("Support", "Close"),
    "uk": ("Підтримка", "Закрити"),
    "lt": ("Parama", "Užverti"),
    "lv-simple": ("Atbalsts", "Aizvērt"),
}
# Letters that stand nowhere else on this machine.
MARKER = "zqvirs7391"


def with_tab(server, language="lv", attributes=""):
    """The page of the other site with the one line of the handbook."""
    address = f"{server.address}/{language}/tab.js"
    line = f'<script src="{address}" referrerpolicy="no-referrer" {attributes} async></script>'
    return PAGE.format(script=line)


def button(page, language="lv"):
    return page.get_by_role("button", name=WORDS[language][0])


def press(page, language="lv"):
    """Opens the panel and waits for what stands in it."""
    button(page, language).click()
    expect(inside(page).locator(".numbers a").first).to_be_visible()


def inside(page):
    return page.frame_locator("iframe")


def is_gone(page, server, language="lv"):
    """No panel, no frame, and whoever uses the keyboard is where they were."""
    expect(page.locator("dialog, iframe")).to_have_count(0)
    assert not [frame for frame in page.frames if frame.url.startswith(server.address)]
    expect(button(page, language)).to_be_focused()


def search(page, words="vīrs sit"):
    inside(page).locator("input").fill(words)
    inside(page).locator("input").press("Enter")
    expect(inside(page).locator("h2")).to_be_focused()


def open_a_service(page):
    inside(page).locator("[data-service]").first.click()
    expect(inside(page).locator(".plate").first).to_be_visible()


def change_language(page, language="ru"):
    inside(page).locator(f"[data-language={language}]").click()
    expect(inside(page).locator("html")).to_have_attribute("lang", language)


def close(page, language="lv"):
    page.get_by_role("button", name=WORDS[language][1], exact=True).click()
