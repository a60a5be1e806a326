"""The choices beside the list: each keeps what it promises, and nobody is hidden silently."""

import random
import re

import pytest
from django.conf import settings
from wagtail.models import Locale

from directory.codes import code_of_choice
from directory.facet_table import ALWAYS, FACTS, OPEN_NOW
from directory.models import (
    Area,
    AreaText,
    Need,
    Place,
    Service,
    ServiceAtPlace,
    ServiceChannel,
    Situation,
    SpokenLanguage,
)
from directory.phones import LANGUAGES
from directory.situations import AUDIENCES
from directory.terms import CHANNELS
from tests.directory.choice_rows import chosen_codes, fact, promise, row

pytestmark = pytest.mark.django_db

LIST = "/en/pakalpojumi/"
EVERY_LANGUAGE = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def area():
    found = Area.objects.create(key="somewhere")
    AreaText.objects.create(
        area=found, label="Somewhere", locale=Locale.objects.get(language_code="lv")
    )
    return found


# Promises


def page_promises(page, codes: list[str]) -> list[tuple[list[str], tuple[int, int]]]:
    """(codes to ask for, promise) of each choice: alone in its group, with those of other groups.

    The choices of one group are alternatives; each fact is a group of its own.
    """
    found = []
    for box in page.select(".side .needs ul"):
        links = [link for link in box.select("a[href]") if link.span]
        own = {
            code
            for link in links
            if link.has_attr("aria-current")
            for code in set(codes) - set(chosen_codes(link["href"]))
        } - {fact(key) for key in FACTS}
        for link in links:
            if not link.has_attr("aria-current"):
                wanted = [code for code in chosen_codes(link["href"]) if code not in own]
                found.append((wanted, promise(link)))
    return found


@pytest.mark.parametrize("moment", ["2026-03-02 22:14", "2026-03-03 13:00"])
def test_every_choice_keeps_what_it_promises(read, listed, clock, new_service, area, moment):
    clock(moment)
    near = new_service(free=None, takes_children=True)
    near.areas.set([area])
    near.save()
    new_service(free=False, anonymous=True, audience=["men"], languages=["uk"], need="talk")
    chance, seen = random.Random(moment), 0
    waiting = [[]]
    for _round in range(8):
        codes = waiting.pop(chance.randrange(len(waiting)))
        page = read(f"{LIST}?f={','.join(codes)}")
        rows = page.select(".side .needs a[href]:not([aria-current])")
        chance.shuffle(rows)
        waiting += [chosen_codes(link["href"]) for link in rows[:10]]
        for wanted, said in page_promises(page, codes)[:: 1 if not codes else 4]:
            found = listed(f"{LIST}?f={','.join(wanted)}")
            assert (found.said, found.said_to_ask) == said, (codes, wanted)
            assert (len(found.fits), len(found.to_ask)) == said, (codes, wanted)
            seen += 1
    assert seen > 80


def test_choices_of_a_group_are_alternatives_and_groups_narrow_one_another(listed, new_service):
    one = new_service(need="child", free=True)
    new_service(need="child", free=False)
    other = new_service(need="place", free=True)
    needs = {need.key: need.code for need in Need.objects.all()}
    either = listed(f"{LIST}?f={needs['child']},{needs['place']}")
    expected = Service.objects.public().filter(needs__key__in=["child", "place"]).distinct()
    assert set(either.fits) == set(expected.values_list("code", flat=True))
    free = listed(f"{LIST}?f={needs['child']},{needs['place']},{fact('free')}")
    assert set(free.fits) == set(expected.filter(free=True).values_list("code", flat=True))
    assert {one.code, other.code} <= set(free.fits)
    both = listed(f"{LIST}?f={fact('free')},{fact('anonymous')}")
    expected = Service.objects.public().filter(free=True, anonymous=True)
    assert set(both.fits) == set(expected.values_list("code", flat=True))


