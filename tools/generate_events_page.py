"""Write what is known of learning events to docs/reference/learning-events.md.

With `--check` nothing is written, and the exit status is 1 when the page is stale.
"""

from __future__ import annotations

import sys

import pages

from ulnlib import _tables
from ulnlib.plr import EventSource, coverage
from ulnlib.plr.events import CURRENT
from ulnlib.plr.generations import Filling, elements

INTRODUCTION = """\
# Learning events

Here you can look up the fields of a learning event, which source fills them, why a grade or a date may be missing, and what a record covers.
This page is generated from the tables in the package; do not edit it by hand.
*Evidence* says how well a row is known; see [Evidence](../explanation/evidence.md).
"""  # noqa: E501


def fields() -> str:
    """Return the 22 fields with what each source fills."""
    return pages.table(
        ("Field", "Element", *EventSource, "Note", "Evidence"),
        [
            (
                pages.code(row["field"]),
                pages.code(CURRENT[row["field"]]),
                *(Filling(row[source]).text for source in EventSource),
                row["note"],
                row["evidence"],
            )
            for row in _tables.load("plr_filling").rows
        ],
    )


def older() -> str:
    """Return the elements of older generations that today has under another name."""
    today = set(CURRENT.values())
    return pages.table(
        ("Element", "Generation", "Field of today", "Evidence"),
        [
            (
                pages.code(one.element),
                " and ".join(map(str, one.generations)),
                pages.code(one.field or ""),
                one.evidence,
            )
            for one in elements()
            if one.element not in today
        ],
    )


def reasons() -> str:
    """Return the reasons for what is missing."""
    return pages.table(
        ("Missing", "Source", "Learning has ended", "It may be that", "Evidence"),
        [
            (
                pages.code(row["what"]),
                ", ".join(row["sources"]),
                row["ended"],
                row["reason"],
                row["evidence"],
            )
            for row in _tables.load("plr_reasons").rows
        ],
    )


def covered() -> str:
    """Return what a record covers, as each document has it."""
    return pages.table(
        ("What is covered", "Document", "Of", "Evidence"),
        [(one.text, one.source, one.dated, one.evidence) for one in coverage()],
    )


SECTIONS = (
    ("The fields of today", fields),
    ("Why something is missing", reasons),
    ("What a record covers", covered),
    ("Elements of older generations", older),
)


def page() -> str:
    """Return the whole page."""
    parts = [INTRODUCTION]
    parts += [f"\n## {title}\n\n{body()}\n" for title, body in SECTIONS]
    return "".join(parts)


if __name__ == "__main__":
    sys.exit(pages.main(__doc__, "learning-events.md", page()))
