"""What the box suggests while somebody types: our own words, each of which finds something."""

import gzip

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from directory.models import Need, Service, ServiceText, UnansweredQuery

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def suggested(client):
    """The suggestions of a language, as the box fetches them."""

    def words(code: str) -> list[str]:
        page = BeautifulSoup(client.get(f"/{code}/pakalpojumi/").content, "lxml")
        answer = client.get(page.select_one("input[name=text]")["data-words"])
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
        return answer.json()

    return words


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("address", ["pakalpojumi/mekle/", "blakus/"])
def test_no_suggestion_leads_to_nothing(client, suggested, code, address):
    words = suggested(code)
    assert len(words) == len(set(words)) > 10
    for one in words:
        answer = client.post(f"/{code}/{address}", {"text": one})
        page = BeautifulSoup(answer.content, "lxml")
        assert page.select("main .list > li"), one
        assert not page.select("main .note, main form:not(.seek), main [data-text]"), one
    assert not UnansweredQuery.objects.exists()


def test_they_are_needs_people_situations_and_names_in_the_readers_language(suggested):
    for code, expected in {
        "lv": {"bērni un pusaudži"},
        "en": {"children and teenagers"},
    }.items():
        words = set(suggested(code))
        assert expected <= words
        names = ServiceText.objects.filter(
            service__in=Service.objects.public(), locale__language_code=code
        )
        assert set(names.values_list("name", flat=True)) <= words


@pytest.mark.parametrize("text", ["ārsts un veselība", "  Ārsts un VESELĪBA! "])
def test_the_words_of_a_need_bring_its_services(client, text):
    page = BeautifulSoup(client.post("/lv/pakalpojumi/mekle/", {"text": text}).content, "lxml")
    found = [card["href"].strip("/").split("/")[-1] for card in page.select("li.card h3 a")]
    need = Need.objects.get(texts__label="ārsts un veselība")
    assert set(found) == set(
        Service.objects.public().filter(needs=need).values_list("code", flat=True)
    )


def test_a_service_that_is_gone_is_not_suggested(suggested):
    text = ServiceText.objects.filter(service__live=True, locale__language_code="lv").first()
    assert text.name in suggested("lv")
    same_name = Service.objects.filter(texts__name=text.name)
    for service in same_name:
        service.status = "withdrawn"
        service.save()
    assert text.name not in suggested("lv")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_grows_by_less_than_the_list(client, code):
    answer = client.get(f"/{code}/pakalpojumi/").content
    page = BeautifulSoup(answer, "lxml")
    assert not page.select("datalist, [list]")
    box = page.select_one("input[name=text]")
    assert box["autocomplete"] == "off"
    script = page.select_one("script[src*='directory/suggest']")
    added = f'{script} data-words="{box["data-words"]}"'
    without = answer.decode().replace(str(script), "").replace(added, "")
    assert len(gzip.compress(answer)) - len(gzip.compress(without.encode())) < 1000


def test_another_method_is_refused(client):
    assert client.post("/lv/pakalpojumi/vardi/").status_code == 405
