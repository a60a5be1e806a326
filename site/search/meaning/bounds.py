"""What the model is asked, and what an answer looks like. No library: the worker reads it too."""

import re

LONGEST = 120
LENGTH = 384
ANSWER_BYTES = LENGTH * 4
# Letters of the scripts that the languages of the site are written in, digits, what joins words.
# Rare signs cost the model a hundred times as much as letters.
OTHER_SIGNS = re.compile(r"[^0-9A-Za-zÀ-ɏЀ-ӿ' ,.?!-]+")
LETTER = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ]")
APOSTROPHES = str.maketrans("’ʼ`‘´", "'" * 5)


def bounded(text: str) -> str:
    """The text in lower case as the model may be asked it; empty when no letter is left."""
    text = text[: 4 * LONGEST].lower().translate(APOSTROPHES)
    text = " ".join(OTHER_SIGNS.sub(" ", text).split())[:LONGEST].strip()
    return text if LETTER.search(text) else ""