def test_the_counts_of_a_group_leave_its_own_choices_out(read):
    plain = read(LIST)
    first, second = plain.select("details.needs:not(.more) a[href]")[:2]
    after = row(read(f"{LIST}{first['href']}"), chosen_codes(second["href"])[0])
    assert promise(after) == promise(second)
    assert set(chosen_codes(after["href"])) == {
        *chosen_codes(first["href"]), *chosen_codes(second["href"]),
    }  # fmt: skip


def test_a_choice_that_would_leave_nothing_is_no_link_and_says_so(read, new_service):
    Service.objects.public().update(live=False)
    new_service(free=True, languages=["lv"], audience=["women"])
    page = read(LIST)
    nothing = page.select(".side .needs li > p")
    assert {entry.span.get_text() for entry in nothing} == {"0"}
    assert not any(entry.i for entry in nothing)
    assert row(page, code_of_choice("language", "ru")) is None
    assert row(page, code_of_choice("who", "violent")) is None
    assert promise(row(page, code_of_choice("language", "lv"))) == (1, 0)


def test_a_chosen_one_that_leaves_nothing_can_be_taken_away(read):
    russian = code_of_choice("language", "ru")
    SpokenLanguage.objects.all().delete()
    for service in Service.objects.all():
        SpokenLanguage.objects.create(service=service, code="lv")
    page = read(f"{LIST}?f={russian}")
    assert page.select_one("h2.count").get_text().strip().startswith("0")
    assert page.select_one("details[open] a[aria-current]")["href"] == "?"
    assert page.select_one("ul.chosen a.none")["href"] == "?"
    assert page.select("ul.always a[href='tel:112']")


@pytest.mark.parametrize("key", FACTS)
def test_yes_stands_first_the_unknown_below_and_a_no_is_left_out(listed, new_service, key):
    yes = new_service(**{key: FACTS[key]})
    no = new_service(**{key: not FACTS[key]})
    unknown = new_service(**{key: None})
    found = listed(f"{LIST}?f={fact(key)}")
    assert yes.code in found.fits
    assert unknown.code in found.to_ask
    assert no.code not in (*found.fits, *found.to_ask)


def test_the_unknown_stand_under_a_heading_of_their_own(read, new_service):
    new_service(free=None)
    page = read(f"{LIST}?f={fact('free')}&p=9")
    heads = [head.get_text() for head in page.select("h2.count")]
    assert heads[1].startswith("Not known, ask by phone: ")
    assert page.select("ul.ask li.card")


def test_a_page_without_any_to_ask_has_no_heading_for_them(read, new_service):
    Service.objects.public().update(free=False)
    for _number in range(10):
        new_service(free=True)
    new_service(free=None)
    first, second = (read(f"{LIST}?f={fact('free')}&p={number}") for number in (1, 2))
    assert [len(page.select("h2.count")) for page in (first, second)] == [1, 2]
    assert len(first.select("li.card")) == 10
    assert len(second.select("ul.ask li.card")) == 1
    assert not second.select("ul.always")


def test_no_row_means_not_known(listed, new_service, area):
    service = new_service()
    for group, key in (("language", "lt"), ("who", "women"), ("channel", "chat")):
        assert service.code in listed(f"{LIST}?f={code_of_choice(group, key)}").to_ask
    near = Service.objects.public().first()
    near.areas.set([area])
    near.save()
    found = listed(f"{LIST}?f={area.code}")
    assert len(found.fits) == 1
    assert service.code in found.to_ask
    assert service.code not in listed(f"{LIST}?f={code_of_choice('who', 'violent')}").to_ask


def test_unknown_hours_are_to_be_asked_and_never_called_open(listed, new_service, clock):
    clock("2026-03-03 13:00")
    service = new_service()
    for code in (OPEN_NOW, ALWAYS):
        found = listed(f"{LIST}?f={code}")
        assert service.code in found.to_ask
        assert service.code not in found.fits


def test_round_the_clock_are_those_whose_card_says_so(read, clock):
    clock("2026-03-03 13:00")
    page = read(f"{LIST}?f={ALWAYS}")
    said = {entry.b.get_text() for entry in page.select("ul.list:not(.ask) .state")}
    assert said == {"Open day and night"}


