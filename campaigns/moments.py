"""The moment that decides what is coming and what is over: the one place that asks the clock."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """Now, on the clock of the town."""
    return timezone.localtime()
