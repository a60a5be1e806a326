"""The exit script: inline in `<head>`, so that it works before the page has arrived."""

import base64
import hashlib
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("exit.js")


@cache
def source() -> str:
    """The script as it stands between `<script>` and `</script>`."""
    return PATH.read_text("utf-8").strip()


@cache
def content_hash() -> str:
    """Its CSP hash source (CSP level 3): `sha256-…`."""
    digest = hashlib.sha256(source().encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
