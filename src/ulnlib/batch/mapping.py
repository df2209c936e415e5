"""Which column of a caller's own table is which field of ours.

Headings are looked up in a table of those that other systems write. What is only
likely is said to be, and what several columns may be is left to the caller: nothing is
taken silently.
"""

from __future__ import annotations

__all__ = [
    "PARTS",
    "Certainty",
    "Choice",
    "Doubt",
    "Mapping",
    "field_named",
    "is_known",
    "suggest",
]

from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Mapping as MappingOf
from enum import StrEnum
from functools import cache
from types import MappingProxyType

import attrs

from ulnlib import _tables
from ulnlib.batch.layouts.lrb import ALIASES, LRB_2A, LRB_3A
from ulnlib.batch.tables import column_letters, column_place
from ulnlib.errors import InvalidData, InvalidValue
from ulnlib.fields import FIELDS, REGISTRATION_MANDATORY
from ulnlib.issues import Issue, Report, issue

PARTS = MappingProxyType(
    {
        "full_name": "Whole name",
        "postcode_out": "First half of the postcode",
        "postcode_in": "Second half of the postcode",
    }
)
"""What a column may hold that is no field, but makes fields; with a label.

Source: ours.
"""

_ORDER = {name: n for n, name in enumerate([*FIELDS, *PARTS])}

_LABELS = {name: field.label for name, field in FIELDS.items()} | PARTS

_PREFIXES = (
    *("student", "learner", "pupil", "stud", "candidate", "applicant", "app"),
    *("person", "personal", "miap", "lrs", "exam"),
)
"""After one of these a heading means the same."""

_OTHERS = (
    *("parent", "carer", "guardian", "contact", "emergency", "mother", "father"),
    *("nextofkin", "sibling", "employer", "company", "tutor", "teacher", "staff"),
    *("assessor", "officer", "sponsor", "partner", "spouse", "agent", "school"),
    *("college", "centre", "work", "business", "term", "billing", "doctor", "manager"),
)
"""A heading with one of these, unless it is known, is not about the learner."""

_FUZZY = 200
"""So many unknown headings are compared with those that are known."""


class Certainty(StrEnum):
    """How sure it is that a column is a field.

    Source: ours.
    """

    TOLD = "told"
    SURE = "sure"
    LIKELY = "likely"


@attrs.frozen
class Choice:
    """A column that is taken for a field.

    Attributes:
        field: A field of a learner, or one of `PARTS`.
        column: The place of the column, the first being 0.
        certainty: How sure it is.
    """

    field: str
    column: int
    certainty: Certainty

    @property
    def label(self) -> str:
        """The field in words."""
        return _LABELS[self.field]


@attrs.frozen
class Doubt:
    """A field that several columns may be.

    Attributes:
        field: A field of a learner, or one of `PARTS`.
        columns: The places of the columns.
    """

    field: str
    columns: tuple[int, ...]

    @property
    def label(self) -> str:
        """The field in words."""
        return _LABELS[self.field]


