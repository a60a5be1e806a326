"""What a page shows: its words, a part of it, the titles of a list."""

from bs4 import BeautifulSoup


def words(tag) -> str:
    """The text with plain blanks, without the signs that keep a line together."""
    return " ".join(tag.get_text(" ", strip=True).replace("\u2060", "").split())


def part(page: BeautifulSoup, heading: str) -> BeautifulSoup | None:
    return next((one for one in page.select(".part") if words(one.h2 or one) == heading), None)


def titles(tag) -> list[str]:
    return [words(link) for link in tag.select("h3 a")]
