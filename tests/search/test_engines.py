"""Every engine finds the same: one suite, run on the database and on Elasticsearch."""

import datetime
import json
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from directory.models import Service
from pages.models import ContentPage
from search import documents, engines, keys, sources
from search.documents import identity_label
from search.elastic import following, index, rebuilding
from search.engines import database
from search.engines import elasticsearch as elastic
from search.find import find
from search.models import Change, Document
from search.sources import Entry

pytestmark = pytest.mark.django_db

JUDGED = Path(__file__).parents[1] / "directory" / "judged"
KIND, OTHER = "thing", "otherthing"
TODAY = datetime.date(2026, 11, 23)


class Nobody:
    """Stands behind an engine under test, so that only its own answers count."""

    def by_keys(self, kind, tokens, today, limit):
        return []

    by_trigrams = by_keys


class Kept:
    """A kind of things for a test."""

    def __init__(self):
        self.things: dict[tuple[str, str], Entry] = {}

    def entries(self, identities):
        return [
            entry
            for entry in self.things.values()
            if identities is None or entry.identity in identities
        ]


@dataclass
class Bench:
    """An engine, and how its documents come to it."""

    engine: object
    kept: dict[str, Kept]

    def put(self, *entries: Entry, kind: str = KIND) -> None:
        things = self.kept[kind].things
        things.update({(entry.identity, entry.language): entry for entry in entries})
        documents.update(kind, {entry.identity for entry in entries})
        self.arrive()

    def take(self, identity: str) -> None:
        things = self.kept[KIND].things
        for name in [name for name in things if name[0] == identity]:
            del things[name]
        documents.update(KIND, {identity})
        self.arrive()

    def arrive(self) -> None:
        if isinstance(self.engine, elastic.Engine):
            following.send()
            index.patient().indices.refresh(index=index.alias())
            assert not Change.objects.exists()

    def found(self, *tokens: str, kind: str = KIND, today=TODAY, limit: int = 200) -> list[str]:
        return [one.identity for one in self.engine.by_keys(kind, tokens, today, limit)]

    def words(self, text: str, language: str = "en", **how) -> list[str]:
        return self.found(*keys.index_keys(text, language).split(), **how)


@pytest.fixture(params=["database", "elasticsearch"])
def bench(request):
    kept = {KIND: Kept(), OTHER: Kept()}
    for kind, things in kept.items():
        sources.register(kind, things.entries)
    if request.param == "elasticsearch":
        request.getfixturevalue("elasticsearch")
        rebuilding.rebuild()
        yield Bench(elastic.Engine(behind=Nobody()), kept)
    else:
        yield Bench(database.Engine(), kept)
    for kind in kept:
        sources.forget(kind)


def thing(identity: str, title: str = "shelter", language: str = "en", **more) -> Entry:
    return Entry(identity=identity, language=language, title=title, **more)


def test_a_word_of_any_field_finds(bench):
    bench.put(thing("a", "shelter", text="for women", more="bring nothing"))
    for word in ("shelter", "shelters", "women", "bring"):
        assert bench.words(word) == ["a"]
    assert bench.words("lawyer") == []


def test_what_the_scorer_reads_is_what_was_kept(bench):
    bench.put(
        thing("a", "night shelter", text="women", more="bring", labels=("needplace",),
              audience=("women", "children"), rank=2, for_people_who_hurt=True)
    )  # fmt: skip
    (one,) = bench.engine.by_keys(KIND, keys.index_keys("night", "en").split(), TODAY, 5)
    row = Document.objects.get(identity="a")
    assert (one.identity, one.language, one.rank) == ("a", "en", 2)
    assert one.for_people_who_hurt is True
    kept = (row.title_keys, row.text_keys, row.more_keys, row.labels, row.audience, row.trigrams)
    texts = (one.title, one.text, one.more, one.labels, one.audience, one.trigrams)
    assert texts == tuple(frozenset(text.split()) for text in kept)


def test_a_label_and_an_object_itself_are_found(bench):
    bench.put(thing("a", labels=("needplace",)), thing("b-c"))
    assert bench.found("needplace") == ["a"]
    assert bench.found(identity_label("b-c")) == ["b-c"]


def test_after_its_last_day_nothing_is_found(bench):
    today = timezone.localdate()
    bench.put(thing("a", expires_on=today), thing("b"))
    assert sorted(bench.words("shelter", today=today)) == ["a", "b"]
    assert bench.words("shelter", today=today + datetime.timedelta(days=1)) == ["b"]


def test_kinds_stay_apart(bench):
    bench.put(thing("a"))
    bench.put(thing("b"), kind=OTHER)
    assert bench.words("shelter") == ["a"]
    assert bench.words("shelter", kind=OTHER) == ["b"]


def test_an_object_is_found_once_in_its_nearest_language(bench):
    # Words of one key that the demo content has nowhere, so that all are equally rare.
    bench.put(
        thing("a", "first", "lv", more="48151"),
        thing("a", "62342", "en"),
        thing("b", "48151", "lv"),
    )
    wanted = [*keys.index_keys("62342", "en").split(), *keys.index_keys("48151", "lv").split()]
    found = bench.engine.by_keys(KIND, wanted, TODAY, 200)
    assert sorted((one.identity, one.language) for one in found) == [("a", "en"), ("b", "lv")]


