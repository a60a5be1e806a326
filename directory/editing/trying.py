"""Views of the admin for situations: a query tried, sentences that are to be doubted, the form."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import CreateView, EditView

from directory import doubts, explaining, finding, moments
from directory.editing.listing import PlainSearchIndexView
from directory.models import Situation
from directory.phrases import Example
from search.readings import bounded

PERMISSION = "directory.change_situation"
TRY, DOUBTS = "directory_try_query", "directory_doubts"
# In one message; the report holds them all.
MOST_NAMED = 5
MOST_LISTED = 200


class BesideSituations(WagtailAdminTemplateMixin, TemplateView):
    """A page of its own below the list. Raises PermissionDenied, which the admin answers."""

    header_icon = "help"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        lists = reverse(Situation.snippet_viewset.get_url_name("list"))
        return [
            *super().get_breadcrumbs_items(),
            {"url": lists, "label": Situation._meta.verbose_name_plural},
            {"url": "", "label": self.get_page_title()},
        ]


class TryView(BesideSituations):
    """What a visitor would get for a text now, and why.

    The text comes in the body of a POST, never in an address, and stays nowhere.
    """

    template_name = "directory/admin/try_query.html"

    def get_page_title(self):
        return _("Try a query")

    def post(self, request, *args, **kwargs):
        text = bounded(request.POST.get("text", ""))
        found = explaining.explain(text, moments.now()) if text else None
        context = self.get_context_data(text=text, explanation=found, is_asked=True)
        return self.render_to_response(context)


class DoubtsView(BesideSituations):
    """Sentences of all situations that sound more like another one; computed when asked for."""

    template_name = "directory/admin/doubts.html"

    def get_page_title(self):
        return _("Sentences that sound like another situation")

    def get_context_data(self, **kwargs):
        found = doubts.doubts(finding.known())
        labels = explaining.labels()
        rows = [
            {
                "doubt": doubt,
                "situation": labels[doubt.example.situation],
                "other": labels[doubt.other],
            }
            for doubt in found[:MOST_LISTED]
            if {doubt.example.situation, doubt.other} <= labels.keys()
        ]
        context = {"rows": rows, "count": len(found), "compared": doubts.MOST_COMPARED}
        return super().get_context_data(**kwargs) | context


class SituationIndexView(PlainSearchIndexView):
    @cached_property
    def header_buttons(self):
        buttons = super().header_buttons
        if self.request.user.has_perm(PERMISSION):
            buttons.append(HeaderButton(_("Try a query"), url=reverse(TRY), icon_name="search"))
            buttons.append(
                HeaderButton(_("Doubtful sentences"), url=reverse(DOUBTS), icon_name="warning")
            )
        return buttons


class _SaysDoubts:
    """After saving, new sentences that sound more like another situation are named."""

    def form_valid(self, form):
        response = super().form_valid(form)
        # Wagtail's own saving in the background shows no messages.
        if form.new_sentences and not self.expects_json_response:
            self.say_doubts(form.new_sentences)
        return response

    def say_doubts(self, sentences) -> None:
        key = self.object.key
        known = finding.known()
        if key not in known.meanings:
            return
        new = [Example(key, one.language, one.text) for one in sentences]
        found = doubts.doubts(known, new)
        if not found:
            return
        labels = explaining.labels()
        named = "; ".join(
            _("“%(sentence)s” – “%(situation)s”")
            % {"sentence": doubt.example.text, "situation": labels[doubt.other][1]}
            for doubt in found[:MOST_NAMED]
        )
        said = ngettext(
            "Saved, but %(count)s new sentence sounds more like another situation: %(named)s.",
            "Saved, but %(count)s new sentences sound more like another situation: %(named)s.",
            len(found),
        )
        messages.warning(
            self.request,
            said % {"count": len(found), "named": named},
            buttons=[
                messages.button(reverse(TRY), _("Try a query")),
                messages.button(reverse(DOUBTS), _("Doubtful sentences")),
            ],
        )


class SituationCreateView(_SaysDoubts, CreateView):
    pass


class SituationEditView(_SaysDoubts, EditView):
    pass
