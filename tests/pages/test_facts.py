"""The bank of facts as readers meet it: stored once, right everywhere, never bare."""

import datetime
import re
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Page

from campaigns.models import FiguresPage
from pages import fact_queries
from pages.facts import Fact, FactText
from pages.models import BodyPage
from tests.pages.facts import new_fact, words

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
YESTERDAY = datetime.timedelta(days=-1)


def amount(figure) -> str:
    return figure.select_one(".amount").get_text(strip=True)


def quoted(key: str, language: str) -> fact_queries.Quoted:
    fact = Fact.objects.get(key=key)
    with translation.override(language):
        return fact_queries.read([fact])[fact.pk]


# What readers see


def test_a_correction_shows_on_all_pages_in_all_languages_at_once(read, quoting):
    fact = Fact.objects.get(key="women-any-2021")
    quoting(fact)
    fact.value, fact.year_from = Decimal("47.3"), 2031
    fact.save()
    places = [f"/{code}/" for code in LANGUAGES] + ["/lv/sev/"]
    for place in places:
        figure = read(place).select_one("main figure.figure")
        assert re.sub(r"\D", "", amount(figure)) == "473", place
        assert "2031" in figure.figcaption.get_text(), place


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_figure_stands_with_definition_year_and_source(read, code):
    found = 0
    for page in Page.objects.live().filter(depth__gt=1, locale__language_code=code):
        facts = page.specific.quoted_facts() if isinstance(page.specific, BodyPage) else []
        # The page of figures shows the whole bank; its body only puts it in order.
        if not facts or isinstance(page.specific, FiguresPage):
            continue
        figures = read(page.url_path).select("main figure.figure")
        assert len(figures) == len(facts), page.url_path
        for fact, figure in zip(facts, figures, strict=True):
            text = fact.texts.get(locale__language_code=code)
            caption = figure.figcaption.get_text()
            assert text.definition in caption
            years = fact_queries.period(fact)
            assert f"{text.population}, {text.place}, {years}." in caption
            assert f"{fact.source}, {fact.source_year}" in figure.select_one(".source").get_text()
            found += 1
    assert found >= 5


@pytest.mark.parametrize("key", sorted(["cost-2014", "calls-2019", "women-killed-2017"]))
def test_a_fact_quoted_anywhere_never_lacks_its_year_and_source(quoting, key):
    fact = Fact.objects.get(key=key)
    (figure,) = quoting(fact)
    caption = figure.figcaption.get_text()
    assert f", {fact.year_from}." in caption
    assert f"{fact.source}, {fact.source_year}" in caption


def test_the_sentence_reads_on_around_its_number(quoting):
    fact = new_fact(value=Decimal("12"), unit="count")
    words(fact, sentence="Vidēji {value} reizes gadā.")
    (figure,) = quoting(fact)
    text = re.sub(r"\s+", " ", figure.get_text(" "))
    assert "Vidēji 12 reizes gadā." in text


@pytest.mark.parametrize(
    ("unit", "value", "code", "printed"),
    [
        ("percent", "25.1", "lv", "25,1 %"),
        ("percent", "25.1", "lv-simple", "25,1 %"),
        ("percent", "25.1", "en", "25.1%"),
        ("percent", "25.1", "lt", "25,1 %"),
        ("percent", "25.1", "ru", "25,1 %"),
        ("percent", "25.1", "uk", "25,1 %"),
        ("count", "12345.5", "lv", "12 345,5"),
        ("count", "12345.5", "en", "12,345.5"),
        ("euro", "12345.5", "en", "€12,345.5"),
        ("million", "915", "en", "€915 million"),
        ("one_in", "3", "en", "1 in 3"),
    ],
)
def test_a_number_is_printed_as_the_language_prints_it(unit, value, code, printed):
    number = Decimal(value)
    fact = new_fact(unit=unit, value=number, precision=max(0, -number.as_tuple().exponent))
    words(fact, code)
    with translation.override(code):
        assert fact_queries.read([fact])[fact.pk].value == printed.replace(" ", "\xa0").replace(
            "1\xa0in\xa03", "1 in 3"
        ).replace("€915\xa0million", "€915 million")


