"""The choices that narrow the list: their words, and how many services each would leave.

OR inside a group, AND between groups; the counts of a group leave its own choices out. A service
that nobody knows the answer of is neither shown among those that say yes nor kept back: it stands
below them, to be asked.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from directory.facet_table import (
    ALWAYS,
    ANY_AREA,
    FACTS,
    OPEN_NOW,
    VIOLENT,
    Table,
    build,
    code_of_choice,
)
from directory.facts import LABELS
from directory.models import AreaText, NeedText, Situation, SituationText
from directory.phones import LANGUAGES
from directory.situations import AUDIENCES
from directory.terms import CHANNELS
from frame.kept import kept
from frame.languages import best, current, tag

# More than anybody chooses; what stands behind is not read.
LONGEST_QUERY = 300
LONGEST_CODE = 4
# In the order of the page; each fact is a group of its own.
GROUPS = ("situation", "when", "need", "who", "language", "channel", "area", *FACTS)
# A person is in one situation at a time: two would mix help for the hurt with other help.
SINGLE = {"situation"}
# Who hurts others is never offered help for the hurt beside, whoever else is ticked.
ALONE = {code_of_choice("who", VIOLENT)}


@dataclass(frozen=True)
class Choice:
    """One choice: its group, the code that stands in addresses, its words and their language."""

    group: str
    code: str
    label: str
    language: str = ""

    @property
    def stands_alone(self) -> bool:
        """Whether no other choice of its group goes with it."""
        return self.group in SINGLE or self.code in ALONE


def words() -> dict[str, tuple]:
    """{code: (group, code, words, language)} of all choices, in the order of the page. One query.

    `language` is empty where the words are in the reader's own; names of languages are in theirs.
    """
    editable = _editable()
    lists = {
        "when": [(OPEN_NOW, _("Open now")), (ALWAYS, _("Open day and night"))],
        "who": _closed("who", [entry for entry in AUDIENCES if entry[0] != "anyone"]),
        "channel": _closed("channel", CHANNELS),
    }
    found = []
    for group in GROUPS:
        if group in FACTS:
            label = LABELS[group] if FACTS[group] else _("No referral needed")
            found.append(Choice(group, code_of_choice("fact", group), str(label)))
        elif group == "language":
            for language, name in LANGUAGES:
                code = code_of_choice("language", language)
                found.append(Choice(group, code, name, foreign(language)))
        elif group in lists:
            found += [Choice(group, code, label) for code, label in lists[group]]
        else:
            found += editable.get(group, [])
    return {one.code: (one.group, one.code, one.label, one.language) for one in found}


def foreign(language: str) -> str:
    """The language where it is not the reader's own."""
    return "" if tag(language) == tag(current()) else language


def _closed(group: str, entries: list[tuple]) -> list[tuple[str, str]]:
    return [(code_of_choice(group, key), str(label)) for key, label in entries]


def _editable() -> dict[str, list[Choice]]:
    """Needs, areas and situations with the words that editors gave them. One query."""
    of_use = SituationText.objects.exclude(situation__weight=0)
    parts = [
        _texts(NeedText.objects, "need", "need__sort_order", "need__key", "need__code"),
        _texts(AreaText.objects, "area", "area__sort_order", "area__key", "area__code"),
        _texts(of_use, "situation", "situation__sort_order", "situation__key", Value("")),
    ]
    labels: dict[tuple, dict[str, str]] = {}
    for *identity, language, label in parts[0].union(*parts[1:], all=True):
        labels.setdefault(tuple(identity), {})[language] = label
    found: dict[str, list[Choice]] = {}
    for identity in sorted(labels):
        group, _order, key, code = identity
        language = best(labels[identity])
        choice = Choice(
            group,
            code or Situation(key=key).code,
            labels[identity][language],
            foreign(language),
        )
        found.setdefault(group, []).append(choice)
    return found


def _texts(texts, group: str, order, key: str, code):
    return (
        texts.order_by()
        .annotate(
            kind=Value(group, output_field=CharField()),
            row_order=F(order),
            row_key=F(key),
            row_code=code if isinstance(code, Value) else F(code),
            row_language=F("locale__language_code"),
        )
        .values_list("kind", "row_order", "row_key", "row_code", "row_language", "label")
    )


def codes_in(query: str) -> list[str]:
    """The codes of `k7m2,p2qd`; anything else is ignored."""
    return [
        code
        for code in query[:LONGEST_QUERY].split(",")
        if code.isascii() and code.isalnum() and len(code) <= LONGEST_CODE
    ]


