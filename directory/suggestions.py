"""What the box of the search suggests: our own words alone, so that nothing typed is sent."""

from directory import moments
from directory.facets import Choice, Narrowing
from directory.models import Service, ServiceText
from frame.kept import kept
from frame.languages import current
from search import keys

MOST_NEAR = 3
# Dice's coefficient of trigrams, as a mean over the words: below this it is another word.
LEAST_LIKENESS = 0.4
GROUPS = ("situation", "need", "who")


def suggestions() -> list[str]:
    """Situations, needs, people and names of services in the reader's language, each once.

    What has no words in this language is left out. Two queries at most every few seconds.
    """
    return kept("suggestions", _read)


def _read() -> list[str]:
    labels = [choice.label for choice in _choices()]
    texts = ServiceText.objects.filter(
        service__in=Service.objects.public(), locale__language_code=current()
    )
    names = texts.order_by("service__urgency", "name").values_list("name", flat=True)
    return list(dict.fromkeys([*labels, *names]))


def choice_of(text: str) -> Choice | None:
    """The choice of the list whose words these are, all of them and in their order."""
    words = keys.words(text)
    return next((one for one in _choices() if keys.words(one.label) == words), None)


def _choices() -> list[Choice]:
    """What has words in the reader's language and leaves something of the list."""
    everything = Narrowing([], moments.now())
    return [
        choice
        for group in GROUPS
        for choice in everything.choices.values()
        if choice.group == group and not choice.language and everything.sets_of(choice).yes
    ]


def near(text: str) -> list[str]:
    """Those of the suggestions that look most like the words of a text, for what was misspelt."""
    wanted = [set(keys.trigrams(word)) for word in keys.words(text) if len(word) > 3]
    if not wanted:
        return []
    found = [(_likeness(wanted, one), one) for one in suggestions()]
    found = [pair for pair in found if pair[0] >= LEAST_LIKENESS]
    return [one for _likeness, one in sorted(found, key=lambda pair: (-pair[0], pair[1]))][
        :MOST_NEAR
    ]


def _likeness(wanted: list[set[str]], suggestion: str) -> float:
    own = [set(keys.trigrams(word)) for word in keys.words(suggestion)]
    best = [
        max((2 * len(one & other) / (len(one) + len(other)) for other in own), default=0.0)
        for one in wanted
    ]
    return sum(best) / len(best)
