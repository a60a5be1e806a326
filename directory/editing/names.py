"""The words of services, needs and areas in the language of the editor, as parts of one query."""

from django import forms
from django.conf import settings
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django_filters import ModelMultipleChoiceFilter
from django_filters.fields import ModelMultipleChoiceField

from directory.models import Area, AreaText, Need, NeedText, Service, ServiceText, Verification


def words(text_model, owner: str, field: str, fallback) -> Coalesce:
    """The words of the record: in the editor's language, else the source's, else `fallback`."""
    texts = text_model.objects.filter(**{owner: OuterRef("pk")})
    found = [
        Subquery(texts.filter(locale__language_code=code).values(field)[:1])
        for code in (get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE)
    ]
    return Coalesce(
        *found, Subquery(texts.order_by("pk").values(field)[:1]), fallback, output_field=CharField()
    )


def needs() -> QuerySet:
    return Need.objects.annotate(words=words(NeedText, "need", "label", F("key")))


def areas() -> QuerySet:
    return Area.objects.annotate(words=words(AreaText, "area", "label", F("key")))


def services() -> QuerySet:
    """All services with `words` and `next_due` (None: never confirmed).

    Due is what the newest verification says. One query, and two for what `str` of a service reads.
    """
    newest = Verification.objects.filter(service=OuterRef("pk")).order_by("-verified_on", "-pk")
    return (
        Service.objects.annotate(
            words=words(ServiceText, "service", "name", F("code")),
            next_due=Subquery(newest.values("next_due")[:1]),
        )
        .select_related("organization")
        .prefetch_related("texts")
    )


class _InWords:
    def label_from_instance(self, obj) -> str:
        return obj.words


class ChoiceInWords(_InWords, forms.ModelMultipleChoiceField):
    """Boxes to tick, labelled in the language of the editor; the queryset carries `words`."""

    widget = forms.CheckboxSelectMultiple


class FilterField(_InWords, ModelMultipleChoiceField):
    """The same for a filter."""


class FilterInWords(ModelMultipleChoiceFilter):
    field_class = FilterField
