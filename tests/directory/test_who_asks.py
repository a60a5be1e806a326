"""What stands first, and what must not be seen, for who seems to be asking."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from directory.models import Service, Situation
from directory.situations import SituationPage

pytestmark = pytest.mark.django_db

LEAVE_LIFE = {
    "lv": "negribu vairs dzīvot",
    "ru": "не хочу больше жить",
    "en": "i don't want to live anymore",
    "uk": "не хочу більше жити",
    "lt": "nebenoriu gyventi",
}
CHILD = {
    "lv": "tētis mani sit",
    "ru": "папа меня бьет",
    "en": "my dad hits me",
    "uk": "тато мене б'є",
    "lt": "tėtis mane muša",
}
HURT = {
    "lv": ["vīrs mani sit", "partneris mani pazemo", "viņš draud"],
    "ru": ["муж бьет меня", "боюсь мужа", "он меня душил"],
    "en": ["my husband hits me", "he chokes me", "couples therapy because he hits me"],
    "uk": ["чоловік б'є мене", "боюся чоловіка", "він мене душив"],
    "lt": ["vyras mane muša", "bijau vyro", "jis mane smaugė"],
}


@pytest.fixture
def ask(client):
    """Sends words as the form does; the parsed page."""

    def answer(language: str, text: str) -> BeautifulSoup:
        response = client.post(f"/{language}/pakalpojumi/mekle/", {"text": text})
        assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml")

    return answer


def shown(page, count: int = 50) -> list[str]:
    """The numbers of the first cards, card by card."""
    return [
        number["href"].removeprefix("tel:")
        for card in page.select("li.card")[:count]
        for number in card.select("a[href^=tel]")
    ]


@pytest.mark.parametrize(("language", "text"), LEAVE_LIFE.items(), ids=LEAVE_LIFE.keys())
def test_who_does_not_want_to_live_sees_whom_to_talk_to_and_the_ambulance(ask, language, text):
    first = shown(ask(language, text), 2)
    assert {"116123", "112", "113"} <= set(first)


@pytest.mark.parametrize(("language", "text"), CHILD.items(), ids=CHILD.keys())
def test_a_child_sees_the_line_for_children_first(ask, language, text):
    assert "116111" in shown(ask(language, text), 1)


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in HURT.items() for text in texts]
)
def test_who_is_hurt_is_not_led_to_a_programme_for_who_hurts(ask, language, text):
    page = ask(language, text)
    codes = [card.h3.a["href"].strip("/").split("/")[-1] for card in page.select("li.card")]
    assert codes
    assert not Service.objects.filter(code__in=codes, for_people_who_hurt=True).exists()
    assert not page.select("main a[href*=mainities]")


def read_first(page) -> str:
    return page.select_one(".rows a")["href"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("kā rakstīt par vardarbību ģimenē esmu žurnāliste", "medijiem"),
        ("esmu skolotāja kā runāt ar bērnu par vardarbību", "specialistiem"),
    ],
)
def test_who_asks_for_her_work_finds_the_pages_made_for_it(meanings, ask, text, path):
    assert read_first(ask("lv", text)) == f"/lv/{path}/"


def test_a_page_is_pinned_until_its_day(ask):
    text = "žurnālists raksta par vardarbību"
    situation = Situation.objects.get(key="journalist")
    situation.examples.create(language="lv", text=text)
    situation.pages.all().delete()
    situation.save()
    before = ask("lv", text)
    page = SituationPage(page_id=_privacy(), expires_on=timezone.localdate())
    situation.pages.add(page)
    situation.save()
    assert read_first(ask("lv", text)) == "/lv/privatums/"
    page.expires_on -= datetime.timedelta(days=2)
    page.save()
    situation.save()
    assert [link["href"] for link in ask("lv", text).select(".rows a")] == [
        link["href"] for link in before.select(".rows a")
    ]


def test_a_pinned_page_that_is_a_draft_again_is_not_shown(ask):
    from wagtail.models import Page

    text = "žurnālists raksta par vardarbību"
    situation = Situation.objects.get(key="journalist")
    situation.examples.create(language="lv", text=text)
    situation.pages.add(SituationPage(page_id=_privacy(), expires_on=timezone.localdate()))
    situation.save()
    key = Page.objects.get(pk=_privacy()).translation_key
    for page in Page.objects.filter(translation_key=key):
        page.unpublish()
    assert not ask("lv", text).select(".rows a[href*=privatums]")


def _privacy() -> int:
    from wagtail.models import Page

    return Page.objects.get(url_path="/lv/privatums/").pk
