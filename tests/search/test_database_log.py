"""What was typed is in no line of the database server's log, not even of a failing statement.

Collected where the run knows that log (`TEST_DATABASE_LOG`): `.ci/run` starts PostgreSQL with the
settings of compose.yaml.
"""

import os
from pathlib import Path

import pytest
from django.db import DataError, connection, transaction

pytestmark = pytest.mark.django_db

LOG = Path(os.environ["TEST_DATABASE_LOG"])
MARKER, PLANTED = "zqlogmarker7719", "zqplanted7719"
LEVELS = {"log_min_messages": "error", "log_min_error_statement": "error"}


def fail(words: str) -> None:
    """A statement that fails over its words, as a fault of ours would make one."""
    with pytest.raises(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT %s::int", [words])


def test_what_was_typed_is_not_in_the_log(client):
    for text in (MARKER, f"vīrs mani sit {MARKER}", f"'{MARKER}' & ( | !"):
        assert client.post("/lv/pakalpojumi/mekle/", {"text": text}).status_code == 200
    fail(MARKER)
    assert MARKER not in LOG.read_text(errors="replace")


def test_the_log_would_show_it_without_the_shipped_settings():
    with connection.cursor() as cursor:
        for name, level in LEVELS.items():
            cursor.execute(f"SET LOCAL {name} = {level}")
    fail(PLANTED)
    assert PLANTED in LOG.read_text(errors="replace")
