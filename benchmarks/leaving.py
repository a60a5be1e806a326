"""How soon nothing of a page is to be seen after the exit is clicked, and what its scripts weigh.

Three ways of leaving the same page take turns, each to a site that does not answer: ours; hiding
the page and nothing else, the least a page can do; a class on the body, an overlay and
`location.href`, as the best known public component does it (GOV.UK Frontend, exit-this-page).
"""

import re
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.pages import PageTypes, assets, get, packed
from benchmarks.speed import server, wait_until_up
from benchmarks.table import say
from tests.browser.frames import PAINT, RED, Film
from tests.browser.profiles import look, opened
from tests.browser.serving import neutral_site

ROUNDS = 10
SCRIPT_GOAL, READER_GOAL = 1_500, 3_000
NOTE_THE_CLICK = """
addEventListener("click", (event) => {
  console.debug("clicked", (performance.timeOrigin + event.timeStamp) / 1000);
}, true);
"""
# Put in place of our own link: the same place on the screen, another way to leave.
OTHERS = {
    "hiding, nothing else": "document.documentElement.style.visibility = 'hidden'",
    "overlay and location.href": """
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(".gone *:not([role=alert]), .gone::before { display: none !important }");
      document.adoptedStyleSheets.push(sheet);
      document.body.classList.add("gone");
      const overlay = document.body.appendChild(document.createElement("div"));
      overlay.setAttribute("role", "alert");
      overlay.textContent = "Loading.";
      location.href = TARGET;
    """,
}
REPLACE = """(() => {
  const link = document.querySelector("a.exit");
  const other = link.cloneNode(true);
  for (const name of Object.keys(other.dataset)) delete other.dataset[name];
  other.addEventListener("click", (event) => { event.preventDefault(); LEAVE; });
  link.replaceWith(other);
})()"""


def scripts(found: PageTypes):
    """Bytes of the inline script and of the module that reads in place."""
    html = get(found.addresses()["service"]).decode()
    inline = re.search(r"<script>(.*?)</script>", html, re.DOTALL)[1]
    (reader,) = (file for file in assets(html) if re.match(r"reader\b.*\.js$", file.name))
    rows = []
    for name, content, goal in (
        ("exit, in every page", inline.encode(), SCRIPT_GOAL),
        ("reading in place, a file", reader.read_bytes(), READER_GOAL),
    ):
        rows.append(
            [name, str(len(content)), str(packed(content)), f"{packed(content) / goal:.2f}"]
        )
    head = ["script", "bytes", "gzip -9", "of its goal"]
    return "Weight of the scripts of leaving", head, rows, "Goals: 1.5 kB and 3 kB."


def blank_after(context: BrowserContext, address: str, way: str | None, target: str) -> float:
    """Milliseconds from the click to the first frame without a dot of the page."""
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text))
    page.goto(address)
    if way:
        look(page, REPLACE.replace("LEAVE", way.replace("TARGET", f"'{target}'")))
    film = Film(page)
    film.wait_for(RED)
    page.locator("a.exit").click(no_wait_after=True)
    try:
        film.wait_for(None)
    except TimeoutError:
        page.close()
        raise
    clicked = next(float(line.split()[1]) for line in told if line.startswith("clicked "))
    blank = next(frame for frame in film.end() if frame.seconds > clicked and not frame.has(RED))
    page.close()
    return (blank.seconds - clicked) * 1000


def in_turns(context: BrowserContext, address: str, ways: dict, target: str):
    """The milliseconds of each way, and how many films broke off: Chromium stops filming a tab now
    and then, whatever is done in it. Raises TimeoutError when it does so too often."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    broken_off = 0
    while any(len(values) < ROUNDS for values in taken.values()):
        name = min(taken, key=lambda name: len(taken[name]))
        try:
            milliseconds = blank_after(context, address, ways[name], target)
        except TimeoutError:
            broken_off += 1
            if broken_off > ROUNDS:
                raise
        else:
            taken[name].append(milliseconds)
    return taken, broken_off


def first_blank_frame(found: PageTypes):
    """The three ways in turns, on the service page."""
    path = found.addresses()["service"]
    with neutral_site() as neutral, tempfile.TemporaryDirectory() as folder:
        neutral.answers.clear()
        hosts = {"ALLOWED_HOSTS": "127.0.0.1,example.org", "QUICK_EXIT_ADDRESS": neutral.first}
        ways = {"ours": None, **OTHERS}
        with server("config.wsgi", hosts) as (port, process), sync_playwright() as driver:
            wait_until_up(port, path, process)
            say(f"\nLeaving {ROUNDS} times in three ways ...")
            with opened(driver, Path(folder)) as context:
                context.add_init_script(PAINT + NOTE_THE_CLICK)
                address = f"http://127.0.0.1:{port}{path}"
                taken, broken_off = in_turns(context, address, ways, neutral.first)
    least = statistics.median(taken["hiding, nothing else"])
    rows = [
        [
            name,
            f"{statistics.median(values):.0f}",
            f"{max(values):.0f}",
            f"{statistics.median(values) / least:.2f}",
        ]
        for name, values in taken.items()
    ]
    note = (
        f"{ROUNDS} times each, in turns; {broken_off} films broke off and were taken anew. "
        "Goal: 100 ms at most with a site that does not answer."
    )
    head = ["way of leaving", "median ms", "worst ms", "ratio"]
    return "First frame without the page after the click", head, rows, note
