"""The whole demonstration, read once for all tests that go through every page; a page of facts."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import transaction

from pages.models import ContentPage
from tests.pages.crawl import whole_site


@pytest.fixture(scope="session")
def crawl(django_db_setup, django_db_blocker):
    """Everything a visitor can read, in all six languages; the database is as it was afterwards."""
    with django_db_blocker.unblock():
        for name in settings.CACHES:
            caches[name].clear()
        with transaction.atomic():
            found = whole_site()
            transaction.set_rollback(True)
        for name in settings.CACHES:
            caches[name].clear()
    return found


@pytest.fixture
def quoting(read):
    """The figures of a page that quotes these facts: `quoting(fact, address="/en/sev/")`."""

    def show(*facts, address="/lv/sev/") -> list:
        page = ContentPage.objects.get(url_path=address)
        page.body = [("fact", {"fact": fact}) for fact in facts]
        page.save_revision().publish()
        return read(address).select("main figure.figure")

    return show
