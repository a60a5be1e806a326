"""What a keeper of situations sees: a query tried, sentences refused, pasted and doubted."""

import datetime
import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from directory import doubts, finding
from directory.models import Service, Situation, SituationExample
from directory.situations import SituationPin
from tests.directory.admin_forms import add, edit_address, errors, fields
from tests.directory.planted import log, tables_that_hold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TRY = "/admin/directory/situations/try/"
DOUBTS = "/admin/directory/situations/doubts/"
LIST = "/admin/snippets/directory/situation/"
HOSTILE = [
    "",
    " ",
    "\x00",
    "a" * 5000,
    "🙂",
    "\u202e",
    '"',
    "' OR 1=1 --",
    "<b>x</b>",
    "vīrs\x00sit",
]
MARKER = "zqneviensnezina zqmani"


@pytest.fixture
def try_query(client, keeper):
    """Types a query into the box; the parsed page."""

    def answer(text: str) -> BeautifulSoup:
        response = client.post(TRY, {"text": text})
        assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml")

    return answer


@pytest.fixture
def situation(keeper) -> Situation:
    return Situation.objects.get(key="pet")


@pytest.fixture
def form(client, situation) -> dict:
    return fields(client.get(edit_address(situation)))


def save(client, situation, form):
    """Sends the form as a browser does; the page that comes then."""
    return client.post(edit_address(situation), form, follow=True)


def said(answer) -> str:
    page = BeautifulSoup(answer.content, "lxml")
    return " ".join(found.get_text(" ", strip=True) for found in page.select(".messages li"))


def words(page, selector: str) -> list[str]:
    return [found.get_text(" ", strip=True) for found in page.select(selector)]


def row_of(form: dict, text: str) -> str:
    """The beginning of the names of the row that holds a sentence."""
    name = next(name for name, value in form.items() if value == text and name.endswith("-text"))
    return name.removesuffix("-text")


# Who may


@pytest.mark.parametrize("address", [TRY, DOUBTS])
@pytest.mark.parametrize(
    ("name", "may"),
    [("redaktore", False), ("tulkotaja", False), ("uzturetaja", True), ("atbildiga", True)],
)
def test_only_who_may_change_situations_looks_into_them(client, sign_in, address, name, may):
    if name == "tulkotaja":
        from django.contrib.auth import get_user_model

        found = get_user_model().objects.filter(groups__name__startswith="Tulkotāji").first()
        name = found.username
    sign_in(name)
    for send in (client.get, client.post) if address == TRY else (client.get,):
        answer = send(address, {"text": "vīrs mani sit"})
        # The admin answers a refusal by the way to its start page.
        assert (answer.status_code == 200) is may
        assert (b"trying" in answer.content or b"doubts" in answer.content) is may


def test_a_stranger_is_asked_to_sign_in(client):
    for address in (TRY, DOUBTS):
        assert "/admin/login/" in client.get(address)["Location"]


def test_the_list_leads_to_the_box_and_to_the_doubts(client, keeper):
    page = BeautifulSoup(client.get(LIST).content, "lxml")
    assert page.select(f"a[href='{TRY}']")
    assert page.select(f"a[href='{DOUBTS}']")


# A query is tried


@pytest.mark.parametrize(
    "text", ["vīrs mani sit", "hochu perestat bit zhenu", "patversme", "gjkbwbz"]
)
def test_the_box_shows_what_a_visitor_is_shown(client, try_query, clock, text):
    clock("2026-03-02 10:00")
    shown = words(try_query(text), "[data-service]")
    public = client.post("/en/pakalpojumi/mekle/", {"text": text})
    cards = words(BeautifulSoup(public.content, "lxml"), "ul.list:not(.always) > li.card h3 a")
    assert shown
    assert shown == cards[: len(shown)]
    assert len(shown) == len(cards)


def test_the_box_shows_by_meaning_what_a_visitor_is_shown(client, try_query, clock, meanings):
    clock("2026-03-02 10:00")
    page = try_query("mein Mann schlägt mich")
    public = client.post("/en/pakalpojumi/mekle/", {"text": "mein Mann schlägt mich"})
    cards = words(BeautifulSoup(public.content, "lxml"), "ul.list > li.card h3 a")
    assert words(page, "[data-service]") == cards
    text = page.get_text(" ")
    assert "Words and meaning were compared" in text
    assert "did not answer" not in text
    near = page.select("[aria-labelledby=trying-near-meaning] tbody tr")
    assert len(near) > 3


