"""What the server process writes down: nothing about whoever asked."""

import errno
import socket
import threading

import pytest

from tests.browser import serving

MARKER = "Qmarker7391"
# The client's own address: the server listens on another one, which it does print.
CLIENT = "127.0.0.77"
ADDRESS = "203.0.113.77"
FOLLOWS = (
    "Host: localhost\r\nConnection: close\r\n"
    f"X-Forwarded-For: {ADDRESS}\r\nForwarded: for={ADDRESS}\r\nX-Real-IP: {ADDRESS}\r\n"
    f"User-Agent: {MARKER}\r\nReferer: http://{MARKER}.example/\r\nCookie: {MARKER}={MARKER}\r\n"
)
LONG = f"name={MARKER}&" * 20_000
REQUESTS = {
    "a page": (f"GET /lv/?q={MARKER} HTTP/1.1\r\n{FOLLOWS}\r\n", 200),
    "a page that is not there": (f"GET /lv/{MARKER}/?q={MARKER} HTTP/1.1\r\n{FOLLOWS}\r\n", 404),
    "a file that is not there": (f"GET /media/{MARKER} HTTP/1.1\r\n{FOLLOWS}\r\n", 404),
    "a file outside the folder": (f"GET /media/../{MARKER} HTTP/1.1\r\n{FOLLOWS}\r\n", 400),
    "a refused method": (f"GET /blank/?q={MARKER} HTTP/1.1\r\n{FOLLOWS}\r\n", 405),
    "an unknown host": (
        f"GET /lv/?q={MARKER} HTTP/1.1\r\n{FOLLOWS.replace('localhost', MARKER)}\r\n",
        400,
    ),
    "a form without its token": (
        (
            f"POST /admin/login/?q={MARKER} HTTP/1.1\r\n{FOLLOWS}Content-Length: 20\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\n\r\nname={MARKER}1234"
        ),
        403,
    ),
    "a header that cannot be read": (
        f"GET /lv/ HTTP/1.1\r\n{FOLLOWS}{MARKER} {MARKER}\r\n\r\n",
        400,
    ),
    "a line that cannot be read": (f"{MARKER}\r\n{FOLLOWS}\r\n", 400),
    "a version that does not exist": (f"GET /{MARKER} HTTP/{MARKER}\r\n{FOLLOWS}\r\n", 400),
    "a line without an end": (f"GET /{MARKER}?{LONG} HTTP/1.1\r\n{FOLLOWS}\r\n", 414),
    "a body shorter than it says": (
        (
            f"POST /lv/?q={MARKER} HTTP/1.1\r\n{FOLLOWS}Content-Length: 9\r\n"
            f"Transfer-Encoding: chunked\r\n\r\n{MARKER}"
        ),
        400,
    ),
    "a NUL in the address": (f"GET /lv/%00{MARKER}/ HTTP/1.1\r\n{FOLLOWS}\r\n", 404),
}


def send(port: int, text: str) -> int:
    """Sends bytes as they are from an address of our own.

    Returns the status of the answer; 414 also when the server hung up before it had read all
    of a line that is too long, because the answer may be lost then.
    """
    with socket.create_connection(
        ("127.0.0.1", port), timeout=60, source_address=(CLIENT, 0)
    ) as connection:
        try:
            connection.sendall(text.encode())
            connection.shutdown(socket.SHUT_WR)
            answer = connection.makefile("rb").readline()
        except ConnectionError:
            return 414
        except OSError as error:
            if error.errno != errno.ENOTCONN:
                raise
            return 414
    return int(answer.split()[1])


def assert_silent(running):
    """Of whoever asked nothing is in the output; the output itself is there."""
    written = running.log.read_text()
    assert "Listening at" in written
    for trace in (MARKER, MARKER.lower(), CLIENT, ADDRESS, "GET ", "POST "):
        assert trace not in written, trace


@pytest.fixture(scope="module")
def asked(server_environment, tmp_path_factory):
    """A server of its own, so that its output holds these requests and nothing else."""
    log = tmp_path_factory.mktemp("asked") / "output.txt"
    with serving.site(server_environment, log) as running:
        yield running


@pytest.mark.parametrize("what", REQUESTS)
def test_nothing_is_written_about(asked, what):
    text, status = REQUESTS[what]
    assert send(asked.port, text) == status
    assert_silent(asked)


def test_nothing_is_written_about_who_asks_in_an_outage(broken_server):
    text = f"GET /lv/?q={MARKER} HTTP/1.1\r\n{FOLLOWS}\r\n"
    assert send(broken_server.port, text) == 500
    assert_silent(broken_server)
    assert "ERROR" in broken_server.log.read_text()


def test_nothing_is_written_about_a_reader_who_leaves_early(asked):
    with socket.create_connection(
        ("127.0.0.1", asked.port), timeout=20, source_address=(CLIENT, 0)
    ) as connection:
        connection.sendall(f"GET /lv/?q={MARKER} HTTP/1.1\r\nUser-Agent: {MARKER}".encode())
    assert send(asked.port, REQUESTS["a page"][0]) == 200
    assert_silent(asked)


def test_many_readers_at_once_leave_nothing(asked):
    readers = [
        threading.Thread(target=send, args=(asked.port, text)) for text, _ in REQUESTS.values()
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert_silent(asked)
