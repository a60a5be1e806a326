"""Writes all search documents anew, in the table and in the index of an engine."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from search import changes, documents, sources


class Command(BaseCommand):
    help = "Writes all search documents anew from what is public now."

    def add_arguments(self, parser):
        parser.add_argument(
            "--table",
            action="store_true",
            help="the table alone: attend_search brings it to the engine",
        )

    def handle(self, *, table, **options):
        with_index = changes.are_wanted() and not table
        if with_index and import_string("search.elastic.rebuilding.runs")():
            raise CommandError(RUNS)
        for kind in sources.kinds():
            count = documents.rebuild(
                kind, lambda count, kind=kind: self.stdout.write(f"{kind}: {count} …")
            )
            self.stdout.write(f"{kind}: {count} documents.")
        if with_index:
            self._rebuild_index()

    def _rebuild_index(self) -> None:
        from search.elastic import following, rebuilding

        try:
            count = rebuilding.rebuild(lambda count: self.stdout.write(f"index: {count} …"))
            self.stdout.write(f"index: {count} documents.")
            self.stdout.write(f"index: {following.send()} changes sent.")
        except rebuilding.AlreadyRunning:
            raise CommandError(RUNS) from None
        except Exception as error:
            # Its text holds what was sent.
            raise CommandError(f"{UNFINISHED} ({type(error).__name__})") from None


RUNS = "Another process builds the index now; wait until it has ended."
UNFINISHED = "The index was not built: searches go on with the old one or with the database."
