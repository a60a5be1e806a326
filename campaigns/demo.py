"""Puts the demo pages of this app in."""

from pages.demo import load_pages

ORDER = 40


def load(content) -> None:
    """Creates the pages that `campaigns/tree.toml` lists and are missing."""
    load_pages(content, "campaigns")
