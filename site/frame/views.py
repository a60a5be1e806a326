"""Plain answers that belong to no page."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe


@require_safe
def start(request):
    """`/` leads to the default language, whatever the browser asks for."""
    return HttpResponseRedirect(f"/{settings.LANGUAGE_CODE}/")


@require_safe
def health(request):
    """200 `ok` while the database answers, else 503: for the container and the proxy."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def robots(request):
    """Everything but the admin may be indexed; the sitemap is named."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    text = f"User-agent: *\nDisallow: /admin/\nSitemap: {sitemap}\n"
    return HttpResponse(text, content_type="text/plain")
