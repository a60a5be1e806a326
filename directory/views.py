"""Pages of single services: plain views under the language prefix."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory import answers, listing, moments
from directory.hours import exceptions_in_words, holidays_in_words
from directory.models import Service
from directory.schedules import schedule_of
from directory.structured_data import structured_data
from frame.languages import Reading, current, split

SEARCH_STEP = "mekle/"
EVERY_LANGUAGE = frozenset(code for code, _name in settings.LANGUAGES)


@csrf_exempt  # reads only: a POST is answered 405, not 403
@require_safe
def service(request, code):
    """One service; withdrawn, unpublished and unknown ones are equally not there."""
    found = Service.objects.public().filter(code=code)
    found = found.prefetch_related("languages", "reviews", "exceptions").read()
    if not found:
        raise Http404
    item = found[0]
    _language, path = split(reverse("directory:service", args=[code]))
    reading = Reading(
        path=path,
        text_language=item.text_language,
        available=frozenset(item.texts.values_list("locale__language_code", flat=True)),
        waits_for_review=item.text_language != settings.LANGUAGE_CODE
        and item.text_language not in {review.language for review in item.reviews.all()},
    )
    # The way here, for the breadcrumbs: the home page and the page whose slug the address holds.
    request.ancestor_paths = ["", path.removesuffix(f"{code}/")]
    moment = moments.now()
    schedule = schedule_of(item)
    context = listing.card(item, moment) | {
        "reading": reading,
        "on_holidays": holidays_in_words(schedule),
        "exceptions": exceptions_in_words(schedule, moment.date()),
        "structured_data": structured_data(item, schedule, moment.date()),
        "tab_title": item.read_text.tab_title,
        "labels_in_frame_language": True,
        "foreign": item.text_language if reading.is_fallback else "",
        "mark": "diagonal" if item.for_people_who_hurt else "disc",
    }
    return render(request, "directory/service.html", context)


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
