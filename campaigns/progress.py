"""Indicators as visitors read them: each number in the format of its language, nothing guessed."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from campaigns.indicators import FEWEST_SHOWN, Indicator, IndicatorText, IndicatorValue
from frame.languages import best, current

NO_BREAK_SPACE = "\xa0"


@dataclass(frozen=True)
class Measured:
    """One number with its time and source. `shown` says "fewer than" where people are few."""

    shown: str
    period: str
    source: str
    source_year: str


@dataclass(frozen=True)
class Progress:
    """One indicator in one language. `newest` is None where nobody has counted since the start.

    `share` and `goal_share` are parts of a hundred that can be drawn, or None.
    """

    language: str
    name: str
    definition: str
    counted_by: str
    doubt: str
    rhythm: str
    start: Measured | None
    newest: Measured | None
    earlier: tuple[Measured, ...]
    unit: str
    goal: str
    goal_year: str
    goal_words: str
    statement: str
    share: Decimal | None
    goal_share: Decimal | None
    source: str
    source_year: str


@dataclass(frozen=True)
class Group:
    """The indicators counted for the country or for the city, those with a number first."""

    label: str
    known: list[Progress]
    not_yet: list[Progress]


def groups() -> list[Group]:
    """All indicators that have words, in the reader's language or a fallback: three queries."""
    values = Prefetch("values", IndicatorValue.objects.all())
    texts = Prefetch("texts", IndicatorText.objects.select_related("locale"))
    indicators = list(Indicator.objects.prefetch_related(values, texts))
    found = []
    for level in Indicator.Level:
        read = [progress(one) for one in indicators if one.level == level and one.texts.all()]
        if read:
            known = [one for one in read if one.start or one.newest]
            found.append(Group(level.label, known, [one for one in read if one not in known]))
    return found


def progress(indicator: Indicator) -> Progress:
    """An indicator whose texts and values have been read."""
    texts = {text.locale.language_code: text for text in indicator.texts.all()}
    language = best(texts)
    text = texts[language]
    rows = list(indicator.values.all())
    measured = [_measured(indicator, row) for row in rows]
    start = None
    if indicator.baseline is not None:
        start = Measured(
            printed(indicator, indicator.baseline),
            str(indicator.baseline_year),
            indicator.source,
            str(indicator.source_year),
        )
    latest = rows[0].value if rows else indicator.baseline
    scale = _scale(indicator, rows)
    return Progress(
        language=language,
        name=text.name,
        definition=text.definition,
        counted_by=text.counted_by,
        doubt=text.doubt,
        rhythm=indicator.get_rhythm_display(),
        start=start,
        newest=measured[0] if measured else None,
        earlier=tuple(measured[1:]),
        unit=indicator.get_unit_display(),
        goal=_goal(indicator),
        goal_year=str(indicator.target_year or ""),
        goal_words=text.goal,
        statement=_statement(indicator, rows),
        share=_share(latest, scale),
        goal_share=_share(indicator.target, scale),
        source=indicator.source,
        source_year=str(indicator.source_year),
    )


def hidden(indicator: Indicator, value: Decimal) -> bool:
    """So few people that somebody could tell who they are."""
    return indicator.unit == Indicator.Unit.PEOPLE and value < FEWEST_SHOWN


def printed(indicator: Indicator, value: Decimal) -> str:
    """A value with its unit in the active language; few people stay hidden."""
    if hidden(indicator, value):
        return _("fewer than %(number)s") % {"number": FEWEST_SHOWN}
    return _number(indicator, value)


def _number(indicator: Indicator, value: Decimal) -> str:
    number = number_format(Decimal(value), decimal_pos=indicator.precision, force_grouping=True)
    if indicator.unit == Indicator.Unit.PERCENT:
        return f"{number}%" if current() == "en" else f"{number}{NO_BREAK_SPACE}%"
    return number


def period(row: IndicatorValue) -> str:
    """A whole year as its number, anything else with both days."""
    first, last = row.period_from, row.period_to
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    return f"{_day(first)}–{_day(last)}" if first != last else _day(first)


def _day(day) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _measured(indicator: Indicator, row: IndicatorValue) -> Measured:
    return Measured(printed(indicator, row.value), period(row), row.source, str(row.source_year))


def _goal(indicator: Indicator) -> str:
    """The target with its direction, or an empty string where the plan names no number."""
    if indicator.target is None:
        return ""
    number = {"number": _number(indicator, indicator.target)}
    if indicator.direction == Indicator.Direction.UP:
        return _("at least %(number)s") % number
    if indicator.direction == Indicator.Direction.DOWN:
        return _("at most %(number)s") % number
    return number["number"]


def _statement(indicator: Indicator, rows: list[IndicatorValue]) -> str:
    """What can be said, in a sentence: nothing where a number is missing or hidden."""
    if not rows:
        if indicator.baseline is None:
            return _("Not yet counted.")
        return _("There is no newer number than that of the start.")
    newest = rows[0].value
    known = [value for value in (newest, indicator.baseline) if value is not None]
    if any(hidden(indicator, value) for value in known):
        return ""
    sign = {Indicator.Direction.UP: 1, Indicator.Direction.DOWN: -1}.get(indicator.direction)
    if sign is None:
        return ""
    if indicator.target is not None and sign * (newest - indicator.target) >= 0:
        return _("The target is reached.")
    if indicator.baseline is None:
        return ""
    if newest == indicator.baseline:
        return _("Nothing has changed since the start.")
    better = sign * (newest - indicator.baseline) > 0
    if better:
        return _("Since the start it has come closer to the aim.")
    return _("Since the start it has moved away from the aim.")


def _scale(indicator: Indicator, rows: list[IndicatorValue]) -> Decimal | None:
    """What the whole bar stands for; None where a hidden number could be read from it."""
    if indicator.unit in (Indicator.Unit.PERCENT, Indicator.Unit.POINTS):
        return Decimal(100)
    values = [
        value
        for value in (indicator.baseline, indicator.target, *[row.value for row in rows])
        if value is not None
    ]
    if any(hidden(indicator, value) for value in values) or len(values) < 2:
        return None
    return max(values) or None


def _share(value: Decimal | None, scale: Decimal | None) -> Decimal | None:
    return None if value is None or not scale else Decimal(value) * 100 / scale
