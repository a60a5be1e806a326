"""Whatever happens to the engine, the site's search answers with the right service."""

import logging
import shutil
from contextlib import contextmanager
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as base
from django.core.management import CommandError, call_command
from elasticsearch import NotFoundError

from directory.models import Service
from pages.codes import code_of
from search import engines, keys
from search.breaker import Breaker
from search.elastic import following, index, rebuilding
from search.find import find
from search.models import Change, Document, Rebuild
from tests.search import proxy
from tests.search.node import running

pytestmark = pytest.mark.django_db

WORD, MARKER = "kanarijputnins", "zzmarkiera"
# A busy machine is no outage; only who hangs is not waited for, as in production.
PATIENT, IMPATIENT = 30, 0.5


@pytest.fixture(scope="module")
def node():
    """A node of its own: it is killed."""
    with running.own(base.VAR / "node") as own:
        yield own


@pytest.fixture
def way(node, use_elasticsearch):
    """The site searches with the node, by way of a proxy that counts."""
    with proxy.before(node.address) as between:
        use_elasticsearch(between.address)
        rebuilding.rebuild()
        yield between
        for name in index.patient().indices.get(index=f"{index.prefix()}-*"):
            index.patient().indices.delete(index=name)


@pytest.fixture
def wait_for(settings):
    """`wait_for(seconds)`: how long a search waits for the engine from now on."""

    def wait(seconds: float) -> None:
        index.close_client()
        settings.ELASTICSEARCH_TIMEOUT = seconds

    return wait


@pytest.fixture
def service():
    """One that a word finds which no other has."""
    found = Service.objects.get(phones__number="116006")
    plant(found, WORD)
    return found


def plant(service: Service, word: str) -> None:
    text = service.texts.get(locale__language_code="lv")
    text.summary = f"{word} dziesma"
    text.save()


@pytest.fixture
def search(client):
    """The codes of the services that the site shows for a text."""

    def shown(text: str) -> list[str]:
        answer = client.post("/lv/pakalpojumi/mekle/", {"text": text})
        assert answer.status_code == 200
        cards = BeautifulSoup(answer.content, "lxml").select("li.card")
        return [card.h3.a["href"].strip("/").split("/")[-1] for card in cards]

    return shown


def by_words() -> set[str]:
    """Found by the word itself: a guess by its letters would hide that nobody was asked."""
    return {hit.identity for hit in find(WORD, "service", may_guess=False).hits}


def breaker() -> Breaker:
    return engines.engine().breaker


def in_the_index(word: str) -> bool:
    """Whether the engine itself holds a document with this word."""
    client = index.patient()
    client.indices.refresh(index=index.alias())
    wanted = " ".join(keys.index_keys(word, "lv").split())
    query = {"combined_fields": {"query": wanted, "fields": ["title", "text", "more"]}}
    return client.search(index=index.alias(), query=query)["hits"]["total"]["value"] > 0


@contextmanager
def killed(node):
    """The node is gone as by kill -9, and back with its data when the block ends."""
    node.kill()
    try:
        yield
    finally:
        node.start()
        node.until("/_cluster/health?wait_for_status=yellow&timeout=30s")


def come_back_without_data(node) -> None:
    """The node knows of its indices and has lost what is in them: red, and it stays so."""
    node.kill()
    for shard in (node.home / "data" / "indices").glob("*/0"):
        shutil.rmtree(shard)
    node.start()


def test_the_engine_answers_while_it_lives(way, service, search):
    following.send()
    assert in_the_index(WORD)
    assert search(WORD) == [code_of(service.uuid)]
    assert way.searches > 0
    assert not breaker().is_open


def test_a_killed_engine(node, way, service, search):
    with killed(node):
        assert search(WORD) == [code_of(service.uuid)]
        assert by_words() == {str(service.uuid)}
        assert breaker().is_open


def test_a_hung_engine_is_asked_once_and_then_spared(node, way, service, search, wait_for):
    before = way.searches
    wait_for(IMPATIENT)
    node.halt()
    try:
        assert search(WORD) == [code_of(service.uuid)]
        assert search(WORD) == [code_of(service.uuid)]
    finally:
        node.go_on()
    assert way.searches == before + 1


