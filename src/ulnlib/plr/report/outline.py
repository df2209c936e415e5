"""A report of a record as plain values: what its text, pages and JSON all show.

Every text is as the view has it. How a text is kept from being taken for anything else
is the matter of each output.
"""

from __future__ import annotations

__all__ = [
    "DATES",
    "Coverage",
    "Detail",
    "Footnote",
    "RecordReport",
    "ReportLine",
    "SourceLine",
]

import datetime as dt
from collections.abc import Iterable, Mapping
from os import PathLike
from types import MappingProxyType

import attrs

from ulnlib.plr.reasons import Note, Reason
from ulnlib.plr.record import Column
from ulnlib.plr.report._words import short_day

Coverage = Note
"""What a record covers, as one document has it."""

DATES = frozenset({Column.START, Column.END, Column.AWARD})
"""The columns that hold dates."""

_NONE: Mapping[Column, int] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class Detail:
    """One detail of the learner.

    Attributes:
        name: What it is of, in words.
        value: The detail, as people write it.
    """

    name: str
    value: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Footnote:
    """Why something may be missing, told once for all lines that lack it.

    Attributes:
        number: Its number, from 1.
        columns: The columns that are blank.
        sources: Who told the service of the events.
        reasons: Why it may be; which of them holds, the record does not say.
    """

    number: int
    columns: tuple[Column, ...]
    sources: tuple[str, ...] = attrs.field(repr=False)
    reasons: tuple[Reason, ...]

    @property
    def text(self) -> str:
        """The note in sentences."""
        blank = _list([one.label.lower() for one in self.columns], "or")
        what = f"No {blank} from {_list(self.sources, 'or')}"
        said = " ".join([reason.text for reason in self.reasons])
        if len(self.reasons) == 1:
            return f"{what}. {said}"
        return f"{what}; one of these may be why. {said}"


@attrs.frozen(kw_only=True)
class SourceLine:
    """One source of the events that are shown.

    Attributes:
        code: The source, as the events have it.
        text: What it is, in a sentence.
        count: How many lines are from it.
    """

    code: str = attrs.field(repr=False)
    text: str
    count: int


@attrs.frozen(kw_only=True, repr=False)
class ReportLine:
    """One entry of the record: an achievement, or taking part.

    Attributes:
        group: Under which heading it stands: the year, or that it has no date.
        ids: The numbers of its events.
        event_count: How many events tell of it.
        kind: `achievement` or `participation`.
        subject: The title.
        level: The level, as it came.
        grades: The grades that its events tell, each once.
        credit: The credits in figures, empty where they are not told.
        source: Who told the service.
        start_date: When learning began, as it came.
        end_date: When learning ended.
        award_date: The day of the award.
        subject_code: The learning aim, qualification number or unit.
        qualification_type: What it is, such as GCSE.
        awarded_by: The awarding organisation.
        provider: Where it was learnt.
        is_provisional: Whether an event's status is told and is not final.
        is_final: Whether an event's status is final.
        is_challenged: Whether somebody disputes it.
        footnotes: The number of the footnote of each blank column that has one.
    """

    group: str
    ids: tuple[str, ...]
    event_count: int
    kind: str
    subject: str
    level: str
    grades: tuple[str, ...]
    credit: str
    source: str
    start_date: str
    end_date: str
    award_date: str
    subject_code: str
    qualification_type: str
    awarded_by: str
    provider: str
    is_provisional: bool
    is_final: bool
    is_challenged: bool
    footnotes: Mapping[Column, int] = _NONE

    @property
    def grade(self) -> str:
        """The grades in one text; several where its events tell different ones."""
        return " / ".join(self.grades)

    def shown(self, column: Column) -> str:
        """Return what it has in a column, a date as people write it."""
        if column is Column.GRADE:
            return self.grade
        text: str = getattr(self, column.value)
        return short_day(text) if text and column in DATES else text

    @property
    def facts(self) -> tuple[str, ...]:
        """What else there is to know of it, in words."""
        told = (
            self.qualification_type,
            self.subject_code,
            f"awarded by {self.awarded_by}" if self.awarded_by else "",
            f"at {self.provider}" if self.provider else "",
        )
        return tuple([one for one in told if one])

    @property
    def marks(self) -> tuple[str, ...]:
        """What a reader has to be told of it, in words."""
        marks = []
        if self.kind == "participation":
            marks.append("Taking part")
        if self.is_provisional:
            both = "Provisional and final results are recorded"
            marks.append(both if self.is_final else "Provisional")
        if self.is_challenged:
            marks.append("Under challenge")
        if len(self.grades) > 1:
            marks.append("Different grades are recorded")
        if self.event_count > 1:
            number = len(self.ids) == self.event_count
            which = f": numbers {_list(self.ids, 'and')}" if number else ""
            marks.append(f"Recorded {_times(self.event_count)}{which}")
        return tuple(marks)

    def __repr__(self) -> str:
        return f"ReportLine(event_count={self.event_count})"


