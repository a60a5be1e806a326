"""Words that found nothing: counted without being known, read only when many have typed them."""

import datetime
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from directory import finding, unanswered
from directory.models import Service, Situation, SituationExample, UnansweredQuery
from directory.scrubbing import scrubbed
from tests.frame.test_logs import everything_stored

pytestmark = pytest.mark.django_db

MARKER = "zqxjvwk"
WORDS = f"{MARKER} qzzgh"
FIRST = datetime.date(2026, 11, 2)
ADDRESSES = ["/lv/pakalpojumi/mekle/", "/lv/blakus/"]
LIST = "/admin/directory/unanswered/"


def on_day(number: int) -> str:
    return f"{FIRST + datetime.timedelta(days=number)} 13:00"


@pytest.fixture
def ask(client, clock):
    """`ask(2, WORDS)` types the words on the third day; `ask(2)` looks at the page."""

    def answer(day: int, text: str = "", address: str = ADDRESSES[0]):
        clock(on_day(day))
        response = client.post(address, {"text": text})
        assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml")

    return answer


@pytest.fixture
def listed(client, clock, sign_in):
    """The words that an editor reads on a day; `listed(2, "redaktore")` is what she is told."""

    def words(day: int = 2, name: str = "atbildiga") -> list[str]:
        clock(on_day(day))
        sign_in(name)
        answer = client.get(LIST, follow=True)
        client.logout()
        return [row.get_text() for row in BeautifulSoup(answer.content, "lxml").select("td b")]

    return words


def stored() -> str:
    """Every row of every table, and every byte of an SQLite database with what waits to be kept."""
    found = everything_stored()
    if connection.vendor == "sqlite":
        found += connection.connection.serialize().decode("utf-8", "replace")
        for file in Path(connection.settings_dict["NAME"]).parent.glob("*.sqlite3*"):
            found += file.read_bytes().decode("utf-8", "replace")
    return found


def five_times(ask, text: str = WORDS) -> None:
    for day in (0, 0, 1, 1, 2):
        ask(day, text)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("days", [[0], [0, 1, 2, 3], [0, 0, 0, 1, 1], [5] * 9])
def test_words_that_few_have_typed_are_in_no_table_and_in_no_byte(ask, days, address):
    for day in days:
        ask(day, WORDS, address)
    row = UnansweredQuery.objects.get()
    assert (row.sights, row.days, row.text) == (len(days), len(set(days)), "")
    everything = stored()
    assert row.pk in everything
    assert MARKER not in everything


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_fifth_time_on_the_third_day_an_editor_reads_them(ask, listed, address):
    for day in (0, 0, 1, 1):
        ask(day, WORDS, address)
    assert listed(1) == []
    ask(2, WORDS, address)
    assert listed(2) == [WORDS]


def test_they_are_read_without_what_tells_who_it_was(ask, listed):
    five_times(ask, f"{WORDS.upper()}, 26123456 zqx@zqq.zq!")
    assert listed() == [WORDS]
    everything = stored()
    assert WORDS in everything
    assert "26123456" not in everything
    assert "zqx@zqq" not in everything


def test_only_a_day_is_known_of_them(ask):
    five_times(ask)
    kinds = {type(value) for value in UnansweredQuery.objects.values().get().values()}
    assert kinds == {str, int, bool, datetime.date}
    assert UnansweredQuery.objects.get().last_seen_on == FIRST + datetime.timedelta(days=2)


def test_after_thirty_days_without_them_the_first_search_deletes_them(ask, listed):
    five_times(ask)
    assert listed(32) == [WORDS]
    assert listed(33) == []
    ask(32, "vīrs sit")
    assert MARKER in stored()
    ask(33, "vīrs sit")
    assert not UnansweredQuery.objects.exists()
    assert MARKER not in everything_stored()
    if connection.vendor == "sqlite":
        assert MARKER.encode() not in connection.connection.serialize()


