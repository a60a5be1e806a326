"""A new index is built beside the one in service: nothing is lost and nobody waits."""

import os
import socket
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from directory.models import Service
from search import changes, documents, keys
from search.elastic import attending, following, index, rebuilding
from search.models import Change, Document, Rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("elasticsearch")]

WORD, OTHER = "kanarijputnins", "papagailis"


def indices() -> list[str]:
    return sorted(index.patient().indices.get(index=f"{index.alias()}-*"))


def in_service() -> list[str]:
    if not index.patient().indices.exists_alias(name=index.alias()):
        return []
    return sorted(index.patient().indices.get_alias(name=index.alias()))


def holds(word: str) -> bool:
    index.patient().indices.refresh(index=index.alias())
    wanted = " ".join(keys.index_keys(word, "lv").split())
    query = {"combined_fields": {"query": wanted, "fields": ["title", "text", "more"]}}
    found = index.patient().search(index=index.alias(), query=query)
    return found["hits"]["total"]["value"] > 0


def plant(service: Service, word: str) -> None:
    text = service.texts.get(locale__language_code="lv")
    text.summary = f"{word} dziesma"
    text.save()


@pytest.fixture
def services():
    return list(Service.objects.public().order_by("pk")[:3])


@pytest.fixture
def in_small_steps(monkeypatch):
    """A few documents at a time, so that there is something between the steps."""
    monkeypatch.setattr(index, "ALL_AT_ONCE", 50)
    monkeypatch.setattr(rebuilding, "ALL_AT_ONCE", 50)


def test_the_command_builds_swaps_and_deletes_what_was_before():
    output = StringIO()
    call_command("rebuild_search", stdout=output)
    (first,) = in_service()
    count = Document.objects.count()
    assert f"index: {count} documents." in output.getvalue()
    assert index.count() == count
    assert not Change.objects.exists()
    call_command("rebuild_search", stdout=output)
    (second,) = in_service()
    assert second > first
    assert indices() == [second]


def test_the_table_alone_is_brought_to_the_index_later(services):
    rebuilding.rebuild()
    before = in_service()
    plant(services[0], WORD)
    call_command("rebuild_search", "--table", stdout=StringIO())
    assert in_service() == before
    assert not holds(WORD)
    call_command("attend_search", "--once")
    assert in_service() == before
    assert holds(WORD)


@pytest.mark.usefixtures("in_small_steps")
def test_edits_made_while_it_is_built_reach_the_new_index(services):
    first, second, third = services
    plant(first, WORD)
    plant(second, WORD)
    rebuilding.rebuild()
    following.send()
    told = []

    def edit(count: int) -> None:
        told.append(count)
        if len(told) == 2:
            plant(first, OTHER)
            third.status = "withdrawn"
            third.save()
        if len(told) == 3:
            second.delete()
            # Kept back: the index in service is about to go.
            assert following.send() == 0

    rebuilding.rebuild(edit)
    assert len(told) > 3
    following.send()
    assert holds(OTHER)
    assert not holds(WORD)
    assert index.count() == Document.objects.count()
    assert not Change.objects.exists()


@pytest.mark.usefixtures("in_small_steps")
def test_a_rebuild_that_dies_leaves_the_old_index_and_the_next_cleans_up():
    rebuilding.rebuild()
    before = in_service()

    def die(count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(die)
    assert in_service() == before
    assert len(indices()) == 2
    assert index.count() == Document.objects.count()
    rebuilding.rebuild()
    assert indices() == in_service() != before


@pytest.mark.usefixtures("in_small_steps")
def test_the_second_of_two_rebuilds_says_so():
    said = []

    def again(count: int) -> None:
        with pytest.raises(CommandError) as error:
            call_command("rebuild_search", stdout=StringIO())
        said.append(str(error.value))
        assert attending.rebuild() is None

    rebuilding.rebuild(again)
    assert "Another process builds the index" in said[0]
    assert len(indices()) == 1


def test_a_dead_process_keeps_nobody_back(services):
    rebuilding.rebuild()
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    row = {"alias": index.alias(), "host": socket.gethostname(), "seen_at": timezone.now()}
    living = Rebuild.objects.create(process=os.getppid(), **row)
    plant(services[0], WORD)
    assert following.send() == 0
    living.delete()
    Rebuild.objects.create(process=ended.pid, **row)
    assert following.send() > 0
    assert holds(WORD)


@pytest.mark.usefixtures("in_small_steps")
def test_a_rebuild_that_others_took_for_dead_puts_nothing_in_service():
    rebuilding.rebuild()
    before = in_service()

    last = Document.objects.count() - 50

    def be_silent(count: int) -> None:
        if count < last:
            return
        silent = timezone.now() - 2 * rebuilding.SILENT_FOR
        Rebuild.objects.update(seen_at=silent)
        assert not rebuilding.runs()

    with pytest.raises(rebuilding.TakenOver):
        rebuilding.rebuild(be_silent)
    assert in_service() == before


def test_the_index_is_made_where_there_is_none_and_mended_where_it_differs(services):
    assert index.count() is None
    call_command("attend_search", "--once")
    assert index.count() == Document.objects.count() > 100
    lost = Document.objects.first()
    list(index.write([index.deleted(lost.kind, lost.identity, lost.language, 10**9)]))
    assert index.count() == Document.objects.count() - 1
    call_command("attend_search", "--once")
    assert index.count() == Document.objects.count()
    assert len(indices()) == 1


def test_words_that_have_expired_leave_the_index_too(services):
    plant(services[0], WORD)
    rebuilding.rebuild()
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Document.objects.filter(identity=services[0].uuid).update(expires_on=yesterday)
    documents.forget_expired.cache_clear()
    documents.forget_expired(timezone.localdate())
    following.send()
    assert not holds(WORD)


def test_a_change_is_noted_with_the_documents_or_not_at_all(services, settings):
    Change.objects.all().delete()
    plant(services[0], WORD)
    assert Change.objects.filter(kind="service", identity=services[0].uuid).exists()
    Change.objects.all().delete()
    settings.SEARCH_ENGINE = "database"
    assert not changes.are_wanted()
    plant(services[0], OTHER)
    documents.rebuild("service")
    assert not Change.objects.exists()


def test_the_index_keeps_no_more_than_the_engine_reads_and_refuses_other_fields():
    rebuilding.rebuild()
    (name,) = in_service()
    hit = index.patient().search(index=name, size=1)["hits"]["hits"][0]["_source"]
    assert set(hit) == {"identity", "language", "title", "text", "more", "labels", "audience",
                        "trigrams", "rank", "for_people_who_hurt"}  # fmt: skip
    row = Document.objects.first()
    action = index.written(row, 10**6)
    action["_source"]["visitor"] = "x"
    with pytest.raises(index.WriteError):
        list(index.write([action]))
    told = index.patient().indices.get_settings(index=name)[name]["settings"]["index"]
    assert told["search"]["slowlog"]["threshold"]["query"]["trace"] == "-1"
