"""A real server process on the test database, a neutral site to leave to, and Chromium."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from playwright.sync_api import expect, sync_playwright

from directory.models import Service
from tests.browser import profiles, serving

expect.set_options(timeout=30_000)


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def neutral_process():
    with serving.neutral_site() as neutral:
        yield neutral


@pytest.fixture
def neutral(neutral_process):
    """The site that the exit leads to, without earlier visits, answering at once."""
    neutral_process.start_again()
    yield neutral_process
    neutral_process.start_again()


@pytest.fixture(scope="session")
def host():
    """A site of somebody else that may show our help tab."""
    with serving.host_site() as running:
        yield running


@pytest.fixture(scope="session")
def filled_database(django_db_setup):
    """The test database, its connection unused: the server process reads and writes it.

    The mark of pytest-django would hold a transaction open in which the server could not write.
    """


@pytest.fixture(scope="session")
def server_environment(filled_database, neutral_process, host):
    """Environment of a server on the database that pytest-django filled."""
    return serving.environment(
        DJANGO_SETTINGS_MODULE="config.settings.test",
        TEST_DATABASE_NAME=str(connection.settings_dict["NAME"]),
        DATA_DIR=str(settings.VAR.parent),
        QUICK_EXIT_ADDRESS=neutral_process.first,
        QUICK_EXIT_SECOND_ADDRESS=neutral_process.second,
        HELP_TAB_HOSTS=host.address,
        WEB_CONCURRENCY="2",
    )


@pytest.fixture(scope="session")
def server(server_environment, tmp_path_factory, django_db_blocker):
    log = tmp_path_factory.mktemp("server") / "output.txt"
    with django_db_blocker.unblock():
        serving.withdraw_one()
    with serving.site(server_environment, log) as running:
        yield running
    # The server wrote error pages that leave to the neutral site: ours again.
    with django_db_blocker.unblock():
        call_command("error_pages", verbosity=0)
        Service.objects.filter(uuid=serving.GONE).delete()


@pytest.fixture(scope="session")
def broken_server(server_environment, tmp_path_factory):
    """The site with its database gone: error pages were written while it was still there."""
    folder = tmp_path_factory.mktemp("broken")
    environment = server_environment | {"DATA_DIR": str(folder)}
    (folder / settings.VAR.name / "static").mkdir(parents=True)
    serving.manage("error_pages", environment=environment)
    environment["TEST_DATABASE_NAME"] = "no/database"
    with serving.site(environment, folder / "output.txt") as running:
        yield running


@pytest.fixture(scope="session")
def address(server):
    """The address of a page type (see `serving.VIEWS`) or a path, in a language."""
    codes = serving.codes(server)

    def _address(kind: str, language: str = "lv") -> str:
        path = serving.VIEWS.get(kind, kind)
        return f"{server.address}/{language}/{path.format(**codes)}"

    return _address


@pytest.fixture
def slow_site(server):
    """The help page as it stands after its first kilobytes: the exit is there, the rest is not."""
    beginning, end, _rest = server.text("/lv/pakalpojumi/").partition("</nav>")
    with serving.slow_site(beginning + end) as address:
        yield address


@pytest.fixture(scope="module")
def beside_an_event_loop(server):
    """Playwright runs an event loop in this thread, and Django then refuses the database:
    allowed here, where nothing runs beside the test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield
        # Beside an event loop Django opens connections of its own, and nobody else closes them.
        connections.close_all()


@pytest.fixture(scope="module")
def browser(beside_an_event_loop):
    """Chromium that forgets."""
    with serving.chromium() as running:
        yield running


@pytest.fixture(scope="module")
def driver(beside_an_event_loop):
    """Playwright, for browsers on a profile; not in one module with `browser`."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def reader(driver, tmp_path_factory):
    """A reader's browser on a profile that all tests of a module share."""
    with profiles.opened(driver, tmp_path_factory.mktemp("reader")) as context:
        yield context


@pytest.fixture
def tab(reader):
    """A new tab of the reader's browser."""
    page = reader.new_page()
    yield page
    page.close()


@pytest.fixture(scope="session")
def start():
    """Another site, where visits begin."""
    with profiles.starting_site() as site:
        yield site


@pytest.fixture
def context(browser):
    with browser.new_context() as fresh:
        yield fresh


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture
def page_without_scripts(browser):
    with browser.new_context(java_script_enabled=False) as fresh:
        yield fresh.new_page()
