"""Deletes what was typed, found nothing and was not typed again for thirty days."""

from django.core.management.base import BaseCommand

from directory import unanswered


class Command(BaseCommand):
    help = "Deletes counted words that nobody typed for thirty days. For every night."

    def handle(self, **options):
        self.stdout.write(f"{unanswered.forget_old()} forgotten.")
