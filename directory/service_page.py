"""One service, read for its page: twelve questions to the database however much it holds."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Value
from django.urls import reverse
from django.utils.html import format_html

from directory import asking, moments, whereabouts
from directory.facts import facts_of
from directory.hours import exceptions_in_words, holidays_in_words, in_words, state_in_words
from directory.listing import state_of
from directory.models import (
    Report,
    Service,
    ServiceChannel,
    ServiceText,
    ServiceWayIn,
    WordsReview,
)
from directory.schedules import schedule_of
from directory.structured_data import structured_data
from directory.terms import CHANNELS, WAYS_IN
from frame.languages import Reading, best, current, split, tag

CHILDREN = ("languages", "exceptions")


def find(code: str) -> Service | None:
    """The public service of this code with all that its page shows, or None.

    `words` are its texts by language, `read_text` the one for this reader.
    """
    review = WordsReview.objects.filter(service=OuterRef("pk"), language=current())
    texts = ServiceText.objects.select_related("locale")
    found = (
        Service.objects.public()
        .filter(code=code)
        .annotate(is_reviewed=Exists(review))
        .with_numbers_and_hours()
        .prefetch_related(*CHILDREN, *whereabouts.prefetches())
        .first()
    )
    if found is None:
        return None
    found.words = {text.locale.language_code: text for text in texts.filter(service=found.pk)}
    found.text_language = best(found.words)
    found.read_text = found.words.get(found.text_language)
    return found if found.read_text else None


def path_of(code: str) -> str:
    """The address of a service without its language."""
    _language, path = split(reverse("directory:service", args=[code]))
    return path


def ancestors(code: str) -> list[str]:
    """The way to it, for the breadcrumbs: the home page and the page whose slug it holds."""
    return ["", path_of(code).removesuffix(f"{code}/")]


def context(service: Service) -> dict:
    """What the page of a service from `find` prints."""
    moment = moments.now()
    schedule = schedule_of(service)
    areas = whereabouts.area_words(service)
    places = whereabouts.places(service, areas)
    numbers, shared = asking.numbers(service)
    languages = list(service.languages.all())
    is_spoken = bool(languages) or any(number.languages for number in numbers)
    channels, ways_in = listed(service)
    receives = "in_person" in channels or bool(places)
    reading = _reading(service)
    return {
        "service": service,
        "text": service.read_text,
        "reading": reading,
        "foreign": service.text_language if reading.is_fallback else "",
        "labels_in_frame_language": True,
        "source": _source(service),
        "tab_title": service.read_text.tab_title,
        "mark": "diagonal" if service.for_people_who_hurt else "disc",
        "numbers": numbers,
        "to_ask_of_numbers": shared if is_spoken else [*shared, asking.SPOKEN_LANGUAGES],
        "state": state_in_words(state_of(service, moment), has_number=bool(numbers)),
        "hours": " · ".join(in_words(service.hours.all())),
        "on_holidays": holidays_in_words(schedule),
        "exceptions": exceptions_in_words(schedule, moment.date()),
        "spoken": [language for language in languages if not language.by_interpreter],
        "interpreted": [language for language in languages if language.by_interpreter],
        "channels": [dict(CHANNELS)[code] for code in channels],
        "ways_in": [dict(WAYS_IN)[code] for code in ways_in],
        "to_ask": asking.open_questions(service, receives=receives),
        "places": [(place, *_building(place)) for place in places],
        "served": areas.served,
        "report_answers": Report.Answer.choices,
        "structured_data": structured_data(
            service, schedule, moment.date(), whereabouts.exact(places)
        ),
    } | _known(service)


def _source(service: Service) -> str:
    """Its title as published, so in the language of the country."""
    return format_html('<span lang="{}">{}</span>', tag(settings.LANGUAGE_CODE), service.source)


def _known(service: Service) -> dict:
    notes = service.read_text.notes
    with_you = asking.COMPANY + asking.BUILDING + asking.UNDERSTANDING
    return {
        "conditions": asking.answers(facts_of(service, asking.CONDITIONS), notes),
        "with_you": asking.answers(facts_of(service, with_you), notes),
    }


def listed(service: Service) -> tuple[list[str], list[str]]:
    """The codes of its channels and of its ways in, both in one query."""
    rows = [
        model.objects.filter(service=service.pk)
        .order_by()
        .values_list(Value(model.__name__), "code", "sort_order")
        for model in (ServiceChannel, ServiceWayIn)
    ]
    codes: dict[str, list[str]] = {"ServiceChannel": [], "ServiceWayIn": []}
    for name, code, _place in rows[0].union(rows[1]).order_by("sort_order", "code"):
        codes[name].append(code)
    return codes["ServiceChannel"], codes["ServiceWayIn"]


def _building(place: whereabouts.Whereabouts) -> tuple[list, list]:
    return asking.answers(place.building, {}), asking.questions(place.building)


def _reading(service: Service) -> Reading:
    language = service.text_language
    return Reading(
        path=path_of(service.code),
        text_language=language,
        available=frozenset(service.words),
        waits_for_review=language == current() != settings.LANGUAGE_CODE
        and not service.is_reviewed,
    )
