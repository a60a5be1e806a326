"""The safety page says the right things in the right order, in the words of each language's
browsers, and promises nothing (XR46, XR47, XR48).

The words of Chromium 156 and Firefox 153 were read in their own language files in November 2026;
when a new version names a menu otherwise, content and table change together.
"""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from frame.languages import tag
from pages.models import ContentPage, SiteSettings
from tests.directory.admin_forms import errors, fields
from tests.pages.crawl import plain

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
ADDRESS = "/{}/parluks/"
# What the headings begin with, in the order in which they must stand.
ORDER = {
    "lv": ["Ja ir tikai", "Četri", "Šajā", "Drošāka ierīce", "Privātais logs", "Atsevišķu",
           "Ko citi vēl", "Izsekošanas", "Kā atrast", "Kā strādā", "Ko poga", "Mierīgs", "Lapas"],
    "lv-simple": ["Ja Tev ir maz", "Četri", "Kas ir šajā", "Drošāks", "Privātais logs", "Kā dzēst",
                  "Ko citi vēl", "Programma", "Kā atrast", "Kā strādā", "Ko poga", "Mierīgs",
                  "Lapas"],
    "ru": ["Если есть всего", "Четыре", "На этой", "Более безопасное", "Приватное", "Как удалить",
           "Что ещё", "Программа", "Как снова найти", "Кнопка", "Чего кнопка", "Спокойная",
           "Страницы"],
    "en": ["If you have only", "Four", "On this", "A safer device", "A private window", "Deleting",
           "What others", "Tracking", "How to find", "The button", "What the button", "A calm",
           "Pages open"],
    "uk": ["Якщо є лише", "Чотири", "На цій", "Безпечніший", "Приватне", "Як видалити", "Що ще",
           "Програма", "Як знову знайти", "Кнопка", "Чого кнопка", "Спокійна", "Сторінки"],
    "lt": ["Jei turite tik", "Keturi", "Šiame", "Saugesnis", "Privatus langas", "Kaip ištrinti",
           "Ką dar", "Sekimo", "Kaip vėl rasti", "Mygtukas", "Ko mygtukas", "Ramus", "Puslapiai"],
}  # fmt: skip
BROWSERS = [
    "Chrome", "Chrome Android", "Firefox", "Firefox Android", "Edge", "Safari iPhone", "Safari Mac",
    "Samsung",
]  # fmt: skip
CHROME = {
    "lv": ["Jauns inkognito režīma logs", "Vēsture", "Dzēst no vēstures", "Vairāk no šīs vietnes",
           "Noņemt ieteikumu", "Lejupielādes", "Dzēst pārlūkošanas datus"],
    "ru": ["Новое окно в режиме инкогнито", "История", "Удалить из истории",
           "Другие записи по этому сайту", "Удалить подсказку", "Скачанные файлы",
           "Удалить данные о работе в браузере"],
    "en": ["New Incognito window", "History", "Delete from history", "More from this site",
           "Remove suggestion", "Downloads", "Delete browsing data"],
    "uk": ["Нове вікно в режимі анонімного перегляду", "Історія", "Видалити з історії",
           "Більше з цього сайту", "Видалити пропозицію", "Завантаження",
           "Видалити дані вебперегляду"],
    "lt": ["Naujas inkognito langas", "Istorija", "Ištrinti iš istorijos",
           "Daugiau iš šios svetainės", "Pašalinti pasiūlymą", "Atsisiuntimai",
           "Ištrinti naršymo duomenis"],
}  # fmt: skip
INCOGNITO_TAB = {
    "lv": "Jauna inkognito cilne",
    "ru": "Новая вкладка инкогнито",
    "en": "New Incognito tab",
    "uk": "Нова анонімна вкладка",
    "lt": "Naujas inkognito skirtukas",
}
FIREFOX = {
    "lv": ["Jauns privātais logs", "Vēsture", "Pārvaldīt vēsturi", "Dzēst lapu",
           "Aizmirst par šo vietni…", "Izņemt no vēstures", "Lejupielādes", "Notīrīt no vēstures",
           "Dzēst neseno vēsturi…"],
    "ru": ["Новое приватное окно", "Журнал", "Управление журналом", "Удалить страницу",
           "Забыть об этом сайте…", "Удалить из истории", "Загрузки", "Удалить историю…",
           "Удалить недавнюю историю…"],
    "en": ["New Private Window", "History", "Manage history", "Delete Page",
           "Forget About This Site…", "Remove from history", "Downloads", "Remove From History",
           "Clear recent history…"],
    "uk": ["Приватне вікно", "Історія", "Керувати історією", "Видалити сторінку",
           "Забути про цей сайт…", "Вилучити з історії", "Завантаження", "Стерти недавню історію…"],
    "lt": ["Naujas privataus naršymo langas", "Žurnalas", "Tvarkyti žurnalą",
           "Pašalinti tinklalapį", "Forget About This Site…", "Pašalinti iš žurnalo", "Atsiuntimai",
           "Valyti žurnalą…"],
}  # fmt: skip
NOT_CHECKED = {
    "lv": "av pārbaudīt",
    "ru": "е проверено",
    "en": "ot checked",
    "uk": "е перевірено",
    "lt": "epatikrinta",
}
NOT_EVERYTHING = {
    "lv": "tikai (atsevišķus|šo)",
    "ru": "только отдельные",
    "en": "single entries",
    "uk": "лише окремі",
    "lt": "tik atskirus",
}
# History, address bar, account, router, tracking software, in the words of the line.
STILL_SHOW = {
    "lv": ["Vēsture", "adreses josla", "konts", "rūteris", "izsekošanas"],
    "lv-simple": ["Pārlūkā", "kontā", "mājas internetā", "seko"],
    "ru": ["История", "адресная строка", "учётная запись", "роутер", "слежки"],
    "en": ["History", "address bar", "account", "router", "tracking"],
    "uk": ["Історія", "адресний рядок", "обліковий запис", "роутер", "стеження"],
    "lt": ["Istorija", "adreso juosta", "paskyra", "maršrutizatorius", "sekimo"],
}
PROMISES = re.compile(
    r"neredzam|nemanām|anonīmi lasīt|bez pēdām|pēdas|pilnīgi droš|"
    r"невидим|не оставля|без следа|следы|незаметн|полностью безопасн|"
    r"invisible|untrace|no trace|your tracks|completely safe|erase[sd]? all|"
    r"непомітн|без сліду|сліди|повністю безпечн|"
    r"nematom|be pėdsak|pėdsak|visiškai saug",
    re.IGNORECASE,
)


