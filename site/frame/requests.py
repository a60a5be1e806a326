"""Requests of strangers, read so that none of them can break the reading."""

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Utf8Request(WSGIRequest):
    """Ignores the charset that a request claims: our forms are UTF-8.

    Django takes any codec of Python's for a charset; `hex` or `idna` then raise before the first
    middleware, where no frame can be put round the error.
    """

    def _set_content_type_params(self, meta):
        self.content_type, self.content_params = parse_header_parameters(
            meta.get("CONTENT_TYPE", "")
        )


class Handler(WSGIHandler):
    request_class = Utf8Request


def application() -> Handler:
    """The WSGI application, as django.core.wsgi.get_wsgi_application makes it."""
    django.setup(set_prefix=False)
    return Handler()
