"""Findings as data: `Issue`, `Severity`, `Report`, and the table of codes.

Checking never raises for bad data: it returns a `Report`, an immutable sequence of
`Issue`s in document order. A code is stable and public; its wording is not. Every
code stands in one table (`_data/issue_codes*.toml`) with what it means, what to do
about it, the batch return code that it leads to, and its evidence.
"""

from __future__ import annotations

__all__ = ["Issue", "IssueCode", "Report", "Severity", "issue", "issue_codes"]

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, overload

import attrs

from ulnlib import _tables
from ulnlib.errors import InvalidData

if TYPE_CHECKING:
    from types import MappingProxyType

Path = tuple[str | int, ...]


class Severity(StrEnum):
    """How bad a finding is.

    Source: ours; an error would be refused by the service, a warning would not, and
    a fatal finding means that nothing could be read.
    """

    FATAL = "fatal"
    ERROR = "error"
    WARNING = "warning"


@attrs.frozen(kw_only=True)
class IssueCode:
    """What the table says of one code.

    Attributes:
        code: The stable name.
        severity: How bad it is.
        kind: The kind of defect; two defects of one kind give one return code.
        return_code: The batch return code that it leads to, or None.
        meaning: What is wrong, for somebody who has not seen the file.
        remedy: What to do about it.
        evidence: published, observed, derived or assumed.
        source: Where the rule stands.
    """

    code: str
    severity: Severity
    kind: str
    return_code: str | None
    meaning: str
    message: str
    remedy: str
    evidence: str
    source: str


@cache
def issue_codes() -> MappingProxyType[str, IssueCode]:
    """Return every issue code, in the order of the table."""
    from types import MappingProxyType

    rows = [row for table in _tables.load_all("issue_codes") for row in table.rows]
    codes = {
        row["code"]: IssueCode(
            code=row["code"],
            severity=Severity(row["severity"]),
            kind=row["kind"],
            return_code=row.get("return_code"),
            meaning=row["meaning"],
            message=row["message"],
            remedy=row["remedy"],
            evidence=row["evidence"],
            source=row["source"],
        )
        for row in rows
    }
    return MappingProxyType(codes)


@attrs.frozen(kw_only=True)
class Issue:
    """One finding.

    It holds codes, field names, positions and lengths, and never the text that was
    found wrong: that text may be a person's.

    Attributes:
        code: A stable name from the table of codes.
        severity: Fatal, error or warning.
        message: One sentence: what is wrong. The wording may change.
        path: Where, for example `("row", 7, "postcode")`; rows are numbered as a
            spreadsheet numbers them, the heading row being 1.
        line: The line of the file on which the row begins (the first is 1), where
            that is known. It differs from the row after a cell with a line break.
        source: The rule's source.
    """

    code: str
    severity: Severity
    message: str
    path: Path = ()
    line: int | None = None
    source: str = ""

    @property
    def row(self) -> int | None:
        """The row number, or None for a finding about the whole file."""
        if len(self.path) >= 2 and self.path[0] == "row":
            row = self.path[1]
            return row if isinstance(row, int) else None
        return None

    @property
    def field(self) -> str | None:
        """The learner field or heading that the finding is about, if there is one."""
        if self.path and self.path[0] == "row":
            return str(self.path[2]) if len(self.path) >= 3 else None
        return str(self.path[-1]) if self.path else None

    @property
    def kind(self) -> str:
        """The kind of defect, from the table of codes."""
        return issue_codes()[self.code].kind

    @property
    def return_code(self) -> str | None:
        """The batch return code that this kind of defect leads to, if any."""
        return issue_codes()[self.code].return_code

    @property
    def remedy(self) -> str:
        """What to do about it, from the table of codes."""
        return issue_codes()[self.code].remedy

    def at(self, *prefix: str | int, line: int | None = None) -> Issue:
        """Return the same finding, seen from further out."""
        return attrs.evolve(self, path=(*prefix, *self.path), line=line or self.line)

    def reveal(self, value: str | None) -> str:
        """Return the finding together with the text it is about, for debugging.

        The result may hold a person's details: never log it.

        Args:
            value: The text that the caller looked up at `path`.
        """
        return f"{self} Found: {value!r}."

    def to_dict(self) -> dict[str, object]:
        """Return the finding as plain values, for JSON."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
            "remedy": self.remedy,
            "row": self.row,
            "line": self.line,
            "field": self.field,
            "return_code": self.return_code,
            "source": self.source,
        }

    def __str__(self) -> str:
        where = ""
        if self.row is not None:
            where = f"row {self.row}" + (f", {self.field}" if self.field else "")
        elif self.path:
            where = " ".join(str(part) for part in self.path)
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} [{self.code}]"


def issue(
    code: str, *path: str | int, line: int | None = None, **facts: str | int
) -> Issue:
    """Return a finding of a code of the table.

    Args:
        code: A code of the table.
        path: Where it was found.
        line: The line of the file.
        facts: Values for the wording; counts, field names and lengths, never a
            person's details.

    Raises:
        KeyError: There is no such code: a fault of ulnlib's, not of data.
    """
    row = issue_codes()[code]
    return Issue(
        code=code,
        severity=row.severity,
        message=row.message.format(**facts),
        path=path,
        line=line,
        source=row.source,
    )


class Report(Sequence[Issue]):
    """An immutable sequence of findings in document order."""

    __slots__ = ("_issues",)

    def __init__(self, issues: Iterable[Issue] = ()) -> None:
        self._issues = tuple(issues)

    @overload
    def __getitem__(self, index: int) -> Issue: ...
    @overload
    def __getitem__(self, index: slice) -> Report: ...
    def __getitem__(self, index: int | slice) -> Issue | Report:
        """Return one finding, or a report of several."""
        if isinstance(index, slice):
            return Report(self._issues[index])
        return self._issues[index]

    def __len__(self) -> int:
        return len(self._issues)

    def __iter__(self) -> Iterator[Issue]:
        return iter(self._issues)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Report):
            return NotImplemented
        return self._issues == other._issues

    def __hash__(self) -> int:
        return hash(self._issues)

    def __repr__(self) -> str:
        return (
            f"Report(fatal={len(self.fatal)}, errors={len(self.errors)}, "
            f"warnings={len(self.warnings)})"
        )

    def of(self, *severities: Severity) -> Report:
        """Return the findings of those severities."""
        return Report(i for i in self._issues if i.severity in severities)

    @property
    def fatal(self) -> Report:
        """The findings because of which nothing could be read."""
        return self.of(Severity.FATAL)

    @property
    def errors(self) -> Report:
        """The findings that the service would refuse, fatal ones included."""
        return self.of(Severity.FATAL, Severity.ERROR)

    @property
    def warnings(self) -> Report:
        """The findings that deserve a look and stop nothing."""
        return self.of(Severity.WARNING)

    @property
    def is_ok(self) -> bool:
        """Whether there is no error; there may be warnings."""
        return not self.errors

    def for_row(self, row: int) -> Report:
        """Return the findings about one row."""
        return Report(i for i in self._issues if i.row == row)

    def raise_if_errors(self) -> None:
        """Raise when there is an error.

        Raises:
            InvalidData: There is at least one error; it carries this report.
        """
        if self.errors:
            raise InvalidData(self)
