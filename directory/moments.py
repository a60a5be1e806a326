"""The moment for which opening states are computed: the one place that asks the clock."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """Now, on the clock of the town."""
    return timezone.localtime()
