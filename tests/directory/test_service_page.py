"""The page of one service: in the order of a frightened reader's questions, and nothing guessed."""

import json

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from directory import moments
from directory.listing import ON_A_CARD, card
from directory.models import (
    OpeningHours,
    Phone,
    Place,
    Service,
    ServiceChannel,
    ServiceText,
    ServiceWayIn,
    SpokenLanguage,
)
from tests.directory.placing import AREA, STREET, area, describe, exact_place, give_place

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
FACTS = [
    "anonymous",
    "confidential",
    "same_gender_staff",
    "takes_children",
    "takes_pets",
    "step_free",
    "accessible_toilet",
    "separate_entrance",
    "transport",
    "sign_language",
    "text_for_deaf",
    "interpreter",
]


@pytest.fixture
def service():
    return Service.objects.get(phones__number="116006")


@pytest.fixture
def page(read, service):
    """The page in a language: `page("en")`."""
    return lambda language="en": read(f"/{language}/pakalpojumi/{service.code}/").main


def update(service, **values):
    Service.objects.filter(pk=service.pk).update(**values)


def write(service, **words):
    ServiceText.objects.filter(service=service, locale__language_code="en").update(**words)


def terms(part) -> dict[str, str]:
    return {row.dt.get_text(): row.dd.get_text(" ") for row in part.select("dl.terms > div")}


def data_of(read, service) -> dict:
    page = read(f"/en/pakalpojumi/{service.code}/")
    return json.loads(page.select_one("script[type='application/ld+json']").string)


def test_the_answers_stand_in_the_order_in_which_they_are_asked(page, service):
    update(service, takes_children=True)
    write(service, what_happens="One\nTwo", for_whom="Everybody", cost="Zqcost", way_in="Zqway",
          documents="Zqpapers")  # fmt: skip
    exact_place(service)
    main = page()
    parts = [part["data-part"] for part in main.select("[data-part]")]
    assert parts == ["call", "whom", "steps", "needed", "with", "where", "checked"]
    call = main.select_one("[data-part=call] .body")
    marks = [tag.get("class", [""])[0] for tag in call.find_all(recursive=False)]
    assert marks.index("number") < marks.index("state") < marks.index("terms")
    text = main.get_text(" ")
    order = ["116006", "Everybody", "One", "Zqcost", "Zqway", "Zqpapers", STREET, "Not confirmed"]
    assert order == sorted(order, key=text.index)
    assert text.index(main.h1.get_text()) < text.index("116006")


@pytest.mark.parametrize(
    ("name", "yes", "no", "question"),
    [
        ("free", "The call is free", "Charged at your operator", "whether the call is free"),
        ("shown_on_bill", "May show on the phone bill", "Not shown on the phone bill",
         "whether the call shows on the bill"),
        ("anonymous", "No name is asked", "Your name is asked", "whether your name is asked"),
        ("safe_to_text", "You can send a text message", "Text messages are not read",
         "whether text messages are read"),
    ],
)  # fmt: skip
def test_a_number_says_yes_no_or_that_one_can_ask(page, service, name, yes, no, question):
    for value, shown in ((True, yes), (False, no), (None, question)):
        Phone.objects.filter(service=service).update(**{name: value})
        text = page().select_one("[data-part=call]").get_text(" ")
        assert [words for words in (yes, no, question) if words in text] == [shown]


def test_a_number_says_who_answers_and_in_which_languages(page, service):
    Phone.objects.filter(service=service).update(answered_by="volunteer", languages=["uk"])
    number = page().select_one(".number")
    assert "a trained volunteer" in number.get_text()
    assert number.select_one("li[lang=uk]").get_text() == "Українська"
    assert "who answers" not in page().get_text()
    assert "which languages are spoken" not in page().get_text()


def test_what_is_unknown_of_all_numbers_is_said_once(page, service):
    Phone.objects.filter(service=service).update(free=True, anonymous=None)
    other = Phone.objects.create(service=service, number="+37163489652", free=None)
    lines = [line.get_text() for line in page().select("[data-part=call] .ask")]
    assert len(lines) == 2
    assert sum("whether the call is free" in line for line in lines) == 1
    assert sum("shows on the bill" in line for line in lines) == 1
    other.free = False
    other.save()
    assert len(page().select("[data-part=call] .ask")) == 1


def test_a_number_for_messages_alone_is_not_dialled(page, service):
    Phone.objects.filter(service=service).update(kind="text")
    main = page()
    assert main.select("a.plate[href='sms:116006']")
    assert not main.select("a[href='tel:116006']")
    assert "text messages only" in main.select_one(".number").get_text()


