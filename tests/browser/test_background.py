"""The name on the tab while the reader looks at another one."""

import pytest

from tests.browser.tabs import Tabs

NEUTRAL = "Laika ziņas"


@pytest.fixture
def tabs(browser):
    several = Tabs(browser)
    yield several
    several.close()


def test_the_name_on_a_tab_in_the_background_is_neutral(tabs, address, neutral):
    ours = tabs.open(address("service"))
    tabs.wait_until_open(ours, address("service"))
    name = tabs.name(ours)
    assert name not in {"", NEUTRAL}
    other = tabs.open(neutral.first)
    tabs.wait_until_open(other, neutral.first)
    tabs.wait_until_named(ours, NEUTRAL)
    tabs.to_the_front(ours)
    tabs.wait_until_named(ours, name)


def test_a_tab_opened_in_the_background_has_a_neutral_name(tabs, address, neutral):
    tabs.open(neutral.first)
    ours = tabs.open_behind(address("service"))
    tabs.wait_until_open(ours, address("service"))
    tabs.wait_until_named(ours, NEUTRAL)
