"""What the form of a service refuses: answers that contradict one another."""

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from directory.opening import Exceptional, HolidayRule, Span, clashes, overlaps
from directory.schedules import Day


class ServiceForm(WagtailAdminModelForm):
    """Rows of hours and of exceptions are compared; each message stands at the later row."""

    def clean(self):
        cleaned = super().clean()
        hours = self._rows("hours", ("weekday", "opens", "closes"))
        self._refuse_overlapping_hours(hours)
        self._refuse_clashing_exceptions()
        self._compare_with_the_rule_for_holidays(hours)
        return cleaned

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
