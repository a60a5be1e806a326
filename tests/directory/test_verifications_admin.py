"""Who confirmed a service, what is due, and what readers reported."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from directory.models import Report, Service, Verification
from tests.directory.admin_forms import edit_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TODAY = timezone.localdate
REPORTS = "/admin/snippets/directory/report/"


@pytest.fixture
def service():
    service = Service.objects.get(phones__number="116006")
    Verification.objects.filter(service=service).delete()
    Service.objects.filter(pk=service.pk).update(confirmed_on=None)
    service.refresh_from_db()
    return service


def confirm_address(service) -> str:
    return f"/admin/directory/services/{service.pk}/confirm/"


def answer_of(**changes) -> dict:
    return {
        "verified_on": TODAY().isoformat(),
        "method": "phoned",
        "confirmed": ["numbers", "hours"],
        "next_due": "",
    } | changes


def test_a_keeper_confirms_from_the_form_of_the_service(client, keeper, service):
    form = BeautifulSoup(client.get(edit_address(service)).content, "lxml")
    assert form.select_one(f"a[href='{confirm_address(service)}']")
    assert client.post(confirm_address(service), answer_of()).status_code == 302
    row = Verification.objects.get(service=service)
    assert (row.verified_by, row.method, row.confirmed) == (keeper, "phoned", ["numbers", "hours"])
    service.refresh_from_db()
    assert service.confirmed_on == TODAY()
    form = BeautifulSoup(client.get(edit_address(service)).content, "lxml")
    shown = form.select_one("table.verifications").get_text(" ", strip=True)
    assert "Numbers, Hours" in shown
    assert keeper.username in shown


def test_the_day_under_the_numbers_waits_for_the_numbers(client, keeper, service):
    client.post(confirm_address(service), answer_of(confirmed=["hours"]))
    service.refresh_from_db()
    assert Verification.objects.filter(service=service).exists()
    assert service.confirmed_on is None


TOMORROW = (TODAY() + datetime.timedelta(days=1)).isoformat()
WRONG = [
    ({"verified_on": TOMORROW}, "verified_on"),
    ({"verified_on": "yesterday"}, "verified_on"),
    ({"method": ""}, "method"),
    ({"confirmed": []}, "confirmed"),
    ({"confirmed": ["weather"]}, "confirmed"),
    ({"next_due": TODAY().isoformat()}, "next_due"),
]


@pytest.mark.parametrize(("changes", "field"), WRONG)
def test_a_wrong_verification_is_refused(client, keeper, service, changes, field):
    answer = client.post(confirm_address(service), answer_of(**changes))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert str(answer.context["form"].errors[field][0]) in BeautifulSoup(
        answer.content, "lxml"
    ).get_text(" ", strip=True)
    page = BeautifulSoup(answer.content, "lxml")
    if changes.get("verified_on"):
        assert page.select_one("[name=verified_on]")["value"] == changes["verified_on"]
    assert not Verification.objects.filter(service=service).exists()


@pytest.mark.parametrize("name", ["redaktore", "tulkotaja"])
def test_others_confirm_nothing(client, sign_in, service, name):
    sign_in(name)
    assert client.get(confirm_address(service)).status_code == 302
    assert client.post(confirm_address(service), answer_of()).status_code == 302
    assert not Verification.objects.filter(service=service).exists()


def test_an_unknown_service_is_not_found(client, keeper):
    assert client.get("/admin/directory/services/999999/confirm/").status_code == 404


def test_a_keeper_neither_changes_nor_deletes_a_verification(keeper):
    assert not keeper.has_perm("directory.change_verification")
    assert not keeper.has_perm("directory.delete_verification")


def test_what_waits_longest_is_first(client, keeper):
    first, second, third, *_rest = Service.objects.public()
    Verification.objects.all().delete()
    for service in Service.objects.all():
        Verification.objects.create(
            service=service,
            verified_on=TODAY(),
            method="phoned",
            confirmed=["hours"],
        )
    days = {first: 1, second: 40, third: None}
    for service, late in days.items():
        service.verifications.all().delete()
        if late:
            Verification.objects.create(
                service=service,
                verified_on=TODAY() - datetime.timedelta(days=400),
                method="read",
                confirmed=["hours"],
                next_due=TODAY() - datetime.timedelta(days=late),
            )
    page = BeautifulSoup(client.get("/admin/snippets/directory/service/?due=now").content, "lxml")
    links = [link["href"] for link in page.select("table.listing tbody .title-wrapper a")]
    assert links == [edit_address(service) for service in (third, second, first)]


# What readers report


@pytest.fixture
def report(service):
    return Report.objects.create(service=service, answer="wrong", text="Rings elsewhere")


def test_a_keeper_looks_into_a_report(client, keeper, service, report):
    form = BeautifulSoup(client.get(edit_address(service)).content, "lxml")
    link = form.select_one("a[data-reports]")
    assert link["data-reports"] == "1"
    assert "Rings elsewhere" in client.get(link["href"]).content.decode()
    address = edit_address(report)
    assert client.post(address, {"settled": "on", "text": "mine", "answer": "right"}).status_code
    report.refresh_from_db()
    assert (report.settled, report.text, report.answer) == (True, "Rings elsewhere", "wrong")
    form = BeautifulSoup(client.get(edit_address(service)).content, "lxml")
    assert form.select_one("a[data-reports]")["data-reports"] == "0"


def test_nobody_writes_a_report_in_the_admin(client, sign_in):
    for name in ("uzturetaja", "admin"):
        sign_in(name)
        answer = client.get(f"{REPORTS}add/")
        assert (answer.status_code, answer["Location"]) == (302, "/admin/"), name


def test_a_keeper_deletes_no_report(client, keeper, report):
    client.post(f"{REPORTS}delete/{report.pk}/")
    assert Report.objects.filter(pk=report.pk).exists()
