"""The catalogues of messages: collected from the code, compiled and judged without gettext.

English has no catalogue: the strings in the code are English. Every other language has every
string of the code, in all its plural forms, and nothing more, except words marked as an override
of a library ("Wagtail", "Django" as the extracted comment).
"""

import gettext
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.conf import settings
from django.utils.translation.template import templatize

# Extracted comments of words that belong to a library: they stay though our code lacks them.
LIBRARIES = {"Wagtail", "Django"}
# The functions of django.utils.translation and what their arguments are: "c" is the context.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
NAMED = re.compile(r"%\(\w+\)[a-z]?|%[sd]|\{[^{}]*\}|[{}]")
TAG = re.compile(r"<[^<>]+>")
STRAIGHT = re.compile(r"[\"'`]")
# Latvian copy names the person, not what was done to them (rule of the house).
LABELS_FOR_LIFE = re.compile(r"upur", re.IGNORECASE)
LATVIAN = {"lv", "lv_Simple"}
WIDTH = 78


class Key(NamedTuple):
    """What gettext looks a string up by; `context` is "" for most."""

    text: str
    context: str


class Use(NamedTuple):
    """A string of the code: its plural ("" where it has none), the files that say it."""

    plural: str
    files: tuple[str, ...]


def paths() -> list[Path]:
    """Every catalogue of the site, `locale/<language>/LC_MESSAGES/django.po`."""
    return sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))


def compile_all() -> list[Path]:
    """Writes `django.mo` beside each catalogue that is newer; returns what was written."""
    written = []
    for path in paths():
        compiled = path.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
            continue
        # Written aside and moved: another process never reads half a file.
        part = compiled.with_suffix(".mo.part")
        polib.pofile(str(path)).save_as_mofile(str(part))
        part.replace(compiled)
        written.append(compiled)
    return written


def folders() -> list[Path]:
    """Where our code lies: `site/` and the rooms beside it, switched on or not."""
    return [settings.SITE, *sorted(app.parent for app in settings.ROOT.glob("*/apps.py"))]


def strings() -> dict[Key, Use]:
    """Every translatable string of our Python files and templates.

    Raises ValueError, with the file, where one string has two different plurals.
    """
    found: dict[Key, Use] = {}
    for folder in folders():
        for source in sorted([*folder.rglob("*.py"), *folder.rglob("*.html")]):
            if "migrations" in source.parts:
                continue
            name = str(source.relative_to(settings.ROOT))
            for key, plural in _strings_of(source):
                known = found.get(key, Use(plural, ()))
                if plural and known.plural and plural != known.plural:
                    raise ValueError(f'{name}: "{key.text}" has two plurals')
                files = tuple(dict.fromkeys([*known.files, name]))
                found[key] = Use(known.plural or plural, files)
    return found


def _strings_of(source: Path) -> Iterator[tuple[Key, str]]:
    # A development dependency: production only compiles.
    from babel.messages.extract import extract

    text = source.read_text("utf-8")
    if source.suffix == ".html":
        # In brackets: the spaces at the start of a template's lines mean nothing.
        text = f"(\n{templatize(text, origin=str(source))}\n)"
    for _line, message, _comments, context in extract(
        "python", io.BytesIO(text.encode()), KEYWORDS
    ):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield Key(singular, context or ""), plural


def update_all() -> list[Path]:
    """Brings every catalogue in line with the code; returns those that changed.

    New strings come in empty, unused ones go unless they override a library. Sorted by string;
    no dates, no places: two branches that add strings merge.
    """
    used = strings()
    changed = []
    for path in paths():
        before = path.read_text("utf-8")
        after = _updated(polib.pofile(str(path), wrapwidth=WIDTH), used)
        if after != before:
            path.write_text(after, "utf-8")
            changed.append(path)
    return changed