def test_so_does_the_command_of_every_night(ask, clock, capsys):
    five_times(ask)
    clock(on_day(32))
    call_command("forget_unanswered")
    assert UnansweredQuery.objects.exists()
    clock(on_day(33))
    call_command("forget_unanswered")
    assert not UnansweredQuery.objects.exists()
    assert "1 forgotten" in capsys.readouterr().out


def test_typed_again_after_the_time_is_over_they_are_counted_anew(ask):
    for day in (0, 0, 1, 1):
        ask(day, WORDS)
    ask(40, WORDS)
    row = UnansweredQuery.objects.get()
    assert (row.sights, row.days, row.text) == (1, 1, "")


@pytest.mark.parametrize("text", ["vīrs mani sit", "112", "🦊🦊", "", "12345678", "?!"])
def test_what_was_answered_and_what_has_no_words_is_not_counted(ask, text):
    ask(0, text)
    assert not UnansweredQuery.objects.exists()


def test_a_guess_is_counted(ask):
    page = ask(0, "orphanns curt")
    assert page.select("li.card")
    assert UnansweredQuery.objects.count() == 1


@pytest.mark.parametrize("part", ["dz_", "_dz"])
def test_the_same_words_in_another_dress_are_the_same(ask, part):
    ask(0, WORDS)
    ask(0, f"  {WORDS.upper()} !")
    assert UnansweredQuery.objects.get().sights == 2
    ask(0, part)
    assert UnansweredQuery.objects.count() == 2


def test_the_hash_is_of_this_site_alone(ask, settings):
    ask(0, WORDS)
    settings.SECRET_KEY = "x" * 60
    ask(0, WORDS)
    assert UnansweredQuery.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("vīrs mani sit", "vīrs mani sit"),
        ("My husband, I think, HITS me", "my husband i think hits me"),
        ("raksti janis@inbox.lv man", "raksti man"),
        ("zvani 26123456 tūlīt", "zvani tūlīt"),
        ("zvani 26 12 34 56 tūlīt", "zvani tūlīt"),
        ("kods 010190-12345", "kods"),
        ("kods 32123412345 te", "kods te"),
        ("dzimis 12.03.1990", "dzimis"),
        ("mans profils instagram.com/zz palīdzi", "mans profils palīdzi"),
        ("dogi @anna t.me/anna www.x te", "dogi te"),
        ("AB-1234 auto", "auto"),
        ("3 bērni un 17 gadi", "3 bērni un 17 gadi"),
        ("a1b2c3d4 te", "te"),
        ("vīrs Jānis mani sit", ""),
        ("меня бьет Иван", ""),
        ("Rožu ielā 12", ""),
        ("улица Розу 5", ""),
        ("a" * 121, ""),
        ("\x00\u202e", ""),
    ],
)
def test_what_tells_who_somebody_is_goes_and_what_is_risky_is_not_kept(text, left):
    assert scrubbed(text) == left


def test_a_hostile_sender_fills_no_more_than_the_table_and_pushes_no_old_words_out(
    ask, monkeypatch, listed
):
    monkeypatch.setattr(unanswered, "MOST_ROWS", 60)
    five_times(ask)
    for number in range(150):
        unanswered.note(f"{MARKER} qq{'abcdefghij'[number % 10] * (number // 10 + 1)}")
        assert UnansweredQuery.objects.count() <= 60
    assert UnansweredQuery.objects.count() > 5
    assert listed() == [WORDS]


def test_a_database_that_writes_nothing_changes_no_answer(client):
    def refuse(execute, sql, params, many, context):
        if "unansweredquery" in sql:
            raise DatabaseError("planted")
        return execute(sql, params, many, context)

    plain = client.post(ADDRESSES[0], {"text": WORDS})
    UnansweredQuery.objects.all().delete()
    with connection.execute_wrapper(refuse):
        answer = client.post(ADDRESSES[0], {"text": WORDS})
    assert answer.content == plain.content
    assert not UnansweredQuery.objects.exists()


