"""What joining came to: every record of both sides, accounted for once."""

from __future__ import annotations

__all__ = ["IN_ORDER", "Fate", "JoinBy", "JoinResult", "JoinedRecord", "OutputRecord"]

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

import attrs

from ulnlib.batch.answers import Answer
from ulnlib.batch.files import BatchFile, Record
from ulnlib.batch.outcomes import ASSUMED_MEANINGS
from ulnlib.batch.results import NOT_REAL, identifier_of
from ulnlib.batch.writer import write_rows
from ulnlib.issues import Report, issue_codes
from ulnlib.rules._words import Word
from ulnlib.uln import is_valid


class JoinBy(Word):
    """By what an output is joined to its input.

    Source: a production client joins by the MIS identifier (observed); that an output
    has the order of its input, and gives the UPN back, is assumed.
    """

    MIS_IDENTIFIER = "mis_identifier"
    UPN = "upn"
    POSITION = "position"


class Fate(Word):
    """What became of a record in joining.

    Source: ours.
    """

    JOINED = "joined"
    ACCEPTED = "accepted"
    MISSING = "missing"
    TWICE = "twice"
    AMBIGUOUS = "ambiguous"
    NO_IDENTIFIER = "no_identifier"
    DOUBTFUL = "doubtful"
    MISCOUNTED = "miscounted"
    UNKNOWN = "unknown"

    @property
    def meaning(self) -> str:
        """What that is, in a sentence."""
        if self is Fate.JOINED:
            return "The output of the record was found."
        if self is Fate.ACCEPTED:
            return "No error file names the record."
        return issue_codes()[self.issue_code].meaning

    @property
    def remedy(self) -> str:
        """What to do about it; nothing for what is in order."""
        return "" if self in IN_ORDER else issue_codes()[self.issue_code].remedy

    @property
    def issue_code(self) -> str:
        """The code of the finding that says so; there is none of what is in order."""
        return f"join-{self.value.replace('_', '-')}"


IN_ORDER = frozenset({Fate.JOINED, Fate.ACCEPTED})
"""What became of records of which the output says all that there is to be said."""


@attrs.frozen(kw_only=True)
class JoinedRecord:
    """One record of an input, and what became of it.

    Attributes:
        file: Which input it stands in; the first is 1.
        record: The record.
        fate: What became of it.
        output_file: Which output it was found in, the first being 1; None when it was
            not joined.
        output: The record of the output that was joined, or None; of an error file
            that names it more than once, the first.
        answer: What the output says, or None.
        foreign: The details that are another person's, for a doubtful one.
        rivals: Where the outputs are that may belong to it, beside the one that was
            joined: the number of the file and the row.
    """

    file: int
    record: Record
    fate: Fate
    output_file: int | None = None
    output: Record | None = None
    answer: Answer | None = None
    foreign: tuple[str, ...] = ()
    rivals: tuple[tuple[int, int], ...] = ()


@attrs.frozen(kw_only=True)
class OutputRecord:
    """One record of an output, and what became of it.

    Attributes:
        file: Which output it stands in; the first is 1.
        record: The record.
        fate: What became of it.
    """

    file: int
    record: Record
    fate: Fate


