"""The blocks of a page body, each with icon, description, preview and template.

Words are translated; numbers, years, codes and addresses stand once and are copied.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from pages import queries
from pages.fact_block import FactBlock
from pages.pairs import PairBlock, repeated_codes
from pages.rich_text import refuse_numbers
from pages.same import ServiceChoiceBlock
from pages.stages import SourcesBlock, StageBlock

RICH_TEXT = ["bold", "ol", "ul", "link", "h3"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Starts a part of the page. Short: it stands in the margin.")
        template = "pages/blocks/heading.html"
        preview_value = "Kas vispirms"


class TextBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(features=RICH_TEXT, validators=[refuse_numbers], **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs and lists. One idea a sentence, at most 15 words.")
        template = "pages/blocks/text.html"
        preview_value = "<p>Tu vari zvanīt, nesaucot savu vārdu.</p>"


class CallBlock(blocks.StructBlock):
    service = ServiceChoiceBlock(label=_("Service"))
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=160)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["call"] = context["calls"].get(value["service"]) if context.get("calls") else None
        return context

    class Meta:
        icon = "mobile-alt"
        label = _("Call a number")
        description = _(
            "A service with its number as a large button. The number comes from the directory."
        )
        template = "pages/blocks/call.html"
        preview_value = {"service": "", "note": "Anonīmi. Vari arī klausīties."}


class LinkBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"), max_length=120)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=160)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    service = ServiceChoiceBlock(label=_("Service"), required=False)
    address = blocks.URLBlock(label=_("Address of another site"), required=False)

    def clean(self, value):
        result = super().clean(value)
        if sum(bool(result[name]) for name in ("page", "service", "address")) != 1:
            raise blocks.StructBlockValidationError(
                non_block_errors=[
                    ValidationError(_("Choose one: a page, a service or an address."))
                ]
            )
        return result

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        if value["service"] and context.get("calls"):
            context["call"] = context["calls"].get(value["service"])
        elif value["page"]:
            context["linked_page"] = _in_language(value["page"], context)
        return context

    class Meta:
        icon = "link"
        label = _("Link to a page or a service")
        description = _(
            "One large row that leads on. Another site has no exit button: the page says so."
        )
        template = "pages/blocks/link.html"
        preview_value = {
            "text": "Kā lietot šo lapu drošāk",
            "note": "",
            "page": None,
            "service": "",
            "address": "https://example.org/",
        }


class DescribedImageBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Image with description")
        description = _("An image, described in one sentence or marked as decorative.")
        template = "pages/blocks/image.html"
        preview_value = {"image": None, "caption": "Bāka pie ostas."}


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Text"), help_text=_("Without quotation marks."))
    source = blocks.CharBlock(label=_("Source"), max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Words of a law, a plan or a person, with their source.")
        template = "pages/blocks/quotation.html"
        preview_value = {"text": "Visiem jāuzņemas atbildība.", "source": "Pašvaldības plāns, 2020"}


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "list-ol"
        label = _("Step")
        description = _("One step.")
        template = "pages/blocks/step.html"
        preview_value = {"title": "Piezvani", "text": "Vārds nav jāsaka."}


class StepsBlock(blocks.ListBlock):
    def __init__(self, **kwargs):
        super().__init__(StepBlock(), min_num=2, max_num=6, **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Two to six numbered steps: what happens, what can be decided.")
        template = "pages/blocks/steps.html"
        preview_value = [
            {"title": "Piezvani", "text": "Vārds nav jāsaka."},
            {"title": "Izlem", "text": "Vari arī neko nedarīt."},
        ]


class NoteBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Note")
        description = _("One quiet box. At most one in a part of the page.")
        template = "pages/blocks/note.html"
        preview_value = {"title": "Tu izlem", "text": "<p>Sarunu vari beigt jebkurā brīdī.</p>"}


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("Caption"), max_length=160)
    head = blocks.ListBlock(
        blocks.CharBlock(label=_("Column")), label=_("Head"), min_num=2, max_num=3
    )
    rows = blocks.ListBlock(
        blocks.ListBlock(
            blocks.CharBlock(label=_("Cell"), required=False), label=_("Row"), max_num=3
        ),
        label=_("Rows"),
    )

    def clean(self, value):
        result = super().clean(value)
        if any(len(row) != len(result["head"]) for row in result["rows"]):
            raise blocks.StructBlockValidationError(
                non_block_errors=[ValidationError(_("Every row needs as many cells as the head."))]
            )
        return result

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("At most three columns: a phone shows no more.")
        template = "pages/blocks/table.html"
        preview_value = {
            "caption": "Darba laiks",
            "head": ["Diena", "Laiks"],
            "rows": [["Pirmdiena", "9.00–17.00"], ["Otrdiena", "9.00–17.00"]],
        }


class PracticeBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    done = blocks.CharBlock(label=_("What the reader sees afterwards"), max_length=200)

    class Meta:
        icon = "logout"
        label = _("Practice exit")
        description = _("Leaves the page in the same way as the exit, but ends on this site.")
        template = "pages/blocks/practice.html"
        preview_value = {"text": "Izmēģināt pogu", "done": "Tu pameti lapu. Tas bija izmēģinājums."}


class BelowBlock(blocks.StaticBlock):
    """The children of the page it stands on, whatever room they come from."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = context.get("page")
        context["below"] = queries.entries_below(page) if page and page.pk else []
        return context

    class Meta:
        icon = "list-ul"
        label = _("Pages below this one")
        description = _("A list of the pages below this page, always up to date.")
        admin_text = _("The pages below this one stand here.")
        template = "pages/blocks/below.html"
        preview_value = None