@contextmanager
def patience():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout")
            yield cursor.fetchone()[0]
        else:
            cursor.execute("SHOW lock_timeout")
            yield cursor.fetchone()[0]


def test_a_count_waits_a_moment_at_most_and_nothing_else_waits_less(ask):
    with CaptureQueriesContext(connection) as caught, patience() as before:
        ask(0, WORDS)
    assert any("_timeout = 100" in one["sql"] for one in caught)
    if connection.vendor == "sqlite":
        with patience() as after:
            assert after == before == 1000 * settings.DATABASES["default"]["OPTIONS"]["timeout"]


def test_what_was_answered_is_written_nowhere(client):
    client.post(ADDRESSES[0], {"text": "vīrs mani sit"})
    with CaptureQueriesContext(connection) as caught:
        client.post(ADDRESSES[0], {"text": "vīrs mani sit"})
    assert not [one for one in caught if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.parametrize(
    ("name", "may"),
    [("redaktore", False), ("atbildiga", True), ("uzturetaja", True), ("tulkotaja", False)],
)
def test_who_cares_for_situations_reads_the_list(ask, listed, client, sign_in, name, may):
    five_times(ask)
    assert listed(2, name) == ([WORDS] if may else [])
    sign_in(name)
    menu = client.get("/admin/").content.decode()
    assert (LIST in menu) is may


def send(client, sign_in, **values):
    sign_in("uzturetaja")
    row = UnansweredQuery.objects.exclude(text="").first()
    answer = client.post(LIST, {"words": row.pk if row else "", **values}, follow=True)
    assert answer.status_code == 200
    client.logout()
    return answer.content.decode()


def test_one_click_makes_them_a_sentence_that_the_next_search_understands(
    ask, listed, client, sign_in
):
    five_times(ask)
    child = Situation.objects.get(key="child")
    send(client, sign_in, situation=child.pk, language="lv")
    assert SituationExample.objects.get(text=WORDS).situation == child
    assert listed() == []
    assert not UnansweredQuery.objects.exists()
    first = Service.objects.get(uuid=finding.services(WORDS).hits[0].identity)
    assert "child" in first.needs.values_list("key", flat=True)


def test_dismissed_words_are_gone_and_do_not_come_back(ask, listed, client, sign_in):
    five_times(ask)
    send(client, sign_in, dismiss="yes")
    assert listed() == []
    assert MARKER not in everything_stored()
    five_times(ask)
    assert listed() == []
    assert MARKER not in everything_stored()


@pytest.mark.parametrize(
    "values",
    [{}, {"situation": "x"}, {"language": "xx"}, {"words": "x" * 999, "dismiss": "yes"},
     {"situation": "\x00", "language": "lv"}, {"words": "\x00"}],
)  # fmt: skip
def test_a_form_without_a_situation_changes_nothing(ask, listed, client, sign_in, values):
    five_times(ask)
    before = SituationExample.objects.count()
    send(client, sign_in, **values)
    assert SituationExample.objects.count() == before
    assert listed() == [WORDS]


@pytest.mark.parametrize(
    ("text", "language"),
    [("mājās dzird kliedzienus", "lv"), ("majas dzird kliedzienus", "lv"), ("ъымщ выф", "ru"),
     ("їжак щфї", "uk"), ("kaimynai rėkia", "lt"), ("the neighbours scream", "en")],
)  # fmt: skip
def test_the_language_is_chosen_beforehand(clock, client, sign_in, text, language):
    clock(on_day(0))
    UnansweredQuery.objects.create(pk="x", text=text, sights=5, days=3, last_seen_on=FIRST)
    sign_in("uzturetaja")
    page = BeautifulSoup(client.get(LIST).content, "lxml")
    assert page.select_one("[name=language] [selected]")["value"] == language
