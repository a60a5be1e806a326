"""Forms of one word meet, with and without marks; different words stay apart."""

import pytest

from search import keys
from search.readings import bounded, readings

GROUPS = {
    "lv": [
        "vardarbība vardarbību vardarbības vardarbiba vardarbibas",
        "patversme patversmē patversmes patversmei",
        "krīze krīzes krīzē krizes",
        "centrs centrā centra centru",
        "sieviete sievietes sievietēm sieviešu",
    ],
    "lt": ["smurtas smurto smurtą smurta", "prieglobstis prieglobsčio"],
    "en": ["shelter shelters", "husband husbands"],
    "ru": ["насилие насилия насилию насилием", "ребёнок ребенка ребёнку"],
    "uk": ["насильство насильства насильству", "сім'я сім’я сімʼя сімя"],
}
APART = [("lv", "bērns", "bērzs"), ("lv", "māte", "māja"),
         ("ru", "муж", "мужество"), ("en", "hit", "hat")]  # fmt: skip


@pytest.mark.parametrize("language", GROUPS)
def test_forms_of_one_word_share_a_key_with_the_first(language):
    for group in GROUPS[language]:
        first, *others = [keys.words(form)[0] for form in group.split()]
        for form in others:
            shared = set(keys.keys(first, language)) & set(keys.keys(form, language))
            assert shared, f"{first} / {form}"


@pytest.mark.parametrize(("language", "one", "other"), APART)
def test_different_words_stay_apart(language, one, other):
    assert not set(keys.keys(one, language)) & set(keys.keys(other, language))


@pytest.mark.parametrize("word", ["vardarbība", "сім'я", "ёлка", "ėjęs", "х", "a" * 500, "112"])
def test_a_key_holds_nothing_that_a_tokenizer_would_split_at(word):
    for part in keys.words(word):
        for language in keys.LANGUAGES:
            assert all(token.isalnum() for token in keys.tokens(part, language))


def test_the_script_says_which_languages_are_asked():
    assert keys.languages_of("sit") == ("lv", "lt", "en")
    assert keys.languages_of("муж") == ("ru", "uk")
    assert keys.languages_of("бьёт".replace("ё", "ы")) == ("ru",)
    assert keys.languages_of("їжа") == ("uk",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("nasilie", "насилие"), ("pomosch", "помощ"), ("yfcbkbt", "насилие"), ("ьн ргыифтв", "my")],
)
def test_other_letters_and_the_wrong_keyboard_are_read(typed, meant):
    assert any(meant in reading.words for reading in readings(typed))


@pytest.mark.parametrize("text", ["", " ", "\x00", "\u202e\u200f", "🦊", '"*(', "\ud800"])
def test_what_holds_no_word_has_no_reading(text):
    assert readings(text) == []


def test_a_text_is_bounded():
    assert len(bounded("x " * 5000)) <= keys.LONGEST_TEXT
    assert len(readings("vārds " + "cits " * 5000)[0].words) <= keys.MOST_WORDS
    assert bounded(" a\x00b\n c ") == "a b c"
