"""What each answer tells the browser: no foreign code, no copies, no cookies, no sensors."""

import base64
import hashlib
import os
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.templatetags.static import static
from django.test import Client

from directory.models import Service
from pages.models import SiteImage

pytestmark = pytest.mark.django_db

PUBLIC = [
    ("/lv/", 200),
    ("/ru/pakalpojumi/", 200),
    ("/uk/sev/", 200),
    ("/lv-simple/parluks/", 200),
    ("/lt/nav-tadas/", 404),
    ("/en/pakalpojumi/xxxxxx/", 404),
    ("/", 302),
    ("/robots.txt", 200),
    ("/sitemap.xml", 200),
    ("/health/", 200),
]
PRODUCTION = {
    "SECRET_KEY": "a-key-for-this-test-only-" + "0123456789abcdefghij" * 2,
    "ALLOWED_HOSTS": "example.org",
    "SITE_URL": "https://example.org",
    "DATABASE_URL": "sqlite:////nowhere/none.sqlite3",
}


def directives(answer) -> dict[str, list[str]]:
    policy = answer["Content-Security-Policy"]
    return {part.split()[0]: sorted(part.split()[1:]) for part in policy.split(";") if part.strip()}


def inline_hashes(answer) -> list[str]:
    page = BeautifulSoup(answer.content, "lxml")
    return [
        "'sha256-"
        + base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()
        + "'"
        for script in page.select("script:not([src])")
    ]


def start_production(code: str, **changes) -> subprocess.CompletedProcess:
    """Runs code under the production settings; a variable that is None is left out."""
    variables = {name: value for name, value in os.environ.items() if name not in PRODUCTION}
    variables |= {name: value for name, value in (PRODUCTION | changes).items() if value}
    variables["DJANGO_SETTINGS_MODULE"] = "config.settings.production"
    return subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("address", "status"), PUBLIC)
