"""The work list of exceptions: what is left, by the last day and by kind."""

from __future__ import annotations

__all__ = ["WorkList", "work_list"]

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from ulnlib._dates import day_of
from ulnlib.batch.exception_states import ExceptionState
from ulnlib.batch.exceptions import AT_THE_END, BatchException
from ulnlib.batch.outcomes import DEFAULT_RETURN_CODES, ReturnCodes
from ulnlib.batch.writer import write_rows


@attrs.frozen(kw_only=True)
class WorkList:
    """Exceptions on a day.

    Attributes:
        as_of: The day.
        open: What is left to do, the nearest last day first, then by return code,
            file and row.
        counts: How many exceptions are in which state, open or not.
        return_codes: Which code says what happened.
    """

    as_of: dt.date
    open: tuple[BatchException, ...]
    counts: Mapping[ExceptionState, int]
    return_codes: ReturnCodes = DEFAULT_RETURN_CODES

    @property
    def overdue(self) -> tuple[BatchException, ...]:
        """What is past its last day; what the service does with it is not known."""
        return tuple(one for one in self.open if one.is_overdue(self.as_of))

    @property
    def by_due(self) -> Mapping[dt.date, tuple[BatchException, ...]]:
        """What is left by the last day, the nearest first."""
        days = dict.fromkeys(one.due for one in self.open)
        return MappingProxyType(
            {day: tuple(one for one in self.open if one.due == day) for day in days}
        )

    @property
    def by_kind(self) -> Mapping[str, tuple[BatchException, ...]]:
        """What is left by return code, in the order of the codes."""
        codes = sorted({one.code for one in self.open})
        return MappingProxyType(
            {
                code: tuple(one for one in self.open if one.code == code)
                for code in codes
            }
        )

    def table(self) -> bytes:
        """Return the list as a table for people, safe to open in a spreadsheet.

        It names files, rows and MIS identifiers, and no person.
        """
        rows = [
            (
                one.due.isoformat(),
                str(one.days_left(self.as_of)),
                one.code,
                one.answer(self.return_codes).meaning,
                one.file,
                str(one.row),
                one.learner.mis_identifier or "",
                one.state.value.replace("_", " "),
                one.by or "",
                " ".join(one.answer(self.return_codes).steps),
                "; ".join(map(str, one.candidates)),
            )
            for one in self.open
        ]
        return write_rows(_HEADINGS, rows, for_people=True)

    def to_dict(self) -> dict[str, object]:
        """Return the list as plain values, for JSON; it names no person."""
        return {
            "version": 1,
            "kind": "batch-work-list",
            "as_of": self.as_of.isoformat(),
            "counts": {state.value: n for state, n in self.counts.items()},
            "overdue": len(self.overdue),
            "by_kind": {code: len(found) for code, found in self.by_kind.items()},
            "open": [
                {
                    "due": one.due.isoformat(),
                    "days_left": one.days_left(self.as_of),
                    "is_overdue": one.is_overdue(self.as_of),
                    "file": one.file,
                    "row": one.row,
                    "mis_identifier": one.learner.mis_identifier,
                    "state": one.state.value,
                    "by": one.by,
                    "answer": one.answer(self.return_codes).to_dict(),
                }
                for one in self.open
            ],
            "known": AT_THE_END,
        }


_HEADINGS = (
    "Deal with by",
    "Days left",
    "Return code",
    "What happened",
    "File",
    "Row",
    "MIS identifier",
    "State",
    "By",
    "What to do",
    "Candidates",
)


def work_list(
    exceptions: Iterable[BatchException],
    *,
    as_of: dt.date,
    return_codes: ReturnCodes = DEFAULT_RETURN_CODES,
) -> WorkList:
    """Return what is left to do on a day.

    Args:
        exceptions: Any exceptions.
        as_of: The day.
        return_codes: Which code says what happened.

    Source: LRS portal guide, section 4.3 (published: 45 days after the upload).
    """
    counts = dict.fromkeys(ExceptionState, 0)
    left = []
    for one in exceptions:
        counts[one.state] += 1
        if one.is_open:
            left.append(one)
    left.sort(key=lambda one: (one.due, one.code, one.file, one.row))
    return WorkList(
        as_of=day_of(as_of),
        open=tuple(left),
        counts=MappingProxyType(counts),
        return_codes=return_codes,
    )
