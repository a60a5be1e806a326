"""Puts the demo pages and indicators of this app in."""

from campaigns import demo_indicators
from pages.demo import load_pages

ORDER = 40


def load(content) -> None:
    """Creates the pages that `campaigns/tree.toml` lists and are missing, and the indicators."""
    load_pages(content, "campaigns")
    demo_indicators.load(content)
