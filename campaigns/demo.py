"""Puts the demo pages, indicators and wordings of this app in."""

from campaigns import demo_indicators, demo_lexicon
from pages.demo import load_pages

ORDER = 40


def load(content) -> None:
    """Creates the pages that `campaigns/tree.toml` lists and are missing, and what is no page."""
    load_pages(content, "campaigns")
    demo_indicators.load(content)
    demo_lexicon.load(content)
