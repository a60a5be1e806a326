"""The form under "Was this number right?": two taps, no cookie, nothing about who sent it."""

import re
import unicodedata
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Report
from directory.personal import is_personal

# Counted in the table of reports, because there is no address to count by.
MOST_A_DAY, MOST_OF_A_SERVICE_A_DAY = 200, 20
LONGEST = 300
# C0 and C1 without tab and line ends: https://infra.spec.whatwg.org/#control
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
OWN_SITE = {"same-origin", "none"}


class Words(forms.CharField):
    """What a reader wrote; it comes back as it was, without signs that no page may hold."""

    def to_python(self, value) -> str:
        return plain(super().to_python(value))

    def prepare_value(self, value):
        return CONTROL.sub("", value) if isinstance(value, str) else value


class NumberReport(forms.Form):
    """An answer of `Report.Answer` and, if wanted, a few words without anything personal."""

    answer = forms.ChoiceField(
        choices=Report.Answer.choices,
        error_messages={
            "required": _("Choose one of the answers."),
            "invalid_choice": _("Choose one of the answers."),
        },
    )
    text = Words(required=False)

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if len(text) > LONGEST:
            message = _("This is too long: %(most)d letters fit. What you wrote is still here.")
            raise ValidationError(message, params={"most": LONGEST})
        if is_personal(text):
            raise ValidationError(
                _(
                    "The text seems to contain a phone number, an e-mail address or a personal "
                    "code. It is safer to delete it. What you wrote is still here."
                )
            )
        return text


def plain(text: str) -> str:
    """One form for each letter and digit, line ends as one sign, nothing invisible."""
    text = unicodedata.normalize("NFKC", text.replace("\r\n", "\n"))
    return "".join(
        sign for sign in text if sign == "\n" or not unicodedata.category(sign).startswith("C")
    ).strip()


def is_from_this_site(request) -> bool:
    """False for a form that another site sent; browsers that say nothing are believed.

    Standards: Fetch Metadata, `Sec-Fetch-Site`; RFC 6454, `Origin`. A token would need a cookie.
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in OWN_SITE:
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False


def is_full(service) -> bool:
    """True when no more reports are taken today, of this service or at all."""
    today = Report.objects.filter(reported_on=timezone.localdate())
    return (
        today.filter(service=service).count() >= MOST_OF_A_SERVICE_A_DAY
        or today.count() >= MOST_A_DAY
    )


def keep(service, answer: str, text: str) -> None:
    """Stores a report with its day. The same words on the same day are one report: a reload.

    The database says so, also of two that arrive at once: the later one is passed over.
    """
    report = Report(service=service, answer=answer, text=text, reported_on=timezone.localdate())
    Report.objects.bulk_create([report], ignore_conflicts=True)
