"""`manage.py judge`: figures for a corpus that is beside the site's services, not among them."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from search.models import Document

pytestmark = pytest.mark.django_db

FOLDER = Path(__file__).parent / "judged"


def judge(queries: Path = FOLDER / "queries.tsv", folder: Path = FOLDER, **options) -> str:
    output = StringIO()
    call_command("judge", corpus=folder, queries=queries, stdout=output, **options)
    return output.getvalue()


def test_it_prints_and_writes_the_figures_in_all_by_language_and_by_intent(tmp_path):
    text = judge(json=tmp_path / "figures.json")
    lines = [line.split()[0] for line in text.splitlines()]
    assert {"4", "in", "lv", "en", "A", "D", "E"} <= set(lines)
    assert "nDCG@10" in text
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert figures["all"]["success@3"] == 1
    assert figures["all"]["harm@5"] == 0
    assert set(figures["language"]) == {"lv", "en"}
    assert set(figures["intent"]) == {"A", "D", "E"}
    ranked = {one["query"]: one["ranked"] for one in figures["queries"]}
    assert ranked["i hit my wife"][0] == "course"
    assert set(ranked["vīrs mani sit"][:2]) == {"line", "house"}
    assert ranked["vajag juristu"][0] == "lawyer"


def test_it_leaves_the_sites_documents_as_they_were():
    before = list(Document.objects.order_by("pk").values_list("pk", "kind", "identity"))
    judge()
    assert list(Document.objects.order_by("pk").values_list("pk", "kind", "identity")) == before


def test_harm_is_counted(tmp_path):
    path = tmp_path / "judgements.tsv"
    for name in ("services.tsv", "corpus.tsv"):
        (tmp_path / name).write_text((FOLDER / name).read_text("utf-8"), "utf-8")
    path.write_text("intent\tservice\tgrade\nA\tline\t-1\nA\thouse\t3\n", "utf-8")
    judge(folder=tmp_path, json=tmp_path / "out.json")
    figures = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert figures["intent"]["A"]["harm@5"] == 2


def test_the_engine_may_be_named():
    assert judge(engine="database") == judge()
    with pytest.raises(CommandError, match="nosuch"):
        judge(engine="nosuch")


@pytest.mark.parametrize("name", ["services.tsv", "corpus.tsv", "judgements.tsv"])
def test_a_missing_file_is_named(tmp_path, name):
    for other in {"services.tsv", "corpus.tsv", "judgements.tsv"} - {name}:
        (tmp_path / other).write_text((FOLDER / other).read_text("utf-8"), "utf-8")
    with pytest.raises(CommandError, match=name):
        judge(folder=tmp_path)


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "queries.tsv"
    path.write_text("intent\tquery\nA\tx\n", "utf-8")
    with pytest.raises(CommandError, match="language"):
        judge(queries=path)
