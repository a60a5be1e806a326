"""The fingerprint of approved words: every word counts, the editor's own keys do not."""

import pytest

from stories.approved_text import canonical
from tests.stories.conftest import MARKER, called

pytestmark = pytest.mark.django_db


def test_the_fingerprint_knows_words_and_nothing_else(write):
    story = write()
    before = canonical(story)
    story.body = [
        ("heading", "Kas bija"),
        ("text", f'<p data-block-key="x">{MARKER}   <b>teksts</b></p>'),
        ("heading", "Numuri"),
        ("call", {"service": called(), "note": "Vari zvanīt"}),
    ]
    assert canonical(story) == before
    story.content_note += "!"
    assert canonical(story) != before


def test_words_between_angle_brackets_are_words(write):
    story = write()
    for name in ("title", "tab_title", "lead", "content_note", "search_description"):
        before = canonical(story)
        setattr(story, name, f"{getattr(story, name)} <mans vārds>")
        assert canonical(story) != before, name
    for kind in ("heading", "call", "quotation", "steps", "image"):
        block = story.body.stream_block.child_blocks[kind]
        stored = {
            "heading": "Kas {} bija",
            "call": {"service": called(), "note": "Vari {} zvanīt"},
            "quotation": {"text": "Vārdi {}", "source": "Plāns"},
            "steps": [{"title": "Piezvani", "text": "Vai {}"}, {"title": "Izlem", "text": ""}],
            "image": {"image": None, "caption": "Jūra {}"},
        }[kind]
        told = [told_by(story, block, put(stored, words)) for words in ("", "<rīts>", "<vakars>")]
        assert len(set(told)) == 3, kind


def test_a_sentence_made_a_heading_is_another_text(write):
    story = write()
    kinds = story.body.stream_block.child_blocks
    assert told_by(story, kinds["text"], "Kas bija") != told_by(story, kinds["heading"], "Kas bija")


def put(stored, words: str):
    if isinstance(stored, str):
        return stored.replace("{}", words)
    if isinstance(stored, list):
        return [put(one, words) for one in stored]
    return {key: put(one, words) for key, one in stored.items()} if stored else stored


def told_by(story, block, stored) -> str:
    story.body = [(block.name, block.to_python(stored))]
    return canonical(story)


def test_where_a_link_leads_is_approved_with_its_words(write):
    story = write()
    text = story.body.stream_block.child_blocks["text"]
    told = [
        told_by(story, text, f"<p>Skaties {link}.</p>")
        for link in (
            "šeit",
            '<a href="https://example.org/">šeit</a>',
            '<a href="https://example.com/">šeit</a>',
            '<a linktype="page" id="3">šeit</a>',
            '<a linktype="page" id="4">šeit</a>',
            '<a linktype="document" id="4">šeit</a>',
            "&lt;a href=&quot;https://example.org/&quot;&gt;šeit&lt;/a&gt;",
        )
    ]
    assert len(set(told)) == len(told)
    one, other = (
        told_by(story, text, f"<p><a {attributes}>šeit</a></p>")
        for attributes in ('linktype="page" id="3"', 'id="3" linktype="page" data-x="y"')
    )
    assert one == other


def test_neither_the_order_of_keys_nor_what_is_empty_counts(write):
    story = write()

    def told(value: dict) -> str:
        block = story.body.stream_block
        story.body = block.to_python([{"type": "link", "value": value, "id": "1"}])
        return canonical(story)

    value = {"text": "Lasi", "note": "te", "address": "https://example.org/"}
    expected = told(value)
    assert told(dict(reversed(value.items()))) == expected
    assert told(value | {"page": None, "service": ""}) == expected
    assert told(value | {"note": False}) == told({**value, "note": ""}) != expected