def test_a_number_for_messages_alone_is_nowhere_offered_as_a_call(read, service):
    cards = read("/en/pakalpojumi/")
    assert cards.select(".numbers a[href='tel:116006'], .card a[href='tel:116006']")
    phone = Phone.objects.get(service=service)
    phone.kind = "text"
    phone.save()
    service.refresh_from_db()
    service.save()
    cards = read("/en/pakalpojumi/")
    card = cards.select_one(".card a[href='sms:116006']")
    assert card.get_text(" ", strip=True) == "Write 116006"
    assert not cards.select("a[href='tel:116006']")
    assert [link["href"] for link in cards.select(".numbers a")]
    assert not cards.select(".numbers a[href*='116006']")
    assert "availableChannel" not in data_of(read, service)
    sheet = read(f"/en/pakalpojumi/{service.code}/lapa/").select_one(".sheet")
    assert "text messages only" in sheet.select_one("li").get_text()
    assert not sheet.select("svg")


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_is_yes_no_or_left_to_ask(page, service, name):
    ServiceChannel.objects.create(service=service, code="in_person")
    write(service, fact_notes=f"{name} = Zqnote")
    seen = []
    for value in (True, False, None):
        update(service, **{name: value})
        row = page().select_one(f"[data-fact={name}] dd")
        seen.append(row and row.get_text(" "))
        asked = " ".join(line.get_text() for line in page().select(".ask"))
        seen.append(len(asked.split(", ")))
    assert [seen[0], seen[2], seen[4]] == ["Yes Zqnote", "No Zqnote", None]
    assert seen[1] == seen[3] == seen[5] - 1


def test_a_line_on_the_phone_is_not_asked_about_its_building(page, service):
    assert "step-free" not in page().get_text()
    exact_place(service)
    assert "step-free" in page().get_text()


def test_price_way_in_and_papers_are_told_with_the_words_of_the_editor(page, service):
    ServiceWayIn.objects.create(service=service, code="police")
    update(service, free=False, referral_needed=True, identity_papers_needed=False)
    write(service, cost="Zqcost", way_in="Zqway", documents="Zqpapers")
    found = terms(page().select_one("[data-part=needed]"))
    assert "Has to be paid for" in found["Price"]
    assert "Zqcost" in found["Price"]
    assert all(word in found["Way in"] for word in ("Referral needed", "police", "Zqway"))
    assert "No identity papers needed" in found["What to bring"]
    assert "Zqpapers" in found["What to bring"]


def test_the_ways_to_reach_it_are_told(page, service):
    ServiceChannel.objects.filter(service=service).delete()
    ServiceChannel.objects.create(service=service, code="chat")
    ServiceChannel.objects.create(service=service, code="mobile_team")
    found = terms(page().select_one("[data-part=call]"))
    assert found["How to reach it"] == "by chat, somebody comes to you"
    assert "Way in" in terms(page().select_one("[data-part=needed]"))


def test_nothing_is_said_of_papers_that_nobody_wrote_about(page, service):
    update(service, identity_papers_needed=None)
    write(service, documents="")
    assert "What to bring" not in terms(page().select_one("[data-part=needed]"))
    assert "whether identity papers are needed" in page().get_text()


@pytest.mark.parametrize(
    ("ages", "words"),
    [((18, 65), "Age: 18–65"), ((16, None), "From the age of 16"), ((None, 17), "age of 17")],
)
def test_ages_are_told(page, service, ages, words):
    update(service, minimum_age=ages[0], maximum_age=ages[1])
    assert words in page().select_one("[data-part=whom]").get_text()


def test_languages_of_staff_and_of_interpreters_stand_apart(page, service):
    SpokenLanguage.objects.filter(service=service).delete()
    SpokenLanguage.objects.create(service=service, code="lv")
    SpokenLanguage.objects.create(service=service, code="uk", by_interpreter=True)
    found = terms(page().select_one("[data-part=call]"))
    assert found["Spoken languages"] == "Latviešu"
    assert found["Through an interpreter"] == "Українська"


# Places


def test_an_exact_place_is_told_whole(page, service):
    place = exact_place(service, area=area(), step_free=True, lift=False)
    describe(place, name="Zqname", transport="Zqbus", access="Zqdoor")
    part = page().select_one("[data-part=where]")
    text = part.get_text(" ")
    for word in (STREET, "LV-3401", AREA, "Zqname", "Zqbus", "Zqdoor"):
        assert word in text
    assert terms(part)["Step-free entrance"] == "Yes"
    assert terms(part)["Lift"] == "No"
    assert "toilet" in part.select_one(".ask").get_text()


def leaky_words(place):
    """Words that a mistake or an import left at a place that is not public."""
    describe(place, name="Zqname", transport="Zqbus", access="Zqdoor")
    Place.objects.filter(pk=place.pk).update(step_free=True, lift=True)


def test_a_place_of_which_only_the_area_is_public_tells_only_that(page, service):
    leaky_words(give_place(service, "area", area=area()))
    part = page().select_one("[data-part=where]")
    assert part.select_one(".place").get_text("|", strip=True) == (
        f"{AREA}|You are told the place when you call."
    )
    assert "Zqlabel" not in str(page())


