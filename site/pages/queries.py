"""Which page answers an address, in which language; a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from frame.languages import Reading, best, current, split


@dataclass(frozen=True)
class Entry:
    """A page as a link names it: its words, the language they are in, its address.

    The address stays in the reader's language: there the frame is hers, whatever language the text
    is in. `rest` is the address without its language.
    """

    title: str
    text_language: str
    rest: str
    address: str


def readable():
    """Published pages that everybody may read. One below a view restriction does not exist here.

    Nor does one that is past its end, before the command that takes it down has run.
    """
    below = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restricted = PageViewRestriction.objects.annotate(below=below).filter(
        below__startswith=F("page__path")
    )
    over = Q(expire_at__lte=timezone.now())
    return Page.objects.live().exclude(over).exclude(Exists(restricted))


def find(language: str, path: str) -> tuple[Page | None, Reading]:
    """The published page at `/<language>/<path>`, or the same path in a fallback language.

    All languages share the path, so one query finds the page and every translation of it, a second
    one reads it whole.
    """
    from pages.models import NativeReview

    path = f"{path.strip('/')}/" if path.strip("/") else ""
    addresses = {f"/{code}/{path}": code for code, _name in settings.LANGUAGES}
    reviewed = Exists(NativeReview.objects.filter(page_id=OuterRef("pk")))
    rows = readable().filter(url_path__in=addresses).annotate(reviewed=reviewed)
    found = {
        addresses[row["url_path"]]: row
        for row in rows.values("pk", "url_path", "translation_key", "content_type", "reviewed")
    }
    text_language = best(found, language)
    if text_language is None:
        return None, Reading(path, language, frozenset(), language)
    row = found[text_language]
    available = frozenset(
        code for code, other in found.items() if other["translation_key"] == row["translation_key"]
    )
    waits = text_language != settings.LANGUAGE_CODE and not row["reviewed"]
    model = ContentType.objects.get_for_id(row["content_type"]).model_class()
    page = model and model.objects.select_related("locale").filter(pk=row["pk"]).first()
    if page is None:
        # The type of the page is not installed, or its migrations were led back.
        return None, Reading(path, language, frozenset(), language)
    return page, Reading(path, text_language, available, language, waits)


def pages_in_language(
    keys: Iterable[UUID], paths: Iterable[str] = (), language: str | None = None
) -> dict[UUID, Entry]:
    """For each translation key the published page in the reader's language or its fallback.

    Pages at `paths` (addresses without their language) are found in the same query.
    """
    language = language or current()
    addresses = {f"/{code}/{path}" for code, _name in settings.LANGUAGES for path in paths}
    wanted = Q(translation_key__in=set(keys)) | Q(url_path__in=addresses)
    found: dict[UUID, dict[str, Entry]] = {}
    for key, address, title in (
        readable().filter(wanted).values_list("translation_key", "url_path", "title")
    ):
        text_language, rest = split(address)
        entry = Entry(title, text_language, rest, f"/{language}/{rest}")
        found.setdefault(key, {})[text_language] = entry
    return {key: pages[best(pages, language)] for key, pages in found.items()}


def children(page: Page, model: type[Page], language: str | None = None) -> list:
    """The pages of this type right below a page, each in the reader's language or a fallback.

    Children of every translation of the page count: where one is not translated, its original is
    listed. Two queries, whatever their number; in the order of the model's query set.
    """
    homes = Page.objects.filter(translation_key=page.translation_key).values_list("path", "depth")
    below = Q(pk__in=[])
    for path, depth in homes:
        below |= Q(path__startswith=path, depth=depth + 1)
    found: dict[UUID, dict[str, Page]] = {}
    for child in model.objects.filter(below, pk__in=readable()).select_related("locale"):
        found.setdefault(child.translation_key, {})[child.locale.language_code] = child
    return [pages[best(pages, language)] for pages in found.values() if best(pages, language)]


def entries_below(page: Page, language: str | None = None) -> list[Entry]:
    """The pages of any type right below a page, as links name them, in the order of the tree."""
    language = language or current()
    found = []
    for child in sorted(children(page, Page, language), key=lambda child: child.path):
        text_language, rest = split(child.url_path)
        found.append(Entry(child.title, text_language, rest, f"/{language}/{rest}"))
    return found


@dataclass
class Branch:
    """A page in the map of the site, with the pages below it."""

    entry: Entry
    below: list["Branch"] = field(default_factory=list)


def branches(language: str | None = None) -> list[Branch]:
    """Every page below the home page, each in the reader's language or a fallback: one query.

    In the order of the source language's tree. A page whose parent nobody may read hangs below the
    nearest page above that everybody may.
    """
    language = language or current()
    found: dict[str, dict[str, tuple[str, str]]] = {}
    rows = readable().filter(depth__gt=2).order_by("path")
    for address, title, path in rows.values_list("url_path", "title", "path"):
        text_language, rest = split(address)
        if text_language:
            found.setdefault(rest, {})[text_language] = (title, path)
    places: dict[str, Branch] = {}
    top: list[Branch] = []
    for rest in sorted(found, key=lambda rest: (rest.count("/"), _place(found[rest]))):
        text_language = best(found[rest], language)
        title, _path = found[rest][text_language]
        places[rest] = Branch(Entry(title, text_language, rest, f"/{language}/{rest}"))
        above = next((places[path] for path in _above(rest) if path in places), None)
        (above.below if above else top).append(places[rest])
    return top


def _place(in_languages: dict[str, tuple[str, str]]) -> tuple[bool, str]:
    """Where a page stands in the source language's tree; pages that are not in it come last."""
    source = in_languages.get(settings.LANGUAGE_CODE)
    return (False, source[1]) if source else (True, min(path for _, path in in_languages.values()))


def _above(rest: str) -> list[str]:
    """The addresses above one without a language, the nearest first."""
    steps = rest.strip("/").split("/")
    return [f"{'/'.join(steps[:count])}/" for count in range(len(steps) - 1, 0, -1)]


def ancestor_paths(page: Page) -> list[str]:
    """The addresses of the pages above without their language, from the home page ("") down."""
    steps = split(page.url_path)[1].strip("/").split("/")
    if steps == [""]:
        return []
    return ["", *[f"{'/'.join(steps[:count])}/" for count in range(1, len(steps))]]


def home_words(language: str | None = None) -> dict:
    """The home page's words that the frame prints, in the reader's language or a fallback."""
    from pages.models import HomePage

    codes = [code for code, _name in settings.LANGUAGES]
    rows = HomePage.objects.filter(slug__in=codes, pk__in=readable().values("pk"))
    homes = {
        row["slug"]: row for row in rows.values("slug", "run_by", "notice", "search_description")
    }
    chosen = best(homes, language)
    return homes[chosen] if chosen else {}
