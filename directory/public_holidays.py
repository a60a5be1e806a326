"""Public holidays of the country, for any year."""

import datetime
from functools import lru_cache

import holidays
from django.conf import settings


@lru_cache(maxsize=64)
def of_year(year: int) -> frozenset[datetime.date]:
    """All days off of one year: fixed, moving, and moved by the government.

    Source: the library `holidays`, which follows the law on holidays (for Latvia "Par svētku,
    atceres un atzīmējamām dienām") and the yearly orders that move a working day.
    """
    return frozenset(holidays.country_holidays(settings.HOLIDAY_COUNTRY, years=year))


def is_holiday(day: datetime.date) -> bool:
    return day in of_year(day.year)
