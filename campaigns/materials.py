"""The list of a campaign's materials: files, and what is still to come."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from pages.blocks import TextBlock
from pages.same import SameBlock


class FileChoiceBlock(SameBlock, DocumentChooserBlock):
    """One uploaded file, the same in every language; uploads have neutral names."""


class MaterialBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    words = TextBlock(
        label=_("What stands on it"),
        required=False,
        help_text=_("Readers can read it on the page and need not keep a file."),
    )
    document = FileChoiceBlock(
        label=_("File"),
        required=False,
        help_text=_("Empty: the list says that it is planned."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Material")
        description = _("A poster, a leaflet or a card: a file, or what is still to come.")
        template = "campaigns/blocks/material.html"
        preview_value = {"title": "Plakāts A3", "words": "<p>Vari zvanīt.</p>", "document": None}


class MaterialsBlock(blocks.StreamBlock):
    """What can be taken along from a campaign."""

    material = MaterialBlock()

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["has_files"] = any(block.value["document"] for block in value)
        return context

    class Meta:
        icon = "doc-full"
        description = _("What can be taken along from a campaign.")
        template = "campaigns/blocks/materials.html"
        preview_value = [("material", {"title": "Plakāts A3", "document": None})]