def test_a_range_and_several_years_are_printed_with_both_ends():
    fact = new_fact(unit="count", value=87, second_value=107, year_to=2019)
    words(fact)
    text = fact_queries.read([fact], "lv")[fact.pk]
    assert (text.value, text.period) == ("87–107", "2016–2019")


def test_a_share_is_drawn_and_a_number_of_people_is_not(quoting):
    share, people = new_fact(), new_fact("people", unit="people")
    words(share)
    words(people)
    figures = quoting(share, people)
    assert [bool(figure.select("svg.fence")) for figure in figures] == [True, False]


def test_a_fact_without_words_in_the_language_is_read_in_another_and_says_so(quoting):
    fact = new_fact(precision=1, value=Decimal("2.5"))
    words(fact, "en", sentence="{value} of people thought so.")
    (figure,) = quoting(fact, address="/uk/sev/")
    assert figure["lang"] == "uk"
    assert figure.select_one(".amount").parent["lang"] == "en"
    assert amount(figure) == "2.5%", "the number goes with its sentence"
    (figure,) = quoting(fact, address="/en/sev/")
    assert not figure.select_one(".amount").parent.has_attr("lang")


def test_a_fact_without_any_words_draws_nothing(quoting):
    assert quoting(new_fact()) == []


def test_a_secondary_source_is_named_as_one(quoting):
    fact = new_fact(read_in="Avīze", source_address="https://example.org/a")
    words(fact, "en")
    (figure,) = quoting(fact, address="/en/sev/")
    link = figure.select_one(".source a")
    assert link.get_text() == "Read in a secondary source: Avīze"
    assert link["href"] == "https://example.org/a"
    assert set(link["rel"]) == {"noreferrer", "noopener", "external"}
    fact.read_in = ""
    fact.save()
    (figure,) = quoting(fact, address="/en/sev/")
    assert figure.select_one(".source a").get_text() == "Birojs"


def test_a_source_whose_address_tells_the_subject_is_named_without_a_link(quoting):
    fact = new_fact(source_address="https://example.org/lv/vardarbiba")
    words(fact)
    (figure,) = quoting(fact)
    assert not figure.select("a")
    assert "Birojs, 2017" in figure.get_text()


def test_the_page_says_whether_somebody_has_checked_the_figure(quoting):
    fact = new_fact()
    words(fact, "en")
    assert "Not confirmed yet" in quoting(fact, address="/en/sev/")[0].get_text()
    fact.checked_on = datetime.date(2026, 3, 8)
    fact.save()
    assert "Checked on 8 March 2026" in quoting(fact, address="/en/sev/")[0].get_text()


def test_a_fact_names_its_newer_data_wherever_it_is_quoted(quoting):
    newer = new_fact("newer", value=Decimal("25"), year_from=2018)
    words(newer, sentence="Tagad {value}.")
    older = new_fact("older", newer=newer)
    words(older)
    line = quoting(older)[0].select_one(".newer").get_text()
    assert "Tagad 25\xa0%." in line
    assert "Birojs, 2018" in line
    newer.value = Decimal("24")
    newer.save()
    assert "Tagad 24\xa0%." in quoting(older)[0].select_one(".newer").get_text()


def test_words_of_a_fact_are_never_markup(quoting):
    fact = new_fact(source="<b>x</b>")
    words(fact, sentence="<i>a</i> {value}", definition='"<script>1</script>"')
    (figure,) = quoting(fact)
    assert not figure.select("i, script, .source b")
    assert "<i>a</i>" in figure.get_text()


def test_a_page_asks_as_often_with_many_facts_as_with_one(client, quoting):
    def questions():
        client.get("/lv/sev/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/lv/sev/")
        return len(asked)

    facts = list(Fact.objects.all())
    quoting(facts[0])
    one = questions()
    assert len(quoting(*facts)) == len(facts) > 30
    assert questions() == one


