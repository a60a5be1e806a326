"""The clock of the directory, set by hand, and its list read to the end."""

import datetime
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from directory.models import (
    Audience,
    Need,
    Organization,
    Phone,
    Service,
    ServiceText,
    SpokenLanguage,
)

RIGA = ZoneInfo("Europe/Riga")


@pytest.fixture
def clock(monkeypatch):
    """`clock("2026-03-02 22:14")`: what the pages take for now, on the clock of Riga."""

    def set_to(text: str) -> datetime.datetime:
        moment = datetime.datetime.fromisoformat(text).replace(tzinfo=RIGA)
        monkeypatch.setattr("directory.moments.now", lambda: moment)
        return moment

    return set_to


@dataclass(frozen=True)
class Listed:
    """What the list shows at an address, on all its pages."""

    fits: tuple[str, ...]
    to_ask: tuple[str, ...]
    said: int
    said_to_ask: int


@pytest.fixture
def listed(read):
    """`listed("/en/pakalpojumi/?f=…")`: the codes of the services, and the numbers above them."""

    def codes_of(page, chosen: str) -> list[str]:
        links = page.select(f"{chosen} > li.card h3 a")
        return [link["href"].strip("/").split("/")[-1] for link in links]

    def whole(address: str) -> Listed:
        fits, to_ask, path = [], [], address.partition("?")[0]
        numbers: dict[int, int] = {}
        page = read(address)
        for _page in range(50):
            # Those to ask are counted where the first of them stand.
            for place, head in enumerate(page.select("h2.count")):
                numbers.setdefault(place, int(re.search(r"\d+", head.get_text())[0]))
            fits += codes_of(page, "ul.list:not(.ask, .always)")
            to_ask += codes_of(page, "ul.list.ask")
            onward = page.select_one(".pages a[rel=next]")
            if not onward:
                break
            page = read(path + onward["href"])
        return Listed(tuple(fits), tuple(to_ask), numbers[0], numbers.get(1, 0))

    return whole


@pytest.fixture
def keeper(sign_in):
    """The directory keeper, who reads the admin in English."""
    user = sign_in("uzturetaja")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    return user


@pytest.fixture
def new_service():
    """`new_service(free=True)`: a public service of which nothing else is known."""

    def create(*, need: str = "pet", audience=(), languages=(), **facts) -> Service:
        organization = Organization.objects.first()
        service = Service(organization=organization, source="x", source_year=2024, **facts)
        service.phones = [Phone(number="63489652")]
        service.audiences = [Audience(code=code) for code in audience]
        service.languages = [SpokenLanguage(code=code) for code in languages]
        service.save()
        service.needs.set([Need.objects.get(key=need)])
        service.save()
        ServiceText.objects.create(
            service=service, name="N", tab_title="N", locale=Locale.objects.get(language_code="lv")
        )
        return service

    return create
