"""The form through which every document comes in."""

from wagtail.documents.forms import BaseDocumentForm

from pages import pdf


class SiteDocumentForm(BaseDocumentForm):
    """Writes the upload anew while the form can still say what is wrong with it."""

    def clean_file(self):
        file = self.cleaned_data.get("file")
        return pdf.without_traces(file) if file and "file" in self.changed_data else file
