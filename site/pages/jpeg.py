"""The notes inside a JPEG stream (ITU-T T.81, annex B), taken out without touching its pixels."""

START, END = b"\xff\xd8", 0xD9
RESTARTS = range(0xD0, 0xD8)
# Without them a decoder may read the colours wrongly: JFIF without a small picture, and Adobe's.
JFIF_SIZE = 16
JFIF, ADOBE, APPLICATIONS, COMMENT = 0xE0, 0xEE, range(0xE0, 0xF0), 0xFE


def without_notes(stream: bytes) -> bytes:
    """The stream without EXIF, XMP, IPTC, colour profile, comments and what stands after its end.

    Raises ValueError or IndexError for what is not a JPEG stream.
    """
    if not stream.startswith(START):
        raise ValueError("not a JPEG stream")
    kept, position = bytearray(START), len(START)
    while True:
        marker, segment = _next_marker(stream, position)
        kept += stream[position:segment]  # pixels; nothing between two segments
        if marker == END:
            return bytes(kept + b"\xff\xd9")
        size = int.from_bytes(stream[segment + 2 : segment + 4], "big")
        if size < 2:
            raise ValueError("not a JPEG stream")
        position = segment + 2 + size
        if _is_needed(marker, size):
            kept += stream[segment:position]


def _next_marker(stream: bytes, position: int) -> tuple[int, int]:
    """(marker, its place): FF and a byte that is neither a stuffed zero, a restart nor padding."""
    place = stream.index(b"\xff", position)
    while stream[place + 1] in (0, 0xFF) or stream[place + 1] in RESTARTS:
        place = stream.index(b"\xff", place + (1 if stream[place + 1] == 0xFF else 2))
    return stream[place + 1], place


def _is_needed(marker: int, size: int) -> bool:
    if marker == JFIF:
        return size == JFIF_SIZE
    return marker == ADOBE or (marker not in APPLICATIONS and marker != COMMENT)
