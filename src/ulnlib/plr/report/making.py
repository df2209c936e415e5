"""A report made of a view: which entries, in which order, and what is said of them."""

from __future__ import annotations

__all__ = ["ASSUMED", "TITLE", "VIEWERS", "lines_of", "report_of"]

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from ulnlib._dates import day_of
from ulnlib.errors import InvalidValue
from ulnlib.fields import FIELDS
from ulnlib.learner import Learner
from ulnlib.plr.events import EventSource, LearningEvent
from ulnlib.plr.reasons import Reason, coverage, why_missing
from ulnlib.plr.record import Column, Entry
from ulnlib.plr.report._words import date_in_words, visible
from ulnlib.plr.report.outline import (
    Detail,
    Footnote,
    RecordReport,
    ReportLine,
    SourceLine,
)
from ulnlib.plr.views import View
from ulnlib.rules.clauses import clause
from ulnlib.rules.sharing import Viewer

TITLE = "Personal learning record"
"""The heading of a report, where the caller gives none."""

ASSUMED = (
    (
        "An entry without an award date stands at the day on which learning ended, or "
        "else began, and one without any date stands last: the guide says no more than "
        "that entries are in date order."
    ),
    (
        "Entries that tell the same of an achievement but for number, grade or being "
        "final are taken for one that was recorded several times."
    ),
    (
        "What awarding organisations tell is a result, and so is what has a grade, or "
        "an award without dates of learning; the rest is taking part."
    ),
)
"""What in every report rests on an assumed meaning.

Source: ours (assumed).
"""

_SOURCES = {
    EventSource.NPD: (
        "National Pupil Database: what schools and colleges return for Key Stages 4 "
        "and 5."
    ),
    EventSource.ILR: "Individualised Learner Record: what training providers return.",
    EventSource.AO: "Awarding organisation: what the awarding organisation loads.",
    EventSource.QCFU: "Awarding organisation: a unit that it loads.",
}
VIEWERS: Mapping[Viewer, str] = MappingProxyType(
    {
        Viewer.LEARNER: "the learner",
        Viewer.NOMINATED_ORGANISATION: "an organisation that the learner nominated",
        Viewer.PROVIDER: "a provider without the role Learner Record",
        Viewer.PROVIDER_WITH_ROLE: "a provider with the role Learner Record",
        Viewer.AWARDING_ORGANISATION: "an awarding organisation",
        Viewer.SERVICE_DESK: "the service desk",
    }
)
"""Who looks, as a sentence has it.

Source: ours.
"""
NOT_TOLD = "It is not shared with this viewer, who is not told why."
"""What a report says of a record that is closed because of the learner.

Source: ours (assumed).
"""
_UNKNOWN = "A source that is not known here."
_NOT_TOLD = "The service did not tell the source."
_UNDATED = "Without a date"
_IN_RESTRICTED = frozenset({Column.START, Column.END})
_MAY_LACK = (Column.GRADE, Column.START, Column.END)


def report_of(
    view: View,
    *,
    dated: dt.date,
    unticked: Collection[str | int | Entry] = (),
    title: str = TITLE,
) -> RecordReport:
    """Return a report of what a view shows.

    Args:
        view: The view; see `ulnlib.plr.see`. Nothing that it hides can be in a report.
        dated: The day of the report.
        unticked: Numbers of events that are not to be in it, or entries of the view,
            of which some have no number; all others are. An achievement that several
            events tell of is left out with any one of them. A number that no event
            has leaves out nothing.
        title: The heading; the usual one where it is empty.

    Returns:
        The report. Of a closed view it shows no entry, and says by which clause it is
        closed, where that is for the viewer to know; see `View.told`.

    Raises:
        InvalidValue: An entry of `unticked` is none of the view's.
        TypeError: `unticked` is one text.

    Source: LRS portal guide, sections 5.3 (the columns) and 5.4 (date order, all
    ticked, any unticked) (published). Where an entry without an award date stands is
    assumed, see `ASSUMED`.
    """
    if isinstance(unticked, str):  # its digits would be taken for numbers
        raise TypeError("unticked takes several numbers, in a list")
    left_out = {str(one) for one in unticked if not isinstance(one, Entry)}
    entries = _unticked(view, [one for one in unticked if isinstance(one, Entry)])
    shown = [
        entry
        for entry in (view.record.entries if view else ())
        if left_out.isdisjoint(entry.ids) and id(entry) not in entries
    ]
    dates = [(_day(entry.event), entry) for entry in shown]
    dates.sort(key=lambda one: one[0] or dt.date.max)
    columns = _columns(view, shown)
    notes = _Notes(columns)
    lines = tuple([_line(entry, day, notes) for day, entry in dates])
    decided = None if view.told is None else clause(view.told.clause)
    return RecordReport(
        title=title if visible(title) else TITLE,
        dated=day_of(dated),
        viewer=VIEWERS[view.viewer],
        thing=view.thing.value,
        is_restricted=view.is_restricted,
        is_open=bool(view),
        clause=decided.id if decided else "",
        clause_text=decided.text if decided else NOT_TOLD,
        clause_source=f"{decided.document}, {decided.section}" if decided else "",
        details=tuple(_details(view.learner)),
        fields=MappingProxyType(_fields(view.learner)),
        columns=columns,
        lines=lines,
        footnotes=notes.found,
        sources=tuple(_sources(lines)),
        coverage=coverage(),
        assumed=ASSUMED,
    )


