"""Blocks whose value is the same in every language: copied into translations, never translated."""

from django import forms
from wagtail import blocks

from pages import links


class SameBlock:
    """Mixed into a block: the translation editor does not ask for it (decision 0005)."""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class SourceNameBlock(SameBlock, blocks.CharBlock):
    """The name of a law, an office or a site as it is written there."""


class ServiceChoiceBlock(SameBlock, blocks.FieldBlock):
    """The code of a service, resolved when the page is read.

    Not a ChoiceBlock: that asks for all choices whenever a stored value is read.
    """

    def __init__(self, *, required=True, help_text=None, **kwargs):
        self.field = forms.ChoiceField(
            choices=lambda: [("", "–"), *links.choices()], required=required, help_text=help_text
        )
        super().__init__(**kwargs)

    class Meta:
        icon = "mobile-alt"
