"""Words that found nothing, in the admin: an editor makes one a sentence of a situation."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from directory import unanswered
from directory.editing import names
from directory.models import Situation, SituationExample, SituationText
from search import keys

PERMISSION = "directory.change_situation"
MOST_SHOWN = 100


class SituationInWords(forms.ModelChoiceField):
    def label_from_instance(self, obj) -> str:
        return obj.words


class AddForm(forms.Form):
    """Which situation these words tell of, and in which language they are."""

    situation = SituationInWords(
        label=gettext_lazy("Situation"),
        queryset=Situation.objects.none(),
        empty_label=gettext_lazy("Choose a situation"),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=SituationExample._meta.get_field("language").choices
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = names.words(SituationText, "situation", "label", F("key"))
        self.fields["situation"].queryset = Situation.objects.annotate(words=words)


class UnansweredView(WagtailAdminTemplateMixin, TemplateView):
    """The list; each row becomes an example sentence or is dismissed.

    No entry of the history holds the words: they are to be gone when their time is over.
    """

    template_name = "directory/admin/unanswered.html"
    page_title = gettext_lazy("Words that found nothing")
    header_icon = "search"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        rows = list(unanswered.to_read()[:MOST_SHOWN])
        situations = list(AddForm().fields["situation"].queryset)
        languages = AddForm().fields["language"].choices
        return super().get_context_data(**kwargs) | {
            "situations": situations,
            "languages": languages,
            "rows": [(row, keys.likely_language(row.text.split())) for row in rows],
            "least_sights": unanswered.LEAST_SIGHTS,
            "least_days": unanswered.LEAST_DAYS,
            "kept_days": unanswered.KEPT.days,
        }

    def post(self, request):
        # PostgreSQL takes no NUL, and no key of ours holds one.
        asked = request.POST.get("words", "").replace("\x00", "")[:64]
        row = unanswered.to_read().filter(pk=asked).first()
        form = AddForm(request.POST)
        if row is None:
            messages.error(request, _("These words are not in the list any more."))
        elif "dismiss" in request.POST:
            unanswered.dismiss(row)
            messages.success(request, _("Dismissed. They do not come back."))
        elif form.is_valid():
            self.add(row, form.cleaned_data["situation"], form.cleaned_data["language"])
        else:
            messages.error(request, _("Choose a situation for these words."))
        return redirect(reverse("directory_unanswered"))

    @transaction.atomic
    def add(self, row, situation: Situation, language: str) -> None:
        """Saving the situation tells every process to read its sentences anew."""
        examples = SituationExample.objects.filter(situation=situation)
        if not examples.filter(language=language, text=row.text).exists():
            last = examples.aggregate(last=Max("sort_order"))["last"]
            SituationExample.objects.create(
                situation=situation, language=language, text=row.text, sort_order=(last or 0) + 1
            )
        situation.save()
        row.delete()
        log(instance=situation, action="wagtail.edit")
        messages.success(self.request, _("Added. The next search with these words finds it."))
