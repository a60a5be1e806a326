"""The sitemap over all locales."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from pages.queries import readable


class PageSitemap(Sitemap):
    """Every published page that everybody may read, in every language."""

    limit = 5000

    def items(self):
        codes = [code for code, _name in settings.LANGUAGES]
        return readable().filter(depth__gt=1, locale__language_code__in=codes).order_by("url_path")

    def location(self, page):
        return page.url_path

    def lastmod(self, page):
        return page.last_published_at
