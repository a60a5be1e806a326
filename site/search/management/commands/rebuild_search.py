"""Writes all search documents anew."""

from django.core.management.base import BaseCommand

from search import documents, sources


class Command(BaseCommand):
    help = "Writes all search documents anew from what is public now."

    def handle(self, **options):
        for kind in sources.kinds():
            count = documents.rebuild(
                kind, lambda count, kind=kind: self.stdout.write(f"{kind}: {count} …")
            )
            self.stdout.write(f"{kind}: {count} documents.")
