"""The help tab of other sites: who may show it, what it says, that nothing in it leads away."""

import base64
import gzip
import hashlib
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as configured
from django.core.checks import run_checks
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.help_tab import files
from directory.listing import CARDS_ON_A_PAGE
from directory.models import Service, ServiceText
from pages.neutral import revealing
from tests.directory.test_search import ODD
from tests.frame.test_fuzz import BODIES, TYPES
from tests.frame.test_headers import directives, inline_hashes

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in configured.LANGUAGES]
HOSTS = ["https://clinic.example", "https://shop.example:8443"]
BAD = {
    "http://clinic.example": "does not begin with https://",
    "clinic.example": "does not begin with https://",
    "*": "does not begin with https://",
    "'self'": "does not begin with https://",
    "http://localhost.example": "does not begin with https://",
    "https://*.example": "holds a wildcard",
    "https://a.example,https://b.example": "holds no plain host name",
    "https://a.example;script-src": "holds no plain host name",
    "https://klīnika.example": "xn--",
    "https://": "holds no plain host name",
    "https://clinic.example/": "without a slash",
    "https://clinic.example/page": "without a slash",
    "https://clinic.example?x": "without a slash",
    "https://Clinic.example": "small letters",
    "https://user@clinic.example": "without a slash",
    "https://clinic.example:99999": "is no address",
    "https://[::1": "is no address",
}


@pytest.fixture
def hosts(settings):
    """Two sites that may show the frame."""
    settings.HELP_TAB_HOSTS = HOSTS


@pytest.fixture
def ask(client):
    """Asks in the frame: `ask("lv", text="…")` or `ask("lv", service="…")`, parsed."""

    def answer(language: str, **words) -> BeautifulSoup:
        response = client.post(f"/{language}/blakus/", words)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml")

    return answer


def offered(page) -> list[str]:
    return [button["data-service"] for button in page.select("[data-service]")]


# Who may show it


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_the_sites_of_the_setting_may_show_the_frame(client, hosts, method):
    answer = getattr(client, method)("/lv/blakus/")
    assert directives(answer)["frame-ancestors"] == HOSTS
    assert "X-Frame-Options" not in answer


