"""Checking the ULNs of an ILR file before it is submitted.

The individualised learner record is XML; only its learners' ULNs are looked at. Every
year has a namespace of its own, and all that are named alike are read.

Examples:
    >>> found = check(
    ...     b'<Message xmlns="ESFA/ILR/2025-26">'
    ...     b"<Learner><ULN>9999999999</ULN></Learner>"
    ...     b"</Message>"
    ... )
    >>> found.learners, found.temporary, [item.code for item in found.report]
    (1, 1, ['ilr-uln-temporary'])
"""

from __future__ import annotations

__all__ = ["NAMESPACE_PATTERN", "IlrCheck", "check"]

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import attrs

from ulnlib._xml import Element, Records, Refused, line_of, refusal, split_tag
from ulnlib.batch.source import Lines, Source
from ulnlib.fields import FIELDS
from ulnlib.issues import Issue, Report, issue
from ulnlib.rules.values import check_value
from ulnlib.uln import TEMPORARY, is_valid

NAMESPACE_PATTERN = r"(?:E?SFA|DfE|DFE)/ILR/([0-9]{4}-[0-9]{2})(?:/[0-9]+)?"
"""The namespaces of an ILR; the group is the year.

Source: ILR files of 2015-16 (SFA/ILR/...) and of 2019-20 and 2025-26 (ESFA/ILR/...)
(observed); that others are named alike is assumed.
"""

_ROOT, _LEARNER = "Message", "Learner"
_AFTER = "LearnerDestinationandProgression"
"""What comes after the learners; it is passed over."""

_LENGTH = 10
"""So many characters a ULN has, which is checked as it stands."""

_REFERENCES = 100_000
"""Of so many learners with findings the reference is kept."""


@attrs.frozen(kw_only=True)
class IlrCheck:
    """What was found out about the ULNs of an ILR file.

    Attributes:
        year: The year that the namespace names, as in `2025-26`; None where it has
            none, or the file was not read.
        learners: How many learners there are.
        temporary: How many have the temporary ULN.
        report: The findings, in the order of the learners, each with the path
            `("learner", n, "ULN")`; the first learner is 1.
    """

    year: str | None = None
    learners: int = 0
    temporary: int = 0
    report: Report = attrs.field(factory=Report)
    _references: Mapping[int, str] = attrs.field(factory=dict, repr=False, eq=False)

    @property
    def is_ok(self) -> bool:
        """Whether there is no error; there may be warnings."""
        return self.report.is_ok

    def reference_at(self, item: Issue) -> str | None:
        """Return the learner reference number that a finding is about.

        It is a person's number at the provider: never log it. `Issue.reveal` shows it
        beside a finding.

        Args:
            item: A finding of this check.
        """
        learner = item.path[1] if len(item.path) > 1 else None
        return self._references.get(learner) if isinstance(learner, int) else None


def check(source: Source) -> IlrCheck:
    """Check the ULNs of an ILR file, one learner after another.

    Args:
        source: Bytes, a path, or an open binary file.

    Returns:
        How many learners there are, and what is wrong with their ULNs: missing, with a
        wrong check digit or shape, of two learners; the temporary one is a warning.

    Raises:
        OSError: The file cannot be opened or read.
        TypeError: The source is none of these.

    Source: ILR specification, fields ULN and LearnRefNumber (published); the element
    names as in ILR files of 2015-16 to 2025-26 (observed).
    """
    lines = Lines(source)
    try:
        return _Check(lines).run()
    finally:
        lines.close()


class _Check:
    """An ILR file being checked."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._learners = 0
        self._temporary = 0
        self._issues: list[Issue] = []
        self._first: dict[int, int] = {}
        self._references: dict[int, str] = {}

    def run(self) -> IlrCheck:
        year: str | None = None
        refused: Refused | None = None
        try:
            found = Records(self._lines.read, [_LEARNER, _AFTER], [_ROOT])
            for element in found:
                self._take(element)
            year = self._year(found)
        except Refused as error:
            refused = error
        if refused is not None:
            self._issues.append(refusal(refused))
        return IlrCheck(
            year=year,
            learners=self._learners,
            temporary=self._temporary,
            report=Report(self._issues),
            references=MappingProxyType(self._references),
        )

    def _year(self, found: Records) -> str | None:
        match = re.fullmatch(NAMESPACE_PATTERN, found.parent[0] if found.parent else "")
        if match is None or not found.is_root:
            self._issues = [issue("ilr-root")]
            self._learners = self._temporary = 0
            return None
        if found.astray:
            self._issues.append(issue("xml-records-elsewhere", count=found.astray))
        elif not self._learners:
            self._issues.append(issue("ilr-no-learners"))
        return match[1]

    def _take(self, element: Element) -> None:
        """Check one learner."""
        if split_tag(element.tag)[1] != _LEARNER:
            return
        self._learners += 1
        uln = reference = None
        children, after = iter(element), ""
        for child in children:
            name = split_tag(child.tag)[1]
            if name == "LearnRefNumber":
                reference = child.text
            elif name == "ULN":
                uln = child.text
                after = next((split_tag(one.tag)[1] for one in children), "")
                break
        here = len(self._issues)
        if after == "ULN":
            where = ("learner", self._learners, "ULN")
            self._issues.append(issue("ilr-ulns", *where, line=line_of(element)))
        self._issues += self._of_uln((uln or "").strip(), line_of(element))
        is_noted = len(self._issues) > here and len(self._references) < _REFERENCES
        if is_noted and reference is not None:
            self._references[self._learners] = reference

    def _of_uln(self, uln: str, line: int) -> Iterator[Issue]:
        where = ("learner", self._learners, "ULN")
        if not uln:
            yield issue("ilr-uln-missing", *where, line=line)
        elif uln == TEMPORARY:
            self._temporary += 1
            yield issue("ilr-uln-temporary", *where, line=line)
        elif not is_valid(uln) or len(uln) != _LENGTH:  # separators are none of it
            for item in check_value(FIELDS["uln"], uln, ()):
                yield attrs.evolve(item, path=where, line=line)
        else:
            first = self._first.setdefault(int(uln), self._learners)
            if first != self._learners:
                yield issue("ilr-uln-twice", *where, line=line, first=first)
