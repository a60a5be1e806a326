"""What is known about a number or a service, in words, and what one would have to ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.calls import numbers_of
from directory.facts import Fact, facts_of
from directory.phones import LANGUAGES, Phone

# For each answer about a number: yes, no, and the question that stays where nobody knows.
ABOUT_A_NUMBER = {
    "free": (
        _("The call is free"),
        _("Charged at your operator’s rate"),
        _("whether the call is free"),
    ),
    "shown_on_bill": (
        _("May show on the phone bill"),
        _("Not shown on the phone bill"),
        _("whether the call shows on the bill"),
    ),
    "anonymous": (
        _("No name is asked"),
        _("Your name is asked"),
        _("whether your name is asked"),
    ),
    "safe_to_text": (
        _("You can send a text message"),
        _("Text messages are not read"),
        _("whether text messages are read"),
    ),
}
WHO_ANSWERS = _("who answers")
SPOKEN_LANGUAGES = _("which languages are spoken")
# The question of a fact that nobody has confirmed.
QUESTIONS = {
    "free": _("what it costs"),
    "anonymous": _("whether you can stay anonymous"),
    "referral_needed": _("whether a referral is needed"),
    "identity_papers_needed": _("whether identity papers are needed"),
    "confidential": _("who is told what you say"),
    "recorded": _("whether calls are recorded"),
    "same_gender_staff": _("whether you can choose a woman or a man"),
    "sign_language": _("sign language"),
    "text_for_deaf": _("whether you can write instead of calling"),
    "interpreter": _("interpreter"),
    "takes_children": _("whether you can come with children"),
    "takes_pets": _("whether you can come with a pet"),
    "step_free": _("step-free entrance"),
    "lift": _("lift"),
    "accessible_toilet": _("toilet for wheelchair users"),
    "separate_entrance": _("a separate entrance"),
    "transport": _("whether somebody brings you there"),
}
CONDITIONS = ["anonymous", "confidential", "same_gender_staff"]
COMPANY = ["takes_children", "takes_pets"]
BUILDING = ["step_free", "accessible_toilet", "separate_entrance", "transport"]
UNDERSTANDING = ["sign_language", "text_for_deaf", "interpreter"]


@dataclass(frozen=True)
class NumberOnPage:
    """A number with what is known about it; `asked` are the questions that are its own."""

    address: str
    tel: str
    shown: str
    place: str
    is_for_text: bool
    known: list[str | Promise]
    languages: list[tuple[str, str]]
    asked: list[str | Promise]


def numbers(service) -> tuple[list[NumberOnPage], list]:
    """Its numbers, and the questions that are open for every one of them, to be said once."""
    phones = list(service.phones.all())
    open_questions = [_questions(phone) for phone in phones]
    shared = [
        question
        for question in (open_questions[0] if open_questions else [])
        if all(question in others for others in open_questions)
    ]
    shown = numbers_of(service, service.read_text)
    found = []
    for phone, number, questions in zip(phones, shown, open_questions, strict=True):
        found.append(
            NumberOnPage(
                address=number.address,
                tel=number.tel,
                shown=number.shown,
                place=number.place,
                is_for_text=number.is_for_text,
                known=_known(phone),
                languages=[choice for choice in LANGUAGES if choice[0] in phone.languages],
                asked=[question for question in questions if question not in shared],
            )
        )
    return found, shared


def _known(phone: Phone) -> list:
    """What is known, beginning with who answers."""
    answers = [phone.get_answered_by_display()] if phone.answered_by else []
    if phone.kind != Phone.Kind.VOICE:
        answers.append(phone.get_kind_display())
    for name, (yes, no, _question) in ABOUT_A_NUMBER.items():
        value = getattr(phone, name)
        if value is not None:
            answers.append(yes if value else no)
    return answers


def _questions(phone: Phone) -> list:
    asked = [] if phone.answered_by else [WHO_ANSWERS]
    for name, (_yes, _no, question) in ABOUT_A_NUMBER.items():
        says_itself = name == "safe_to_text" and phone.kind != Phone.Kind.VOICE
        if getattr(phone, name) is None and not says_itself:
            asked.append(question)
    return asked


@dataclass(frozen=True)
class Answer:
    """A fact that is known, with the note of the editors."""

    key: str
    label: str | Promise
    value: bool
    note: str


def answers(facts: Iterable[Fact], notes: dict[str, str]) -> list[Answer]:
    """The facts that somebody confirmed."""
    return [
        Answer(fact.key, fact.label, fact.value, notes.get(fact.key, ""))
        for fact in facts
        if fact.value is not None
    ]


def questions(facts: Iterable[Fact]) -> list:
    """What is left to ask, each question once."""
    return [QUESTIONS[fact.key] for fact in facts if fact.value is None]


def open_questions(service, *, receives: bool) -> list:
    """What nobody has confirmed about a service.

    `receives` is true where one goes: only there company and building matter to who asks.
    """
    keys = ["free", "referral_needed", "identity_papers_needed", *CONDITIONS, "recorded"]
    keys += UNDERSTANDING
    if receives:
        keys += COMPANY + BUILDING
    facts = facts_of(service, keys)
    if _has_interpreter(service):
        facts = [fact for fact in facts if fact.key != "interpreter"]
    return questions(facts)


def _has_interpreter(service) -> bool:
    return any(language.by_interpreter for language in service.languages.all())
