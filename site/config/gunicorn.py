"""How the application server runs: no access log, and an error log without visitors."""

import gc
import os

from django.utils.module_loading import import_string
from gunicorn.glogging import Logger

bind = os.environ.get("BIND", "127.0.0.1:8000")
# Sync workers: as fast as any other when pages are drawn by the CPU, and the simplest.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "sync"
max_requests = 2000
max_requests_jitter = 200
timeout = 30
# Read once before the workers part: their first readers do not wait for it.
preload_app = True
# gunicorn would open a socket of its own in the home folder.
control_socket_disable = True
accesslog = None
errorlog = "-"
loglevel = "info"
# Reads what nginx says of the visitor's scheme; never its address.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")


class VisitorlessLogger(Logger):
    """gunicorn writes the address and the whole request line into these; here it does not."""

    def warning(self, msg, *args, **kwargs):
        super().warning("A request could not be read.")

    def exception(self, msg, *args, **kwargs):
        super().error("A request could not be answered.")

    def debug(self, msg, *args, **kwargs):
        """Nothing: debug lines hold the request line."""

    def access(self, resp, req, environ, request_time):
        """Nothing."""


logger_class = VisitorlessLogger


def on_starting(server):
    """What search needs done beside the requests runs as long as the server does."""
    import_string("config.attending.keep")()


def on_exit(server):
    import_string("config.attending.end")()


def when_ready(server):
    """The word lists of search are read before the workers part: some hundred megabytes, shared.

    So is the client of the engine; its connections are opened by each worker for itself.

    Frozen objects are left alone by the collector, which would copy their pages by touching them.
    """
    import_string("search.keys.load")()
    import_string("search.engines.engine")()
    gc.collect()
    gc.freeze()
