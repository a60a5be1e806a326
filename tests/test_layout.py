"""The house: which room may lean on which, what code may not hold, how long it may be."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import SwappableTuple

ROOT = Path(settings.ROOT)
SITE = ROOT / "site"
# Each room with the rooms it may lean on. `tests` and the migrations are read apart.
MAY_USE = {
    "quick_exit": set(),
    "search": set(),
    "staff": set(),
    "config": set(),
    "demo": set(),
    "frame": {"quick_exit"},
    "pages": {"frame", "quick_exit", "search"},
    "directory": {"pages", "frame", "quick_exit", "search"},
    "campaigns": {"pages", "frame", "quick_exit", "search"},
    "stories": {"pages", "frame", "quick_exit", "search"},
}
APPS = ("directory", "campaigns", "stories")
CITY = re.compile("liepāj|liepaj|лиепа|лієпа|liepoj", re.IGNORECASE)
LONGEST_MODULE, LONGEST_FUNCTION = 400, 40


def folder_of(room: str) -> Path:
    return ROOT / room if room in APPS else SITE / room


ROOMS = [room for room in MAY_USE if folder_of(room).is_dir()]


def sources(room: str) -> list[Path]:
    """The Python files of a room without its migrations."""
    return [
        path
        for path in sorted(folder_of(room).rglob("*.py"))
        if "migrations" not in path.relative_to(folder_of(room)).parts
    ]


def imported_rooms(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module)
    return {name.partition(".")[0] for name in names} & set(MAY_USE)


def code_files(*suffixes: str) -> list[Path]:
    """Our own files with these endings: not the demo's words, not tests, not what tools leave."""
    places = [*(folder_of(room) for room in ROOMS if room != "demo"), SITE / "demo" / "management"]
    single = [ROOT / "manage.py", SITE / "demo" / "content.py", SITE / "demo" / "apps.py"]
    found = [path for place in places for path in place.rglob("*") if path.suffix in suffixes]
    return sorted(found + [path for path in single if path.suffix in suffixes])


def test_the_site_and_locale_folders_are_no_packages():
    assert not list(SITE.glob("__init__.py"))
    assert not list((ROOT / "locale").rglob("__init__.py"))
    assert not list((ROOT / "tests").rglob("__init__.py"))
    assert importlib.import_module("site").__file__ != str(SITE / "__init__.py")


def test_the_rooms_are_found():
    assert set(MAY_USE) - {"campaigns", "stories"} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_rooms_below(room):
    wrong = {
        f"{path.relative_to(ROOT)} imports {other}"
        for path in sources(room)
        for other in imported_rooms(path) - MAY_USE[room] - {room}
    }
    assert not wrong


# One of a library's migrations asks the database while it is imported.
@pytest.mark.django_db
@pytest.mark.parametrize("room", ROOMS)
def test_a_migration_depends_only_on_rooms_below(room):
    loader = MigrationLoader(None, ignore_no_migrations=True)
    # The user model is named by a setting: whoever depends on it does not know the room.
    wrong = {
        f"{app}.{name} depends on {dependency[0]}"
        for (app, name), migration in loader.disk_migrations.items()
        if app == room
        for dependency in migration.dependencies
        if not isinstance(dependency, SwappableTuple)
        and dependency[0] in set(MAY_USE) - MAY_USE[room] - {room}
    }
    assert not wrong


@pytest.mark.django_db
def test_the_migrations_that_are_judged_exist():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    assert {"quick_exit", "pages", "directory", "search", "staff"} <= {
        app for app, _ in loader.graph.nodes
    }


@pytest.mark.parametrize("room", ROOMS)
def test_a_template_uses_only_templates_of_rooms_below(room):
    folders = MAY_USE[room] | {room}
    wrong = {
        f"{path.relative_to(ROOT)} uses {used}"
        for path in folder_of(room).rglob("*.html")
        for used in re.findall(
            r"""{%-?\s*(?:extends|include)\s+["']([^"']+)["']""", path.read_text("utf-8")
        )
        if used.partition("/")[0] in set(MAY_USE) - folders
    }
    assert not wrong


@pytest.mark.parametrize("room", ROOMS)
def test_a_template_names_every_other_template_plainly(room):
    """An include by variable could not be read by the test above."""
    wrong = {
        str(path.relative_to(ROOT))
        for path in folder_of(room).rglob("*.html")
        if re.search(r"{%-?\s*(?:extends|include)\s+[^\"'\s]", path.read_text("utf-8"))
    }
    assert not wrong


def test_no_code_names_the_city():
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in code_files(".py", ".html", ".js", ".css", ".svg")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if CITY.search(line)
    ]
    assert not found, "\n".join(found)


def test_no_module_is_longer_than_400_lines():
    long = {
        f"{path.relative_to(ROOT)}: {lines}"
        for path in code_files(".py")
        if "migrations" not in path.parts
        and (lines := len(path.read_text("utf-8").splitlines())) > LONGEST_MODULE
    }
    assert not long


def test_no_function_is_longer_than_40_lines():
    long = {
        f"{path.relative_to(ROOT)}:{node.name}: {node.end_lineno - node.lineno + 1}"
        for path in code_files(".py")
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert not long
