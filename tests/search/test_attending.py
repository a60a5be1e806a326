"""What runs beside the site: tasks at their times, whatever fails, as long as its parent lives."""

import os
import signal
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from search import upkeep

# Says that the loop has begun, from the first task that is run.
TOLD = "the loop runs"
ATTEND = f"""
import os, sys
sys.argv = ["manage.py", "attend_search", *sys.argv[1:]]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
import django
django.setup()
from search import upkeep
upkeep.register("tell", 60, lambda: print("{TOLD}", flush=True))
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""


@pytest.fixture
def own_tasks():
    """Registers tasks for a test: `own_tasks(name, seconds, work)`; the others rest."""
    before = upkeep.tasks()
    for task in before:
        upkeep.forget(task.name)
    yield upkeep.register
    for task in upkeep.tasks():
        upkeep.forget(task.name)
    for task in before:
        upkeep.register(task.name, task.seconds, task.work)


def attend(*words: str) -> subprocess.Popen:
    """The command as a process that has begun its work."""
    process = subprocess.Popen(
        [sys.executable, "-c", ATTEND, *words], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline().strip() == TOLD
    return process


def test_each_task_runs_at_its_times_and_a_failing_one_again_and_again(own_tasks, our_log):
    now, ran = [0.0], []

    def fail() -> None:
        ran.append("fails")
        raise ConnectionError("kanarijputnins")

    own_tasks("often", 5, lambda: ran.append("often"))
    own_tasks("fails", 3600, fail)
    own_tasks("seldom", 3600, lambda: ran.append("seldom"))
    rounds = upkeep.Rounds(lambda: now[0])
    rounds.run_due()
    assert ran == ["often", "fails", "seldom"]
    rounds.run_due()
    assert len(ran) == 3
    now[0] += 5
    rounds.run_due()
    assert ran[3:] == ["often"]
    now[0] += upkeep.TRY_AGAIN_SECONDS
    rounds.run_due()
    assert ran[4:] == ["often", "fails"]
    # It is said once, with the place and without the words.
    written = our_log()
    assert written.count("A task of search failed") == 1
    assert "kanarijputnins" not in written


def test_once_runs_all_and_names_those_that_fail(own_tasks):
    ran = []
    own_tasks("first", 5, lambda: 1 / 0)
    own_tasks("second", 5, lambda: ran.append("second"))
    with pytest.raises(CommandError, match=r"Failed: first\."):
        call_command("attend_search", "--once")
    assert ran == ["second"]


def test_a_signal_ends_it_at_once():
    with attend() as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_it_ends_with_its_parent():
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    # Not the real parent: the same as one that has died before the first look.
    with parent, attend("--with-parent") as living:
        assert living.poll() is None
        command = [sys.executable, "-c", ATTEND, "--with-parent", str(parent.pid)]
        assert subprocess.run(command, capture_output=True, timeout=60).returncode == 0
        assert living.poll() is None
        living.terminate()


def test_it_ends_when_its_parent_is_killed():
    script = (
        "import subprocess, sys; "
        "child = subprocess.Popen([sys.executable, '-c', sys.argv[1], '--with-parent']); "
        "child.wait()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, ATTEND], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout.readline().strip() == TOLD
        parent.kill()
        # Both hold the pipe: it ends when the child has ended too.
        assert parent.stdout.read() == ""


def test_the_server_keeps_it_alive(tmp_path):
    """As gunicorn's hooks do: started again when it dies, ended with the server."""
    script = f"""
import os, signal, sys
from config import attending
attending.MANAGE = {str(tmp_path / "manage.py")!r}
attending.RESTARTS_AFTER = 0.0
attending.keep()
for line in sys.stdin:
    pass
attending.end()
"""
    (tmp_path / "manage.py").write_text(
        "import os, sys, time\nprint(os.getpid(), *sys.argv[1:], flush=True)\ntime.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        first, *words = server.stdout.readline().split()
        assert words == ["attend_search", "--with-parent", str(server.pid)]
        os.kill(int(first), signal.SIGKILL)
        second = server.stdout.readline().split()[0]
        assert second != first
        server.stdin.close()
        assert server.stdout.read() == ""
