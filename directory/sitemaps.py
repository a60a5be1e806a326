"""Services in the sitemap, in every language in which they have words."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import translation

from directory.models import Service, ServiceText


class ServiceSitemap(Sitemap):
    """One address for each public service and language."""

    limit = 5000

    def items(self):
        return (
            ServiceText.objects.filter(
                service__in=Service.objects.public(),
                locale__language_code__in=[code for code, _name in settings.LANGUAGES],
            )
            .select_related("locale", "service")
            .order_by("service__code", "locale__language_code")
        )

    def location(self, text):
        with translation.override(text.locale.language_code):
            return reverse("directory:service", args=[text.service.code])