@attrs.frozen(kw_only=True)
class Mapping:
    """Which column is which field. It names places, never headings.

    Attributes:
        choices: What is taken, in the order of the fields.
        doubts: What several columns may be; the caller decides.
        passed_over: Columns that are known and not taken: others of a field that is
            taken surely, and what is no field of ours, such as ethnicity.
        unknown: Columns that nobody knows.
    """

    choices: tuple[Choice, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    passed_over: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether nothing is left for the caller to decide."""
        return not self.doubts and all(
            one.certainty is not Certainty.LIKELY for one in self.choices
        )

    def column(self, field: str) -> int | None:
        """Return the place of the column of a field, or None."""
        return next((one.column for one in self.choices if one.field == field), None)

    def accepted(self) -> Mapping:
        """Return the mapping with all that is likely taken as told."""
        choices = tuple(
            attrs.evolve(one, certainty=Certainty.TOLD)
            if one.certainty is Certainty.LIKELY
            else one
            for one in self.choices
        )
        return attrs.evolve(self, choices=choices)

    def decided(self, headings: Sequence[str], columns: MappingOf[str, str]) -> Mapping:
        """Return the mapping with the caller's decisions.

        Args:
            headings: The headings of the table.
            columns: The heading of the column of each field that is decided; where
                no column has such a heading, the letters by which a spreadsheet names
                the column, as `A`, which tells two columns with one heading apart. The
                empty text says that no column is the field. Capitals and spaces
                around do not count. A field is named by its name, its label, or its
                heading in an LRB file.

        Raises:
            InvalidData: No column has such a heading or letters, or several have the
                heading.
            InvalidValue: There is no such field.
        """
        found: list[Issue] = []
        told: dict[str, int | None] = {}
        for name, heading in columns.items():
            field = field_named(name)
            places = _places(headings, heading)
            if heading.strip() and len(places) != 1:
                found.append(_not_one(field, places))
            told[field] = places[0] if places else None
        if found:
            raise InvalidData(Report(found))
        taken = set(told.values())
        choices = [
            one
            for one in self.choices
            if one.field not in told and one.column not in taken
        ]
        choices += [
            Choice(field, place, Certainty.TOLD)
            for field, place in told.items()
            if place is not None
        ]
        doubts = _still_open(self.doubts, told, taken)
        open_columns = {place for one in doubts for place in one.columns}
        used = {one.column for one in choices} | open_columns
        freed = {one.column for one in self.choices} | {
            place for one in self.doubts for place in one.columns
        }
        return Mapping(
            choices=tuple(sorted(choices, key=_order)),
            doubts=doubts,
            passed_over=tuple(sorted({*self.passed_over, *freed} - used)),
            unknown=tuple(one for one in self.unknown if one not in used),
        )

    def to_dict(self, headings: Sequence[str]) -> dict[str, str]:
        """Return the column of each field that is taken, as `decided` takes it.

        It is the heading, or the letters where other columns have the same one.
        """
        return {one.field: _told(headings, one.column) for one in self.choices}

    def problems(
        self, *, constants: Collection[str] = (), has_name_order: bool = False
    ) -> Report:
        """Say what the caller has to decide before learners can be made.

        Args:
            constants: Fields that have one value for all.
            has_name_order: Whether it is known how whole names are to be split.

        Source: LRS portal guide, section 4.2.2 (published: what a new ULN needs);
        the rest is ours.
        """
        return Report(self._problems(set(constants), has_name_order=has_name_order))

    def _problems(self, given: set[str], *, has_name_order: bool) -> Iterator[Issue]:
        for doubt in self.doubts:
            letters = ", ".join(column_letters(one) for one in doubt.columns)
            yield issue("column-twice", label=doubt.label, columns=letters)
        for one in self.choices:
            if one.certainty is Certainty.LIKELY:
                letter = column_letters(one.column)
                yield issue("column-unsure", label=one.label, column=letter)
        given |= {one.field for one in self.choices}
        given |= {one.field for one in self.doubts}
        whole = self.column("full_name")
        if whole is not None:
            given |= {"given_name", "family_name"}
            if not has_name_order:
                yield issue("column-needs-order", column=column_letters(whole))
        if {"postcode_out", "postcode_in"} <= given:
            given.add("postcode")
        needed = ("given_name", "family_name") if "uln" in given else _NEEDED
        for name in needed:
            if name not in given:
                yield issue("column-needed", label=_LABELS[name])


_NEEDED = REGISTRATION_MANDATORY


def _order(one: Choice | Doubt) -> int:
    return _ORDER[one.field]


def _places(headings: Sequence[str], wanted: str) -> list[int]:
    """Return the columns with a heading; where there is none, the one so lettered."""
    named = _named(headings, wanted)
    place = None if named else column_place(wanted)
    return named if place is None or place >= len(headings) else [place]


def _named(headings: Sequence[str], wanted: str) -> list[int]:
    wanted = wanted.strip().casefold()
    return [n for n, one in enumerate(headings) if wanted and one.casefold() == wanted]


def _told(headings: Sequence[str], place: int) -> str:
    """Return by what a column is found again: its heading, or else its letters."""
    heading, letters = headings[place], column_letters(place)
    is_alone = _named(headings, heading) == [place]
    return heading if is_alone or _named(headings, letters) else letters


def _not_one(field: str, places: Sequence[int]) -> Issue:
    if not places:
        return issue("column-not-found", label=_LABELS[field])
    letters = ", ".join(column_letters(one) for one in places)
    return issue("column-twice", label=_LABELS[field], columns=letters)


def _still_open(
    doubts: Iterable[Doubt],
    told: MappingOf[str, int | None],
    taken: Collection[int | None],
) -> tuple[Doubt, ...]:
    """Return the doubts about other fields, without the columns that are taken."""
    left = (
        Doubt(one.field, tuple(c for c in one.columns if c not in taken))
        for one in doubts
        if one.field not in told
    )
    return tuple(one for one in left if one.columns)


def key_of(text: str) -> str:
    """Return the letters and digits of a text, without capitals."""
    return "".join(c for c in text.casefold() if c.isalnum())


@cache
def _known() -> MappingProxyType[str, tuple[str, bool]]:
    """Return the field that a heading means, and whether surely."""
    known = {
        key: (row["field"], row["is_sure"])
        for row in _tables.load("table_headings").rows
        for key in row["headings"]
    }
    return MappingProxyType(known)


@cache
def _names() -> MappingProxyType[str, str]:
    """Return the field of each name, label and heading of ours."""
    names = {key_of(alias): name for alias, name in ALIASES.items()}
    for layout in (LRB_2A, LRB_3A):
        names |= {
            key_of(column.heading): column.name
            for column in layout.columns
            if column.name in FIELDS
        }
    names |= {key_of(label): name for name, label in _LABELS.items()}
    return MappingProxyType(names | {key_of(name): name for name in _LABELS})


def field_named(text: str) -> str:
    """Return the field that a text names: by name, label, or heading of an LRB file.

    Raises:
        InvalidValue: There is no such field.

    Source: ours.

    Examples:
        >>> field_named("Family name"), field_named("PrivacyNoticeSeen")
        ('family_name', 'ability_to_share')
    """
    name = _names().get(key_of(text))
    if name is None:
        raise InvalidValue(
            "field", "there is no such field; use a heading of an LRB file"
        )
    return name


def is_known(heading: str) -> bool:
    """Say whether a heading is one that other systems write, ours or not.

    Source: the table of headings.

    Examples:
        >>> is_known("D.O.B."), is_known("Favourite colour")
        (True, False)
    """
    return _meaning(heading) is not None


def suggest(headings: Sequence[str]) -> Mapping:
    """Say which column is which field, by the headings.

    Args:
        headings: The headings of the table.

    Returns:
        What is sure, what is likely, and what only the caller can decide.

    Source: the table of headings, whose rows say which systems write them (observed
    or assumed).

    Examples:
        >>> found = suggest(["Surname", "Forename", "D.O.B.", "Ethnicity", "Born"])
        >>> [(one.field, one.certainty.value) for one in found.choices]
        [('given_name', 'sure'), ('family_name', 'sure'), ('date_of_birth', 'sure')]
        >>> found.passed_over
        (3, 4)
    """
    sure: dict[str, list[int]] = {}
    likely: dict[str, list[int]] = {}
    passed_over: list[int] = []
    unknown: list[int] = []
    budget = _FUZZY
    for place, heading in enumerate(headings):
        meaning = _meaning(heading)
        if meaning is None and budget:
            budget -= 1
            meaning = _nearly(key_of(heading))
        if meaning is None:
            unknown.append(place)
        elif not meaning[0]:
            passed_over.append(place)
        else:
            chosen = sure if meaning[1] else likely
            chosen.setdefault(meaning[0], []).append(place)
    _leave_parts(sure, likely, passed_over)
    choices: list[Choice] = []
    doubts: list[Doubt] = []
    for field in {**sure, **likely}:
        certainty = Certainty.SURE if field in sure else Certainty.LIKELY
        places = sure.get(field) or likely[field]
        if field in sure:
            passed_over += likely.get(field, [])
        if len(places) == 1:
            choices.append(Choice(field, places[0], certainty))
        else:
            doubts.append(Doubt(field, tuple(places)))
    return Mapping(
        choices=tuple(sorted(choices, key=_order)),
        doubts=tuple(sorted(doubts, key=_order)),
        passed_over=tuple(sorted(passed_over)),
        unknown=tuple(unknown),
    )


def _leave_parts(
    sure: dict[str, list[int]], likely: dict[str, list[int]], passed_over: list[int]
) -> None:
    """Leave whole names and halves of postcodes where the fields are there surely."""
    leave = []
    if "given_name" in sure and "family_name" in sure:
        leave.append("full_name")
    if "postcode" in sure or not {"postcode_out", "postcode_in"} <= sure.keys():
        leave += ["postcode_out", "postcode_in"]
    for part in leave:
        passed_over += sure.pop(part, [])
        passed_over += likely.pop(part, [])


def _meaning(heading: str) -> tuple[str, bool] | None:
    """Return the field that a heading means, exactly or after a prefix."""
    key = key_of(heading)
    known = _known()
    if key in known:
        return known[key]
    for prefix in _PREFIXES:
        rest = key.removeprefix(prefix)
        if rest != key and rest in known:
            return known[rest]
    return None


def _nearly(key: str) -> tuple[str, bool] | None:
    """Return the field whose heading is spelled nearly so; it is only likely."""
    import difflib

    if not 6 <= len(key) <= 40 or any(c.isdigit() for c in key):
        return None
    if any(other in key for other in _OTHERS):
        return None
    known = _known()
    near = difflib.get_close_matches(key, known, n=3, cutoff=0.88)
    fields = {known[one][0] for one in near if not any(c.isdigit() for c in one)}
    return (fields.pop(), False) if len(fields) == 1 else None
