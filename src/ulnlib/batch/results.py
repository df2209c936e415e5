"""What a batch run came to: per record, in counts, as files and as plain values."""

from __future__ import annotations

__all__ = [
    "NOT_REAL",
    "Candidate",
    "RecordResult",
    "RunResult",
    "identifier_of",
    "is_slipped",
]

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

import attrs

from ulnlib.batch.files import NOT_REAL, BatchFile, Record, Style
from ulnlib.batch.layouts.layout import FILE_VALUES, RETURN_CODE
from ulnlib.batch.layouts.lrb import output_of
from ulnlib.batch.outcomes import ASSUMED_MEANINGS, Count, Happening, ReturnCodes
from ulnlib.batch.writer import write_rows
from ulnlib.codes import JobType, ReturnCode, parse_code
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.issues import Issue
from ulnlib.uln import Uln

if TYPE_CHECKING:
    from ulnlib.matching import Match

_SLIPPED = frozenset(
    {"columns-extra", "columns-missing", "unclosed-quote", "xml-element-twice"}
)


def is_slipped(record: Record) -> bool:
    """Say whether the columns of a row have slipped: its cells hold other values.

    So may those of a record in XML that has an element twice: it may be two in one.
    """
    return any(item.code in _SLIPPED for item in record.issues)


def identifier_of(record: Record) -> str | None:
    """Return the sender's identifier of a record, or None where its columns slipped.

    Args:
        record: The record.
    """
    return None if is_slipped(record) else record.learner.mis_identifier or None


class Candidate(NamedTuple):
    """A learner in the register who may be the one of a row.

    Attributes:
        uln: The candidate's ULN.
        differing: What differs, as words of `ulnlib.matching.Tolerance`, each once.
        by_field: The same for each of the five key details: its field and the word.
            Empty in a result that was stored before fields were told apart.
    """

    uln: Uln
    differing: tuple[str, ...]
    by_field: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, match: Match) -> Candidate:
        """Return the candidate that a match of a search is."""
        # Where all five are equal nothing differs, by whatever level they are.
        found = () if match.comparison.is_equal else match.comparison.findings
        levels = [finding.level for finding in found]
        return cls(
            match.uln,
            tuple(tolerance.value for tolerance in match.tolerances),
            tuple(
                (level.field, str(level.tolerance or level.field))
                for level in levels
                if level.field in FIVE_DEMOGRAPHICS
                and (level.tolerance is not None or not level.name.startswith("equal"))
            ),
        )

    def __str__(self) -> str:
        if self.by_field:
            found = [_of_field(field, name) for field, name in self.by_field]
        else:
            found = [_in_words(name) for name in self.differing]
        words = ", ".join(dict.fromkeys(found))
        return f"{self.uln} ({words})" if words else f"{self.uln} (all details equal)"


_NAMES = frozenset({"given_name", "family_name"})


def _of_field(field: str, name: str) -> str:
    """Return what differs, with the name that it belongs to, unless it says so."""
    words = _in_words(name)
    label = FIELDS[field].label.lower()
    if field not in _NAMES or name == "names_swapped" or label in words:
        return words
    return f"differs in {label}: {words}"


def _in_words(name: str) -> str:
    from ulnlib.matching.tolerances import Tolerance

    label = Tolerance(name).label
    return f"{label[:1].lower()}{label[1:]}" if label[1:2].islower() else label


@attrs.frozen
class RecordResult:
    """What happened to one record.

    Attributes:
        record: The record of the input file.
        happening: What happened.
        uln: The ULN to load into the sender's system, when there is one.
        candidates: Who may be the learner, for a possible match.
        missing: The fields that a new ULN needs and the row lacks.
        differing: The key details that disagree with the record of the ULN.
        share_kept: Whether the register kept its ability to share, because the row
            would have put it back to 0.
        issues: The defects of the row.
    """

    record: Record
    happening: Happening
    uln: Uln | None = None
    candidates: tuple[Candidate, ...] = ()
    missing: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    share_kept: bool = False
    issues: tuple[Issue, ...] = ()

    @property
    def is_replaced(self) -> bool:
        """Whether the ULN given back is another than the row had."""
        return (
            self.record.learner.uln is not None
            and self.uln is not None
            and (str(self.uln) != self.record.learner.uln)
        )

    @property
    def mis_identifier(self) -> str | None:
        """The sender's identifier, or None where the columns of the row have slipped.

        Another value may then stand in its place.
        """
        return identifier_of(self.record)

    def what_to_look_at(self) -> str:
        """Return the fields, candidates or differences that a person needs."""
        parts = [f"{item.message}: {item.remedy}" for item in self.issues]
        parts += [f"{FIELDS[name].label} is empty" for name in self.missing]
        given = self.record.learner
        parts += [
            f"{FIELDS[name].label} {'differs' if getattr(given, name) else 'is empty'}"
            for name in self.differing
        ]
        if self.candidates:
            parts.append("candidates: " + "; ".join(str(c) for c in self.candidates))
        if self.share_kept:
            parts.append("ability to share was kept: it cannot go back to 0")
        return " | ".join(parts)


