"""The answer to a search, as the page shows it: services first, then pages to read."""

import datetime
from uuid import UUID

from directory import finding, listing, moments, suggestions, unanswered
from directory.facets import Narrowing
from pages.queries import Entry, pages_in_language
from search import find, keys
from search.readings import beginning
from search.scorer import Boosts

# Who has not found it among these says it in other words; each card costs time and bytes.
MOST_CARDS = 15
MOST_PAGES = 5
# Below this a page shares a word or two with the query by chance.
LEAST_WORDS = 0.3
NEEDS_SHOWN = 6


@keys.remembered()
def answer(text: str) -> dict:
    """Cards for a text; the plain list without one; what always helps when nothing is found."""
    text, is_less = beginning(text)
    if not text:
        plain = listing.choice("")
        return plain | {
            "text": "",
            "is_search": False,
            "count": plain["left"].count,
            "readings": [],
        }
    moment = moments.now()
    asked = finding.wanted(text, finding.known(), moment.date())
    cards, is_guess = _cards(text, moment, asked)
    if is_guess or not cards:
        unanswered.note(text)
    unanswered.forget_once_a_day()
    everything = Narrowing([], moment)
    return {
        "text": text,
        "is_search": True,
        "words_used": len(keys.words(text)) if is_less else 0,
        "letters_used": len(text) if is_less else 0,
        "is_guess": is_guess,
        "near": _near(text, cards) if is_guess or not cards else [],
        "cards": cards,
        "count": len(cards),
        "always": [] if cards else listing.always(everything),
        "needs": [] if cards else everything.offers("need")[:NEEDS_SHOWN],
        "readings": _pages(text, asked),
    }


def _cards(text: str, moment: datetime.datetime, asked: finding.Wanted) -> tuple[list[dict], bool]:
    """The services for a text, and whether they are a guess.

    The words of a choice of the list are no guess: they lead at least to what the choice leaves.
    Nor is the name of a service that is shown.
    """
    found = finding.services(text, moment=moment, asked=asked)
    if found.is_guess or not found.hits:
        choice = suggestions.choice_of(text)
        if chosen := listing.choice(choice.code)["cards"] if choice else []:
            return chosen, False
    cards = listing.cards_of([hit.identity for hit in found.hits[:MOST_CARDS]], moment)
    words = keys.words(text)
    is_named = any(keys.words(card["text"].name) == words for card in cards)
    return cards, found.is_guess and bool(cards) and not is_named


def _near(text: str, cards: list[dict]) -> list[str]:
    """What was perhaps meant besides what is shown."""
    shown = {card["text"].name for card in cards}
    return [one for one in suggestions.near(text) if one not in shown]


def _pages(text: str, asked: finding.Wanted) -> list[Entry]:
    """What the situation asks to read, then the pages that hold enough of the words, best first.

    Nothing for people who hurt others where somebody who is hurt may be asking.
    """
    hits = find.find(text, "page", boosts=Boosts(hurt=asked.boosts.hurt), may_guess=False).hits
    likely = [hit.identity for hit in hits if hit.words >= LEAST_WORDS]
    wanted = [UUID(identity) for identity in dict.fromkeys([*asked.pages, *likely])][:MOST_PAGES]
    found = pages_in_language(wanted) if wanted else {}
    return [found[key] for key in wanted if key in found]
