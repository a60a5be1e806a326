"""Every string of the code reads right in six languages, and a catalogue that does not is told."""

import gettext
import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import ngettext, override

from directory.models import Service
from frame import catalogues, kept
from tests.frame.counted import COUNTED

NUMBERS = (0, 1, 2, 5, 11, 21, 101)

# words.md 1.5; what 0, 1, 2, 5, 11, 21 and 101 are called. "#" is the number.
FOUND = "%(n)s service found", "%(n)s services found"
PRESS = "Shift: %(n)s more time to leave", "Shift: %(n)s more times to leave"
REPORTS = (
    "%(count)s report of readers is not looked into",
    "%(count)s reports of readers are not looked into",
)
LATVIAN_FOUND = (
    "Nekas nav atrasts",
    "Atrasts # pakalpojums",
    "Atrasti # pakalpojumi",
    "Atrasti # pakalpojumi",
    "Atrasti # pakalpojumi",
    "Atrasts # pakalpojums",
    "Atrasts # pakalpojums",
)
PLURALS = {
    FOUND: {
        "lv": LATVIAN_FOUND,
        "lv-simple": LATVIAN_FOUND,
        "ru": (
            "Найдено # услуг",
            "Найдена # услуга",
            "Найдено # услуги",
            "Найдено # услуг",
            "Найдено # услуг",
            "Найдена # услуга",
            "Найдена # услуга",
        ),
        "en": (
            "# services found",
            "# service found",
            "# services found",
            "# services found",
            "# services found",
            "# services found",
            "# services found",
        ),
        "uk": (
            "Знайдено # послуг",
            "Знайдено # послугу",
            "Знайдено # послуги",
            "Знайдено # послуг",
            "Знайдено # послуг",
            "Знайдено # послугу",
            "Знайдено # послугу",
        ),
        "lt": (
            "Rasta # paslaugų",
            "Rasta # paslauga",
            "Rastos # paslaugos",
            "Rastos # paslaugos",
            "Rasta # paslaugų",
            "Rasta # paslauga",
            "Rasta # paslauga",
        ),
    },
    PRESS: {
        "lv": ["Shift: vēl # " + word + ", lai pamestu lapu" for word in
               "reizes reizi reizes reizes reizes reizi reizi".split()],
        "lv-simple": ["Shift: vēl # " + word for word in
                      "reizes reizi reizes reizes reizes reizi reizi".split()],
        "ru": ["Shift: ещё # " + word + ", чтобы уйти" for word in
               "раз раз раза раз раз раз раз".split()],
        "en": ["Shift: # more " + word + " to leave" for word in
               "times time times times times times times".split()],
        "uk": ["Shift: ще # " + word + ", щоб покинути сторінку" for word in
               "разів раз рази разів разів раз раз".split()],
        "lt": ["„Shift“: dar # " + word + ", kad išeitumėte" for word in
               "kartų kartą kartus kartus kartų kartą kartą".split()],
    },
    REPORTS: {
        "lv": (
            "# lasītāju ziņojumu nav izskatīti",
            "# lasītāju ziņojums nav izskatīts",
            *["# lasītāju ziņojumi nav izskatīti"] * 3,
            *["# lasītāju ziņojums nav izskatīts"] * 2,
        ),
        "lv-simple": (
            "# ziņu nav izlasītas",
            "# ziņa nav izlasīta",
            *["# ziņas nav izlasītas"] * 3,
            *["# ziņa nav izlasīta"] * 2,
        ),
        "ru": (
            "# сообщений читателей не рассмотрено",
            "# сообщение читателей не рассмотрено",
            "# сообщения читателей не рассмотрены",
            *["# сообщений читателей не рассмотрено"] * 2,
            *["# сообщение читателей не рассмотрено"] * 2,
        ),
        "en": (
            "# reports of readers are not looked into",
            "# report of readers is not looked into",
            *["# reports of readers are not looked into"] * 5,
        ),
        "uk": (
            "# повідомлень читачів не розглянуто",
            *["# повідомлення читачів не розглянуто"] * 2,
            *["# повідомлень читачів не розглянуто"] * 2,
            *["# повідомлення читачів не розглянуто"] * 2,
        ),
        "lt": (
            "# skaitytojų pranešimų neperžiūrėta",
            "# skaitytojų pranešimas neperžiūrėtas",
            *["# skaitytojų pranešimai neperžiūrėti"] * 2,
            "# skaitytojų pranešimų neperžiūrėta",
            *["# skaitytojų pranešimas neperžiūrėtas"] * 2,
        ),
    },
}  # fmt: skip
ALL = PLURALS | COUNTED


