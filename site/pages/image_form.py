"""The form through which every image comes in."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm

from pages.files import without_metadata


class SiteImageForm(BaseImageForm):
    """Re-encodes the upload while the form can still say what is wrong with it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        read = self.fields["file"].to_python

        def to_python(data):
            """A broken file is an answer to its sender, not an error of ours."""
            try:
                return read(data)
            except (OSError, SyntaxError, ValueError) as error:
                raise ValidationError(_("This image cannot be read.")) from error

        self.fields["file"].to_python = to_python

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            name = file.name
            clean = without_metadata(file)
            clean.name = name
            return clean
        return file
