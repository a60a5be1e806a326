"""Latvian: 08.03.2026., 9.00 (state language practice; Django's own uses 09:00 and a long date)."""

SHORT_DATE_FORMAT = "d.m.Y."
DATE_FORMAT = r"Y. \g\a\d\a j. F"
TIME_FORMAT = "G.i"
DATETIME_FORMAT = "d.m.Y. G.i"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
