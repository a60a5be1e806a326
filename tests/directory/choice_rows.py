"""The rows of choices beside the list: their codes and what they promise."""

import re

from directory.codes import code_of_choice


def fact(key: str) -> str:
    return code_of_choice("fact", key)


def chosen_codes(href: str) -> list[str]:
    found = re.search(r"f=([^&]*)", href)
    return found[1].split(",") if found else []


def row(page, code: str):
    """The row of a choice that is not chosen, or None."""
    own = page.select(".side .needs a[href]")
    return next((link for link in own if code in chosen_codes(link["href"])), None)


def promise(link) -> tuple[int, int]:
    """How many fit and how many are to be asked, as a row says."""
    ask = link.select_one("i")
    return int(link.span.get_text()), int(re.search(r"\d+", ask.get_text())[0]) if ask else 0
