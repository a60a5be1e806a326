"""Addresses: staff and machines without a language, everything public under its language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.utils.module_loading import import_string
from django.views.static import serve as serve_file
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern


def view(dotted_path: str):
    """A view named by string: this package imports no app."""
    return import_string(dotted_path)


handler400 = "frame.errors.bad_request"
handler403 = "frame.errors.permission_denied"
handler404 = "frame.errors.page_not_found"
handler500 = "frame.errors.server_error"

urlpatterns = [
    path("", view("frame.views.start"), name="start"),
    path("health/", view("frame.views.health"), name="health"),
    path("robots.txt", view("frame.views.robots"), name="robots"),
    path(
        "sitemap.xml",
        sitemap,
        {
            "sitemaps": {
                "pages": view("pages.sitemaps.PageSitemap"),
                "services": view("directory.sitemaps.ServiceSitemap"),
            }
        },
        name="sitemap",
    ),
    path("", include("quick_exit.urls")),
    path("admin/", include(wagtailadmin_urls)),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(
        re_path(
            r"^media/(?P<path>[\w./-]{1,200})$", serve_file, {"document_root": settings.MEDIA_ROOT}
        )
    )

urlpatterns += i18n_patterns(
    path("", include("directory.urls")),
    path("", include("campaigns.urls")),
    path("", include("stories.urls")),
    path("blank/", view("quick_exit.views.blank"), name="blank"),
    re_path(serve_pattern, view("pages.views.serve"), name="wagtail_serve"),
    prefix_default_language=True,
)
