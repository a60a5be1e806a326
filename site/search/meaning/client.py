"""Asks the worker for the meaning of a text, within a time; None is an answer like any other."""

import math
import socket
import struct
import time

import numpy
from django.conf import settings
from numpy.typing import NDArray

from search.meaning.bounds import ANSWER_BYTES, bounded
from search.meaning.worker import HEAD

# Who types waits no longer for it; keys and phrases then answer alone.
TIME_LIMIT = 0.15
Vector = NDArray[numpy.float32]


def vector(text: str, within: float = TIME_LIMIT, path: str = "") -> Vector | None:
    """The unit vector of a text, or None: nothing to read, no worker, too late, or nonsense.

    `path`: the worker's socket, if not the one of the settings.
    """
    text = bounded(text)
    if not text:
        return None
    until = time.monotonic() + within
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(within)
            connection.connect(path or settings.MEANING_SOCKET)
            asked = text.encode()
            connection.sendall(HEAD.pack(until, len(asked)) + asked)
            answer = _read(connection, until)
    except (OSError, struct.error):
        return None
    return _checked(answer)


def _read(connection: socket.socket, until: float) -> bytes:
    found = b""
    while len(found) <= ANSWER_BYTES:
        left = until - time.monotonic()
        if left <= 0:
            return b""
        connection.settimeout(left)
        part = connection.recv(ANSWER_BYTES + 1 - len(found))
        if not part:
            break
        found += part
    return found


def _checked(answer: bytes) -> Vector | None:
    if len(answer) != ANSWER_BYTES:
        return None
    found = numpy.frombuffer(answer, dtype="<f4")
    length = float(numpy.linalg.norm(found))
    # Also false for what is no number.
    return found if math.isclose(length, 1.0, abs_tol=0.01) else None
