"""The bank of facts for journalists: each figure with all that belongs to it, page and table."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from campaigns.figures import FiguresPage, anchor_of, harmless
from pages import neutral
from pages.facts import Fact, FactText
from search import documents

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
FIGURES = "/medijiem/skaitli/"
TABLE = "/dati.csv"
MOST_QUERIES = 12


def new_fact(key="new", sentence="{value} cilvēku tā domāja.", **changes) -> Fact:
    values = {"value": Decimal("31"), "unit": "percent", "year_from": 2016, "source": "Birojs"}
    fact = Fact.objects.create(key=key, source_year=2017, **values | changes)
    FactText.objects.create(
        fact=fact,
        locale=Locale.objects.get(language_code="lv"),
        sentence=sentence,
        definition="Tie, kuri piekrita.",
        population="Iedzīvotāji",
        place="Latvija",
    )
    return fact


def entry(page, fact: Fact):
    return page.select_one(f"#{anchor_of(fact)}")


def table(client, language="lv") -> list[dict]:
    answer = client.get(f"/{language}{TABLE}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def queries(client, address: str) -> int:
    """Of the page alone: what all pages of a language share is read before."""
    client.get(f"/{address.split('/')[1]}/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_of_the_bank_stands_once_with_year_and_source(read, language):
    page = read(f"/{language}{FIGURES}")
    facts = Fact.objects.all()
    assert len(page.select("article.entry")) == len(facts)
    for fact in facts:
        text = entry(page, fact).get_text()
        assert fact.source in text
        assert str(fact.source_year) in text
        assert str(fact.year_from) in text


def test_a_figure_tells_all_that_belongs_to_it(read):
    fact = Fact.objects.get(key="private-matter-2016")
    words = fact.texts.get(locale__language_code="en")
    shown = entry(read(f"/en{FIGURES}"), fact).get_text(" ", strip=True)
    for part in (words.definition, words.population, words.place, fact.read_in, "Newer data"):
        assert part in shown
    assert "Not confirmed yet" in shown


def test_the_citation_is_one_line_with_source_definition_and_address(read):
    fact = Fact.objects.get(key="women-any-2021")
    citation = entry(read(f"/lv{FIGURES}"), fact).select_one("[data-text]").get_text()
    assert citation.startswith("25,1\xa0% sieviešu")
    address = f"http://testserver/lv{FIGURES}#{anchor_of(fact)}"
    for part in ("Centrālā statistikas pārvalde, 2021", "partneris vai kāds cits", address):
        assert part in citation
    assert "Vēl nav apstiprināts" in citation
    Fact.objects.filter(pk=fact.pk).update(checked_on=datetime.date(2026, 11, 2))
    citation = entry(read(f"/lv{FIGURES}"), fact).select_one("[data-text]").get_text()
    assert "02.11.2026." in citation
    assert "\n" not in citation


def test_an_overdue_figure_says_that_it_waits(read):
    fact = Fact.objects.get(key="women-any-2021")
    assert "waits to be looked at" not in entry(read(f"/en{FIGURES}"), fact).get_text()
    fact.review_due = timezone.localdate() - datetime.timedelta(days=1)
    fact.save()
    assert "waits to be looked at" in entry(read(f"/en{FIGURES}"), fact).get_text()


def test_a_fact_that_the_page_does_not_name_stands_at_the_end(read):
    fact = new_fact()
    page = read(f"/lv{FIGURES}")
    assert entry(page, fact).find_parent("section").h2.get_text() == "Citi skaitļi"


def test_words_of_another_language_are_marked(read):
    fact = new_fact()
    shown = entry(read(f"/ru{FIGURES}"), fact)
    assert shown.h3["lang"] == "lv"
    assert shown.select_one("[data-text]")["lang"] == "lv"
    assert not shown.dt.has_attr("lang")


def test_an_anchor_does_not_tell_the_subject(read):
    anchors = [shown["id"] for shown in read(f"/lv{FIGURES}").select("article.entry")]
    assert not any(neutral.revealing(anchor) for anchor in anchors)
    assert anchor_of(Fact(key="vardarbiba")).startswith("s-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_holds_every_fact_in_the_language_of_the_reader(client, language):
    rows = table(client, language)
    assert len(rows) == Fact.objects.count()
    tag = "lv" if language == "lv-simple" else language
    assert {list(row.values())[-1] for row in rows} == {tag}


def test_the_name_of_the_table_is_neutral(client):
    header = client.get(f"/lv{TABLE}")["Content-Disposition"]
    today = timezone.localdate()
    assert header == f'attachment; filename="dati-{today:%Y-%m-%d}.csv"'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_read_as_a_formula(client, start):
    new_fact(sentence=start + "cmd {value}", source=start + "HYPERLINK(1)")
    for row in table(client):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless("1") == "1"


def test_without_a_public_page_of_figures_there_is_no_table(client):
    for page in FiguresPage.objects.all():
        page.unpublish()
    assert client.get(f"/lv{TABLE}").status_code == 404


@pytest.mark.parametrize("address", [FIGURES, TABLE])
def test_fifty_more_facts_cost_no_query(client, address):
    few = queries(client, f"/ru{address}")
    with documents.together():
        for number in range(50):
            new_fact(key=f"new-{number}")
    assert queries(client, f"/ru{address}") <= few <= MOST_QUERIES


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_table_is_only_read(client, method):
    assert getattr(client, method)(f"/lv{TABLE}").status_code == 405
