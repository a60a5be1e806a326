"""What is not published cannot be found: not by address, in a list, a menu or an error page."""

import datetime

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from directory.models import Service, ServiceText
from frame import errors
from pages.models import ContentPage, MenuLink, SiteSettings

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MARKER = "Zqkanarijs"


@pytest.fixture
def canary():
    """A published page with a marker, in a menu, linked from a page and from the home page."""
    home = Page.objects.get(url_path="/lv/")
    page = ContentPage(
        title=f"{MARKER} virsraksts", tab_title="Lapa", slug="zq-kanarijs", locale=home.locale,
        lead=f"{MARKER} ievads", body=[("text", f"<p>{MARKER} teksts</p>")],
    )  # fmt: skip
    home.add_child(instance=page)
    page.save_revision().publish()
    record = SiteSettings.objects.get()
    for place in ("main", "footer"):
        MenuLink.objects.create(site_settings=record, place=place, page=page, sort_order=99)
    link = {"text": f"{MARKER} saite", "note": "", "page": page, "service": "", "address": ""}
    other = ContentPage.objects.get(url_path="/lv/sev/")
    other.body = [("link", link), ("text", f"<p><a linktype='page' id='{page.pk}'>te</a></p>")]
    other.save_revision().publish()
    start = home.specific
    start.entrances = [("entrance", {"page": page, "mark": "disc", "line": f"{MARKER} rinda"})]
    start.save_revision().publish()
    return page


def every_public_text(client) -> str:
    """All a visitor can be answered in two languages, the error pages among it."""
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code__in=["lv", "uk"])
    codes = Service.objects.public().values_list("code", flat=True)
    addresses = [*pages.values_list("url_path", flat=True), "/sitemap.xml", "/robots.txt"]
    for language in ("lv", "uk", "lv-simple"):
        addresses += [f"/{language}/zq-kanarijs/", f"/{language}/nav-tadas/"]
        addresses += [f"/{language}/pakalpojumi/{code}/" for code in codes[:2]]
    texts = [client.get(address).content.decode() for address in addresses]
    return "\n".join([*texts, errors.page(500, None), errors.page(404, None)])


def test_the_marker_of_a_published_page_is_seen_everywhere(client, canary):
    assert client.get("/lv/zq-kanarijs/").status_code == 200
    assert MARKER in client.get("/lv/").content.decode()
    for address in ("/lv/sev/", "/uk/parluks/", "/lv/nav-tadas/"):
        assert MARKER in client.get(address).content.decode()
    assert "/lv/zq-kanarijs/" in client.get("/sitemap.xml").content.decode()


def unpublish(page):
    page.unpublish()


def ask_for_a_password(page):
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="x"
    )


def ask_for_a_sign_in(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def ask_for_a_group(page):
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.first())


def let_it_expire(page):
    page.expire_at = timezone.now() - datetime.timedelta(days=1)
    page.save()
    call_command("publish_scheduled", verbosity=0)


@pytest.mark.parametrize(
    "hide", [unpublish, ask_for_a_password, ask_for_a_sign_in, ask_for_a_group, let_it_expire]
)
def test_a_hidden_page_is_found_nowhere(client, canary, hide):
    assert MARKER in client.get("/lv/parluks/").content.decode()
    hide(canary)
    for code in LANGUAGES:
        assert client.get(f"/{code}/zq-kanarijs/").status_code == 404
    assert MARKER not in every_public_text(client)
    assert "zq-kanarijs" not in client.get("/sitemap.xml").content.decode()


def test_a_hidden_page_is_not_there_for_a_signed_in_editor_either(client, sign_in, canary):
    ask_for_a_sign_in(canary)
    sign_in("admin")
    assert client.get("/lv/zq-kanarijs/").status_code == 404


def test_the_frame_of_a_home_page_that_is_kept_for_some_is_not_shown(client):
    home = Page.objects.get(url_path="/ru/").specific
    home.notice = f"{MARKER} paziņojums"
    home.save_revision().publish()
    assert MARKER in client.get("/ru/sev/").content.decode()
    ask_for_a_sign_in(home)
    assert MARKER not in client.get("/ru/sev/").content.decode()
    assert MARKER not in client.get("/ru/nav-tadas/").content.decode()


