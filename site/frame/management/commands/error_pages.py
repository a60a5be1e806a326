"""Writes the error pages of every language to files."""

from django.core.management.base import BaseCommand

from frame.errors import write_files


class Command(BaseCommand):
    help = "Writes the error pages that are shown when the database or the application is down."

    def handle(self, **options):
        self.stdout.write(f"{len(write_files())} error pages written.")
