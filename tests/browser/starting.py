"""Waiting for a process that a test has started."""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

WITHIN = 60
PAUSE = 0.05


def until_up(process: subprocess.Popen, log: Path, ask: Callable[[], object]) -> None:
    """Until `ask` no longer raises an OSError, for a minute at most.

    Raises RuntimeError with what the process wrote when it ended or did not answer.
    """
    waiting = threading.Event()
    for _attempt in range(int(WITHIN / PAUSE)):
        if process.poll() is not None:
            break
        try:
            ask()
        except OSError:
            waiting.wait(PAUSE)
        else:
            return
    raise RuntimeError(f"{process.args} did not start:\n{log.read_text()}")
