"""Parts of the forms of the directory."""

import json

from django import forms
from django.forms import Media
from django.forms.widgets import Script
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel

from directory.editing import texts
from directory.editing.sentences import LANGUAGE
from directory.facts import UNKNOWN_MEANS_ASK
from directory.hours import until_day
from directory.schedules import Day

STYLE = "directory/admin/forms.css"


class ThreeWay(forms.RadioSelect):
    """Unknown, yes or no, all three in sight. Sends what Django's select of the same sends."""

    def __init__(self, attrs=None):
        choices = [
            ("unknown", gettext_lazy("not known")),
            ("true", gettext_lazy("yes")),
            ("false", gettext_lazy("no")),
        ]
        super().__init__(attrs, choices)

    format_value = forms.NullBooleanSelect.format_value
    value_from_datadict = forms.NullBooleanSelect.value_from_datadict


class AnswersPanel(MultiFieldPanel):
    """Questions in rows, each a group of radio buttons whose name is the question."""

    def __init__(self, children=(), *args, **kwargs):
        kwargs.setdefault("help_text", UNKNOWN_MEANS_ASK)
        panels = [
            FieldPanel(child, widget=ThreeWay()) if isinstance(child, str) else child
            for child in children
        ]
        super().__init__(panels, *args, **kwargs)

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "directory/admin/components/answers.html"

        @property
        def media(self):
            return super().media + Media(css={"all": [STYLE]})


class WeekPanel(InlinePanel):
    """The rows of hours as a week. Without JavaScript they stay rows."""

    def __init__(self, *args, **kwargs):
        kwargs["panels"] = [
            FieldPanel("weekday"),
            FieldPanel("opens", widget=time_input()),
            FieldPanel("closes", widget=time_input(), help_text=" "),
            FieldPanel("by_appointment"),
        ]
        super().__init__(*args, **kwargs)

    def clone_kwargs(self):
        kwargs = super().clone_kwargs()
        del kwargs["panels"]
        return kwargs

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "directory/admin/components/week.html"

        @property
        def media(self):
            return Media(
                css={"all": [STYLE]}, js=[Script("directory/admin/week.js", type="module")]
            )

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            return context | {"words": json.dumps(week_words())}


def time_input() -> forms.TimeInput:
    """A plain field: typed faster than chosen from a list of hours."""
    return forms.TimeInput(
        format="%H:%M", attrs={"size": 5, "inputmode": "numeric", "autocomplete": "off"}
    )


def week_words() -> dict:
    """What the script of the week says."""
    days = [{"number": day.value, "name": str(day.label)} for day in Day]
    next_day = {day: day % 7 + 1 for day in range(1, 8)}
    past_midnight = {
        day: pgettext("end of hours", "until %(weekday)s, %(time)s")
        % {"weekday": until_day(following), "time": "{time}"}
        for day, following in next_day.items()
    }
    past_midnight[Day.PUBLIC_HOLIDAY.value] = _("until {time} of the next day")
    return {
        "days": days,
        "pastMidnight": past_midnight,
        "wholeDay": _("Day and night"),
        "closed": _("Closed"),
        "unknown": _("Not known"),
        "add": _("Add hours"),
        "copyToWeekdays": _("Copy Monday to Friday"),
        "copyToAll": _("Copy Monday to all days"),
        "copied": _("Monday was copied."),
        "other": _("Without a day"),
        "remove": _("Remove"),
    }


class SentencesPanel(InlinePanel):
    """Many short rows, closed and opened language by language; without JavaScript too."""

    class BoundPanel(InlinePanel.BoundPanel):
        template_name = "directory/admin/components/sentences.html"

        @property
        def media(self):
            return Media(
                css={"all": [STYLE]}, js=[Script("directory/admin/sentences.js", type="module")]
            )

        def js_opts(self):
            # Their order says nothing: they are shown by language.
            return super().js_opts() | {"canOrder": False}

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            rows: dict[str, list[dict]] = {}
            for child in self.children:
                rows.setdefault(child.form["language"].value() or "", []).append(_row(child.form))
            languages = dict(LANGUAGE.choices)
            first_known = sorted(rows, key=lambda code: (code not in languages, code))
            groups = [
                {
                    "language": languages.get(code, _("Without a language")),
                    "rows": rows[code],
                    "is_open": any(row["form"].errors for row in rows[code]),
                }
                for code in first_known
            ]
            return context | {"groups": groups, "empty": _row(self.empty_child.form)}


def _row(form) -> dict:
    """A row with a name for each of its fields; the head of the column is too far away."""
    labels = {"language": _("Language"), "text": _("Sentence")}
    fields = {
        name: form[name].as_widget(attrs={"aria-label": label}) for name, label in labels.items()
    }
    return {"form": form} | fields


class TextsPanel(Panel):
    """The state of the words in each language, with the way to them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/components/texts.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            user = self.request.user
            return context | {
                "rows": texts.states(self.instance) if self.instance.pk else [],
                "may_edit": user.has_perm("directory.change_servicetext"),
                "may_add": user.has_perm("directory.add_servicetext"),
                "may_translate": user.has_perm("wagtail_localize.submit_translation"),
            }


class RecordPanel(Panel):
    """Who confirmed the service, and what readers reported. Nothing here can be typed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/components/record.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            user, service = self.request.user, self.instance
            if not service.pk:
                return context
            return context | {
                "may_confirm": user.has_perm("directory.add_verification"),
                "may_read_reports": user.has_perm("directory.view_report"),
                "verifications": service.verifications.select_related("verified_by")[:10],
                "reports": service.reports.filter(settled=False).count(),
            }


class ConfidentialAddressPanel(Panel):
    """The way to the confidential address, for those who may read it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "directory/admin/components/way_to_address.html"

        def is_shown(self):
            permission = "directory.view_confidentialaddress"
            return bool(self.instance.pk) and self.request.user.has_perm(permission)
