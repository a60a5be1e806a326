"""What is left of typed words when all that could tell who somebody is has been taken out.

Names cannot be recognised: nobody knows all of them, and most are words as well. What may hold one
is passed over as a whole, and nothing is read by anybody before many typed the very same words.
"""

import re

from directory.personal import DIGITS, MAIL_ADDRESS, is_personal
from search import keys
from search.readings import bounded

# Longer is a story: nobody else types it, and a sentence of a situation has no more letters.
LONGEST = 120
MOST_DIGITS = 3
WEB_ADDRESS = re.compile(
    r"\w+://\S*|\bwww\.\S*"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:lv|lt|ee|ru|ua|eu|com|net|org|info|me|io|gg|tv|app)\b\S*",
    re.IGNORECASE,
)
HANDLE = re.compile(r"\S*@\S*")
NUMBER_PLATE = re.compile(r"\b[^\W\d_]{2}-?\d{1,4}\b")
TOKEN = re.compile(r"\S+")
# With a number beside it, it is where somebody lives.
STREET = re.compile(
    r"\b(?:iel[aāuiy]\w*|bulvār\w*|bulvar\w*|prospekt\w*|gatv\w*|šosej\w*|dzīvok\w*|dzivok\w*|dz|"
    r"улиц\w*|ул|вулиц\w*|вул|проспект\w*|бульвар\w*|квартир\w*|кв|street|st|road|avenue|flat)\b",
    re.IGNORECASE,
)
# A capital that begins no sentence begins a name; "I" and words in capitals begin none.
INNER_CAPITAL = re.compile(r"(?<![.!?…])\s\W*(?P<word>[^\W\d_]\w+)")


def scrubbed(text: str) -> str:
    """The words in small letters, without addresses and longer numbers; "" when that is not enough.

    It is "" too for a text without any word.
    """
    text = bounded(text)
    for pattern in (MAIL_ADDRESS, WEB_ADDRESS, HANDLE, NUMBER_PLATE):
        text = pattern.sub(" ", text)
    text = DIGITS.sub(lambda row: " " if _digits(row[0]) > MOST_DIGITS else row[0], text)
    text = TOKEN.sub(lambda token: " " if _digits(token[0]) > MOST_DIGITS else token[0], text)
    if _is_risky(text):
        return ""
    words = keys.words(text)
    return " ".join(words) if any(word.isalpha() for word in words) else ""


def _digits(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def _is_risky(text: str) -> bool:
    if len(text) > LONGEST or is_personal(text):
        return True
    if STREET.search(text) and _digits(text):
        return True
    return any(match["word"].istitle() for match in INNER_CAPITAL.finditer(text))
