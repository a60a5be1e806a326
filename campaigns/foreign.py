"""Pages in another language than the reader's: their words are marked, not those of the frame."""

from wagtail.models import Page

from frame.languages import current


def marked(page: Page) -> dict:
    """What a template needs that marks the page's own words: its labels are the frame's."""
    return {"labels_in_frame_language": True, "foreign": foreign(page)}


def foreign(page: Page) -> str:
    """The language of a page's words where it is not the reader's, else nothing."""
    language = page.locale.language_code
    return "" if language == current() else language
