"""What all screens share: tables, JSON, progress, and the line about real ULNs."""

from __future__ import annotations

__all__ = [
    "JSON_OPTION",
    "NOT_REAL",
    "console",
    "plural",
    "progress",
    "show_json",
    "table",
]

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import click
from rich import box
from rich.console import Console
from rich.table import Table

T = TypeVar("T")

NOT_REAL = (
    "The learners and ULNs of this register are invented: no ULN shown here is real. "
    "Only the Learning Records Service issues ULNs."
)

JSON_OPTION = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON for programs instead."
)


def console() -> Console:
    """Return the screen; a pipe gets plain text in lines of a fixed width."""
    width = None if sys.stdout.isatty() else 100
    return Console(highlight=False, emoji=False, soft_wrap=False, width=width)


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str | None = None,
    right: Sequence[int] = (),
) -> Table:
    """Return a table; `right` names the columns that hold numbers."""
    made = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for n, heading in enumerate(headings):
        is_number = n in right
        made.add_column(
            heading,
            justify="right" if is_number else "left",
            no_wrap=is_number,
            overflow="fold",
        )
    for row in rows:
        made.add_row(*(_plain(cell) for cell in row))
    return made


def _plain(cell: str) -> str:
    """Return a cell without what a terminal or rich would take for a command."""
    from rich.markup import escape

    return escape("".join(c if c.isprintable() else "?" for c in cell))


def show_json(value: object) -> None:
    """Print a value as JSON, in ASCII so that every console can show it."""
    click.echo(json.dumps(value, indent=2))


def plural(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def progress(items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """Show progress on a terminal while going through items; quiet in a pipe."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import track

    yield from track(
        items, label, total=total, console=Console(stderr=True), transient=True
    )
