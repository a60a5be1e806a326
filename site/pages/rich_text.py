"""Links that editors put into running text, as readers get them.

The notes that they point to stand in the frame of every page, in the language of the frame.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.rich_text import LinkHandler


class AwayLink(LinkHandler):
    """Another site is told nothing of this one, and the reader that it has no exit."""

    identifier = "external"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> SafeString:
        address = attrs["href"]
        if urlsplit(address).hostname == urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname:
            return format_html('<a href="{}">', address)
        return format_html(
            '<a href="{}" rel="noreferrer noopener external" aria-describedby="away-note">', address
        )


class LetterLink(LinkHandler):
    """A letter stays in the mailbox."""

    identifier = "email"

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> SafeString:
        return format_html('<a href="{}" aria-describedby="letter-note">', attrs["href"])


def register(features) -> None:
    """A hook of Wagtail: `register_rich_text_features`."""
    for handler in (AwayLink, LetterLink):
        features.register_link_type(handler)


def refuse_numbers(text: str) -> None:
    """Raises ValidationError for a link that dials: a number is stored once, in the directory."""
    if re.search(r"""href=["']?(tel|sms):""", text, re.IGNORECASE):
        raise ValidationError(
            _(
                "A link that dials stays as it is when the number changes. Use the block “Call a "
                "number”, which takes it from the directory."
            )
        )
