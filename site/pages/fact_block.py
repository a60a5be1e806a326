"""The block that quotes a fact: it holds which one, and nothing else."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from pages.fact_queries import FactBank
from pages.same import SameBlock


class FactChoiceBlock(SameBlock, SnippetChooserBlock):
    """One fact of the bank, the same in every language."""


class FactBlock(blocks.StructBlock):
    fact = FactChoiceBlock("pages.Fact", label=_("Fact"))

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        # In the editor's preview of a block there is no request that wants facts.
        bank = context.get("fact_bank") or FactBank(None)
        context["quoted"] = bank.get(value["fact"]) if value["fact"] else None
        return context

    def get_preview_value(self):
        """The fact that is first in the bank: an invented one would stand without a source."""
        from pages.facts import Fact

        return self.normalize({"fact": Fact.objects.filter(texts__isnull=False).first()})

    class Meta:
        icon = "percent"
        label = _("Fact")
        description = _("A figure that never stands without its definition, source and year.")
        template = "pages/blocks/fact.html"
        preview_value = {"fact": None}


def facts_in(body) -> list:
    """The facts that a body quotes, so that they are read at once."""
    return [
        block.value["fact"] for block in body if block.block_type == "fact" and block.value["fact"]
    ]
