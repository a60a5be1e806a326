"""Codes that say nothing: for addresses and filters that others may read in a history."""

from uuid import NAMESPACE_URL, UUID, uuid5

# Without vowels and look-alikes: no word can arise, nothing is misread.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def code_of(uuid: UUID, length: int = 6) -> str:
    """A code of letters and digits made from a uuid: always the same for the same record."""
    number, letters = uuid.int, []
    for _position in range(length):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


def code_of_choice(group: str, key: str) -> str:
    """The code of one choice of a closed list (`who`, `children`): always the same."""
    return code_of(uuid5(NAMESPACE_URL, f"directory/{group}/{key}"), 4)
