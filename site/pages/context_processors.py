"""The site's name, menus and linked pages for the frame; the facts that a page quotes."""

from django.utils.functional import SimpleLazyObject, cached_property

from frame.kept import kept
from pages import queries
from pages.fact_queries import FactBank
from pages.models import MenuLink, SiteSettings


def shared() -> dict:
    """What all pages of a language share: name, words of the home page, menus, safety page."""
    links = list(MenuLink.objects.select_related("page").order_by("sort_order"))
    settings = SiteSettings.objects.select_related("safety_page").first()
    safety = settings and settings.safety_page
    keys = {link.page.translation_key for link in links}
    pages = queries.pages_in_language(keys | ({safety.translation_key} if safety else set()))
    return {
        "name": settings.name if settings else "",
        "home": queries.home_words(),
        "safety_page": pages.get(safety.translation_key) if safety else None,
        "menus": {
            place: [
                pages[link.page.translation_key]
                for link in links
                if link.place == place and link.page.translation_key in pages
            ]
            for place in (MenuLink.MAIN, MenuLink.FOOTER)
        },
    }


class SiteFrame:
    """What the frame prints; a page leaves `wanted_pages` (keys) and `ancestor_paths`."""

    def __init__(self, request):
        self._keys = getattr(request, "wanted_pages", set())
        self._paths = getattr(request, "ancestor_paths", [])

    @cached_property
    def _shared(self) -> dict:
        return kept("site", shared)

    @property
    def name(self) -> str:
        return self._shared["name"]

    @property
    def home(self) -> dict:
        return self._shared["home"]

    @property
    def menu(self) -> list:
        return self._shared["menus"][MenuLink.MAIN]

    @property
    def footer(self) -> list:
        return self._shared["menus"][MenuLink.FOOTER]

    @property
    def safety_page(self):
        return self._shared["safety_page"]

    @cached_property
    def linked(self) -> dict:
        """{translation key: entry in the reader's language} of the page's links and breadcrumbs."""
        if not self._keys and not self._paths:
            return {}
        return queries.pages_in_language(self._keys, self._paths)

    @property
    def crumbs(self) -> list:
        """The published pages above this one, from the home page down."""
        by_path = {entry.rest: entry for entry in self.linked.values()}
        return [by_path[path] for path in self._paths if path in by_path]


def site(request):
    """Lazy, so that the admin does not pay for it."""
    return {
        "site": SimpleLazyObject(lambda: SiteFrame(request)),
        "fact_bank": SimpleLazyObject(lambda: FactBank(request)),
    }