def test_public_answers_close_what_a_browser_would_open(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    policy = directives(answer)
    assert policy["default-src"] == ["'none'"]
    assert policy["style-src"] == policy["connect-src"] == policy["form-action"] == ["'self'"]
    assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert policy["img-src"] == ["'self'", "data:"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "http" not in answer["Content-Security-Policy"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("address", "status"), PUBLIC)
def test_public_answers_ask_for_no_sensor(client, address, status):
    features = client.get(address)["Permissions-Policy"].split(", ")
    assert all(feature.endswith("=()") for feature in features)
    assert {"camera=()", "microphone=()", "geolocation=()", "browsing-topics=()"} <= set(features)


@pytest.mark.parametrize("address", ["/lv/", "/uk/sev/", "/ru/nav-tadas/", "/en/pakalpojumi/"])
def test_the_policy_allows_exactly_the_script_that_stands_in_the_page(client, address):
    answer = client.get(address)
    hashes = inline_hashes(answer)
    assert len(hashes) == 1
    assert directives(answer)["script-src"] == sorted(["'self'", *hashes])


def test_the_data_for_search_engines_is_no_script_that_the_policy_would_have_to_allow(client):
    """A browser never runs a data block (HTML, "prepare the script element"), whatever it holds."""
    code = Service.objects.public().values_list("code", flat=True)[0]
    answer = client.get(f"/lv/pakalpojumi/{code}/")
    page = BeautifulSoup(answer.content, "lxml")
    kinds = [script.get("type") for script in page.select("script:not([src])")]
    assert kinds == [None, "application/ld+json"]
    assert directives(answer)["script-src"] == sorted(["'self'", inline_hashes(answer)[0]])


def test_the_stored_error_page_holds_the_allowed_script(monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("pages.views.find", fail)
    answer = Client(raise_request_exception=False).get("/lv/sev/")
    assert answer.status_code == 500
    assert inline_hashes(answer)[0] in directives(answer)["script-src"]


def test_a_public_page_has_no_inline_style_and_no_handler(client):
    codes = Service.objects.public().values_list("code", flat=True)
    addresses = ["/lv/", "/lv/sev/", "/lv/pakalpojumi/", f"/lv/pakalpojumi/{codes[0]}/"]
    for address in [*addresses, "/lv/nav-tadas/"]:
        page = BeautifulSoup(client.get(address).content, "lxml")
        assert not page.select("style, [style]")
        assert not [
            (tag.name, name) for tag in page.select("*") for name in tag.attrs if name[:2] == "on"
        ]


def test_a_public_page_loads_nothing_from_another_host(client):
    for address, status in PUBLIC[:6]:
        page = BeautifulSoup(client.get(address).content, "lxml")
        loaded = [tag["src"] for tag in page.select("[src]")]
        loaded += [
            tag["href"]
            for tag in page.select("link[href]")
            if not {"canonical", "alternate"} & set(tag["rel"])
        ]
        assert loaded, status
        assert all(address.startswith("/") and address[1] != "/" for address in loaded)


def every_kind(client) -> dict:
    """An answer of each kind, over https: pages, mistakes, files of ours and of editors, forms."""
    service = Service.objects.public().filter(phones__isnull=False).first()
    own, form = f"/lv/pakalpojumi/{service.code}/", {"answer": "right"}

    def get(address, **extra):
        return client.get(address, secure=True, **extra)

    answers = {
        "page": get("/lv/"),
        "service": get(own),
        "sheet": get(f"{own}lapa/"),
        "language without pages": get("/xx/"),
        "not found": get("/lv/nav/"),
        "wrong host": get("/lv/", headers={"host": "stranger.example"}),
        "wrong method": client.post("/lv/pasakumi/pasakumi.ics", secure=True),
        "forged": client.post(
            f"{own}numurs/", form, secure=True, headers={"origin": "https://stranger.example"}
        ),
        "style": get(static("frame/site.css")),
        "no such style": get("/static/none.css"),
        "picture": get(SiteImage.objects.first().file.url),
        "no such picture": get("/media/none.png"),
        "calendar": get("/lv/pasakumi/pasakumi.ics"),
        "table": get("/lv/dati.csv"),
        "feed": get("/lv/zinas.atom"),
        "search": client.post("/lv/pakalpojumi/mekle/", {"text": "a"}, secure=True),
        "report": client.post(f"{own}numurs/", form, secure=True),
        "clearing": client.post("/blank/", secure=True),
        "admin": get("/admin/login/"),
    }
    for answer in answers.values():
        if answer.streaming:
            # Read to its end, a file closes itself.
            b"".join(answer.streaming_content)
    Service.objects.filter(pk=service.pk).update(status="withdrawn")
    return answers | {"gone": get(own)}


STATUSES = {
    "language without pages": 404, "not found": 404, "wrong host": 400, "wrong method": 405,
    "forged": 403, "no such style": 404, "no such picture": 404, "clearing": 204, "gone": 410,
}  # fmt: skip


def test_every_kind_of_answer_wears_the_headers(settings):
    settings.SECURE_HSTS_SECONDS = 1000
    answers = every_kind(Client())
    statuses = {kind: answer.status_code for kind, answer in answers.items()}
    assert statuses == dict.fromkeys(answers, 200) | STATUSES
    for kind, answer in answers.items():
        # Not no-referrer: forms would be sent with `Origin: null`, which is refused.
        assert answer["Referrer-Policy"] == "same-origin", kind
        assert answer["X-Content-Type-Options"] == "nosniff", kind
        assert "frame-ancestors" in answer["Content-Security-Policy"], kind
        assert "camera=()" in answer["Permissions-Policy"], kind
        if kind != "wrong host":  # refused before anything is known of it
            assert answer["Cross-Origin-Opener-Policy"] == "same-origin", kind
            assert answer["Strict-Transport-Security"] == "max-age=1000", kind
        if kind not in {"style", "picture"}:
            assert "no-store" in answer.get("Cache-Control", "no-store"), kind
        if answer["Content-Type"].startswith("text/html"):
            assert "no-store" in answer["Cache-Control"], kind


def test_what_nginx_answers_itself_tells_other_sites_nothing():
    """A link inside a PDF would name our address to the site it leads to."""
    blocks = (settings.ROOT / "deploy/nginx.conf").read_text().split("location ")[1:]
    own = [block for block in blocks if "add_header" in block]
    assert {block.split()[0] for block in own} >= {"/static/", "/media/", "@without_files"}
    for block in own:
        assert 'add_header Referrer-Policy "same-origin"' in block
        assert 'add_header X-Content-Type-Options "nosniff"' in block


@pytest.mark.parametrize("origin", [None, "https://testserver", "null"])
def test_forms_of_readers_are_taken_over_https_without_a_token(origin):
    client = Client(enforce_csrf_checks=True)
    sent = {"secure": True, "headers": {"origin": origin} if origin else {}}
    service = Service.objects.public().filter(phones__isnull=False).first()
    report = f"/lv/pakalpojumi/{service.code}/numurs/"
    assert client.post("/lv/pakalpojumi/mekle/", {"text": "a"}, **sent).status_code == 200
    assert client.post("/blank/", **sent).status_code == 204
    if origin != "null":
        assert client.post(report, {"answer": "right"}, **sent).status_code == 200


@pytest.mark.parametrize(("origin", "status"), [("https://testserver", 302), ("null", 403)])
def test_the_sign_in_needs_the_origin_that_our_policy_sends(origin, status):
    client = Client(enforce_csrf_checks=True)
    page = BeautifulSoup(client.get("/admin/login/", secure=True).content, "lxml")
    form = {
        "username": "redaktore",
        "password": "drosa-parole-demo",
        "csrfmiddlewaretoken": page.select_one("[name=csrfmiddlewaretoken]")["value"],
    }
    answer = client.post("/admin/login/", form, secure=True, headers={"origin": origin})
    assert answer.status_code == status


@pytest.mark.parametrize("address", ["/lv/", "/lv/sev/", "/ru/nav-tadas/", "/admin/login/"])
def test_no_page_is_kept_by_a_browser(client, address):
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize(("address", "status"), PUBLIC)
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_public_answers_set_no_cookie(client, address, status, method):
    answer = getattr(client, method)(address)
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.get("Vary", "")


def test_an_answer_to_a_wrong_host_sets_no_cookie(client):
    answer = client.get("/lv/", headers={"host": "stranger.example"})
    assert answer.status_code == 400
    assert not answer.cookies


def test_a_signed_in_editor_gets_no_cookie_from_public_pages(client, sign_in):
    sign_in("redaktore")
    assert not client.get("/lv/").cookies


def test_the_cookies_of_the_admin_stay_in_the_admin(client):
    client.get("/admin/login/")
    answer = client.post(
        "/admin/login/", {"username": "redaktore", "password": "drosa-parole-demo"}
    )
    assert answer.status_code == 302
    assert {cookie["path"] for cookie in answer.cookies.values()} == {"/admin/"}
    assert {cookie["samesite"] for cookie in answer.cookies.values()} == {"Strict"}
    assert "sessionid" in answer.cookies
    assert answer.cookies["sessionid"]["httponly"]


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/", "/admin/pages/"])
def test_the_admin_has_a_policy_of_its_own(client, sign_in, address):
    sign_in("admin")
    policy = directives(client.get(address))
    assert policy["default-src"] == ["'self'"]
    assert policy["script-src"] == ["'self'", "'unsafe-inline'"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]


def test_a_page_that_only_begins_like_the_admin_has_the_strict_policy(client):
    assert directives(client.get("/admins/"))["default-src"] == ["'none'"]
    assert directives(client.get("/lv/admin/"))["default-src"] == ["'none'"]


def test_production_asks_for_https_and_secure_cookies():
    code = (
        "from django.conf import settings as s\n"
        "print(s.DEBUG, s.SECURE_HSTS_SECONDS >= 31536000, s.SECURE_HSTS_INCLUDE_SUBDOMAINS,"
        " s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.DEMO_ACCOUNTS)"
    )
    result = start_production(code)
    assert result.stdout.split() == ["False", *["True"] * 6, "False"], result.stderr


def test_production_passes_the_deployment_checks():
    code = (
        "from django.core.management import execute_from_command_line as run\n"
        "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    )
    result = start_production(code)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


@pytest.mark.parametrize("name", PRODUCTION)
def test_production_names_the_variable_that_is_missing_in_one_line(name):
    result = start_production("from django.conf import settings as s; s.DEBUG", **{name: None})
    assert result.returncode != 0
    last = result.stderr.strip().splitlines()[-1]
    assert f"Set {name} in the environment" in last


def test_production_refuses_an_unknown_kind_of_database():
    result = start_production(
        "from django.conf import settings as s; s.DEBUG", DATABASE_URL="mysql://a/b"
    )
    assert "DATABASE_URL: unknown scheme 'mysql'" in result.stderr.strip().splitlines()[-1]


def test_settings_keep_the_admin_path_that_the_policies_go_by():
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/admin/"
