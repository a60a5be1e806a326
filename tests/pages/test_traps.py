"""Traps of the sources: sentences that look right and are not, looked for on every rendered page.

Each trap has a rule that answers its findings on a page and made-up pages that show that it finds.

=====  =============================================================================================
T1     82 % is the share of women among those killed by a partner, not of killed women: nowhere.
T2     915 million is violence against women, and an estimate: both stand beside it.
T3     32 % is what women have experienced since the age of 15, not what they live in now.
T4     Figures that look alike differ in what was asked: a definition stands beside each.
T5     57, 31 and 46 % are of 2016: the year and a doubt stand there, beside 31 % the newer 25 %.
T6     35 people killed: 13 and 22 in the text, 18 in the note; no split is printed.
T7     690 or 689 women helped in 2022: about 690.
T8     Calls in the city are a range of two months of 2019, because registers overlap.
T9     The code that the plan names was replaced in 2020: its abbreviation is nowhere.
T10    The plan numbers two activities alike: its numbers are on no page.
T11    The plan for 2020–2025 has expired: every page that names it says so.
T12    Two old telephone numbers are nowhere.
T13    Another town's practice is never told as this city's.
T14    A former name of an institution stands only beside the present one.
T15    Since 17.02.2022 the police decide without an application: the step by step says so. That no
       other page asks for one in other words cannot be checked by a test; a reader has to.
T16    The number for people who use violence may end on 31.12.2026: its service says until when.
T17    Whether the convention stays in force is open: no heading, lead, figure or note leans on it.
       That the status in running text is today's cannot be checked; an editor has to.
T18    The survey of 2016 has no reliable number: "428" stands nowhere beside its name.
=====  =============================================================================================
"""

import re

import pytest
from bs4 import BeautifulSoup

from tests.pages.crawl import LANGUAGES, Visited, plain

BLOCKS = "p, li, td, th, tr, dd, h1, h2, h3, figure, article.entry, blockquote, caption"
WHOLE = ("figure", "article")
KEY_MESSAGES = "h1, h2, h3, .lead, figure, .note"
SINCE_15 = {"lv": "(kopš|pēc) 15", "ru": "с 15", "en": "age of 15", "uk": "від 15", "lt": "nuo 15"}
WOMEN = {"lv": "sieviet", "ru": "женщин", "en": "women", "uk": "жін", "lt": "moter"}
ESTIMATE = {
    "lv": "aplēs|aprēķin",
    "ru": "оценк",
    "en": "estimate",
    "uk": "оцінк",
    "lt": "įvert",
}
ABOUT = {"lv": r"aptuveni|\bap\b", "ru": "около", "en": "about", "uk": "близько", "lt": "apie"}
EXPIRED = {
    "lv": r"(termiņ|laik)\S* ir beidz",
    "ru": "истёк",
    "en": "expired",
    "uk": "минув",
    "lt": "baigėsi",
}
NO_APPLICATION = {
    "lv": "bez Tava (iesniegum|papīr)",
    "ru": "без вашего заявления",
    "en": "without a report",
    "uk": "без вашої заяви",
    "lt": "be jūsų pareiškimo",
}
# {former name: what must stand in the same block}
FORMER = {
    r"VBTAI|bti\.gov\.lv|bērnu tiesību aizsardzības inspekcij": "Bērnu aizsardzības centr|BAC",
    r"\bJPA\b|Juridiskās palīdzības administrācij": "Tiesu administrācij",
    r"sargi-sevi": "manadrosiba",
    r"Liepājas Universit|\bLiepU\b": "RTU|Tehnisk|техническ|Technical|технічн|technikos",
    r"Liepājas pilsētas pašvaldīb": "valstspilsētas",
}


def blocks(page: Visited) -> list[str]:
    """The texts of the smallest elements that hold words together."""
    found = []
    for element in page.main.select(BLOCKS):
        whole = element.name in WHOLE
        if element.name == "td" or (not whole and element.find_parent(WHOLE)):
            continue
        if not whole and element.find(["p", "li", "tr"]):
            continue
        found.append(plain(element))
    return found


def naming(page: Visited, what: str) -> list[str]:
    return [text for text in blocks(page) if re.search(what, text, re.IGNORECASE)]


