"""The demo content: loaded again it keeps what people changed; a mistake in it changes nothing."""

import pytest
from django.conf import settings
from django.core.management import call_command
from wagtail.models import Page

from demo.content import Content
from directory.models import AreaText, Phone, Place, Service, ServiceText
from pages.models import ContentPage, Fact, FactText, MenuLink
from stories.models import StoriesPage, StoryPage

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
ROOMS_OF_PAGES = ("pages", "campaigns", "stories")


def test_a_whole_schedule_is_loaded(folder, change, no_service_there):
    path = "directory/services.toml"
    rows = (
        '  [[service.hours]]\n  days = [8]\n  opens = "22:00"\n  closes = "02:00"\n'
        "  by_appointment = true\n"
        '  [[service.exception]]\n  first = 2026-08-10\n  reason = "repairs"\n'
    )
    change(path, '  number = "22045225"\n', f'  number = "22045225"\n{rows}')
    change(path, 'key = "22045225"\n', 'key = "22045225"\non_holidays = "own"\n')
    call_command("demo", folder=folder, verbosity=0)
    service = Service.objects.get(phones__number="+37122045225")
    hours, exception = service.hours.get(), service.exceptions.get()
    assert (service.on_holidays, hours.weekday, hours.by_appointment) == ("own", 8, True)
    assert (exception.first_day, exception.reason) == (exception.last_day, "repairs")


@pytest.fixture
def take_away():
    """Deletes the page that a file is about, in its language alone: loading would bring it."""

    def one(file: str) -> None:
        folder, _slash, name = file.removeprefix("pages/").rpartition("/")
        path = "" if folder == "home" else f"{folder}/"
        Page.objects.get(url_path=f"/{name.removesuffix('.toml')}/{path}").delete()

    return one


@pytest.fixture
def some_facts_missing():
    """Three facts are gone though pages quote them: nobody but a test could do that."""
    gone = Fact.objects.filter(key__in=["women-killed-2017", "sober-2020", "cost-2014"])
    FactText.objects.filter(fact__in=gone).delete()
    gone._raw_delete(gone.db)


@pytest.fixture
def no_service_there():
    Service.objects.get(phones__number="+37122045225").delete()


def test_loading_again_creates_nothing(counts):
    before = counts()
    call_command("demo", verbosity=0)
    assert counts() == before


def test_loading_again_keeps_what_people_changed(read):
    page = ContentPage.objects.get(url_path="/lv/sev/")
    page.title = "Cits virsraksts"
    page.save_revision().publish()
    russian = ContentPage.objects.get(url_path="/ru/sev/")
    russian.title = "Другой заголовок"
    russian.save_revision().publish()
    Phone.objects.filter(number="116006").update(number="116000")
    ServiceText.objects.filter(locale__language_code="uk").update(summary="Інше")
    Fact.objects.filter(key="programme-2023").update(value=7, newer=None)
    FactText.objects.filter(locale__language_code="lt").update(place="Čia")
    MenuLink.objects.all().delete()
    AreaText.objects.filter(locale__language_code="en").update(label="the town")
    Place.objects.filter(visibility="exact").update(street="Cita iela 1")
    call_command("demo", verbosity=0)
    assert set(AreaText.objects.filter(locale__language_code="en").values_list("label")) == {
        ("the town",)
    }
    assert Place.objects.get(visibility="exact").street == "Cita iela 1"
    assert read("/lv/sev/").h1.get_text() == "Cits virsraksts"
    assert read("/ru/sev/").h1.get_text() == "Другой заголовок"
    assert not Phone.objects.filter(number="116006").exists()
    assert not ServiceText.objects.filter(locale__language_code="uk").exclude(summary="Інше")
    assert Fact.objects.get(key="programme-2023").value == 7
    assert not FactText.objects.filter(locale__language_code="lt").exclude(place="Čia")
    assert not MenuLink.objects.exists()


