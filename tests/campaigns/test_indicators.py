"""Indicators as visitors and publishers meet them: nothing without year and source."""

import datetime
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from campaigns.indicators import Indicator, IndicatorsPage, IndicatorText, IndicatorValue

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PAGE = "par-mums/raditaji/"
LIST = "/admin/snippets/campaigns/indicator/"


def new_indicator(code="test", **changes) -> Indicator:
    values = {
        "level": "city",
        "unit": "percent",
        "rhythm": "year",
        "direction": "up",
        "baseline": Decimal("40"),
        "baseline_year": 2020,
        "target": Decimal("60"),
        "target_year": 2030,
        "source": "Plāns",
        "source_year": 2020,
    }
    indicator = Indicator.objects.create(code=code, **values | changes)
    words(indicator, "lv", f"Vārds {code}")
    words(indicator, "en", f"Name {code}")
    return indicator


def words(indicator, language, name):
    locale = Locale.objects.get(language_code=language)
    IndicatorText.objects.create(indicator=indicator, locale=locale, name=name)


def measure(indicator, value, year=2024, **changes):
    values = {"source": "Birojs", "source_year": year}
    IndicatorValue.objects.create(
        indicator=indicator, value=Decimal(value), period_from=datetime.date(year, 1, 1),
        period_to=datetime.date(year, 12, 31), **values | changes,
    )  # fmt: skip


@pytest.fixture
def shown(read):
    """What the page says of an indicator: `shown("test")`, its element."""

    def element(code, language="en"):
        text = IndicatorText.objects.get(indicator__code=code, locale__language_code="en")
        name = {"en": text.name, "lv": text.name.replace("Name", "Vārds")}[language]
        page = read(f"/{language}/{PAGE}")
        rows = page.select("main .journey > li, main .uncounted > li")
        found = [tag for tag in rows if tag.find(["h3", "b"]).get_text() == name]
        assert len(found) == 1
        return found[0]

    return element


def said(element) -> str:
    return re.sub(r"\s+", " ", element.get_text(" ")).replace("\xa0", " ")


# What visitors see


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_national_target_stands_with_start_years_and_source(read, code):
    first = said(read(f"/{code}/{PAGE}").select_one(".journey > li"))
    for part in ("64", "2016", "80", "2029", "Nr. 1221", "2024"):
        assert part in first, part


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_city_has_not_counted_has_no_number(read, code):
    page = read(f"/{code}/{PAGE}")
    rows = page.select(".uncounted > li")
    city = Indicator.objects.filter(level="city", baseline=None, values=None).count()
    assert len(rows) == city + 1 == 18
    bare = [said(row).replace("3 mēnešos", "") for row in rows]
    assert not [text for text in bare if re.search(r"\d", text) and "2028" not in text]


def test_the_newest_value_stands_with_its_year_and_source_and_the_earlier_ones_stay(shown):
    indicator = new_indicator()
    measure(indicator, "45", 2022)
    measure(indicator, "50", 2024)
    text = said(shown("test"))
    assert "Newest value 50% , 2024. Source: Birojs , 2024" in text
    assert "Earlier values 45% , 2022. Source: Birojs , 2022" in text
    assert "At the start 40% , 2020. Source: Plāns , 2020" in text
    assert "Target at least 60% by 2030" in text


@pytest.mark.parametrize(
    ("direction", "value", "sentence"),
    [
        ("up", "50", "closer to the aim"),
        ("up", "30", "moved away"),
        ("up", "40", "Nothing has changed"),
        ("up", "60", "target is reached"),
        ("down", "30", "target is reached"),
        ("down", "61", "moved away"),
    ],
)
def test_a_sentence_says_which_way_it_went(shown, direction, value, sentence):
    indicator = new_indicator(direction=direction)
    measure(indicator, value)
    assert sentence in said(shown("test"))


def test_nothing_is_said_where_the_number_alone_does_not_say(shown):
    indicator = new_indicator(direction="neither")
    measure(indicator, "50")
    assert not shown("test").select("li > p")


def test_without_a_newer_value_the_page_says_so(shown):
    new_indicator()
    text = said(shown("test"))
    assert "no newer number than that of the start" in text
    assert "Newest value Not yet counted" in text


