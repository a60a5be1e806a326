"""What the demo directory says: in every language, in that language, with the year of its source,
and nothing that no source says."""

import re

import pytest
from django.conf import settings

from directory import facts
from directory.models import (
    Area,
    AreaText,
    ConfidentialAddress,
    Phone,
    Place,
    PlaceText,
    Service,
    ServiceText,
    SituationText,
)

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
YEAR = re.compile(r"\b20[12]\d\b")
LABELS = ("cost", "way_in", "documents", "fact_notes", "need_to_know", "for_whom", "summary")
# A Latvian name is said on the phone and read on a door: it may stand in every language.
LATVIAN_NAMES = re.compile(
    r"\([^)]*\)|Centrs MARTA|MARTA|MKB|Liepāj\w+|Rīg\w+|Bērnu aizsardzības centrs|[\w.@]+\.lv"
)
# Letters that a text in the language never has.
FOREIGN = {
    "lv": "а-яіїєґąęėįų",
    "lv-simple": "а-яіїєґąęėįų",
    "ru": "іїєґa-zāēīģķļņ",
    "en": "а-яіїєґāčēģīķļņšūžąęėįų",
    "uk": "ыэёъa-zāēīģķļņ",
    "lt": "а-яіїєґāēīģķļņ",
}


def words_of(model, code: str) -> list[str]:
    names = [field.field_name for field in model.translatable_fields]
    rows = model.objects.filter(locale__language_code=code).values_list(*names)
    return [words for row in rows for words in row if words]


def in_language(code: str, text: str) -> bool:
    bare = LATVIAN_NAMES.sub("", text)
    notes = re.sub(r"^\w+ = ", "", bare, flags=re.MULTILINE)
    return not re.search(f"[{FOREIGN[code]}]", notes, re.IGNORECASE)


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_are_in_their_language(code):
    for model in (AreaText, PlaceText, SituationText, ServiceText):
        found = words_of(model, code)
        assert found
        assert [text for text in found if not in_language(code, text)] == []


def test_areas_places_and_choices_are_there_in_every_language():
    expected = {
        AreaText: Area.objects.count(),
        PlaceText: Place.objects.filter(visibility="exact").count(),
        SituationText: 11,
    }
    for model, count in expected.items():
        for code in LANGUAGES:
            texts = model.objects.filter(locale__language_code=code)
            assert texts.count() == count > 0, (model, code)


def test_the_guided_path_has_a_choice_for_each_kind_of_reader():
    keys = set(SituationText.objects.values_list("situation__key", flat=True))
    assert {"hurt", "child", "relatives", "change"} <= keys


@pytest.mark.parametrize("code", LANGUAGES)
def test_nobody_is_called_a_victim_or_a_tyrant(code):
    never = re.compile(r"upur|varmāk|жертв|насильник|тиран|\bauk(a|os|ą)\b|budel", re.IGNORECASE)
    for model in (SituationText, ServiceText):
        assert [text for text in words_of(model, code) if never.search(text)] == []


def test_a_field_that_one_language_has_is_there_in_all():
    for service in Service.objects.all():
        texts = list(service.texts.all())
        for name in LABELS:
            assert len({bool(getattr(text, name)) for text in texts}) == 1, (service, name)
        assert len({tuple(text.notes) for text in texts}) == 1, service
        assert len({len(text.steps) for text in texts}) == 1, service


def test_what_grows_old_says_from_which_year_it_is(read):
    """An address and amounts of money or time are told with their year, in every language."""
    for service in Service.objects.exclude(email="") | Service.objects.filter(at_places__gt=0):
        for text in service.texts.all():
            assert YEAR.search(text.way_in + text.need_to_know), (text.locale, text.name)
    for text in ServiceText.objects.filter(cost__contains="120"):
        assert YEAR.search(text.cost + text.need_to_know) or "mainījies" in text.cost
    assert not Place.objects.filter(source_year=None).exists()
    for service in Service.objects.all():
        page = read(f"/en/pakalpojumi/{service.code}/")
        assert str(service.source_year) in page.select_one(".source").get_text()


def test_no_place_has_more_than_its_source_gives():
    exact = Place.objects.get(visibility="exact")
    assert (exact.street, exact.area.key) == ("Kūrmājas prospekts 11", "liepaja")
    assert set(Place.objects.values_list("postal_code", "latitude", "longitude")) == {
        ("", None, None)
    }
    assert set(Place.objects.values_list("step_free", "lift", "accessible_toilet")) == {
        (None, None, None)
    }
    assert not ConfidentialAddress.objects.exists()
    street = re.compile(
        r"\b(iela|ielā|prospekt\w+|улиц\w+|вулиц\w+|street|gatv\w+)\b", re.IGNORECASE
    )
    for code in LANGUAGES:
        for model in (PlaceText, ServiceText):
            assert [text for text in words_of(model, code) if street.search(text)] == []


def test_what_no_source_says_is_unknown():
    """Nobody has asked yet: these answers are in no source, so no service has one."""
    unasked = set(facts.KEYS) - {"free", "anonymous", "referral_needed", "recorded"}
    for name in unasked - {"text_for_deaf"}:
        assert set(Service.objects.values_list(name, flat=True)) == {None}, name
    written = Service.objects.filter(text_for_deaf=True)
    assert all(
        service.email or service.channels.filter(code="chat").exists() for service in written
    )
    assert set(Phone.objects.values_list("answered_by", "safe_to_text", "shown_on_bill")) == {
        ("", None, None)
    }
    assert not Service.objects.exclude(confirmed_on=None).exists()
