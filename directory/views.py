"""The search: a plain view under the language prefix."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory import answers, suggestions
from frame.languages import Reading, current, split

SEARCH_STEP = "mekle/"
EVERY_LANGUAGE = frozenset(code for code, _name in settings.LANGUAGES)


@csrf_exempt  # reads only and knows no visitor: nothing could be forged
@require_http_methods(["GET", "HEAD", "POST"])
def search(request):
    """What a person typed, answered in place: her words are in the body, never in the address.

    Asked for without words it is the plain list. Whatever comes is an answer.
    """
    _language, path = split(reverse("directory:search"))
    request.ancestor_paths = ["", path.removesuffix(SEARCH_STEP)]
    context = answers.answer(request.POST.get("text", "")) | {
        "reading": Reading(path=path, text_language=current(), available=EVERY_LANGUAGE),
        "tab_title": gettext("Services"),
        "mark": "disc",
    }
    return render(request, "directory/search.html", context)


@csrf_exempt  # reads only: a POST is answered 405, not 403
@require_safe
def words(request):
    """What the box suggests, the same for everybody; no copy stays in a browser."""
    found = suggestions.suggestions()
    response = JsonResponse(found, safe=False, json_dumps_params={"ensure_ascii": False})
    response.headers["Cache-Control"] = "no-store"
    return response
