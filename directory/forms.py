"""What the forms of the directory ask and refuse: answers that contradict one another."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from directory.editing import names
from directory.models import Service, ServiceText
from directory.opening import Exceptional, HolidayRule, Span, clashes, overlaps
from directory.schedules import Day
from directory.situations import AUDIENCES, Audience
from directory.terms import (
    CHANNELS,
    FORMS_OF_VIOLENCE,
    WAYS_IN,
    ServiceChannel,
    ServiceFormOfViolence,
    ServiceWayIn,
)
from directory.verification import Verification

# Field of the form: (rows of the service, their model).
CODE_LISTS = {
    "channel_codes": ("channels", ServiceChannel),
    "way_in_codes": ("ways_in", ServiceWayIn),
    "form_codes": ("forms", ServiceFormOfViolence),
    "audience_codes": ("audiences", Audience),
}


def boxes(label, choices, help_text) -> forms.MultipleChoiceField:
    """A closed list as boxes to tick; none is an answer as well, and `help_text` says which."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class ServiceForm(WagtailAdminModelForm):
    """Rows of hours and of exceptions are compared; each message stands at the later row.

    A closed list is ticked, and each tick is kept as a row of the service.
    """

    channel_codes = boxes(
        gettext_lazy("How to reach it"), CHANNELS, gettext_lazy("None: as numbers and places tell.")
    )
    way_in_codes = boxes(gettext_lazy("Way in"), WAYS_IN, gettext_lazy("None: not known."))
    form_codes = boxes(
        gettext_lazy("Forms of violence"), FORMS_OF_VIOLENCE, gettext_lazy("None: every form.")
    )
    audience_codes = boxes(gettext_lazy("For whom"), AUDIENCES, gettext_lazy("None: not known."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (relation, _model) in CODE_LISTS.items():
            rows = getattr(self.instance, relation).all()
            self.initial[name] = [row.code for row in rows]
        for name, queryset in (("needs", names.needs), ("areas", names.areas)):
            if name in self.fields:
                field = self.fields[name]
                self.fields[name] = names.ChoiceInWords(
                    queryset=queryset(), label=field.label, required=False
                )

    def save(self, commit=True):
        for name, (relation, model) in CODE_LISTS.items():
            if name in self.cleaned_data:
                rows = {row.code: row for row in getattr(self.instance, relation).all()}
                chosen = [
                    rows.get(code) or model(code=code, sort_order=position)
                    for position, code in enumerate(self.cleaned_data[name])
                ]
                setattr(self.instance, relation, chosen)
        return super().save(commit=commit)

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("replaced_by") == self.instance:
            self.add_error("replaced_by", _("Choose another service than this one."))
        hours = self._rows("hours", ("weekday", "opens", "closes"))
        self._refuse_overlapping_hours(hours)
        self._refuse_clashing_exceptions()
        self._compare_with_the_rule_for_holidays(hours)
        # Wagtail defers what is required while a draft is saved.
        if not self.is_deferred_validation:
            self._refuse_to_publish_half_a_service()
        return cleaned

    def _refuse_to_publish_half_a_service(self) -> None:
        """Without these nobody finds it or can read it; a withdrawn one is no longer looked for."""
        if self.cleaned_data.get("status") == Service.Status.WITHDRAWN:
            return
        for name, message in (
            ("needs", _("Choose at least one need before you publish.")),
            ("audience_codes", _("Choose for whom it is before you publish.")),
        ):
            if name in self.cleaned_data and not self.cleaned_data[name]:
                self.add_error(name, message)
        texts = ServiceText.objects.filter(service=self.instance.pk)
        if not texts.filter(locale__language_code=settings.LANGUAGE_CODE).exists():
            self.add_error(
                None,
                _("Save a draft and write the words in the source language before you publish."),
            )

    def _rows(self, relation: str, required: tuple[str, ...]) -> list:
        """The forms of the rows that stay and whose own answers are complete and right."""
        formset = self.formsets.get(relation)
        if formset is None:
            return []
        formset.is_valid()
        return [
            form
            for form in formset.forms
            if not form.errors
            and not form.cleaned_data.get("DELETE")
            and all(form.cleaned_data.get(name) is not None for name in required)
        ]

    def _refuse_overlapping_hours(self, rows: list) -> None:
        spans = [
            Span(*(row.cleaned_data[name] for name in ("weekday", "opens", "closes")))
            for row in rows
        ]
        for first, second in overlaps(spans):
            other = spans[first]
            rows[second].add_error(
                "opens",
                _("These hours overlap with: %(day)s %(opens)s–%(closes)s.")
                % {
                    "day": Day(other.weekday).label,
                    "opens": f"{other.opens:%H:%M}",
                    "closes": f"{other.closes:%H:%M}",
                },
            )

    def _refuse_clashing_exceptions(self) -> None:
        rows = self._rows("exceptions", ("first_day", "last_day"))
        names = ("first_day", "last_day", "opens", "closes")
        days = [Exceptional(*(row.cleaned_data.get(name) for name in names)) for row in rows]
        for first, second in clashes(days):
            rows[second].add_error(
                "first_day",
                _("Another exception covers these days: %(first)s – %(last)s.")
                % {"first": days[first].first_day, "last": days[first].last_day},
            )

    def _compare_with_the_rule_for_holidays(self, rows: list) -> None:
        if "on_holidays" not in self.cleaned_data:
            return
        own = [row for row in rows if row.cleaned_data["weekday"] == Day.PUBLIC_HOLIDAY]
        if self.cleaned_data["on_holidays"] == HolidayRule.OWN and not own:
            self.add_error(
                "on_holidays", _("Add hours for the day “Public holiday”, or choose otherwise.")
            )
        elif self.cleaned_data["on_holidays"] != HolidayRule.OWN:
            for row in own:
                row.add_error(
                    "weekday", _("Choose “own hours” for public holidays, or take this row out.")
                )


class VerificationForm(forms.ModelForm):
    """What somebody answered about a service."""

    class Meta:
        model = Verification
        fields = ["verified_on", "method", "confirmed", "next_due"]
        widgets = {"verified_on": AdminDateInput, "next_due": AdminDateInput}


class ConfidentialAddressForm(forms.Form):
    """An empty address is deleted."""

    address = forms.CharField(
        label=gettext_lazy("Confidential address"),
        max_length=300,
        required=False,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Empty: the address is deleted."),
    )
