"""The guided path: three questions, true numbers, no dead end, nobody led astray."""

import functools
import re

import pytest
from django.conf import settings
from wagtail.models import Locale

from directory.codes import code_of_choice
from directory.models import Need, Service, Situation, SituationText
from directory.situations import SituationAudience, SituationNeed

pytestmark = pytest.mark.django_db

START = "/en/pakalpojumi/cels/"
LIST = "/en/pakalpojumi/"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
NUMBERS = re.compile(r"\d+")


@pytest.fixture
def worded():
    """Every situation with words, as if an editor had written them."""
    SituationText.objects.all().delete()
    for situation in Situation.objects.all():
        SituationText.objects.create(
            situation=situation,
            label=f"Situation {situation.key}",
            locale=Locale.objects.get(language_code="lv"),
        )


def said(page) -> tuple[int, int]:
    """What is left in all, as the head of a step or of the list says."""
    heads = [NUMBERS.findall(head.get_text()) for head in page.select("h2.count")]
    if page.select_one("nav.path"):
        first, *rest = [int(number) for number in heads[0]]
        return first, sum(rest)
    return int(heads[0][0]), int(heads[1][0]) if len(heads) > 1 else 0


def promise(link) -> tuple[int, int]:
    ask = link.select_one("i")
    return int(link.span.get_text()), int(NUMBERS.search(ask.get_text())[0]) if ask else 0


def violent_codes() -> set[str]:
    found = Situation.objects.filter(audiences__code="violent")
    return {situation.code for situation in found} | {code_of_choice("who", "violent")}


def test_every_way_through_keeps_its_promises_and_has_no_dead_end(read, listed, worded):
    waiting, seen, ends = [START], set(), 0
    once = functools.cache(read)
    while waiting:
        address = waiting.pop()
        page = once(address)
        number = int(NUMBERS.search(page.select_one(".side").get_text())[0])
        answers = page.select("nav.path a")
        assert answers, address
        assert not page.select("nav.path p i")
        assert {entry.span.get_text() for entry in page.select("nav.path p")} <= {"0"}
        assert sum(said(page)) > 0
        # The way on and the way back exist at every question.
        onward = [link["href"] for link in page.select(".body .onward a")]
        for link in onward:
            assert sum(said(once(link))) > 0, (address, link)
        for answer in answers:
            assert sum(promise(answer)) > 0
            if number == 3:
                if answer["href"] not in seen:
                    seen.add(answer["href"])
                    ends += 1
                    if ends % 5 == 0:
                        found = listed(answer["href"])
                        assert (found.said, found.said_to_ask) == promise(answer), answer["href"]
            elif answer["href"] not in seen:
                seen.add(answer["href"])
                assert said(once(answer["href"])) == promise(answer), answer["href"]
                waiting.append(answer["href"])
    assert ends > 50


def test_the_last_answer_leads_to_the_list_with_all_answers_as_choices(read, worded):
    page = read(START)
    for _step in range(3):
        link = page.select_one("nav.path a")
        page = read(link["href"])
    assert link["href"].startswith(f"{LIST}?f=")
    assert len(page.select(".chosen li")) == 4
    assert page.select_one(".chosen a").get_text().split()[-2] == "Situation"
    without = read(LIST + page.select_one(".chosen a")["href"])
    assert len(without.select(".chosen li")) == 3


def test_each_question_can_be_skipped_and_taken_back(read, worded):
    first = read(START)
    assert first.h1.get_text() == "What is happening?"
    assert [link["href"] for link in first.select(".body .onward a")] == [
        f"{START}2/", LIST, LIST,
    ]  # fmt: skip
    second = read(first.select_one("nav.path a")["href"])
    assert second.h1.get_text() == "Who needs help?"
    assert second.select(".body .onward a")[-1]["href"] == f"{START}1/"
    third = read(second.select_one("nav.path a")["href"])
    assert third.h1.get_text() == "What do you need first?"
    back = third.select(".body .onward a")[-1]["href"]
    assert back == f"{START}2/?f=" + first.select_one("nav.path a")["href"].partition("f=")[2]
    assert said(read(back)) == said(second)
    skipped = read(f"{START}3/")
    assert said(skipped) == said(read(LIST))


def test_who_hurts_others_finds_only_what_is_for_them(listed, read, worded):
    situation = Situation.objects.get(key="change")
    for_them = set(Service.objects.filter(for_people_who_hurt=True).values_list("code", flat=True))
    found = listed(f"{LIST}?f={situation.code}")
    assert set(found.fits) == for_them != set()
    assert not found.to_ask
    # With the first question answered, and with only the second.
    violent = code_of_choice("who", "violent")
    waiting = [f"{START}2/?f={situation.code}", f"{START}3/?f={violent}"]
    while waiting:
        page = read(waiting.pop())
        for link in page.select("nav.path a"):
            if link["href"].startswith(START):
                waiting.append(link["href"])
            else:
                shown = listed(link["href"])
                assert {*shown.fits, *shown.to_ask} <= for_them
    # Nor where nothing is left.
    women = code_of_choice("who", "women")
    page = read(f"{LIST}?f={situation.code},{women}")
    assert not page.select("li.card")


