"""The calendar files: one event, and all that are coming."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from campaigns.calendars import calendar_of
from campaigns.events import EventPage, in_language


@csrf_exempt  # reads only: a POST is answered 405, not 403
@require_safe
def one_event(request, key: UUID):
    """The event with this key in the reader's language or its fallback, over or not."""
    found = in_language(EventPage.objects.public().filter(translation_key=key))
    if not found:
        raise Http404
    return _answer(request, found, f"pasakums-{key.hex[:8]}.ics")


@csrf_exempt
@require_safe
def coming_events(request):
    """All events that are not over: for a download, or for a calendar that asks now and then."""
    return _answer(request, in_language(EventPage.objects.public().coming()), "pasakumi.ics")


def _answer(request, events: list[EventPage], name: str) -> HttpResponse:
    """Like every public answer it is kept nowhere; search engines do not list it."""
    return HttpResponse(
        calendar_of(events, request.build_absolute_uri),
        content_type="text/calendar; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        },
    )
