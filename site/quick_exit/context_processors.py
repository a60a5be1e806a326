"""The exit as every template sees it."""

from django.conf import settings
from django.db.models import F, FilteredRelation, Q
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quick_exit.models import ExitSettings


def default() -> dict:
    """Where the exit leads when nobody has set a target, or the database is down."""
    return {
        "address": settings.QUICK_EXIT_ADDRESS,
        "second": settings.QUICK_EXIT_SECOND_ADDRESS,
        "title": _("Weather"),
        "own_address_types": [],
    }


def destination() -> dict:
    """Address, second address and neutral title for the active language.

    With them the page types that are not read in place (`ExitSettings.own_address_types`).
    """
    of_language = Q(targets__language=get_language())
    record = (
        ExitSettings.objects.annotate(target=FilteredRelation("targets", condition=of_language))
        .values(
            "own_address_types",
            address=F("target__address"),
            second=F("target__second_address"),
            title=F("target__neutral_title"),
        )
        .first()
    )
    return default() | {key: value for key, value in (record or {}).items() if value}


def quick_exit(request):
    """Lazy, so that the admin does not pay for it."""
    return {"quick_exit": SimpleLazyObject(destination)}
