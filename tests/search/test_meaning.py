"""The worker of meanings: what it is asked, what it answers, and that nothing keeps it down."""

import contextlib
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy
import pytest
from django.conf import settings as project

from search.meaning import bounds, client, keeper, worker

HURT = {
    "lv": "vīrs mani sit",
    "ru": "муж меня бьет",
    "en": "my husband hits me",
    "uk": "чоловік б'є мене",
    "lt": "vyras mane muša",
}
NOTHING = ["", "   ", "?!", "12345", "🔥🔥", "日本語", "\x00", "مرحبا", "\ud800"]
PATIENCE = 10.0


@pytest.fixture
def kept(settings):
    """A keeper whose worker answers; every test has its own, for some of them kill it."""
    with tempfile.TemporaryDirectory(prefix="meaning") as folder:
        settings.MEANING_SOCKET = f"{folder}/socket"
        found = keeper.Keeper()
        assert found.wait()
        yield found
        found.end()


def process_of(found: keeper.Keeper) -> int:
    return found._process.pid


def wait_until(condition) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until
        threading.Event().wait(0.02)


def ask_raw(data: bytes) -> bytes:
    """What the worker answers to these bytes."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(project.MEANING_SOCKET)
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        with contextlib.suppress(ConnectionError):
            while part := connection.recv(4096):
                found += part
        return found


def head(length: int, until: float | None = None) -> bytes:
    return worker.HEAD.pack(time.monotonic() + PATIENCE if until is None else until, length)


def vector(text: str):
    return client.vector(text, PATIENCE)


def test_a_sentence_is_near_to_itself_in_every_language(meanings):
    found = {language: vector(text) for language, text in HURT.items()}
    other = vector("train timetable")
    for one in found.values():
        assert abs(float(numpy.linalg.norm(one)) - 1) < 0.01
        assert float(one @ found["en"]) > float(other @ found["en"])


@pytest.mark.parametrize("text", NOTHING)
def test_what_holds_no_letter_is_not_asked(meanings, text):
    assert vector(text) is None


def test_capitals_apostrophes_and_odd_signs_make_no_difference(meanings):
    plain = vector("чоловік б'є мене")
    for text in ("ЧОЛОВІК Б’Є МЕНЕ", "чоловік\nбʼє\tмене", "🔥чоловік б'є мене\u202e"):
        assert float(plain @ vector(text)) > 0.999


def test_a_long_text_counts_by_its_beginning():
    assert len(bounds.bounded("vīrs mani sit " * 1000)) <= bounds.LONGEST
    assert bounds.bounded("я" * 100_000) == "я" * bounds.LONGEST


NONSENSE = {
    "nothing": lambda: b"",
    "a byte": lambda: b"\x00",
    "no head": lambda: b"\xff" * 5000,
    "less than said": lambda: head(10),
    "too long": lambda: head(65535) + b"\xf0\x9f\x94\xa5" * 16383,
    "no letters": lambda: head(4) + b"\xff\xfe\xfd\xfc",
    "more than said": lambda: head(3) + b"abc" * 5000,
    "no time": lambda: struct.pack("!dH", float("nan"), 3) + b"abc",
}


@pytest.mark.parametrize("data", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_sent_to_the_worker_stops_nobody_else(kept, data):
    assert len(ask_raw(data())) in {0, bounds.ANSWER_BYTES}
    assert vector("vīrs mani sit") is not None


def test_who_has_given_up_is_not_worked_for(kept):
    asked = b"abc"
    assert ask_raw(head(len(asked)) + asked)
    assert ask_raw(head(len(asked), until=time.monotonic() - 1) + asked) == b""


def test_many_at_once_have_each_their_own_answer(kept):
    texts = [*HURT.values(), "kur palikt", "нет денег", "anger", "skyrybos"]
    alone = {text: vector(text) for text in texts}
    with ThreadPoolExecutor(8) as threads:
        for text, found in zip(texts * 6, threads.map(vector, texts * 6), strict=True):
            assert float(alone[text] @ found) > 0.999


def test_a_killed_worker_is_started_again(kept):
    killed = process_of(kept)
    os.kill(killed, signal.SIGKILL)
    kept._process.wait(PATIENCE)
    assert vector("vīrs mani sit") is None
    assert kept.wait()
    assert process_of(kept) != killed
    assert vector("vīrs mani sit") is not None


def test_a_hung_worker_is_given_up_and_replaced(kept, monkeypatch):
    monkeypatch.setattr(keeper, "ANSWERS_WITHIN", 0.3)
    hung = process_of(kept)
    os.kill(hung, signal.SIGSTOP)
    assert client.vector("vīrs mani sit") is None
    assert not kept.look()
    assert process_of(kept) != hung
    assert not Path(f"/proc/{hung}").exists()
    monkeypatch.undo()
    assert kept.wait()


NONSENSE = {
    "nothing": b"",
    "too short": b"\x00" * 100,
    "too long": numpy.full(400, 0.05, "<f4").tobytes(),
    "zeros": bytes(bounds.ANSWER_BYTES),
    "no numbers": numpy.full(bounds.LENGTH, numpy.nan, "<f4").tobytes(),
    "not of length one": numpy.ones(bounds.LENGTH, "<f4").tobytes(),
}
# A worker that gives everybody the same answer.
LIAR = """import socket, sys
listening = socket.socket(socket.AF_UNIX)
listening.bind(sys.argv[1])
listening.listen(9)
while True:
    connection, _address = listening.accept()
    with connection:
        connection.recv(4096)
        connection.sendall(bytes.fromhex({answer!r}))
