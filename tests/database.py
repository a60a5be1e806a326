"""The demo content is loaded once for all processes of a run; each of them works on a copy."""

import fcntl
import gc
import json
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from search.meaning import keeper

FILES = ("media", "error-pages")


def prepare(run: str, process: str, keep: bool) -> None:
    """Gives this process a database, uploads and error pages of its own with the demo content.

    `run` names the test run: the first process that asks in a run fills, the others wait and copy.
    With `keep` what an earlier run filled is only brought up to date.
    """
    filled_for = settings.FILLED / "run"
    with _alone():
        if not filled_for.exists() or filled_for.read_text() != run:
            if not keep:
                shutil.rmtree(settings.FILLED, ignore_errors=True)
            settings.FILLED.mkdir(parents=True, exist_ok=True)
            _fill(keep)
            filled_for.write_text(run)
        _copy(process)
    # How many queries a page takes must not depend on who filled the database.
    ContentType.objects.get_for_models(*apps.get_models())


def discard() -> None:
    """Deletes the copy of this process, whoever still holds a connection to it.

    Beside the event loop of a browser test Django opens connections that nobody can close later.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


@contextmanager
def _alone() -> Iterator[None]:
    """The other processes wait here until the block ends, however it ends."""
    settings.FILLED.parent.mkdir(parents=True, exist_ok=True)
    with settings.FILLED.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fill(keep: bool) -> None:
    _copy_files(settings.FILLED, settings.VAR)
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    call_command("demo", verbosity=0)
    call_command("error_pages", verbosity=0)
    _compute_vectors()
    _draw_pictures()
    _copy_files(settings.VAR, settings.FILLED)


def _compute_vectors() -> None:
    """A minute of work, so what an earlier run computed of the same model and text is kept."""
    from directory import vectors
    from directory.situations import SituationExample

    kept = settings.FILLED.with_name("test-vectors.json")
    known = json.loads(kept.read_text()) if kept.exists() else {}
    examples = list(SituationExample.objects.all())
    for example in examples:
        example.vector_key = vectors.key(example.text)
        example.vector = bytes.fromhex(known.get(example.vector_key, ""))
    have = [example for example in examples if example.vector]
    SituationExample.objects.bulk_update(have, ["vector", "vector_key"], batch_size=100)
    with tempfile.TemporaryDirectory(prefix="meaning") as folder:
        path = f"{folder}/socket"
        with override_settings(MEANING_SOCKET=path), keeper.running():
            vectors.fill()
    found = SituationExample.objects.exclude(vector_key="").values_list("vector_key", "vector")
    part = kept.with_suffix(".part")
    part.write_text(json.dumps({key: bytes(vector).hex() for key, vector in found}))
    part.replace(kept)


def _draw_pictures() -> None:
    """Wagtail leaves a temporary file open when it first draws a picture: not in a test then."""
    from pages.models import SiteImage

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        for image in SiteImage.objects.all():
            image.get_rendition("width-960|format-webp")
        gc.collect()


def _copy(process: str) -> None:
    """The database by its own means, the files by theirs."""
    connection.close()
    connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
    copy = connection.creation.get_test_db_clone_settings(process)
    for left_over in settings.FILLED.glob(f"{Path(copy['NAME']).name}-*"):
        # The write-ahead log of a run that was broken off is not that of the new copy.
        left_over.unlink()
    connection.creation.clone_test_db(process, verbosity=0, autoclobber=True)
    connection.settings_dict.update(copy)
    _copy_files(settings.FILLED, settings.VAR)


def _copy_files(source: Path, target: Path) -> None:
    for name in FILES:
        if (source / name).exists():
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)
