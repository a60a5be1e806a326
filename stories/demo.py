"""Puts the demo pages of this app in."""

from pages.demo import load_pages

ORDER = 50


def load(content) -> None:
    """Creates the pages that `stories/tree.toml` lists and are missing."""
    load_pages(content, "stories")