@attrs.frozen(kw_only=True)
class RunResult:
    """What a batch run came to.

    Attributes:
        file: The input file.
        job: The job type.
        results: What happened to each record, in order.
        return_codes: Which code says what happened.
        due: The last day on which exceptions can be dealt with.
        is_synthetic: Whether the register makes its own numbers: no ULN is real then.
        is_repeated: Whether the file was run before and this is the stored result.
    """

    file: BatchFile
    job: JobType
    results: tuple[RecordResult, ...]
    return_codes: ReturnCodes
    due: dt.date
    is_synthetic: bool
    is_repeated: bool

    def return_code(self, result: RecordResult) -> str:
        """Return the return code of one record."""
        return self.return_codes[result.happening]

    def is_exception(self, result: RecordResult) -> bool:
        """Say whether a record is an exception, by its return code."""
        code = parse_code(ReturnCode, self.return_code(result))
        return not isinstance(code, ReturnCode) or code.is_exception

    @property
    def exceptions(self) -> tuple[RecordResult, ...]:
        """The records that need a person."""
        return tuple(one for one in self.results if self.is_exception(one))

    @property
    def counts(self) -> dict[Count, int]:
        """How many records were counted as what."""
        counts = dict.fromkeys(Count, 0)
        for one in self.results:
            counts[one.happening.counted_as] += 1
        return counts

    @property
    def happenings(self) -> dict[Happening, int]:
        """How often what happened, for what did happen."""
        counts = dict.fromkeys(Happening, 0)
        for one in self.results:
            counts[one.happening] += 1
        return {happening: n for happening, n in counts.items() if n}

    def output(self) -> bytes:
        """Return the output file: the input's columns and the return code as last.

        The ULN column has the ULN to load, in the rows that are no exceptions. It is
        byte-exact, for programs, and in the encoding of the input; it says in the file
        name of row 2 when the ULNs are not real.

        Source: batchlearner.xsd, OutputBatchLearner (observed: input fields and the
        return code last); that a CSV has the same is assumed.
        """
        if self.file.layout is None:  # a run of such a file was refused
            raise ValueError("a file that could not be read has no output")
        layout = output_of(self.file.layout)
        about = dict(zip(FILE_VALUES, self.file.values.as_cells(), strict=True))
        if self.file.style.form != "CSV":  # which has neither
            own = (self.file.name or "output").rpartition(".")
            about["file_version"] = layout.version
            about["file_name"] = own[0] or own[2]
        if self.is_synthetic:
            about["file_name"] = f"{NOT_REAL} {about['file_name'] or ''}".rstrip()
        rows = []
        for n, one in enumerate(self.results):
            values = dict(zip(FIELDS, one.record.learner.values(), strict=True))
            values |= about if n == 0 else {}
            if one.uln is not None:
                values["uln"] = str(one.uln)
            values[RETURN_CODE] = self.return_code(one)
            rows.append([values.get(column.name) or "" for column in layout.columns])
        style = attrs.evolve(self.file.style, final_line_end=True)
        if style.form != "CSV":
            style = Style()  # an output is a CSV file, whatever the input was
        return write_rows(layout.headings, rows, style=style)

    def exceptions_table(self) -> bytes:
        """Return a table of the exceptions for a person: what happened, what to do.

        It names rows and MIS identifiers, not people; it is safe to open in a
        spreadsheet and begins with a byte order mark.
        """
        headings = [
            "Row",
            "MIS identifier",
            "Return code",
            "What happened",
            "What to do",
            "Look at",
            "Deal with by",
        ]
        if self.is_synthetic:
            headings.append(NOT_REAL)
        rows = [
            [
                str(one.record.row),
                one.mis_identifier or "",
                self.return_code(one),
                one.happening.meaning,
                one.happening.remedy,
                one.what_to_look_at(),
                self.due.isoformat(),
                *([""] if self.is_synthetic else []),
            ]
            for one in self.exceptions
        ]
        return write_rows(headings, rows, for_people=True)

    def to_dict(self) -> dict[str, object]:
        """Return the result as plain values, for JSON; it names no person."""
        return {
            "version": 1,
            "kind": "batch-run",
            "job": self.job.value,
            "is_synthetic": self.is_synthetic,
            "is_repeated": self.is_repeated,
            "due": self.due.isoformat(),
            "counts": {count.value: n for count, n in self.counts.items()},
            "records": [
                {
                    "row": one.record.row,
                    "mis_identifier": one.mis_identifier,
                    "happening": one.happening.value,
                    "return_code": self.return_code(one),
                    "is_exception": self.is_exception(one),
                    "uln": None if one.uln is None else str(one.uln),
                    "is_replaced": one.is_replaced,
                    "candidates": [
                        {
                            "uln": str(c.uln),
                            "differing": list(c.differing),
                            "by_field": dict(c.by_field),
                        }
                        for c in one.candidates
                    ],
                    "missing": list(one.missing),
                    "differing": list(one.differing),
                    "share_kept": one.share_kept,
                    "issues": [item.to_dict() for item in one.issues],
                }
                for one in self.results
            ],
            "assumed": ASSUMED_MEANINGS,
        }
