"""Serves a page by its address, or the same address in a fallback language."""

from django.http import Http404
from django.views.decorators.csrf import csrf_exempt
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from frame.languages import current
from pages.queries import find


@csrf_exempt  # reads only: a POST is answered 405, not 403
def serve(request, path):
    """Finds the page in one query and hands it to Wagtail's view, whose hooks all run.

    Wagtail's own routing walks the tree of one language and knows no fallback (decision 0003);
    it reads the route that is left on the request.
    """
    page, reading = find(current(), path)
    if page is None:
        raise Http404
    request.reading = reading
    request._wagtail_route_for_request = RouteResult(page, [], {})
    return wagtail_serve(request, path)
