"""Facts for tests, and the form of one."""

from decimal import Decimal

from wagtail.models import Locale

from pages.facts import Fact, FactText


def new_fact(key="test", **changes) -> Fact:
    values = {
        "value": Decimal("31"),
        "unit": "percent",
        "year_from": 2016,
        "source": "Birojs",
        "source_year": 2017,
    }
    return Fact.objects.create(key=key, **values | changes)


def words(fact: Fact, language="lv", **changes) -> FactText:
    values = {
        "sentence": "{value} cilvēku tā domāja.",
        "definition": "Tie, kuri piekrita.",
        "population": "Iedzīvotāji",
        "place": "Latvija",
    }
    locale = Locale.objects.get(language_code=language)
    return FactText.objects.create(fact=fact, locale=locale, **values | changes)


def form_of(fact: Fact, **changes) -> dict:
    """What the form of a fact sends."""
    names = ("key", "value", "second_value", "precision", "unit", "base", "newer", "read_in")
    more = ("year_from", "year_to", "source", "source_year", "source_address", "review_due")
    values = {name: getattr(fact, name) for name in (*names, *more, "checked_on")}
    sent = {name: "" if value is None else str(value) for name, value in values.items()}
    return sent | {"newer": fact.newer_id or ""} | changes