def test_a_hidden_place_tells_nothing(page, service):
    service.areas.clear()
    service.save()
    leaky_words(give_place(service, "hidden"))
    assert page().select_one("[data-part=where] .body").get_text(strip=True) == (
        "The address is confidential. You are told it when you call."
    )
    assert "Zq" not in str(page())


def test_two_hidden_places_are_said_once(page, service):
    give_place(service, "hidden")
    give_place(service, "hidden")
    assert len(page().select("[data-part=where] .place")) == 1


def test_the_building_of_a_place_that_is_not_public_is_not_even_read(client, service):
    give_place(service, "hidden")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/en/pakalpojumi/{service.code}/")
    about = [query["sql"] for query in asked if "directory_place" in query["sql"]]
    assert about
    assert not [sql for sql in about if "confidential" in sql]
    assert not [sql for sql in about if '"directory_place"."label"' in sql]


def test_search_engines_are_told_an_exact_address_alone(read, service):
    hidden = give_place(service, "hidden")
    give_place(service, "area", area=area())
    assert "address" not in json.dumps(data_of(read, service))
    exact_place(service, area=area("Zqtown", "zq2"))
    (place,) = [
        channel["serviceLocation"]
        for channel in data_of(read, service)["availableChannel"]
        if "serviceLocation" in channel
    ]
    assert place["address"] == {
        "@type": "PostalAddress",
        "streetAddress": STREET,
        "postalCode": "LV-3401",
        "addressLocality": "Zqtown",
        "addressCountry": "LV",
    }
    assert hidden.label not in json.dumps(data_of(read, service))


def test_words_of_places_and_areas_fall_back_with_their_language(page, service):
    served = area("Zqserved", "zq3", "lv")
    service.areas.add(served)
    service.save()
    place = exact_place(service, area=area("Zqrajons", "zq4", "lv"))
    describe(place, "lv", transport="Zqautobuss")
    describe(place, "uk", access="Zqdveri")
    part = page("uk").select_one("[data-part=where]")
    assert part.select_one("dd[lang=lv]").get_text() == "Zqautobuss"
    assert [tag.get_text() for tag in part.select("span[lang=lv]")] == [
        "Zqserved",
        f"{STREET}, LV-3401",
        "Zqrajons",
    ]
    door = part.find("dd", string="Zqdveri")
    assert not door.has_attr("lang")


def test_the_source_says_its_language_on_pages_of_another(page, service):
    update(service, source="Zqsource & sons")
    source = page("uk").select_one(".source [lang]")
    assert (source["lang"], source.get_text()) == ("lv", "Zqsource & sons")


def test_words_of_another_language_say_which(page, service):
    ServiceText.objects.filter(service=service).exclude(locale__language_code="lv").delete()
    ServiceText.objects.filter(service=service).update(
        cost="Zqcost", way_in="Zqway", documents="Zqpapers", fact_notes="anonymous = Zqnote"
    )
    main = page("en")
    assert "lang" not in main.attrs
    for word in ("Zqcost", "Zqway", "Zqpapers", "Zqnote"):
        assert main.find(string=word).find_parent(lang="lv")
    assert main.select_one(".notice")


def test_without_a_number_nobody_is_told_to_call(page, service):
    give_place(service, "hidden")
    give_place(service, "area", area=area())
    exact_place(service)
    OpeningHours.objects.filter(service=service).delete()
    telling = ("ask by phone", "when you call")
    text = page().get_text(" ")
    assert all(words in text for words in telling)
    assert page().select_one("[data-part=call] h2").get_text() == "Call"
    Phone.objects.filter(service=service).delete()
    main = page()
    head = main.select_one("[data-part=call] h2").get_text()
    assert head == "How to reach it"
    # The words of editors are theirs.
    ours = [part.get_text(" ") for part in main.select(".state, .ask, .place")]
    assert len(ours) > 4
    assert not [part for part in ours if any(words in part for words in telling)]
    assert "Hours not known" in main.select_one(".state").get_text()


def test_the_card_of_a_service_without_a_number_does_not_tell_to_call(service):
    Phone.objects.filter(service=service).delete()
    OpeningHours.objects.filter(service=service).delete()
    (found,) = Service.objects.filter(pk=service.pk).prefetch_related(*ON_A_CARD).read()
    with translation.override("en"):
        assert card(found, moments.now())["state"].words == "Hours not known"


def test_the_button_to_copy_is_made_by_a_script_alone(client, service):
    answer = client.get(f"/lv/pakalpojumi/{service.code}/")
    page = BeautifulSoup(answer.content, "lxml")
    assert page.select_one("[data-text]")["data-text"] == "116006"
    assert page.select_one("[data-copied][role=status]").get_text() == ""
    assert not page.select("main button[type=button]")
    (script,) = page.select("script[src]:not([src*=reader])")
    assert script["type"] == "module"
    assert script["src"].startswith("/static/")
