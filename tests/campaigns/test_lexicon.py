"""The wordings: each language has its own list, editors look after it, visitors never see it."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from campaigns.demo_lexicon import load
from campaigns.lexicon import WordRule, languages
from demo.content import FOLDER, Content, ContentError

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LIST = "/admin/snippets/campaigns/wordrule/"
ROWS = {"lv": 28, "ru": 27, "en": 26, "uk": 25, "lt": 25}
FORM = {
    "language": "lv",
    "number": "90",
    "code": "M",
    "pattern": "asa vārdu apmaiņ~",
    "condition": "",
    "instead": "viņš draudēja",
    "confidence": "M",
    "source": "",
}


def rule(**changes) -> WordRule:
    return WordRule(**(FORM | {"number": 90} | changes))


def listed(client, query: str = "") -> list[str]:
    page = BeautifulSoup(client.get(f"{LIST}{query}").content, "lxml")
    return [row.get_text(" ", strip=True) for row in page.select("table.listing tbody tr")]


@pytest.mark.parametrize("language", ROWS)
def test_the_list_of_a_language_is_complete(language):
    rules = WordRule.objects.filter(language=language)
    numbers = set(rules.values_list("number", flat=True))
    assert numbers == set(range(1, ROWS[language] + 1))
    assert set(rules.values_list("code", flat=True)) >= set("MEBSPNDLC")
    for found in rules:
        found.full_clean()
        assert "[" not in found.pattern + found.instead
        assert "~ " not in found.condition
        assert found.pattern.count("(") == found.pattern.count(")")


def test_easy_reading_has_no_list_of_its_own():
    assert [code for code, _name in languages()] == list(ROWS)
    with pytest.raises(ValidationError) as error:
        rule(language="lv-simple").full_clean()
    assert set(error.value.message_dict) == {"language"}


def test_a_wording_stands_in_a_list_once():
    first = WordRule.objects.filter(language="lv").first()
    with pytest.raises(ValidationError, match="in the list of the language already"):
        rule(code=first.code, pattern=first.pattern).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        rule(code=first.code, pattern=first.pattern).save()
    rule(language="ru", code=first.code, pattern=first.pattern).full_clean()


@pytest.mark.parametrize("name", ["redaktore", "atbildiga"])
def test_an_editor_adds_and_changes_a_wording(client, sign_in, name):
    sign_in(name)
    assert client.post(f"{LIST}add/", FORM).status_code == 302
    found = WordRule.objects.get(pattern=FORM["pattern"])
    answer = client.post(f"{LIST}edit/{found.pk}/", FORM | {"instead": "viņš kliedza"})
    assert answer.status_code == 302
    found.refresh_from_db()
    assert found.instead == "viņš kliedza"


def test_only_a_publisher_deletes(client, sign_in):
    first = WordRule.objects.first()
    sign_in("redaktore")
    client.post(f"{LIST}delete/{first.pk}/")
    assert WordRule.objects.filter(pk=first.pk).exists()
    sign_in("atbildiga")
    client.post(f"{LIST}delete/{first.pk}/")
    assert not WordRule.objects.filter(pk=first.pk).exists()


def test_a_keeper_of_services_has_no_wordings(client, sign_in):
    sign_in("uzturetaja")
    assert client.get(LIST).status_code == 302


def test_a_mistake_is_told_at_its_field_and_nothing_is_lost(client, sign_in):
    sign_in("redaktore")
    answer = client.post(f"{LIST}add/", FORM | {"pattern": "~"})
    page = BeautifulSoup(answer.content, "lxml")
    message = page.select_one("#panel-child-pattern-errors")
    assert message.get_text(strip=True)
    assert page.select_one("[name=instead]")["value"] == FORM["instead"]
    assert not WordRule.objects.filter(number=90).exists()


def test_the_list_is_narrowed_by_language_and_kind(client, sign_in):
    sign_in("redaktore")
    assert len(listed(client, "?language=uk&code=E")) == 4
    assert len(listed(client, "?language=lt")) == WordRule.objects.filter(language="lt").count()


def test_the_list_is_searched_also_for_a_quotation_mark(client, sign_in):
    sign_in("redaktore")
    assert len(listed(client, "?q=izprovoc")) == 1
    assert client.get(LIST, {"q": '"„'}).status_code == 200


def test_visitors_do_not_see_the_list(client):
    WordRule.objects.filter(language="lv").update(source="Kanārijputniņš")
    for address in ("/lv/medijiem/", "/lv/medijiem/vadlinijas/", "/sitemap.xml"):
        assert "Kanārijputniņš" not in client.get(address).content.decode()


def test_loading_again_keeps_what_editors_made():
    first = WordRule.objects.filter(language="lv").first()
    first.instead = "cits"
    first.save()
    count = WordRule.objects.count()
    load(Content(FOLDER))
    first.refresh_from_db()
    assert first.instead == "cits"
    assert WordRule.objects.count() == count


def test_a_mistake_in_a_file_names_file_and_row(tmp_path):
    WordRule.objects.all().delete()
    folder = tmp_path / "campaigns" / "lexicon"
    folder.mkdir(parents=True)
    (folder / "lv.toml").write_text(
        '[[wording]]\nnumber = 3\ncode = "Q"\npattern = "a"\ninstead = "b"\nconfidence = "H"\n',
        encoding="utf-8",
    )
    with pytest.raises(ContentError, match=r"lexicon/lv\.toml: wording 3, code"):
        load(Content(tmp_path))
