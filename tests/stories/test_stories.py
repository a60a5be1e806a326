"""Stories as a visitor reads them."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import documents
from stories.models import StoryPage
from tests.stories.conftest import publish

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demo_stories_are_there_in_every_language(read, language):
    page = read(f"/{language}/stasti/")
    links = [link["href"] for link in page.select("article a")]
    assert len(links) == 3
    for link in links:
        story = read(link)
        assert story.select_one("main").get("lang") is None
        assert story.select_one("#numuri a[href^='tel:']")


def test_what_the_story_tells_and_the_way_to_the_numbers_stand_before_it(read):
    page = read("/en/stasti/k4t9wm/")
    order = [
        page.select_one(".note"),
        page.select_one("main a[href='#numuri']"),
        page.find(string=lambda text: "Composed from several" in text).parent,
        page.select_one(".story"),
        page.select_one("#numuri"),
    ]
    everything = list(page.descendants)
    places = [next(at for at, tag in enumerate(everything) if tag is one) for one in order]
    assert places == sorted(places)
    assert "control, threats" in order[0].get_text()
    assert not order[3].select("a[href^='tel:']")


def test_the_list_tells_title_and_lead_alone(read, write, agree):
    story = write()
    agree(story)
    assert publish(story)
    text = read("/lv/stasti/").get_text()
    assert "Zqstasts virsraksts" in text
    assert "Zqstasts ievads" in text
    assert "Zqstasts par ko" not in text
    assert "Zqstasts teksts" not in text


def test_an_own_story_is_not_called_composed(read, write, agree):
    story = write()
    agree(story)
    assert publish(story)
    text = read("/lv/stasti/zq1abc/").select_one("main").get_text()
    assert "nav viena cilvēka stāsts" not in text
    assert "nav viena cilvēka stāsts" in read("/lv/stasti/k4t9wm/").get_text()


def test_the_story_of_one_who_hurt_leads_to_no_place_for_the_hurt(read):
    page = read("/en/stasti/v3n8cq/")
    links = {link["href"] for link in page.select("#numuri a")}
    assert any("/nodarbibas/" in link for link in links)
    assert not any("marta" in link or link.endswith("116006") for link in links)


def test_a_fallback_is_marked_with_its_language(read, write, agree):
    story = write()
    agree(story)
    assert publish(story)
    entry = read("/uk/stasti/").find("a", href="/uk/stasti/zq1abc/")
    assert entry.find_parent("article")["lang"] == "lv"


def test_titles_and_addresses_of_stories_tell_nothing(read):
    for story in StoryPage.objects.live():
        page = read(story.url_path)
        assert page.title.string.startswith(story.tab_title)
        assert story.title not in str(page.head)


def test_the_list_asks_as_many_questions_for_one_story_as_for_fifty(client, write):
    StoryPage.objects.exclude(slug="k4t9wm").delete()

    def amount(shown: int) -> int:
        client.get("/lv/stasti/")
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/lv/stasti/")
        assert answer.content.decode().count("<article") == shown
        return len(queries)

    few = amount(1)
    with documents.together():
        for number in range(49):
            assert publish(write(f"zq{number:04}", kind="composite"))
    assert amount(50) == few <= 12


def test_a_story_costs_at_most_twelve_questions(client):
    client.get("/lv/stasti/k4t9wm/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/lv/stasti/k4t9wm/")
    assert len(queries) <= 12
