"""Sentences that share no word with ours are understood, and without the worker words go on."""

import os
import signal
import tempfile

import pytest
from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from directory import finding, vectors
from directory.models import Service, Situation, SituationExample
from search.meaning import keeper

pytestmark = pytest.mark.django_db

# Languages of which we have no sentence, no stemmer and no list of words.
ELSEWHERE = {
    "mein Mann schlägt mich": "hurt",
    "minu mees lööb mind": "hurt",
    "ich schlage meine Frau": "change",
    "gdzie spać dziś w nocy": "place",
    "wo kann ich heute Nacht schlafen": "place",
    "mon chien": "pet",
}
UNKNOWN = "wo kann ich heute Nacht schlafen"


@pytest.fixture
def ask(client):
    """Sends words as the form does; the parsed page."""

    def answer(text: str, language: str = "lv") -> BeautifulSoup:
        response = client.post(f"/{language}/pakalpojumi/mekle/", {"text": text})
        assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml")

    return answer


def numbers(page) -> set[str]:
    return {link["href"].removeprefix("tel:") for link in page.select("li.card a[href^=tel]")}


@pytest.mark.parametrize(("text", "situation"), ELSEWHERE.items(), ids=ELSEWHERE.keys())
def test_the_situation_is_known_by_its_meaning(meanings, text, situation):
    likely = finding.trusts(text, finding.known())
    assert max(likely, key=likely.get) == situation


def test_help_is_found_for_words_that_nobody_wrote_down(meanings, ask):
    assert "112" in numbers(ask("mein Mann schlägt mich"))


def test_the_words_decide_where_the_meaning_is_not_known(ask):
    """No worker answers in this test."""
    assert finding.trusts("vīrs mani sit", finding.known())
    assert numbers(ask("vīrs mani sit"))
    assert finding.trusts(UNKNOWN, finding.known()).get("place", 0) < 0.1


@pytest.fixture
def kept(settings):
    with tempfile.TemporaryDirectory(prefix="meaning") as folder:
        settings.MEANING_SOCKET = f"{folder}/socket"
        found = keeper.Keeper()
        assert found.wait()
        yield found
        found.end()


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_search_is_answered_when_the_worker_dies_or_hangs(kept, ask, blow):
    before = numbers(ask("vīrs mani sit"))
    os.kill(kept._process.pid, blow)
    assert numbers(ask("vīrs mani sit")) & before & {"112", "110"}
    assert "500" not in ask("my husband hits me", "en").title.text


def test_every_shipped_sentence_has_its_vector():
    for example in SituationExample.objects.all():
        has_letters = any(letter.isalpha() for letter in example.text)
        assert (vectors.unpacked(example) is not None) is has_letters, example.text


def test_a_sentence_that_changes_loses_its_vector_until_the_worker_has_read_it(meanings):
    example = SituationExample.objects.filter(situation__key="pet").first()
    before = vectors.unpacked(example)
    SituationExample.objects.filter(pk=example.pk).update(text="mein Hund")
    example.refresh_from_db()
    assert vectors.unpacked(example) is None
    assert vectors.fill() == 1
    example.refresh_from_db()
    assert (vectors.unpacked(example) != before).any()
    assert vectors.fill() == 0


def test_what_is_computed_is_seen_by_every_process(meanings):
    version = finding.known().version
    example = SituationExample.objects.first()
    SituationExample.objects.filter(pk=example.pk).update(vector_key="")
    vectors.fill()
    assert finding.known().version != version


def test_nothing_is_lost_while_the_worker_is_down():
    example = SituationExample.objects.first()
    example.text = "jauns teikums"
    example.save()
    # What a process knows of situations is read again, here and after this test.
    example.situation.save()
    assert vectors.fill() == 0
    example.refresh_from_db()
    assert example.text == "jauns teikums"
    assert finding.trusts("jauns teikums", finding.known())


def form_of(situation: Situation, sentence: str) -> dict:
    examples = [
        {"id": one.pk, "language": one.language, "text": one.text}
        for one in situation.examples.all()
    ]
    new = {"language": "en", "text": sentence}
    needs = [
        {"id": one.pk, "need": one.need_id, "fit": one.fit}
        for one in situation.situation_needs.all()
    ]
    audiences = [{"id": one.pk, "code": one.code} for one in situation.audiences.all()]
    return nested_form_data(
        {
            "key": situation.key,
            "weight": situation.weight,
            "sort_order": situation.sort_order,
            "note": "Written with the helpline.",
            "examples": inline_formset([*examples, new], initial=len(examples)),
            "situation_needs": inline_formset(needs, initial=len(needs)),
            "audiences": inline_formset(audiences, initial=len(audiences)),
            "pins": inline_formset([]),
            "pages": inline_formset([]),
        }
    )


def test_what_an_editor_adds_is_understood_in_every_language_at_once(
    meanings, client, sign_in, django_capture_on_commit_callbacks
):
    sign_in("uzturetaja")
    situation = Situation.objects.get(key="pet")
    address = f"/admin/snippets/directory/situation/edit/{situation.pk}/"
    sentence = "my parrot needs somewhere to stay"
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, form_of(situation, sentence))
    assert answer.status_code == 302, answer.context["form"].errors
    example = SituationExample.objects.get(text=sentence)
    assert vectors.unpacked(example) is not None
    likely = finding.trusts("kur atstāt papagaili", finding.known())
    assert max(likely, key=likely.get) == "pet"
    situation.refresh_from_db()
    assert situation.note == "Written with the helpline."


def test_a_withdrawn_service_is_not_found_by_meaning(meanings, ask):
    for service in Service.objects.filter(phones__number="112"):
        service.status = "withdrawn"
        service.save()
    found = numbers(ask("mein Mann schlägt mich"))
    assert found
    assert "112" not in found
