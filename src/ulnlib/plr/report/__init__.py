"""The report of a personal learning record: text, page, PDF and JSON of one view.

Examples:
    >>> import datetime as dt
    >>> from ulnlib import Learner
    >>> from ulnlib.plr import Actor, LearningEvent, Record, see
    >>> from ulnlib.rules.sharing import Subject, Viewer
    >>> view = see(
    ...     Record([LearningEvent(id=7, source="AO", subject="Bricks", grade="A")]),
    ...     Viewer.LEARNER,
    ...     Subject(share="1", has_level_one=True),
    ...     learner=Learner(uln="1000000043"),
    ...     by=Actor(user="learner"),
    ...     at="2026-11-21T09:30:00",
    ...     as_of=dt.date(2026, 11, 21),
    ... )
    >>> found = report_of(view, dated=dt.date(2026, 11, 21))
    >>> found.summary
    '1 result.'
    >>> "Bricks" in found.to_text(), "Bricks" in repr(found)
    (True, False)
"""

from __future__ import annotations

__all__ = [
    "Coverage",
    "Detail",
    "Footnote",
    "RecordReport",
    "ReportLine",
    "SourceLine",
    "report_of",
]

from ulnlib.plr.report.making import report_of
from ulnlib.plr.report.outline import (
    Coverage,
    Detail,
    Footnote,
    RecordReport,
    ReportLine,
    SourceLine,
)
