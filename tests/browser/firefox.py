"""Firefox as readers have it, on a profile of its own, driven by WebDriver BiDi.

BiDi (www.w3.org/TR/webdriver-bidi) is built into Firefox, so no driver stands between: each command
is one JSON message over a WebSocket. What only the browser's own window knows (session history, the
buttons of the toolbar) is asked there, which `--remote-allow-system-access` allows.
"""

import base64
import io
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

NAMES = ("firefox-esr", "firefox")
MISSING = "No Firefox was found: install Debian's package firefox-esr, or set FIREFOX to its path."
WITHIN = 30
PROFILE = "profile"

KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "ShiftLeft": "\ue008", "ShiftRight": "\ue050"}

PREFERENCES = {
    # Readers' defaults: the driver would switch off the popup blocker and much else.
    "remote.prefs.recommended": False,
    # A person needs longer than this to click; the driver does not.
    "dom.input_events.security.minNumTicks": 0,
    "dom.input_events.security.minTimeElapsedInMS": 0,
    # Nobody but this machine: all else goes to a proxy that does not exist.
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.server": "",
    "app.normandy.enabled": False,
    # No pages of the browser's own in front of the reader's.
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage": "about:blank",
    "browser.startup.homepage_override.mstone": "ignore",
    "termsofuse.bypassNotification": True,
}
START_AS_BEFORE = {"browser.startup.page": 3}

# Tells of the first time that text or a picture of a document is painted (w3.org/TR/paint-timing).
WITNESS = """(tell) => new PerformanceObserver((list) =>
  list.getEntriesByName("first-contentful-paint").forEach(() => tell(location.href))
).observe({ type: "paint" })"""

# Notes which document stands in which tab: the same number twice is one that was kept.
JOURNAL = """(() => {
  const { NavigableManager } = ChromeUtils.importESModule(
    "chrome://remote/content/shared/NavigableManager.sys.mjs");
  window.tabOf = (browser) => NavigableManager.getIdForBrowser(browser);
  window.journal = [];
  window.journalist = { onLocationChange(browser, progress, _request, location) {
    if (progress.isTopLevel)
      journal.push([tabOf(browser), location.spec, browser.innerWindowID]);
  } };
  gBrowser.addTabsProgressListener(journalist);
})()"""
SESSION = """(() => {
  const browser = gBrowser.browsers.find((one) => tabOf(one) === %s);
  const history = browser.browsingContext.sessionHistory;
  const entries = Array.from({ length: history.count }, (_, index) => {
    const entry = history.getEntryAtIndex(index);
    return [entry.URI.spec, entry.title];
  });
  return [history.index, entries];
})()"""


class BidiError(RuntimeError):
    """Firefox refused a command: the code and message of the protocol."""


def executable() -> Path:
    """The browser named by FIREFOX, else on PATH. Raises FileNotFoundError when there is none."""
    for name in filter(None, (os.environ.get("FIREFOX"), *NAMES)):
        if found := shutil.which(name):
            return Path(found)
    raise FileNotFoundError(MISSING)


def until(happens: Callable[[], object], what: str):
    """What `happens` gives once it is true; raises AssertionError after half a minute."""
    pause = threading.Event()
    for _attempt in range(WITHIN * 20):
        if found := happens():
            return found
        pause.wait(0.05)
    raise AssertionError(f"Not within {WITHIN} seconds: {what}")


class Firefox:
    """A running browser: commands of the protocol, tabs, and scripts in its own window."""

    def __init__(self, socket):
        self._socket = socket
        self._last = 0
        self._painted: list[tuple[str, str]] = []
        self.command("session.new", capabilities={})
        self.command("session.subscribe", events=["script.message"])
        channel = {"type": "channel", "value": {"channel": "witness"}}
        self.command(
            "script.addPreloadScript",
            functionDeclaration=WITNESS,
            arguments=[channel],
            sandbox="witness",
        )
        windows = self.command("browsingContext.getTree", **{"moz:scope": "chrome"})["contexts"]
        self._window = windows[0]["context"]
        self.in_window(JOURNAL)

    def command(self, method: str, **parameters) -> dict:
        """The result of a command; events that come meanwhile are kept. Raises BidiError."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(WITHIN))
            if answer["type"] == "event":
                told = answer["params"]
                self._painted.append((told["source"]["context"], told["data"]["value"]))
            elif answer["id"] == self._last:
                if answer["type"] == "error":
                    raise BidiError(f"{method}: {answer['error']}: {answer['message']}")
                return answer["result"]

    def evaluate(self, context: str, expression: str):
        """The value of a script's expression as JSON carries it. Raises BidiError."""
        result = self.command(
            "script.evaluate",
            expression=f"(async () => JSON.stringify([await ({expression})]))()",
            target={"context": context},
            awaitPromise=True,
        )
        if result["type"] == "exception":
            raise BidiError(result["exceptionDetails"]["text"])
        return json.loads(result["result"]["value"])[0]

    def in_window(self, expression: str):
        """The value of an expression in the browser's own window (`gBrowser` and the like)."""
        return self.evaluate(self._window, expression)

    def button(self, name: str) -> None:
        """What a button or a key of the browser does in the tab in front: "Browser:Back"."""
        self.in_window(f"document.getElementById({json.dumps(name)}).doCommand()")

    def painted(self, tab: str) -> list[str]:
        """Addresses of the documents that were painted in a tab, in order."""
        return [address for context, address in self._painted if context == tab]

    def tabs(self) -> "list[Tab]":
        """The tabs that are open, from left to right."""
        contexts = self.command("browsingContext.getTree", maxDepth=0)["contexts"]
        return [Tab(self, context["context"]) for context in contexts]

    def open(self) -> "Tab":
        """A further tab, in front."""
        return Tab(self, self.command("browsingContext.create", type="tab")["context"])


