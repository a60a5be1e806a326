"""The list of services and their pages, as a visitor reads them."""

import re

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation

from directory.hours import in_words
from directory.listing import state_of
from directory.models import Need, NeedText, OpeningHours, Phone, Service

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SPACE = "\u00a0"
NOT_CONFIRMED = {
    "lv": "Nav apstiprināts kopš {year}. gada",
    "ru": "Не подтверждалось с {year} года",
    "en": "Not confirmed since {year}",
    "uk": "Не підтверджено з {year} року",
    "lt": "Nepatvirtinta nuo {year} m.",
    "lv-simple": "Pēdējo reizi pārbaudījām {year}. gadā",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_list_begins_with_danger_and_ends_with_help_for_those_who_hurt(listed, clock, code):
    now = clock("2026-03-02 22:14")
    services = {service.code: service for service in Service.objects.public()}
    shown = [services[one] for one in listed(f"/{code}/pakalpojumi/").fits]
    assert len(shown) == len(services)
    order = [
        (service.for_people_who_hurt, not state_of(service, now).is_open, service.urgency)
        for service in shown
    ]
    assert order == sorted(order)
    assert order[0] == (False, False, 0)
    assert order[-1][0]
    assert shown[0].phones.first().number == "112"


def test_even_the_most_urgent_service_for_those_who_hurt_stands_last(listed):
    service = Service.objects.public().filter(for_people_who_hurt=True).first()
    Service.objects.filter(pk=service.pk).update(urgency=0)
    Service.objects.exclude(pk=service.pk).update(for_people_who_hurt=False)
    assert listed("/lv/pakalpojumi/").fits[-1] == service.code


@pytest.mark.parametrize("code", LANGUAGES)
def test_other_words_of_a_need_are_read_at_once(read, code):
    read(f"/{code}/pakalpojumi/")
    text = NeedText.objects.get(need__key="child", locale__language_code=code)
    text.label = "Citi vārdi"
    text.save()
    assert "Citi vārdi" in read(f"/{code}/pakalpojumi/").select_one("details.needs").get_text()


def test_a_chosen_need_leaves_the_services_that_answer_it(read, listed):
    need = Need.objects.get(key="child")
    found = listed(f"/lv/pakalpojumi/?f={need.code}").fits
    expected = Service.objects.public().filter(needs=need)
    assert sorted(found) == sorted(service.code for service in expected)
    assert 0 < len(found) < Service.objects.public().count()
    chosen = read(f"/lv/pakalpojumi/?f={need.code}").select_one("details.needs")
    assert chosen.has_attr("open")
    label = NeedText.objects.get(need=need, locale__language_code="lv").label
    assert chosen.select_one("[aria-current]").b.get_text() == label


def test_two_needs_show_what_answers_either(listed):
    needs = Need.objects.filter(key__in=["child", "place"])
    found = listed(f"/lv/pakalpojumi/?f={','.join(need.code for need in needs)}")
    assert set(found.fits) == set(
        Service.objects.public().filter(needs__in=needs).values_list("code", flat=True)
    )


@pytest.mark.parametrize("query", ["zzz", "", ",,,", "child", "%00", "9" * 500, "<b>", "&f=zz"])
def test_an_unknown_need_shows_the_whole_list(read, listed, query):
    found = listed(f"/ru/pakalpojumi/?f={query}")
    assert len(found.fits) == found.said == Service.objects.public().count()
    page = read(f"/ru/pakalpojumi/?f={query}")
    assert not page.select_one("details.needs").has_attr("open")


def test_each_need_says_how_many_services_answer_it(read, listed):
    links = read("/en/pakalpojumi/").select("details.needs a[href^='?']")
    assert len(links) > 10
    for link in links:
        found = listed(f"/en/pakalpojumi/{link['href']}")
        assert len(found.fits) == found.said == int(link.span.get_text())


def test_the_codes_of_needs_and_services_are_no_words():
    for record in [*Need.objects.all(), *Service.objects.all()]:
        assert re.fullmatch("[23456789bcdfghjkmnpqrstvwxz]+", record.code)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("lv", f"63{SPACE}489{SPACE}652"),
        ("lv-simple", f"63{SPACE}489{SPACE}652"),
        ("ru", f"+371{SPACE}63{SPACE}489{SPACE}652"),
        ("en", f"+371{SPACE}63{SPACE}489{SPACE}652"),
        ("uk", f"+371{SPACE}63{SPACE}489{SPACE}652"),
        ("lt", f"+371{SPACE}63{SPACE}489{SPACE}652"),
    ],
)
def test_a_number_is_written_for_its_readers_and_dialled_from_anywhere(read, code, shown):
    service = Service.objects.get(phones__number="+37163489652")
    need = service.needs.first().code
    for address in (f"/{code}/pakalpojumi/{service.code}/", f"/{code}/pakalpojumi/?f={need}"):
        link = read(address).main.select_one("a[href='tel:+37163489652']")
        assert link.b.get_text() == shown


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_short_number_is_written_as_it_is_dialled(read, code):
    assert read(f"/{code}/").select_one("a[href='tel:116006'] b").get_text() == "116006"


@pytest.mark.parametrize(
    "number", ["12", "999999", "6348965", "abc", "+371 00000000", "63 489 65x"]
)
def test_a_wrong_number_is_refused_with_a_message(number):
    phone = Phone(number=number, service=Service.objects.first())
    with pytest.raises(ValidationError) as refusal:
        phone.full_clean(exclude=["service"])
    assert refusal.value.message_dict["number"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("63489652", "+37163489652"),
        ("63 489 652", "+37163489652"),
        ("+371 63489652", "+37163489652"),
        ("00371 63489652", "+37163489652"),
        ("(+371) 63-489-652", "+37163489652"),
        (" 116006 ", "116006"),
        ("112", "112"),
        ("+370 5 266 1661", "+37052661661"),
    ],
)
def test_a_number_may_be_typed_as_people_write_it(typed, kept):
    phone = Phone(number=typed, service=Service.objects.first())
    phone.full_clean(exclude=["service"])
    assert phone.number == kept


