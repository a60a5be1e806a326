"""Runs judged queries over a small corpus of its own, beside the site's services.

The corpus goes through the tables of the engine inside a transaction that is rolled back, so a
judged query takes the same way as a visitor's.
"""

import csv
import datetime
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from directory import demo_situations, finding
from search import documents, engines, sources
from search.metrics import Answer

KIND = "judged"
SITUATIONS = settings.SITE / "demo" / demo_situations.FILE
# Wednesday 22:30 where the site is: what is open by day only is closed.
MOMENT = datetime.datetime(2026, 11, 18, 22, 30, tzinfo=ZoneInfo(settings.TIME_ZONE))
OPENS, CLOSES, WEEKDAYS = 9, 17, range(1, 6)


class CorpusError(Exception):
    """A file of the corpus that cannot be read: says which and why."""


def rows(path: Path, columns: set[str]) -> list[dict[str, str]]:
    """A table of tab-separated columns; raises CorpusError for a missing file or column."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            found = list(reader)
            missing = columns - set(reader.fieldnames or [])
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}") from error
    if missing:
        raise CorpusError(f"{path}: no column {', '.join(sorted(missing))}")
    return found


class Corpus:
    """Services, their texts and the grades of a folder."""

    def __init__(self, folder: Path):
        self.services = {
            row["service"]: row
            for row in rows(
                folder / "services.tsv", {"service", "needs", "who", "crisis_rank", "always_open"}
            )
        }
        self.texts = rows(folder / "corpus.tsv", {"service", "language", "title", "description"})
        self.grades: dict[str, dict[str, int]] = {}
        for row in rows(folder / "judgements.tsv", {"intent", "service", "grade"}):
            self.grades.setdefault(row["intent"], {})[row["service"]] = int(row["grade"])

    def entries(self, identities: set[str] | None = None) -> Iterable[sources.Entry]:
        for text in self.texts:
            service = self.services[text["service"]]
            audience = tuple(code.strip() for code in service["who"].split(","))
            yield sources.Entry(
                identity=text["service"],
                language=text["language"],
                title=text["title"],
                text=text["description"],
                labels=tuple(
                    finding.need_label(need.strip()) for need in service["needs"].split(",")
                ),
                audience=audience,
                rank=int(service["crisis_rank"]),
                for_people_who_hurt="violent" in audience,
            )

    def reachable(self, identities: set[str], moment: datetime.datetime) -> set[str]:
        by_day = moment.isoweekday() in WEEKDAYS and OPENS <= moment.hour < CLOSES
        return {
            identity
            for identity in identities
            if by_day or self.services[identity]["always_open"] == "yes"
        }


def judge(
    folder: Path, queries: Path, engine: str = "", *, with_meanings: bool = False
) -> list[Answer]:
    """The answers to all queries of a file, by words alone or by meanings too.

    Meanings need a worker that answers (search.meaning.keeper). Raises CorpusError for files that
    cannot be read.
    """
    corpus = Corpus(folder)
    wanted = rows(queries, {"intent", "language", "query"})
    situations = demo_situations.known(SITUATIONS, with_meanings=with_meanings)
    chosen = engines.named(engine) if engine else engines.engine()
    sources.register(KIND, corpus.entries, corpus.reachable)
    try:
        with transaction.atomic():
            documents.rebuild(KIND)
            with engines.trial(chosen):
                answers = [_answer(row, corpus, situations, chosen) for row in wanted]
            transaction.set_rollback(True)
    finally:
        sources.forget(KIND)
    return answers


def _answer(row: dict[str, str], corpus: Corpus, situations, engine) -> Answer:
    found = finding.services(
        row["query"], situations=situations, kind=KIND, engine=engine, moment=MOMENT
    )
    return Answer(
        query=row["query"],
        language=row["language"],
        intent=row["intent"],
        ranked=[hit.identity for hit in found.hits],
        is_guess=found.is_guess,
        grades=corpus.grades.get(row["intent"], {}),
    )
