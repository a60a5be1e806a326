"""Pages of single services: the page, its sheet for paper, reports on its number, its end."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from directory import moments, number_report, service_page, sheet, withdrawn
from directory.models import Report, Service
from frame.languages import Reading, current


@csrf_exempt  # reads only: a POST is answered 405, not 403
@require_safe
def service(request, code):
    """One service; what is gone leads on, what is no service or a draft is not there."""
    item = service_page.find(code)
    if item is None:
        return gone(request, code)
    request.ancestor_paths = service_page.ancestors(code)
    return render(request, "directory/service.html", service_page.context(item))


@csrf_exempt  # reads only: a POST is answered 405, not 403
@require_safe
def plain_sheet(request, code):
    """Numbers and hours on a small paper that tells nobody what it is about; none, no paper."""
    found = Service.objects.public().filter(code=code).prefetch_related("exceptions").read()
    if not found:
        return gone(request, code)
    if not found[0].phones.all():
        raise Http404
    request.ancestor_paths = service_page.ancestors(code)
    context = _own_words(code, "lapa/") | sheet.context(found[0])
    return render(request, "directory/sheet.html", context)


@csrf_exempt  # no cookie to forge with; another site's form is refused by what browsers say
@require_http_methods(["GET", "HEAD", "POST"])
def number(request, code):
    """Takes an answer to "Was this number right?"; its address alone leads to the service."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("directory:service", args=[code]))
    if not number_report.is_from_this_site(request):
        raise PermissionDenied
    item = Service.objects.public().filter(code=code).first()
    if item is None:
        return gone(request, code)
    form = number_report.NumberReport(request.POST)
    is_full = number_report.is_full(item)
    if form.is_valid() and not is_full:
        number_report.keep(item, **form.cleaned_data)
    request.ancestor_paths = service_page.ancestors(code)
    context = _own_words(code) | {
        "form": form,
        "service_code": code,
        "is_full": is_full,
        "is_taken": form.is_valid() or is_full,
        "report_answers": Report.Answer.choices,
        "tab_title": gettext("Services"),
    }
    return render(request, "directory/number_report.html", context)


def gone(request, code):
    """410 and what helps instead of a service that was public; 404 for all the rest."""
    item = get_object_or_404(Service.objects.gone(), code=code)
    request.ancestor_paths = service_page.ancestors(code)
    context = _own_words(code) | {
        "status": 410,
        "cards": withdrawn.instead_of(item, moments.now()),
        "tab_title": gettext("Services"),
        "mark": "wind",
    }
    response = render(request, "directory/gone.html", context, status=410)
    response.framed = True
    return response


def _own_words(code: str, step: str = "") -> dict:
    """The frame round words of ours: every language has them at this address."""
    return {"reading": Reading(path=service_page.path_of(code) + step, text_language=current())}
