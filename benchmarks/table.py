"""Prints figures in columns."""

import sys


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def table(title: str, head: list[str], rows: list[list[str]], note: str = "") -> None:
    """The first column to the left, all others to the right."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    say(f"\n{title}")
    for row in [head, ["-" * width for width in widths], *rows]:
        first, *rest = row
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        say("  ".join([first.ljust(widths[0]), *cells]).rstrip())
    if note:
        say(note)
