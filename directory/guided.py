"""The guided path: up to three questions that lead to the part of the list that fits.

What was answered stands in the address as codes that say nothing; nothing is kept.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory import moments
from directory.facets import Left, Narrowing, Offer, address_of

QUESTIONS = ("situation", "who", "need")


@dataclass(frozen=True)
class Step:
    """One question: its place among those that are asked, the choices, what is left before it.

    `codes` are the answers that were given before; `previous` and `skip` are the addresses'
    queries of the step before and of the next one without an answer.
    """

    number: int
    last: int
    question: str
    offers: list[Offer]
    left: Left
    codes: str
    previous: str

    @property
    def is_last(self) -> bool:
        return self.number == self.last


def titles() -> dict[str, str]:
    return {
        "situation": _("What is happening?"),
        "who": _("Who needs help?"),
        "need": _("What do you need first?"),
    }


def step(number: int, codes: list[str]) -> Step:
    """The question of this number, or the last one; answers to later questions do not count.

    A question without choices is left out: nobody has to answer what has no words.
    """
    everything = Narrowing(codes, moments.now())
    asked = [group for group in QUESTIONS if everything.offers(group)] or ["who"]
    number = min(max(number, 1), len(asked))
    group = asked[number - 1]
    before = _of_groups(everything, asked[: number - 1])
    narrowing = Narrowing(before, everything.moment)
    return Step(
        number=number,
        last=len(asked),
        question=titles()[group],
        offers=_offers(narrowing, group),
        left=narrowing.left(),
        codes=address_of(before),
        previous=address_of(_of_groups(everything, asked[: max(number - 2, 0)])),
    )


def _of_groups(narrowing: Narrowing, groups: list[str]) -> list[str]:
    return [choice.code for choice in narrowing.chosen if choice.group in groups]


def _offers(narrowing: Narrowing, group: str) -> list[Offer]:
    """The choices of a question; what only people who hurt others choose stands last.

    Of the needs those that are left: a service that none of them names is not sought by need.
    """
    offers = narrowing.offers(group)
    if group == "need":
        return [offer for offer in offers if offer.left]
    violent = narrowing.table.violent
    return sorted(offers, key=lambda offer: offer.choice.code in violent)
