"""Keeps `attend_search` alive beside the application server, as a process of its own."""

import os
import subprocess
import sys
import threading
from pathlib import Path

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
RESTARTS_AFTER = 5.0

_ended = threading.Event()
_process: subprocess.Popen | None = None


def keep() -> None:
    """Starts it, and again whenever it has ended; from the server's first process."""
    threading.Thread(target=_keep, name="attend_search", daemon=True).start()


def _keep() -> None:
    global _process  # noqa: PLW0603 one per server
    command = [sys.executable, str(MANAGE), "attend_search", "--with-parent", str(os.getpid())]
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings.production", **os.environ}
    while not _ended.is_set():
        _process = subprocess.Popen(command, env=environment)  # noqa: S603 our own words
        _process.wait()
        _ended.wait(RESTARTS_AFTER)


def end() -> None:
    """Ends it with the server."""
    _ended.set()
    if _process is not None:
        _process.terminate()
