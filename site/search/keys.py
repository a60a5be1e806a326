"""Words as keys: forms of one word meet, with or without their marks.

A word is kept under up to three keys: its folded stem, the stem of the folded word, its folded
lemma. One alone misses too much (forms that people type without marks above all); any shared key
is a match. The libraries load word lists of megabytes, so each is imported when a word first needs
it, and a language's list with the first word of that language.

What somebody typed stays in the memory of no process: its keys are kept inside `remembered` alone,
and beyond it only those of our own documents.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache

LONGEST_TEXT = 300
MOST_WORDS = 24
LONGEST_WORD = 40
LATIN, CYRILLIC = ("lv", "lt", "en"), ("ru", "uk")
LANGUAGES = (*LATIN, *CYRILLIC)
# Ukrainian has no stemmer of its own; the Russian one adds pairs that the word list lacks.
STEMMERS = {"lt": "lithuanian", "en": "english", "ru": "russian", "uk": "russian"}
APOSTROPHES = re.compile(r"(?<=[^\W\d_])['’ʼ`‘´](?=[^\W\d_])")
WORD = re.compile(r"[^\W_]+")
NOT_LETTERS = re.compile(r"[\W_]+")
# Where Ukrainian writes it: after a lip sound or р, before a letter that holds й.
DROPPED_APOSTROPHE = re.compile(r"(?<=[бпвмфр])(?=[яюєї])")
MARKED, PLAIN = "āčēģīķļņšūžąęėįųū", "acegiklnsuzaeeiuu"
WITHOUT_MARKS = str.maketrans(MARKED, PLAIN)
TYPED_WITHOUT_MARKS = ("lv", "lt")
ONLY_UKRAINIAN, ONLY_RUSSIAN = set("іїєґ"), set("ыэъ")


def normalise(text: str) -> str:
    """Lower case, one form for each letter, ё as е, no apostrophe inside a word (NFKC, UAX 15)."""
    text = unicodedata.normalize("NFKC", text).lower().replace("ё", "е")
    return APOSTROPHES.sub("", text)


def words(text: str) -> list[str]:
    """The words of a text in order."""
    return WORD.findall(normalise(text))


def fold(text: str) -> str:
    """Without marks: `ģimenē` → `gimene`; nothing that a tokenizer would split at."""
    letters = unicodedata.normalize("NFKD", text)
    return NOT_LETTERS.sub("", "".join(x for x in letters if not unicodedata.combining(x)))


@cache
def _stemmer(language: str):
    if language == "lv":
        import LatvianStemmer

        return LatvianStemmer.stem
    import snowballstemmer

    stem = snowballstemmer.stemmer(STEMMERS[language]).stemWord

    def forgetful(word: str) -> str:
        found = stem(word)
        stem("")  # a stemmer holds the last word that it was given
        return found

    return forgetful


@cache
def _word_lists():
    """The lists of simplemma, each read once and shared by all that ask."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    return DefaultDictionaryFactory(cache_max_size=len(LANGUAGES))


@cache
def _lemmatizer():
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    strategy = DefaultStrategy(dictionary_factory=_word_lists())
    return Lemmatizer(cache_max_size=0, lemmatization_strategy=strategy)


def _lemma(word: str, language: str) -> str:
    if language == "uk" and word not in _word_lists().get_dictionary(language):
        # The list writes the apostrophe that a normalised word has lost: сім'я, сім'ю.
        written = DROPPED_APOSTROPHE.sub("'", word)
        if written in _word_lists().get_dictionary(language):
            word = written
    return _lemmatizer().lemmatize(word, lang=language).lower()


@cache
def _lemmas_without_marks(language: str) -> dict[str, set[str]]:
    """{form without its marks: lemmas}: `sieviesu` is no word, so neither stem nor lemma helps.

    Of the languages whose marks people leave out on a telephone.
    """
    found: dict[str, set[str]] = {}
    for form, lemma in _word_lists().get_dictionary(language).items():
        plain = form.translate(WITHOUT_MARKS)
        if plain != form:
            found.setdefault(plain, set()).add(lemma)
    return found


def is_word(word: str) -> bool:
    """Whether a word list of a language of its script holds this normalised word."""
    return any(_is_word(word, language) for language in languages_of(word))


def likely_language(words: Iterable[str]) -> str:
    """Of the languages that a text may be written in the one whose word list holds most of it."""
    words = list(words)
    possible = [one for one in LANGUAGES if all(one in languages_of(word) for word in words)]
    return max(possible or LANGUAGES, key=lambda one: sum(_is_word(word, one) for word in words))


def _is_word(word: str, language: str) -> bool:
    known = _word_lists().get_dictionary(language)
    return word in known or (
        language in TYPED_WITHOUT_MARKS and word in _lemmas_without_marks(language)
    )


_known: ContextVar[dict[tuple[str, str], tuple[str, ...]] | None] = ContextVar(
    "known", default=None
)


@contextmanager
def remembered() -> Iterator[None]:
    """Inside the block the keys of a word are made once; after it nothing of them is left."""
    if _known.get() is not None:
        yield
        return
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def keys(word: str, language: str) -> tuple[str, ...]:
    """The keys of one normalised word in one of LANGUAGES, the stem first; at least one."""
    known = _known.get()
    if known is None:
        return _made(word, language)
    if (word, language) not in known:
        known[word, language] = _made(word, language)
    return known[word, language]


def _made(word: str, language: str) -> tuple[str, ...]:
    word = word[:LONGEST_WORD]
    if not word.isalpha():
        return (fold(word) or word,)
    stem = _stemmer(language)
    found = [fold(stem(word)), fold(stem(fold(word))), fold(_lemma(word, language))]
    if language in TYPED_WITHOUT_MARKS:
        found += [fold(lemma) for lemma in sorted(_lemmas_without_marks(language).get(word, ()))]
    return tuple(dict.fromkeys(key for key in found if key)) or (word,)


_of_documents = lru_cache(maxsize=50_000)(_made)


def load() -> None:
    """Reads the word lists of all languages now, so that no visitor waits for them."""
    for language in LANGUAGES:
        keys("a", language)


def base(language: str) -> str:
    """`lv-simple` → `lv`: easy reading has the words of its language."""
    return language.partition("-")[0]


def tokens(word: str, language: str) -> tuple[str, ...]:
    """The keys as an index keeps them: `lvvardarb`. Letters only: `_` and `-` would split them."""
    return tuple(f"{language}{key}" for key in keys(word, language))


def languages_of(word: str) -> tuple[str, ...]:
    """The languages whose script and letters a word may be written in."""
    letters = set(word)
    if not any("Ѐ" <= letter <= "ӿ" for letter in letters):
        return LATIN
    if letters & ONLY_UKRAINIAN:
        return ("uk",)
    return ("ru",) if letters & ONLY_RUSSIAN else CYRILLIC


def trigrams(word: str) -> tuple[str, ...]:
    """Three letters each as tokens, 0 for the edge of the word: `t0su`, `tsun`, …"""
    edged = f"0{fold(word)[:LONGEST_WORD]}0"
    return tuple(dict.fromkeys(f"t{edged[at : at + 3]}" for at in range(len(edged) - 2)))


def index_keys(text: str, language: str) -> str:
    """All tokens of a text in its language, as a search document keeps them."""
    language = base(language)
    found = dict.fromkeys(
        f"{language}{key}" for word in words(text) for key in _of_documents(word, language)
    )
    return " ".join(found)


def index_trigrams(text: str) -> str:
    """All trigrams of a text, as a search document keeps them."""
    return " ".join(dict.fromkeys(token for word in words(text) for token in trigrams(word)))
