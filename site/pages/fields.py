"""Fields that keep words and structure apart."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField


class BlockField(StreamField):
    """A StreamField whose blocks stay out of migrations (decision 0004).

    A change of a block then needs no migration; a data migration sees raw JSON only.
    """

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [], kwargs


class CodesField(models.JSONField):
    """A list of codes, each of them one of `choices`; the form shows a box to tick for each.

    For lists of a child row, where a table of their own would need a form inside a form, and for
    those of a page that are the same in every language.
    """

    def __init__(self, *args, **kwargs):
        self.codes = kwargs.pop("choices", [])
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        known = dict(self.codes)
        if not isinstance(value, list) or any(code not in known for code in value):
            raise ValidationError(_("Choose from the list."))

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.codes,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