# The traps of the sources, on the sentences of the demonstration


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_fact_of_the_demonstration_has_words_in_each_language(code):
    facts = Fact.objects.all()
    assert facts.count() == FactText.objects.filter(locale__language_code=code).count() > 30


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_wrong_reading_of_women_killed_is_nowhere(code):
    assert not Fact.objects.filter(value=82).exists()
    text = quoted("women-killed-2017", code)
    assert text.value.startswith("58")
    assert (text.period, text.source, text.source_year) == ("2017", "UNODC", "2018")
    everything = " ".join(
        f"{text.sentence} {text.definition} {text.doubt}"
        for text in FactText.objects.filter(locale__language_code=code)
    )
    assert "82" not in everything


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_cost_is_that_of_violence_against_women_and_an_estimate(code):
    text = quoted("cost-2014", code)
    women = {"lv": "sieviet", "lv-simple": "sieviet", "ru": "женщин", "en": "women"}
    stem = women.get(code, {"uk": "жінк", "lt": "moter"}.get(code, ""))
    assert stem in text.sentence
    assert text.doubt
    assert "915" in text.value


def test_one_in_three_is_what_women_have_experienced_not_what_they_live_in():
    text = quoted("women-partner-2012", "lv")
    assert "ir piedzīvojušas" in text.sentence
    assert "cieš " not in text.sentence
    assert "kopš 15 gadu" in text.sentence
    assert (text.period, text.source_year, text.base) == ("2012", "2014", "1\xa0513")
    assert text.doubt


def test_figures_that_look_alike_differ_in_their_definitions():
    keys = ("women-any-2021", "women-partner-2021", "women-psychological-2021")
    texts = [quoted(key, "en") for key in keys]
    assert len({text.definition for text in texts}) == len(texts)
    assert {text.population for text in texts} == {"Women aged 18 to 74"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_attitudes_of_2016_say_that_they_are_old_and_lead_to_newer_data(code):
    for fact in Fact.objects.filter(year_from=2016, source="Eurobarometer"):
        assert quoted(fact.key, code).doubt
        assert fact.overdue
        assert fact.secondary
    newer = quoted("private-matter-2016", code).newer
    assert "25" in newer.value
    assert newer.period == "2018"


@pytest.mark.parametrize("code", LANGUAGES)
def test_calls_in_the_city_are_a_range_of_two_months(code):
    text = quoted("calls-2019", code)
    assert text.value == "87–107"
    assert text.period == "2019"
    assert text.doubt
    two_months = {
        "lv": "divos mēnešos",
        "lv-simple": "2 mēnešos",
        "ru": "за два месяца",
        "en": "two months",
        "uk": "за два місяці",
        "lt": "per du mėnesius",
    }
    for key in ("calls-2019", "calls-unconfirmed-2019", "protection-declined-2019"):
        assert two_months[code] in quoted(key, code).sentence


def test_where_two_sources_differ_the_fact_says_so():
    assert quoted("supported-women-2022", "en").sentence.startswith("About 690 women")
    assert quoted("supported-women-2022", "en").doubt
    homicides = quoted("killed-at-home-2022", "en")
    assert homicides.value == "35"
    assert homicides.doubt
    assert not re.search(r"\d", homicides.after)


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_number_is_typed_into_the_words_but_ages_years_and_two_months(code):
    allowed = {"15", "18", "29", "65", "74", "2012", "2016", "2017", "2018", "2021", "2022"}
    for text in FactText.objects.filter(locale__language_code=code):
        typed = re.findall(r"\d+", f"{text.sentence} {text.definition} {text.doubt}")
        if code == "lv-simple":
            typed = [number for number in typed if number not in {"1", "2"}]
        assert set(typed) <= allowed, text.sentence


def test_latvian_words_name_nobody_by_what_was_done_to_them():
    for text in FactText.objects.filter(locale__language_code__in=["lv", "lv-simple"]):
        spoken = f"{text.sentence} {text.definition} {text.population} {text.doubt}".casefold()
        assert not re.search(r"upur|varmāk", spoken), spoken
