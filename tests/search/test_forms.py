"""How many forms of a word meet, by language: the share of all pairs that share a key."""

import random
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from directory.models import Service
from search import keys
from search.find import find

GROUPS = tomllib.loads((Path(__file__).parent / "forms.toml").read_text("utf-8"))
LEAST = {"lv": 0.97, "lt": 0.97, "en": 0.97, "ru": 0.97, "uk": 0.94}
SEED = 7


def pairs(language: str) -> list[tuple[str, str]]:
    return [
        pair
        for group in GROUPS[language]
        for pair in combinations([keys.words(form)[0] for form in group.split()], 2)
    ]


def share(language: str, tested: list[tuple[str, str]]) -> float:
    met = [pair for pair in tested if set.intersection(*(keys_of(one, language) for one in pair))]
    return len(met) / len(tested)


def keys_of(word: str, language: str) -> set[str]:
    return set(keys.keys(word, language))


@pytest.mark.parametrize("language", LEAST)
def test_forms_of_one_word_meet(language):
    assert share(language, pairs(language)) >= LEAST[language]


@pytest.mark.parametrize("language", ["lv", "lt"])
def test_a_form_typed_without_marks_meets_the_others(language):
    typed = [
        (keys.fold(one), other)
        for pair in pairs(language)
        for one, other in (pair, reversed(pair))
        if keys.fold(one) != one
    ]
    assert len(typed) > 50
    assert share(language, typed) >= 0.95


@pytest.mark.parametrize("language", LEAST)
def test_different_words_stay_apart(language):
    """Tribunal and right, child and birch: no group of the list meets another one."""
    first = [keys.words(group.split()[0])[0] for group in GROUPS[language]]
    meeting = [
        pair
        for pair in combinations(first, 2)
        if set.intersection(*(keys_of(word, language) for word in pair))
    ]
    assert meeting == []


def slip(word: str, chance: random.Random) -> str:
    """The word with one slip of the finger, never in its first letter."""
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice("aeikrs") + word[at + 1 :],
        ]
    )


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["lv", "ru", "uk", "lt", "en"])
def test_a_long_word_with_one_slip_still_finds_its_service(language):
    chance = random.Random(SEED)
    found, asked = 0, 0
    for service in Service.objects.public().order_by("pk"):
        name = service.texts.get(locale__language_code=language).name
        for word in sorted({word for word in keys.words(name) if len(word) >= 6}):
            hits = {hit.identity for hit in find(slip(word, chance), "service").hits}
            asked += 1
            found += str(service.uuid) in hits
    assert asked > 10
    assert found / asked >= 0.9