def _times(count: int) -> str:
    return "twice" if count == 2 else f"{count} times"


def _list(words: Iterable[str], last_by: str) -> str:
    *most, last = words
    return f"{', '.join(most)} {last_by} {last}" if most else last


@attrs.frozen(kw_only=True, repr=False)
class RecordReport:
    """A report of a personal learning record, ready to be given away.

    It is made by `ulnlib.plr.report.report_of`. The same report gives the same text,
    page, JSON and PDF, byte for byte.

    Attributes:
        title: The heading.
        dated: The day of the report, as the caller gave it.
        viewer: Who may see what it shows, in words.
        thing: What was looked at: the record, or the restricted view of it.
        is_restricted: Whether it is the restricted view.
        is_open: Whether the record may be seen; otherwise there are no lines.
        clause: The id of the clause that decided; empty where the viewer is not told.
        clause_text: What that clause says, or that the viewer is not told.
        clause_source: Where it stands.
        details: What may be seen of the learner.
        fields: The same by field, as the learner's record has it.
        columns: The columns of the lines.
        lines: The entries, in date order.
        footnotes: Why something may be missing.
        sources: Where the entries are from.
        coverage: What a record covers at all.
        assumed: What rests on an assumed meaning.
    """

    title: str
    dated: dt.date
    viewer: str
    thing: str
    is_restricted: bool
    is_open: bool
    clause: str
    clause_text: str
    clause_source: str
    details: tuple[Detail, ...]
    fields: Mapping[str, str]
    columns: tuple[Column, ...]
    lines: tuple[ReportLine, ...]
    footnotes: tuple[Footnote, ...]
    sources: tuple[SourceLine, ...]
    coverage: tuple[Coverage, ...]
    assumed: tuple[str, ...]

    @property
    def decided_by(self) -> str:
        """The clause that decided, with where it stands; empty where it is not told."""
        return f"{self.clause}: {self.clause_source}" if self.clause else ""

    @property
    def whose(self) -> str:
        """Of whom it is, as far as that may be seen, for the foot of a page."""
        told = {one.name: one.value for one in self.details}
        uln = told.get("ULN")
        return ", ".join(
            [one for one in (told.get("Name"), f"ULN {uln}" if uln else None) if one]
        )

    @property
    def summary(self) -> str:
        """How much there is, in a sentence."""
        if not self.is_open:
            return "The record is not shown."
        if not self.lines:
            return "There is no entry to show."
        taking_part = sum(line.kind == "participation" for line in self.lines)
        # A fail is one too: whether a grade is an achievement nobody says.
        results = len(self.lines) - taking_part
        done = f"{results:,} result{'' if results == 1 else 's'}"
        if not taking_part:
            return f"{done}."
        many = "1 entry" if len(self.lines) == 1 else f"{len(self.lines):,} entries"
        return f"{many}: {done}, and {taking_part:,} of taking part."

    @property
    def scope(self) -> str:
        """What it shows, and of whose view, in a sentence."""
        if not self.is_open:
            return f"This is what {self.viewer} may see of the record."
        if self.is_restricted:
            return (
                f"The restricted view of the record, as {self.viewer} may see it. It "
                "has basic details of the achievements that were chosen for it, which "
                "need not be all."
            )
        return (
            f"The record as {self.viewer} may see it. The report has the entries that "
            "were chosen for it, which need not be all."
        )

    def to_text(self) -> str:
        """Return the report as lines of text.

        Source: ours.
        """
        from ulnlib.plr.report.text import to_text

        return to_text(self)

    def to_html(self) -> str:
        """Return the report as one page that needs nothing else.

        Source: ours.
        """
        from ulnlib.plr.report.page import to_html

        return to_html(self)

    def to_dict(self) -> dict[str, object]:
        """Return the report as plain values, in the form `plr-report.schema.json`.

        Source: ours.
        """
        from ulnlib.plr.report.plain import to_dict

        return to_dict(self)

    def to_json(self) -> str:
        """Return the report as JSON, in ASCII.

        Source: ours.
        """
        from ulnlib.plr.report.plain import to_json

        return to_json(self)

    def to_pdf(self, *, fonts: Iterable[str | PathLike[str]] = ()) -> bytes:
        """Return the report as a tagged PDF (PDF/UA-1); needs the extra `pdf`.

        Args:
            fonts: Folders with fonts, for letters that the built-in ones have not.

        Returns:
            The file. A letter that no font has stands as the sign for what cannot be
            shown, and the report says how many there are.

        Raises:
            MissingExtra: The extra `pdf` is not installed.
            ReportFailed: The PDF could not be made.
            OSError: A folder of fonts is not there.

        Source: LRS portal guide, section 5.4 (published: the report is a PDF); ISO
        14289-1 (PDF/UA-1).
        """
        from ulnlib.plr.report.pdf import to_pdf

        return to_pdf(self, fonts=fonts)

    def __repr__(self) -> str:
        return f"RecordReport(lines={len(self.lines)}, is_open={self.is_open})"
