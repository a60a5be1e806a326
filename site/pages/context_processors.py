"""The site's name, menus and linked pages for the frame."""

from django.utils.functional import SimpleLazyObject, cached_property

from pages import queries
from pages.models import MenuLink, SiteSettings


class SiteFrame:
    """What the frame prints on every page; each part is asked for once, when it is needed.

    A page leaves `wanted_pages` (translation keys) and `ancestor_addresses` on the request.
    """

    def __init__(self, request):
        self._keys = getattr(request, "wanted_pages", set())
        self._addresses = getattr(request, "ancestor_addresses", [])

    @cached_property
    def settings(self) -> SiteSettings | None:
        """Comes along with the menu links; asked for alone while there are none."""
        if self._links:
            return self._links[0].site_settings
        return SiteSettings.objects.select_related("safety_page").first()

    @cached_property
    def name(self) -> str:
        return self.settings.name if self.settings else ""

    @cached_property
    def home(self):
        return queries.home_of()

    @cached_property
    def _links(self) -> list[MenuLink]:
        links = MenuLink.objects.select_related("page", "site_settings__safety_page")
        return list(links.order_by("sort_order"))

    @cached_property
    def linked(self) -> dict:
        """{translation key: page in the reader's language} of menus, page body and breadcrumbs."""
        keys = {link.page.translation_key for link in self._links} | self._keys
        if self.settings and self.settings.safety_page:
            keys.add(self.settings.safety_page.translation_key)
        return queries.pages_in_language(keys, self._addresses)

    def _menu(self, place: str) -> list:
        keys = [link.page.translation_key for link in self._links if link.place == place]
        return [self.linked[key] for key in keys if key in self.linked]

    @property
    def menu(self) -> list:
        return self._menu(MenuLink.MAIN)

    @property
    def footer(self) -> list:
        return self._menu(MenuLink.FOOTER)

    @property
    def safety_page(self):
        page = self.settings and self.settings.safety_page
        return self.linked.get(page.translation_key) if page else None

    @property
    def crumbs(self) -> list:
        """The published pages above this one, from the home page down."""
        by_address = {page.url_path: page for page in self.linked.values()}
        return [by_address[address] for address in self._addresses if address in by_address]


def site(request):
    """Lazy, so that the admin does not pay for it."""
    return {"site": SimpleLazyObject(lambda: SiteFrame(request))}
