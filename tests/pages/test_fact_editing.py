"""The bank of facts as editors meet it: nothing wrong is saved, nothing typed is lost."""

import datetime
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.models import Locale
from wagtail.users.models import UserProfile
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from pages.facts import Fact, FactText, validate_sentence
from tests.pages.facts import form_of, new_fact, words

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/pages/fact/"
WORDS = "/admin/snippets/pages/facttext/"
YESTERDAY = datetime.timedelta(days=-1)


# What cannot be saved


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": ""},
        {"source_year": 0},
        {"year_from": 0},
        {"year_to": 2015},
        {"second_value": Decimal("30")},
        {"precision": 3},
    ],
)
def test_the_database_refuses_a_fact_without_year_or_source(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        new_fact(**wrong)


@pytest.mark.parametrize("missing", ["year_from", "source_year"])
def test_the_database_refuses_a_fact_without_a_year_at_all(missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        new_fact(**{missing: None})


@pytest.mark.parametrize(
    "sentence",
    ["nekā", "{value} un {value}", "{value} {x}", "{valu}", "{value", "{value} {", "{value} }"],
)
def test_a_sentence_holds_its_number_exactly_once(sentence, in_english):
    with pytest.raises(ValidationError, match="exactly once"):
        validate_sentence(sentence)


def test_the_database_refuses_a_sentence_without_a_number():
    with pytest.raises(IntegrityError), transaction.atomic():
        words(new_fact(), sentence="nekā")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("source", "", "required"),
        ("source_year", "", "required"),
        ("year_from", "", "required"),
        ("year_from", "20021", "less than or equal"),
        ("year_to", "2010", "comes after the first"),
        ("second_value", "1", "lies above"),
        ("value", "daudz", "number"),
        ("precision", "0", "more decimals"),
        ("checked_on", "2999-01-01", "still to come"),
        ("key", "women-any-2021", "already exists"),
    ],
)
def test_bad_input_says_what_is_wrong_and_keeps_what_was_typed(
    client, sign_in, field, value, message
):
    UserProfile.objects.create(user=sign_in("atbildiga"), preferred_language="en")
    fact = new_fact(value=Decimal("31.5"), precision=1)
    sent = form_of(fact, **{"source": "Tikko rakstīts"} | {field: value})
    answer = client.post(f"{LIST}edit/{fact.pk}/", sent)
    assert answer.status_code == 200
    form = BeautifulSoup(answer.content, "lxml")
    assert (
        message in form.select_one(f"#panel-child-{field}-errors, [id$={field}-errors]").get_text()
    )
    for name in ("key", "value", "year_from", field):
        assert form.select_one(f"[name={name}]").get("value", "") == sent[name]
    fact.refresh_from_db()
    assert fact.source == "Birojs"


def test_bad_words_say_what_is_wrong_and_keep_what_was_typed(client, sign_in):
    sign_in("atbildiga")
    text = words(new_fact())
    sent = {
        "fact": str(text.fact_id),
        "sentence": "Skaitlis pazuda",
        "definition": "Jauna definīcija",
        "population": "x",
        "place": "y",
        "doubt": "",
    }
    answer = client.post(f"{WORDS}edit/{text.pk}/", sent)
    form = BeautifulSoup(answer.content, "lxml")
    assert "{value}" in form.select_one("[id$=sentence-errors]").get_text()
    assert form.select_one("[name=sentence]")["value"] == "Skaitlis pazuda"
    assert form.select_one("[name=definition]")["value"] == "Jauna definīcija"
    assert (
        client.post(f"{WORDS}edit/{text.pk}/", sent | {"sentence": "{value}!"}).status_code == 302
    )


def test_a_translation_that_loses_the_number_is_not_saved():
    text = FactText.objects.get(fact__key="programme-2023", locale__language_code="lv")
    lithuanian = Locale.objects.get(language_code="lt")
    source = TranslationSource.objects.get_for_instance(text)
    task = Translation.objects.get(source=source, target_locale=lithuanian)
    StringTranslation.objects.filter(translation_of__data=text.sentence, locale=lithuanian).update(
        data="Be skaičiaus"
    )
    with pytest.raises(ValidationError):
        task.save_target()
    kept = FactText.objects.get(fact=text.fact, locale=lithuanian)
    assert "{value}" in kept.sentence


