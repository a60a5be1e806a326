"""Facts against myths: the truth is the headline, the myth is said once and denied."""

import json
import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry
from wagtail.users.models import UserProfile

from campaigns.models import MythPage, MythsPage
from pages.facts import Fact
from pages.models import HomePage
from pages.neutral import revealing

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# How many cards the demonstration has in each language.
CARDS = {"lv": 16, "lv-simple": 5, "ru": 8, "en": 8, "uk": 8, "lt": 8}
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _nothing_expires(monkeypatch):
    monkeypatch.setattr(caches["frame"], "default_timeout", None)


@pytest.fixture
def card():
    """A Latvian card that no other language has."""
    return next(page for page in of("lv") if not page.get_translations().exists())


@pytest.fixture
def new_card():
    """Puts a card below the Latvian index: `new_card(title="…")`."""

    def make(live=True, body=None, **words) -> MythPage:
        fields = {"title": "Patiesība", "tab_title": "Fakts", "myth": "Aplamība."}
        fields["steps"] = "<ul><li>Vari zvanīt.</li></ul>"
        index = MythsPage.objects.get(locale__language_code="lv")
        page = MythPage(live=live, locale=index.locale, **fields | words)
        page.body = body or [("fact", {"fact": Fact.objects.get(key="sober-2020")})]
        return index.add_child(instance=page)

    return make


def of(code: str):
    return MythPage.objects.filter(locale__language_code=code).order_by("position")


def words_of(page) -> str:
    return plain(page.get_text(" "))


def plain(text: str) -> str:
    """With ordinary spaces: dashes stand behind one that does not break."""
    return re.sub(r"\s+", " ", text)


# What a visitor sees


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_card_says_the_fact_first_and_the_myth_once_and_denies_it(read, code):
    denial = {"lv": "Tā nav.", "lv-simple": "Tā nav patiesība.", "en": "This is wrong."}
    more = {"ru": "— это не так.", "uk": "— це не так.", "lt": "Tai netiesa."}
    cards = of(code)
    assert len(cards) == CARDS[code]
    for card in cards:
        page = read(card.url_path)
        assert page.h1.get_text() == card.title
        (said,) = page.main.select(".myth")
        assert said.q.get_text() == card.myth
        assert words_of(said).endswith((denial | more)[code])
        assert words_of(page.main).count(plain(card.myth)) == 1
        after = words_of(page.main).partition(plain(card.myth))[2]
        assert f"{plain(card.title)}." in after, "the truth has the last word"


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_myth_leaves_its_page(client, code):
    """Neither the head of a card nor its address, nor the index, the home page or a picture."""
    index = client.get(f"/{code}/fakti/").content.decode()
    home = client.get(f"/{code}/").content.decode()
    for card in of(code):
        source = client.get(card.url_path).content.decode()
        assert source.count(card.myth) == 1, card.url_path
        assert card.myth not in index + home
        page = BeautifulSoup(source, "lxml")
        assert card.myth not in str(page.head)
        assert not page.select(f"[alt*='{card.myth}'], [title*='{card.myth}']")


@pytest.mark.parametrize("code", LANGUAGES)
def test_address_tab_and_preview_of_a_card_tell_nothing(read, code):
    for card in of(code):
        page = read(card.url_path)
        assert re.fullmatch(r"[2-9b-z]{6}", card.slug)
        seen = [card.url_path, page.title.get_text(), card.search_description]
        seen += [tag["content"] for tag in page.select("meta[content]")]
        assert not [text for text in seen if revealing(text)]
        assert not [text for text in seen if card.title in text]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_figure_of_a_card_has_year_and_source_and_words_hold_none(read, code):
    for card in of(code):
        page = read(card.url_path).main
        figures = page.select("figure.figure")
        assert figures, card.title
        for figure in figures:
            assert re.search(r"\b(19|20)\d\d\b", figure.select_one(".source").get_text())
            assert re.search(r", (19|20)\d\d(–20\d\d)?\.", figure.select_one(".definition").text)
        for figure in figures:
            figure.decompose()
        assert "%" not in page.get_text(), card.title


def test_a_figure_that_is_old_or_second_hand_says_so(read):
    card = of("en").get(title__contains="private matter")
    text = words_of(read(card.url_path).main)
    assert "Read in a secondary source" in text
    assert "Newer data: 25% of residents of Latvia" in text


