"""A page is found by the words of the facts it quotes, and no longer when they change."""

import pytest
from wagtail.models import Locale

from pages.facts import Fact, FactText
from pages.models import ContentPage
from search.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def fact():
    made = Fact.objects.create(
        key="test", value=31, unit="percent", year_from=2016, source="Zqbirojs", source_year=2017
    )
    for language in ("lv", "en"):
        FactText.objects.create(
            fact=made, locale=Locale.objects.get(language_code=language),
            sentence=f"{{value}} zqteikums{language}.", definition="zqdefinicija", population="a",
            place="b",
        )  # fmt: skip
    return made


def quote(address: str, *facts) -> ContentPage:
    page = ContentPage.objects.get(url_path=address)
    page.body = [("fact", {"fact": fact}) for fact in facts]
    page.save_revision().publish()
    return page


def found(page, word: str, language="lv") -> bool:
    """Whether the document of the page in this language holds the word."""
    document = Document.objects.get(
        kind="page", identity=str(page.translation_key), language=language
    )
    return word in f"{document.title_keys} {document.text_keys} {document.more_keys}"


def key(word: str, language="lv") -> str:
    """The word as documents hold it."""
    from search import keys

    return keys.index_keys(word, language).split()[0]


def test_a_page_is_found_by_sentence_definition_and_source_of_its_fact(fact):
    page = quote("/lv/sev/", fact)
    for word in ("zqteikumslv", "zqdefinicija", "zqbirojs"):
        assert found(page, key(word)), word
    assert not found(page, key("zqteikumsen"))
    page = quote("/lv/sev/")
    assert not found(page, key("zqteikumslv"))


def test_a_page_without_the_fact_in_its_language_is_found_by_the_fallback(fact):
    page = quote("/en/sev/", fact)
    assert found(page, key("zqteikumsen", "en"), "en")
    page = quote("/lt/sev/", fact)
    words = " ".join(key(f"zqteikums{code}", "lt") for code in ("lv", "en")).split()
    assert any(found(page, word, "lt") for word in words)


def test_new_words_of_a_fact_reach_the_pages_that_quote_it(fact):
    page = quote("/lv/sev/", fact)
    text = fact.texts.get(locale__language_code="lv")
    text.sentence = "{value} zqcitiemvardiem."
    text.save()
    assert found(page, key("zqcitiemvardiem"))
    assert not found(page, key("zqteikumslv"))
    fact.source = "Zqjauns"
    fact.save()
    assert found(page, key("zqjauns"))


def test_newer_data_reach_the_pages_that_quote_the_older(fact):
    page = quote("/lv/sev/", Fact.objects.get(key="sober-2020"))
    older = Fact.objects.get(key="sober-2020")
    older.newer = fact
    older.save()
    assert found(page, key("zqteikumslv"))
    text = fact.texts.get(locale__language_code="lv")
    text.sentence = "{value} zqcitiemvardiem."
    text.save()
    assert found(page, key("zqcitiemvardiem"))


def test_a_visitor_finds_the_page_by_the_fact(client, fact):
    quote("/lv/sev/", fact)
    answer = client.post("/lv/pakalpojumi/mekle/", {"text": "zqdefinicija"})
    assert "/lv/sev/" in answer.content.decode().split("<main")[1]
