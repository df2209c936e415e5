"""What was read: records, the file's own values, and the file as a whole."""

from __future__ import annotations

__all__ = [
    "NOT_REAL",
    "BatchFile",
    "FileValues",
    "Record",
    "Style",
    "make",
    "marked",
]

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from ulnlib.batch.layouts.layout import FILE_VALUES, Layout
from ulnlib.batch.layouts.lrb import LRB_3A
from ulnlib.batch.sureness import Sureness
from ulnlib.fields import FIELDS
from ulnlib.issues import Issue, Report, Severity
from ulnlib.learner import Learner

NOT_REAL = "SYNTHETIC - ULNs NOT REAL"
"""What files and screens of a synthetic register say."""


def marked(reference: str, *, is_synthetic: bool) -> str:
    """Return a reference that says so where the ULNs of its file are invented."""
    if not is_synthetic or reference.startswith(NOT_REAL):
        return reference
    return f"{NOT_REAL} {reference}"


_NOTHING: Mapping[str, str] = MappingProxyType({})


@attrs.frozen
class Record:
    """One row of a file.

    Attributes:
        row: The row as a spreadsheet numbers it; the heading row is 1.
        line: The line of the file on which it begins, the first being 1.
        learner: The learner, as far as the row could be read.
        issues: What is wrong with the row, in the order of the fields.
        raw: The bytes of the row as they stand in the file, line end included.
        return_code: What happened to the row, in an output file.
        further: The values of columns that are no learner's field, by the name of the
            column; only those that are given. They may be a person's.
    """

    row: int
    line: int
    learner: Learner
    issues: tuple[Issue, ...]
    raw: bytes = attrs.field(repr=lambda raw: f"<{len(raw)} bytes>")
    return_code: str | None = attrs.field(default=None, repr=False)
    further: Mapping[str, str] = attrs.field(default=_NOTHING, repr=False)

    @property
    def is_ok(self) -> bool:
        """Whether the row has no error; there may be warnings."""
        return all(item.severity is Severity.WARNING for item in self.issues)

    @classmethod
    def sound(  # the fast way in: called for every row
        cls,
        row: int,
        line: int,
        values: tuple[str | None, ...],
        raw: bytes,
        return_code: str | None,
    ) -> Record:
        """Return the record of a row without a finding, of a learner's values."""
        record = object.__new__(cls)
        _set_row(record, row)
        _set_line(record, line)
        _set_learner(record, Learner._trusted(values))  # noqa: SLF001
        _set_issues(record, ())
        _set_raw(record, raw)
        _set_return_code(record, return_code)
        _set_further(record, _NOTHING)
        return record


(
    _set_row,
    _set_line,
    _set_learner,
    _set_issues,
    _set_raw,
    _set_return_code,
    _set_further,
) = (getattr(Record, field.name).__set__ for field in attrs.fields(Record))


@attrs.frozen(kw_only=True, repr=False)
class FileValues:
    """The four values about the file, as row 2 gives them.

    In a file whose columns have slipped they may hold a person's details, so `repr`
    tells only which are given.

    Attributes:
        file_version: For example `3A`.
        file_name: The sender's own reference; need not be the file's name.
        ukprn: The provider.
        record_count: The number of learners, as text.
    """

    file_version: str | None = None
    file_name: str | None = None
    ukprn: str | None = None
    record_count: str | None = None

    @property
    def is_synthetic(self) -> bool:
        """Whether the reference says that the ULNs of the file are invented."""
        return (self.file_name or "").startswith(NOT_REAL)

    def as_cells(self) -> tuple[str | None, ...]:
        """Return the values in the order of the columns."""
        return tuple(getattr(self, name) for name in FILE_VALUES)

    def __repr__(self) -> str:
        given = [name for name in FILE_VALUES if getattr(self, name) is not None]
        return f"FileValues(given={given})"


@attrs.frozen(kw_only=True)
class Style:
    """How the text of a file is written.

    Attributes:
        form: `CSV` or `XML`.
        encoding: `utf-8`, `cp1252`, in XML also `latin-1`, or `mixed` when rows differ.
        has_bom: Whether the file begins with a byte order mark.
        line_end: What ends a line, or `mixed`; empty in an XML file of one line.
        quoting: `minimal`, `all`, or `irregular` when rows differ.
        final_line_end: Whether the last line has a line end.
    """

    form: str = "CSV"
    encoding: str = "utf-8"
    has_bom: bool = False
    line_end: str = "\r\n"
    quoting: str = "minimal"
    final_line_end: bool = True


@attrs.frozen(kw_only=True)
class BatchFile:
    """A batch file that was read, or is to be written.

    Attributes:
        layout: The layout of its columns, or None when it could not be read.
        values: The four values of row 2.
        records: The rows, in order.
        report: Every finding, in the order of the rows, those about the whole file
            first or last where they stand.
        style: How its text is written.
        name: The file's name without folders, when it has one.
        digest: SHA-256 of its bytes in hexadecimal, when it was read to its end.
        sureness: How sure the layout is, of a file that was read.
        envelope: What else an XML file says before its records, element and text, for
            example the counts and times of a job; never a password or a user's name.
    """

    layout: Layout | None
    values: FileValues
    records: tuple[Record, ...]
    report: Report = attrs.field(factory=Report)
    style: Style = Style()
    name: str | None = None
    digest: str | None = None
    sureness: Sureness | None = attrs.field(default=None, eq=False)
    envelope: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=False)

    @property
    def learners(self) -> tuple[Learner, ...]:
        """The learners, in order."""
        return tuple(record.learner for record in self.records)

    @property
    def is_clean(self) -> bool:
        """Whether there is no finding and the text is uniform.

        A clean CSV file is written back byte for byte, a clean XML file to one that
        reads the same.
        """
        return (
            not self.report
            and self.style.quoting != "irregular"
            and self.style.line_end != "mixed"
        )

    def value_at(self, item: Issue) -> str | None:
        """Return the text that a finding is about, for `Issue.reveal`.

        It may be a person's: never log it.
        """
        name = item.field or ""
        text: str | None = None
        if name in FILE_VALUES:
            text = getattr(self.values, name)
        elif name in FIELDS:
            record = next((r for r in self.records if r.row == item.row), None)
            text = None if record is None else getattr(record.learner, name)
        return text


def make(
    learners: Iterable[Learner],
    *,
    ukprn: str,
    file_name: str,
    layout: Layout = LRB_3A,
) -> BatchFile:
    r"""Return a batch file of learners, ready to be written.

    Args:
        learners: The learners, in order.
        ukprn: The provider.
        file_name: The sender's own reference for row 2.
        layout: The layout to write.

    Examples:
        >>> from ulnlib import Learner, batch
        >>> file = batch.make(
        ...     [Learner(given_name="Ada", family_name="Example")],
        ...     ukprn="10012345",
        ...     file_name="enrolment",
        ... )
        >>> batch.write(file).count(b"\r\n")
        2
    """
    records = tuple(
        Record(row, row, learner, (), b"") for row, learner in enumerate(learners, 2)
    )
    values = FileValues(
        file_version=layout.version,
        file_name=file_name,
        ukprn=ukprn,
        record_count=str(len(records)),
    )
    return BatchFile(layout=layout, values=values, records=records)
