"""A telephone number as a QR code: `tel:` and nothing else, drawn on our own server."""

from functools import lru_cache

import segno

QUIET_ZONE = 2


@lru_cache(maxsize=512)
def of_number(number: str) -> str:
    """SVG that carries `tel:` and the number: no title, no description, no style, no address.

    Standard: ISO/IEC 18004; the URI after RFC 3966. Whatever is asked here is public.
    """
    code = segno.make(f"tel:{number}", micro=False, error="m")
    svg = code.svg_inline(
        border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    # The number stands beside it in letters.
    return svg.replace("<svg", '<svg aria-hidden="true"', 1)
