"""What is painted: every frame of a tab, and the colours in it.

Pages of our site are painted red, those of other sites green, so that a glance of a frame says
whose it is. What the exit itself shows is left as it is.
"""

import base64
import io
from dataclasses import dataclass

from PIL import Image, ImageChops
from playwright.sync_api import Page

from tests.browser.profiles import until

# No style of the test would get past the policy of our pages; a constructed sheet is the script's.
PAINT = """
if (location.host) {
  const ours = location.hostname === "127.0.0.1" && !location.pathname.endsWith("/blank/");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(ours
    ? "body *:not([role=alert]) { background: #f00 !important; color: #f00 !important }"
      + "body::before { content: ''; position: fixed; inset: 0; background: #f00;"
      + "  pointer-events: none; z-index: 9 }"
    : "html { background: #0f0 }");
  document.adoptedStyleSheets = [sheet];
}
"""
RED, GREEN = 0, 1
# Small enough to be looked at one by one.
SIZE = {"maxWidth": 360, "maxHeight": 360}


@dataclass(frozen=True)
class Frame:
    """A picture and the second (since 1970) in which it was shown."""

    seconds: float
    picture: bytes

    def has(self, colour: int) -> bool:
        """A single dot of it is enough."""
        with Image.open(io.BytesIO(self.picture)) as picture:
            bands = list(picture.convert("RGB").split())
        strong = bands.pop(colour).point(lambda value: 255 if value > 180 else 0)
        weak = [band.point(lambda value: 255 if value < 80 else 0) for band in bands]
        return ImageChops.darker(strong, ImageChops.darker(*weak)).getbbox() is not None


class Film:
    """All frames of a tab from now on."""

    def __init__(self, page: Page):
        self.page = page
        self.frames: list[Frame] = []
        self.session = page.context.new_cdp_session(page)
        self.session.on("Page.screencastFrame", self._keep)
        self.session.send("Page.startScreencast", {"format": "png", **SIZE})

    def _keep(self, told: dict) -> None:
        self.session.send("Page.screencastFrameAck", {"sessionId": told["sessionId"]})
        picture = base64.b64decode(told["data"])
        self.frames.append(Frame(told["metadata"]["timestamp"], picture))

    def wait_for(self, colour: int | None) -> None:
        """Until the last frame has this colour, or neither of the two."""
        until(lambda: self._ends_with(colour), "the film ends with this colour")

    def _ends_with(self, colour: int | None) -> bool:
        # Frames come with the answer to whatever is asked.
        self.session.send("Browser.getVersion")
        return bool(self.frames) and self._is(self.frames[-1], colour)

    @staticmethod
    def _is(frame: Frame, colour: int | None) -> bool:
        if colour is None:
            return not frame.has(RED) and not frame.has(GREEN)
        return frame.has(colour)

    def end(self) -> list[Frame]:
        # Not detached: that waits for ever now and then. The session ends with the tab.
        self.session.send("Page.stopScreencast")
        return self.frames
