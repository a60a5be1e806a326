"""What may stand in titles, addresses and file names, where a glance may read it.

The stems are those that give the subject away in the five languages and in transliteration.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

STEMS = (
    "vardarb varmak upur cietus krize krizes izvaro draudi noskir aizsardz patver palidz "
    "насил nasil жертв zhertv пострад postrad побо угроз ugroz кризис krizis помощ pomosh "
    "violen abus victim surviv assault crisis shelter refuge danger escape help "
    "насил nasyl постражд postrazhd кривд kryvd погроз pohroz криз kryz притул prytul "
    "допомо dopomo smurt nukent prievart grasin kriziu prieglob pagalb"
).split()
WORDS = {"rape", "auka", "aukos", "sit", "sist", "beg"}


def fold(text: str) -> str:
    """Lower case without diacritics; й, ї and ё lose theirs too."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


FOLDED_STEMS = sorted({fold(stem) for stem in STEMS})


def revealing(text: str) -> str:
    """The first stem or word in the text that reveals the subject, or an empty string."""
    folded = fold(text)
    for stem in FOLDED_STEMS:
        if stem in folded:
            return stem
    found = WORDS & set(re.findall(r"\w+", folded))
    return min(found) if found else ""


def validate(text: str) -> None:
    """Raises ValidationError that names the word."""
    word = revealing(text)
    if word:
        raise ValidationError(
            _(
                "“%(word)s” tells the subject to whoever sees the tab or the history. "
                "Use a neutral word."
            ),
            params={"word": word},
        )


def validate_field(name: str, text: str) -> None:
    """The same, as an error of one field."""
    try:
        validate(text or "")
    except ValidationError as error:
        raise ValidationError({name: error}) from error
