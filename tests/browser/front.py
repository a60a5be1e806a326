"""nginx with the shipped configuration, as a real process in front of the site's server."""

import os
import resource
import shutil
import socket
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser import serving
from tests.browser.starting import until_up

SHIPPED = serving.ROOT / "deploy" / "nginx.conf"
STARTS_WITHIN = 20


def executable() -> str:
    """Where nginx is; without it the test fails with the words that mend it."""
    # An ordinary user of Debian has no sbin on the path.
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        pytest.fail("nginx is not installed: sudo apt-get install nginx-light", pytrace=False)
    return found


@dataclass
class Front:
    """A running nginx: its port, its process, the folder of all that it writes."""

    port: int
    process: int
    folder: Path

    @property
    def log(self) -> Path:
        return self.folder / "output.txt"


def configuration(folder: Path, data: Path, ports: dict[str, int], impatient: bool) -> str:
    """The shipped text with the machine's own lines replaced.

    `ports` are those of nginx, of the application and of the name server. `impatient`: waits for
    readers and for the application for a second each. Raises when a line is not there just once.
    """
    own = {
        "listen 8080 ": f"listen 127.0.0.1:{ports['nginx']} ",
        "http://app:8000;": f"http://app:{ports['application']};",
        "resolver 127.0.0.11 valid=5s ": f"resolver 127.0.0.1:{ports['names']} valid=0s ",
        "pid /tmp/nginx.pid;": f"pid {folder}/nginx.pid;",
        "client_body_temp_path /tmp/nginx-body;": f"client_body_temp_path {folder}/body;",
        "proxy_temp_path /tmp/nginx-proxy;": f"proxy_temp_path {folder}/proxy;",
        "root /data/error-pages;": f"root {data}/error-pages;",
        "alias /data/static/;": f"alias {data}/static/;",
        "alias /data/media/;": f"alias {data}/media/;",
    }
    for unused in ("fastcgi", "uwsgi", "scgi"):
        line = f"    {unused}_temp_path "
        own[f"{line}/tmp/nginx-unused;"] = f"{line}{folder}/unused;"
    if impatient:
        own["client_header_timeout 15s;"] = "client_header_timeout 1s;"
        own["client_body_timeout 30s;"] = "client_body_timeout 1s;"
        own["proxy_read_timeout 35s;"] = "proxy_read_timeout 1s;"
    text = SHIPPED.read_text("utf-8")
    for shipped, here in own.items():
        assert text.count(shipped) == 1, f"{shipped} is not once in {SHIPPED.name}"
        text = text.replace(shipped, here)
    return text


@contextmanager
def nginx(
    folder: Path, data: Path, application: int, names: int, impatient: bool = False
) -> Iterator[Front]:
    """nginx below `folder`, with static files, uploads and error pages of `data`."""
    front = Front(serving.free_port(), 0, folder)
    folder.mkdir()
    shipped = folder / "nginx.conf"
    ports = {"nginx": front.port, "application": application, "names": names}
    shipped.write_text(configuration(folder, data, ports, impatient), "utf-8")
    # Started by root, nginx hands its work to a user who may not read a test's folder.
    user = "user root;" if os.geteuid() == 0 else ""
    command = [executable(), "-p", str(folder), "-c", str(shipped), "-e", "stderr"]
    with front.log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "-g", f"daemon off; {user}"],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        front.process = process.pid
        try:
            place = ("127.0.0.1", front.port)
            until_up(process, front.log, lambda: socket.create_connection(place, 1).close())
            yield front
        finally:
            process.terminate()
            process.wait(STARTS_WITHIN)


class _Names(socketserver.ThreadingUDPServer):
    """Docker's name server in small: while `known`, every name is 127.0.0.1, for no seconds."""

    known = True


class _Name(socketserver.BaseRequestHandler):
    server: _Names

    def handle(self):
        question, connection = self.request
        # RFC 1035: flags of an answer, or of "no such name"; counts; the question as it came.
        flags = b"\x81\x80" if self.server.known else b"\x81\x83"
        answers = b"\x00\x01" if self.server.known else b"\x00\x00"
        reply = question[:2] + flags + question[4:6] + answers + b"\x00" * 4 + question[12:]
        if self.server.known:
            # The name of the question, type A, class IN, lives 0 s, four bytes.
            reply += b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x00\x00\x04\x7f\x00\x00\x01"
        connection.sendto(reply, self.client_address)


@contextmanager
def names() -> Iterator[_Names]:
    """A name server on a free port; clear `known` and the application's name is unknown."""
    with _Names(("127.0.0.1", 0), _Name) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def family(process: int) -> list[int]:
    """A process and its children: a server and its workers."""
    found = [process]
    for other in Path("/proc").glob("[0-9]*"):
        # One that ends while we look is nobody's worker any more.
        with suppress(ProcessLookupError, FileNotFoundError):
            if f"\nPPid:\t{process}\n" in (other / "status").read_text():
                found.append(int(other.name))
    return found


def signal(process: int, number: int) -> None:
    """Sends a signal to a server and its workers, as far as they still live."""
    for each in family(process):
        with suppress(ProcessLookupError):
            os.kill(each, number)


def starve(process: int) -> None:
    """From here on a server and its workers get no more memory than they have."""
    for each in family(process):
        resource.prlimit(each, resource.RLIMIT_AS, (1, resource.RLIM_INFINITY))


def written_to(process: int) -> set[str]:
    """Files that a server and its workers hold open for writing, devices left out."""
    found = set()
    for each in family(process):
        for opened in Path(f"/proc/{each}/fd").iterdir():
            # A connection may end between the two questions.
            with suppress(FileNotFoundError):
                about = Path(f"/proc/{each}/fdinfo/{opened.name}").read_text()
                target = str(opened.readlink())
                if int(about.split("flags:")[1].split()[0], 8) & os.O_ACCMODE:
                    found.add(target)
    return {name for name in found if name.startswith("/") and not name.startswith("/dev/")}
