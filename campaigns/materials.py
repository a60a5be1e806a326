"""The list of a campaign's materials: files, and what is still to come."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from pages.same import SameBlock


class FileChoiceBlock(SameBlock, DocumentChooserBlock):
    """One uploaded file, the same in every language; uploads have neutral names."""


class MaterialBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
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
        preview_value = {"title": "Plakāts A3", "document": None}


class MaterialsBlock(blocks.StreamBlock):
    """What can be taken along from a campaign."""

    material = MaterialBlock()

    class Meta:
        icon = "doc-full"
        description = _("What can be taken along from a campaign.")
        template = "campaigns/blocks/materials.html"
        preview_value = [("material", {"title": "Plakāts A3", "document": None})]
