"""The text that a person approves, as one string, and its fingerprint."""

import hashlib
import html
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from wagtail import blocks

TEXT_FIELDS = ("title", "tab_title", "lead", "content_note", "search_description")
# Tags between which a new line begins; all others stand inside a sentence.
LINE_TAGS = {"p", "ul", "ol", "li", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
# Tags that show or lead to something beside the words; their attributes are values.
VALUE_TAGS = {"a", "embed", "img"}


def canonical(story) -> str:
    """Everything a reader of this language is told: titles, lead, content note, description, body.

    One line for each field and each value of the body in its order; the keys of pictures, services
    and linked pages are values too, so another picture is another text, and so is another address
    under the same words, or a heading made of a sentence. Bold letters, random keys of the editor
    and double spaces do not count. Signs are written as in HTML: a tag that is read as words is not
    a tag. Pure: reads the instance alone.
    """
    body = story.body.stream_block
    lines = [line for name in TEXT_FIELDS for line in plain(getattr(story, name))]
    return "\n".join([*lines, *values(body, body.get_prep_value(story.body))])


def fingerprint(story) -> str:
    """SHA-256 (FIPS 180-4) of the canonical text in UTF-8: 64 hexadecimal digits."""
    return hashlib.sha256(canonical(story).encode()).hexdigest()


def plain(value: Any) -> list[str]:
    """The lines of a value that templates show as it is typed."""
    return _lines(html.escape(str(value), quote=False))


def rich(text: str) -> list[str]:
    """The lines of rich text: its words, and where its links lead."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return _lines("".join(reader.found))


def values(block: blocks.Block, stored: Any) -> Iterator[str]:
    """The lines of a block as it is stored; the order of keys and what is empty do not count."""
    if stored in (None, "", False):
        return
    if isinstance(block, blocks.StreamBlock):
        for child in stored:
            yield child["type"]
            yield from values(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, blocks.ListBlock):
        for item in stored:
            # Rows of Wagtail before 2.16 and of the code have neither type nor id.
            is_item = isinstance(item, dict) and item.get("type") == "item" and "value" in item
            yield from values(block.child_block, item["value"] if is_item else item)
    elif isinstance(block, blocks.StructBlock) and isinstance(stored, dict):
        for name in sorted(block.child_blocks):
            yield from values(block.child_blocks[name], stored.get(name))
    elif isinstance(block, blocks.RichTextBlock):
        yield from rich(stored)
    else:
        yield from plain(stored)


class _Reader(HTMLParser):
    """Words with their signs as in HTML; of the tags only those that are values."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in LINE_TAGS:
            self.found.append("\n")
        elif tag in VALUE_TAGS:
            kept = sorted(
                (name, " ".join((value or "").split()))
                for name, value in attrs
                if not name.startswith("data-")
            )
            inner = "".join(f' {name}="{html.escape(value)}"' for name, value in kept)
            self.found.append(f"<{tag}{inner}>")

    def handle_endtag(self, tag):
        if tag in LINE_TAGS:
            self.found.append("\n")
        elif tag == "a":
            self.found.append("</a>")

    def handle_data(self, data):
        self.found.append(html.escape(data, quote=False))


def _lines(text: str) -> list[str]:
    """NFC, single spaces, no empty lines."""
    text = unicodedata.normalize("NFC", text)
    return [line for part in text.split("\n") if (line := " ".join(part.split()))]
