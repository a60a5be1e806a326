"""The clock of campaigns, set by hand, and cards of facts against myths."""

import pytest

from campaigns.models import MythPage, MythsPage
from pages.facts import Fact
from tests.campaigns.making import moment


@pytest.fixture
def clock(monkeypatch):
    """`clock("2026-12-02 18:00")`: what the pages take for now; at first before all events."""

    def set_to(text: str):
        monkeypatch.setattr("campaigns.moments.now", lambda: moment(text))

    set_to("2026-08-01 12:00")
    return set_to


@pytest.fixture
def card():
    """A Latvian card that no other language has."""
    in_latvian = MythPage.objects.filter(locale__language_code="lv").order_by("position")
    return next(page for page in in_latvian if not page.get_translations().exists())


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
