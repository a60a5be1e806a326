"""Pages as search finds them: what everybody may read, in the languages it is published in."""

from collections.abc import Iterable

from wagtail.models import Page

from pages import queries
from pages.models import BodyPage, HomePage
from search import documents, sources

KIND = "page"
# The mark of pages for people who hurt others: never above help for the hurt.
FOR_PEOPLE_WHO_HURT = "diagonal"


def entries(identities: set[str] | None) -> Iterable[sources.Entry]:
    """Published pages with a body, home pages left out: their words are those of the others."""
    found = queries.readable().not_type(HomePage).filter(depth__gt=2)
    if identities is not None:
        found = found.filter(translation_key__in=identities)
    for page in found.select_related("locale").specific():
        if isinstance(page, BodyPage):
            yield sources.Entry(
                identity=str(page.translation_key),
                language=page.locale.language_code,
                title=page.title,
                text=page.lead,
                more=" ".join(
                    [
                        *page.searched_words(),
                        *page.body.stream_block.get_searchable_content(page.body),
                    ]
                ),
                for_people_who_hurt=page.mark == FOR_PEOPLE_WHO_HURT,
            )


def page_changed(sender, instance: Page, **kwargs) -> None:
    """Published, unpublished, moved or deleted, and all pages below it with it."""
    below = Page.objects.filter(path__startswith=instance.path)
    keys = {str(key) for key in below.values_list("translation_key", flat=True)}
    documents.update(KIND, keys | {str(instance.translation_key)})


def restriction_changed(sender, instance, **kwargs) -> None:
    """A page that not everybody may read is found by nobody, nor is what is below it."""
    page_changed(sender, instance.page)