# What editors find


def test_overdue_facts_are_listed_on_the_first_page_and_by_the_filter(client, sign_in):
    today = timezone.localdate()
    Fact.objects.update(review_due=today)
    late = Fact.objects.get(key="women-any-2021")
    late.review_due = today + YESTERDAY
    late.save()
    sign_in("atbildiga")
    panel = BeautifulSoup(client.get("/admin/").content, "lxml").select_one(
        "#overdue-facts-section"
    )
    entries = panel.select("li a")
    assert [entry["href"] for entry in entries] == [f"{LIST}edit/{late.pk}/"]
    listed = BeautifulSoup(client.get(f"{LIST}?overdue=overdue").content, "lxml")
    assert [row.get_text(strip=True) for row in listed.select("td.title .title-wrapper a")] == [
        late.key
    ]
    late.review_due = today
    late.save()
    assert "overdue-facts" not in client.get("/admin/").content.decode()


def test_the_first_page_tells_no_editor_of_overdue_facts(client, sign_in):
    assert Fact.objects.overdue().exists()
    sign_in("redaktore")
    assert "overdue-facts" not in client.get("/admin/").content.decode()


def test_the_list_shows_value_year_and_source(client, sign_in):
    fact = new_fact(precision=1, value=Decimal("31.5"), year_to=2018)
    sign_in("atbildiga")
    page = BeautifulSoup(client.get(f"{LIST}?q=Birojs").content, "lxml")
    row = page.select_one("tbody tr").get_text(" ", strip=True)
    assert [part for part in (fact.key, "2016–2018", "Birojs") if part not in row] == []
    assert re.search(r"31[.,]5\s?%", row)


@pytest.mark.parametrize("typed", ['"', '"a', "'", "%", "\\", "a" * 300, "((", "*"])
def test_the_search_of_the_list_and_of_the_chooser_survives_any_character(client, sign_in, typed):
    sign_in("atbildiga")
    for address in (LIST, "/admin/snippets/choose/pages/fact/", f"{LIST}results/"):
        assert client.get(address, {"q": typed}).status_code == 200, address


def test_the_search_finds_a_fact_by_a_sentence_once(client, sign_in):
    fact = new_fact()
    words(fact, sentence='"Rets" vārds: {value}')
    words(fact, "en", sentence='"Rets" word: {value}')
    sign_in("redaktore")
    found = client.get("/admin/snippets/choose/pages/fact/results/", {"q": '"rets"'})
    page = BeautifulSoup(found.content, "lxml")
    assert [link.get_text(strip=True) for link in page.select("td.title a")] == [fact.key]


def test_a_fact_that_a_page_quotes_cannot_be_deleted(client, sign_in, quoting):
    fact = new_fact()
    words(fact)
    quoting(fact)
    with pytest.raises(ProtectedError), transaction.atomic():
        fact.delete()
    sign_in("atbildiga")
    for method in (client.get, client.post):
        answer = method(f"{LIST}delete/{fact.pk}/", follow=True)
        assert "/lv/sev/" in "".join(str(line) for line in answer.context["messages"])
    bulk = "/admin/bulk/pages/fact/delete/"
    answer = client.post(f"{bulk}?id={fact.pk}", follow=True)
    assert answer.status_code == 200
    assert Fact.objects.filter(pk=fact.pk).exists()


def test_a_fact_that_nothing_quotes_can_be_deleted(client, sign_in, quoting):
    fact = new_fact()
    words(fact)
    quoting(fact)
    quoting()
    sign_in("atbildiga")
    client.post(f"{LIST}delete/{fact.pk}/")
    assert not Fact.objects.filter(pk=fact.pk).exists()


def test_a_publisher_changes_facts_and_an_editor_does_not(client, sign_in):
    fact = new_fact()
    address = f"{LIST}edit/{fact.pk}/"
    sign_in("redaktore")
    client.post(address, form_of(fact, source="Cits"))
    fact.refresh_from_db()
    assert fact.source == "Birojs"
    sign_in("atbildiga")
    assert client.post(address, form_of(fact, source="Cits")).status_code == 302
    fact.refresh_from_db()
    assert fact.source == "Cits"