def _unticked(view: View, unticked: Iterable[Entry]) -> set[int]:
    """Return the entries of a view that are left out, by their identity.

    Raises:
        InvalidValue: One is no entry of the view.
    """
    by_event = {id(event): e for e in view.record.entries for event in e.events}
    found: set[int] = set()
    for one in unticked:
        # One of a part of the record has the same events; of another view, equal ones.
        same = [by_event[id(event)] for event in one.events if id(event) in by_event]
        same = same or [entry for entry in view.record.entries if entry == one]
        if not same:
            raise InvalidValue("unticked", "an entry is none of those that are shown")
        found.update(map(id, same))
    return found


def lines_of(
    entries: Iterable[Entry], columns: Iterable[Column] = Column
) -> tuple[tuple[ReportLine, ...], tuple[Footnote, ...]]:
    """Return entries as lines, in their order, and the footnotes of their blanks.

    Args:
        entries: The entries, of a view.
        columns: The columns that are shown; the blanks of others have no footnote.

    Source: see `report_of`.
    """
    notes = _Notes(columns)
    lines = tuple([_line(entry, _day(entry.event), notes) for entry in entries])
    return lines, notes.found


def _day(event: LearningEvent) -> dt.date | None:
    """Return the day by which an event stands in order."""
    return event.awarded or event.ended or event.started


def _columns(view: View, shown: Iterable[Entry]) -> tuple[Column, ...]:
    """Return the columns; of the restricted view those alone that it shows."""
    if not view.is_restricted:
        return tuple(Column)
    # A caller can give the restricted view other fields than the usual ones.
    told = {
        column
        for entry in shown
        for column in _IN_RESTRICTED
        if getattr(entry.event, column.value)
    }
    return tuple([one for one in Column if one not in _IN_RESTRICTED or one in told])


class _Notes:
    """The footnotes, numbered as they are first needed: one for the same reasons."""

    def __init__(self, columns: Iterable[Column]) -> None:
        self._asked = [one for one in _MAY_LACK if one in set(columns)]
        # Of events that lack the same, told by the same source, there are many.
        self._known: dict[tuple[object, ...], Mapping[Column, int]] = {}
        self._numbers: dict[tuple[Reason, ...], int] = {}
        self._columns: dict[int, dict[Column, None]] = {}
        self._sources: dict[int, dict[str, None]] = {}

    def of(self, event: LearningEvent) -> Mapping[Column, int]:
        """Return the number of the footnote of each blank that has one."""
        dates = (event.start_date, event.end_date, event.award_date)
        key = (event.source, event.has_grade, *map(bool, dates))
        numbers = self._known.get(key)
        if numbers is None:
            numbers = self._known[key] = MappingProxyType(self._found(event))
        return numbers

    def _found(self, event: LearningEvent) -> dict[Column, int]:
        numbers: dict[Column, int] = {}
        for column in self._asked:
            reasons = why_missing(event, column.value)
            if reasons:
                number = self._numbers.setdefault(reasons, len(self._numbers) + 1)
                self._columns.setdefault(number, {})[column] = None
                self._sources.setdefault(number, {})[event.source or ""] = None
                numbers[column] = number
        return numbers

    @property
    def found(self) -> tuple[Footnote, ...]:
        """All of them, in order."""
        return tuple(
            [
                Footnote(
                    number=number,
                    columns=tuple([one for one in Column if one in columns]),
                    sources=tuple(self._sources[number]),
                    reasons=reasons,
                )
                for reasons, number in self._numbers.items()
                for columns in (self._columns[number],)
            ]
        )


def _line(entry: Entry, day: dt.date | None, notes: _Notes) -> ReportLine:
    event = entry.event
    told_final = [one.is_final for one in entry.events if one.is_status_told]
    credit = event.credit
    told = (event.credits or "").strip()
    return ReportLine(
        group=_UNDATED if day is None else str(day.year),
        ids=entry.ids,
        event_count=len(entry.events),
        kind=str(event.kind),
        subject=event.subject or "",
        level=event.level or "",
        grades=entry.grades,
        # What is no number is shown as it came; 0 says that nothing is told.
        credit=str(credit) if credit is not None else told if told.strip("0") else "",
        source=event.source or "",
        start_date=event.start_date or "",
        end_date=event.end_date or "",
        award_date=event.award_date or "",
        subject_code=event.subject_code or "",
        qualification_type=event.qualification_type or "",
        awarded_by=event.awarded_by,
        provider=event.provider_name or "",
        is_provisional=not all(told_final),
        is_final=any(told_final),
        is_challenged=entry.is_challenged,
        footnotes=notes.of(event),
    )


def _sources(lines: Iterable[ReportLine]) -> Iterator[SourceLine]:
    known = {one.value: text for one, text in _SOURCES.items()}
    counts = Counter(line.source for line in lines)
    order = [*known, *(code for code in counts if code not in known)]
    for code in order:
        if code in counts:
            text = known.get(code, _UNKNOWN if code else _NOT_TOLD)
            yield SourceLine(code=code, text=text, count=counts[code])


# --- the learner --------------------------------------------------------------------

_NAMES = ("title", "given_name", "middle_names", "family_name")


def _fields(learner: Learner) -> dict[str, str]:
    values = zip(FIELDS, learner.values(), strict=True)
    return {name: value for name, value in values if value}


def _details(learner: Learner) -> Iterator[Detail]:
    """Yield what may be seen of the learner, as people write it."""
    fields = _fields(learner)
    name = " ".join([fields.pop(one) for one in _NAMES if one in fields])
    if name:
        yield Detail(name="Name", value=name)
    if "uln" in fields:
        yield Detail(name="ULN", value=fields.pop("uln"))
    for one, value in fields.items():
        is_date = one.startswith("date_")
        yield Detail(
            name=FIELDS[one].label, value=date_in_words(value) if is_date else value
        )
