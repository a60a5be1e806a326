"""A journey as a reader meets it: numbered stages, each with its time limit, source and doubts."""

import datetime
import itertools
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from directory.models import Phone, Service
from pages.models import ContentPage
from pages.stages import StageBlock

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
JOURNEYS = ("sev/soli/", "nodarbibas/soli/", "lidzcilvekiem/soli/")
WHO = {"lv": "Kurš", "ru": "Кто", "en": "Who", "uk": "Хто", "lt": "Kas", "lv-simple": "Kurš"}
LIMIT = {
    "lv": "Termiņš",
    "ru": "Срок",
    "en": "Time limit",
    "uk": "Термін",
    "lt": "Terminas",
    "lv-simple": "Cik ilgi",
}
SOURCE = {
    "lv": "Avots un gads",
    "ru": "Источник и год",
    "en": "Source and year",
    "uk": "Джерело і рік",
    "lt": "Šaltinis ir metai",
    "lv-simple": "No kurienes mēs to zinām",
}
UNREAD = {
    "lv": "Likuma tekstu mēs vēl neesam lasījuši",
    "ru": "Текст закона мы ещё не читали",
    "en": "None of us has read the text of this law yet",
    "uk": "Текст закону ми ще не читали",
    "lt": "Įstatymo teksto dar neskaitėme",
    "lv-simple": "Mēs vēl neesam lasījuši likumu",
}
WHOLE = {
    "title": "Application",
    "happens": "They read it.",
    "who": "Court",
    "decide": "",
    "limit": "5 days",
    "bring": "",
    "unknown": "",
    "service": "",
    "sources": [{"name": "likumi.lv", "year": 2024, "address": ""}],
    "law_unread": False,
    "checked_on": None,
    "valid_until": None,
}


def terms(stage) -> dict[str, str]:
    """{label: words} of a stage on a page."""
    return {
        row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True)
        for row in stage.select("dl > div")
    }


@pytest.fixture
def stages(read):
    """The stages of the English page at `sev/` with this body, as a visitor reads them."""

    def show(*body) -> list[BeautifulSoup]:
        page = ContentPage.objects.get(url_path="/en/sev/")
        page.body = list(body)
        page.save_revision().publish()
        return read("/en/sev/").main.select(".journey > li")

    return show


def stage(**changes):
    return ("stage", StageBlock().to_python(WHOLE | changes))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", JOURNEYS)
def test_every_stage_says_who_until_when_and_where_it_was_read(read, path, code):
    page = Page.objects.get(url_path=f"/{code}/{path}").specific
    values = [block.value for block in page.body if block.block_type == "stage"]
    shown = read(page.url_path).main.select("ol.journey > li")
    assert len(shown) == len(values) > 5
    for number, (value, item) in enumerate(zip(values, shown, strict=True), 1):
        assert item.h3.get_text() == f"{number}. {value['title']}"
        told = terms(item)
        assert told[WHO[code]] == value["who"]
        assert told[LIMIT[code]] == value["limit"]
        for source in value["sources"]:
            assert source["name"] in told[SOURCE[code]]
            assert not source["year"] or str(source["year"]) in told[SOURCE[code]]
        assert (UNREAD[code] in item.get_text()) == value["law_unread"]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", JOURNEYS)
