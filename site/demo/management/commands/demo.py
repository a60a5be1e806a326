"""Loads the demo content; what is there already is kept as it was edited."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from demo.content import FOLDER, Content, ContentError
from demo.following import tasks_once


class Command(BaseCommand):
    help = "Loads the demo content in every language. Changes nothing when a file has a mistake."

    def add_arguments(self, parser):
        parser.add_argument("--folder", type=Path, default=FOLDER, help="where the files are")

    def handle(self, folder, **options):
        content = Content(folder)
        try:
            with transaction.atomic(), tasks_once():
                for step in steps():
                    step(content)
        except ContentError as error:
            raise CommandError(str(error)) from error
        for line in content.lines:
            self.stdout.write(line)


def steps() -> list:
    """`load` of all rooms that have a `demo` module, in the order they ask for, then `finish`.

    A room finishes what names things of the rooms that load after it.
    """
    modules = [
        import_module(f"{config.name}.demo")
        for config in apps.get_app_configs()
        if find_spec(f"{config.name}.demo")
    ]
    ordered = sorted((module for module in modules if hasattr(module, "load")), key=_order)
    finishing = [module.finish for module in ordered if hasattr(module, "finish")]
    return [*[module.load for module in ordered], *finishing]


def _order(module) -> int:
    return module.ORDER