@pytest.mark.parametrize("value", ["0", "1", "4"])
def test_few_people_are_never_shown(client, shown, value):
    indicator = new_indicator(unit="people", baseline=None, baseline_year=None, target=None,
                              target_year=None)  # fmt: skip
    measure(indicator, value)
    measure(indicator, "731", 2022)
    element = shown("test")
    text = said(element)
    assert "Newest value fewer than 5 , 2024" in text
    assert f"Newest value {value}" not in text
    assert not element.select("svg"), "the length of a bar would tell"
    assert not element.select("li > p")
    assert "731" in text


@pytest.mark.parametrize(("unit", "value"), [("people", "5"), ("count", "2"), ("percent", "3")])
def test_what_is_not_few_people_is_shown(shown, unit, value):
    indicator = new_indicator(unit=unit)
    measure(indicator, value)
    assert re.search(rf"Newest value {value}\b", said(shown("test")))


def test_a_bar_draws_the_newest_value_and_the_target_for_eyes_alone(shown):
    indicator = new_indicator()
    measure(indicator, "50")
    drawing = shown("test").svg
    assert drawing["aria-hidden"] == "true"
    assert drawing.select_one(".painted")["d"].count("M") == 25
    assert drawing.select_one(".goal")["d"].startswith("M179 ")


def test_numbers_are_printed_as_the_language_prints_them(shown):
    indicator = new_indicator(precision=1, unit="count", target=Decimal("99999"))
    measure(indicator, "12345.5")
    assert "12,345.5" in said(shown("test"))
    assert "12 345,5" in said(shown("test", "lv"))


def test_an_indicator_without_words_in_the_language_is_read_in_another_and_says_so(read):
    indicator = new_indicator()
    indicator.texts.filter(locale__language_code="en").delete()
    page = read(f"/uk/{PAGE}")
    assert page.main.get("lang") is None
    heading = next(tag for tag in page.select("h3") if tag.get_text() == "Vārds test")
    assert heading["lang"] == "lv"


def test_an_indicator_without_words_is_left_out(read):
    indicator = new_indicator(source="Zqplāns")
    indicator.texts.all().delete()
    assert "Zqplāns" not in read(f"/lv/{PAGE}").get_text()


def test_the_page_asks_as_often_with_fifty_indicators_as_with_one(client):
    def questions():
        client.get(f"/lv/{PAGE}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/lv/{PAGE}").status_code == 200
        return len(asked)

    for number in range(50 - Indicator.objects.count()):
        measure(new_indicator(f"test-{number}"), "50")
    many = questions()
    assert Indicator.objects.count() == 50
    measure(new_indicator("one"), "50")
    Indicator.objects.exclude(code="one").delete()
    assert questions() == many <= 12


def test_an_unpublished_page_of_indicators_is_gone(client):
    IndicatorsPage.objects.get(url_path=f"/lv/{PAGE}").unpublish()
    for code in LANGUAGES:
        assert client.get(f"/{code}/{PAGE}").status_code == 404
    assert PAGE not in client.get("/lv/lapas-karte/").content.decode()


# What publishers do


def form_of(indicator, rows=(), **changes) -> dict:
    names = ("code", "level", "unit", "precision", "rhythm", "direction", "baseline", "target")
    more = ("baseline_year", "target_year", "source", "source_year", "review_due")
    values = {name: getattr(indicator, name) for name in (*names, *more)}
    sent = {name: "" if value is None else str(value) for name, value in values.items()}
    sent |= {"values-TOTAL_FORMS": str(len(rows)), "values-INITIAL_FORMS": "0"}
    sent |= {"values-MIN_NUM_FORMS": "0", "values-MAX_NUM_FORMS": "1000"}
    for number, row in enumerate(rows):
        sent |= {f"values-{number}-{name}": value for name, value in row.items()}
        sent |= {f"values-{number}-id": "", f"values-{number}-DELETE": ""}
    return sent | changes


ROW = {"value": "50", "period_from": "2024-01-01", "period_to": "2024-12-31", "source": "Birojs",
       "source_year": "2025"}  # fmt: skip


