"""Findings as a CSV table, and the first of them on a screen."""

from __future__ import annotations

__all__ = ["findings_table", "refuse_file", "show_findings"]

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from ulnlib.batch.writer import write_rows
from ulnlib.cli.screen import console, plural, show_json, table
from ulnlib.issues import Issue, issue_codes

_SHOWN = 20
"""So many findings are shown one by one."""


def findings_table(issues: Sequence[Issue]) -> bytes:
    """Return all findings as a CSV table for people."""
    headings = (
        "Row",
        "Line",
        "Field",
        "Severity",
        "Code",
        "What is wrong",
        "What to do",
        "Leads to",
    )
    rows = [
        (
            str(item.row or ""),
            str(item.line or ""),
            item.field or "",
            item.severity.value,
            item.code,
            item.message,
            item.remedy,
            item.return_code or "",
        )
        for item in issues
    ]
    return write_rows(headings, rows, for_people=True)


def show_findings(
    issues: Sequence[Issue], *, texts: Sequence[str] | None = None
) -> None:
    """Show the first findings: where, what is wrong, what to do.

    Where there are more than are shown, a count of each kind comes first.

    Args:
        issues: The findings.
        texts: The text that each is about, to be shown too; it may be a person's.
    """
    if not issues:
        return
    screen = console()
    if len(issues) > _SHOWN:
        counts = Counter(item.code for item in issues)
        kinds = [
            (f"{counts[code]:,}", row.severity.value, code, row.meaning)
            for code, row in issue_codes().items()
            if code in counts
        ]
        screen.print(
            table(("Times", "Severity", "Code", "What is wrong"), kinds, right=(0,))
        )
    rows = []
    for n, item in enumerate(issues[:_SHOWN]):
        text = f"{item.message} [{item.code}]"
        if texts is not None and texts[n]:
            text += f" Found: {texts[n]!r}"
        rows.append((_where(item), item.severity.value, text, item.remedy))
    more = f", the first {_SHOWN}" if len(issues) > _SHOWN else ""
    screen.print(
        table(
            ("Row", "Severity", "What is wrong", "What to do"),
            rows,
            title=f"{plural(len(issues), 'finding')}{more}",
            right=(0,),
        )
    )


def _where(item: Issue) -> str:
    """Return the row of a finding, of an ILR the number of the learner."""
    if item.path and item.path[0] == "learner":
        return str(item.path[1])
    return "" if item.row is None else str(item.row)


def refuse_file(path: Path, report: Sequence[Issue], *, as_json: bool) -> None:
    """Say why nothing was done with a file."""
    if as_json:
        issues = [item.to_dict() for item in report]
        show_json({"version": 1, "kind": "batch-refused", "issues": issues})
        return
    click.echo(f"ulnlib: {path.name} was refused; nothing was written.", err=True)
    for item in report[:_SHOWN]:
        click.echo(f"  {item}\n    {item.remedy}", err=True)
    if len(report) > _SHOWN:
        more = plural(len(report) - _SHOWN, "more finding")
        click.echo(f"  and {more}: see 'ulnlib batch check'.", err=True)
