"""What a person typed, read in the ways she may have meant it: as it stands, Russian or Ukrainian
in Latin letters, or with the keyboard still in the other language."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from search import keys

# Practical transcriptions as people type them (after BGN/PCGN and GOST 7.79, longest first).
FROM_LATIN = dict(
    pair.split("=")
    for pair in """shch=щ sch=щ zh=ж kh=х ch=ч sh=ш ts=ц tz=ц ja=я ya=я ju=ю yu=ю jo=е yo=е je=е
    ye=е č=ч š=ш ž=ж a=а b=б c=ц d=д e=е f=ф g=г h=х i=и j=й k=к l=л m=м n=н o=о p=п q=к r=р s=с t=т
    u=у v=в w=в x=кс y=ы z=з""".split()
)
# Ukrainian as its speakers transcribe it (after Resolution 55 of the Cabinet, 2010).
FROM_LATIN_UKRAINIAN = FROM_LATIN | dict(
    pair.split("=")
    for pair in """shch=щ zgh=зг ye=є je=є yi=ї ji=ї yu=ю ju=ю ya=я ja=я iu=ю ia=я ie=є h=г g=г i=і
    y=и e=е""".split()
)
QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
RUSSIAN_KEYBOARD = str.maketrans(QWERTY, "йцукенгшщзхъфывапролджэячсмитьбюе")
UKRAINIAN_KEYBOARD = str.maketrans(QWERTY, "йцукенгшщзхїфівапролджєячсмитьбюе")
LATIN_KEYBOARD = str.maketrans(
    "йцукенгшщзхъфывапролджэячсмитьбюіїє", "qwertyuiop[]asdfghjkl;'zxcvbnm,.s]'"
)
# Behind these nothing is looked at: blanks and signs before them count too.
MOST_LETTERS = 4 * keys.LONGEST_TEXT


# Chance makes known words of short ones; half of all letters it does not reach.
CLEARLY = 0.5


class Way(StrEnum):
    """How a reading came from what was typed."""

    TYPED = "typed"
    RUSSIAN_LETTERS = "russian letters"
    UKRAINIAN_LETTERS = "ukrainian letters"
    RUSSIAN_KEYBOARD = "russian keyboard"
    UKRAINIAN_KEYBOARD = "ukrainian keyboard"
    LATIN_KEYBOARD = "latin keyboard"


@dataclass(frozen=True)
class Reading:
    """One way to read a query: its words, and how much the way itself is worth."""

    words: tuple[str, ...]
    weight: float = 1.0
    way: Way = Way.TYPED


def bounded(text: str) -> str:
    """The text without what no keyboard types, of bearable length."""
    return _plain(text)[: keys.LONGEST_TEXT]


def beginning(text: str) -> tuple[str, bool]:
    """As much of a text as a search reads, in whole words, and whether that is less than all."""
    plain = _plain(text)
    is_less = len(plain) > keys.LONGEST_TEXT or bool(text[MOST_LETTERS:].strip())
    tokens = plain[: keys.LONGEST_TEXT].split()
    if len(tokens) > 1 and plain[keys.LONGEST_TEXT :].partition(" ")[0]:
        tokens.pop()  # only a part of it is left
    used: list[str] = []
    found: set[str] = set()
    for token in tokens:
        found.update(keys.words(token))
        if used and len(found) > keys.MOST_WORDS:
            is_less = True
            break
        used.append(token)
    return " ".join(used), is_less


def _plain(text: str) -> str:
    letters = (letter if letter.isprintable() else " " for letter in text[:MOST_LETTERS])
    return " ".join("".join(letters).split())


def to_cyrillic(text: str, pieces: dict[str, str] = FROM_LATIN) -> str:
    """`nasilie v semje` → `насилие в семе`; the longest piece that fits, from left to right."""
    return _piece(tuple(pieces)).sub(lambda match: pieces[match[0]], text)


@cache
def _piece(pieces: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(pieces, key=len, reverse=True)))


def likeliest(text: str) -> str:
    """The text, or its reading that is clearly made of known words; empty without words.

    For what understands whole sentences and not keys: it is told one reading. A language that has
    no word list here stays as it was typed.
    """
    text = bounded(text)
    ways = readings(text)
    if not ways:
        return ""
    shares = {reading: _known(reading) for reading in ways}
    best = max(ways, key=shares.__getitem__)
    if best is ways[0] or shares[best] < CLEARLY:
        return text.lower()
    return " ".join(best.words)


def _known(reading: Reading) -> float:
    """The share of its letters that stand in known words."""
    known = sum(len(word) for word in reading.words if keys.is_word(word))
    return known / sum(len(word) for word in reading.words)


def readings(text: str) -> list[Reading]:
    """As it stands first; empty for a text without letters and digits."""
    text = bounded(text)
    plain = text.lower()
    cyrillic = any("Ѐ" <= letter <= "ӿ" for letter in plain)
    others = (
        {Way.LATIN_KEYBOARD: plain.translate(LATIN_KEYBOARD)}
        if cyrillic
        else {
            Way.RUSSIAN_LETTERS: to_cyrillic(keys.normalise(plain)),
            Way.UKRAINIAN_LETTERS: to_cyrillic(keys.normalise(plain), FROM_LATIN_UKRAINIAN),
            Way.RUSSIAN_KEYBOARD: plain.translate(RUSSIAN_KEYBOARD),
            Way.UKRAINIAN_KEYBOARD: plain.translate(UKRAINIAN_KEYBOARD),
        }
    )
    found = [Reading(_words(text))]
    found += [Reading(_words(other), 0.7, way) for way, other in others.items()]
    seen: dict[tuple[str, ...], Reading] = {}
    for reading in found:
        if reading.words:
            seen.setdefault(reading.words, reading)
    return list(seen.values())


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys.words(text)))[: keys.MOST_WORDS]