@pytest.fixture
def copied(settings, tmp_path):
    """The catalogues in a folder of their own, free to be broken; settings point there."""
    shutil.copytree(settings.LOCALE_PATHS[0], tmp_path / "locale")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return tmp_path / "locale"


def _path(folder: Path, language="lv") -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def _change(folder: Path, text: str, language="lv", **fields):
    catalogue = polib.pofile(str(_path(folder, language)))
    for name, value in fields.items():
        setattr(catalogue.find(text), name, value)
    catalogue.save()


def _reported(capsys) -> list[str]:
    with pytest.raises(CommandError) as error:
        call_command("messages", "--check")
    assert error.value.returncode == 1
    return capsys.readouterr().out.splitlines()


def test_every_language_has_every_string_and_no_other(capsys):
    call_command("messages", "--check")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("language", "text", "fields", "fault"),
    [
        ("lv", "Skip to content", {"msgstr": ""}, "empty"),
        ("uk", "Skip to content", {"flags": ["fuzzy"]}, "fuzzy"),
        ("ru", "Checked on %(date)s", {"msgstr": "Проверено %(day)s"}, "placeholders differ"),
        ("ru", "Checked on %(date)s", {"msgstr": "Проверено %(date)"}, "placeholders differ"),
        ("ru", "Checked on %(date)s", {"msgstr": "31 % %(date)s"}, "placeholders differ"),
        ("lt", "Menu", {"msgstr": "Meniu {name}"}, "placeholders differ"),
        ("lt", "Menu", {"msgstr": "„Meniu' “"}, "straight quotation mark or apostrophe"),
        ("lv", "Menu", {"msgstr": 'Poga "Izvēlne"'}, "straight quotation mark or apostrophe"),
        ("lv", "Menu", {"msgstr": "Izvēlne upuriem"}, "a word that labels a person"),
        ("lv_Simple", "Menu", {"msgstr": "Bezupuru"}, "a word that labels a person"),
        (
            "lv",
            FOUND[0],
            {"msgstr_plural": {0: "Atrasts %(n)s", 1: "", 2: "Nekas"}},
            "[1] empty",
        ),
        (
            "lv",
            FOUND[0],
            {"msgstr_plural": {0: "Atrasts viens", 1: "Atrasti %(n)s", 2: "Nekas"}},
            "[0] placeholders differ",
        ),
        ("lv", FOUND[0], {"msgid_plural": "others"}, "its plural in the code is another"),
        ("lv", "Blockquote", {"comment": ""}, "not used"),
        ("lv", "Menu", {"obsolete": True}, "not used"),
    ],
)
def test_a_broken_entry_is_reported_with_its_line(copied, capsys, language, text, fields, fault):
    _change(copied, text, language, **fields)
    lines = [line for line in _reported(capsys) if f'"{text}": {fault}' in line]
    assert len(lines) == 1
    place, number, _rest = lines[0].split(":", 2)
    assert place == f"locale/{language}/LC_MESSAGES/django.po"
    at_that_line = _path(copied, language).read_text("utf-8").splitlines()[int(number) - 1 :]
    assert any(text in line for line in at_that_line[:4])