def test_a_journey_has_its_headings_in_order(read, path, code):
    levels = [int(tag.name[1]) for tag in read(f"/{code}/{path}").main.select("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("path", JOURNEYS)
def test_what_is_the_same_in_every_language_is_the_same_in_every_language(path):
    kept = {
        code: [
            [block.value[name] for name in ("service", "law_unread", "checked_on", "valid_until")]
            + [tuple(source.values()) for source in block.value["sources"]]
            for block in Page.objects.get(url_path=f"/{code}/{path}").specific.body
            if block.block_type == "stage"
        ]
        for code in LANGUAGES
    }
    assert all(values == kept["lv"] for values in kept.values())


@pytest.mark.parametrize("entrance", ["sev/", "nodarbibas/", "lidzcilvekiem/", "jauniesiem/"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_an_entrance_leads_to_its_journey(read, entrance, code):
    journey = "lidzcilvekiem/soli/" if entrance == "jauniesiem/" else f"{entrance}soli/"
    assert read(f"/{code}/{entrance}").main.select(f'.onward a[href="/{code}/{journey}"]')


def test_the_numbers_go_on_after_a_heading_and_after_other_words(stages, read):
    shown = stages(
        ("heading", "One"), stage(), stage(), ("heading", "Two"), stage(), ("text", "x"), stage()
    )
    assert [item.h3.get_text() for item in shown] == [f"{n}. Application" for n in (1, 2, 3, 4)]
    lists = read("/en/sev/").main.select("ol.journey")
    assert [item["start"] for item in lists] == ["1", "3", "4"]


def test_a_law_that_nobody_has_read_is_named_as_such(stages):
    unread, read_by_someone = stages(stage(law_unread=True), stage())
    assert "None of us has read the text of this law yet" in unread.get_text()
    assert "None of us" not in read_by_someone.get_text()


def test_a_stage_says_when_it_was_checked_or_that_it_was_not(stages):
    checked, unchecked = stages(stage(checked_on="2026-03-08"), stage())
    assert re.search(r"Checked on .*2026", checked.get_text())
    assert "Not confirmed yet" not in checked.get_text()
    assert "Not confirmed yet" in unchecked.get_text()


def test_a_stage_past_its_last_day_stays_and_says_that_it_may_have_changed(stages):
    today = timezone.localdate()
    yesterday = today - datetime.timedelta(days=1)
    over, last_day, without = stages(
        stage(valid_until=yesterday.isoformat()), stage(valid_until=today.isoformat()), stage()
    )
    assert "It may have changed" in over.get_text()
    assert "Valid until" not in over.get_text()
    assert "They read it." in over.get_text()
    assert "Valid until" in last_day.get_text()
    assert "It may have changed" not in last_day.get_text() + without.get_text()


def test_a_source_without_a_year_and_a_stage_without_a_source_say_so(stages):
    undated, advice = stages(
        stage(sources=[{"name": "lapa.lv", "year": None, "address": ""}]), stage(sources=[])
    )
    assert terms(undated)["Source and year"].startswith("lapa.lv , no year")
    assert terms(advice)["Source and year"].startswith("Our own advice, no other source")


def test_a_source_with_an_address_is_a_link_that_tells_nobody_where_it_was_followed(stages):
    address = "https://likumi.lv/ta/id/1"
    (shown,) = stages(stage(sources=[{"name": "Likums", "year": 2024, "address": address}]))
    assert shown.dl.a["href"] == address
    assert "noreferrer" in shown.dl.a["rel"]
    assert shown.dl.a["lang"] == "lv"


def test_a_stage_takes_its_number_from_the_directory(stages):
    service = Service.objects.get(phones__number="116006")
    Phone.objects.filter(number="116006").update(number="116999")
    (shown,) = stages(stage(service=service.code))
    assert shown.select_one("a.plate")["href"] == "tel:116999"


def test_a_withdrawn_service_leaves_the_stage_without_a_number(stages):
    service = Service.objects.get(phones__number="116006")
    Service.objects.filter(pk=service.pk).update(status="withdrawn")
    (shown,) = stages(stage(service=service.code))
    assert not shown.select(".caller")
    assert "They read it." in shown.get_text()


def test_words_of_a_stage_are_never_markup(stages):
    (shown,) = stages(stage(title="<i>x</i>", happens="<script>1</script>", who="<b>y</b>"))
    assert not shown.select("i, script, b")
    assert "<b>y</b>" in shown.get_text()


@pytest.mark.parametrize("missing", ["title", "happens", "who", "limit"])
def test_a_stage_without_its_first_four_words_is_refused(missing):
    block = StageBlock()
    block.clean(block.to_python(WHOLE))
    with pytest.raises(ValidationError):
        block.clean(block.to_python(WHOLE | {missing: ""}))


def test_the_preview_of_a_stage_is_an_item_of_a_list(client, sign_in):
    sign_in("redaktore")
    block = ContentPage.body.field.stream_block.child_blocks["stage"]
    answer = client.get("/admin/block-preview/", {"id": block.definition_prefix})
    page = BeautifulSoup(answer.content, "lxml")
    assert page.select_one("ol.journey > li h3").get_text() == "1. Iesniegums"
    assert page.select_one("ol.journey dl")


def test_a_correction_of_dates_and_sources_reaches_every_language(read):
    page = ContentPage.objects.get(url_path="/lv/nodarbibas/soli/")
    first = next(block for block in page.body if block.block_type == "stage")
    first.value["law_unread"] = True
    first.value["valid_until"] = datetime.date(2020, 1, 2)
    first.value["sources"][0]["year"] = 1999
    page.save_revision().publish()
    source = TranslationSource.objects.get_for_instance(page)
    source.update_from_db()
    for code in set(LANGUAGES) - {"lv"}:
        locale = Locale.objects.get(language_code=code)
        Translation.objects.get(source=source, target_locale=locale).save_target(publish=True)
    for code in LANGUAGES:
        shown = read(f"/{code}/nodarbibas/soli/").main.select_one(".journey > li")
        assert "1999" in terms(shown)[SOURCE[code]]
        assert UNREAD[code] in shown.get_text()
        assert "2020" in shown.select_one(".doubt").get_text()
