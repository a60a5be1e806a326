"""Runs beside the site: does what search needs done from time to time."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from search import upkeep

LOOKS_EVERY = 1.0


class Command(BaseCommand):
    help = "Runs until it is ended: sends changes to the search engine, compares, rebuilds."
    # Checks may ask the database, and this starts while it is down.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="run each task once and end")
        parser.add_argument(
            "--with-parent",
            nargs="?",
            type=int,
            const=0,
            metavar="PROCESS",
            help="end when the parent process (of this number) has ended",
        )

    def handle(self, *, once, with_parent, **options):
        if once:
            failed = [task.name for task in upkeep.tasks() if not upkeep.run(task)]
            if failed:
                raise CommandError(f"Failed: {', '.join(failed)}.")
            return
        parent = (with_parent or os.getppid()) if with_parent is not None else None
        with _ending_at_once():
            rounds = upkeep.Rounds()
            while parent in (None, os.getppid()):
                # One that the server has closed or that an outage has broken is opened anew.
                close_old_connections()
                rounds.run_due()
                close_old_connections()
                time.sleep(LOOKS_EVERY)


@contextmanager
def _ending_at_once() -> Iterator[None]:
    """A signal ends the process wherever it is; what is open is closed on the way out."""

    def end(number, frame):
        sys.exit(0)

    wanted = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, end) for number in wanted}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