def test_a_string_of_the_code_that_a_catalogue_lacks_is_reported_with_its_file(copied, capsys):
    catalogue = polib.pofile(str(_path(copied)))
    catalogue.remove(catalogue.find("Mon", msgctxt="short weekday"))
    catalogue.save()
    assert _reported(capsys) == [
        'locale/lv/LC_MESSAGES/django.po: "short weekday|Mon": missing (directory/hours.py)'
    ]


def test_a_catalogue_that_does_not_parse_is_reported_and_the_others_are_still_read(copied, capsys):
    _path(copied, "lt").write_text('msgid "Menu\nmsgstr', "utf-8")
    _change(copied, "Menu", "uk", msgstr="")
    lines = _reported(capsys)
    assert [line.split(":")[0] for line in lines] == [
        "locale/lt/LC_MESSAGES/django.po",
        "locale/uk/LC_MESSAGES/django.po",
    ]
    assert "cannot be read" in lines[0]


def test_no_form_for_nothing_needs_the_number(copied, capsys):
    words = {0: "Atrasts %(n)s", 1: "Atrasti %(n)s", 2: "Tukšs"}
    _change(copied, FOUND[0], msgstr_plural=words)
    call_command("messages", "--check")


def test_compiling_makes_catalogues_that_gettext_reads_once(copied):
    for compiled in copied.rglob("*.mo"):
        compiled.unlink()
    written = catalogues.compile_all()
    assert len(written) == 5
    with (copied / "lt/LC_MESSAGES/django.mo").open("rb") as file:
        lithuanian = gettext.GNUTranslations(file)
    assert lithuanian.gettext("Skip to content") == "Pereiti prie turinio"
    assert lithuanian.pgettext("short weekday", "Sun") == "VII"
    assert lithuanian.ngettext(*FOUND, 12) == "Rasta %(n)s paslaugų"
    assert catalogues.compile_all() == []
    os.utime(written[0], (0, 0))
    assert catalogues.compile_all() == [written[0]]


def test_compiling_is_quiet_and_needs_no_database_and_no_babel(copied, tmp_path):
    compiled = copied / "ru/LC_MESSAGES/django.mo"
    compiled.unlink(missing_ok=True)
    (tmp_path / "elsewhere.py").write_text(
        f"from config.settings.dev import *\nLOCALE_PATHS = [{str(copied)!r}]\n", "utf-8"
    )
    program = (
        "import sys; sys.modules['babel'] = None\n"
        "from django.core.management import execute_from_command_line\n"
        "execute_from_command_line(['manage.py', 'messages', '--compile'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "PYTHONPATH": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "elsewhere",
            "DATA_DIR": str(tmp_path / "nothing-yet"),
        },
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert compiled.exists()
    assert not (tmp_path / "nothing-yet").exists()


def test_the_catalogues_stand_as_an_update_writes_them(copied, capsys):
    call_command("messages", "--update")
    assert capsys.readouterr().out == ""


def test_an_update_adds_new_strings_empty_and_removes_unused_ones(copied):
    catalogue = polib.pofile(str(_path(copied)))
    catalogue.remove(catalogue.find("Menu"))
    catalogue.append(polib.POEntry(msgid="Nobody says this", msgstr="To neviens nesaka"))
    catalogue.append(polib.POEntry(msgid="Zoom", msgstr="Tuvināt", comment="Wagtail"))
    catalogue.find("Home").occurrences = [("site/frame/views.py", "12")]
    catalogue.metadata["POT-Creation-Date"] = "2026-11-22 10:00+0200"
    catalogue.save()
    assert catalogues.update_all() == [_path(copied)]
    text = _path(copied).read_text("utf-8")
    updated = polib.pofile(text)
    assert updated.find("Menu").msgstr == ""
    assert updated.find("Nobody says this") is None
    assert updated.find("Zoom").msgstr == "Tuvināt"
    assert updated.find("Home").tcomment == "native check"
    assert "POT-Creation-Date" not in text
    assert "#:" not in text
    order = [(entry.msgid, entry.msgctxt or "") for entry in updated]
    assert order == sorted(order)
    assert catalogues.update_all() == []


