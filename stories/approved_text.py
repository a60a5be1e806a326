"""The text that a person approves, as one string, and its fingerprint."""

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

TEXT_FIELDS = ("title", "lead", "content_note")
# Tags between which a new line begins; all others stand inside a sentence.
LINE_TAGS = re.compile(r"</?(?:p|ul|ol|li|h\d|br|hr)\b[^>]*>", re.IGNORECASE)
TAGS = re.compile(r"<[^>]*>")


def canonical(story) -> str:
    """Everything a reader of this language is told: title, lead, content note, body.

    One line for each field and each value of the body in its order; the keys of pictures, services
    and linked pages are values too, so another picture is another text. Marks of type, random keys
    of the editor and double spaces do not count. Pure: reads the instance alone.
    """
    values = [getattr(story, name) for name in TEXT_FIELDS]
    lines = [line for value in [*values, *leaves(raw(story.body))] for line in plain(str(value))]
    return "\n".join(lines)


def fingerprint(story) -> str:
    """SHA-256 (FIPS 180-4) of the canonical text in UTF-8: 64 hexadecimal digits."""
    return hashlib.sha256(canonical(story).encode()).hexdigest()


def plain(text: str) -> list[str]:
    """The lines of a text without tags: NFC, single spaces, no empty lines."""
    text = unicodedata.normalize("NFC", html.unescape(TAGS.sub("", LINE_TAGS.sub("\n", text))))
    return [line for part in text.split("\n") if (line := " ".join(part.split()))]


def raw(body) -> list:
    """The stream as it is stored; plain lists and dictionaries."""
    return body.stream_block.get_prep_value(body)


def leaves(value: Any) -> Iterator[Any]:
    """The values of nested lists and dictionaries in order, the ids of blocks left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != "id":
                yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value not in (None, ""):
        yield value