def test_the_box_says_how_the_query_was_understood(try_query):
    page = try_query("vbkbwbz jkmuf")
    text = page.get_text(" ")
    assert "милиция" in text
    assert "meant for the Russian keyboard" in text
    page = try_query("vīrs mani sit")
    assert "did not answer" in page.get_text(" ")
    hurt = Situation.objects.get(key="hurt").texts.get(locale__language_code="en").label
    surest = page.select_one("[aria-labelledby=trying-situations] tbody tr").get_text(" ")
    assert hurt in surest
    assert "very sure" in surest
    nearest = page.select_one("[aria-labelledby=trying-near-words] tbody tr").get_text(" ")
    assert "vīrs mani sit" in nearest
    assert "very near" in nearest


def test_the_box_names_programmes_for_people_who_hurt(try_query):
    page = try_query("gribu pārstāt sist sievu")
    assert "for people who hurt others" in page.get_text(" ")
    assert "wants to stop hurting others" in page.get_text(" ")


def test_the_box_shows_pins(try_query, situation):
    service = Service.objects.get(phones__number="116006")
    later = localdate() + datetime.timedelta(days=9)
    situation.pins.add(SituationPin(service=service, expires_on=later))
    situation.save()
    page = try_query("kur atstāt suni")
    assert service.texts.get(locale__language_code="en").name in page.select_one(
        ".trying__wishes dd:last-of-type"
    ).get_text(" ")
    assert "pinned" in words(page, ".trying__flag")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:5]))
def test_the_box_answers_whatever_is_typed(try_query, text):
    page = try_query(text)
    assert page.select_one("#trying-text")
    assert not page.select("td b, th b, q b")


def test_what_is_typed_stays_nowhere(client, try_query):
    with log() as written:
        page = try_query(MARKER)
    assert MARKER in page.select_one("#trying-text")["value"]
    first, second = MARKER.split()
    for part in (first, second):
        assert not tables_that_hold([part])
        assert part not in written.getvalue()
        assert not [row for row in Session.objects.all() if part in json.dumps(row.get_decoded())]
        assert not [name for name in caches if part in repr(getattr(caches[name], "_cache", ""))]
        assert part not in str(client.cookies)
        assert part not in page.title.get_text()
    assert page.select_one("form.trying__ask")["action"] == TRY
    assert page.select_one("form.trying__ask")["method"] == "post"


def test_a_query_in_the_address_is_not_read(client, keeper):
    answer = client.get(TRY, {"text": MARKER})
    page = BeautifulSoup(answer.content, "lxml")
    assert page.select_one("#trying-text")["value"] == ""
    assert not page.select("[data-service]")


def test_the_box_asks_the_database_as_often_for_a_long_answer(client, try_query):
    try_query("vīrs mani sit")
    counts, lengths = set(), set()
    for text in ("bērns baidās", "sieva mani sit un es baidos no viņas", "kur atstāt suni"):
        with CaptureQueriesContext(connection) as queries:
            lengths.add(len(try_query(text).select("[data-service]")))
        counts.add(len(queries))
    # What is pinned costs two queries, a second reading one.
    assert max(counts) - min(counts) <= 3
    assert max(lengths) - min(lengths) > 3


# Sentences


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("Kur Atstāt SUNI???", "stands here already"),
        ("kur  atstat suni", "stands here already"),
        ("viņš mani izseko", "stands in the situation “followed” already"),
        ("VINS MANI IZSEKO!", "stands in the situation “followed” already"),
        ("12345", "has no letters"),
        ("?!", "has no letters"),
    ],
)
def test_a_double_and_an_odd_sentence_are_refused_and_kept(client, situation, form, text, mistake):
    assert situation.examples.filter(text="kur atstāt suni", language="lv").exists()
    before = situation.examples.count()
    new = add(form, "examples", language="lv", text=text)
    other = add(form, "examples", language="en", text="a place for my parrot tonight")
    form["note"] = "Typed with care"
    form |= {"pasted_language": "en", "pasted": "a stable for my horse"}
    answer = save(client, situation, form)
    assert mistake in errors(answer, f"{new}-text")
    back = fields(answer)
    assert back[f"{new}-text"] == text
    assert back[f"{other}-text"] == "a place for my parrot tonight"
    assert back["note"].strip() == "Typed with care"
    assert back["pasted"].strip() == "a stable for my horse"
    assert situation.examples.count() == before


