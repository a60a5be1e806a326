"""The messages of the site, without gettext."""

from django.core.management.base import BaseCommand, CommandError

from frame import catalogues


class Command(BaseCommand):
    help = "Compiles the catalogues of messages, brings them in line with the code, or judges them."
    # Runs before there is a database, and first of all commands.
    requires_system_checks = []

    def add_arguments(self, parser):
        task = parser.add_mutually_exclusive_group(required=True)
        task.add_argument(
            "--compile", action="store_true", help="write django.mo where it is missing or older"
        )
        task.add_argument(
            "--update",
            action="store_true",
            help="add the new strings of the code, empty; remove the unused",
        )
        task.add_argument(
            "--check", action="store_true", help="change nothing; one line a fault, exit code 1"
        )

    def handle(self, **options):
        if options["compile"]:
            catalogues.compile_all()
        elif options["update"]:
            for path in catalogues.update_all():
                self.stdout.write(str(path))
        else:
            self._check()

    def _check(self):
        found = catalogues.faults()
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} faults in the catalogues.", returncode=1)
