"""What the safety page must hold, so that an editor does not take it away unawares (XR47, XR48)."""

from django.utils.translation import gettext_lazy as _

NEEDED = {
    "practice": _("The safety page needs the practice exit: a calm place to try the button."),
    "note": _("The safety page needs a note: deleting the whole history is not safer."),
    "table": _("The safety page needs a table: the words in the menus of browsers."),
}


def lacking(body) -> str:
    """A sentence for each kind of block that a safety page needs and this body has not.

    One text: the form of a body shows the first error alone.
    """
    kinds = {block.block_type for block in body}
    return " ".join(str(NEEDED[kind]) for kind in NEEDED if kind not in kinds)
