"""Words that tell little of what somebody looks for: they count for less, they are never dropped.

Pronouns stay out where they decide who does what to whom: "es situ", "sieva mani sit".
"""

from search.keys import fold

WORDS = {
    "lv": """un ir ar no uz par pie ja ko kā kas kur vai ka bet arī jau tad ļoti darīt daru var varu
        vajag vajadzīga vajadzīgs meklēt meklēju visu laiku katru dienu pēc līdz šo tas tā to""",
    "lt": """ir su iš į ant apie prie jei ką kaip kas ar kad bet taip pat jau labai daryti galima
        galiu reikia ieškau visą laiką kiekvieną dieną po iki tai tas ta kur""",
    "en": """and is are am the a an to of for from with at on in if what how where can could do does
        who or but also very need want please every day all time that this it about im""",
    "ru": """и с со из на о об у к в во если что как кто где ли но тоже уже очень делать можно могу
        нужен нужна нужно надо ищу все время каждый день после до это то же куда""",
    "uk": """і й та з зі із на про у до в якщо що як хто де чи але теж вже дуже робити можна можу
        потрібен потрібна потрібно треба шукаю весь час щодня після це то куди""",
}
FOLDED = {fold(word) for words in WORDS.values() for word in words.split()}


def is_small(word: str) -> bool:
    """True for a word of the list, with or without its marks, and for a single letter."""
    return len(word) < 2 or fold(word) in FOLDED
