"""A real search engine for the tests that ask for one, with indices of each test's own."""

import io
import logging
import os
from uuid import uuid4

import pytest
from django.conf import settings as base

from frame.logs import TraceFormatter
from search import engines
from search.elastic import index
from tests.search.node import running

# What a database server writes down can be read only where the run knows its log.
collect_ignore = [] if os.environ.get("TEST_DATABASE_LOG") else ["test_database_log.py"]
# Longer than any pause of a busy machine: only the tests of outages know shorter ones.
PATIENT = 30


@pytest.fixture(scope="session")
def shared_node():
    """The address of ELASTICSEARCH_URL, else of a node that all test processes share."""
    if address := os.environ.get("ELASTICSEARCH_URL"):
        yield address
        return
    with running.shared(base.FILLED.with_name("search-node")) as address:
        yield address


@pytest.fixture
def use_elasticsearch(settings, db):
    """`use_elasticsearch(address)`: the site searches with the engine at this address."""

    def use(address: str, timeout: float = PATIENT) -> None:
        forget()
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_URL = address
        settings.ELASTICSEARCH_TIMEOUT = timeout
        settings.ELASTICSEARCH_INDEX = f"test-{uuid4().hex}"

    yield use
    forget()


def forget() -> None:
    """Closes the connections of this process and forgets the state of its engine."""
    index.close_client()
    engines.named.cache_clear()


@pytest.fixture
def elasticsearch(use_elasticsearch, shared_node):
    """The site searches with the shared node; its indices go with the test."""
    use_elasticsearch(shared_node)
    yield
    indices = index.patient().indices
    for name in indices.get(index=f"{base.ELASTICSEARCH_INDEX}-*"):
        indices.delete(index=name)


@pytest.fixture
def our_log():
    """What the site's own handlers would have written: `our_log()`."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(TraceFormatter())
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request")]
    for logger in loggers:
        logger.addHandler(handler)
    yield written.getvalue
    for logger in loggers:
        logger.removeHandler(handler)
