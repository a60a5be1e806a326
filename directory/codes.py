"""Codes of the choices that narrow the list."""

from uuid import NAMESPACE_URL, uuid5

from pages.codes import code_of


def code_of_choice(group: str, key: str) -> str:
    """The code of one choice of a closed list (`who`, `children`): always the same."""
    return code_of(uuid5(NAMESPACE_URL, f"directory/{group}/{key}"), 4)