@attrs.frozen(kw_only=True)
class JoinResult:
    """Inputs and outputs put together, every record of both accounted for once.

    Attributes:
        inputs: The files that were sent.
        outputs: The files that came back.
        by: By what they were joined.
        records: Every record of the inputs, in order.
        output_records: Every record of the outputs, in order.
        report: What could not be joined, or deserves a look.
        assumed: What of this is our reading, in a sentence.
    """

    inputs: tuple[BatchFile, ...]
    outputs: tuple[BatchFile, ...]
    by: JoinBy
    records: tuple[JoinedRecord, ...]
    output_records: tuple[OutputRecord, ...]
    report: Report
    assumed: str = ASSUMED_MEANINGS

    @property
    def is_complete(self) -> bool:
        """Whether every record of both sides is accounted for, and nothing is wrong.

        Of achievements those count as well that no error file names.
        """
        fates = {one.fate for one in self.records}
        fates |= {one.fate for one in self.output_records}
        return self.report.is_ok and fates <= IN_ORDER

    @property
    def is_synthetic(self) -> bool:
        """Whether an output says that its ULNs are not real."""
        return any(one.values.is_synthetic for one in self.outputs)

    @property
    def joined(self) -> tuple[JoinedRecord, ...]:
        """The records that were joined."""
        return tuple(one for one in self.records if one.fate is Fate.JOINED)

    @property
    def accepted(self) -> tuple[JoinedRecord, ...]:
        """The achievements that no error file names, and that may be taken as done."""
        return tuple(one for one in self.records if one.fate is Fate.ACCEPTED)

    @property
    def exceptions(self) -> tuple[JoinedRecord, ...]:
        """The joined records that need a person."""
        return tuple(
            one for one in self.joined if one.answer and one.answer.is_exception
        )

    @property
    def input_counts(self) -> tuple[Mapping[Fate, int], ...]:
        """For each input how many records became what; they add up to its records."""
        return _counts(self.records, len(self.inputs))

    @property
    def output_counts(self) -> tuple[Mapping[Fate, int], ...]:
        """For each output how many records became what; they add up to its records."""
        return _counts(self.output_records, len(self.outputs))

    @property
    def return_codes(self) -> Mapping[str, int]:
        """How many joined records have which return code; none is the empty text."""
        found = Counter(one.answer.code or "" for one in self.joined if one.answer)
        return MappingProxyType(dict(sorted(found.items())))

    def table(self) -> bytes:
        """Return a table for programs: a line for every record of the inputs, in order.

        It names files, rows, MIS identifiers, ULNs and fields, and no person. Every
        cell stands as it is: do not open it in a spreadsheet and save it.
        """
        headings = (*_HEADINGS, *([NOT_REAL] if self.is_synthetic else ()))
        return write_rows(headings, [_row(one, len(headings)) for one in self.records])

    def to_dict(self, *, personal: bool = False) -> dict[str, object]:
        """Return the result as plain values, for JSON.

        Args:
            personal: Whether to include the values of details that changed.
        """
        return {
            "version": 1,
            "kind": "batch-join",
            "by": self.by.value,
            "is_complete": self.is_complete,
            "is_synthetic": self.is_synthetic,
            "return_codes": dict(self.return_codes),
            "inputs": [
                _file(file, counts)
                for file, counts in zip(self.inputs, self.input_counts, strict=True)
            ],
            "outputs": [
                _file(file, counts)
                for file, counts in zip(self.outputs, self.output_counts, strict=True)
            ],
            "records": [_record(one, personal=personal) for one in self.records],
            "not_joined": [
                {
                    "output": one.file,
                    "row": one.record.row,
                    "mis_identifier": identifier_of(one.record),
                    "fate": one.fate.value,
                }
                for one in self.output_records
                if one.fate is not Fate.JOINED
            ],
            "issues": [item.to_dict() for item in self.report],
            "assumed": self.assumed,
        }


# --- counts, lines and plain values -------------------------------------------------


def _counts(
    records: Sequence[JoinedRecord] | Sequence[OutputRecord], files: int
) -> tuple[Mapping[Fate, int], ...]:
    found = [dict.fromkeys(Fate, 0) for _ in range(files)]
    for one in records:
        found[one.file - 1][one.fate] += 1
    return tuple(MappingProxyType(counts) for counts in found)


_HEADINGS = (
    "Input",
    "Row",
    "MIS identifier",
    "Joined",
    "Output",
    "Output row",
    "Return code",
    "ULN sent",
    "ULN to load",
    "Old ULN as alias",
    "Fields to update",
    "Needs a person",
    "Deal with by",
    "What happened",
    "What to do",
)


def _row(one: JoinedRecord, columns: int) -> list[str]:
    cells = [
        str(one.file),
        str(one.record.row),
        identifier_of(one.record) or "",
        one.fate.value,
        *(_answer_cells(one) if one.answer else _unjoined_cells(one)),
    ]
    return cells + [""] * (columns - len(cells))


def _answer_cells(one: JoinedRecord) -> list[str]:
    answer = one.answer
    assert answer is not None  # noqa: S101  # asked just before
    return [
        str(one.output_file or ""),
        "" if one.output is None else str(one.output.row),
        answer.code or "",
        _uln_sent(one),
        str(answer.uln or ""),
        str(answer.alias or ""),
        " ".join(item.field for item in answer.updates),
        "yes" if answer.is_exception else "no",
        "" if answer.due is None else answer.due.isoformat(),
        f"{answer.meaning} (assumed)" if answer.is_assumed else answer.meaning,
        " ".join(answer.steps),
    ]


def _unjoined_cells(one: JoinedRecord) -> list[str]:
    empty = [""] * 7
    return [
        *("", "", "", _uln_sent(one), *empty[:3], "yes", ""),
        one.fate.meaning,
        one.fate.remedy,
    ]


def _uln_sent(one: JoinedRecord) -> str:
    """Return the ULN that was sent; what is none may be a person's detail."""
    text = one.record.learner.uln or ""
    return text if is_valid(text) else ""


def _file(file: BatchFile, counts: Mapping[Fate, int]) -> dict[str, object]:
    return {
        "name": file.name,
        "records": len(file.records),
        "counts": {fate.value: n for fate, n in counts.items()},
    }


def _record(one: JoinedRecord, *, personal: bool) -> dict[str, object]:
    return {
        "input": one.file,
        "row": one.record.row,
        "mis_identifier": identifier_of(one.record),
        "fate": one.fate.value,
        "output": one.output_file,
        "output_row": None if one.output is None else one.output.row,
        "foreign": list(one.foreign),
        "rivals": [{"output": file, "row": row} for file, row in one.rivals],
        "answer": None if one.answer is None else one.answer.to_dict(personal=personal),
    }
