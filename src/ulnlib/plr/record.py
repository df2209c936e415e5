"""A personal learning record: events put together, sorted, and what they mean.

Nothing is left out: the same achievement that is there twice, as in the record of a
merged ULN, is one entry with both its events.

Examples:
    >>> from ulnlib.plr import LearningEvent
    >>> twice = [
    ...     LearningEvent(id=n, source="NPD", subject_code="10010452", grade=grade)
    ...     for n, grade in ((1, "2"), (2, "1"))
    ... ]
    >>> record = Record(twice)
    >>> len(record.events), len(record.entries), record.entries[0].grades
    (2, 1, ('2', '1'))
"""

from __future__ import annotations

__all__ = ["FAILS", "Column", "Entry", "LeftOut", "Record", "Taken", "WhyLeftOut"]

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple, Self

import attrs

from ulnlib._dates import beginning_day
from ulnlib.issues import Issue, Report, issue
from ulnlib.plr.events import EventKind, EventSource, LearningEvent, check_event
from ulnlib.qualifications import Achievement
from ulnlib.rules._words import Word

FAILS = frozenset(
    {"U", "X", "F", "FL", "N", "Q", "ABS", "FAIL", "FAILED", "NEAR MISS", "NIL"}
    | {"NO AWARD", "NO RESULT", "NOT ACHIEVED", "NOT CLASSIFIED", "PENDING"}
    | {"ABSENT", "REFER", "REFERRED", "UNCLASSIFIED", "UNGRADED", "WITHDRAWN"}
)
"""Grades that are no achievement, in capitals; an F of a GCSE is none of them.

Source: general knowledge of grades in the United Kingdom: unclassified, no result,
fail, near miss, pending; a GCSE is awarded from A* to G (assumed); a caller can give
others.
"""

_AWARDED_F = re.compile(r"\bI?GCSE\b|GENERAL CERTIFICATE OF SECONDARY EDUCATION")
_NO_GCSE = re.compile(r"\bGCE\b|\bA[ -]?LEVEL")


class Column(Word):
    """The eight columns of a record, in their order on the screen.

    Source: LRS portal guide, section 5.3 (published).
    """

    SUBJECT = "subject"
    LEVEL = "level"
    GRADE = "grade"
    CREDIT = "credit"
    SOURCE = "source"
    START = "start_date"
    END = "end_date"
    AWARD = "award_date"

    @property
    def label(self) -> str:
        """The heading on the screen."""
        return _HEADINGS[self]


_HEADINGS = {
    Column.SUBJECT: "Subject",
    Column.LEVEL: "Level",
    Column.GRADE: "Grade",
    Column.CREDIT: "Credit",
    Column.SOURCE: "Source",
    Column.START: "Start Date",
    Column.END: "End Date",
    Column.AWARD: "Award Date",
}


def _tuple(events: Iterable[LearningEvent]) -> tuple[LearningEvent, ...]:
    return tuple(events)


