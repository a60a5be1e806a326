"""Whether words of a reader hold what would tell who somebody is."""

import re

import phonenumbers
from django.conf import settings

MAIL_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")

_GAP = r"[\W_]*"
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
FULL_DATE = re.compile(
    rf"(?<!\d)(?:{_DAY}(?P<sign>[./-])\s?{_MONTH}(?P=sign)\s?{_YEAR}"
    rf"|{_YEAR}(?P<other>[./-]){_MONTH}(?P=other){_DAY})(?!\d)"
)
_TIME = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_MOMENT = rf"(?:{_YEAR}|{_TIME}|{_DAY}\.\s?{_MONTH}(?:\.(?:\d\d)?)?)(?!\d)"
# A dot or a colon alone would make moments of 26.12.20.30 too.
_BETWEEN = r"[\W_]{0,4}[^\w.:][\W_]{0,4}"
MOMENTS = re.compile(rf"{_MOMENT}(?:{_BETWEEN}{_MOMENT})*(?:[,;]\s*\d{{1,2}})?")
DIGITS = re.compile(rf"\d(?:{_GAP}\d)*")
# Six digits of a birthday or of "32…", then five.
PERSONAL_CODE = re.compile(rf"(?<!\d)\d{{6}}{_GAP}\d{{5}}(?!\d)")
_SPREAD_BIRTHDAY = (
    rf"(?:0{_GAP}[1-9]|[12]{_GAP}\d|3{_GAP}[01]){_GAP}"
    rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2])(?:{_GAP}\d){{2}}"
)
SPREAD_CODE = re.compile(
    rf"(?<!\d)(?:{_SPREAD_BIRTHDAY}|3{_GAP}2(?:{_GAP}\d){{4}})(?:{_GAP}\d){{5}}(?!\d)"
)
# Latvian numbers of eight digits: mobile ones begin with 2, those of a building with 6.
LATVIAN_NUMBER = re.compile(rf"(?<!\d)[26](?:{_GAP}\d){{7}}(?!\d)")
PATTERNS = (PERSONAL_CODE, SPREAD_CODE, LATVIAN_NUMBER)


def is_personal(text: str) -> bool:
    """True when a personal code, a telephone number or an e-mail address stands in the text.

    Signs between the digits hide nothing; dates, times and years are no numbers of a person.
    """
    if MAIL_ADDRESS.search(text):
        return True
    rest = _without_moments(text)
    if any(pattern.search(rest) for pattern in PATTERNS):
        return True
    matcher = phonenumbers.PhoneNumberMatcher(
        rest, settings.PHONE_REGION, leniency=phonenumbers.Leniency.VALID
    )
    return matcher.has_next()


def _without_moments(text: str) -> str:
    """Takes out dates, and rows of digits that are years, times and days from end to end.

    What is taken out leaves a letter, so that the digits round it do not grow together.
    """
    text = FULL_DATE.sub(" x ", text)
    return DIGITS.sub(lambda row: " x " if MOMENTS.fullmatch(row[0]) else row[0], text)
