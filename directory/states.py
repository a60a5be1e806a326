"""The opening states of many services at once, from plain rows."""

import datetime
from collections import defaultdict

from django.db.models import Q

from directory.models import HoursException, OpeningHours, Service
from directory.opening import Schedule, Span, State, state
from directory.public_holidays import is_holiday


def states_of(services: list[dict], moment: datetime.datetime, *, few: bool = False) -> list[State]:
    """The state of each of these rows of services. Two queries; equal hours are computed once.

    A row holds pk, status, by_appointment and on_holidays. `few`: not all services are asked for.
    """
    of_these = Q(service__in=[service["pk"] for service in services]) if few else Q()
    hours: dict[int, list] = defaultdict(list)
    columns = ("service_id", "weekday", "opens", "closes", "by_appointment")
    for service_id, *row in (
        OpeningHours.objects.filter(of_these).order_by("sort_order").values_list(*columns)
    ):
        hours[service_id].append(Span(*row))
    days: dict[int, list] = defaultdict(list)
    # Hours of the day before may reach into this one.
    not_over = moment.date() - datetime.timedelta(days=2)
    for row in HoursException.objects.filter(of_these, last_day__gte=not_over):
        days[row.service_id].append(row.as_exceptional())
    known: dict[Schedule, State] = {}
    states = []
    for service in services:
        schedule = Schedule(
            spans=tuple(hours[service["pk"]]),
            exceptions=tuple(days[service["pk"]]),
            on_holidays=service["on_holidays"],
            by_appointment=service["by_appointment"],
            paused=service["status"] == Service.Status.PAUSED,
        )
        if schedule not in known:
            known[schedule] = state(schedule, moment, is_holiday)
        states.append(known[schedule])
    return states
