"""Facts as pages quote them: read together, each number printed as its language prints it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, override

from frame.languages import best, current
from pages import neutral
from pages.facts import PLACEHOLDER, Fact, FactText

NO_BREAK_SPACE = "\xa0"
# What stands at most in one line of large digits on a narrow phone.
LONGEST_LARGE = 6


@dataclass(frozen=True)
class Quoted:
    """A fact in one language: the sentence is `before`, `value`, `after`.

    `language` is that of the words, which may be a fallback. `address` is empty where it would
    tell the subject to whoever sees the history. `share` is the part of a hundred that can be
    drawn, or None.
    """

    key: str
    language: str
    before: str
    value: str
    after: str
    definition: str
    population: str
    place: str
    doubt: str
    period: str
    base: str
    source: str
    source_year: str
    address: str
    read_in: str
    checked_on: object
    share: Decimal | None
    newer: "Quoted | None" = None

    @property
    def sentence(self) -> str:
        return f"{self.before}{self.value}{self.after}"

    @property
    def long(self) -> bool:
        return len(self.value) > LONGEST_LARGE


def printed(fact: Fact) -> str:
    """The value with its unit in the active language: “25,1 %”, “87–107”, “€915 million”."""
    ends = [fact.value] if fact.second_value is None else [fact.value, fact.second_value]
    number = "–".join(
        number_format(Decimal(end), decimal_pos=fact.precision, force_grouping=True) for end in ends
    )
    match fact.unit:
        case Fact.Unit.PERCENT:
            return f"{number}%" if current() == "en" else f"{number}{NO_BREAK_SPACE}%"
        case Fact.Unit.EURO:
            return gettext("€%(number)s") % {"number": number}
        case Fact.Unit.MILLION_EURO:
            return gettext("€%(number)s million") % {"number": number}
        case Fact.Unit.ONE_IN:
            return gettext("1 in %(number)s") % {"number": number}
        case _:
            return number


def period(fact: Fact) -> str:
    """The years of the data: “2021”, “2020–2024”."""
    return f"{fact.year_from}–{fact.year_to}" if fact.year_to else str(fact.year_from)


def read(facts: Iterable[Fact], language: str | None = None) -> dict[int, Quoted]:
    """{id: the fact in the reader's language, or in the first fallback that has words}.

    One query for all facts and the newer ones they name, with their words in all languages. A fact
    without any words is left out.
    """
    facts = list(facts)
    wanted = {fact.pk for fact in facts} | {fact.newer_id for fact in facts if fact.newer_id}
    texts: dict[int, dict[str, FactText]] = {}
    for text in FactText.objects.filter(fact__in=wanted).select_related("locale", "fact"):
        texts.setdefault(text.fact_id, {})[text.locale.language_code] = text
    found = {}
    for identity, in_languages in texts.items():
        text_language = best(in_languages, language)
        found[identity] = quote(in_languages[text_language], text_language)
    return {
        fact.pk: replace(found[fact.pk], newer=found.get(fact.newer_id))
        for fact in facts
        if fact.pk in found
    }


def quote(text: FactText, language: str) -> Quoted:
    """A fact with these words; the number is printed as the language of the words prints it."""
    fact = text.fact
    before, _placeholder, after = text.sentence.partition(PLACEHOLDER)
    with override(language):
        value = printed(fact)
        base = number_format(fact.base, force_grouping=True) if fact.base else ""
    return Quoted(
        key=fact.key,
        language=language,
        before=before,
        value=value,
        after=after,
        definition=text.definition,
        population=text.population,
        place=text.place,
        doubt=text.doubt,
        period=period(fact),
        base=base,
        source=fact.source,
        source_year=str(fact.source_year),
        address="" if neutral.revealing(fact.source_address) else fact.source_address,
        read_in=fact.read_in,
        checked_on=fact.checked_on,
        share=_share(fact),
    )


def _share(fact: Fact) -> Decimal | None:
    drawn = fact.unit == Fact.Unit.PERCENT and fact.second_value is None
    return fact.value if drawn and 0 <= fact.value <= 100 else None


class FactBank:
    """The facts of one request, read at once when the first is needed.

    Whoever shows facts leaves them on the request as `wanted_facts` before the page is drawn.
    """

    def __init__(self, request):
        self._wanted = {fact.pk: fact for fact in getattr(request, "wanted_facts", ())}

    @cached_property
    def _found(self) -> dict[int, Quoted]:
        return read(self._wanted.values()) if self._wanted else {}

    def get(self, fact: Fact) -> Quoted | None:
        """The fact for this reader; None when it has no words at all."""
        if fact.pk not in self._wanted:
            return read([fact]).get(fact.pk)
        return self._found.get(fact.pk)
