"""A copy of the demo files that a test may break, and what the command then says."""

import shutil
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from demo.content import FOLDER


@pytest.fixture
def folder(tmp_path) -> Path:
    for name in ("pages", "directory", "campaigns", "stories", "staff"):
        shutil.copytree(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def counts():
    """How many records of every model there are: `counts()`."""

    def of_all() -> dict[str, int]:
        return {model._meta.label: model._base_manager.count() for model in apps.get_models()}

    return of_all


@pytest.fixture
def change(folder):
    """Changes the first such words of a file: `change("directory/lv.toml", old, new)`."""

    def one(file: str, old: str, new: str) -> None:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return one


@pytest.fixture
def refused(folder, counts):
    """The command names the file first, then every one of the words, and changes nothing."""

    def message(file: str, *words: str) -> None:
        before = counts()
        with pytest.raises(CommandError) as error:
            call_command("demo", folder=folder, verbosity=0)
        said = str(error.value)
        assert counts() == before
        assert said.startswith(file), said
        assert [word for word in words if word not in said] == [], said

    return message