def test_a_page_below_a_hidden_page_is_hidden_too(client, canary):
    child = ContentPage(
        title=f"{MARKER} apakšlapa", tab_title="Lapa", slug="zq-apaksa", locale=canary.locale
    )
    canary.add_child(instance=child)
    child.save_revision().publish()
    assert client.get("/lv/zq-kanarijs/zq-apaksa/").status_code == 200
    ask_for_a_password(canary)
    assert client.get("/lv/zq-kanarijs/zq-apaksa/").status_code == 404
    assert "zq-apaksa" not in client.get("/sitemap.xml").content.decode()


def test_a_draft_on_top_of_a_published_page_is_not_shown(client, canary):
    draft = canary.get_latest_revision_as_object()
    draft.title = "Zqmelnraksts"
    draft.body = [("text", "<p>Zqmelnraksts</p>")]
    draft.save_revision()
    text = every_public_text(client)
    assert "Zqmelnraksts" not in text
    assert MARKER in text


def test_a_page_that_was_never_published_is_found_nowhere(client):
    home = Page.objects.get(url_path="/lv/")
    page = ContentPage(
        title=MARKER, tab_title="Lapa", slug="zq-kanarijs", live=False, locale=home.locale
    )
    home.add_child(instance=page)
    page.save_revision()
    assert client.get("/lv/zq-kanarijs/").status_code == 404
    assert MARKER not in every_public_text(client)


@pytest.mark.parametrize(
    "address",
    ["/api/v2/pages/", "/api/", "/lv/api/", "/admin/api/main/pages/", "/documents/1/a.pdf"],
)
def test_no_side_door_tells_of_pages(client, canary, address):
    answer = client.get(address)
    assert answer.status_code in {302, 403, 404}
    assert f"{MARKER} teksts" not in answer.content.decode()


# Services


@pytest.fixture
def quoted_service():
    """A public service with a marker, in the strip and quoted by a page."""
    service = Service.objects.get(phones__number="116006")
    ServiceText.objects.filter(service=service).update(
        name=f"{MARKER} tālrunis", strip_caption=f"{MARKER} josla", summary=f"{MARKER} kopsavilkums"
    )
    page = ContentPage.objects.get(url_path="/lv/sev/")
    link = {"text": f"{MARKER} saite", "note": "", "page": None, "service": service.code}
    page.body = [
        ("call", {"service": service.code, "note": ""}),
        ("link", link | {"address": ""}),
    ]
    page.save_revision().publish()
    return service


def test_the_marker_of_a_public_service_is_seen_everywhere(client, quoted_service):
    for address in ("/lv/", "/lv/sev/", "/uk/pakalpojumi/", "/lv/nav-tadas/"):
        assert MARKER in client.get(address).content.decode()
    assert client.get(f"/ru/pakalpojumi/{quoted_service.code}/").status_code == 200
    assert quoted_service.code in client.get("/sitemap.xml").content.decode()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"status": "withdrawn"}, 410),
        ({"live": False}, 404),
        ({"valid_until": datetime.date(2020, 1, 1)}, 410),
    ],
)
def test_a_service_that_is_gone_is_found_nowhere(client, quoted_service, change, status):
    assert MARKER in client.get("/lv/sev/").content.decode()
    for name, value in change.items():
        setattr(quoted_service, name, value)
    quoted_service.save()
    for code in LANGUAGES:
        answer = client.get(f"/{code}/pakalpojumi/{quoted_service.code}/")
        assert answer.status_code == status
        assert MARKER not in answer.content.decode()
    text = every_public_text(client)
    assert MARKER not in text
    assert f"/{quoted_service.code}/" not in text
    assert 'href="tel:116006"' not in client.get("/lv/sev/").content.decode()


def test_a_service_stays_on_its_last_day(client, quoted_service):
    Service.objects.filter(pk=quoted_service.pk).update(valid_until=timezone.localdate())
    assert client.get(f"/lv/pakalpojumi/{quoted_service.code}/").status_code == 200


def test_a_draft_of_a_service_is_not_shown(client, quoted_service):
    quoted_service.website = "https://zqdraft.example/"
    quoted_service.save_revision()
    assert "zqdraft" not in client.get(f"/lv/pakalpojumi/{quoted_service.code}/").content.decode()