@pytest.fixture
def page(read):
    """The safety page as it is read in a language: `page("lv")`."""
    return lambda code: read(ADDRESS.format(code))


def headings(main) -> list[str]:
    return [plain(heading) for heading in main.select("h2")]


def part(main, *words: str):
    """The one part whose heading has all these words and no other browser's."""
    found = [
        section
        for section in main.select(".part")
        if section.h2 and all(word in plain(section.h2) for word in words)
    ]
    return found[0]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_safest_step_comes_first(page, code):
    found = headings(page(code).main)
    assert [heading[: len(start)] for heading, start in zip(found, ORDER[code], strict=False)] == (
        ORDER[code]
    )
    named = [words for words in BROWSERS for heading in found if words.split()[0] in heading]
    assert set(named) == set(BROWSERS)
    assert len([heading for heading in found if re.search("Chrome|Firefox|Safari", heading)]) == 6


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_of_the_menus_are_those_of_the_language(page, code):
    main, language = page(code).main, tag(code)
    for browser, words in (("Chrome", CHROME[language]), ("Firefox", FIREFOX[language])):
        table = plain(part(main, browser).table)
        assert [word for word in words if word not in table] == []
    assert INCOGNITO_TAB[language] in plain(part(main, "Chrome", "Android").table)


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_list_of_words_says_what_was_checked_and_when(page, code):
    tables = page(code).main.select("table")
    assert len(tables) == len(BROWSERS)
    for table in tables:
        caption = plain(table.caption)
        checked = "2026" in caption and re.search("Chromium 156|Firefox 153", caption)
        assert checked or NOT_CHECKED[tag(code)] in caption


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_note_beside_single_entries_warns_against_deleting_everything(page, code):
    note = part(page(code).main, ORDER[code][5]).select_one(".note")
    assert re.search(NOT_EVERYTHING[tag(code)], plain(note))


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_promises_to_be_invisible(page, code):
    whole = page(code)
    assert PROMISES.findall(plain(whole.main)) == []
    assert PROMISES.findall(plain(whole.header)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_contents_lead_to_every_heading_below(page, code):
    main = page(code).main
    links = part(main, ORDER[code][2]).select("a")
    assert [plain(link) for link in links] == headings(main)[3:]
    for link in links:
        target = main.find(id=link["href"].removeprefix("#"))
        assert plain(target.h2) == plain(link)
        assert re.fullmatch(r"#p\d+", link["href"]), "an anchor is kept in the history"


@pytest.mark.parametrize("code", LANGUAGES)
def test_practising_says_where_the_button_itself_leads(page, code):
    whole = page(code)
    assert whole.select_one("a.exit")["href"] in plain(part(whole.main, ORDER[code][11]))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", ["", "pakalpojumi/", "parluks/", "nothing/"])
def test_every_page_says_what_the_button_does_not_do(read, code, path):
    whole = read(f"/{code}/{path}", status=404 if path == "nothing/" else 200)
    line = plain(whole.select_one("#exit-note"))
    assert [word for word in STILL_SHOW[code] if word not in line] == []
    assert whole.select_one(".trace a")["href"] == ADDRESS.format(code)
    assert not whole.select("dialog, [role=dialog], [popover]")


# In the admin


def test_a_page_without_such_a_list_has_no_anchors(read):
    assert not read("/lv/sev/").select(".part[id]")


def sent(client, page, *body):
    address = f"/admin/pages/{page.pk}/edit/"
    form = fields(client.get(address)) | nested_form_data({"body": streamfield(list(body))})
    return client.post(address, form | {"action-publish": "x"})


BARE = [("heading", "Zqcits"), ("text", rich_text("<p>Teksts</p>", features=["bold"]))]


def test_an_editor_cannot_take_away_what_the_safety_page_needs(client, sign_in, read):
    sign_in("admin")
    safety = ContentPage.objects.get(url_path=ADDRESS.format("lv"))
    form = BeautifulSoup(sent(client, safety, *BARE).content, "lxml")
    said = str(json.loads(form.select_one("#body")["data-w-block-arguments-value"]))
    for words in ("vajag pogas izmēģinājumu", "vajag piezīmi", "vajag tabulu"):
        assert words in said
    assert "Zqcits" not in read(ADDRESS.format("lv")).get_text()


def test_any_other_page_may_do_without(client, sign_in, read):
    sign_in("admin")
    sent(client, ContentPage.objects.get(url_path="/lv/sev/"), *BARE)
    assert "Zqcits" in read("/lv/sev/").main.get_text()


def test_a_page_without_them_cannot_become_the_safety_page(client, sign_in):
    sign_in("admin")
    record = SiteSettings.objects.get()
    address = f"/admin/settings/pages/sitesettings/{record.pk}/"
    form = fields(client.get(address))
    other = Page.objects.get(url_path="/lv/sev/").pk
    answer = client.post(address, form | {"safety_page": other})
    assert "vajag pogas izmēģinājumu" in errors(answer, "safety_page")
    before = record.safety_page_id
    record.refresh_from_db()
    assert record.safety_page_id == before
    assert client.post(address, form | {"name": "Droši"}).status_code == 302
