"""Cleans documents that were uploaded before uploads were cleaned."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from pages import pdf
from pages.models import SiteDocument


class Command(BaseCommand):
    help = (
        "Writes uploaded PDFs anew without author, dates, attachments and scripts, under new names."
    )

    def handle(self, **options):
        cleaned, refused = 0, []
        for document in SiteDocument.objects.order_by("pk"):
            try:
                cleaned += _clean(document)
            except (OSError, ValidationError) as error:
                words = error.messages if isinstance(error, ValidationError) else ["no file"]
                refused.append(f"{document.pk}: {' '.join(words)}")
        self.stdout.write(f"{cleaned} documents written anew.")
        if refused:
            raise CommandError("Replace or delete these documents:\n" + "\n".join(refused))


def _clean(document: SiteDocument) -> bool:
    """False if the file is clean already. The old file goes once the new one is in the database."""
    storage, old = document.file.storage, document.file.name
    with storage.open(old) as file:
        before = file.read()
        clean = pdf.without_traces(file)
    if clean.read() == before:
        return False
    document.file.save(old, clean, save=False)
    document._set_document_file_metadata()
    document.file.close()
    document.save()
    storage.delete(old)
    return True