def test_help_for_anyone_is_help_for_each_but_not_for_those_who_hurt(listed, new_service):
    anyone, men = new_service(audience=["anyone"]), new_service(audience=["men"])
    women = listed(f"{LIST}?f={code_of_choice('who', 'women')}")
    assert anyone.code in women.fits
    assert men.code not in (*women.fits, *women.to_ask)
    assert {anyone.code, men.code} <= set(
        listed(f"{LIST}?f={code_of_choice('who', 'adults')}").fits
    )
    violent = listed(f"{LIST}?f={code_of_choice('who', 'violent')}")
    expected = Service.objects.public().filter(for_people_who_hurt=True)
    assert set(violent.fits) == set(expected.values_list("code", flat=True)) != set()
    assert not violent.to_ask


def test_who_hurts_others_is_a_choice_of_its_own(read, listed, new_service):
    new_service(audience=["violent", "women"])
    violent, women = (code_of_choice("who", key) for key in ("violent", "women"))
    alone = listed(f"{LIST}?f={violent}")
    expected = Service.objects.public().filter(for_people_who_hurt=True)
    assert set(alone.fits) == set(expected.values_list("code", flat=True)) != set()
    assert listed(f"{LIST}?f={women},{violent}") == alone
    page = read(f"{LIST}?f={violent}")
    assert chosen_codes(row(page, women)["href"]) == [women]
    assert promise(row(page, women)) == promise(row(read(LIST), women))
    page = read(f"{LIST}?f={women}")
    assert chosen_codes(row(page, violent)["href"]) == [violent]
    assert promise(row(page, violent)) == (alone.said, 0)


@pytest.mark.parametrize("key", [key for key, _label in AUDIENCES if key != "violent"])
def test_what_is_for_those_who_hurt_is_not_shown_for_somebody_hurt(listed, new_service, key):
    service = new_service(for_people_who_hurt=True, audience=["violent", key])
    found = listed(f"{LIST}?f={code_of_choice('who', key)}")
    shown = service.code in (*found.fits, *found.to_ask)
    # Without a choice it is the whole list: nobody is "anyone".
    assert shown == (key in {"relatives", "professionals", "anyone"})


def test_without_rows_numbers_and_places_tell_how_a_service_is_reached(listed, new_service):
    service = new_service(email="a@example.org")
    place = Place.objects.create(label="x", visibility="exact", street="Lielā iela 1")
    ServiceAtPlace.objects.create(service=service, place=place)
    found = {key: listed(f"{LIST}?f={code_of_choice('channel', key)}") for key, _ in CHANNELS}
    assert {key for key in found if service.code in found[key].fits} == {
        "phone", "email", "in_person",
    }  # fmt: skip
    ServiceChannel.objects.create(service=service, code="chat")
    found = {key: listed(f"{LIST}?f={code_of_choice('channel', key)}") for key, _ in CHANNELS}
    assert {key for key in found if service.code in found[key].fits} == {"chat"}
    assert not any(service.code in one.to_ask for one in found.values())


def test_an_interpreter_makes_other_languages_worth_asking(listed, new_service):
    service = new_service(languages=["lv"], interpreter=True)
    assert service.code in listed(f"{LIST}?f={code_of_choice('language', 'lv')}").fits
    assert service.code in listed(f"{LIST}?f={code_of_choice('language', 'uk')}").to_ask


# Places


def test_the_area_of_a_hidden_place_is_no_choice_and_goes_at_once(read, listed, new_service, area):
    service = new_service()
    place = Place.objects.create(label="zqplace", visibility="area", area=area)
    ServiceAtPlace.objects.create(service=service, place=place)
    page = read(LIST)
    assert promise(row(page, area.code))[0] == 1
    assert service.code in listed(f"{LIST}?f={area.code}").fits
    place.visibility, place.area = "hidden", None
    place.save()
    page = read(LIST)
    assert row(page, area.code) is None
    assert "Somewhere" not in page.get_text()
    assert len(listed(f"{LIST}?f={area.code}").fits) == Service.objects.public().count()
    assert not read(f"{LIST}?f={area.code}").select(".chosen")
    assert "zqplace" not in str(page)


