"""The exit script: inline in `<head>`, so that it works before the page has arrived."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from rjsmin import jsmin

PATH = Path(__file__).with_name("exit.js")


@cache
def source() -> str:
    """The script as it stands between `<script>` and `</script>`: without comments and blanks."""
    return str(jsmin(PATH.read_text("utf-8"))).strip()


def hash_source(text: str) -> str:
    """The CSP hash source of an inline text (CSP level 3): `sha256-…`."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def content_hash() -> str:
    """The hash source of the exit script."""
    return hash_source(source())
