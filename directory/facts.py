"""What people ask before they go: yes, no, or nobody has confirmed it.

Each fact is a column of `Service` and stored once; a note to it is written per language in
`ServiceText.fact_notes`. The list follows the questions people ask of shelters (thehotline.org,
"Questions to ask").
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNKNOWN_MEANS_ASK = _("Leave “unknown” where nobody has confirmed it.")


def fact(label) -> models.BooleanField:
    """A column that knows yes, no and unknown."""
    return models.BooleanField(label, null=True, blank=True, help_text=UNKNOWN_MEANS_ASK)


class Facts(models.Model):
    """The facts of a service. None: unknown, so a visitor is told to ask by phone."""

    free = fact(_("Free of charge"))
    anonymous = fact(_("Anonymous"))
    referral_needed = fact(_("Referral needed"))
    identity_papers_needed = fact(_("Identity papers needed"))
    confidential = fact(_("What you say is told to nobody, but where the law demands it"))
    recorded = fact(_("Calls are recorded"))
    takes_children = fact(_("You can come with children"))
    takes_pets = fact(_("You can come with a pet"))
    step_free = fact(_("Step-free entrance"))
    accessible_toilet = fact(_("Toilet for wheelchair users"))
    sign_language = fact(_("Sign language"))
    text_for_deaf = fact(_("Can be reached in writing"))
    separate_entrance = fact(_("Entrance that nobody connects with it"))
    same_gender_staff = fact(_("You can choose to talk to a woman or a man"))
    interpreter = fact(_("Interpreter"))
    transport = fact(_("Somebody brings you there"))

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Fact:
    """A fact of one service as a page prints it; `value` None means unknown."""

    key: str
    label: Promise
    value: bool | None


# In the order of the questions: the way in, then who comes along, then the building.
KEYS = [field.name for field in Facts._meta.local_fields]
LABELS = {field.name: field.verbose_name for field in Facts._meta.local_fields}


def facts_of(service, keys: list[str]) -> list[Fact]:
    """These facts of a service, in this order."""
    return [Fact(key, LABELS[key], getattr(service, key)) for key in keys]
