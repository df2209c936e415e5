"""Write every finding that the library can make to docs/reference/issue-codes.md.

With `--check` nothing is written, and the exit status is 1 when the page is stale.
"""

from __future__ import annotations

import sys
from itertools import groupby

import pages

from ulnlib.issues import IssueCode, Severity, issue_codes

INTRODUCTION = """\
# Issue codes

Here you can look up a code that a report shows: what it means, what to do, and what the service would make of it.
This page is generated from the table in the package; do not edit it by hand.

A code is stable: programs may depend on it.
Its wording is not: show it to people, and never compare it.
*Leads to* is the return code that a row with this kind of defect alone comes back with; several kinds together give RC011.
*Evidence* says how well the rule is known; see [Evidence](../explanation/evidence.md).

There are {total} codes: {fatal} fatal (nothing could be read), {errors} errors (the service would refuse it) and {warnings} warnings (worth a look).
"""  # noqa: E501

KINDS = {
    "file": "The file as a whole",
    "null": "Something is missing",
    "format": "The format of a field or row",
    "identifier": "UPN and UCI",
    "age": "Age",
    "duplicate": "Twice in the file",
    "join": "Joining an output back",
    "update": "Sending changed details",
    "account": "Accounts, organisations and notices",
    "catalogue": "Catalogues of qualifications",
    "advice": "Advice",
    "writing": "Writing a file",
    "table": "Making a file from a table",
    "structure": "Rules of combination",
    "achievement": "Achievements against rules of combination",
    "award": "Achievement files",
    "ilr": "ULNs of an ILR",
    "ctf": "Common transfer files",
    "event": "Learning events",
    "challenge": "Data challenges",
    "merge": "Requests to merge ULNs and to part them",
}
"""The heading of each kind, in the order of the page."""


def section(kind: str, rows: list[IssueCode]) -> str:
    """Return one kind of defect as a heading and its codes."""
    parts = [f"## {KINDS[kind]}\n"]
    for row in rows:
        facts = [f"**{row.severity.value}**"]
        if row.return_code:
            facts.append(f"leads to {row.return_code}")
        facts.append(f"evidence: {row.evidence}")
        parts.append(
            f"### `{row.code}` {{ #{row.code} }}\n\n"
            f"{', '.join(facts)}\n\n"
            f"{row.meaning}\n\n"
            f"What to do: {row.remedy}\n\n"
            f"Source: {row.source}.\n"
        )
    return "\n".join(parts)


def page() -> str:
    """Return the whole page."""
    codes = list(issue_codes().values())
    by_severity = {one: sum(c.severity is one for c in codes) for one in Severity}
    introduction = INTRODUCTION.format(
        total=len(codes),
        fatal=by_severity[Severity.FATAL],
        errors=by_severity[Severity.ERROR],
        warnings=by_severity[Severity.WARNING],
    )
    order = list(KINDS)
    codes.sort(key=lambda row: order.index(row.kind))
    overview = pages.table(
        ("Code", "Severity", "Leads to", "What is wrong"),
        [
            (
                f"[`{row.code}`](#{row.code})",
                row.severity.value,
                row.return_code or "",
                row.meaning,
            )
            for row in codes
        ],
    )
    sections = [
        section(kind, list(rows)) for kind, rows in groupby(codes, lambda row: row.kind)
    ]
    return "\n".join([introduction, overview + "\n", *sections])


if __name__ == "__main__":
    sys.exit(pages.main(__doc__, "issue-codes.md", page()))
