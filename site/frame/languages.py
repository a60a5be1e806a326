"""Which language a text is read in, and where else it exists. The URL prefix alone decides."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# What a fallback notice says after "This text is": one whole phrase a language, never glued.
IN_LANGUAGE = {
    "lv": _("in Latvian"),
    "lv-simple": _("in easy-read Latvian"),
    "ru": _("in Russian"),
    "en": _("in English"),
    "uk": _("in Ukrainian"),
    "lt": _("in Lithuanian"),
}


def current() -> str:
    """The language of the address that is being answered."""
    return get_language() or settings.LANGUAGE_CODE


def order(language: str | None = None) -> list[str]:
    """The language itself, then where its missing texts are looked for."""
    language = language or current()
    fallbacks = settings.LANGUAGE_FALLBACKS.get(language, [settings.LANGUAGE_CODE])
    rest = [code for code, _ in settings.LANGUAGES if code != language and code not in fallbacks]
    return [language, *fallbacks, *rest]


def tag(language: str) -> str:
    """The BCP 47 tag for `lang`: screen readers know `lv`, not `lv-simple`."""
    return settings.LANGUAGE_TAGS.get(language, language)


def split(path: str) -> tuple[str, str]:
    """`/lv/a/b/` as `("lv", "a/b/")`; an address without a known prefix has language ""."""
    first, _, rest = path.lstrip("/").partition("/")
    return (first, rest) if first in dict(settings.LANGUAGES) else ("", rest)


@dataclass(frozen=True)
class Reading:
    """One text as one visitor reads it.

    `path` is the address without its language prefix, `text_language` the language the text is
    written in, `available` all languages in which this text is published, `waits_for_review` true
    for a translation that no native speaker has confirmed.
    """

    path: str
    text_language: str
    available: frozenset[str] = field(default_factory=frozenset)
    language: str = field(default_factory=current)
    waits_for_review: bool = False

    @property
    def is_fallback(self) -> bool:
        return self.text_language != self.language

    @property
    def in_language(self) -> str:
        return str(IN_LANGUAGE[self.text_language])

    @property
    def canonical_path(self) -> str:
        return f"/{self.text_language}/{self.path}"

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """(hreflang, path) of every published language; easy reading has no hreflang."""
        if self.is_fallback:
            return []
        return [
            (code, f"/{code}/{self.path}")
            for code, _ in settings.LANGUAGES
            if code in self.available and code not in settings.LANGUAGE_TAGS
        ]


def best(available: Iterable[str], language: str | None = None) -> str | None:
    """The first language of the fallback order that is available."""
    available = set(available)
    return next((code for code in order(language) if code in available), None)
