"""A column that holds several codes of a closed list."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class CodesField(models.JSONField):
    """A list of codes, each of them one of `choices`; the form shows a box to tick for each.

    For lists of a child row, where a table of their own would need a form inside a form.
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
