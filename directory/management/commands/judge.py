"""Prints how well judged queries are answered."""

import json
from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directory import judging
from search.meaning import keeper
from search.metrics import FIGURES, means

WITH, WITHOUT = "by words and meanings", "by words alone"
FIRST = 5


class Command(BaseCommand):
    help = "Answers judged queries over a corpus of its own and prints the usual figures."

    def add_arguments(self, parser):
        parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
        parser.add_argument("--queries", type=Path, required=True, metavar="FILE")
        parser.add_argument("--engine", default="", metavar="NAME")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
        parser.add_argument(
            "--against", type=Path, metavar="FILE", help="print what moved since that --json"
        )

    def handle(self, corpus, queries, engine, against=None, **options):
        before = _read(against) if against else {}
        try:
            with keeper.running() as has_meanings:
                found = {
                    name: judging.judge(corpus, queries, engine, with_meanings=name == WITH)
                    for name in ([WITH, WITHOUT] if has_meanings else [WITHOUT])
                }
        except judging.CorpusError as error:
            raise CommandError(str(error)) from error
        except (KeyError, ValueError, ImportError) as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error
        if WITH not in found:
            self.stdout.write("The worker of meanings does not answer.")
        for name, answers in found.items():
            self.stdout.write(f"{len(answers)} queries, {name}")
            self._print(report(answers))
        answers = found.get(WITH, found[WITHOUT])
        if options["json"]:
            figures = report(answers) | {"queries": _rows(answers)}
            if WITH in found:
                figures["words_alone"] = report(found[WITHOUT])
            text = json.dumps(figures, ensure_ascii=False, indent=1)
            options["json"].write_text(text + "\n", "utf-8")
        if before:
            self._compare(before, _rows(answers))

    def _print(self, figures: dict) -> None:
        heads = "".join(f"{name:>11}" for name in FIGURES.values())
        self.stdout.write(f"{'':10}{heads}")
        self._row("in all", figures["all"])
        for group in ("language", "intent"):
            for name, values in figures[group].items():
                self._row(name, values)

    def _row(self, name: str, values: dict[str, float]) -> None:
        shown = "".join(
            f"{values[key]:>11.0f}" if key == "harm@5" else f"{values[key]:>11.3f}"
            for key in FIGURES
        )
        self.stdout.write(f"{name:10}{shown}")

    def _compare(self, before: dict[tuple[str, str], dict], rows: list[dict]) -> None:
        """Every query whose first results are others, with how much better it became."""
        moved = 0
        for row in rows:
            old = before.get((row["language"], row["query"]))
            if old is None or old["ranked"][:FIRST] == row["ranked"][:FIRST]:
                continue
            moved += 1
            change = row["ndcg@10"] - old["ndcg@10"]
            self.stdout.write(
                f"{change:+.2f} {row['language']} {row['query']}: "
                f"{' '.join(old['ranked'][:FIRST])} → {' '.join(row['ranked'][:FIRST])}"
            )
        self.stdout.write(f"{moved} of {len(rows)} queries have other first results than before.")


def _read(path: Path) -> dict[tuple[str, str], dict]:
    """{(language, query): its row of an earlier --json}; raises CommandError."""
    try:
        rows = json.loads(path.read_text("utf-8"))["queries"]
        return {(row["language"], row["query"]): row for row in rows}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path}: not written by --json: {error}") from error


def _rows(answers) -> list[dict]:
    return [
        {
            "query": answer.query,
            "language": answer.language,
            "intent": answer.intent,
            "ranked": answer.ranked,
            "guess": answer.is_guess,
            **answer.figures(),
        }
        for answer in answers
    ]


def report(answers) -> dict:
    """The figures in all, per language and per intent."""
    groups: dict[str, dict[str, list]] = {
        "language": defaultdict(list),
        "intent": defaultdict(list),
    }
    for answer in answers:
        groups["language"][answer.language].append(answer)
        groups["intent"][answer.intent].append(answer)
    return {
        "all": means(answers),
        **{
            group: {name: means(found[name]) for name in sorted(found)}
            for group, found in groups.items()
        },
    }
