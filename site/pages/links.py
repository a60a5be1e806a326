"""How a page names a service without knowing the directory.

A page leaves the codes it needs on the request; a context processor of a higher room answers with
`calls`, a mapping of code to Call. A corrected number is right on every page in every language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Number:
    """One telephone number: `tel` for the link, `shown` as people write it.

    `is_for_text`: nobody answers a call there, so the link writes instead of dialling.
    """

    tel: str
    shown: str
    place: str = ""
    is_for_text: bool = False

    @property
    def address(self) -> str:
        """Standards: RFC 3966, `tel:`; RFC 5724, `sms:`."""
        return f"{'sms' if self.is_for_text else 'tel'}:{self.tel}"


@dataclass(frozen=True)
class Call:
    """A service as a page quotes it: its name in the reader's language and its numbers.

    `source_year` is that of the newest source, `confirmed_on` the day somebody rang, or None.
    """

    code: str
    name: str
    language: str
    address: str
    numbers: tuple[Number, ...] = ()
    hours: str = ""
    source_year: int | None = None
    confirmed_on: date | None = None


Choices = Callable[[], list[tuple[str, str]]]

_sources: list[Choices] = []


def register(choices: Choices) -> None:
    """Adds a source of services for the editor's list; called from AppConfig.ready."""
    if choices not in _sources:
        _sources.append(choices)


def choices() -> list[tuple[str, str]]:
    """(code, name) for the editor's list."""
    return [choice for source in _sources for choice in source()]
