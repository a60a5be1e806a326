"""Search as a person in distress uses it: her words bring help, and leave no trace."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page

from directory import finding
from directory.listing import CARDS_ON_A_PAGE
from directory.models import (
    Need,
    NeedText,
    OpeningHours,
    Service,
    ServiceText,
    Situation,
    SituationExample,
    SituationPin,
)
from search import documents

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
HURT = ("112", "110", "116123", "116006", "+37129195442")
ODD = [
    "", " ", '"', "*", "(", ")", "AND", "OR NOT NEAR", "\x00", "a\x00b", "🦊", "\u202evīrs\u202c",
       "; DROP TABLE", "x" * 5000, "vīrs " * 1000, "-", "_", "{title_keys} : a", "^a", "a:b", "%",
       "<script>alert(1)</script>", "مرحبا", "你好", "ა", "\ud7ff", "\ufffd", "\n", "\t", "0", "-1",
    "|",
       "!", "<->", ":*", "ьн", "'; --", "ё", "ī́", "̈", "Ⅷ", "ﬁ", "𝐯ī𝐫𝐬", "٣",
]  # fmt: skip


@pytest.fixture
def ask(client):
    """Sends words as the form does: `ask("ru", "муж бьет")` is the parsed page."""

    def answer(language: str, text: str) -> BeautifulSoup:
        response = client.post(f"/{language}/pakalpojumi/mekle/", {"text": text})
        assert response.status_code == 200
        assert not response.cookies
        return BeautifulSoup(response.content, "lxml")

    return answer


def codes(page) -> list[str]:
    return [card.h3.a["href"].strip("/").split("/")[-1] for card in page.select("li.card")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("lv", "vardarbību"),
        ("lv", "vardarbiba"),
        ("lv", "krīzes centrā"),
        ("lv", "vīrs mani sit"),
        ("lv-simple", "sit mani virs"),
        ("ru", "муж бьет меня"),
        ("ru", "муж бьёт меня"),
        ("uk", "чоловік б'є мене"),
        ("uk", "чоловік б’є мене"),
        ("lt", "vyras mane muša"),
        ("lt", "vyras mane musa"),
        ("en", "my husband hits me"),
        ("en", "муж бьет меня"),
    ],
)
def test_words_of_distress_bring_help_for_the_hurt_among_the_first_three(ask, language, text):
    page = ask(language, text)
    fitting = set(
        Service.objects.filter(phones__number__in=HURT, for_people_who_hurt=False).values_list(
            "code", flat=True
        )
    )
    assert fitting & set(codes(page)[:3])
    first_five = Service.objects.filter(code__in=codes(page)[:5])
    assert not first_five.filter(for_people_who_hurt=True).exists()


@pytest.mark.parametrize(
    ("language", "text"),
    [("lv", "es situ sievu"), ("ru", "я ударил жену"), ("en", "anger management"),
     ("uk", "не можу стримати злість"), ("lt", "kaip suvaldyti pyktį")],
)  # fmt: skip
def test_somebody_who_wants_to_stop_finds_the_programme_first(ask, language, text):
    first = Service.objects.get(code=codes(ask(language, text))[0])
    assert first.for_people_who_hurt


@pytest.mark.parametrize(
    ("language", "text"), [("lv", "es gribu pārtraukt sist"), ("en", "I hit my wife")]
)
def test_somebody_who_wants_to_stop_is_not_led_to_the_places_of_the_hurt(ask, language, text):
    shown = Service.objects.filter(code__in=codes(ask(language, text)))
    assert shown.filter(for_people_who_hurt=True).exists()
    for service in shown:
        audience = set(service.audiences.values_list("code", flat=True))
        assert not audience or audience & {"anyone", "violent"}, service


def test_a_child_finds_the_line_for_children_first(ask):
    child = Service.objects.get(phones__number="116111").code
    assert codes(ask("lv", "tētis mani sit"))[0] == child
    assert codes(ask("ru", "папа бьет меня"))[0] == child


def test_a_word_of_another_language_finds_the_service_in_the_readers_language(ask):
    page = ask("en", "психолог")
    assert codes(page)
    assert page.select_one("li.card h3 a").get("lang") is None


def test_the_words_stay_in_the_box_and_nowhere_else(ask):
    page = ask("lv", 'vīrs "zqmarker" sit')
    box = page.select_one("input[name=text]")
    assert box["value"] == 'vīrs "zqmarker" sit'
    assert box["autocomplete"] == "off"
    assert "zqmarker" not in page.title.get_text()
    box.decompose()
    assert "zqmarker" not in str(page)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_help_page_has_the_box_first_and_it_works_without_script(read, code):
    page = read(f"/{code}/pakalpojumi/")
    form = page.main.select_one("form")
    assert form["method"] == "post"
    assert form["action"] == f"/{code}/pakalpojumi/mekle/#found"
    assert page.select_one(f"label[for={form.select_one('input[name=text]')['id']}]").get_text()
    assert form.select_one("button[type=submit]")
    assert str(page).index("<form") < str(page).index('class="card"')


@pytest.mark.parametrize("code", LANGUAGES)
def test_without_words_it_is_the_plain_list(read, ask, code):
    plain = codes(read(f"/{code}/pakalpojumi/"))
    assert codes(read(f"/{code}/pakalpojumi/mekle/")) == plain
    assert codes(ask(code, "  ")) == plain


def test_words_in_an_address_are_not_read(client):
    answer = client.get("/lv/pakalpojumi/mekle/?text=zqmarker7731")
    assert b"zqmarker7731" not in answer.content
    assert len(codes(BeautifulSoup(answer.content, "lxml"))) == CARDS_ON_A_PAGE


@pytest.mark.parametrize("code", LANGUAGES)
def test_when_nothing_is_found_the_page_says_who_always_answers(ask, code):
    page = ask(code, "🦊🦊🦊")
    shown = codes(page)
    assert Service.objects.get(phones__number="116123").code in shown
    assert not Service.objects.filter(code__in=shown, for_people_who_hurt=True).exists()
    assert page.main.select("a[href^='tel:']")
    assert len(page.main.select("ul.rows a[href*='?f=']")) > 3


def test_when_nothing_is_found_each_need_is_said_in_words_and_leads_to_its_services(ask, read):
    links = ask("en", "🦊🦊🦊").main.select("ul.rows a[href^='../?f=']")
    needs = {need.code: need for need in Need.objects.all()}
    assert len(links) == 6
    for link in links:
        need = needs[link["href"].removeprefix("../?f=")]
        assert link.get_text() == need.texts.get(locale__language_code="en").label
        expected = Service.objects.public().filter(needs=need).count()
        found = read(f"/en/pakalpojumi/{link['href'].removeprefix('../')}")
        assert found.select_one(".chosen a span:not(.vh)").get_text() == link.get_text()
        assert found.select_one("h2.count").get_text().split()[0] == str(expected)


def test_when_nothing_is_found_six_cards_are_read_however_many_answer_day_and_night(ask):
    first = Service.objects.get(phones__number="116123")

    def queries() -> int:
        ask("en", "🦊🦊🦊")
        with CaptureQueriesContext(connection) as caught:
            shown = codes(ask("en", "🦊🦊🦊"))
        assert len(shown) == len(set(shown)) <= 6
        urgent = Service.objects.public().filter(strip_order__isnull=False)
        assert set(urgent.values_list("code", flat=True)) <= set(shown)
        assert first.code in shown
        return len(caught)

    with documents.together():
        for number in range(30):
            service = Service(
                organization=first.organization,
                source="x",
                source_year=2024,
                urgency=0,
                for_people_who_hurt=number % 2,
            )
            service.hours = [
                OpeningHours(weekday=day, opens="00:00", closes="00:00") for day in range(1, 8)
            ]
            service.save()
            ServiceText.objects.create(
                service=service, name="N", tab_title="N", locale=Locale.objects.first()
            )
    for_many = queries()
    Service.objects.filter(source="x").exclude(pk=Service.objects.last().pk).delete()
    assert queries() == for_many
    page = ask("en", "🦊🦊🦊")
    assert not Service.objects.filter(code__in=codes(page), for_people_who_hurt=True).exists()


def test_a_need_without_words_in_the_readers_language_names_the_language_of_its_words(ask):
    NeedText.objects.filter(locale__language_code="en").delete()
    links = ask("en", "🦊🦊🦊").main.select("ul.rows a[href^='../?f=']")
    assert {link["lang"] for link in links} == {"lv"}


def test_a_misspelt_word_finds_by_likeness_and_the_page_says_that_it_guessed(ask):
    page = ask("en", "orphanns curt")
    assert Service.objects.get(phones__number="+37163422496").code in codes(page)
    assert "Did you mean" in page.main.get_text()
    assert "Did you mean" not in ask("en", "my husband hits me").main.get_text()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_guess_asks_what_was_meant_with_words_of_ours(ask, client, code):
    name = (
        ServiceText.objects.filter(
            service__in=Service.objects.public(), locale__language_code=code, name__regex=r"\w{9}"
        )
        .order_by("pk")
        .first()
        .name
    )
    page = ask(code, " ".join(word[:3] + "qz" + word[4:] for word in name.split()))
    offered = page.main.select("form:not(.seek)")
    shown = [card.h3.a.get_text() for card in page.select("li.card")]
    assert name in [*shown, *(form.button.get_text() for form in offered)]
    assert not set(shown) & {form.button.get_text() for form in offered}
    assert len(offered) <= 3
    for form in offered:
        sent = {field["name"]: field["value"] for field in form.select("input")}
        found = client.post(form["action"].partition("#")[0], sent)
        assert codes(BeautifulSoup(found.content, "lxml"))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("text", [" ".join(f"vīrs{n}" for n in range(90)), "sit " * 400, "ā" * 999])
def test_a_long_text_is_answered_with_its_beginning_and_the_page_says_so(ask, code, text):
    page = ask(code, text)
    used = page.select_one("input[name=text]")["value"]
    assert 0 < len(used) <= 300
    assert text.startswith(used)
    assert text[len(used) :][:1] in {" ", "ā"}
    number = len(used.split())
    said = page.select_one("#found + p.small").get_text()
    assert f"({number})" in said
    assert not ask(code, used).select("#found + p.small")
    assert len(set(used.split())) <= 24


def test_a_service_without_words_in_the_readers_language_says_in_which_they_are(ask):
    ServiceText.objects.exclude(locale__language_code="lv").delete()
    cards = ask("en", "vīrs mani sit").select("li.card")
    assert cards
    for card in cards:
        assert card.h3.a["lang"] == "lv"
        assert "This text is in Latvian." in card.get_text()
    for card in ask("lv", "vīrs mani sit").select("li.card"):
        assert card.select(".small") == []


def test_a_page_to_read_in_another_language_says_in_which_it_is(ask):
    Page.objects.filter(locale__language_code="ru", url_path__contains="pieklustamiba").delete()
    link = ask("ru", "pieklūstamība").select_one("ul.rows a[href='/ru/pieklustamiba/']")
    assert link["lang"] == "lv"
    assert link.find_next_sibling("span").get_text() == "(на латышском)"


def test_pages_to_read_stand_below_the_services(ask):
    page = ask("lv", "pieklūstamība")
    assert page.select_one("ul.rows a[href='/lv/pieklustamiba/']")
    page = ask("lv", "jauniešiem palīdzība")
    cards = page.select("li.card")
    assert cards
    assert page.select_one("ul.rows a[href='/lv/jauniesiem/']") in cards[-1].find_all_next("a")


@pytest.mark.parametrize("text", ODD)
def test_whatever_is_typed_is_answered_with_a_number(ask, text):
    page = ask("lv", text)
    assert page.main.select("a[href^='tel:']")
    assert page.h2.get_text()


def test_a_broken_form_is_a_framed_answer(client):
    for kind in ("multipart/form-data", "application/json", "text/plain"):
        answer = client.generic("POST", "/lv/pakalpojumi/mekle/", b"\xff\x00text=a", kind)
        assert answer.status_code in {200, 400}
        assert b'href="tel:112"' in answer.content


def test_nobody_needs_a_token_to_search():
    answer = Client(enforce_csrf_checks=True).post("/lv/pakalpojumi/mekle/", {"text": "vīrs sit"})
    assert answer.status_code == 200


def test_a_search_costs_as_many_queries_for_one_service_as_for_all(client):
    def queries() -> int:
        client.post("/lv/pakalpojumi/mekle/", {"text": "vīrs mani sit"})
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.post("/lv/pakalpojumi/mekle/", {"text": "vīrs mani sit"})
        return len(caught)

    for_all = queries()
    assert for_all <= 16
    first = Service.objects.get(phones__number="116123")
    with documents.together():
        for service in Service.objects.exclude(pk=first.pk):
            service.status = "withdrawn"
            service.save()
    assert queries() == for_all


def test_an_editors_sentence_works_with_the_next_search():
    text = "brokoļi gurķi redīsi"
    assert not finding.services(text).hits or finding.services(text).is_guess
    situation = Situation.objects.get(key="child")
    situation.examples.add(SituationExample(language="lv", text=text))
    situation.save()
    first = Service.objects.get(uuid=finding.services(text).hits[0].identity)
    assert "child" in first.needs.values_list("key", flat=True)


def test_a_pinned_service_stands_first_until_its_day():
    service = Service.objects.get(phones__number="+37163422496")
    situation = Situation.objects.get(key="hurt")
    today = timezone.localdate()
    situation.pins.add(SituationPin(service=service, expires_on=today))
    situation.save()
    assert finding.services("vīrs mani sit").hits[0].identity == str(service.uuid)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    later = finding.services("vīrs mani sit", moment=tomorrow)
    assert later.hits[0].identity != str(service.uuid)


def test_a_situation_without_weight_is_switched_off():
    Situation.objects.all().update(weight=0, changed_at=timezone.now())
    assert not finding.wanted("vīrs mani sit", finding.known(), timezone.localdate()).boosts


def test_a_day_service_answers_by_day_only():
    service = Service.objects.get(phones__number="116006")
    identities = {str(one.uuid) for one in Service.objects.all()}
    zone = timezone.get_current_timezone()
    noon = datetime.datetime(2026, 11, 18, 13, 0, tzinfo=zone)
    night = datetime.datetime(2026, 11, 18, 22, 30, tzinfo=zone)
    assert str(service.uuid) in finding.reachable(identities, noon)
    assert str(service.uuid) not in finding.reachable(identities, night)
    always = Service.objects.get(phones__number="116123")
    assert str(always.uuid) in finding.reachable(identities, night)


def test_an_editor_of_content_can_change_situations(client, sign_in):
    sign_in("atbildiga")
    situation = Situation.objects.get(key="hurt")
    page = client.get(f"/admin/snippets/directory/situation/edit/{situation.pk}/")
    assert page.status_code == 200
    assert "vīrs mani sit" in page.content.decode()


def test_every_situation_of_the_demonstration_has_ten_sentences_in_each_language():
    assert Situation.objects.count() >= 13
    keys = set(Need.objects.values_list("key", flat=True))
    for situation in Situation.objects.all():
        assert {row.need.key for row in situation.situation_needs.all()} <= keys
        for code in ("lv", "ru", "en", "uk", "lt"):
            assert situation.examples.filter(language=code).count() >= 10