def test_a_value_is_entered_and_says_who_entered_it(client, sign_in, shown):
    user = sign_in("atbildiga")
    indicator = new_indicator()
    before = timezone.now()
    answer = client.post(f"{LIST}edit/{indicator.pk}/", form_of(indicator, [ROW]))
    assert answer.status_code == 302
    value = indicator.values.get()
    assert (value.entered_by, value.entered_at >= before) == (user, True)
    assert "Newest value 50%" in said(shown("test"))
    assert indicator.revisions.count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"target_year": "2019"}, "target_year", "lies after the start"),
        ({"target_year": ""}, "target_year", "without a year"),
        ({"baseline": ""}, "baseline", "without a number"),
        ({"baseline": "101"}, "baseline", "no more than 100"),
        ({"target": "-1"}, "target", "below zero"),
        ({"target": "60.5"}, "target", "more decimals"),
        ({"source": ""}, "source", "required"),
        ({"code": "unacceptable"}, "code", "already exists"),
    ],
)
def test_bad_input_says_what_is_wrong_and_keeps_what_was_typed(
    client, sign_in, changes, field, message
):
    UserProfile.objects.create(user=sign_in("atbildiga"), preferred_language="en")
    indicator = new_indicator()
    sent = form_of(indicator, [ROW], **{"source": "Tikko rakstīts"} | changes)
    answer = client.post(f"{LIST}edit/{indicator.pk}/", sent)
    assert answer.status_code == 200
    form = BeautifulSoup(answer.content, "lxml")
    assert message in form.select_one(f"[id$='{field}-errors']").get_text()
    assert form.select_one(f"[name={field}]").get("value", "") == sent[field]
    assert form.select_one("[name=values-0-source]")["value"] == "Birojs"
    indicator.refresh_from_db()
    assert indicator.source == "Plāns"
    assert not indicator.values.exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"source": ""}, "source", "required"),
        ({"source_year": ""}, "source_year", "required"),
        ({"period_to": "2023-01-01"}, "period_to", "comes after the first"),
        ({"period_to": "2999-01-01"}, "period_to", "still to come"),
        ({"value": "150"}, "value", "no more than 100"),
    ],
)
def test_a_bad_value_says_what_is_wrong_at_its_field(client, sign_in, changes, field, message):
    UserProfile.objects.create(user=sign_in("atbildiga"), preferred_language="en")
    indicator = new_indicator()
    answer = client.post(f"{LIST}edit/{indicator.pk}/", form_of(indicator, [ROW | changes]))
    assert answer.status_code == 200
    form = BeautifulSoup(answer.content, "lxml")
    place = form.select_one(f"[name=values-0-{field}]").find_parent(attrs={"data-field": True})
    assert message in place.get_text()
    assert form.select_one("[name=values-0-value]")["value"] == (ROW | changes)["value"]


@pytest.mark.parametrize(
    "changes",
    [
        {"source": ""},
        {"target_year": None},
        {"baseline_year": None},
        {"target_year": 2020},
    ],
)
def test_the_database_refuses_a_number_without_year_or_source(changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        new_indicator(**changes)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("level=city&counted=some", {"test"}),
        ("counted=some", {"test"}),
        ("overdue=overdue", {"late"}),
        ("rhythm=quarter", {"case-notes"}),
    ],
)
def test_the_list_is_filtered(client, sign_in, query, found):
    Indicator.objects.update(review_due=timezone.localdate())
    measure(new_indicator(), "50")
    new_indicator("late", review_due=timezone.localdate() - datetime.timedelta(days=1))
    sign_in("atbildiga")
    page = BeautifulSoup(client.get(f"{LIST}?{query}").content, "lxml")
    assert {link.get_text(strip=True) for link in page.select("td.title .title-wrapper a")} == found


def test_an_editor_and_a_keeper_do_not_change_indicators(client, sign_in):
    indicator = new_indicator()
    for name in ("redaktore", "uzturetaja"):
        sign_in(name)
        client.post(f"{LIST}edit/{indicator.pk}/", form_of(indicator, [ROW]))
        assert not indicator.values.exists(), name


def test_the_editing_page_and_the_preview_open(client, sign_in):
    sign_in("atbildiga")
    indicator = Indicator.objects.get(code="unacceptable")
    assert client.get(f"{LIST}edit/{indicator.pk}/").status_code == 200
    page = IndicatorsPage.objects.get(url_path=f"/lv/{PAGE}")
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
