"""A rule for those who write: how to say it, how not to, and why."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.same import SameBlock, SourceNameBlock


class RuleCodeBlock(SameBlock, blocks.CharBlock):
    """By which a rule is cited, the same in every language; in small letters it is the anchor."""

    def __init__(self, **kwargs):
        form = RegexValidator(r"^[A-Z]{1,3}\d{1,3}\Z", _("Capital letters, then digits: MR1."))
        super().__init__(max_length=6, validators=[form], **kwargs)


class PairBlock(blocks.StructBlock):
    code = RuleCodeBlock(label=_("Code"), help_text=_("By which it is cited: MR1. Once on a page."))
    rule = blocks.CharBlock(label=_("Rule"), max_length=160, help_text=_("One sentence."))
    say = blocks.TextBlock(
        label=_("Like this"), help_text=_("The better words, or what to do. A line each.")
    )
    avoid = blocks.TextBlock(
        label=_("Not like this"), help_text=_("The words to leave out. A line each.")
    )
    why = blocks.TextBlock(label=_("Why"), help_text=_("One or two sentences."))
    doubt = blocks.CharBlock(
        label=_("Doubt"),
        required=False,
        max_length=200,
        help_text=_("What nobody has confirmed yet."),
    )
    source = SourceNameBlock(
        label=_("Source"),
        required=False,
        max_length=200,
        help_text=_("Who says so, and when. Empty: our own advice."),
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["anchor"] = value["code"].lower()
        return context

    class Meta:
        icon = "list-ul"
        label = _("Rule with a pair")
        description = _("A rule for the media: like this, not like this, and why.")
        template = "pages/blocks/pair.html"
        preview_value = {
            "code": "MR1",
            "rule": "Teikuma priekšmets ir cilvēks, kurš ir vardarbīgs",
            "say": "„Vīrs viņu sita.”",
            "avoid": "„Sieviete tika piekauta.”",
            "why": "Tad lasītājs redz, kurš to darīja.",
            "doubt": "",
            "source": "Level Up",
        }


def repeated_codes(body) -> dict[int, ValidationError]:
    """{position in the body: the error of a pair whose code stands above already}."""
    seen: set[str] = set()
    errors: dict[int, ValidationError] = {}
    for position, block in enumerate(body):
        if block.block_type != "pair":
            continue
        code = block.value["code"]
        if code in seen:
            message = ValidationError(_("This code stands on the page already."))
            errors[position] = blocks.StructBlockValidationError(block_errors={"code": message})
        seen.add(code)
    return errors
