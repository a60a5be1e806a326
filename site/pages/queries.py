"""Which page answers an address, in which language; a constant number of queries."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import Page, PageViewRestriction

from frame.languages import Reading, best, current


def readable():
    """Published pages that everybody may read. One below a view restriction does not exist here."""
    below = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restricted = PageViewRestriction.objects.annotate(below=below).filter(
        below__startswith=F("page__path")
    )
    return Page.objects.live().exclude(Exists(restricted))


def find(language: str, path: str) -> tuple[Page | None, Reading]:
    """The published page at `/<language>/<path>`, or the same path in a fallback language.

    All languages share the path, so one query finds the page and every translation of it.
    """
    from pages.models import NativeReview

    path = f"{path.strip('/')}/" if path.strip("/") else ""
    reviewed = Exists(NativeReview.objects.filter(page_id=OuterRef("pk")))
    addresses = {f"/{code}/{path}": code for code, _name in settings.LANGUAGES}
    found = {
        addresses[page.url_path]: page
        for page in readable().filter(url_path__in=addresses).annotate(reviewed=reviewed)
    }
    text_language = best(found, language)
    page = found.get(text_language)
    available = frozenset(
        code
        for code, other in found.items()
        if page and other.translation_key == page.translation_key
    )
    waits = bool(page) and text_language != settings.LANGUAGE_CODE and not page.reviewed
    return page, Reading(path, text_language or language, available, language, waits)


def pages_in_language(
    keys: Iterable[UUID], addresses: Iterable[str] = (), language: str | None = None
) -> dict[UUID, Page]:
    """For each translation key the published page in the reader's language or its fallback.

    Each page carries `text_language`, so that a link can say which language it leads to. Pages at
    `addresses` are found in the same query.
    """
    found: dict[UUID, dict[str, Page]] = {}
    wanted = Q(translation_key__in=set(keys)) | Q(url_path__in=set(addresses))
    for page in readable().filter(wanted).select_related("locale"):
        page.text_language = page.locale.language_code
        found.setdefault(page.translation_key, {})[page.text_language] = page
    return {key: pages[best(pages, language)] for key, pages in found.items()}


def ancestor_addresses(page: Page) -> list[str]:
    """The addresses of the pages above, from the home page down."""
    steps = page.url_path.strip("/").split("/")[:-1]
    return [f"/{'/'.join(steps[: count + 1])}/" for count in range(len(steps))]


def home_of(language: str | None = None):
    """The home page whose words the frame prints, in the reader's language or a fallback."""
    from pages.models import HomePage

    codes = [code for code, _name in settings.LANGUAGES]
    homes = {
        home.slug: home
        for home in HomePage.objects.live().filter(slug__in=codes).defer("body", "entrances")
    }
    return homes.get(best(homes, language or current()))