def test_a_hidden_place_does_not_say_that_people_come_there(listed, new_service):
    service = new_service()
    ServiceAtPlace.objects.create(service=service, place=Place.objects.create(label="x"))
    found = listed(f"{LIST}?f={code_of_choice('channel', 'in_person')}")
    assert service.code not in found.fits


def test_a_change_is_counted_at_once(read, new_service):
    service = new_service(languages=["lv"])
    lithuanian = code_of_choice("language", "lt")
    before = promise(row(read(LIST), lithuanian)) if row(read(LIST), lithuanian) else (0, 0)
    spoken = SpokenLanguage.objects.create(service=service, code="lt")
    assert promise(row(read(LIST), lithuanian))[0] == before[0] + 1
    spoken.delete()
    after = row(read(LIST), lithuanian)
    assert (promise(after) if after else (0, 0)) == before


# Addresses

HOSTILE = [
    "zzz", "", ",,,", "%00", "9" * 10_000, "k7," * 3_400, "<b>", "&f=zz", "%ff%fe", "a,b,c",
    "\u0661\u0662", "𝟙𝟚", "t3k" * 50, "-1", "'", "t3k,t3k,t3k", "t3k%2ct3k", "%252c",
]  # fmt: skip


@pytest.mark.parametrize("page", ["", "&p=2", "&p=-1", "&p=0", "&p=" + "9" * 5000, "&p=x", "&p=²"])
def test_an_odd_choice_is_harmless(client, page):
    for query in HOSTILE:
        answer = client.get(f"{LIST}?f={query}{page}")
        assert answer.status_code == 200, query
        assert b'class="card"' in answer.content, query


def test_an_old_link_with_a_code_that_is_gone_shows_the_rest_of_the_choice(listed):
    need = Need.objects.get(key="child")
    assert listed(f"{LIST}?f=zzzz,{need.code}") == listed(f"{LIST}?f={need.code}")


def test_the_codes_of_choices_say_nothing_and_are_all_different(read):
    page = read(LIST)
    codes = [code for link in page.select(".side .needs a") for code in chosen_codes(link["href"])]
    assert all(re.fullmatch("[23456789bcdfghjkmnpqrstvwxz]{3,4}", code) for code in codes)
    lists = [
        *[("who", key) for key, _label in AUDIENCES],
        *[("channel", key) for key, _label in CHANNELS],
        *[("language", key) for key, _label in LANGUAGES],
        *[("fact", key) for key in FACTS],
        *[("situation", situation.key) for situation in Situation.objects.all()],
        ("when", "always"),
        ("area", "any"),
    ]
    closed = [code_of_choice(*entry) for entry in lists]
    taken = [*closed, OPEN_NOW, *Need.objects.values_list("code", flat=True)]
    assert len(set(taken)) == len(taken)


def test_each_chosen_one_can_be_taken_away_and_all_at_once(read):
    need = Need.objects.get(key="child")
    wanted = [OPEN_NOW, need.code, fact("free")]
    page = read(f"{LIST}?f={','.join(reversed(wanted))}")
    away = [link["href"] for link in page.select(".chosen a")]
    assert [set(wanted) - set(chosen_codes(link)) for link in away[:-1]] == [
        {one} for one in wanted
    ]
    assert away[-1] == "?"
    assert [box.summary.get_text() for box in page.select(".side details[open]")] == [
        "What you need", "More choices", "What makes it easier",
    ]  # fmt: skip


@pytest.mark.parametrize("code", EVERY_LANGUAGE)
def test_the_choices_are_the_same_in_every_language(read, code):
    def shape(page):
        return [(link["href"], promise(link)) for link in page.select(".side .needs a[href]")]

    assert shape(read(f"/{code}/pakalpojumi/")) == shape(read("/lv/pakalpojumi/"))


def test_the_choices_need_no_script_and_no_form(read):
    side = read(LIST).select_one(".side")
    assert not side.select("form, script, input, button, [style]")
    assert len(side.select("details > summary")) == len(side.select("details")) > 4
