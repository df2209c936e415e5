"""Findings as a CSV table, and the first of them on a screen."""

from __future__ import annotations

__all__ = ["findings_table", "show_findings"]

from collections.abc import Sequence

from ulnlib.batch.writer import write_rows
from ulnlib.cli.screen import console, plural, table
from ulnlib.issues import Issue

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


def show_findings(issues: Sequence[Issue]) -> None:
    """Show the first findings: where, what is wrong, what to do."""
    if not issues:
        return
    rows = [
        (
            "" if item.row is None else str(item.row),
            item.severity.value,
            f"{item.message} [{item.code}]",
            item.remedy,
        )
        for item in issues[:_SHOWN]
    ]
    more = f", the first {_SHOWN}" if len(issues) > _SHOWN else ""
    console().print(
        table(
            ("Row", "Severity", "What is wrong", "What to do"),
            rows,
            title=f"{plural(len(issues), 'finding')}{more}",
            right=(0,),
        )
    )
