"""The map of the site: every page that everybody may read, once, in the reader's language."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page, PageViewRestriction

from frame import languages
from pages.models import ContentPage, SiteMapPage
from search import documents

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
MAP = "lapas-karte/"


def listed(page) -> list:
    return page.select("main .branches a")


def new_page(language: str, title: str, slug: str, parent: str = "", **fields) -> ContentPage:
    above = Page.objects.get(url_path=f"/{language}/{parent}")
    locale = Locale.objects.get(language_code=language)
    page = ContentPage(title=title, tab_title="Lapa", slug=slug, locale=locale, **fields)
    above.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_page_stands_there_once_in_its_language(read, code):
    links = listed(read(f"/{code}/{MAP}"))
    found = {}
    for page in Page.objects.live().filter(depth__gt=2).select_related("locale"):
        found.setdefault(page.translation_key, {})[page.locale.language_code] = page
    titles = {}
    for pages in found.values():
        page = pages[languages.best(pages, code)]
        titles[f"/{code}/{languages.split(page.url_path)[1]}"] = page.title
    assert len(links) == len(titles)
    assert {link["href"]: link.get_text() for link in links} == titles
    assert f"/{code}/pakalpojumi/" in titles


def test_pages_hang_below_their_parents_in_the_order_of_the_tree(read):
    page = read(f"/lv/{MAP}")
    inner = page.select_one("main nav a[href='/lv/par-mums/']").parent.ul.select("a")
    assert [link["href"] for link in inner] == [
        "/lv/par-mums/plans/",
        "/lv/par-mums/sadarbiba/",
        "/lv/par-mums/raditaji/",
    ]
    top = page.select("main nav > ul > li > a")
    assert [link["href"] for link in top][:2] == ["/lv/pakalpojumi/", "/lv/sev/"]


def test_a_page_that_is_not_translated_is_listed_in_another_language_and_says_so(read):
    new_page("lv", "Tikai latviski", "tikai")
    link = read(f"/uk/{MAP}").select_one("a[href='/uk/tikai/']")
    assert (link.get_text(), link["lang"]) == ("Tikai latviski", "lv")
    assert read("/uk/tikai/").main["lang"] == "lv"


def test_a_page_of_another_language_alone_is_listed_too(read):
    new_page("en", "In English only", "only")
    link = read(f"/lv/{MAP}").select_one("a[href='/lv/only/']")
    assert (link.get_text(), link["lang"]) == ("In English only", "en")


def draft(page):
    page.unpublish()


def restrict(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("hide", [draft, restrict])
def test_what_is_not_for_everybody_is_not_in_the_map(client, read, hide):
    page = new_page("lv", "Zqkanarijs", "zq")
    assert "Zqkanarijs" in client.get(f"/lv/{MAP}").content.decode()
    hide(page)
    for code in LANGUAGES:
        assert "Zqkanarijs" not in client.get(f"/{code}/{MAP}").content.decode()
    assert listed(read(f"/lv/{MAP}"))


def test_a_page_never_published_is_not_in_the_map(client):
    above = Page.objects.get(url_path="/lv/")
    above.add_child(
        instance=ContentPage(
            title="Zqkanarijs", tab_title="Lapa", slug="zq", locale=above.locale, live=False
        )
    )
    assert "Zqkanarijs" not in client.get(f"/lv/{MAP}").content.decode()


def test_a_page_below_an_unpublished_one_hangs_below_the_nearest_above(read):
    ContentPage.objects.get(url_path="/lv/par-mums/").unpublish()
    page = read(f"/lv/{MAP}")
    assert not page.select("main a[href='/lv/par-mums/']")
    top = [link["href"] for link in page.select("main nav > ul > li > a")]
    assert "/lv/par-mums/plans/" in top


def test_the_map_asks_as_often_with_fifty_pages_more(client):
    def questions():
        client.get(f"/lv/{MAP}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/lv/{MAP}")
        return len(asked)

    few = questions()
    with documents.together():
        for number in range(50):
            new_page("lv", f"Lapa {number}", f"lapa-{number}", "par-mums/" if number % 2 else "")
    assert questions() == few <= 12


def test_there_is_one_map(client, sign_in):
    sign_in("atbildiga")
    home = Page.objects.get(url_path="/lv/")
    assert not SiteMapPage.can_create_at(home)
    one = SiteMapPage.objects.get(url_path=f"/lv/{MAP}")
    assert client.get(f"/admin/pages/{one.pk}/edit/").status_code == 200


def test_about_lists_what_is_below_it_and_nothing_unpublished(read):
    def below():
        return [link["href"] for link in read("/en/par-mums/").select("main .rows a")]

    pages = ["/en/par-mums/plans/", "/en/par-mums/sadarbiba/", "/en/par-mums/raditaji/"]
    assert below() == pages
    Page.objects.get(url_path="/lv/par-mums/sadarbiba/").specific.unpublish()
    assert below() == [pages[0], pages[2]]
    Page.objects.get(url_path="/en/par-mums/plans/").specific.unpublish()
    first = read("/en/par-mums/").select_one("main .rows a")
    assert first["href"] == "/en/par-mums/plans/"
    assert first["lang"] == "lv"
