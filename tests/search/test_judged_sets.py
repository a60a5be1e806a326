"""How well search understands, on each engine: floors, not goals (Järvelin and Kekäläinen's nDCG).

The starter set, and queries that no sentence was written for. Falling below means that a change of
code or sentences made search worse for somebody.
"""

from pathlib import Path

import pytest

from directory import judging
from directory.management.commands.judge import report

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parents[1] / "directory" / "judged" / "starter"
SETS = {"queries": 0.95, "held_apart": 0.92}
# By words alone, where the worker is off or has no wheel.
WORDS_ALONE = {"queries": 0.93, "held_apart": 0.88}
A_LANGUAGE_BEHIND = 0.08
MOST_WITHOUT_ANSWER = 0.01
ENGINES_APART = 0.03


def figures(queries: str, engine: str = "database", **how) -> dict:
    return report(judging.judge(FOLDER, FOLDER / f"{queries}.tsv", engine, **how))


@pytest.fixture(scope="module")
def found() -> dict:
    """Figures of the database, made once: {(set, with meanings): figures}."""
    return {}


def of_the_database(found: dict, queries: str, *, with_meanings: bool) -> dict:
    key = (queries, with_meanings)
    if key not in found:
        found[key] = figures(queries, with_meanings=with_meanings)
    return found[key]


@pytest.mark.parametrize("queries", SETS)
def test_understanding_does_not_fall_below_its_floor(meanings, found, queries):
    reached = of_the_database(found, queries, with_meanings=True)
    assert reached["all"]["ndcg@10"] >= SETS[queries]
    assert reached["all"]["harm@5"] == 0
    assert reached["all"]["zero"] <= MOST_WITHOUT_ANSWER
    languages = {code: row["ndcg@10"] for code, row in reached["language"].items()}
    assert set(languages) == {"lv", "ru", "en", "uk", "lt"}
    assert min(languages.values()) >= max(languages.values()) - A_LANGUAGE_BEHIND


@pytest.mark.parametrize("queries", SETS)
def test_words_alone_do_not_fall_below_theirs(found, queries):
    reached = of_the_database(found, queries, with_meanings=False)
    assert reached["all"]["ndcg@10"] >= WORDS_ALONE[queries]
    assert reached["all"]["harm@5"] <= 1
    assert reached["all"]["zero"] <= MOST_WITHOUT_ANSWER


def test_meanings_are_worth_their_process(meanings, found):
    by_meanings = of_the_database(found, "held_apart", with_meanings=True)
    by_words = of_the_database(found, "held_apart", with_meanings=False)
    assert by_meanings["all"]["ndcg@10"] > by_words["all"]["ndcg@10"]


def test_elasticsearch_understands_as_the_database_does(meanings, found, elasticsearch):
    beside = of_the_database(found, "held_apart", with_meanings=True)
    reached = figures("held_apart", "elasticsearch", with_meanings=True)
    assert reached["all"]["harm@5"] == 0
    difference = reached["all"]["ndcg@10"] - beside["all"]["ndcg@10"]
    assert abs(difference) <= ENGINES_APART


def test_no_query_that_is_kept_apart_is_an_example_sentence():
    rows = judging.rows(FOLDER / "held_apart.tsv", {"query", "language"})
    sentences = judging.SITUATIONS.read_text("utf-8").lower()
    known = [row["query"] for row in rows if f'"{row["query"].lower()}"' in sentences]
    assert not known
