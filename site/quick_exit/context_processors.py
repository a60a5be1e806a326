"""The exit as every template sees it."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quick_exit.models import ExitTarget


def default() -> dict:
    """Where the exit leads when nobody has set a target, or the database is down."""
    return {
        "address": settings.QUICK_EXIT_ADDRESS,
        "second": settings.QUICK_EXIT_SECOND_ADDRESS,
        "title": _("Weather"),
    }


def destination() -> dict:
    """Address, second address and neutral title for the active language."""
    target = ExitTarget.objects.filter(language=get_language()).first()
    if target is None:
        return default()
    return {
        "address": target.address,
        "second": target.second_address or settings.QUICK_EXIT_SECOND_ADDRESS,
        "title": target.neutral_title or _("Weather"),
    }


def quick_exit(request):
    """Lazy, so that the admin does not pay for it."""
    return {"quick_exit": SimpleLazyObject(destination)}