def test_the_group_of_a_mistake_is_open(client, situation, form):
    row = row_of(form, "kur atstāt suni")
    form[f"{row}-text"] = "123"
    page = BeautifulSoup(save(client, situation, form).content, "lxml")
    group = page.select_one(f"details:has([name='{row}-text'])")
    assert group.has_attr("open")
    assert len(page.select("details.sentences__group[open]")) == 1


def test_a_sentence_of_two_languages_may_stand_twice(client, situation, form):
    add(form, "examples", language="ru", text="притулок для папуги")
    add(form, "examples", language="uk", text="притулок для папуги")
    assert "was not saved" not in said(save(client, situation, form))
    assert situation.examples.filter(text="притулок для папуги").count() == 2


def test_what_stands_there_already_may_stay(client, situation):
    situation.examples.add(SituationExample(language="lv", text="110", sort_order=999))
    situation.save()
    form = fields(client.get(edit_address(situation)))
    form["note"] = "Only the note"
    save(client, situation, form)
    situation.refresh_from_db()
    assert situation.note.strip() == "Only the note"
    assert situation.examples.filter(text="110").exists()


def test_pasted_lines_become_sentences(client, situation, form):
    before = situation.examples.count()
    form |= {
        "pasted_language": "lv",
        "pasted": "\n  kur palikt ar papagaili \r\n\r\nmans kāmis paliks viens\n",
    }
    answer = save(client, situation, form)
    assert situation.examples.count() == before + 2
    assert situation.examples.filter(language="lv", text="kur palikt ar papagaili").count() == 1
    assert "stands" not in said(answer)
    assert not BeautifulSoup(answer.content, "lxml").select(".error-message")


@pytest.mark.parametrize(
    ("language", "text", "field", "mistake"),
    [
        ("", "kur palikt ar papagaili", "pasted_language", "Choose the language"),
        ("lv", "labs teikums\nkur atstat suni", "pasted", "Sentence 2: “kur atstat suni” stands"),
        ("lv", "labs teikums\nLabs teikums.", "pasted", "Sentence 2: “Labs teikums.” stands here"),
        ("lv", "viņš mani izseko", "pasted", "“followed”"),
        ("lv", "a" * 121, "pasted", "longer than 120 letters"),
        ("lv", "\n".join(f"teikums {'x' * n}" for n in range(201)), "pasted", "At most 200"),
        ("lv", "77", "pasted", "has no letters"),
    ],
)
def test_pasted_lines_are_checked_and_kept(client, situation, form, language, text, field, mistake):
    before = situation.examples.count()
    answer = save(client, situation, form | {"pasted_language": language, "pasted": text})
    assert mistake in errors(answer, field)
    assert fields(answer)["pasted"].strip() == text
    assert situation.examples.count() == before


def test_a_new_situation_is_pasted_at_once(client, keeper):
    form = fields(client.get(f"{LIST}add/"))
    form |= {"key": "parrot", "pasted_language": "en", "pasted": "my parrot\nmy other parrot"}
    client.post(f"{LIST}add/", form)
    assert Situation.objects.get(key="parrot").examples.count() == 2


def test_sentences_stand_by_language(client, situation):
    page = BeautifulSoup(client.get(edit_address(situation)).content, "lxml")
    groups = page.select("details.sentences__group")
    assert len(groups) == 5
    for group in groups:
        chosen = {option["value"] for option in group.select("option[selected]")}
        assert len(chosen) == 1
        (language,) = chosen
        assert (
            len(group.select("[name$='-text']"))
            == situation.examples.filter(language=language).count()
        )


