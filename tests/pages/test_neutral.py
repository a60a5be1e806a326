"""What a tab, a history, a link preview or a download may show tells nobody the subject."""

import re
import unicodedata

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from wagtail.models import Page

from directory.models import Service, ServiceText
from pages import neutral
from pages.models import ContentPage, SiteImage

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# The list of the interface words, rule 10 of titles, stated here a second time on purpose.
STEMS = """
vardarb varmak upur cietus krize krizes izvaro draudi noskir aizsardz patver palidz
насил nasil жертв zhertv пострад postrad побо угроз ugroz кризис krizis помощ pomosh
violen abus victim surviv assault crisis shelter refuge danger escape help
насил nasyl постражд postrazhd кривд kryvd погроз pohroz криз kryz притул prytul допомо dopomo
smurt nukent prievart grasin kriziu prieglob pagalb
""".split()
WHOLE_WORDS = {"rape", "auka", "aukos", "sit", "sist", "beg"}


def plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def telling(text: str) -> list[str]:
    text = plain(text)
    return [stem for stem in STEMS if plain(stem) in text] + sorted(
        WHOLE_WORDS & set(re.findall(r"\w+", text))
    )


def addresses(code: str) -> list[str]:
    pages = Page.objects.live().filter(depth__gt=1, locale__language_code=code)
    services = Service.objects.public().values_list("code", flat=True)
    return [page.url_path for page in pages] + [f"/{code}/pakalpojumi/{one}/" for one in services]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_tab_says_what_the_page_is_and_whose(read, code):
    titles = {address: read(address).title.get_text() for address in addresses(code)}
    assert all("Droši Liepājā" in title for title in titles.values()), titles
    assert [address for address, title in titles.items() if title == "Droši Liepājā"] == [
        f"/{code}/"
    ]


def test_the_stored_titles_and_slugs_are_neutral():
    pages = [page.specific for page in Page.objects.filter(depth__gt=1)]
    stored = [text for page in pages for text in (page.slug, page.tab_title)]
    stored += ServiceText.objects.values_list("tab_title", flat=True)
    assert len(stored) > 150
    assert not {text: words for text in stored if (words := telling(text))}


def test_the_preview_of_a_link_never_holds_the_lead(read):
    page = read("/lv/sev/")
    assert page.select_one("meta[property='og:title']")["content"] == page.title.get_text()
    assert not page.select("meta[property='og:image']")


def test_uploaded_files_have_names_that_say_nothing():
    names = [image.file.name for image in SiteImage.objects.all()]
    assert names
    for name in names:
        assert default_storage.exists(name)
        assert re.fullmatch(r"original_images/attels-[0-9a-f]{16}\.(png|jpg|webp)", name)


@pytest.mark.parametrize(
    "text",
    [
        "Vardarbība ģimenē", "VARMĀKAS", "Krīzes tālrunis", "Palīdzība", "Upuriem", "krīze",
        "Помощь пострадавшим", "домашнее НАСИЛИЕ", "Побои", "Victim support", "Get HELP",
        "Домашнє насильство", "Допомога", "Притулок", "Smurtas", "Pagalba", "Krizių centras",
        "Tevi sit", "auka", "pomosh-vam", "rape", "escape-plan", "noskir", "Nošķiršana",
    ],
)  # fmt: skip
def test_a_telling_word_is_recognised(text):
    assert telling(text)
    assert neutral.revealing(text)


@pytest.mark.parametrize(
    "text",
    ["Pakalpojumi", "Terapeits", "Laukā", "Situācija", "Begonijas", "Службы", "Weather", "Sesijas"],
)
def test_an_innocent_word_passes(text):
    assert not neutral.revealing(text)


def test_the_rule_knows_the_same_words_as_the_list():
    assert {stem for stem in STEMS if not neutral.revealing(f"x{stem}x")} == set()
    assert {word for word in WHOLE_WORDS if not neutral.revealing(f"a {word} b")} == set()


def page_form(page, **changes) -> dict:
    """What the editor's form of a page without blocks sends."""
    return {
        "title": page.title,
        "tab_title": page.tab_title,
        "lead": page.lead,
        "mark": page.mark,
        "slug": page.slug,
        "search_description": page.search_description,
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000",
    } | changes


def test_an_editor_is_told_which_word_of_a_title_tells_the_subject(client, sign_in):
    sign_in("redaktore")
    page = ContentPage.objects.get(url_path="/lv/sev/")
    address = f"/admin/pages/{page.pk}/edit/"
    answer = client.post(address, page_form(page, tab_title="Palīdzība pret vardarbību"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "“palidz”" in text or "„palidz”" in text
    assert page.get_latest_revision_as_object().tab_title == page.tab_title
    answer = client.post(address, page_form(page, tab_title="Sarunas"))
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().tab_title == "Sarunas"


def test_an_editor_is_told_that_an_address_tells_the_subject(client, sign_in):
    sign_in("redaktore")
    home = Page.objects.get(url_path="/lv/")
    address = f"/admin/pages/add/pages/contentpage/{home.pk}/"
    page = ContentPage(title="Jauna", tab_title="Jauna", slug="vardarbiba")
    answer = client.post(address, page_form(page))
    assert answer.status_code == 200
    assert "vardarb" in str(answer.context["form"].errors["slug"])
    assert client.post(address, page_form(page, slug="jauna")).status_code == 302
    assert ContentPage.objects.filter(slug="jauna", live=False).exists()


def test_a_title_of_a_service_is_held_to_the_same_rule():
    text = ServiceText.objects.first()
    text.tab_title = "Krīzes centrs"
    with pytest.raises(ValidationError) as refusal:
        text.full_clean()
    assert "tab_title" in refusal.value.message_dict
