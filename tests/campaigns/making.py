"""Campaigns and events for tests, published without the demo content's help."""

import datetime
from zoneinfo import ZoneInfo

from wagtail.models import Page

from campaigns.models import CampaignPage, CampaignsPage, EventPage

RIGA = ZoneInfo("Europe/Riga")


def moment(text: str) -> datetime.datetime:
    """`moment("2026-03-02 22:14")` on the clock of Riga."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=RIGA)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def index(language: str = "lv") -> CampaignsPage:
    return CampaignsPage.objects.get(locale__language_code=language)


def published(parent: Page, page: Page) -> Page:
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def a_campaign(slug: str, first_day: str, last_day: str, **fields) -> CampaignPage:
    """A published Latvian campaign."""
    values = {
        "title": f"Kampaņa {slug}", "tab_title": "Kampaņa", "slug": slug, "aims": "<p>Mērķis</p>",
        "audience": "Visi", "first_day": day(first_day), "last_day": day(last_day),
    }  # fmt: skip
    return published(index(), CampaignPage(**values | fields))


def an_event(campaign: CampaignPage, slug: str, starts: str, ends: str, **fields) -> EventPage:
    """A published Latvian event of a campaign."""
    values = {
        "title": f"Notikums {slug}", "tab_title": "Pasākums", "slug": slug, "place": "Bibliotēka",
        "starts": moment(starts), "ends": moment(ends),
    }  # fmt: skip
    return published(campaign, EventPage(**values | fields))


def change(page: Page, **fields) -> Page:
    """Publishes a change of a page, as an editor does."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)