def test_without_accounts_what_needs_them_stays_a_draft(client, django_user_model, settings):
    settings.DEMO_ACCOUNTS = False
    for page in StoriesPage.objects.all():
        page.delete()
    django_user_model.objects.all().delete()
    call_command("demo", verbosity=0)
    stories = StoryPage.objects.all()
    assert {story.locale.language_code for story in stories} == {"lv"}
    assert not stories.filter(live=True).exists()
    assert len(stories) == 3
    for language in LANGUAGES:
        assert client.get(f"/{language}/stasti/").status_code == 200
    assert client.get("/lv/stasti/k4t9wm/").status_code == 404
    assert b"k4t9wm" not in client.get("/lv/").content


def test_a_page_that_was_taken_down_stays_down(client):
    Page.objects.get(url_path="/lv/sev/").unpublish()
    call_command("demo", verbosity=0)
    assert not Page.objects.get(url_path="/lv/sev/").live


def check_tree():
    """The tree is sound: otherwise an editor could add no page, an address would come twice."""
    assert [found for found in Page.find_problems() if found] == []
    for page in Page.objects.all():
        assert page.numchild == page.get_children().count(), page.url_path


def test_the_tree_of_pages_is_sound():
    check_tree()


def test_every_page_and_service_is_there_in_every_language():
    pages = Page.objects.filter(depth__gt=1, live=True)
    trees = [Content().read(f"{room}/tree.toml")["page"] for room in ROOMS_OF_PAGES]
    entries = [entry for tree in trees for entry in tree]
    assert len(entries) > 30
    for code in LANGUAGES:
        wanted = [entry for entry in entries if code in ["lv", *entry.get("languages", [code])]]
        assert pages.filter(locale__language_code=code).count() == len(wanted)
        words = ServiceText.objects.filter(locale__language_code=code)
        assert words.count() == Service.objects.count() == 13


def test_what_was_deleted_comes_back_in_every_language(read):
    for page in Page.objects.filter(slug="sev"):
        page.delete()
    call_command("demo", verbosity=0)
    for code in LANGUAGES:
        for path in ("sev/", "sev/soli/"):
            page = read(f"/{code}/{path}")
            assert not page.main.has_attr("lang"), "another language stands in for this one"
            assert page.select_one("link[rel=canonical]")["href"].endswith(f"/{code}/{path}")
    check_tree()


def break_toml(folder, change):
    change("pages/sev/lv.toml", "title =", "title")
    return "pages/sev/lv.toml", "TOML"


def leave_a_title_out(folder, change):
    change("pages/sev/lv.toml", "tab_title =", "tab_titles =")
    return "pages/sev/lv.toml", "tab_title", "is missing"


def leave_a_word_of_a_block_out(folder, change):
    change("pages/sev/lv.toml", "html =", "htlm =")
    return "pages/sev/lv.toml", "body entry", "unknown key htlm"


def give_a_revealing_tab_title(folder, change):
    path = folder / "pages/sev/lv.toml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join('tab_title = "Vardarbība"' if x.startswith("tab_title") else x for x in lines),
        "utf-8",
    )
    return "pages/sev/lv.toml", "tab_title", "vardarb"


def add_an_entry_to_a_translation(folder, change):
    path = folder / "pages/sev/uk.toml"
    path.write_text(path.read_text("utf-8") + '\n[[body]]\ntype = "heading"\ntext = "Ще"\n')
    return "pages/sev/uk.toml", "body", "entries, the source has"


def change_the_type_of_an_entry(folder, change):
    change("pages/sev/ru.toml", 'type = "heading"', 'type = "quotation"')
    return "pages/sev/ru.toml", "body entry", "the source has"


def name_an_unknown_type(folder, change):
    change("pages/sev/lv.toml", 'type = "heading"', 'type = "haeding"')
    return "pages/sev/lv.toml", "body entry 1", "unknown type"


def name_an_unknown_service(folder, change):
    change("pages/nodarbibas/lv.toml", 'service = "22045225"', 'service = "nobody"')
    return "pages/nodarbibas/lv.toml", "body entry", "nobody", "unknown"


def leave_the_time_limit_of_a_stage_out(folder, change):
    change("pages/nodarbibas/soli/lv.toml", "limit =", "bring =")
    return "pages/nodarbibas/soli/lv.toml", "body entry 2 (stage)", "limit is missing"


