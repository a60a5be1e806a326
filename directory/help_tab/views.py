"""The two addresses of the help tab: the script for other sites, the frame that it opens."""

from csp.decorators import csp
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory import answers, service_page
from directory.help_tab import files, hosts
from directory.views import SEARCH_STEP
from frame.languages import current

# A mended script reaches every site within a day, and nobody's visit there asks us more often.
SCRIPT_KEPT_SECONDS = 24 * 60 * 60
MOST_LETTERS_OF_A_CODE = 12


@csrf_exempt  # reads only: a POST is answered 405, not 403
@require_safe
def script(request):
    """The script in the language of its address, the same for all visitors of all sites."""
    text = files.host_script(current())
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = f"public, max-age={SCRIPT_KEPT_SECONDS}"
    # Other sites may load it whatever isolation they ask for (Fetch standard, CORP).
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@csrf_exempt  # reads only and knows no visitor: nothing could be forged
@require_http_methods(["GET", "HEAD", "POST"])
def frame(request):
    """The document in the frame: numbers and search, an answer to words, or one service.

    Opened as a page of its own it would lack the exit: browsers that say so (Fetch metadata) are
    led to the help page.
    """
    if request.headers.get("Sec-Fetch-Dest") == "document":
        response = HttpResponseRedirect(reverse("directory:search").removesuffix(SEARCH_STEP))
    else:
        show = csp(hosts.policy(files.source("frame.js"), files.source("frame.css")))(_show)
        response = (xframe_options_exempt(show) if hosts.origins() else show)(request)
    patch_vary_headers(response, ["Sec-Fetch-Dest"])
    return response


def _show(request):
    context = {"script": files.source("frame.js"), "style": files.source("frame.css")}
    text, code = request.POST.get("text", ""), request.POST.get("service", "")
    if code:
        context |= _service(code)
    elif text.strip():
        context |= answers.answer(text)
    return render(request, "directory/embedded/frame.html", context)


def _service(code: str) -> dict:
    """One service; a draft, one that is gone and no service at all are the same nothing."""
    is_code = code.isascii() and code.isalnum() and len(code) <= MOST_LETTERS_OF_A_CODE
    item = service_page.find(code) if is_code else None
    return (
        service_page.context(item)
        if item
        else {"missing": gettext("This service is not listed here")}
    )
