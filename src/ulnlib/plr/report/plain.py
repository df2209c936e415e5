"""A report as plain values, for JSON: `plr-report.schema.json`."""

from __future__ import annotations

__all__ = ["line_to_dict", "to_dict", "to_json"]

import json

from ulnlib.plr.report.outline import Footnote, RecordReport, ReportLine

_Plain = dict[str, object]


def to_dict(report: RecordReport) -> _Plain:
    """Return a report as plain values.

    Args:
        report: The report.

    Returns:
        An object of the form `plr-report.schema.json`.

    Source: ours.
    """
    return {
        "version": 1,
        "kind": "plr-report",
        "title": report.title,
        "dated": report.dated.isoformat(),
        "view": {
            "viewer": report.viewer,
            "thing": report.thing,
            "is_restricted": report.is_restricted,
            "is_open": report.is_open,
            "clause": report.clause or None,
            "text": report.clause_text,
            "source": report.clause_source or None,
        },
        "learner": dict(report.fields),
        "columns": [column.value for column in report.columns],
        "entries": [line_to_dict(one) for one in report.lines],
        "sources": [
            {"source": one.code, "text": one.text, "entries": one.count}
            for one in report.sources
        ],
        "notes": [_note(one) for one in report.footnotes],
        "coverage": [
            {
                "text": one.text,
                "source": one.source,
                "dated": one.dated,
                "evidence": one.evidence,
            }
            for one in report.coverage
        ],
        "assumed": " ".join(report.assumed),
    }


def to_json(report: RecordReport) -> str:
    """Return a report as JSON, in ASCII.

    Args:
        report: The report.

    Source: ours.
    """
    return json.dumps(to_dict(report), indent=2) + "\n"


def line_to_dict(line: ReportLine) -> _Plain:
    """Return an entry as plain values.

    Args:
        line: The entry as a line.

    Source: ours.
    """
    # A longer one is no credit, and may be longer than any number.
    is_number = line.credit.isascii() and line.credit.isdigit() and len(line.credit) < 5
    return {
        "event_ids": list(line.ids),
        "events": line.event_count,
        "kind": line.kind,
        "subject": line.subject or None,
        "level": line.level or None,
        "grades": list(line.grades),
        "credit": int(line.credit) if is_number else line.credit or None,
        "source": line.source or None,
        "start_date": line.start_date or None,
        "end_date": line.end_date or None,
        "award_date": line.award_date or None,
        "subject_code": line.subject_code or None,
        "qualification_type": line.qualification_type or None,
        "awarding_organisation": line.awarded_by or None,
        "provider": line.provider or None,
        "is_provisional": line.is_provisional,
        "is_final": line.is_final,
        "is_challenged": line.is_challenged,
        "notes": {column.value: number for column, number in line.footnotes.items()},
    }


def _note(note: Footnote) -> _Plain:
    return {
        "number": note.number,
        "columns": [column.value for column in note.columns],
        "sources": list(note.sources),
        "reasons": [
            {"text": one.text, "source": one.source, "evidence": one.evidence}
            for one in note.reasons
        ],
    }
