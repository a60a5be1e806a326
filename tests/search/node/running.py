"""A node of the search engine as a process of its own: started, killed, halted."""

import fcntl
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.search.node import java
from tests.search.node.prepare import alone, layout

HEAP = "512m"
STARTS_WITHIN = 120
# All that the server writes by default.
LOGS = """status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
"""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Node:
    """A node whose data live in `home`; `address` stays the same over a restart."""

    def __init__(self, home: Path):
        self.home = home
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = home / "node.log"
        self.process: subprocess.Popen | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        for name in ("config", "data", "logs", "plugins"):
            (self.home / name).mkdir(parents=True)
        (self.home / "config" / "log4j2.properties").write_text(LOGS)
        (self.home / "modules").symlink_to(layout() / "modules")
        (self.home / "users").touch()

    def launch(self) -> None:
        """Starts the process and does not wait for it."""
        engine, runtime = layout(), java.executable()
        command = [str(runtime), f"-Xms{HEAP}", f"-Xmx{HEAP}", "-XX:+UseSerialGC"]
        command += ["-XX:TieredStopAtLevel=1", *java.modules(runtime)]
        command += ["--enable-native-access=ALL-UNNAMED", f"-Des.path.home={self.home}"]
        command += [f"-Des.path.conf={self.home / 'config'}", "-Des.distribution.type=tar"]
        command += ["-cp", f"{engine / 'classes'}:{engine / 'lib'}/*", "Node"]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, str(self.home), str(self.port)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def start(self) -> None:
        """Starts and waits until it answers; raises RuntimeError with its log when it does not."""
        self.launch()
        self.until("/_cluster/health")

    def until(self, path: str) -> None:
        """Waits until the node answers this address."""
        for _try in range(STARTS_WITHIN * 10):
            if answers(self.address + path):
                return
            try:
                self.process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
            break
        raise RuntimeError(f"The search engine did not start:\n{self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """As `kill -9`."""
        self.process.kill()
        self.process.wait()

    def leave(self) -> None:
        """To itself: it runs on when this process ends, and Popen is not to complain of it."""
        self.process.returncode = 0

    def halt(self) -> None:
        """The process is there and takes connections, and does nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def used(home: Path) -> Iterator[None]:
    """While the block lasts the node of this folder stays alive, whoever started it."""
    with (home / "users").open("r") as users:
        fcntl.lockf(users, fcntl.LOCK_SH)
        yield


@contextmanager
def own(home: Path) -> Iterator[Node]:
    """A node for one module of tests alone, that may be killed."""
    node = Node(home)
    with used(home):
        node.start()
        try:
            yield node
        finally:
            node.kill()


@contextmanager
def shared(folder: Path) -> Iterator[str]:
    """The address of the one node of all test processes; the first that asks starts it.

    It ends by itself when the last of them has ended, so nobody waits for it here.
    """
    known = folder / "address"
    with ExitStack() as stack:
        with alone(folder.with_name(f"{folder.name}.lock")):
            if not (known.exists() and answers(f"{known.read_text()}/_cluster/health")):
                node = Node(folder)
            stack.enter_context(used(folder))
            if not known.exists():
                node.start()
                node.leave()
                known.write_text(node.address)
        yield known.read_text()