def test_a_law_stands_with_its_year_and_the_doubt_about_it(read):
    card = of("en").get(title__contains="private matter")
    page = read(card.url_path).main
    law = next(line for line in page.select(".source") if "Krimināllikums" in line.get_text())
    assert "174.¹ pants, 2024" in law.get_text()
    assert "Not confirmed yet" in law.get_text()
    assert law.select_one("[lang=lv]")
    assert "None of us has read the text of this law yet" in words_of(page)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_card_says_what_to_do_and_leads_to_help(read, code):
    for card in of(code):
        page = read(card.url_path).main
        assert len(page.select(".part ul > li")) >= 2
        links = [link["href"] for link in page.select(".part a[href]")]
        assert f"/{code}/pakalpojumi/" in links
        assert [link for link in links if link.startswith("tel:")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_index_lists_every_fact_once_in_order(read, code):
    page = read(f"/{code}/fakti/")
    assert not page.main.has_attr("lang")
    links = page.select("ul.truths a")
    shown = [link["href"].strip("/").split("/")[-1] for link in links]
    assert shown == [card.slug for card in of("lv")]
    own = {card.slug: card.title for card in of(code)}
    for link in links:
        title = own.get(link["href"].strip("/").split("/")[-1])
        foreign = link.find_parent("li").get("lang")
        assert bool(title) == (foreign is None)
        assert title in (None, link.get_text())
        named = link.find_parent("li").select_one("p[lang]")
        assert bool(named) == (foreign is not None)


def test_what_is_not_translated_is_read_in_a_fallback_with_labels_of_the_reader(read, card):
    page = read(f"/en/fakti/{card.slug}/").main
    assert page["lang"] == "lv"
    assert page.select_one(".myth q").get_text() == card.myth
    labels = [label.get_text() for label in page.select(".myth b[lang=en]")]
    assert labels == ["Myth:", "This is wrong."]
    assert page.select_one("h2[lang=en]")
    assert "This text is in Latvian" in page.get_text()


def test_a_correction_of_the_bank_reaches_all_languages_of_a_card(read):
    Fact.objects.filter(key="sober-2020").update(value=33, year_from=2031)
    for code in ("lv", "ru", "en", "uk", "lt"):
        (card,) = [card for card in of(code) if quotes(card, "sober-2020")]
        figure = read(card.url_path).select_one("figure.figure")
        assert "33" in figure.select_one(".amount").get_text()
        assert "2031" in figure.get_text()


def quotes(card, key: str) -> bool:
    return any(block.block_type == "fact" and block.value["fact"].key == key for block in card.body)


def test_a_draft_and_a_card_taken_down_are_nowhere(client, read, new_card):
    draft = new_card(live=False, title="Zqmelnraksts", myth="Zqaplams.")
    gone = new_card(title="Zqatsaukta", myth="Zqbijusi.")
    assert "Zqatsaukta" in read("/lv/fakti/").get_text()
    gone.unpublish()
    places = ["/lv/fakti/", "/en/fakti/", "/lv/", "/sitemap.xml"]
    everything = "".join(client.get(place).content.decode() for place in places)
    found = client.post("/lv/pakalpojumi/mekle/", {"text": "Zqatsaukta Zqbijusi Zqmelnraksts"})
    results = BeautifulSoup(found.content, "lxml").select(".rows, .card")
    everything += "".join(map(str, results))
    assert "Zq" not in everything
    for card in (draft, gone):
        assert card.slug not in everything
        assert client.get(f"/lv/fakti/{card.slug}/").status_code == 404


def test_the_index_asks_as_often_for_fifty_cards_as_for_one(client, new_card):
    def questions() -> int:
        client.get("/lv/fakti/")
        with CaptureQueriesContext(connection) as asked:
            page = BeautifulSoup(client.get("/lv/fakti/").content, "lxml")
        counts.append(len(page.select("ul.truths > li")))
        return len(asked)

    counts: list[int] = []
    for page in MythPage.objects.all():
        page.delete()
    new_card()
    one = questions()
    for number in range(49):
        new_card(title=f"Patiesība {number}", position=number)
    assert questions() == one <= MOST_QUERIES
    assert counts == [1, 50]


@pytest.mark.parametrize("code", ["lv", "uk"])
def test_a_card_asks_little_whatever_it_quotes(client, code):
    for card in of("lv"):
        client.get(f"/{code}/fakti/{card.slug}/")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/{code}/fakti/{card.slug}/")
        assert len(asked) <= MOST_QUERIES, card.title


# Search


@pytest.mark.parametrize(
    ("code", "text", "title"),
    [
        ("lv", "kaimiņš drīkst rīkoties", "Kaimiņš drīkst rīkoties un var palīdzēt"),
        ("lv", "viņa pati izprovocēja", "Par vardarbību atbild tas, kurš ir vardarbīgs"),
        ("ru", "алкоголь причина насилия", "Алкоголь — не причина насилия"),
        ("en", "leaving is hard", "Leaving is hard and can be dangerous"),
    ],
)
def test_search_finds_a_card_below_help(client, code, text, title):
    answer = client.post(f"/{code}/pakalpojumi/mekle/", {"text": text})
    page = BeautifulSoup(answer.content, "lxml").main
    (found,) = [link for link in page.select(".rows a") if link.get_text() == title]
    assert found["href"].startswith(f"/{code}/fakti/")
    assert page.select("li.card")
    first = page.select_one("li.card, .rows a")
    assert "card" in first.get("class", ()), "help stands first"


# What editors see


@pytest.fixture
def publisher(sign_in):
    user = sign_in("atbildiga")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    return user


def form_of(body: list[dict], **words) -> dict:
    """What the form of a card sends."""
    sent = {"title": "Jauna patiesība", "tab_title": "Fakts", "lead": "", "myth": "Zqmīts."}
    sent |= {"mark": "", "position": "3", "search_description": "", "body-count": str(len(body))}
    paragraph = {"key": "a", "type": "unstyled", "text": "Zqsoļi", "depth": 0}
    paragraph |= {"inlineStyleRanges": [], "entityRanges": []}
    sent["steps"] = json.dumps({"entityMap": {}, "blocks": [paragraph]})
    for number, block in enumerate(body):
        value = block.pop("value")
        name = f"body-{number}-value"
        sent |= {f"body-{number}-deleted": "", f"body-{number}-order": str(number)}
        sent |= {f"body-{number}-type": block["type"], f"body-{number}-id": ""}
        sent |= (
            {name: value} if isinstance(value, str) else {f"{name}-{k}": value[k] for k in value}
        )
    return sent | words


def add(client, action: str, body: list[dict], **words):
    index = MythsPage.objects.get(locale__language_code="lv")
    address = f"/admin/pages/add/campaigns/mythpage/{index.pk}/"
    assert client.get(address).status_code == 200
    return client.post(address, form_of(body, **words) | {action: action})


def heading() -> list[dict]:
    return [{"type": "heading", "value": "Zqvirsraksts"}]


def fact() -> list[dict]:
    return [{"type": "fact", "value": {"fact": str(Fact.objects.get(key="sober-2020").pk)}}]


def test_a_card_without_a_fact_is_not_published_and_nothing_is_lost(client, publisher):
    answer = add(client, "action-publish", heading())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no card stands without one" in page
    for kept in ("Jauna patiesība", "Zqmīts.", "Zqvirsraksts", "Zqsoļi"):
        assert kept in page or json.dumps(kept).strip('"') in page
    assert not MythPage.objects.filter(title="Jauna patiesība").exists()


def test_a_card_without_a_fact_may_wait_as_a_draft(client, publisher):
    assert add(client, "save", heading()).status_code == 302
    assert not MythPage.objects.get(title="Jauna patiesība").live


def refused(card) -> list[PageLogEntry]:
    return list(PageLogEntry.objects.filter(page=card, action="campaigns.myth_refused"))


def test_many_cards_at_once_do_not_go_live_without_a_fact(client, publisher, card):
    add(client, "save", heading())
    draft = MythPage.objects.get(title="Jauna patiesība")
    bulk = f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}&id={card.pk}"
    answer = client.post(bulk, {"include_descendants": "on"}, follow=True)
    assert answer.status_code == 200
    assert "no card stands without one" in answer.content.decode()
    assert not MythPage.objects.get(pk=draft.pk).live


