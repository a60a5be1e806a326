"""What search needs done from time to time beside the requests.

Rooms and engines register tasks from AppConfig.ready; `attend_search` runs them.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

logger = logging.getLogger(__name__)

# A task that failed waits no longer than this for its next try.
TRY_AGAIN_SECONDS = 30.0


@dataclass(frozen=True)
class Task:
    """`work` is called every `seconds`; it may raise, and is called again all the same."""

    name: str
    seconds: float
    work: Callable[[], object]


_tasks: dict[str, Task] = {}


def register(name: str, seconds: float, work: Callable[[], object]) -> None:
    """Adds a task, or replaces the one of this name."""
    _tasks[name] = Task(name, seconds, work)


def tasks() -> list[Task]:
    """In the order in which they were registered."""
    return list(_tasks.values())


def forget(name: str) -> None:
    """Takes a task out again."""
    _tasks.pop(name, None)


class Rounds:
    """Runs each task when its time has come, the first time at once. Seconds of a steady clock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._due: dict[str, float] = {}
        self._failing: set[str] = set()

    def run_due(self) -> None:
        """Runs what is due. An outage of the database or an engine ends no round."""
        for task in tasks():
            if self._clock() >= self._due.get(task.name, 0.0):
                works = run(task, say=task.name not in self._failing)
                (self._failing.discard if works else self._failing.add)(task.name)
                pause = task.seconds if works else min(task.seconds, TRY_AGAIN_SECONDS)
                self._due[task.name] = self._clock() + pause


def run(task: Task, *, say: bool = True) -> bool:
    """Runs a task; False when it failed, which `say` writes to the log."""
    try:
        task.work()
    except Exception:
        if say:
            logger.warning("A task of search failed; it is tried again.", exc_info=True)
        return False
    return True