def test_the_form_asks_the_database_as_often_for_many_sentences(client, situation):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(edit_address(situation))
        return len(queries)

    count()
    before = count()
    for number in range(40):
        SituationExample.objects.create(
            situation=situation, language="lv", text=f"teikums {number}"
        )
    assert count() == before


# Doubts


def test_a_sentence_that_sounds_like_another_situation_is_named(
    client, situation, form, meanings, django_capture_on_commit_callbacks
):
    form |= {"pasted_language": "lv", "pasted": "vīrs mani sit un draud\nkur palikt ar kaķiem"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = save(client, situation, form)
    text = said(answer)
    assert "1 new sentence sounds more like another situation" in text
    assert "vīrs mani sit un draud" in text
    assert "kaķiem" not in text
    page = BeautifulSoup(answer.content, "lxml")
    assert page.select(f".messages a[href='{TRY}']")
    assert page.select(f".messages a[href='{DOUBTS}']")


def test_a_sentence_that_sounds_like_its_own_situation_is_not_named(client, situation, form):
    form |= {"pasted_language": "lv", "pasted": "kur atstāt suni un kaķi"}
    assert "another situation" not in said(save(client, situation, form))


def test_the_doubts_are_listed_without_a_worker(client, situation):
    planted = "vīrs mani sit un draud nogalināt"
    SituationExample.objects.create(situation=situation, language="lv", text=planted)
    situation.save()
    with CaptureQueriesContext(connection) as first:
        page = BeautifulSoup(client.get(DOUBTS).content, "lxml")
    row = next(row for row in page.select("tbody tr") if planted in row.get_text())
    assert edit_address(situation) in [link["href"] for link in row.select("a")]
    assert row.select_one("button[name=text]")["value"] == planted
    for number in range(5):
        text = f"{planted} {'a' * number}"
        SituationExample.objects.create(situation=situation, language="lv", text=text)
    situation.save()
    with CaptureQueriesContext(connection) as second:
        client.get(DOUBTS)
    assert len(second) == len(first)


def test_a_doubt_is_what_the_search_would_say_without_the_sentence():
    """The first of them taken out: asked for, the search trusts what the list says."""
    found = doubts.doubts(finding.known())
    by_words_alone = finding.Known(meanings=finding.known().meanings)
    assert found
    first = found[0]
    others = [one for one in finding.known().phrases.examples if one != first.example]
    by_words_alone.phrases = type(finding.known().phrases)(others)
    trusts = finding.trusts(first.example.text, by_words_alone)
    assert trusts.get(first.example.situation, 0) < max(trusts.values())


# Pins


def pins(form: dict, *days: int) -> list[str]:
    services = Service.objects.all()[: len(days)]
    today = localdate()
    return [
        add(
            form,
            "pins",
            service=service.pk,
            expires_on=(today + datetime.timedelta(days=day)).isoformat(),
            strength="100",
        )
        for service, day in zip(services, days, strict=True)
    ]


def test_three_pins_are_kept_and_a_fourth_is_refused(client, situation, form):
    save(client, situation, form | {})
    four = dict(form)
    pins(four, 5, 5, 5, 5)
    answer = save(client, situation, four)
    assert situation.pins.count() == 0
    assert (
        "3"
        in BeautifulSoup(answer.content, "lxml")
        .select_one(".error-message:-soup-contains('3')")
        .get_text()
    )
    pins(form, 5, 6, 7)
    save(client, situation, form)
    assert situation.pins.count() == 3


@pytest.mark.parametrize("day", [0, -1])
def test_a_pin_ends_on_a_day_to_come(client, situation, form, day):
    (pin,) = pins(form, day)
    answer = save(client, situation, form)
    assert "still to come" in errors(answer, f"{pin}-expires_on")
    assert situation.pins.count() == 0


def test_a_pin_that_has_ended_does_not_stop_the_form(client, situation):
    service = Service.objects.first()
    situation.pins.add(SituationPin(service=service, expires_on=datetime.date(2020, 1, 1)))
    situation.save()
    form = fields(client.get(edit_address(situation)))
    save(client, situation, form | {"note": "Later"})
    situation.refresh_from_db()
    assert situation.note.strip() == "Later"
