"""Facts against myths in the admin: no card goes live without its fact."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from campaigns.models import MythPage, MythsPage
from pages.facts import Fact
from pages.models import HomePage
from pages.neutral import revealing
from tests.campaigns.shown import words

pytestmark = pytest.mark.django_db


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
        return [words(row) for row in page.select("table.listing tbody tr")]

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
