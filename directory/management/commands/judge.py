"""Prints how well judged queries are answered."""

import json
from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from directory import judging
from search.metrics import FIGURES, means


class Command(BaseCommand):
    help = "Answers judged queries over a corpus of its own and prints the usual figures."

    def add_arguments(self, parser):
        parser.add_argument("--corpus", type=Path, required=True, metavar="DIR")
        parser.add_argument("--queries", type=Path, required=True, metavar="FILE")
        parser.add_argument("--engine", default="", metavar="NAME")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")

    def handle(self, corpus, queries, engine, **options):
        try:
            answers = judging.judge(corpus, queries, engine)
        except judging.CorpusError as error:
            raise CommandError(str(error)) from error
        except (KeyError, ValueError, ImportError) as error:
            raise CommandError(f"{type(error).__name__}: {error}") from error
        figures = report(answers)
        self._print(figures, len(answers))
        if options["json"]:
            figures["queries"] = [
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
            options["json"].write_text(
                json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8"
            )

    def _print(self, figures: dict, count: int) -> None:
        heads = "".join(f"{name:>11}" for name in FIGURES.values())
        self.stdout.write(f"{count} queries\n{'':10}{heads}")
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
