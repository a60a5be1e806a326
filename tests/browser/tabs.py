"""Tabs in front and behind, as a reader has them."""

import json

from playwright.sync_api import Browser

from tests.browser.profiles import until


class Tabs:
    """Tabs that no tool keeps awake: those of Playwright always believe that they are in front.

    Not for a browser on a profile: there Playwright takes every tab for one of its own.
    """

    def __init__(self, browser: Browser):
        self.browser = browser.new_browser_cdp_session()
        self.group = self.browser.send("Target.createBrowserContext")["browserContextId"]
        self.answers: dict[int, dict] = {}
        self.browser.on("Target.receivedMessageFromTarget", self._keep)

    def _keep(self, message: dict) -> None:
        answer = json.loads(message["message"])
        self.answers[answer.get("id", 0)] = answer

    def open(self, address: str) -> str:
        """The new tab, in front of the others."""
        asked = {"url": address, "browserContextId": self.group}
        return self.browser.send("Target.createTarget", asked)["targetId"]

    def open_behind(self, address: str) -> str:
        """The new tab, behind the one that is in front, as a link is opened for later."""
        self.open("about:blank")
        asked = {"url": address, "browserContextId": self.group, "background": True}
        return self.browser.send("Target.createTarget", asked)["targetId"]

    def to_the_front(self, tab: str) -> None:
        self.browser.send("Target.activateTarget", {"targetId": tab})

    def wait_until_open(self, tab: str, address: str) -> None:
        """Until the page at the address is there, whether the tab is in front or not."""
        asked = {"targetId": tab, "flatten": False}
        session = self.browser.send("Target.attachToTarget", asked)["sessionId"]
        there = f"location.href === '{address}' && document.readyState === 'complete'"
        until(lambda: self._value(session, there), f"{address} is open")
        self.browser.send("Target.detachFromTarget", {"sessionId": session})

    def _value(self, session: str, expression: str):
        number = len(self.answers) + 1
        asked = {"id": number, "method": "Runtime.evaluate", "params": {"expression": expression}}
        sent = {"sessionId": session, "message": json.dumps(asked)}
        self.browser.send("Target.sendMessageToTarget", sent)
        # What the tab says comes with the answer to whatever is asked next.
        until(lambda: self.browser.send("Browser.getVersion") and number in self.answers, "answer")
        return self.answers[number].get("result", {}).get("result", {}).get("value")

    def name(self, tab: str) -> str:
        """As the browser writes it on the tab."""
        told = self.browser.send("Target.getTargetInfo", {"targetId": tab})
        return told["targetInfo"]["title"]

    def wait_until_named(self, tab: str, name: str) -> None:
        until(lambda: self.name(tab) == name, f"a tab is named {name}")

    def close(self) -> None:
        self.browser.send("Target.disposeBrowserContext", {"browserContextId": self.group})
        self.browser.detach()
