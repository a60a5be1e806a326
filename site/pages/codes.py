"""Codes that say nothing: for addresses and filters that others may read in a history."""

from uuid import UUID

# Without vowels and look-alikes: no word can arise, nothing is misread.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def code_of(uuid: UUID, length: int = 6) -> str:
    """A code of letters and digits made from a uuid: always the same for the same record."""
    number, letters = uuid.int, []
    for _position in range(length):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)
