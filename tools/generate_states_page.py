"""Draw the state tables into the pages that explain them.

A page has a pair of comments for each table, and what stands between them is written
from the table: a diagram, and every state and event with the clause. With `--check`
nothing is written, and the exit status is 1 when a page is stale.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import Any

import pages

from ulnlib.rules.clauses import clause
from ulnlib.rules.states import StateTable, Step

TABLES = (
    ("explanation/ability-to-share.md", "ulnlib.rules.sharing.UNTIL_24_MAY_2018"),
    ("explanation/ability-to-share.md", "ulnlib.rules.sharing.FROM_25_MAY_2018"),
    ("explanation/ability-to-share.md", "ulnlib.rules.sharing.FROM_1_JULY_2019"),
    ("explanation/accounts.md", "ulnlib.rules.accounts.TABLE"),
    ("reference/challenges.md", "ulnlib.plr.challenge.states.CHALLENGE_STEPS"),
)
"""The page below docs/, and the dotted name of the table to draw into it."""

BEGIN, END = "<!-- begin {name} -->", "<!-- end {name} -->"


def words(name: str) -> str:
    """Return the name of an enum's member as words."""
    return name.lower().replace("_", " ")


def place(step: Step[Any, Any]) -> tuple[int, int]:
    """Return where a row belongs: in the order of the states, then of the events."""
    states, events = list(type(step.state)), list(type(step.event))
    return states.index(step.state), events.index(step.event)


def row(step: Step[Any, Any]) -> tuple[str, str, str, str]:
    """Return one row of a table as cells."""
    after = "**refused**" if step.after is None else words(step.after.name)
    note = f" ({step.note})" if step.note else ""
    why = f"{clause(step.clause).text} `{step.clause}`{note}"
    return words(step.state.name), words(step.event.name), after, why


def block(dotted: str) -> str:
    """Return what stands between the comments of a table."""
    module, _, name = dotted.rpartition(".")
    table: StateTable[Any, Any] = getattr(import_module(module), name)
    steps = sorted(table, key=place)
    rows = pages.table(("State", "Event", "After it", "Why"), map(row, steps))
    return f"```mermaid\n{table.mermaid()}\n```\n\n{rows}"


def drawn(text: str, dotted: str) -> str:
    """Return a page's text with one table drawn into it.

    Raises:
        ValueError: The page has not the pair of comments.
    """
    begin, end = BEGIN.format(name=dotted), END.format(name=dotted)
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not (found and closed):
        raise ValueError(f"there is no pair of comments for {dotted}")
    return f"{before}{begin}\n\n{block(dotted)}\n\n{end}{after}"


def main() -> int:
    """Write the pages, or with `--check` compare them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    arguments = parser.parse_args()
    stale = 0
    for page in dict.fromkeys(page for page, _ in TABLES):
        path = pages.ROOT / "docs" / page
        current = text = path.read_text(encoding="utf-8")
        for dotted in (dotted for one, dotted in TABLES if one == page):
            text = drawn(text, dotted)
        if not arguments.check:
            path.write_text(text, encoding="utf-8", newline="\n")
        elif current != text:
            print(f"{page} is stale: run tools/generate.py")
            stale = 1
    return stale


if __name__ == "__main__":
    sys.exit(main())
