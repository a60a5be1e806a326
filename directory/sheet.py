"""The plain sheet: numbers and hours alone, on paper that anybody may find."""

from django.utils.translation import gettext

from directory import qr
from directory.calls import numbers_of
from directory.hours import holidays_in_words, in_words
from directory.schedules import schedule_of
from frame.languages import current
from pages import neutral

MOST_NUMBERS = 6
# With more of them the page would not hold a code beside each.
MOST_CODES = 3


def context(service) -> dict:
    """What the sheet of a service prints: no name, no state, which ages, no word that tells.

    A name of a number or a title that tells the subject is left out, whatever an editor wrote.
    """
    numbers = numbers_of(service, service.read_text)[:MOST_NUMBERS]
    to_dial = [number for number in numbers if not number.is_for_text]
    with_codes = to_dial if len(numbers) <= MOST_CODES else to_dial[:1]
    lines = [*in_words(service.hours.all()), holidays_in_words(schedule_of(service))]
    title = _unless_telling(service.read_text.tab_title)
    return {
        "tab_title": title or gettext("Services"),
        "title_language": service.text_language if title else current(),
        "numbers": [
            {
                "number": number,
                "place": _unless_telling(number.place),
                "code": qr.of_number(number.tel) if number in with_codes else "",
            }
            for number in numbers
        ],
        "hours": [line for line in lines if line],
        "text_language": service.text_language,
    }


def _unless_telling(text: str) -> str:
    return "" if neutral.revealing(text) else text
