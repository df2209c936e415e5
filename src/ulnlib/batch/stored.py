"""The result of a run as text, to be kept in a register and read back.

It holds ULNs, codes and row numbers, and no person's details.
"""

from __future__ import annotations

__all__ = ["stored_results", "stored_text"]

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from ulnlib.batch.files import BatchFile, Record
from ulnlib.batch.outcomes import Happening
from ulnlib.batch.results import Candidate, RecordResult
from ulnlib.issues import Issue, Severity
from ulnlib.uln import Uln


def stored_text(results: Iterable[RecordResult], due: dt.date) -> str:
    """Return the result of a run as text.

    Args:
        results: What happened to each record.
        due: The last day on which exceptions can be dealt with.
    """
    rows = [
        {
            "row": one.record.row,
            "happening": one.happening.value,
            "uln": None if one.uln is None else str(one.uln),
            "candidates": [
                [str(c.uln), list(c.differing), [list(pair) for pair in c.by_field]]
                for c in one.candidates
            ],
            "missing": list(one.missing),
            "differing": list(one.differing),
            "share_kept": one.share_kept,
            "issues": [
                [i.code, i.severity.value, i.message, list(i.path), i.line, i.source]
                for i in one.issues
            ],
        }
        for one in results
    ]
    content = {"version": 1, "due": due.isoformat(), "results": rows}
    return json.dumps(content, separators=(",", ":"))


def stored_results(text: str, file: BatchFile) -> tuple[list[RecordResult], dt.date]:
    """Return the result that `stored_text` wrote, for the same file.

    Args:
        text: What was stored.
        file: The file that was run, with the same records.

    Returns:
        What happened to each record, and the last day for exceptions.
    """
    content = json.loads(text)
    rows = {row["row"]: row for row in content["results"]}
    results = [_result(rows[record.row], record) for record in file.records]
    return results, dt.date.fromisoformat(content["due"])


def _result(row: dict[str, Any], record: Record) -> RecordResult:
    return RecordResult(
        record,
        Happening(row["happening"]),
        uln=None if row["uln"] is None else Uln(row["uln"]),
        candidates=tuple(_candidate(*parts) for parts in row["candidates"]),
        missing=tuple(row["missing"]),
        differing=tuple(row["differing"]),
        share_kept=row["share_kept"],
        issues=tuple(
            Issue(
                code=code,
                severity=Severity(severity),
                message=message,
                path=tuple(path),
                line=line,
                source=source,
            )
            for code, severity, message, path, line, source in row["issues"]
        ),
    )


def _candidate(
    uln: str, names: list[str], by_field: Iterable[tuple[str, str]] = ()
) -> Candidate:
    # An earlier version stored no fields.
    pairs = tuple((field, name) for field, name in by_field)
    return Candidate(Uln(uln), tuple(names), pairs)
