"""Lithuanian: 2026-03-08 and 9:00; thousands by a no-break space."""

SHORT_DATE_FORMAT = "Y-m-d"
TIME_FORMAT = "G:i"
DATETIME_FORMAT = "Y-m-d G:i"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