def _updated(catalogue: polib.POFile, used: dict[Key, Use]) -> str:
    known = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=WIDTH)
    fresh.header = catalogue.header
    fresh.metadata = {
        name: value for name, value in catalogue.metadata.items() if not name.endswith("-Date")
    }
    forms = _forms(catalogue)
    kept = {key for key, entry in known.items() if entry.comment in LIBRARIES}
    for key in sorted(used.keys() | kept):
        entry = known.get(key) or polib.POEntry(msgid=key.text, msgctxt=key.context or None)
        plural = used[key].plural if key in used else entry.msgid_plural
        if plural != entry.msgid_plural:
            entry.msgid_plural, entry.msgstr, entry.msgstr_plural = plural, "", {}
        if plural:
            entry.msgstr_plural = {
                form: entry.msgstr_plural.get(form, "") for form in range(len(forms))
            }
        entry.occurrences = []
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
        fuzzy = ["fuzzy"] if entry.fuzzy else []
        entry.flags = [*fuzzy, *(["python-format"] if "%(" in key.text + plural else [])]
        fresh.append(entry)
    return f"{fresh}\n" if not str(fresh).endswith("\n") else str(fresh)


def _key(entry: polib.POEntry) -> Key:
    return Key(entry.msgid, entry.msgctxt or "")


def _forms(catalogue: polib.POFile) -> list[set[int]]:
    """Of each plural form of the header: which of the numbers 0 to 200 it stands for."""
    header = catalogue.metadata["Plural-Forms"]
    count, rule = re.fullmatch(r"nplurals=(\d+); plural=(.+?);?", header.strip()).groups()
    choose = gettext.c2py(rule)
    numbers: list[set[int]] = [set() for _ in range(int(count))]
    for number in range(201):
        numbers[choose(number)].add(number)
    return numbers


def faults() -> list[str]:
    """One line for each fault of each catalogue: `file:line: "string": what is wrong`."""
    used = strings()
    return [line for path in paths() for line in _faults_of(path, used)]


def _faults_of(path: Path, used: dict[Key, Use]) -> Iterator[str]:
    name = path.relative_to(Path(settings.LOCALE_PATHS[0]).parent)
    try:
        catalogue = polib.pofile(str(path))
        forms = _forms(catalogue)
    except (OSError, ValueError, KeyError, AttributeError, SyntaxError) as error:
        yield f"{name}: cannot be read: {error}"
        return
    counted = Counter(_key(entry) for entry in catalogue if not entry.obsolete)
    for key in used.keys() - counted.keys():
        yield f'{name}: "{_shown(key)}": missing ({", ".join(used[key].files)})'
    for entry in catalogue:
        key = _key(entry)
        for fault in _faults_of_entry(entry, used.get(key), forms, path.parts[-3] in LATVIAN):
            yield f'{name}:{entry.linenum}: "{_shown(key)}": {fault}'
        if counted[key] > 1:
            yield f'{name}:{entry.linenum}: "{_shown(key)}": stands twice'


def _shown(key: Key) -> str:
    return f"{key.context}|{key.text}" if key.context else key.text


def _faults_of_entry(
    entry: polib.POEntry, use: Use | None, forms: list[set[int]], latvian: bool
) -> Iterator[str]:
    if entry.obsolete or (use is None and entry.comment not in LIBRARIES):
        yield "not used"
        return
    if entry.fuzzy:
        yield "fuzzy"
    if use and use.plural != entry.msgid_plural:
        yield "its plural in the code is another"
    words = entry.msgstr_plural if entry.msgid_plural else {0: entry.msgstr}
    for form in range(len(forms)) if entry.msgid_plural else [0]:
        place = f"[{form}] " if entry.msgid_plural else ""
        text = words.get(form, "")
        if not text.strip():
            yield f"{place}empty"
            continue
        # A form for a single number may say it without a digit ("nothing found").
        may_omit = bool(entry.msgid_plural) and len(forms[form]) == 1
        if not _same_placeholders(entry.msgid_plural or entry.msgid, text, may_omit):
            yield f"{place}placeholders differ"
        if STRAIGHT.search(TAG.sub("", text)):
            yield f"{place}straight quotation mark or apostrophe"
        if latvian and LABELS_FOR_LIFE.search(text):
            yield f"{place}a word that labels a person"


def _same_placeholders(source: str, text: str, may_omit_one: bool) -> bool:
    wanted, given = Counter(NAMED.findall(source)), Counter(NAMED.findall(text))
    # A template reads %% as one sign; a single % before a space breaks the formatting.
    if "%" in NAMED.sub("", text.replace("%%", "")) and "%(" in source:
        return False
    missing, surplus = wanted - given, given - wanted
    return not surplus and (not missing or (may_omit_one and missing.total() == 1))
