"""The endpoint that the exit calls while it leaves."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST


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
