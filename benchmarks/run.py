"""Weights, queries, leaving and requests per second of the demo site, in one run on one machine.

Figures to read, no marks to pass: seconds depend on the machine, so speeds are printed as ratios
against a stock Wagtail page that ran in turns with ours. Everything lives in a temporary folder.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.environment import ROOT, environment
from benchmarks.table import say, table


def manage(*arguments: str) -> None:
    """Runs a command of ours; its output is shown only when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")


def prepare() -> None:
    """The demo site as it is after a first start."""
    for command in (
        ["collectstatic", "--noinput", "--verbosity", "0"],
        ["migrate", "--verbosity", "0"],
        ["createcachetable"],
        ["demo"],
        ["error_pages"],
    ):
        manage(*command)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as name:
        folder = Path(name)
        os.environ.update(environment(folder))
        say("Setting the demo site up in a temporary folder ...")
        prepare()

        import django

        django.setup()
        from benchmarks import leaving, pages, services, speed

        found = pages.PageTypes()
        table(*pages.weights(found))
        table(*pages.queries(found))
        table(*leaving.scripts(found))
        table(*leaving.first_blank_frame(found))
        speed.compare(found, folder)
        for figures in services.measure():
            table(*figures)


if __name__ == "__main__":
    main()
