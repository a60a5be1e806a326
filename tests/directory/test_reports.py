"""A reader says whether a number was right: two taps, no trace, nothing on the site changes."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from directory import number_report
from directory.models import Report, Service

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PERSONAL = [
    "my number is 26123456",
    "26 123 456",
    "+371 26-123-456",
    "+370 612 34567",
    "0037126123456",
    "zvaniet ２６１２３４５６",
    "261\u200b23456",
    "120185-12345",
    "12018512345",
    "120185 12345",
    "kods 32012345678.",
    "010190 - 12345",
    "010190/12345",
    "0 1 0 1 9 0 - 1 2 3 4 5",
    "32 1234 12345",
    "26_123_456",
    "26*12*34*56",
    "26.12.20.30",
    "2612 2034",
    "Since 2024, 26 12 34 56",
    "anna@example.org",
    "write to anna.b+c@mail.example.lv please",
]
HARMLESS = [
    "",
    "Nobody answered on Monday at 9:00.",
    "Called 3 times, 10 minutes each",
    "The hours are 9.00–17.00",
    "Since 2024 they are closed",
    "12.03.2026 at 14.30",
    "22.03.2026 14.30–17.00",
    "2026-03-22, 3 times",
    "Closed in 2024-2025",
    "20.00–22.00, 3 times",
    "On 22.03. 20:15 nobody answered",
    "116006 does not answer",
    "Линия занята",
    "Numurs vairs neeksistē \N{TELEPHONE RECEIVER}",
]


@pytest.fixture
def service():
    return Service.objects.get(phones__number="116006")


@pytest.fixture
def send(client, service):
    """Sends the form: `send(answer="right")` is the answer."""

    def post(language="en", headers=None, **form):
        return client.post(f"/{language}/pakalpojumi/{service.code}/numurs/", form, headers=headers)

    return post


def parsed(answer) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def test_the_form_stands_on_the_page_and_asks_for_two_taps(read, service):
    page = read(f"/en/pakalpojumi/{service.code}/")
    form = page.select_one("details form.report")
    assert form["method"] == "post"
    assert form["action"] == f"/en/pakalpojumi/{service.code}/numurs/"
    names = {field["name"] for field in form.select("input, textarea")}
    assert names == {"answer", "text"}
    values = [field["value"] for field in form.select("input[type=radio]")]
    assert values == Report.Answer.values
    assert len(form.select("button")) == 1
    assert not form.select("textarea[required]")


@pytest.mark.parametrize("answer", Report.Answer.values)
def test_an_answer_is_kept_with_its_day_and_nothing_else(send, service, answer):
    page = parsed(send(answer=answer))
    assert page.h1.get_text() == "Thank you"
    report = Report.objects.get()
    assert (report.service, report.answer, report.text) == (service, answer, "")
    assert report.reported_on == timezone.localdate()
    assert not report.settled
    assert {field.name for field in Report._meta.get_fields()} == {
        "id", "service", "answer", "text", "reported_on", "settled",
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_wears_the_frame_and_keeps_to_itself(send, service, language):
    answer = send(language, answer="wrong")
    page = parsed(answer)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert page.html["lang"] == settings.LANGUAGE_TAGS.get(language, language)
    assert page.select_one("a.exit")
    assert page.select_one(".numbers a[href='tel:112']")
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    links = [link["href"] for link in page.select("nav.languages a")]
    assert f"/{language}/pakalpojumi/{service.code}/" not in links
    assert len(links) == len(LANGUAGES) - 1
    assert page.main.select(f"a[href='/{language}/pakalpojumi/{service.code}/']")
    assert service.texts.first().name not in page.title.get_text()


@pytest.mark.parametrize("text", HARMLESS)
def test_words_may_be_added(send, text):
    assert parsed(send(answer="other", text=text)).h1.get_text() == "Thank you"
    assert Report.objects.get().text == text


@pytest.mark.parametrize("text", PERSONAL)
def test_what_is_personal_is_refused_at_its_field_and_nothing_is_lost(send, service, text):
    page = parsed(send(answer="nobody", text=text))
    form = page.select_one("form.report")
    assert form["action"] == f"/en/pakalpojumi/{service.code}/numurs/"
    assert not Report.objects.exists()
    field = page.select_one("textarea")
    assert field.get_text().strip("\n") == text
    assert field["aria-invalid"] == "true"
    mistake = page.select_one("#report-text-mistake")
    assert "phone number" in mistake.get_text()
    assert mistake["id"] in field["aria-describedby"].split()
    assert page.select_one("input[checked]")["value"] == "nobody"


def test_a_text_that_is_too_long_is_refused_and_kept_in_its_field(send):
    long = "vārds " * 60
    page = parsed(send(answer="right", text=long))
    assert page.select_one("textarea").get_text().strip() == long.strip()
    assert "300" in page.select_one("#report-text-mistake").get_text()
    assert not Report.objects.exists()


def test_three_hundred_letters_fit_whatever_ends_the_lines(send):
    send(answer="right", text="a\r\n" * 150)
    assert len(Report.objects.get().text) == 299


@pytest.mark.parametrize("answer", ["", "RIGHT", "maybe", "right\x00", None])
def test_without_an_answer_the_form_comes_back_with_the_words(send, answer):
    form = {"text": "Slēgts"} | ({"answer": answer} if answer is not None else {})
    page = parsed(send(**form))
    assert page.select_one("#report-answer-mistake")
    assert page.select_one("textarea").get_text().strip() == "Slēgts"
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "🦊" * 300, "<script>alert(1)</script>", "{{7}}"]
)
def test_odd_words_break_nothing(send, text):
    page = parsed(send(answer="right", text=text))
    assert not page.main.select("script")


@pytest.mark.parametrize("text", ["\x00", "a\x00b\x1b\x7f\x85"])
def test_no_control_sign_comes_back_in_the_page(send, text):
    content = send(answer="", text=text).content.decode()
    assert 'name="text"' in content
    assert not [sign for sign in content if sign in "\x00\x1b\x7f\x85"]


def test_words_are_shown_as_letters(send):
    content = send(answer="", text="<b>x</b></textarea>").content.decode()
    assert "&lt;b&gt;x" in content
    assert "<b>x</b>" not in content


def test_sent_again_it_is_the_same_report(send):
    for _time in range(3):
        send(answer="wrong", text="Slēgts")
    assert Report.objects.count() == 1
    send(answer="wrong", text="Cits")
    assert Report.objects.count() == 2


def test_two_at_once_are_one_report_and_both_are_thanked(send, service, monkeypatch):
    """The other one arrives after this one has looked whether anything is there."""
    looked = number_report.is_full

    def another_meanwhile(item):
        full = looked(item)
        Report.objects.create(service=service, answer="wrong", text="Slēgts")
        return full

    monkeypatch.setattr(number_report, "is_full", another_meanwhile)
    assert parsed(send(answer="wrong", text="Slēgts")).h1.get_text() == "Thank you"
    assert Report.objects.count() == 1


def test_a_second_row_of_the_same_words_cannot_stand(send, service):
    send(answer="wrong", text="Slēgts")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(service=service, answer="wrong", text="Slēgts")
    assert parsed(send(answer="wrong", text="Slēgts")).h1.get_text() == "Thank you"


# Limits


def fill(service, count: int, day=None):
    rows = [Report(service=service, answer="wrong", text=str(number)) for number in range(count)]
    Report.objects.bulk_create(rows)
    if day:
        Report.objects.filter(pk__in=[row.pk for row in rows]).update(reported_on=day)


def test_over_the_limit_of_a_service_the_reader_is_thanked_and_nothing_is_kept(send, service):
    fill(service, number_report.MOST_OF_A_SERVICE_A_DAY - 1)
    assert "We will check it." in parsed(send(answer="right")).main.get_text()
    page = parsed(send(answer="right", text="over"))
    assert page.h1.get_text() == "Thank you"
    assert "tell the city by phone" in page.main.get_text()
    assert not Report.objects.filter(text="over").exists()


def test_the_limit_of_one_service_leaves_the_others_open(client, service):
    fill(service, number_report.MOST_OF_A_SERVICE_A_DAY)
    other = Service.objects.public().exclude(pk=service.pk).first()
    client.post(f"/en/pakalpojumi/{other.code}/numurs/", {"answer": "right"})
    assert other.reports.count() == 1


def test_over_the_limit_of_a_day_nothing_is_kept_of_any_service(client, service):
    fill(service, number_report.MOST_A_DAY)
    other = Service.objects.public().exclude(pk=service.pk).first()
    answer = client.post(f"/en/pakalpojumi/{other.code}/numurs/", {"answer": "right"})
    assert "tell the city by phone" in parsed(answer).main.get_text()
    assert not other.reports.exists()


def test_the_limits_are_those_of_one_day(send, service):
    fill(service, number_report.MOST_A_DAY, day="2020-01-01")
    send(answer="right")
    assert Report.objects.filter(reported_on=localdate()).count() == 1


# Other sites


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://testserver"},
        {"sec-fetch-site": "same-origin", "origin": "http://testserver"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_form_of_this_site_is_taken(send, headers):
    assert send(headers=headers, answer="right").status_code == 200
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "http://testserver:81"},
        {"origin": "http://[::1"},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
        {"sec-fetch-site": "x"},
    ],
)
def test_a_form_of_another_site_is_refused_inside_the_frame(send, headers):
    answer = send(headers=headers, answer="right")
    assert answer.status_code == 403
    assert b'class="exit"' in answer.content
    assert b'href="tel:112"' in answer.content
    assert not Report.objects.exists()


def test_no_cookie_or_token_is_needed(service):
    client = Client(enforce_csrf_checks=True)
    address = f"/lv/pakalpojumi/{service.code}/numurs/"
    assert client.post(address, {"answer": "right"}).status_code == 200
    assert not client.cookies


def test_opened_by_itself_the_address_leads_to_the_service(client, service):
    for method in (client.get, client.head):
        answer = method(f"/ru/pakalpojumi/{service.code}/numurs/")
        assert answer.status_code == 302
        assert answer["Location"] == f"/ru/pakalpojumi/{service.code}/"


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused_inside_the_frame(client, service, method):
    answer = getattr(client, method)(f"/ru/pakalpojumi/{service.code}/numurs/")
    assert answer.status_code == 405
    assert b'class="exit"' in answer.content


# Nothing public changes


def public_bytes(client, service) -> dict[str, bytes]:
    paths = [
        "",
        "pakalpojumi/",
        f"pakalpojumi/{service.code}/",
        f"pakalpojumi/{service.code}/lapa/",
    ]
    addresses = [f"/{code}/{path}" for code in LANGUAGES for path in paths]
    found = {address: client.get(address).content for address in [*addresses, "/sitemap.xml"]}
    for code in LANGUAGES:
        search = f"/{code}/pakalpojumi/mekle/"
        found[search] = client.post(search, {"text": "116006"}).content
    return found


def test_a_report_changes_no_byte_of_any_public_page(client, send, service, clock):
    clock("2026-03-02 12:00")
    before = public_bytes(client, service)
    for answer in Report.Answer.values:
        send(answer=answer, text=f"Zq {answer}")
    assert Report.objects.count() == 4
    assert public_bytes(client, service) == before
    service.refresh_from_db()
    assert service.confirmed_on is None


def test_a_change_of_the_number_is_seen_by_the_same_comparison(client, service, clock):
    clock("2026-03-02 12:00")
    before = public_bytes(client, service)
    phone = service.phones.get()
    phone.number = "116000"
    phone.save()
    after = public_bytes(client, service)
    assert {address for address in before if before[address] == after[address]} <= {"/sitemap.xml"}


def test_a_report_asks_a_constant_number_of_questions(client, send, service):
    send(answer="right", text="warm")

    def questions(text):
        with CaptureQueriesContext(connection) as asked:
            send(answer="right", text=text)
        return len([query for query in asked if "SAVEPOINT" not in query["sql"]])

    few = questions("a")
    fill(service, 10)
    assert questions("b") == few <= 10


def test_the_proxy_slows_down_who_sends_many():
    nginx = (settings.ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    assert "limit_req zone=reports" in nginx
    assert "/numurs/" in nginx