class ContentsBlock(blocks.StaticBlock):
    """Links to the headings that follow it on its page; `pages.models.parts` gives the anchors."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        parts, here = context.get("parts", []), context.get("part")
        context["following"] = parts[parts.index(here) + 1 :] if here in parts else []
        return context

    class Meta:
        icon = "list-ul"
        label = _("Links to the headings below")
        description = _("For a long page: a list of what follows, always up to date.")
        admin_text = _("Links to the headings below stand here.")
        template = "pages/blocks/contents.html"
        preview_value = None


class BodyBlock(blocks.StreamBlock):
    """What a page body may hold."""

    heading = HeadingBlock(max_length=60)
    text = TextBlock()
    call = CallBlock()
    link = LinkBlock()
    image = DescribedImageBlock()
    fact = FactBlock()
    quotation = QuotationBlock()
    sources = SourcesBlock()
    steps = StepsBlock()
    stage = StageBlock()
    note = NoteBlock()
    table = TableBlock()
    pair = PairBlock()
    practice = PracticeBlock()
    below = BelowBlock()
    contents = ContentsBlock()

    def clean(self, value):
        result = super().clean(value)
        repeated = repeated_codes(result)
        if repeated:
            raise blocks.StreamBlockValidationError(block_errors=repeated)
        return result

    class Meta:
        icon = "doc-full"
        description = _("The body of a page.")
        template = "pages/blocks/body.html"
        preview_value = [("heading", "Kas vispirms"), ("text", "<p>Vari zvanīt.</p>")]


MARKS = [
    ("disc", _("half-painted disc: I am being hurt, help")),
    ("triangle", _("triangle: children and teenagers")),
    ("squares", _("two squares: worried about someone")),
    ("diagonal", _("divided square: I hurt others")),
    ("boards", _("three boards: professionals, media, about")),
    ("flag", _("flag: campaigns")),
    ("diamond", _("diamond: facts")),
    ("gable", _("gable: stories")),
    ("ring", _("disc in disc: safety, privacy, accessibility")),
]


class EntranceBlock(blocks.StructBlock):
    page = blocks.PageChooserBlock(label=_("Page"))
    mark = blocks.ChoiceBlock(label=_("Mark"), choices=MARKS)
    line = blocks.CharBlock(label=_("Who this is for"), max_length=80)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        if value["page"]:
            context["linked_page"] = _in_language(value["page"], context)
        return context

    class Meta:
        icon = "login"
        label = _("Entrance")
        description = _("One of the ways in on the home page. Its name is the title of the page.")
        template = "pages/blocks/entrance.html"
        preview_value = {"page": None, "mark": "disc", "line": "Sit, draud, kontrolē vai pazemo."}


class EntrancesBlock(blocks.StreamBlock):
    entrance = EntranceBlock()

    class Meta:
        icon = "login"
        description = _("The ways in on the home page.")
        template = "pages/blocks/entrances.html"
        preview_value = [
            ("entrance", {"page": None, "mark": "disc", "line": "Sit, draud, kontrolē."})
        ]


def codes(body) -> set[str]:
    """The service codes that a body names, so that they are looked up at once."""
    return {
        block.value["service"]
        for block in body
        if block.block_type in {"call", "link", "stage"} and block.value["service"]
    }


def page_keys(*bodies) -> set:
    """The translation keys of the pages that these bodies link to."""
    return {
        block.value["page"].translation_key
        for body in bodies
        for block in body
        if block.block_type in {"link", "entrance", "item"} and block.value["page"]
    }


def _in_language(page, context):
    """The page as this reader should be led to it; the frame has looked it up already."""
    site = context.get("site")
    return site.linked.get(page.translation_key) if site else page
