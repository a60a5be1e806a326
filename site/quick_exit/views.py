"""What the exit calls while it leaves, and the page where it ends when nobody answers."""

from django.db import DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from quick_exit.context_processors import default, destination


@csrf_exempt
@require_POST
@never_cache
def clear(request):
    """204 that empties what the browser keeps of this site, so that Back finds nothing (XR24).

    Not "cookies": public pages set none, and an editor on the same host would be signed out.
    Exempt from CSRF because it changes nothing here and public pages carry no cookie.
    """
    response = HttpResponse(status=204)
    response.headers["Clear-Site-Data"] = '"cache", "prefetchCache", "prerenderCache"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def blank(request):
    """The last place of an exit when neither address has answered: says nothing about this site.

    Without the frame, which would say where it belongs (decision 26).
    """
    try:
        found = destination()
    except DatabaseError:
        found = default()
    response = render(request, "quick_exit/blank.html", {"destination": found})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
