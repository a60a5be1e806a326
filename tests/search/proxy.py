"""A way to the search engine that counts what goes through and can hold it up."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HANDED_ON = ("Content-Type", "X-Elastic-Product")


class Proxy:
    """`searches` went through; while `held` nothing is answered."""

    def __init__(self, address: str):
        self.target = urlsplit(address).netloc
        self.searches = 0
        self._open = threading.Event()
        self._open.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    @contextmanager
    def held(self) -> Iterator[None]:
        """As an engine that is slower than anybody waits."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    def _handler(proxy):  # noqa: N805 the handler below has a self of its own
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if "/_search" in self.path:
                    proxy.searches += 1
                proxy._open.wait()
                connection = http.client.HTTPConnection(proxy.target, timeout=60)
                try:
                    connection.request(self.command, self.path, body, dict(self.headers))
                    self._give(connection.getresponse())
                except OSError:
                    # The engine is down or the client has left.
                    self.close_connection = True
                finally:
                    connection.close()

            def _give(self, answer):
                content = answer.read()
                self.send_response_only(answer.status)
                for name in HANDED_ON:
                    if value := answer.getheader(name):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        for method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
            setattr(Handler, f"do_{method}", Handler.pass_on)
        return Handler


@contextmanager
def before(address: str) -> Iterator[Proxy]:
    """A proxy before this address until the block ends."""
    proxy = Proxy(address)
    thread = threading.Thread(target=proxy._server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield proxy
    finally:
        proxy._open.set()
        proxy._server.shutdown()
        proxy._server.server_close()
        thread.join()
