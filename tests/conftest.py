"""Every test reads the demo content: loaded once into a database that each process copies, then
each test in a transaction of its own."""

import shutil
import tempfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.utils import translation

from search.meaning import keeper
from tests import database


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Tests without a database first: they run while another process fills it."""
    items.sort(key=_needs_database)


def _needs_database(item) -> bool:
    wanted = {"db", "client", "django_db_setup", "filled_database"}
    return bool(item.get_closest_marker("django_db") or wanted & set(item.fixturenames))


@pytest.fixture(scope="session", autouse=True)
def _clean_folder():
    """Uploads and error pages of a test process live in one folder, emptied before a run."""
    shutil.rmtree(settings.VAR, ignore_errors=True)
    Path(settings.STATIC_ROOT).mkdir(parents=True)


@pytest.fixture(scope="session")
def django_db_setup(
    _clean_folder, django_test_environment, django_db_blocker, request, testrun_uid, worker_id
):
    """A database with the demo content in it, instead of the empty one of pytest-django.

    `--reuse-db` keeps what an earlier run has filled: the next run then starts in seconds.
    """
    keep = request.config.getoption("reuse_db") and not request.config.getoption("create_db")
    with django_db_blocker.unblock():
        database.prepare(testrun_uid, worker_id, keep)
    yield
    with django_db_blocker.unblock():
        database.discard()


@pytest.fixture(autouse=True)
def _nothing_left_over(request):
    """Attempts at the sign-in are counted in a cache, what pages share is kept in another."""
    if "client" in request.fixturenames or "db" in request.fixturenames:
        request.getfixturevalue("db")
        for name in settings.CACHES:
            caches[name].clear()


@pytest.fixture(scope="session")
def meanings_socket():
    """A worker of meanings of this test process. Its path is short: a socket's has a bound."""
    with tempfile.TemporaryDirectory(prefix="meaning") as folder:
        path = f"{folder}/socket"
        with keeper.running(path) as answers:
            assert answers
            yield path


@pytest.fixture
def meanings(meanings_socket, settings):
    """Queries are understood by their meaning too, as they are where the site runs."""
    settings.MEANING_SOCKET = meanings_socket


@pytest.fixture
def read(client):
    """Reads an address as a visitor does: `read("/lv/", status=404)` is the parsed page."""

    def page(address: str, status: int = 200, **request) -> BeautifulSoup:
        answer = client.get(address, **request)
        assert answer.status_code == status, f"{address}: {answer.status_code}"
        return BeautifulSoup(answer.content, "lxml")

    return page


@pytest.fixture
def sign_in(client):
    """Signs a demo account in: `sign_in("redaktore")`."""

    def session(name: str):
        user = get_user_model().objects.get(username=name)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return user

    return session


@pytest.fixture
def in_english():
    """Messages that a test reads outside of a request are in English."""
    with translation.override("en"):
        yield
