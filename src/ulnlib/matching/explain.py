"""A comparison as a table that a registrar reads.

The table shows a person's details: it is made only where it is asked for by name.
"""

from __future__ import annotations

__all__ = ["explain"]

from collections.abc import Iterable

from ulnlib.fields import FIELDS
from ulnlib.matching.findings import Comparison, Finding

_HEADINGS = ("Field", "Asked", "Held", "Agreement", "Source", "Bits")
_ADDRESS = ("address_line_1", "address_line_2")
_WIDEST = 40


def explain(comparison: Comparison, notes: Iterable[str] = ()) -> str:
    """Return what agrees and what differs, field by field, and what it weighs.

    Args:
        comparison: The comparison.
        notes: Sentences to stand below the table.

    Returns:
        Lines of text, a row for each field that was compared. It holds personal
        details.
    """
    rows = [_HEADINGS, *(_row(comparison, one) for one in comparison.findings)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(_HEADINGS))]
    *left, last = widths
    shape = "".join(f"%-{width}s  " for width in left) + f"%{last}s"
    lines = [shape % row for row in rows]
    percent = f"{comparison.probability:.1%}"
    if comparison.probability > 0.9995:
        percent = "over 99.9%"
    lines.append(f"Probability {percent}.")
    lines += [f"But {note}." for note in notes]
    return "\n".join(lines)


def _row(comparison: Comparison, finding: Finding) -> tuple[str, ...]:
    level = finding.level
    tolerance = level.tolerance
    source = "" if tolerance is None else tolerance.source
    return (
        "Address" if level.field == "address" else FIELDS[level.field].label,
        _text(comparison.asked.learner, level.field),
        _text(comparison.held.learner, level.field),
        level.label,
        source,
        f"{finding.weight / 100:+.1f}",
    )


def _text(learner: object, field: str) -> str:
    if field == "address":
        text = ", ".join(filter(None, [getattr(learner, name) for name in _ADDRESS]))
    else:
        text = getattr(learner, field) or ""
    shown = text
    if not text.isprintable():
        shown = "".join(c if c.isprintable() else "?" for c in text)
    return shown if len(shown) <= _WIDEST else f"{shown[: _WIDEST - 1]}…"