def address_of(codes: list[str], page: int = 1) -> str:
    """The link to a choice; empty where the whole list is meant."""
    parts = [f"f={','.join(codes)}"] if codes else []
    parts += [f"p={page}"] if page > 1 else []
    return f"?{'&'.join(parts)}" if parts else ""


@dataclass(frozen=True)
class Left:
    """Two sets of services: those that fit, and those that have to be asked."""

    yes: int
    ask: int

    @property
    def count(self) -> int:
        return self.yes.bit_count()

    @property
    def to_ask(self) -> int:
        return self.ask.bit_count()

    def __bool__(self):
        return bool(self.yes | self.ask)


@dataclass(frozen=True)
class Offer:
    """A choice as a page offers it: where it leads and what it would leave."""

    choice: Choice
    left: Left
    is_chosen: bool
    address: str

    @property
    def is_link(self) -> bool:
        return self.is_chosen or bool(self.left)


@dataclass
class Narrowing:
    """What a person has chosen, and what is left of the list.

    `codes` are those of an address, known or not; `moment` decides who is open.
    """

    codes: list[str]
    moment: datetime.datetime

    @cached_property
    def table(self) -> Table:
        minute = int(self.moment.timestamp()) // 60
        return kept(f"facets-{minute}", lambda: build(self.moment))

    @cached_property
    def choices(self) -> dict[str, Choice]:
        """All choices by code. A need or an area that no service names is none."""
        rows = kept("choices", words)
        found = {code: Choice(*row) for code, row in rows.items()}
        bare = ("need", "area")
        return {
            code: choice
            for code, choice in found.items()
            if choice.group not in bare or code in self.table.yes
        }

    @cached_property
    def chosen(self) -> list[Choice]:
        """In the order of the page, whatever the order of the address."""
        found = [choice for code, choice in self.choices.items() if code in self.codes]
        alone: dict[str, Choice] = {}
        for choice in found:
            if choice.stands_alone:
                alone.setdefault(choice.group, choice)
        return [choice for choice in found if alone.get(choice.group, choice) is choice]

    @cached_property
    def chosen_codes(self) -> list[str]:
        return [choice.code for choice in self.chosen]

    def sets_of(self, choice: Choice) -> Left:
        """Who says yes to a choice and who has to be asked, whatever else is chosen."""
        yes = self.table.yes.get(choice.code, 0)
        ask = self.table.ask.get(ANY_AREA if choice.group == "area" else choice.code, 0)
        return Left(yes, ask & ~yes)

    def left(self, without: str = "") -> Left:
        """The services that the choices leave; `without` is a group whose choices do not count."""
        groups: dict[str, list[Left]] = {}
        for choice in self.chosen:
            if choice.group != without:
                groups.setdefault(choice.group, []).append(self.sets_of(choice))
        yes = possible = self.table.everything
        for alternatives in groups.values():
            sure = unknown = 0
            for one in alternatives:
                sure |= one.yes
                unknown |= one.ask
            yes &= sure
            possible &= sure | unknown
        return Left(yes, possible & ~yes)

    def with_choice(self, choice: Choice, others: Left) -> Left:
        """What a choice leaves of `others`, which are `left` without its group."""
        own = self.sets_of(choice)
        yes = others.yes & own.yes
        return Left(yes, (others.yes | others.ask) & (own.yes | own.ask) & ~yes)

    def offers(self, group: str) -> list[Offer]:
        """The choices of a group; a chosen one leads to the list without it."""
        others = self.left(without=group)
        return [
            Offer(
                choice,
                self.with_choice(choice, others),
                choice.code in self.chosen_codes,
                address_of(self.toggled(choice)),
            )
            for choice in self.choices.values()
            if choice.group == group
        ]

    def toggled(self, choice: Choice) -> list[str]:
        """The codes with this choice added or taken away, in the order of the page.

        It takes the place of those of its group that do not go with it.
        """
        replaced = {
            one.code
            for one in self.chosen
            if one.group == choice.group and (one.stands_alone or choice.stands_alone)
        }
        wanted = set(self.chosen_codes) ^ {choice.code}
        wanted -= replaced - {choice.code}
        return [code for code in self.choices if code in wanted]

    def codes_without(self, group: str) -> list[str]:
        return [choice.code for choice in self.chosen if choice.group != group]


def positions(members: int) -> Iterator[int]:
    """The positions in a set of services, first to last."""
    while members:
        lowest = members & -members
        yield lowest.bit_length() - 1
        members ^= lowest