def test_without_the_setting_nobody_may_show_it(client):
    answer = client.get("/lv/blakus/")
    assert directives(answer)["frame-ancestors"] == ["'none'"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("address", "status"),
    [("/lv/", 200), ("/lv/pakalpojumi/mekle/", 200), ("/lv/blakus/nav/", 404), ("/lv/tab.js", 200)],
)
def test_no_other_page_may_be_shown_by_them(client, hosts, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert directives(answer)["frame-ancestors"] == ["'none'"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("value", BAD)
def test_a_bad_value_is_refused_at_start_and_never_sent(client, settings, value):
    settings.HELP_TAB_HOSTS = [HOSTS[0], value]
    found = [problem for problem in run_checks() if problem.id == "house.E020"]
    assert len(found) == 1
    assert repr(value) in found[0].msg
    assert BAD[value] in found[0].msg
    assert directives(client.get("/lv/blakus/"))["frame-ancestors"] == [HOSTS[0]]


def test_bad_values_alone_let_nobody_in(client, settings):
    settings.HELP_TAB_HOSTS = list(BAD)
    answer = client.get("/lv/blakus/")
    assert directives(answer)["frame-ancestors"] == ["'none'"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("value", [*HOSTS, "http://localhost:8001", "http://a.localhost"])
def test_a_good_value_is_taken(settings, value):
    settings.HELP_TAB_HOSTS = [value]
    assert not [problem for problem in run_checks() if problem.id == "house.E020"]


# What the frame is told, and keeps


def test_the_frame_runs_its_own_words_alone_and_can_send_no_form(client, hosts):
    answer = client.get("/lv/blakus/")
    policy = directives(answer)
    style = BeautifulSoup(answer.content, "lxml").style.string
    assert policy.pop("script-src") == inline_hashes(answer)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.pop("style-src") == [f"'sha256-{digest}'"]
    assert policy == {
        "default-src": ["'none'"],
        "connect-src": ["'self'"],
        "form-action": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": HOSTS,
    }
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize("words", [{}, {"text": "vīrs sit"}, {"service": "x"}])
def test_no_copy_and_no_cookie_is_left(client, hosts, words):
    answer = client.post("/lv/blakus/", words)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_the_document_asks_for_no_file_that_a_cache_would_keep(client):
    page = BeautifulSoup(client.get("/lv/blakus/").content, "lxml")
    assert not page.select("link, [src], [style]")


def test_opened_by_itself_it_leads_to_the_page_with_the_exit(client):
    answer = client.get("/ru/blakus/", HTTP_SEC_FETCH_DEST="document")
    assert answer.status_code == 302
    assert answer["Location"] == "/ru/pakalpojumi/"
    assert "Sec-Fetch-Dest" in client.get("/ru/blakus/")["Vary"]
    assert client.get("/ru/blakus/", HTTP_SEC_FETCH_DEST="iframe").status_code == 200


@pytest.mark.parametrize("address", ["/lv/blakus/", "/lv/tab.js"])
def test_another_method_is_refused_with_a_framed_page(client, address):
    answer = client.put(address)
    assert answer.status_code == 405
    assert BeautifulSoup(answer.content, "lxml").select_one("a.exit")


def test_a_refused_forgery_token_is_not_asked_for():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/lv/blakus/", {"text": "112"}).status_code == 200
    assert client.post("/lv/tab.js").status_code == 405


# What it says


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_urgent_numbers_are_there_in_every_language(read, code):
    page = read(f"/{code}/blakus/")
    assert page.html["lang"] == configured.LANGUAGE_TAGS.get(code, code)
    numbers = [link["href"] for link in page.select(".numbers a")]
    assert "tel:112" in numbers
    assert "tel:116006" in numbers
    assert page.select_one("h1[tabindex]")
    assert not revealing(page.title.string)
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    buttons = [button["data-language"] for button in page.select("[data-language]")]
    assert sorted([*buttons, code]) == sorted(LANGUAGES)
    assert len(page.select("footer p")) == 2


def every_view(ask, code):
    """The frame as it opens, with what is found, with nothing found, with one service."""
    found = ask(code, text="vīrs sit")
    return [
        ask(code),
        found,
        ask(code, text="qqqq"),
        *[ask(code, service=one) for one in [*offered(found)[:3], "nav"]],
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_in_it_leads_to_a_second_document(ask, code):
    for page in every_view(ask, code):
        schemes = {link["href"].partition(":")[0] for link in page.select("[href]")}
        assert schemes <= {"tel", "sms"}
        assert not page.select("form[action], form[method], [formaction], [target], iframe")
        assert all(button.get("type") for button in page.select("button"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_number_says_that_the_call_stays_in_the_list_of_calls(ask, code):
    for page in every_view(ask, code):
        links = page.select("a[href]")
        assert links
        assert {link["aria-describedby"] for link in links} == {"call-note"}
        assert page.select_one("#call-note").get_text(strip=True)


def test_what_needs_the_script_is_hidden_without_it(read):
    page = read("/lv/blakus/")
    assert {"script"} <= set(page.form["class"]) & set(page.nav["class"])
    assert ":root:not(.scripted) .script { display: none; }" in page.style.string


@pytest.mark.parametrize(
    ("code", "text"),
    [("lv", "vīrs mani sit"), ("ru", "муж бьет меня"), ("en", "my husband hits me"),
     ("uk", "чоловік б'є мене"), ("lt", "vyras mane muša"), ("lv-simple", "virs sit")],
)  # fmt: skip
def test_words_bring_the_services_of_the_search(client, ask, code, text):
    page = ask(code, text=text)
    search = client.post(f"/{code}/pakalpojumi/mekle/", {"text": text})
    links = BeautifulSoup(search.content, "lxml").select("li.card h3 a")
    assert offered(page)
    assert offered(page) == [link["href"].strip("/").split("/")[-1] for link in links]
    assert page.select_one("h2[tabindex]")
    assert page.select(".list a[href^='tel:']")


def test_words_that_nothing_has_bring_what_always_helps(ask):
    page = ask("en", text="qqqqqq")
    assert page.h2.get_text() == "No service has these words"
    assert offered(page)


def test_what_nothing_has_is_asked_for_by_need_and_each_need_finds(ask):
    needs = [button["data-text"] for button in ask("en", text="qqqqqq").select("[data-text]")]
    assert len(needs) == 6
    for need in needs:
        assert not ask("en", text=need).select("[data-text]")


def test_a_guess_asks_what_was_meant(ask):
    page = ask("en", text="orphanns curt")
    assert "Did you mean" in page.select_one(".note").get_text()
    assert offered(page)
    near = [one["data-text"] for one in ask("en", text="leggal helpp").select("[data-text]")]
    assert near
    assert all(offered(ask("en", text=one)) for one in near)


def test_a_long_text_is_answered_with_its_beginning_and_the_tab_says_so(ask):
    text = " ".join(f"sit{number}" for number in range(90))
    line = ask("en", text=text).select_one("[data-letters]")
    used = text[: int(line["data-letters"])]
    assert used.split() == text.split()[:24]
    assert "(24)" in line.get_text()
    assert not ask("en", text=used).select("[data-letters]")


def test_words_in_another_language_are_named(ask):
    ServiceText.objects.exclude(locale__language_code="lv").delete()
    for item in ask("en", text="vīrs mani sit").select(".list > li"):
        assert "This text is in Latvian." in item.get_text()


def test_the_words_are_not_in_the_answer(client):
    answer = client.post("/lv/blakus/", {"text": "zqmarker sit vīrs"})
    assert b"zqmarker" not in answer.content


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_service_shows_all_its_numbers_and_the_way_back(ask, code):
    service = Service.objects.get(phones__number="116006")
    page = ask(code, service=service.code)
    numbers = [link["href"].split(":")[1] for link in page.select(".plate")]
    assert numbers == [phone.number for phone in service.phones.all()]
    assert page.select_one("h2[tabindex]").get_text(strip=True)
    assert page.select_one("[data-back]")
    assert page.select_one(".state")


@pytest.mark.parametrize("odd", ["nav", "x" * 5000, "\x00", "k7m2p9", "../lv", "🦊", "٣٣٣٣٣٣", " "])
def test_a_service_that_is_none_is_said_to_be_none(ask, odd):
    page = ask("en", service=odd)
    assert page.h2.get_text() == "This service is not listed here"
    assert page.select(".numbers a")


def test_a_draft_a_withdrawn_service_and_none_are_the_same_answer(client):
    answers = {client.post("/en/blakus/", {"service": "k7m2p9"}).content}
    for change in ({"live": False}, {"status": "withdrawn"}, {"valid_until": "2020-01-01"}):
        service = Service.objects.public().first()
        Service.objects.filter(pk=service.pk).update(**change)
        answers.add(client.post("/en/blakus/", {"service": service.code}).content)
    assert len(answers) == 1


@pytest.mark.parametrize("text", ODD)
def test_odd_words_are_answered(ask, text):
    assert ask("lv", text=text).select(".numbers a")


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("address", ["/lv/blakus/", "/lv/tab.js"])
def test_hostile_bodies_break_nothing(address, kind):
    client = Client(raise_request_exception=False)
    for body in BODIES:
        answer = client.generic("POST", address, body, content_type=kind)
        assert answer.status_code < 500
        assert b'href="tel:112"' in answer.content


def test_an_opening_costs_the_same_for_one_service_and_for_fifty(client, new_service):
    def cost(**words) -> int:
        with CaptureQueriesContext(connection) as asked:
            client.post("/lv/blakus/", words)
        return len(asked)

    first = {"text": "suns kaķis", "service": Service.objects.public().first().code}
    before = [cost(), *[cost(**{name: value}) for name, value in first.items()]]
    for _one in range(CARDS_ON_A_PAGE * 2):
        new_service()
    after = [cost(), *[cost(**{name: value}) for name, value in first.items()]]
    assert max(before) <= 30
    assert before[0] <= 8
    assert [late <= early for early, late in zip(before, after, strict=True)] == [True] * 3


# The script of other sites


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_script_is_small_and_in_the_language_of_its_address(client, code):
    answer = client.get(f"/{code}/tab.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert len(gzip.compress(answer.content)) < 2000
    assert len(gzip.compress(files.source("frame.js").encode())) < 1500
    words = json.loads(re.search(r"\}\)\((\{.*\})\);\s*$", answer.content.decode(), re.DOTALL)[1])
    assert set(words["labels"]) == {"support", "information", "numbers"}
    assert all(word and not revealing(word) for word in [*words["labels"].values(), words["close"]])


def test_the_words_of_the_script_are_those_of_the_language(client):
    assert "Atbalsts" in client.get("/lv/tab.js").content.decode()
    assert "Поддержка" in client.get("/ru/tab.js").content.decode()


def test_the_script_may_be_loaded_by_any_site_and_is_kept_for_a_day(client):
    answer = client.get("/lv/tab.js")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert not answer.cookies


def test_the_script_holds_nothing_that_a_strict_policy_refuses():
    text = files.source("tab.js")
    for word in ("innerHTML", ".style", "<style", "eval", "Function(", "fetch"):
        assert word not in text, word


@pytest.mark.parametrize("name", ["tab.js", "frame.js"])
def test_the_scripts_store_nothing_and_go_nowhere(name):
    """In a frame of another site browsers may refuse storage, so that none can be looked at."""
    text = files.source(name)
    for word in (
        "Storage",
        "cookie",
        "indexedDB",
        "caches",
        'open("',
        "history.go",
        "history.push",
        "href =",
    ):
        assert word not in text, word
    assert not re.search(r"location(\.href)? = |location\.(assign|replace|reload)", text)