def test_a_slow_engine_is_asked_again_after_the_pause(way, service, search, wait_for):
    now = [100.0]
    engines.engine().breaker = Breaker(10, lambda: now[0])
    before = way.searches
    wait_for(IMPATIENT)
    with way.held():
        for _reader in range(5):
            assert search(WORD) == [code_of(service.uuid)]
        assert way.searches == before + 1
        now[0] += 11
        assert search(WORD) == [code_of(service.uuid)]
        assert way.searches == before + 2
    wait_for(PATIENT)
    following.send()
    now[0] += 11
    assert search(WORD) == [code_of(service.uuid)]
    assert not breaker().is_open
    assert way.searches > before + 2


def test_an_engine_that_has_come_back_without_its_data(node, way, service, search):
    come_back_without_data(node)
    assert index.patient().cluster.health()["status"] == "red"
    assert search(WORD) == [code_of(service.uuid)]
    assert by_words() == {str(service.uuid)}
    assert breaker().is_open


def test_right_after_a_restart(node, way, service, search):
    following.send()
    node.kill()
    node.start()
    assert search(WORD) == [code_of(service.uuid)]
    assert by_words() == {str(service.uuid)}


def test_an_empty_index_hides_no_help(way, service, search):
    index.put_in_service(index.create())
    assert search(WORD) == [code_of(service.uuid)]
    assert by_words() == {str(service.uuid)}
    assert not breaker().is_open


def test_no_index_at_all(way, service, search):
    for name in index.patient().indices.get(index=f"{index.alias()}-*"):
        index.patient().indices.delete(index=name)
    assert search(WORD) == [code_of(service.uuid)]
    assert by_words() == {str(service.uuid)}
    with pytest.raises(index.MissingError):
        following.send()
    with pytest.raises(NotFoundError):
        index.patient().indices.get(index=index.alias())


def test_edits_that_are_made_while_it_is_down_are_sent_later(node, way, service):
    following.send()
    with killed(node):
        plant(service, "jaunvards")
        with pytest.raises(Exception, match=r"onnection|efused|isconnected"):
            following.send()
        assert Change.objects.filter(identity=service.uuid).exists()
    assert in_the_index(WORD)
    assert following.send() > 0
    assert in_the_index("jaunvards")
    assert not in_the_index(WORD)
    assert not Change.objects.exists()


def test_a_rebuild_while_it_is_down_writes_the_table_and_says_that_the_index_is_not_built(
    node, way, service
):
    lost = Document.objects.filter(identity=service.uuid)
    lost.delete()
    with killed(node):
        with pytest.raises(CommandError, match="The index was not built"):
            call_command("rebuild_search", stdout=StringIO())
        assert lost.exists()
        with pytest.raises(CommandError, match="Failed: send changes, compare"):
            call_command("attend_search", "--once")
    assert not Rebuild.objects.exists()
    call_command("attend_search", "--once")
    assert in_the_index(WORD)


def test_an_older_copy_never_replaces_a_newer_one(way, service):
    old = Document.objects.get(identity=service.uuid, language="lv")
    version = Change.objects.order_by("pk").last().pk
    following.send()
    service.status = "withdrawn"
    service.save()
    following.send()
    assert not in_the_index(WORD)
    # What a slower process had read before it was withdrawn.
    assert list(index.write([index.written(old, version)])) == [1]
    assert not in_the_index(WORD)


def test_nothing_that_was_typed_is_written_anywhere(node, way, search, caplog, our_log, wait_for):
    # Whoever looks for a fault: all that our handlers write at the lowest level.
    caplog.set_level(logging.DEBUG)
    typed = f"{MARKER} mani sit"
    search(typed)
    wait_for(IMPATIENT)
    with way.held():
        search(typed)
    wait_for(PATIENT)
    engines.named.cache_clear()
    find(f"{MARKER} " * 500, "service", engine=engines.named("elasticsearch"))
    node.kill()
    search(typed)
    come_back_without_data(node)
    engines.named.cache_clear()
    search(typed)
    assert "Elasticsearch does not answer" in our_log()
    written = [our_log()]
    files = [node.log, *(path for path in (node.home / "logs").rglob("*") if path.is_file())]
    files = [path for path in files if path.stat().st_size]
    written += [path.read_text("utf-8", "replace") for path in files]
    assert all(written)
    for trace in (MARKER, keys.fold(MARKER)[:8], keys.trigrams(MARKER)[3]):
        assert not [text for text in written if trace in text]
    kept = [path for path in (node.home / "data").rglob("*") if path.is_file()]
    assert not [path for path in kept if MARKER[:8].encode() in path.read_bytes()]