def lacking(texts: list[str], *needed: str) -> list[str]:
    return [
        text for text in texts if not all(re.search(part, text, re.IGNORECASE) for part in needed)
    ]


def percent(number: int) -> str:
    return rf"(?<![\d.,–]){number}\s?%"


def killed_women(page):
    return naming(page, percent(82))


def cost(page):
    texts = naming(page, r"\b915\b(?=.{0,12}(milj|млн|million|mln))|million.{0,3}915|€915")
    return lacking(texts, WOMEN[page.text_language], ESTIMATE[page.text_language])


def one_in_three(page):
    return lacking(naming(page, percent(32)), SINCE_15[page.text_language])


def without_definition(page):
    figures = page.main.select("figure.figure")
    return [
        plain(figure)
        for figure in figures
        if len(plain(figure.select_one(".definition") or BeautifulSoup("", "lxml"))) < 20
    ]


def attitudes(page):
    found = lacking(naming(page, "|".join(map(percent, (57, 31, 46)))), "2016")
    for figure in page.main.select("figure.figure"):
        amount = plain(figure.select_one(".amount") or figure)
        if "2016" not in plain(figure):
            continue
        if re.fullmatch(r"(57|31|46) ?%", amount) and not figure.select_one(".doubt"):
            found.append(plain(figure))
        newer = figure.select_one(".newer")
        if re.fullmatch(r"31 ?%", amount) and not (newer and re.search(percent(25), plain(newer))):
            found.append(plain(figure))
    return found


def split_of_killed(page):
    return [
        text for text in naming(page, r"\b35\b")
        if re.search(r"\b13\b", text) and re.search(r"\b(18|22)\b", text)
    ]  # fmt: skip


def women_helped(page):
    wrong = naming(page, r"(?<!\d)689(?!\d)")
    return wrong + lacking(naming(page, r"(?<!\d)690(?!\d)"), ABOUT[page.text_language])


def calls(page):
    return lacking(naming(page, r"\b107\b"), "87–107", "2019")


def old_code(page):
    return naming(page, r"\bAPK\b")


def activity_numbers(page):
    return naming(page, r"(?<![\d.])(2\.1\.2|3\.1\.5|1\.2\.7)(?![\d])")


def expired_plan(page):
    """Where the plan is but the source of a number or a stage, its year stands there."""
    named = [
        element
        for element in page.main.select("p, li, h1, h2, h3, td, blockquote, figcaption")
        if re.search(r"2020\.?\s?[–—-]\s?2025", plain(element))
        and not element.find_parent(class_=["figure", "journey", "small", "source"])
        and not {"source", "small"} & set(element.get("class", []))
    ]
    if not named:
        return []
    return [page.address] if lacking([plain(page.main)], EXPIRED[page.text_language]) else []


def old_numbers(page):
    digits = re.sub(r"(?<=\d)[\s\xa0-]+(?=\d)", "", page.whole.get_text(" ") + str(page.whole))
    return [number for number in ("67222922", "27722292") if number in digits]


def other_town(page):
    return [
        text for text in naming(page, r"\bbalv|\bбалв") if re.search("liep|лиеп|лієп", text.lower())
    ]


def former_names(page):
    return [
        text
        for former, present in FORMER.items()
        for text in lacking(naming(page, former), present)
    ]


def application(page):
    if not page.address.endswith("/sev/soli/"):
        return []
    dated = naming(page, r"(17.{0,20}2022|2022.{0,20}17)")
    return [] if dated and not lacking(dated[:1], NO_APPLICATION[page.text_language]) else ["gone"]


def ending_number(page):
    text = re.sub(r"(?<=\d) (?=\d)", "", plain(page.main))
    own = "/pakalpojumi/" in page.address and page.address.count("/") > 3
    ends = re.search(r"31\.12\.2026|31 December 2026|2026-12-31", text)
    return (
        [page.address]
        if own and "22045225" in plain(page.main.h1.parent.parent) + text and not ends
        else []
    )


def convention(page):
    texts = [plain(element) for element in page.main.select(KEY_MESSAGES)]
    return [text for text in texts if re.search("stambul|istanbul|стамбул", text.lower())]


def survey_number(page):
    return [text for text in naming(page, "eurobarom|евробаром|євробаром") if "428" in text]


