"""Keeps one worker alive: starts it, asks it something it must know, and starts it again."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from search.meaning import client, worker

# The longest path of a socket that every system takes (sockaddr_un, less one byte).
LONGEST_PATH = 103
STARTS_WITHIN = 20.0
ANSWERS_WITHIN = 2.0
# The first two mean the same, the third something else, in whatever language.
SAME = ("my husband hits me", "муж бьет меня")
OTHER = "train timetable"
ENDS_WITHIN = 2.0
# After so many starts in a row that never answered, the next ones wait longer and longer.
PATIENT_AFTER = 4
LONGEST_PAUSE = 60.0


class Keeper:
    """The worker of this machine. `look` is called again and again by the process that keeps it."""

    def __init__(self, path: str = "") -> None:
        """`path`: the worker's socket, if not the one of the settings."""
        self.path = path or settings.MEANING_SOCKET
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._answered = False
        self._failed = 0
        self._not_before = 0.0

    def look(self) -> bool:
        """Whether the worker answers sense; if not, it is ended and a fresh one started.

        A worker that loads its model is given time. Never an exception: without the wheel or with
        a path too long for a socket, search goes on without meanings.
        """
        makes_sense = self._makes_sense()
        if makes_sense:
            self._answered = True
            self._failed = 0
            return True
        if makes_sense is None and self._is_loading():
            return False
        self.end()
        self._start()
        return False

    def wait(self) -> bool:
        """Starts the worker and waits until it answers; false when it does not."""
        until = time.monotonic() + STARTS_WITHIN
        while not self.look():
            if time.monotonic() > until or self._process is None:
                return False
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.05)
        return True

    def end(self) -> None:
        """Ends the worker, a hung one too, and takes its socket away."""
        if self._process is None:
            return
        # A stopped process hears nothing but this.
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDS_WITHIN)
        self._process = None
        with contextlib.suppress(OSError):
            Path(self.path).unlink()

    def _start(self) -> None:
        too_long = len(os.fsencode(self.path)) > LONGEST_PATH
        if too_long or time.monotonic() < self._not_before or not Path(self.path).parent.is_dir():
            return
        self._failed += 1
        # Without the wheel or with a foreign model it ends at once: no second of this for ever.
        pause = 0 if self._failed < PATIENT_AFTER else min(LONGEST_PAUSE, 2**self._failed)
        self._not_before = time.monotonic() + pause
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(  # noqa: S603 our own file
                [sys.executable, "-I", worker.__file__, self.path, str(os.getpid())],
                # It is told neither the secret key nor where the database is.
                env={"OMP_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                close_fds=True,
                cwd="/",
            )
        self._started = time.monotonic()
        self._answered = False

    def _is_loading(self) -> bool:
        return (
            self._process is not None
            and self._process.poll() is None
            and not self._answered
            and time.monotonic() - self._started < STARTS_WITHIN
        )

    def _makes_sense(self) -> bool | None:
        """None for a worker that says nothing."""
        found: list[client.Vector] = []
        for text in (*SAME, OTHER):
            answer = client.vector(text, ANSWERS_WITHIN, self.path)
            if answer is None:
                return None
            found.append(answer)
        one, same, other = found
        return bool(one @ same > one @ other)


_keeper: Keeper | None = None


def look() -> None:
    """Keeps the worker of the settings; the task of the process that runs beside the site."""
    global _keeper  # noqa: PLW0603 one per process
    _keeper = _keeper or Keeper()
    _keeper.look()


@contextmanager
def running(path: str = "") -> Iterator[bool]:
    """A worker until the block ends, the one that is there or one of our own; false without."""
    keeper = Keeper(path)
    try:
        yield keeper.wait()
    finally:
        keeper.end()
