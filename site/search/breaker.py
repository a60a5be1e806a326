"""Spares a part that does not answer, and those who would wait for it."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """Open after a failure: nobody asks for `seconds`, then one caller tries.

    One for each process, safe between threads. The clock is a monotonic one, in seconds.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic):
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._open_until: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the last that is known is a failure."""
        return self._open_until is not None

    def may_ask(self) -> bool:
        """True while all is well, and once for each pause when it is not."""
        with self._lock:
            if self._open_until is None:
                return True
            now = self._clock()
            if now < self._open_until:
                return False
            # The others go on waiting for what this one learns.
            self._open_until = now + self._seconds
            return True

    def worked(self) -> None:
        with self._lock:
            self._open_until = None

    def failed(self) -> None:
        with self._lock:
            self._open_until = self._clock() + self._seconds
