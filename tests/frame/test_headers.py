"""What each answer tells the browser: no foreign code, no copies, no cookies, no sensors."""

import base64
import hashlib
import os
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from directory.models import Service

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
