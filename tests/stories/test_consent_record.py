"""The record of a consent: added by a publisher, never changed, never a name."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from stories.models import Consent
from tests.stories.conftest import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TODAY = timezone.localdate
ADD = "/admin/snippets/stories/consent/add/"


def a_paper(story, **changes):
    return {
        "story": str(story.pk), "reference": "P-2026/014", "form_version": "1", "level": "3",
        "method": "paper", "picture": "none", "is_adult": "on", "has_read": "on",
        "given_on": str(TODAY()), "expires_on": "",
        "texts-TOTAL_FORMS": "1", "texts-INITIAL_FORMS": "0", "texts-MIN_NUM_FORMS": "0",
        "texts-MAX_NUM_FORMS": "1000", "texts-0-id": "", "texts-0-DELETE": "",
        "texts-0-language": "lv", "texts-0-channel": "web",
    } | changes  # fmt: skip


def test_a_publisher_records_a_consent_to_the_draft_and_publishes(client, write, publisher):
    story = write()
    client.post(ADD, a_paper(story))
    record = Consent.objects.get()
    assert record.recorded_by == publisher
    assert record.expires_on > TODAY() + datetime.timedelta(days=360)
    assert publish(story)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reference": "Anna Bērziņa"}, "Never a name"),
        ({"is_adult": ""}, "not of age"),
        ({"has_read": ""}, "there is no consent"),
        ({"given_on": "2999-01-01"}, "still to come"),
        ({"expires_on": "2999-01-01"}, "twelve months at most"),
        ({"texts-0-language": "uk"}, "not written in this language"),
        ({"texts-0-channel": "social"}, "does not open this channel"),
        ({"texts-TOTAL_FORMS": "0"}, "at least one language"),
    ],
)
def test_a_mistake_in_the_record_is_named_and_nothing_is_lost(
    client, write, publisher, changes, message
):
    answer = client.post(ADD, a_paper(write(), form_version="Zqveidlapa") | changes)
    assert message in BeautifulSoup(answer.content, "lxml").get_text()
    assert "Zqveidlapa" in answer.content.decode()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("name", ["admin", "atbildiga"])
def test_a_record_is_never_changed_nor_deleted(client, sign_in, write, agree, name):
    record = agree(write())
    sign_in(name)
    for what in ("edit", "delete"):
        answer = client.post(f"/admin/snippets/stories/consent/{what}/{record.pk}/", {})
        assert answer.status_code in {302, 403, 404}
    record.refresh_from_db()
    assert client.get("/admin/snippets/stories/consent/").status_code == 200


def test_many_records_at_once_are_not_deleted_either(client, sign_in, write, agree):
    record = agree(write())
    sign_in("admin")
    client.post(f"/admin/bulk/stories/consent/delete/?id={record.pk}", follow=True)
    assert Consent.objects.filter(pk=record.pk).exists()


def test_an_editor_records_no_consent(client, sign_in):
    sign_in("redaktore")
    assert client.get(ADD).status_code in {302, 403}
