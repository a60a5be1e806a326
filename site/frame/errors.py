"""Error answers that always wear the frame and a number, even with the database down.

The pages are also written as files, one set a language, whenever a number changes; nginx and the
500 handler show those. 112 is the only number in code (European emergency number, 91/396/EEC).
"""

import os
import tempfile
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext_lazy as _

from frame import languages
from quick_exit.context_processors import default

WORDS = {
    400: (
        _("Bad request"),
        _("The address or the request was not understood. The numbers are at the top of the page."),
    ),
    403: (
        _("No entry"),
        _("This page is not open to everyone. The numbers are at the top of the page."),
    ),
    404: (
        _("Page not found"),
        _(
            "The address has changed or has a mistake in it. "
            "The numbers are at the top of the page."
        ),
    ),
    405: (
        _("This way does not work"),
        _("This page can only be read. The numbers are at the top of the page."),
    ),
    429: (
        _("Too many attempts"),
        _("Sign-in is closed for a quarter of an hour. The help pages stay open."),
    ),
    500: (
        _("The page cannot be shown right now"),
        _("This is our mistake, not yours. The numbers at the top still work."),
    ),
}
FILES = (400, 404, 500)


def words(status: int):
    """Title and sentence of an error; unknown codes speak as 400 or 500."""
    return WORDS.get(status) or WORDS[500 if status >= 500 else 400]


def page(status: int, request: HttpRequest | None) -> str:
    """The error page in the active language; without a request it asks no database."""
    title, text = words(status)
    language, path = languages.split(request.path_info) if request else ("", "")
    context = {
        "status": status,
        "title": title,
        "text": text,
        "tab_title": title,
        "reading": languages.Reading(
            path=path if status == 404 and language else "", text_language=languages.current()
        ),
    }
    if request is None:
        context["quick_exit"] = default()
    name = "404.html" if status == 404 else "500.html"
    return render_to_string(name, context, request)


def stored(status: int, language: str) -> str | None:
    """The page as it was last written to a file, or None."""
    name = status if status in FILES else 500 if status >= 500 else 400
    try:
        return _file(language, name).read_text("utf-8")
    except OSError:
        return None


def render(request: HttpRequest, status: int) -> HttpResponse:
    """The framed answer: drawn anew, else from its file, else with 112 alone."""
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        body = None
        if status < 500:
            try:
                body = page(status, request)
            except Exception:
                body = None
        body = body or stored(status, language) or page(status, None)
    response = HttpResponse(body, status=status)
    response.framed = True
    return response


def bad_request(request, exception=None):
    return render(request, 400)


def permission_denied(request, exception=None):
    return render(request, 403)


def page_not_found(request, exception=None):
    return render(request, 404)


def server_error(request):
    return render(request, 500)


def csrf_failure(request, reason=""):
    return render(request, 403)


def write_files() -> list[Path]:
    """Writes the error pages of every language; each file is replaced in one step."""
    written = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            request = HttpRequest()
            request.path = request.path_info = f"/{language}/"
            request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80"}
            for status in FILES:
                target = _file(language, status)
                target.parent.mkdir(parents=True, exist_ok=True)
                text = page(status, request)
                handle, temporary = tempfile.mkstemp(dir=target.parent)
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                Path(temporary).chmod(0o644)
                Path(temporary).replace(target)
                written.append(target)
    return written


def rewrite_after_commit(**kwargs) -> None:
    """Signal receiver: writes the files once after the transaction, however much it changed."""
    if not any(
        getattr(call, "func", None) is write_files for _sids, call, *_ in connection.run_on_commit
    ):
        transaction.on_commit(partial(write_files), robust=True)


def _file(language: str, status: int) -> Path:
    return Path(settings.ERROR_PAGES_ROOT) / language / f"{status}.html"