def test_a_card_without_a_fact_does_not_go_live_with_the_list_above_it(client, publisher, read):
    add(client, "save", heading())
    add(client, "save", fact(), title="Zqar faktu")
    draft = MythPage.objects.get(title="Jauna patiesība")
    bulk = f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={draft.get_parent().pk}"
    assert client.post(bulk, {"include_descendants": "on"}, follow=True).status_code == 200
    assert not MythPage.objects.get(pk=draft.pk).live
    assert MythPage.objects.get(title="Zqar faktu").live
    (entry,) = refused(draft)
    assert entry.user == publisher
    history = client.get(f"/admin/pages/{draft.pk}/history/").content.decode()
    assert "Not published. Add a fact of the bank" in history


def test_a_card_that_loses_its_fact_stays_as_it_was(card):
    before = [block.block_type for block in card.body]
    card.title, card.body = "Zqbez", [("heading", "Zqvirsraksts")]
    card.go_live_at = timezone.now() - timedelta(minutes=1)
    revision = card.save_revision(approved_go_live_at=card.go_live_at)
    call_command("publish_scheduled")
    revision.publish()
    after = MythPage.objects.get(pk=card.pk)
    assert after.live
    assert after.title != "Zqbez"
    assert [block.block_type for block in after.body] == before
    assert not after.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert len(refused(card)) == 2