def test_every_way_to_mark_a_string_is_collected(settings, tmp_path):
    room = tmp_path / "room"
    (room / "migrations").mkdir(parents=True)
    (room / "apps.py").write_text(
        "from django.utils.translation import gettext as _, npgettext, pgettext_lazy\n"
        '_("a " "b"); pgettext_lazy("c", "d"); npgettext("e", "f", "g", 2); _(name)\n',
        "utf-8",
    )
    (room / "migrations" / "0001.py").write_text('_("old")', "utf-8")
    (room / "page.html").write_text(
        "  {% load i18n %}\n{# it's a note #}<p>don't</p>\n"
        '{% translate "h" context "i" as title %}{% include "x" with y=_("j") %}\n'
        '<ul>\n    <li>\n  <b>{{ z|default:_("k") }}\n'
        "{% blocktranslate trimmed count n=n context 'l' %}\n  {{ n }} m\n  100%\n"
        "{% plural %}\n  {{ n }} ms\n  100%\n{% endblocktranslate %}\n",
        "utf-8",
    )
    settings.ROOT, settings.SITE = tmp_path, tmp_path / "site"
    found = {key: use.plural for key, use in catalogues.strings().items()}
    assert found == {
        ("a b", ""): "",
        ("d", "c"): "",
        ("f", "e"): "g",
        ("h", "i"): "",
        ("j", ""): "",
        ("k", ""): "",
        ("%(n)s m 100%%", "l"): "%(n)s ms 100%%",
    }


def test_the_table_of_plurals_has_every_plural_of_the_code():
    plurals = {(key.text, use.plural) for key, use in catalogues.strings().items() if use.plural}
    assert plurals == set(ALL)


def filled_in(number: int) -> dict[str, object]:
    """A number by each of its names, and three dots for all that is none."""
    return dict.fromkeys(("n", "count", "shown"), number) | dict.fromkeys(
        ("named", "language"), "…"
    )


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("string", ALL, ids=lambda string: string[0])
def test_a_count_reads_right(string, language):
    with override(language):
        lines = [ngettext(*string, number) % filled_in(number) for number in NUMBERS]
    expected = ALL[string][language]
    assert lines == [
        line.replace("#", str(number)) for line, number in zip(expected, NUMBERS, strict=True)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("number", [0, 1, 2, 5, 11])
def test_the_help_page_says_how_many_services_it_lists(read, language, number):
    shown = Service.objects.order_by("pk").values_list("pk", flat=True)[:number]
    Service.objects.exclude(pk__in=list(shown)).update(status=Service.Status.WITHDRAWN)
    kept.forget()
    line = PLURALS[FOUND][language][NUMBERS.index(number)].replace("#", str(number))
    count = read(f"/{language}/pakalpojumi/").select_one("h2.count")
    assert count.find(string=True).strip() == line


class Words(HTMLParser):
    """The texts and attributes of a page, each by itself."""

    def __init__(self, page: str):
        super().__init__()
        self.found: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found |= {value for _name, value in attributes if value}

    def handle_data(self, data):
        self.found.add(data.strip())


@pytest.mark.django_db
def test_no_latvian_word_of_the_frame_stands_on_an_english_page(client):
    used = catalogues.strings()
    latvian = {
        entry.msgstr
        for entry in polib.pofile(str(_path(settings.LOCALE_PATHS[0])))
        if (entry.msgid, entry.msgctxt or "") in used and entry.msgstr not in ("", entry.msgid)
    }
    code = Service.objects.public().order_by("pk").values_list("code", flat=True)[0]
    for path in ["", "pakalpojumi/", f"pakalpojumi/{code}/", "sev/", "parluks/", "nothing/"]:
        english = Words(client.get(f"/en/{path}").content.decode()).found
        assert english & latvian == set()
        assert Words(client.get(f"/lv/{path}").content.decode()).found & latvian