def test_who_is_hurt_never_finds_what_is_for_people_who_hurt_others(listed, worded):
    for service in Service.objects.filter(for_people_who_hurt=True):
        service.needs.set(Need.objects.all())
        service.save()
    for_them = set(Service.objects.filter(for_people_who_hurt=True).values_list("code", flat=True))
    others = Situation.objects.exclude(audiences__code="violent")
    answered = 0
    for situation in others:
        found = listed(f"{LIST}?f={situation.code}")
        assert not for_them & {*found.fits, *found.to_ask}, situation
        answered += bool(found.fits)
    assert answered > 5


def test_two_situations_in_an_address_do_not_mix(listed, worded):
    violent = Situation.objects.get(key="change")
    hurt = Situation.objects.get(key="hurt")
    found = listed(f"{LIST}?f={violent.code},{hurt.code}")
    assert found in (listed(f"{LIST}?f={violent.code}"), listed(f"{LIST}?f={hurt.code}"))


def test_a_situation_narrows_by_need_and_by_audience(listed, worded):
    situation = Situation.objects.create(key="zq")
    SituationNeed.objects.create(situation=situation, need=Need.objects.get(key="talk"), fit=3)
    SituationAudience.objects.create(situation=situation, code="children")
    SituationText.objects.create(
        situation=situation, label="zq", locale=Locale.objects.get(language_code="lv")
    )
    found = listed(f"{LIST}?f={situation.code}")
    services = Service.objects.public().filter(needs__key="talk", for_people_who_hurt=False)
    children = services.filter(audiences__code__in=["children", "anyone"]).distinct()
    assert set(found.fits) == set(children.values_list("code", flat=True)) != set()
    assert set(found.fits) < set(services.values_list("code", flat=True))


def test_without_words_the_first_question_is_left_out(read):
    SituationText.objects.all().delete()
    page = read(START)
    assert page.h1.get_text() == "Who needs help?"
    assert "1 of 2" in page.select_one(".side").get_text()
    assert read(f"{START}2/").h1.get_text() == "What do you need first?"
    code = Situation.objects.first().code
    assert not read(f"{LIST}?f={code}").select(".chosen")


def test_a_situation_without_weight_is_no_choice(read, worded):
    Situation.objects.filter(key="pet").update(weight=0)
    assert "Situation pet" not in read(START).get_text()
    assert "Situation hurt" in read(START).get_text()


@pytest.mark.parametrize("code", LANGUAGES)
def test_words_come_from_the_readers_language_or_its_fallback(read, worded, code):
    hurt = Situation.objects.get(key="hurt")
    SituationText.objects.create(
        situation=hurt, label="По-русски", locale=Locale.objects.get(language_code="ru")
    )
    page = read(f"/{code}/pakalpojumi/cels/")
    labels = [label.get_text() for label in page.select("nav.path b")]
    assert ("По-русски" in labels) == (code in {"ru", "uk"})
    assert ("Situation hurt" in labels) == (code not in {"ru", "uk"})
    foreign = {label.get("lang") for label in page.select("nav.path b") if "pet" in label.text}
    assert foreign == ({None} if code in {"lv", "lv-simple"} else {"lv"})


@pytest.mark.parametrize(
    "address",
    ["9/", "0/", "9" * 300 + "/", "2/?f=zzz", "3/?f=%00,,", "?f=" + "a," * 5000, "1/?f=t3k"],
)
def test_an_odd_address_is_still_a_question(read, worded, address):
    page = read(START + address)
    assert page.select("nav.path a")
    assert page.select("a.exit")


def test_the_address_and_the_tab_say_nothing(read, worded):
    page = read(f"{START}2/?f={Situation.objects.get(key='hurt').code}")
    assert page.title.get_text().startswith("Services")
    for link in page.select("main a"):
        assert not re.search("hurt|women|violen|child", link["href"])
    assert page.select("meta[name=robots][content=noindex]")


def test_the_list_leads_to_the_path(read):
    for code in LANGUAGES:
        page = read(f"/{code}/pakalpojumi/")
        assert page.select_one(f"a[href='/{code}/pakalpojumi/cels/']")
        assert page.select_one("header a[href='tel:112']")


def test_the_path_only_reads(client):
    assert client.post(START).status_code == 405


def test_the_first_question_keeps_the_editors_order(read):
    """The demonstration begins with who is hit, and none of its choices leads to nothing."""
    wanted = Situation.objects.exclude(texts=None).order_by("sort_order")
    shown = [choice.b or choice for choice in read(START).select("nav.path li > *")]
    labels = [
        situation.texts.get(locale__language_code="en").label for situation in wanted.distinct()
    ]
    assert [label.get_text(strip=True) for label in shown[: len(labels)]] == labels
    assert wanted.first().key == "hurt"
    assert len(read(START).select("nav.path a")) >= len(labels)
    law = Situation.objects.get(key="law")
    law.sort_order = 0
    law.save()
    first = read(START).select_one("nav.path li a").get_text()
    assert law.texts.get(locale__language_code="en").label in first