FIGURE = (
    "<figure class='figure'><p class='amount'>{amount}</p><p class='definition'>{definition}</p>"
    "{more}</figure>"
)
ASKED = "Share of those asked who said so, 2016."
NEWER = "<p class='newer'>Newer: 25%, 2018</p>"


def figure(amount: str, definition=ASKED, more="") -> str:
    return FIGURE.format(amount=amount, definition=definition, more=more)


DOUBT = "<p class='doubt'>Old.</p>"
# (rule, a page that falls into the trap, a page that does not)
TRAPS = {
    "T1": (killed_women, "<p>82 % of women</p>", "<p>58 % of women, 1,82 %</p>"),
    "T2": (
        cost,
        "<p>Violence in families costs 915 million a year, an estimate.</p>",
        "<p>Violence against women costs about €915 million; this is an estimate.</p>",
    ),
    "T3": (one_in_three, "<p>32% suffer.</p>", "<p>32% have, since the age of 15.</p>"),
    "T4": (without_definition, figure("5%", ""), figure("5%")),
    "T5": (attitudes, figure("31%", more=DOUBT), figure("31%", more=DOUBT + NEWER)),
    "T6": (split_of_killed, "<p>35: 13 men, 22 women</p>", "<p>35 people</p><p>13, 22</p>"),
    "T7": (women_helped, "<p>690 women</p>", "<p>About 690 women</p>"),
    "T8": (calls, "<p>107 calls, 2019</p>", "<p>87–107 calls in two months, 2019</p>"),
    "T9": (old_code, "<p>APK 1</p>", "<p>a law</p>"),
    "T10": (activity_numbers, "<li>2.1.2 Training</li>", "<li>12.1.26 Training</li>"),
    "T11": (expired_plan, "<p>Plan 2020–2025</p>", "<p>Plan 2020–2025</p><p>It has expired.</p>"),
    "T12": (old_numbers, "<p>67 222 922</p>", "<p>116123</p>"),
    "T13": (other_town, "<p>In Liepāja, as in Balvi</p>", "<p>In Balvi</p>"),
    "T14": (former_names, "<p>VBTAI</p>", "<p>BAC (VBTAI)</p>"),
    "T15": (application, "<p>2022</p>", "<p>Since 17 February 2022 without a report</p>"),
    "T16": (
        ending_number,
        "<div><div><h1>a</h1></div><p>22 045 225</p></div>",
        "<div><div><h1>a</h1></div><p>22 045 225, until 31 December 2026</p></div>",
    ),
    "T17": (convention, "<h2>Istanbul Convention</h2>", "<p>The Istanbul Convention</p>"),
    "T18": (survey_number, "<p>Eurobarometer 428</p>", "<p>Eurobarometer, 2016</p>"),
}
ADDRESS = {"T15": "/en/sev/soli/", "T16": "/en/pakalpojumi/abc/"}


def test_each_trap_has_a_rule():
    assert list(TRAPS) == [f"T{number}" for number in range(1, 19)]


@pytest.mark.parametrize("trap", TRAPS)
def test_the_demonstration_falls_into_no_trap(crawl, trap):
    rule = TRAPS[trap][0]
    assert not {page.address: found for page in crawl.pages.values() if (found := rule(page))}


@pytest.mark.parametrize("trap", TRAPS)
def test_the_rule_finds_the_trap_and_nothing_else(trap):
    rule, wrong, right = TRAPS[trap]

    def found(html):
        whole = BeautifulSoup(f"<html lang='en'><main>{html}</main></html>", "lxml")
        return rule(Visited(ADDRESS.get(trap, "/en/a/"), "en", whole))

    assert found(wrong)
    assert not found(right)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    "what",
    [percent(58), r"\b915\b", percent(32), percent(31), percent(57), percent(46), "87–107", "690"],
)
def test_what_the_rules_speak_of_is_among_what_was_read(crawl, code, what):
    pages = [page for page in crawl.pages.values() if page.language == code]
    assert any(naming(page, what) for page in pages)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_number_that_may_end_is_among_what_was_read(crawl, code):
    pages = [page for page in crawl.pages.values() if page.language == code]
    digits = [re.sub(r"(?<=\d) (?=\d)", "", plain(page.main)) for page in pages]
    assert any("22045225" in text for text in digits)
    assert any(re.search(r"2020\.?\s?[–—-]\s?2025", text) for text in digits)
