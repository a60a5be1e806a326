"""Blocks as an editor chooses them and as a reader meets them."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from wagtail import blocks as wagtail_blocks
from wagtail.models import Page

from pages.blocks import BodyBlock, EntrancesBlock, LinkBlock, TableBlock
from pages.checks import block_problems
from pages.models import ContentPage

pytestmark = pytest.mark.django_db

KINDS = sorted(BodyBlock().child_blocks)


class BareBlock(wagtail_blocks.CharBlock):
    """What a careless developer would add."""


@pytest.fixture
def page_with(read):
    """The page at /lv/sev/ with this body, as a visitor reads it."""

    def show(*body, address="/lv/sev/") -> BeautifulSoup:
        page = ContentPage.objects.get(url_path=address)
        page.body = list(body)
        page.save_revision().publish()
        return read(address).main

    return show


@pytest.mark.parametrize("address", ["/lv/", "/lv/pakalpojumi/", "/lv/kampanas/", "/lv/sev/"])
def test_a_rare_block_brings_its_style_to_every_type_of_page(read, address):
    assert not read(address).select("link[href*=pairs]")
    page = Page.objects.get(url_path=address).specific
    page.body.append(
        ("pair", {"code": "MR1", "rule": "a", "say": "b", "avoid": "c", "why": "d", "doubt": ""})
    )
    page.save_revision().publish()
    assert len(read(address).select("link[rel=stylesheet][href*=pairs]")) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_the_editor_sees_a_preview_of_each_block(client, sign_in, kind):
    sign_in("redaktore")
    block = BodyBlock().child_blocks[kind]
    answer = client.get("/admin/block-preview/", {"id": block.definition_prefix})
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "lxml")
    assert page.select("link[rel=stylesheet]")
    assert not page.select("[src^='http']")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"image", "call"}])
def test_a_preview_shows_words(client, sign_in, kind):
    sign_in("redaktore")
    block = BodyBlock().child_blocks[kind]
    answer = client.get("/admin/block-preview/", {"id": block.definition_prefix})
    page = BeautifulSoup(answer.content, "lxml")
    assert page.select_one(".body").get_text(strip=True)


@pytest.mark.parametrize("stream", [BodyBlock, EntrancesBlock])
def test_each_block_of_ours_has_what_an_editor_needs(stream):
    for name, block in stream().child_blocks.items():
        assert block_problems(ContentPage, name, block) == []


def test_a_block_that_lacks_everything_is_reported_four_times():
    problems = block_problems(ContentPage, "bare", BareBlock())
    assert [problem.id for problem in problems] == [
        "house.E001",
        "house.E002",
        "house.E003",
        "house.E004",
    ]
    assert "ContentPage: block bare" in problems[0].msg


def test_a_link_needs_exactly_one_target(in_english):
    block = LinkBlock()
    value = {"text": "a", "note": "", "page": None, "service": "", "address": ""}
    for changes in ({}, {"address": "https://example.org/", "page": Page.objects.first().pk}):
        with pytest.raises(ValidationError) as refusal:
            block.clean(block.to_python(value | changes))
        assert "Choose one" in str(refusal.value.non_block_errors)
    block.clean(block.to_python(value | {"address": "https://example.org/"}))


def test_a_row_of_a_table_needs_as_many_cells_as_the_head(in_english):
    block = TableBlock()
    value = {"caption": "a", "head": ["b", "c"], "rows": [["d"]]}
    with pytest.raises(ValidationError) as refusal:
        block.clean(block.to_python(value))
    assert "as many cells" in str(refusal.value.non_block_errors)
    block.clean(block.to_python(value | {"rows": [["d", "e"]]}))


def test_a_link_to_another_site_says_that_the_exit_stays_behind(page_with):
    link = {
        "text": "Cita",
        "note": "",
        "page": None,
        "service": "",
        "address": "https://x.example/",
    }
    row = page_with(("link", link)).select_one(".onward")
    assert "Tur nav pogas" in row.get_text()
    assert "noreferrer" in row.a["rel"]


@pytest.mark.parametrize("kind", ["text", "note"])
def test_links_in_running_text_tell_other_sites_nothing(page_with, kind):
    text = (
        '<p><a href="https://x.example/?a=1&amp;b=2">Cita</a> '
        '<a href="mailto:a@x.example">a@x.example</a> '
        '<a href="http://localhost:8000/lv/">Šī</a></p>'
    )
    value = text if kind == "text" else {"title": "", "text": text}
    away, letter, own = page_with((kind, value)).select(".part a")
    assert away["href"] == "https://x.example/?a=1&b=2"
    assert set(away["rel"]) == {"noreferrer", "noopener", "external"}
    assert away["aria-describedby"] == "away-note"
    assert letter["aria-describedby"] == "letter-note"
    assert set(own.attrs) == {"href"}


@pytest.mark.parametrize("address", ["tel:112", "sms:110"])
def test_a_number_in_running_text_is_refused_with_the_block_to_use(in_english, address):
    text = f'<p><a href="{address}">Call</a></p>'
    children = BodyBlock().child_blocks
    for block in (children["text"], children["note"].child_blocks["text"]):
        with pytest.raises(ValidationError, match="Call a number"):
            block.clean(block.normalize(text))
    assert children["text"].clean(children["text"].normalize("<p>tel: 112</p>"))


def test_a_link_to_a_page_leads_to_the_readers_language(page_with):
    target = Page.objects.get(url_path="/lv/parluks/")
    link = {"text": "Tālāk", "note": "", "page": target, "service": "", "address": ""}
    assert page_with(("link", link), address="/uk/sev/").select_one(".onward a")["href"] == (
        "/uk/parluks/"
    )


def test_words_of_an_editor_are_never_markup(page_with):
    quotation = {"text": '<b>x</b> & "y"', "source": "<script>1</script>"}
    main = page_with(("quotation", quotation), ("heading", "<i>z</i>"))
    assert not main.select("blockquote b, script, h2 i")
    assert "<b>x</b>" in main.blockquote.get_text()
