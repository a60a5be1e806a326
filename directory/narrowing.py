"""Pages beside the list: the guided path, question by question."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from directory import guided
from directory.facets import codes_in
from frame.languages import Reading, current, split

EVERY_LANGUAGE = frozenset(code for code, _name in settings.LANGUAGES)


@csrf_exempt  # reads only: a POST is answered 405, not 403
@require_safe
def path_step(request, number=1):
    """One question of the guided path, with the number of services that each answer leaves."""
    found = guided.step(number, codes_in(request.GET.get("f", "")))
    start = reverse("directory:path")
    list_address = start.removesuffix(f"{start.rstrip('/').rpartition('/')[2]}/")
    _language, path = split(request.path)
    request.ancestor_paths = ["", split(list_address)[1]]
    context = {
        "step": found,
        # The last answer leads to the list itself.
        "onward": list_address if found.is_last else _address(found.number + 1),
        "previous": _address(found.number - 1) if found.number > 1 else "",
        "list_address": list_address,
        "reading": Reading(path=path, text_language=current(), available=EVERY_LANGUAGE),
        "tab_title": gettext("Services"),
        "mark": "disc",
    }
    return render(request, "directory/path.html", context)


def _address(number: int) -> str:
    return reverse("directory:path_step", args=[number])