def misspell_a_word_of_a_stage(folder, change):
    change("pages/nodarbibas/soli/uk.toml", "limit =", "limits =")
    return "pages/nodarbibas/soli/uk.toml", "body entry 2 (stage)", "unknown key limits"


def name_an_unknown_page(folder, change):
    change("pages/home/lv.toml", 'page = "sev"', 'page = "sevis"')
    return "pages/home/lv-simple.toml", "entrance 1", "sevis"


def leave_a_file_out(folder, change):
    (folder / "pages/parluks/lt.toml").unlink()
    return "pages/parluks/lt.toml", "is missing"


def write_a_number_for_a_title(folder, change):
    path = folder / "pages/sev/lv.toml"
    lines = path.read_text("utf-8").splitlines()
    path.write_text(
        "\n".join("title = 7" if x.startswith("title =") else x for x in lines), "utf-8"
    )
    return "pages/sev/lv.toml", "title"


def leave_a_paragraph_of_a_translation_out(folder, change):
    change("pages/nodarbibas/ru.toml", "</p>\n<p>", " ")
    return "pages/nodarbibas/ru.toml", "paragraphs or entries, the source has"


def leave_the_source_of_a_fact_out(folder, change):
    change("pages/facts.toml", 'source = "UNODC"', "")
    return "pages/facts.toml", "fact women-killed-2017", "source is missing"


def give_a_fact_more_decimals_than_it_prints(folder, change):
    change("pages/facts.toml", "value = 915", "value = 915.2")
    return "pages/facts.toml", "fact cost-2014, precision"


def misspell_a_key_of_a_fact(folder, change):
    change("pages/facts.toml", "base = 916", "bases = 916")
    return "pages/facts.toml", "fact sober-2020", "unknown key bases"


def name_an_unknown_newer_fact(folder, change):
    change("pages/facts.toml", 'newer = "private', 'newer = "public')
    return "pages/facts.toml", "fact private-matter-2016", "public-matter-2018"


def leave_the_words_of_a_fact_out(folder, change):
    change("pages/facts/uk.toml", "cost-2014 =", "cost-2015 =")
    return "pages/facts/uk.toml", "fact cost-2014", "is missing"


def lose_the_number_of_a_sentence(folder, change):
    change("pages/facts/lt.toml", "Apie {value} per metus", "Per metus")
    return "pages/facts/lt.toml", "fact cost-2014, sentence", "{value}"


def quote_an_unknown_fact(folder, change):
    change("pages/nodarbibas/lv.toml", 'fact = "programme-2023"', 'fact = "nobody"')
    return "pages/nodarbibas/lv.toml", "body entry", "nobody", "unknown"


@pytest.mark.parametrize(
    "mistake",
    [
        break_toml,
        leave_a_title_out,
        leave_a_word_of_a_block_out,
        give_a_revealing_tab_title,
        add_an_entry_to_a_translation,
        change_the_type_of_an_entry,
        name_an_unknown_type,
        name_an_unknown_service,
        leave_the_time_limit_of_a_stage_out,
        misspell_a_word_of_a_stage,
        leave_a_file_out,
        write_a_number_for_a_title,
        leave_a_paragraph_of_a_translation_out,
        name_an_unknown_page,
        quote_an_unknown_fact,
    ],
)
def test_a_mistake_in_a_page_is_named_and_changes_nothing(
    folder, change, refused, take_away, mistake
):
    file, *words = mistake(folder, change)
    take_away(file)
    refused(file, *words)


@pytest.mark.parametrize(
    "mistake",
    [
        leave_the_source_of_a_fact_out,
        give_a_fact_more_decimals_than_it_prints,
        misspell_a_key_of_a_fact,
        name_an_unknown_newer_fact,
        leave_the_words_of_a_fact_out,
        lose_the_number_of_a_sentence,
    ],
)
def test_a_mistake_in_a_fact_is_named_and_changes_nothing(
    folder, change, refused, some_facts_missing, mistake
):
    refused(*mistake(folder, change))
