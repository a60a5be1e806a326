"""Events as calendar files (RFC 5545, the name of a calendar by RFC 7986).

A calendar on a phone lies open: on the locked screen, in a shared family calendar, on the computer
at work. So an entry says no more than a tab does: SUMMARY is the neutral tab title, DESCRIPTION
holds only whether one registers, place and address passed the same test for neutral words, CLASS
is private, nothing rings. What the event is about stands on the page whose address is the URL.
"""

import datetime
from collections.abc import Callable, Iterable

import icalendar
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.events import EventPage
from frame.languages import current, tag

ONE_DAY = datetime.timedelta(days=1)
# SEQUENCE has to fit 32 bits in old clients: seconds since here do until 2088.
FIRST_SECOND = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)

Address = Callable[[str], str]


def calendar_of(events: Iterable[EventPage], address: Address) -> bytes:
    """The file with these events; `address` makes a path of this site absolute."""
    events = list(events)
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//{tag(current())}")
    calendar.add("version", "2.0")
    calendar.add("name", _("Events"))
    calendar.add("x-wr-calname", _("Events"))
    calendar.add("refresh-interval", ONE_DAY, parameters={"value": "DURATION"})
    for event in events:
        calendar.add_component(_entry(event, address))
    if events:
        # The rules of the zone, for the years in question, so that no client guesses them.
        calendar.add_missing_timezones(
            first_date=datetime.date(min(event.first_day.year for event in events), 1, 1),
            last_date=datetime.date(max(event.last_day.year for event in events) + 1, 1, 1),
        )
    return calendar.to_ical()


def _entry(event: EventPage, address: Address) -> icalendar.Event:
    """One event. UID is its key in every language, so that a second copy replaces the first."""
    entry = icalendar.Event()
    changed = event.last_published_at or event.first_published_at or timezone.now()
    entry.add("uid", str(event.translation_key))
    entry.add("dtstamp", changed.astimezone(datetime.UTC))
    entry.add("last-modified", changed.astimezone(datetime.UTC))
    entry.add("sequence", max(0, int((changed - FIRST_SECOND).total_seconds())))
    entry.add("summary", event.tab_title)
    entry.add("class", "PRIVATE")
    entry.add("status", _status(event))
    entry.add("location", ", ".join(filter(None, (event.place, event.address))))
    notes = []
    if event.demonstration:
        notes.append(_("This event is an example. It is not really taking place."))
    if event.registration_needed:
        notes.append(_("Registration is needed."))
    if notes:
        entry.add("description", " ".join(notes))
    entry.add("url", address(event.shown_address))
    if event.all_day:
        entry.add("dtstart", event.first_day)
        # The end is the first day on which it is over (RFC 5545, 3.6.1).
        entry.add("dtend", event.last_day + ONE_DAY)
    else:
        entry.add("dtstart", _moment(event.starts))
        entry.add("dtend", _moment(event.ends))
    return entry


def _status(event: EventPage) -> str:
    """RFC 5545, 3.8.1.11: nobody shall count on an event of a demonstration."""
    if event.cancelled:
        return "CANCELLED"
    return "TENTATIVE" if event.demonstration else "CONFIRMED"


def _moment(moment: datetime.datetime) -> datetime.datetime:
    """The clock of the town; in UTC where that clock shows the same hour a second time.

    A local time in a calendar file always means the first of the two (RFC 5545, 3.3.5).
    """
    local = timezone.localtime(moment)
    return moment.astimezone(datetime.UTC) if local.fold else local