HOURS = {
    "week": [(day, "09:00", "17:00") for day in range(1, 6)],
    "daily": [(day, "12:00", "22:00") for day in range(1, 8)],
    "always": [(day, "00:00", "00:00") for day in range(1, 8)],
    "until midnight": [(day, "12:00", "00:00") for day in range(1, 8)],
    "two days": [(1, "09:00", "12:00"), (4, "09:00", "12:00")],
    "pause": [(1, "09:00", "12:00"), (1, "13:00", "17:00")],
    "two groups": [(1, "08:00", "18:00"), (2, "08:00", "17:00"), (3, "08:00", "17:00"),
                   (4, "08:00", "17:00")],
}  # fmt: skip
IN_WORDS = {
    ("lv", "week"): ["P.–Pk. 9.00–17.00"],
    ("lv", "daily"): ["Katru dienu 12.00–22.00"],
    ("lv", "always"): ["Strādā visu diennakti"],
    ("lv", "until midnight"): ["Katru dienu 12.00–24.00"],
    ("lv", "two days"): ["P., C. 9.00–12.00"],
    ("lv", "pause"): ["P. 9.00–12.00, 13.00–17.00"],
    ("lv", "two groups"): ["P. 8.00–18.00", "O.–C. 8.00–17.00"],
    ("lv-simple", "always"): ["Strādā dienu un nakti"],
    ("lv-simple", "daily"): ["Katru dienu 12.00–22.00"],
    ("ru", "always"): ["Работает круглосуточно"],
    ("uk", "always"): ["Працює цілодобово"],
    ("lt", "always"): ["Dirba visą parą"],
    ("en", "always"): ["Open day and night"],
}
ENGLISH_DAYS = re.compile("Mon|Tue|Wed|Thu|Fri|Sat|Sun")


def hours(kind: str) -> list[OpeningHours]:
    rows = [OpeningHours(weekday=day, opens=a, closes=b) for day, a, b in HOURS[kind]]
    for row in rows:
        row.full_clean(exclude=["service"], validate_constraints=False)
    return rows


@pytest.mark.parametrize(("code", "kind"), IN_WORDS)
def test_hours_are_said_in_the_words_of_the_language(code, kind):
    with translation.override(code):
        assert in_words(hours(kind)) == IN_WORDS[code, kind]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", ["week", "two days", "two groups"])
def test_days_are_named_in_the_language_of_the_reader(code, kind):
    with translation.override(code):
        lines = " ".join(in_words(hours(kind)))
    assert bool(ENGLISH_DAYS.search(lines)) == (code == "en"), lines


def test_unknown_hours_say_that_one_can_ask(read):
    service = Service.objects.get(phones__number="116006")
    assert "12.00–22.00" in read(f"/lv/pakalpojumi/{service.code}/").main.get_text()
    OpeningHours.objects.filter(service=service).delete()
    text = read(f"/en/pakalpojumi/{service.code}/").main.get_text()
    assert "Hours not known. You can ask by phone" in text


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_for_those_who_hurt_shows_no_place_or_number_of_the_hurt(read, code):
    text = read(f"/{code}/nodarbibas/").main
    numbers = {link["href"].removeprefix("tel:") for link in text.select("a[href^='tel:']")}
    for_them = Service.objects.filter(for_people_who_hurt=True)
    allowed = {"112", "116123", *for_them.values_list("phones__number", flat=True)}
    assert numbers <= allowed
    assert "116123" in numbers
    # Only services that are for those who hurt, or for everybody, may be led to.
    everybody = Service.objects.filter(phones__number="116123").values_list("code", flat=True)
    codes = set(Service.objects.values_list("code", flat=True)) - set(everybody)
    codes -= set(for_them.values_list("code", flat=True))
    assert not [link["href"] for link in text.select("a") if codes & set(link["href"].split("/"))]
    digits = re.sub(r"\D", "", text.get_text(" "))
    for phone in Phone.objects.exclude(number__in=[*allowed, "110"]):
        assert phone.number.removeprefix("+371") not in digits, phone.number


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_service_says_since_when_it_is_not_confirmed_and_who_said_so(read, code):
    for service in Service.objects.public():
        text = read(f"/{code}/pakalpojumi/{service.code}/").main.get_text().replace(SPACE, " ")
        assert NOT_CONFIRMED[code].format(year=service.source_year) in text
        assert f"{service.source}, {service.source_year}" in text


def test_a_confirmed_service_shows_the_day_instead(read):
    service = Service.objects.get(phones__number="116006")
    Service.objects.filter(pk=service.pk).update(confirmed_on="2026-11-03")
    text = read(f"/lv/pakalpojumi/{service.code}/").main.get_text()
    assert "3.11.2026" in text or "03.11.2026" in text
    assert "Nav apstiprināts" not in text


def test_a_corrected_number_is_right_in_every_language_and_place(read):
    service = Service.objects.get(phones__number="116006")
    Phone.objects.filter(number="116006").update(number="116000")
    for code in LANGUAGES:
        for path in ("", "pakalpojumi/", f"pakalpojumi/{service.code}/", "nav-tadas/"):
            page = read(f"/{code}/{path}", status=404 if path == "nav-tadas/" else 200)
            assert page.select("a[href='tel:116000']")
            assert not page.select("a[href='tel:116006']")