"""


def liar(folder: Path, answer: bytes) -> str:
    path = folder / "liar.py"
    path.write_text(LIAR.format(answer=answer.hex()))
    return str(path)


@contextlib.contextmanager
def lying(path: str, script: str):
    process = subprocess.Popen([sys.executable, script, path])
    try:
        wait_until(lambda: Path(path).exists())
        yield
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_is_no_answer(tmp_path, settings, answer):
    with tempfile.TemporaryDirectory(prefix="meaning") as folder:
        settings.MEANING_SOCKET = f"{folder}/socket"
        with lying(settings.MEANING_SOCKET, liar(tmp_path, answer)):
            assert vector("vīrs mani sit") is None


def test_a_worker_that_means_the_same_by_everything_is_replaced(kept, tmp_path, monkeypatch):
    kept.end()
    same = numpy.full(bounds.LENGTH, bounds.LENGTH**-0.5, "<f4").tobytes()
    monkeypatch.setattr(worker, "__file__", liar(tmp_path, same))
    assert not kept.look()
    wait_until(Path(project.MEANING_SOCKET).exists)
    fooled = process_of(kept)
    monkeypatch.undo()
    wait_until(kept.look)
    assert process_of(kept) != fooled


def test_the_worker_is_told_no_secret_and_writes_nowhere(kept):
    told = Path(f"/proc/{process_of(kept)}/environ").read_bytes()
    assert {line.split(b"=")[0] for line in told.split(b"\0") if line} <= {
        b"OMP_NUM_THREADS",
        b"LC_ALL",
    }
    vector("vīrs mani sit")
    files = Path(f"/proc/{process_of(kept)}/fd").iterdir()
    opened = {str(file.readlink()) for file in files}
    assert not [name for name in opened if name.startswith("/") and name != "/dev/null"]
    assert Path(project.MEANING_SOCKET).stat().st_mode & 0o177 == 0


def test_the_worker_ends_with_who_kept_it():
    with tempfile.TemporaryDirectory(prefix="meaning") as folder:
        path = f"{folder}/socket"
        program = (
            "import sys, django; from django.conf import settings;"
            f"settings.configure(MEANING_SOCKET={path!r});"
            "from search.meaning.keeper import Keeper; kept = Keeper();"
            "assert kept.wait(); print(kept._process.pid, flush=True); sys.stdin.read()"
        )
        with subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(project.SITE)},
        ) as process:
            left = int(process.stdout.readline())
            assert Path(f"/proc/{left}").exists()
            process.kill()
            wait_until(lambda: not _runs(left))


def _runs(process: int) -> bool:
    """A process that has ended and that nobody has asked about yet runs no more."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_another_model_is_refused(monkeypatch):
    monkeypatch.setattr(worker, "MODEL_SHA256", "0" * 64)
    with pytest.raises(SystemExit, match="pinned"):
        worker.load()


def test_a_path_too_long_for_a_socket_is_no_error(settings):
    settings.MEANING_SOCKET = "/tmp/" + "x" * 200
    assert not keeper.Keeper().wait()
    assert vector("vīrs mani sit") is None
