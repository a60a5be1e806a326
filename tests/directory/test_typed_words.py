"""Words typed into the search are, after the answer, in nothing that anybody could read."""

import gc
import logging

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client

from config.settings.base import LOGGING
from directory import finding
from tests.directory.test_unanswered import stored
from tests.frame.test_logs import TRACES, written  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db

# Made when the test runs: the source of a test is in memory too.
MARKER = "".join(reversed("kwvjxqz"))
TEXTS = [MARKER, f"vīrs mani sit {MARKER}", f'"{MARKER}* AND (', f"{MARKER}iem {MARKER}ам"]
# Below it Django quotes a template's whole context for each variable that is not there.
TEMPLATES = LOGGING["loggers"]["django.template"]["level"]
ADDRESSES = ["pakalpojumi/mekle/", "blakus/"]


@pytest.fixture
def lines(monkeypatch):
    """Every log record of any level, with its values; of templates from the level that is set."""
    found = []

    class Keeper(logging.Handler):
        def emit(self, record):
            found.append(repr(record.__dict__) + record.getMessage())

    monkeypatch.setattr(logging.root, "handlers", [Keeper()])
    loggers = [logging.root, *map(logging.getLogger, list(logging.root.manager.loggerDict))]
    before = [(logger, logger.level) for logger in loggers]
    for logger in loggers:
        monkeypatch.setattr(logger, "propagate", True)
        monkeypatch.setattr(logger, "disabled", False)
        # Not the attribute: what a logger remembers of its level must be forgotten with it.
        logger.setLevel(logging.DEBUG)
    logging.getLogger("django.template").setLevel(TEMPLATES)
    yield found
    for logger, level in before:
        logger.setLevel(level)


def kept() -> str:
    """What all caches of the settings hold."""
    found = ""
    for name in settings.CACHES:
        cache = caches[name]
        found += repr(getattr(cache, "_cache", "")) + repr(getattr(cache, "_expire_info", ""))
    return found


def test_what_this_test_reads_of_caches_is_what_they_hold():
    caches["frame"].set("a", "zqplanted")
    assert "zqplanted" in kept()


def test_the_caches_are_all_read():
    """A cache of another kind needs another way to be read: the database's is a table."""
    kinds = {cache["BACKEND"].rpartition(".")[2] for cache in settings.CACHES.values()}
    assert kinds <= {"LocMemCache", "DatabaseCache"}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", ["lv", "ru", "en"])
def test_a_search_is_in_no_address_title_log_cache_session_or_table(lines, address, language):
    client = Client()
    for text in TEXTS:
        answer = client.post(f"/{language}/{address}", {"text": text}, **TRACES)
        assert answer.status_code == 200
        assert MARKER not in repr(sorted(answer.items()))
        page = BeautifulSoup(answer.content, "lxml")
        assert MARKER not in page.title.get_text()
        for element in page.select("[href], [action], [src], meta, link"):
            assert MARKER not in repr(element.attrs)
        assert not answer.cookies
        assert not client.cookies
    assert not mail.outbox
    logging.getLogger("django.request").debug("planted")
    assert "planted" in lines[-1]
    assert MARKER not in "".join(lines)
    assert MARKER not in kept()
    everything = stored()
    assert "lvvardarb" in everything
    assert MARKER not in everything


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("place", ["finding.services", "unanswered.note", "suggestions.near"])
def test_a_search_that_breaks_reports_its_place_and_no_word(
    written,  # noqa: F811
    monkeypatch,
    address,
    place,
):
    def break_down(*args, **named):
        raise RuntimeError(MARKER, args, named)

    monkeypatch.setattr(f"directory.{place}", break_down)
    answer = Client(raise_request_exception=False).post(f"/lv/{address}", {"text": MARKER})
    assert answer.status_code == 500
    assert b'href="tel:112"' in answer.content
    assert MARKER.encode() not in answer.content
    assert "RuntimeError" in written.getvalue()
    assert MARKER not in written.getvalue()
    assert MARKER not in stored()


def holders(marker: str) -> set[str]:
    """What in this process holds a text with the marker, as kinds of objects."""
    gc.collect()
    everything = gc.get_objects()
    return {
        f"{type(holder).__module__}.{type(holder).__qualname__}"
        for holder in everything
        if holder is not everything and holds(holder, marker)
    }


def holds(holder, marker: str) -> bool:
    """Whether it does by itself, or by what the collector does not count because it is plain."""
    for one in gc.get_referents(holder):
        # Not `isinstance`: a lazy object would be made by being asked.
        if issubclass(type(one), str):
            if marker in one and one is not marker:
                return True
        elif issubclass(type(one), bytes | bytearray):
            if marker.encode() in one:
                return True
        elif not gc.is_tracked(one) and holds(one, marker):
            return True
    return False


def ask_and_forget(marker: str) -> None:
    client = Client()
    for language in ("lv", "ru", "en"):
        for address in ADDRESSES:
            for text in (marker, f"vīrs mani sit {marker}", f"{marker}iem жена {marker}ам"):
                client.post(f"/{language}/{address}", {"text": text})
    finding.services(marker)
    connection.queries_log.clear()


def test_a_process_remembers_no_word_that_was_typed():
    ask_and_forget("vīrs sit")
    marker = "".join(reversed("kwvjxqy"))
    ask_and_forget(marker)
    assert holders(marker) == set()


def test_what_a_process_remembers_would_be_seen():
    marker = "".join(reversed("kwvjxqw"))
    for plain in ({f"{marker}s": 1}, (f"{marker}s", 1), f"{marker}s", f"{marker}s".encode()):
        remembered = [plain]
        assert holders(marker)
        assert remembered