@attrs.frozen(repr=False)
class Entry:
    """One achievement or participation, with every event that tells of it.

    Attributes:
        events: The events, as they came; the first is shown.
    """

    events: tuple[LearningEvent, ...]

    @property
    def event(self) -> LearningEvent:
        """The event that is shown."""
        return self.events[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """The numbers of the events."""
        return tuple([one.id for one in self.events if one.id and one.id.strip()])

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades that the events tell, each once, in order."""
        if len(self.events) == 1:  # as nearly always
            (event,) = self.events
            return ((event.grade or "").strip(),) if event.has_grade else ()
        told: dict[str, str] = {}
        for event in self.events:
            if event.has_grade:
                told.setdefault(_fold(event.grade), (event.grade or "").strip())
        return tuple(told.values())

    @property
    def has_two_grades(self) -> bool:
        """Whether the events tell different grades of one achievement."""
        return len(self.grades) > 1

    @property
    def is_challenged(self) -> bool:
        """Whether somebody disputes one of the events."""
        return any(event.is_challenged for event in self.events)

    def best_grade(self, ranking: Sequence[str]) -> str | None:
        """Return the best of the grades.

        Args:
            ranking: Grades, the best first; those that are not in it are worse.

        Returns:
            The best grade, None when there is none.
        """
        places = {grade: place for place, grade in enumerate(ranking)}
        return min(
            self.grades, key=lambda one: places.get(one, len(places)), default=None
        )

    def __repr__(self) -> str:
        return f"Entry(events={len(self.events)})"


class WhyLeftOut(StrEnum):
    """Why an entry is no achievement for rules of combination."""

    PARTICIPATION = "participation"
    NOT_FINAL = "not_final"
    STATUS_NOT_TOLD = "status_not_told"
    NO_AWARD_DATE = "no_award_date"
    NO_GRADE = "no_grade"
    FAILED = "failed"
    NO_CODE = "no_code"

    @property
    def text(self) -> str:
        """The reason in a sentence."""
        return _WHY[self]


_WHY = {
    WhyLeftOut.PARTICIPATION: "It tells of taking part, not of an achievement.",
    WhyLeftOut.NOT_FINAL: "It is not final.",
    WhyLeftOut.STATUS_NOT_TOLD: "It does not say whether it is final.",
    WhyLeftOut.NO_AWARD_DATE: "It has no award date.",
    WhyLeftOut.NO_GRADE: "It has no grade.",
    WhyLeftOut.FAILED: "The grade is read as no achievement.",
    WhyLeftOut.NO_CODE: "It does not say which qualification or unit it is of.",
}


class LeftOut(NamedTuple):
    """An entry that is left out, and why."""

    entry: Entry
    why: WhyLeftOut


@attrs.frozen(repr=False)
class Taken:
    """What rules of combination take of a record; iterate over it for that.

    Attributes:
        achievements: What counts.
        entries: The entries that they are of, in the same order.
        left_out: The entries that do not, each with the reason.
    """

    achievements: tuple[Achievement, ...]
    entries: tuple[Entry, ...]
    left_out: tuple[LeftOut, ...]

    def __iter__(self) -> Iterator[Achievement]:
        return iter(self.achievements)

    def __len__(self) -> int:
        return len(self.achievements)

    def __repr__(self) -> str:
        return f"Taken(achievements={len(self)}, left_out={len(self.left_out)})"


@attrs.frozen(repr=False)
class Record:
    """A personal learning record.

    Attributes:
        events: The events, as they came.
        entries: What they tell, each once, in the order of their first events.
    """

    events: tuple[LearningEvent, ...] = attrs.field(converter=_tuple)
    entries: tuple[Entry, ...] = attrs.field(init=False, eq=False)

    @entries.default
    def _entries(self) -> tuple[Entry, ...]:
        subjects: dict[tuple[str, str, int], list[int]] = {}
        for place, event in enumerate(self.events):
            title = "" if event.code else _fold(event.subject)
            what = (event.code, title, -1 if event.code or title else place)
            subjects.setdefault(what, []).append(place)
        found: dict[int, Entry] = {}
        for places in subjects.values():
            several = [self.events[place] for place in places]
            # Nearly always there is one event of a subject, or they are written alike.
            if len(several) == 1 or len(set(map(_told, several))) == 1:
                found[places[0]] = Entry(tuple(several))
                continue
            same: dict[tuple[str, ...], list[int]] = {}
            for place, event in zip(places, several, strict=True):
                same.setdefault(_key(event), []).append(place)
            for of_one in same.values():
                found[of_one[0]] = Entry(tuple([self.events[one] for one in of_one]))
        return tuple([found[first] for first in sorted(found)])

    @classmethod
    def of_entries(cls, entries: Iterable[Entry]) -> Self:
        """Return the record of some entries, which stay as they are.

        Events that are cut down to some of their fields may look alike without telling
        of the same: they are not put together anew.

        Args:
            entries: The entries.
        """
        kept = tuple(entries)
        return cls._put_together(
            (event for entry in kept for event in entry.events), kept
        )

    @classmethod
    def _put_together(
        cls, events: Iterable[LearningEvent], entries: Iterable[Entry]
    ) -> Self:
        record = cls(())
        object.__setattr__(record, "events", tuple(events))
        object.__setattr__(record, "entries", tuple(entries))
        return record

    def changed(self, change: Callable[[LearningEvent], LearningEvent]) -> Record:
        """Return the record with every event changed; its entries stay together.

        Args:
            change: Returns what becomes of an event.
        """
        after = {id(event): change(event) for event in self.events}
        return Record._put_together(
            (after[id(event)] for event in self.events),
            (Entry(tuple(after[id(one)] for one in e.events)) for e in self.entries),
        )

    def check(self, *, as_of: dt.date | None = None) -> Report:
        """Say what is wrong with the events; all of them are shown all the same.

        Args:
            as_of: The day of the check; without it nothing lies in the future.

        Returns:
            The findings, with the number of the event, from 1, and the field.

        Source: see `ulnlib.plr.check_event`.
        """
        found: list[Issue] = []
        by_id: dict[str, LearningEvent] = {}
        for number, event in enumerate(self.events, 1):
            found += [
                item.at("event", number) for item in check_event(event, as_of=as_of)
            ]
            if event.id and by_id.setdefault(event.id, event) != event:
                found.append(issue("event-id-twice", "event", number, "id"))
        return Report(found)

    def sorted_by(
        self, column: Column | str = Column.AWARD, *, descending: bool = False
    ) -> tuple[Entry, ...]:
        """Return the entries sorted by a column.

        Args:
            column: One of the eight.
            descending: Whether the greatest comes first.

        Returns:
            The entries. Blank values come last either way; equal ones stay in order.

        Raises:
            InvalidValue: There is no such column.

        Source: LRS portal guide, section 5.3 (published: ascending at the first click,
        descending at the second); where blanks go is assumed.
        """
        value = _VALUES[Column(column)]
        filled = [one for one in self.entries if value(one.event) not in {None, ""}]
        blank = [one for one in self.entries if value(one.event) in {None, ""}]
        filled.sort(key=lambda one: value(one.event), reverse=descending)  # type: ignore[arg-type, return-value]
        return (*filled, *blank)

    def only(
        self,
        *,
        sources: Collection[EventSource | str] | None = None,
        kinds: Collection[EventKind | str] | None = None,
        words: str | None = None,
    ) -> Record:
        """Return the record of some of the events.

        Args:
            sources: Of these sources, such as `NPD`.
            kinds: Of these kinds, such as `achievement`.
            words: With all these words in the title, in any order.

        Raises:
            TypeError: `sources` or `kinds` is one text.
        """
        if isinstance(sources, str) or isinstance(kinds, str):
            raise TypeError("sources and kinds take several, in a list")
        wanted = (words or "").casefold().split()

        def fit(events: Iterable[LearningEvent]) -> tuple[LearningEvent, ...]:
            return tuple(
                event
                for event in events
                if (sources is None or event.source in sources)
                and (kinds is None or event.kind in kinds)
                and all(word in (event.subject or "").casefold() for word in wanted)
            )

        # The entries of a view stay as they are; see `of_entries`.
        kept = (Entry(some) for one in self.entries if (some := fit(one.events)))
        return Record._put_together(fit(self.events), kept)

    def by_source(self) -> Mapping[str, tuple[Entry, ...]]:
        """Return the entries of each source, in the order of their first."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.event.source or "", []).append(entry)
        return MappingProxyType({name: tuple(some) for name, some in found.items()})

    def achievements(self, *, fails: Collection[str] = FAILS) -> Taken:
        """Return what rules of combination take of the record.

        Args:
            fails: Grades that are no achievement, in capitals; where others than
                `FAILS` are given, those alone count, whatever the qualification.

        Returns:
            The achievements, and what is left out with the reason.

        Raises:
            TypeError: `fails` is one text.

        Source: release 9 schemas (observed: what an achievement is); which events are
        one is assumed: those with an award date, a final status, and a grade that is
        not a fail.
        """
        if isinstance(fails, str):  # an A would be a part of FAIL
            raise TypeError("fails takes several grades, in a list")
        taken: list[Achievement] = []
        entries: list[Entry] = []
        left_out: list[LeftOut] = []
        for entry in self.entries:
            counts = [one for one in entry.events if _why_not(one, fails) is None]
            if counts:
                taken.append(_achievement(counts[0]))
                entries.append(entry)
            else:
                why = _why_not(entry.event, fails) or WhyLeftOut.NO_GRADE
                left_out.append(LeftOut(entry, why))
        return Taken(tuple(taken), tuple(entries), tuple(left_out))

    def __repr__(self) -> str:
        return f"Record(events={len(self.events)}, entries={len(self.entries)})"


_TEXTS = (
    *("source", "subject", "level", "qualification_type", "language"),
    *("provider_ukprn", "provider_name", "awarding_organisation_name", "credits"),
)
_DATES = ("award_date", "start_date", "end_date")
_told = attrgetter(*_TEXTS, *_DATES)
"""By what events of one subject tell of the same, as it is written.

All but the number, the grade, whether it is final, and what the service itself notes.

Source: recorded responses (observed: of a merged ULN each event is there twice, with
different numbers and sometimes different grades).
"""


def _key(event: LearningEvent) -> tuple[str, ...]:
    """Return the same however it is written."""
    texts = {name: _fold(getattr(event, name)) for name in _TEXTS}
    if texts["provider_ukprn"]:
        texts["provider_name"] = ""
    texts["awarding_organisation_name"] = _fold(event.awarded_by)
    if not texts["credits"].strip("0"):
        texts["credits"] = ""
    days = (getattr(event, name) for name in _DATES)
    return (*texts.values(), *(str(beginning_day(day) or _fold(day)) for day in days))


def _fold(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _why_not(event: LearningEvent, fails: Collection[str]) -> WhyLeftOut | None:
    """Say why an event is no achievement for rules of combination."""
    tests = (
        (event.kind is EventKind.PARTICIPATION, WhyLeftOut.PARTICIPATION),
        (not event.is_final and event.is_status_told, WhyLeftOut.NOT_FINAL),
        (not event.is_final, WhyLeftOut.STATUS_NOT_TOLD),
        (event.awarded is None, WhyLeftOut.NO_AWARD_DATE),
        (not event.has_grade, WhyLeftOut.NO_GRADE),
        (_is_fail(event, fails), WhyLeftOut.FAILED),
        (not event.code, WhyLeftOut.NO_CODE),
    )
    return next((why for holds, why in tests if holds), None)


def _is_fail(event: LearningEvent, fails: Collection[str]) -> bool:
    grade = _fold(event.grade).upper()
    if grade == "F" and fails is FAILS:
        kind = (event.qualification_type or "").upper()
        told = f"{kind} {(event.subject or '').upper()}"
        return _AWARDED_F.search(told) is None or _NO_GCSE.search(kind) is not None
    return grade in fails


def _achievement(event: LearningEvent) -> Achievement:
    return Achievement(
        unit=event.subject_code or "",
        credit=event.credit,
        level=event.known_level,
        date=event.awarded,
        source=event.source or "",
        id=event.id or "",
        title=event.subject or "",
    )


def _level(event: LearningEvent) -> int | None:
    """Return the place of a level: Entry Level alone is before Entry 1."""
    known = event.known_level
    if known is not None:
        return known.rank
    text = (event.level or "").strip().casefold()
    if not text:
        return None
    if text.startswith("entry"):
        return -1
    digits = [int(sign) for sign in text if sign.isascii() and sign.isdigit()]
    return digits[0] + 2 if digits else 99


def _grade(event: LearningEvent) -> str | None:
    return (event.grade or "").casefold() if event.has_grade else None


_VALUES: Mapping[Column, Callable[[LearningEvent], str | int | dt.date | None]] = (
    MappingProxyType(
        {
            Column.SUBJECT: lambda event: (event.subject or "").casefold(),
            Column.LEVEL: _level,
            Column.GRADE: _grade,
            Column.CREDIT: lambda event: event.credit,
            Column.SOURCE: lambda event: event.source,
            Column.START: lambda event: event.started,
            Column.END: lambda event: event.ended,
            Column.AWARD: lambda event: event.awarded,
        }
    )
)
"""What each column is sorted by; a date that is no day is blank."""
