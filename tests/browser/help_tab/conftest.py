"""A site of somebody else with the tab, and a reader of it."""

import pytest

from tests.browser.help_tab.panel import OPEN_TREES, with_tab


@pytest.fixture
def shop(host, server):
    """The other site with the tab on its page, without a policy of its own."""
    host.page, host.policy = with_tab(server), ""
    return host


@pytest.fixture(scope="module")
def readers(browser):
    """One context in which closed trees are open, and scripts of the test pass every policy."""
    with browser.new_context(bypass_csp=True) as context:
        context.add_init_script(OPEN_TREES)
        yield context


@pytest.fixture
def reader(readers):
    page = readers.new_page()
    yield page
    page.close()
