"""What is confidential, a draft, withdrawn or past is in no byte that anybody can ask for.

Marks are planted in every field of such records; then everything public is read: pages, lists,
filters, searches, sheets, codes, reports, errors, machine-readable answers, what the frame keeps,
what is logged, and the tables of search. Each mark is first shown to be seen when it may be.
"""

import json
import logging
import logging.config

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Revision
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

from directory.models import (
    ConfidentialAddress,
    Place,
)
from frame import errors
from tests.directory.planted import (
    ADDRESSES,
    GONE,
    LABEL_OF_AREA,
    LABEL_OF_HIDDEN,
    MARKS,
    NUMBERS,
    SECRETS,
    STREET_OF_AREA,
    STREET_OF_HIDDEN,
    WORDS_OF_AREA,
    WORDS_OF_HIDDEN,
    Reading,
    crawl,
    forget_what_is_kept,
    listening,
    log,
    plant_gone,
    plant_service,
    plant_shelter,
    search_tables,
    seen,
    tables_that_hold,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelter():
    return plant_shelter()


@pytest.fixture
def gone():
    return plant_gone()


@pytest.fixture(scope="module")
def reading(django_db_setup, django_db_blocker):
    """All marks planted and everything read, once for all canaries; rolled back afterwards."""
    with django_db_blocker.unblock():
        forget_what_is_kept()
        with transaction.atomic():
            plant_shelter()
            codes = [service.code for service in plant_gone().values()]
            call_command("rebuild_search", verbosity=0)
            with listening() as statements:
                text = crawl()
                call_command("rebuild_search", verbosity=0)
            sitemap = Client().get("/sitemap.xml").content.decode()
            found = Reading(text, sitemap, codes, statements, tables_that_hold(ADDRESSES))
            transaction.set_rollback(True)
        forget_what_is_kept()
        errors.write_files()
    return found


# Controls: each mark would be noticed


def test_the_marks_of_a_public_service_are_seen(shelter):
    plant_service("Zqatklats", "+37163400009")
    call_command("rebuild_search", verbosity=0)
    text = crawl(["lv"])
    assert "+37163400009" in text
    assert "zqatklats.example" in text
    for name in ("summary", "what_happens", "cost", "documents", "need_to_know", "strip_caption"):
        assert f"Zqatklats {name}" in text
    assert "Zqatklats iela" in text
    assert "Zqpublisks rajons" in text


def make_exact(label: str, street: str) -> Place:
    place = Place.objects.get(label=label)
    place.visibility, place.street, place.area = "exact", street, None
    place.save()
    return place


@pytest.mark.parametrize(
    ("label", "street", "words"),
    [
        (LABEL_OF_HIDDEN, STREET_OF_HIDDEN, WORDS_OF_HIDDEN),
        (LABEL_OF_AREA, STREET_OF_AREA, WORDS_OF_AREA),
    ],
)
def test_the_same_street_is_seen_where_a_place_is_public(client, shelter, label, street, words):
    make_exact(label, street)
    text = client.get(f"/lv/pakalpojumi/{shelter.code}/").content.decode()
    assert text.count(street) == 2
    assert all(f"{words} {part}" in text for part in "nta")
    beside = client.post("/lv/blakus/", {"service": shelter.code}).content.decode()
    assert street in beside
    assert all(f"{words} {part}" in beside for part in "nta")


def test_a_mark_is_seen_in_what_is_logged_and_kept(shelter):
    with log() as written:
        logging.getLogger("django").error(STREET_OF_HIDDEN)
    assert seen(ADDRESSES, written.getvalue()) == [STREET_OF_HIDDEN]
    caches["frame"].set("zq", STREET_OF_AREA)
    assert seen(ADDRESSES, repr(caches["frame"]._cache)) == [STREET_OF_AREA]


def test_a_mark_is_seen_in_the_tables_of_search(gone):
    assert not seen(MARKS, search_tables())
    service = gone["withdrawn"]
    service.status = "active"
    service.save()
    assert seen(MARKS, search_tables()) == [GONE["withdrawn"][0]]


# Canaries


def test_a_place_that_is_not_public_is_in_no_byte(reading):
    assert seen(SECRETS, reading.text) == []


def test_no_service_that_is_not_public_is_in_any_byte(reading):
    assert seen([*MARKS, *NUMBERS, *[number[4:] for number in NUMBERS]], reading.text) == []
    assert not [code for code in reading.codes if code in reading.sitemap]


def test_a_service_stops_being_told_at_once(client, gone):
    """Withdrawn while what the pages share is still kept."""
    service = plant_service("Zqtulit", "+37163400008")
    crawl(["lv"])
    service.status = "withdrawn"
    service.save()
    assert seen(["Zqtulit", "+37163400008"], crawl(["lv"])) == []


def test_the_confidential_table_is_never_asked(reading):
    assert len(reading.statements) > 500
    assert [sql for sql in reading.statements if "directory_place" in sql]
    assert not [sql for sql in reading.statements if "confidentialaddress" in sql]


def test_the_listener_would_hear_the_table_named(shelter):
    with listening() as statements:
        list(ConfidentialAddress.objects.all())
    assert "directory_confidentialaddress" in statements[0]


def test_a_confidential_address_is_in_no_revision_and_no_translation(shelter):
    for place in Place.objects.exclude(visibility="exact"):
        place.save()
    shelter.save_revision().publish()
    stored = [json.dumps(content) for content in Revision.objects.values_list("content", flat=True)]
    stored += TranslationSource.objects.values_list("content_json", flat=True)
    stored += [repr(row) for model in (StringSegment, StringTranslation)
               for row in model.objects.values()]  # fmt: skip
    assert len(stored) > 50
    assert seen([*ADDRESSES, LABEL_OF_HIDDEN, LABEL_OF_AREA], "\n".join(stored)) == []


def test_a_confidential_address_stands_in_its_own_table_alone(reading):
    assert reading.holders == {"directory_confidentialaddress"}


def test_no_printed_name_of_a_confidential_address_tells_it(shelter):
    for address in ConfidentialAddress.objects.all():
        assert not seen(SECRETS, f"{address} {address!r}")


def test_search_documents_hold_no_words_of_places(shelter):
    exact = make_exact(LABEL_OF_HIDDEN, STREET_OF_HIDDEN)
    assert exact.texts.exists()
    call_command("rebuild_search", verbosity=0)
    assert not seen(SECRETS, search_tables())