@dataclass
class Tab:
    """A tab, and what a person does in it."""

    firefox: Firefox
    context: str

    def command(self, method: str, **parameters) -> dict:
        return self.firefox.command(method, context=self.context, **parameters)

    def goto(self, address: str, wait: str = "complete") -> None:
        """Opens an address; `wait="none"` when it need never arrive."""
        self.command("browsingContext.navigate", url=address, wait=wait)

    def reload(self) -> None:
        """Asks for the page again without waiting for it."""
        self.command("browsingContext.reload", wait="none")

    @property
    def address(self) -> str:
        tree = self.firefox.command("browsingContext.getTree", root=self.context, maxDepth=0)
        return tree["contexts"][0]["url"]

    def evaluate(self, expression: str):
        """The value of an expression in the page."""
        return self.firefox.evaluate(self.context, expression)

    def expect(self, expression: str):
        """Waits until an expression is true in the page, whatever page is there meanwhile."""

        def happens():
            try:
                return self.evaluate(expression)
            except BidiError:
                return None

        return until(happens, expression)

    def expect_address(self, address: str, position: int | None = None) -> None:
        """Waits until the tab is at `address`, and at this entry of its history if one is given."""

        def happens():
            return self.address == address and position in {None, self.session()[0]}

        until(happens, f"{address} at {position}")

    def click(self, selector: str) -> None:
        """A click of the mouse in the middle of the first element that matches."""
        locator = {"type": "css", "value": selector}
        (node,) = until(lambda: self._found(locator), selector)
        element = {"sharedId": node["sharedId"]}
        self.firefox.command(
            "script.callFunction",
            functionDeclaration="(element) => element.scrollIntoView({ block: 'center' })",
            arguments=[element],
            target={"context": self.context},
            awaitPromise=False,
        )
        origin = {"type": "element", "element": element}
        self._act(
            "pointer",
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        )

    def _found(self, locator: dict) -> list[dict]:
        found = self.command("browsingContext.locateNodes", locator=locator, maxNodeCount=1)
        return found["nodes"]

    def press(self, *keys: str) -> None:
        """Keys one after the other: names of `KEYS` or single letters, capitals with Shift."""
        steps = []
        for key in keys:
            value = KEYS.get(key, key)
            stroke = [{"type": kind, "value": value} for kind in ("keyDown", "keyUp")]
            if len(key) == 1 and key.isupper():
                shift = [
                    {"type": kind, "value": KEYS["ShiftLeft"]} for kind in ("keyDown", "keyUp")
                ]
                stroke = [shift[0], *stroke, shift[1]]
            steps += stroke
        self._act("key", *steps)

    def _act(self, kind: str, *steps: dict) -> None:
        self.command("input.performActions", actions=[{"type": kind, "id": kind, "actions": steps}])

    def session(self) -> tuple[int, list[tuple[str, str]]]:
        """What stands behind Back and Forward: which entry is shown, address and title of each."""
        position, entries = self.firefox.in_window(SESSION % json.dumps(self.context))
        return position, [tuple(entry) for entry in entries]

    def documents(self) -> list[tuple[str, int]]:
        """Address and number of every document that stood in this tab, in order."""
        journal = self.firefox.in_window("journal")
        return [(address, number) for tab, address, number in journal if tab == self.context]

    def painted(self) -> list[str]:
        """Addresses of the documents that were painted in this tab, in order."""
        self.address  # noqa: B018  an answer brings the events before it
        return self.firefox.painted(self.context)

    def picture(self) -> Image.Image:
        """What is to be seen of the page."""
        data = self.command("browsingContext.captureScreenshot")["data"]
        return Image.open(io.BytesIO(base64.b64decode(data)))

    def go(self, steps: int) -> None:
        """Back or forward by so many entries, asked for by the page that is there."""
        self.evaluate(f"setTimeout(() => history.go({steps})) && null")

    def activate(self) -> None:
        """Brings the tab to the front."""
        self.command("browsingContext.activate")

    def close(self) -> None:
        """Closes the tab as its cross does."""
        self.activate()
        self.firefox.button("cmd_close")
        until(lambda: self not in self.firefox.tabs(), "the tab is closed")


@contextmanager
def running(folder: Path, **preferences) -> Iterator[Firefox]:
    """Firefox without a screen, its profile and all else it writes in `folder`, made or kept.

    Ends as when a person quits, so that everything is written.
    """
    profile = folder / PROFILE
    profile.mkdir(parents=True, exist_ok=True)
    lines = (
        f"user_pref({json.dumps(name)}, {json.dumps(value)});\n"
        for name, value in (PREFERENCES | preferences).items()
    )
    (profile / "user.js").write_text("".join(lines))
    listening = profile / "WebDriverBiDiServer.json"
    listening.unlink(missing_ok=True)
    command = [executable(), "--headless", "--no-remote", "--profile", profile]
    command += ["--remote-debugging-port=0", "--remote-allow-system-access"]
    environment = {"HOME": str(folder), "TMPDIR": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"}
    with (folder / "output.txt").open("ab") as output:
        process = subprocess.Popen(
            command, env=os.environ | environment, stdout=output, stderr=output
        )
    try:
        until(lambda: listening.exists() and listening.read_text(), "Firefox listens")
        port = json.loads(listening.read_text())["ws_port"]
        with connect(f"ws://127.0.0.1:{port}/session", max_size=None, proxy=None) as socket:
            firefox = Firefox(socket)
            try:
                yield firefox
            finally:
                _quit(firefox)
        process.wait(WITHIN)
    finally:
        process.kill()
        process.wait()


def _quit(firefox: Firefox) -> None:
    try:
        firefox.button("cmd_quitApplication")
    except ConnectionClosed:
        return