def test_what_is_urgent_comes_first_however_near_the_others_are(bench):
    bench.put(
        *(thing(f"near{number}", "shelter", rank=5) for number in range(5)),
        thing("urgent", "crisis line", more="shelter and much else of many words", rank=1),
    )
    assert bench.words("shelter", limit=2) == ["urgent", "near0"]


def test_the_nearest_comes_first_and_equals_by_their_name(bench):
    both = "shelter lawyer"
    bench.put(thing("c", both), thing("b", both), thing("a", "shelter"))
    assert bench.words(both) == ["b", "c", "a"]
    assert bench.words(both, limit=1) == ["b"]


def test_letters_alone_find_by_likeness(bench):
    bench.put(thing("a", "patversme", "lv"), thing("b", "advokāts", "lv"))
    likely = bench.engine.by_trigrams(KIND, keys.trigrams("patvesrme"), TODAY, 5)
    assert [one.identity for one in likely] == ["a"]


@pytest.mark.parametrize(
    "tokens",
    [[], [""], ['"'], ["a OR b"], ["*"], ["title:x"], ["'; DROP TABLE"], ["{"], ["\x00"],
     ["\ud800"], ["AND", "OR", "NOT", "NEAR"], [f"word{number}" for number in range(1500)]],
)  # fmt: skip
def test_no_token_is_an_operator_or_an_error(bench, tokens):
    bench.put(thing("a"))
    assert bench.found(*tokens) == []
    assert bench.engine.by_trigrams(KIND, tokens, TODAY, 5) == []
    assert bench.found(*tokens, *keys.index_keys("shelter", "en").split()) == ["a"]


def test_what_is_withdrawn_is_found_no_more(bench):
    bench.put(thing("a"), thing("b"), thing("a", "patversme", "lv"))
    bench.take("a")
    assert bench.words("shelter") == ["b"]
    assert bench.words("patversme", "lv") == []


def test_changed_words_and_a_lost_language_are_followed(bench):
    bench.put(thing("a"), thing("a", "patversme", "lv"))
    bench.kept[KIND].things.pop(("a", "lv"))
    bench.put(thing("a", "lawyer"))
    assert bench.words("shelter") == bench.words("patversme", "lv") == []
    assert bench.words("lawyer") == ["a"]


def test_a_draft_is_not_found_and_a_withdrawn_service_no_more(bench):
    page = ContentPage.objects.get(url_path="/lv/sev/")
    page.lead = "kanarijputnins"
    page.save_revision()
    service = Service.objects.get(phones__number="116006")
    name = str(service.uuid)
    bench.arrive()
    assert bench.words("kanarijputnins", "lv", kind="page") == []
    assert bench.found(identity_label(name), kind="service") == [name]
    page.save_revision().publish()
    service.status = "withdrawn"
    service.save()
    bench.arrive()
    assert bench.words("kanarijputnins", "lv", kind="page") == [str(page.translation_key)]
    assert bench.found(identity_label(name), kind="service") == []


CORPUS = [
    ("crisis", "crisis line", "somebody listens day and night after violence", 0),
    ("shelter", "shelter for women", "a safe place after violence at home", 1),
    ("lawyer", "free lawyer", "advice on divorce and protection", 3),
    ("police", "police", "comes at once when you are beaten", 0),
    ("change", "programme for men", "stop violence before you hurt again", 4),
    ("children", "line for children", "somebody listens to children", 2),
]


@pytest.mark.parametrize(
    "query", ["violence at home", "somebody listens", "free advice on divorce", "women", "vilence"]
)
def test_the_order_is_the_same_whatever_finds(bench, query):
    entries = [
        thing(name, title, text=text, rank=rank, for_people_who_hurt=name == "change")
        for name, title, text, rank in CORPUS
    ]
    bench.put(*entries, *(replace(entry, language="lv-simple") for entry in entries))
    found = find(query, KIND, engine=bench.engine)
    expected = find(query, KIND, engine=database.Engine())
    assert [hit.identity for hit in found.hits] == [hit.identity for hit in expected.hits] != []
    assert found.is_guess == expected.is_guess


def test_judged_queries_are_answered_by_an_index_of_their_own(elasticsearch, tmp_path):
    rebuilding.rebuild()
    before = set(index.patient().indices.get(index="*"))
    orders = {}
    for name in ("database", "elasticsearch"):
        call_command(
            "judge",
            corpus=JUDGED,
            queries=JUDGED / "queries.tsv",
            engine=name,
            json=tmp_path / name,
            stdout=StringIO(),
        )
        found = json.loads((tmp_path / name).read_text("utf-8"))["queries"]
        orders[name] = {one["query"]: (one["ranked"], one["guess"]) for one in found}
    assert orders["elasticsearch"] == orders["database"]
    assert any(ranked for ranked, _guess in orders["elasticsearch"].values())
    assert not engines.named("elasticsearch").breaker.is_open
    mine = {name for name in index.patient().indices.get(index="*") if index.prefix() in name}
    assert mine == {name for name in before if index.prefix() in name}
