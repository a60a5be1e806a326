"""Telephone numbers: kept as E.164 or as a short code, printed as people write them."""

import re

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NO_BREAK = "\u00a0"
# European numbers of social value (Commission Decision 2007/116/EC); the library lacks some.
HARMONISED = re.compile(r"116\d{3}")


def parse(number: str) -> phonenumbers.PhoneNumber:
    """The number as the library understands it; raises ValidationError for what is no number."""
    try:
        return phonenumbers.parse(number, settings.PHONE_REGION)
    except phonenumbers.NumberParseException as error:
        raise ValidationError(_("This is not a telephone number.")) from error


def is_short(number: str) -> bool:
    """True for 112, 116006 and the like: short codes are dialled as they are."""
    digits = number.strip()
    return digits.isdigit() and len(digits) <= 6


def normalise(number: str) -> str:
    """`63489652` → `+37163489652`; short codes stay. Raises ValidationError.

    Standard: ITU-T E.164; short codes after the European numbering for 112 and 116.
    """
    if is_short(number):
        digits = number.strip()
        known = phonenumbers.is_valid_short_number_for_region(parse(digits), settings.PHONE_REGION)
        if not known and not HARMONISED.fullmatch(digits):
            raise ValidationError(_("This short number does not exist in this country."))
        return digits
    parsed = parse(number)
    if not phonenumbers.is_valid_number(parsed):
        raise ValidationError(_("This telephone number does not exist. Check each digit."))
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def shown(number: str, *, international: bool) -> str:
    """`+37163489652` → `63 489 652`, abroad `+371 63 489 652`, with no-break spaces."""
    if is_short(number):
        return number
    parsed = parse(number)
    digits = str(parsed.national_number)
    if len(digits) == 8:
        digits = NO_BREAK.join([digits[:2], digits[2:5], digits[5:]])
    return f"+{parsed.country_code}{NO_BREAK}{digits}" if international else digits
