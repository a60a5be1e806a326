"""Every test reads the demo content: loaded once into the test database, then each test in a
transaction of its own."""

import gc
import shutil
import warnings
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.management import call_command
from django.utils import translation


@pytest.fixture(scope="session", autouse=True)
def _clean_folder(request):
    """Databases, uploads and error pages of tests live in one folder, emptied before a run.

    `--reuse-db` keeps it: the next run then starts in seconds.
    """
    if not request.config.getoption("reuse_db"):
        shutil.rmtree(settings.VAR, ignore_errors=True)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(_clean_folder, django_db_setup, django_db_blocker):
    """The test database of pytest-django with the demo content in it."""
    with django_db_blocker.unblock():
        call_command("demo", verbosity=0)
        call_command("error_pages", verbosity=0)
        _draw_pictures()


def _draw_pictures():
    """Wagtail leaves a temporary file open when it first draws a picture: not in a test then."""
    from pages.models import SiteImage

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        for image in SiteImage.objects.all():
            image.get_rendition("width-960|format-webp")
        gc.collect()


@pytest.fixture(autouse=True)
def _nothing_left_over(request):
    """Attempts at the sign-in are counted in a cache, what pages share is kept in another."""
    if "client" in request.fixturenames or "db" in request.fixturenames:
        request.getfixturevalue("db")
        for name in settings.CACHES:
            caches[name].clear()


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
