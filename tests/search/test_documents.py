"""Documents hold what is public, follow every change, and nothing else."""

import datetime
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from directory.models import Need, Phone, Service, ServiceText
from pages.models import ContentPage, SiteMapPage
from search import documents, keys
from search.find import find
from search.models import Document

pytestmark = pytest.mark.django_db

CANARY = "kanarijputnins"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def stored() -> str:
    """Everything that search keeps, the index of the database included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM search_document")
        return repr(cursor.fetchall())


def storage() -> str:
    """All tables of search, on SQLite those in which the index itself is kept among them."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("search_"):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                rows += cursor.fetchall()
    return repr(rows)


def found(text: str, kind: str = "service") -> set[str]:
    return {hit.identity for hit in find(text, kind, may_guess=False).hits}


@pytest.fixture
def service():
    return Service.objects.get(phones__number="116006")


def plant(service: Service) -> None:
    text = service.texts.get(locale__language_code="lv")
    text.summary = f"{CANARY} dziesma"
    text.save()


def test_every_public_service_and_page_has_a_document_in_every_language():
    services = Document.objects.filter(kind="service")
    count = Service.objects.public().count()
    assert services.count() == count * len(LANGUAGES)
    assert services.values("identity").distinct().count() == count > 10
    # Home pages have no words of their own, the map of the site neither.
    pages = Page.objects.live().filter(depth__gt=2).not_type(SiteMapPage).select_related("locale")
    written = {(str(page.translation_key), page.locale.language_code) for page in pages}
    assert len(written) > 100
    found = Document.objects.filter(kind="page").values_list("identity", "language")
    assert set(found) == written


def test_changed_words_are_found_at_once_and_the_old_ones_no_more(service):
    plant(service)
    assert found(CANARY) == {str(service.uuid)}
    ServiceText.objects.get(service=service, locale__language_code="lv").delete()
    assert found(CANARY) == set()
    assert keys.fold(CANARY)[:9] not in stored()


@pytest.mark.parametrize("status", [{"live": False}, {"status": "withdrawn"},
                                    {"valid_until": datetime.date(2020, 1, 1)}])  # fmt: skip
def test_what_is_not_public_leaves_no_word(service, status):
    plant(service)
    assert "kanarijput" in stored()
    for name, value in status.items():
        setattr(service, name, value)
    service.save()
    assert "kanarijput" not in stored()
    assert str(service.uuid) not in stored()


def test_a_draft_of_a_published_page_leaves_no_word():
    page = ContentPage.objects.get(url_path="/lv/sev/")
    page.lead = CANARY
    page.save_revision()
    assert "kanarijput" not in stored()
    page.save_revision().publish()
    assert found(CANARY, "page") == {str(page.translation_key)}
    page.unpublish()
    assert "kanarijput" not in stored()
    assert str(page.translation_key) not in stored()


def test_a_page_that_not_everybody_may_read_leaves_no_word():
    page = Page.objects.get(url_path="/lv/sev/")
    assert str(page.translation_key) in stored()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert not Document.objects.filter(identity=page.translation_key, language="lv").exists()
    restriction.delete()
    assert Document.objects.filter(identity=page.translation_key, language="lv").exists()


def test_a_deleted_service_leaves_no_document(service):
    identity = str(service.uuid)
    service.delete()
    assert identity not in stored()


def test_needs_follow(service):
    service.needs.add(Need.objects.get(key="pet"))
    service.save()
    document = Document.objects.filter(identity=service.uuid).first()
    assert "needpet" in document.labels.split()


def test_a_service_past_its_last_day_is_not_found_though_its_document_is_still_there():
    service = Service.objects.get(phones__number__endswith="22045225")
    name = service.texts.get(locale__language_code="lv").name
    assert str(service.uuid) in found(name)
    later = timezone.now().replace(year=service.valid_until.year + 2)
    assert str(service.uuid) not in {
        hit.identity for hit in find(name, "service", moment=later).hits
    }


def test_a_rebuild_brings_back_what_was_lost_and_says_how_far_it_is():
    before = sorted(Document.objects.values_list("kind", "identity", "language", "title_keys"))
    Document.objects.filter(kind="service").delete()
    Document.objects.filter(kind="page").update(title_keys="x")
    output = StringIO()
    call_command("rebuild_search", stdout=output)
    rows = Document.objects.values_list("kind", "identity", "language", "title_keys")
    assert sorted(rows) == before
    assert "service: 78 documents." in output.getvalue()
    assert found("vardarbība")


def test_no_number_is_needed_and_none_is_kept():
    number = Phone.objects.get(number="+37163489652").number
    assert number not in stored()


def test_the_words_of_an_expired_service_go_with_the_next_change(service):
    expired = Service.objects.get(phones__number__endswith="22045225")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Document.objects.filter(identity=expired.uuid).update(expires_on=yesterday)
    plant(service)
    assert not Document.objects.filter(identity=expired.uuid).exists()
    assert found(CANARY) == {str(service.uuid)}


def test_the_storage_of_the_index_forgets_too(service):
    plant(service)
    assert keys.fold(CANARY)[:9] in storage()
    service.texts.all().delete()
    assert keys.fold(CANARY)[:9] not in storage()


def test_the_first_search_of_a_day_takes_out_what_ended_yesterday():
    expired = Service.objects.get(phones__number__endswith="22045225")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Document.objects.filter(identity=expired.uuid).update(expires_on=yesterday)
    documents.forget_expired.cache_clear()
    find("112", "service")
    assert not Document.objects.filter(identity=expired.uuid).exists()
    assert Document.objects.filter(kind="service").exists()
