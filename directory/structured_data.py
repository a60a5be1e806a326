"""A service as search engines read it (schema.org); only a public address is in it."""

import datetime
import json
from collections.abc import Iterable

from django.conf import settings

from directory.opening import MIDNIGHT, HolidayRule, Schedule, Span

DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "PublicHolidays",
)
LAST_MINUTE = datetime.time(23, 59)
# As django.utils.html.json_script: nothing can end the element or begin a comment.
ESCAPED = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def structured_data(service, schedule: Schedule, today: datetime.date, exact: Iterable = ()) -> str:
    """JSON-LD of a service with `read_text`, safe inside a script element.

    `exact` are those of its `whereabouts` whose address is public; no other place is told.
    Standard: https://schema.org/Service and OpeningHoursSpecification.
    """
    found = {
        "@context": "https://schema.org",
        "@type": "Service",
        "name": service.read_text.name,
        "provider": {"@type": "Organization", "name": service.organization.name},
        "availableChannel": [
            {
                "@type": "ServiceChannel",
                "servicePhone": {"@type": "ContactPoint", "telephone": phone.number},
            }
            for phone in service.phones.all()
            if not phone.is_for_text
        ]
        + [{"@type": "ServiceChannel", "serviceLocation": _location(place)} for place in exact],
        "hoursAvailable": opening_hours(schedule, today),
    }
    return json.dumps(
        {name: value for name, value in found.items() if value}, ensure_ascii=False
    ).translate(ESCAPED)


def _location(place) -> dict:
    address = {
        "@type": "PostalAddress",
        "streetAddress": place.street,
        "postalCode": place.postal_code,
        "addressLocality": place.area.text,
        "addressCountry": settings.HOLIDAY_COUNTRY,
    }
    return {"@type": "Place", "address": {name: value for name, value in address.items() if value}}


def opening_hours(schedule: Schedule, today: datetime.date) -> list[dict]:
    """OpeningHoursSpecification of the hours without appointment; none while paused or unknown.

    A whole day ends at 23:59, a closed one opens and closes at 00:00, as search engines read them.
    """
    if schedule.paused or schedule.by_appointment:
        return []
    own = schedule.on_holidays == HolidayRule.OWN
    spans = [
        span
        for span in schedule.spans
        if not span.by_appointment and (own or span.weekday < len(DAYS))
    ]
    found = [_specification(span, dayOfWeek=_day(span.weekday)) for span in spans]
    if schedule.on_holidays == HolidayRule.ROUND_THE_CLOCK:
        found.append(_specification(_whole(), dayOfWeek=_day(len(DAYS))))
    if schedule.on_holidays == HolidayRule.CLOSED:
        found.append(_specification(None, dayOfWeek=_day(len(DAYS))))
    return found + [
        _specification(
            span,
            validFrom=exception.first_day.isoformat(),
            validThrough=exception.last_day.isoformat(),
        )
        for exception in schedule.exceptions
        if exception.last_day >= today
        for span in exception.spans() or [None]
    ]


def _whole() -> Span:
    return Span(len(DAYS), MIDNIGHT, MIDNIGHT)


def _day(weekday: int) -> str:
    return f"https://schema.org/{DAYS[weekday - 1]}"


def _specification(span: Span | None, **scope: str) -> dict:
    opens, closes = (span.opens, span.closes) if span else (MIDNIGHT, MIDNIGHT)
    if span and span.is_whole_day:
        closes = LAST_MINUTE
    return {
        "@type": "OpeningHoursSpecification",
        **scope,
        "opens": f"{opens:%H:%M}",
        "closes": f"{closes:%H:%M}",
    }