@pytest.mark.parametrize("name", ["myth", "steps"])
def test_a_card_needs_its_myth_and_its_steps(client, publisher, name):
    empty = {"steps": '{"entityMap": {}, "blocks": []}', "myth": ""}[name]
    answer = add(client, "action-publish", fact(), **{name: empty})
    page = BeautifulSoup(answer.content, "lxml")
    panel = page.select_one(f"[data-field]:has([name='{name}'])")
    assert panel.select(".error-message")
    assert not MythPage.objects.filter(title="Jauna patiesība").exists()


def test_a_telling_tab_title_is_refused_at_its_field(client, publisher):
    answer = add(client, "action-publish", fact(), tab_title="Vardarbība")
    page = BeautifulSoup(answer.content, "lxml")
    panel = page.select_one("[data-field]:has([name='tab_title'])")
    assert "tells the subject" in panel.select_one(".error-message").get_text()


def test_a_published_card_has_a_code_for_an_address_whatever_it_is_called(client, publisher, read):
    title = "Vardarbība nav privāta"
    assert add(client, "action-publish", fact(), title=title).status_code == 302
    card = MythPage.objects.get(title=title)
    assert card.live
    assert not revealing(card.url_path)
    assert read(card.url_path).h1.get_text() == title
    client.post(f"/admin/pages/{card.pk}/edit/", form_of(fact(), title="Cits") | {"save": "save"})
    assert MythPage.objects.get(pk=card.pk).slug == card.slug


def test_the_preview_of_a_card_shows_the_denied_myth(client, publisher, card):
    request = client.get(f"/admin/pages/{card.pk}/edit/preview/?mode=&in_preview_panel=true")
    assert request.status_code == 200
    client.post(f"/admin/pages/{card.pk}/edit/preview/", form_of(fact()))
    page = BeautifulSoup(client.get(f"/admin/pages/{card.pk}/edit/preview/?mode=").content, "lxml")
    assert page.select_one(".myth q").get_text() == "Zqmīts."


def test_the_list_of_cards_is_filtered(client, publisher, new_card):
    draft = new_card(live=False, title="Zqmelnraksts", position=77)

    def rows(**query) -> list[str]:
        page = BeautifulSoup(client.get("/admin/myths/", query).content, "lxml")
        return [words_of(row) for row in page.select("table.listing tbody tr")]

    assert len(rows()) > 1
    (row,) = rows(live="false")
    assert draft.title in row
    assert draft.myth in row
    assert "77" in row
    assert not [row for row in rows(live="true") if draft.title in row]


def test_only_cards_stand_below_the_index_and_there_is_one(client, publisher):
    index = MythsPage.objects.get(locale__language_code="lv")
    assert [model.__name__ for model in MythsPage.allowed_subpage_models()] == ["MythPage"]
    assert MythPage.allowed_subpage_models() == []
    home = HomePage.objects.get(slug="lv")
    assert not MythsPage.can_create_at(home)
    assert MythPage.can_create_at(index)


def test_a_card_is_the_same_in_every_language_but_its_words():
    for card in of("lv"):
        for other in card.get_translations():
            assert (other.slug, other.position) == (card.slug, card.position)
            assert other.myth != card.myth or other.locale.language_code == "lv-simple"
    assert {locale.language_code for locale in Locale.objects.all()} == set(LANGUAGES)
    assert Page.objects.type(MythPage).count() == sum(CARDS.values())


# The traps of the sources


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_traps_of_the_sources_are_avoided(read, code):
    everything = " ".join(words_of(read(card.url_path).main) for card in of(code))
    assert not re.search(r"\b82\s?%", everything)
    assert "Stambul" not in everything
    assert "67222922" not in everything
