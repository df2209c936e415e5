"""Units, qualifications, their structures, and what a learner has achieved.

A structure is the rules of combination of a qualification: one tree of groups, and the
bars, caps and requirements that lie across it. All of it are frozen values that hold
what they were given, right or wrong: `ulnlib.rules.combination` says what is wrong with
them, and reads and writes them as JSON and as text.

Source: web-service schemas of the Qualifications and Credit Framework, release 9, types
Structure, Group, BarredUnit and Unit (observed); what they lack is ours (assumed).
"""

from __future__ import annotations

__all__ = [
    "Achievement",
    "AtMost",
    "Bar",
    "Cap",
    "Equivalent",
    "Group",
    "GroupKind",
    "Kind",
    "Level",
    "LevelMinimum",
    "OtherCredit",
    "Qualification",
    "Requirement",
    "Size",
    "Structure",
    "TimeLimit",
    "Unit",
    "compact_reference",
    "size_of",
]

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

import attrs

# --- levels and sizes -------------------------------------------------------------


class Level(StrEnum):
    """A level of a unit or a qualification, lowest first.

    Source: Qualifications and Credit Framework: Entry 1 to 3, then 1 to 8 (published).
    """

    ENTRY_1 = "E1"
    ENTRY_2 = "E2"
    ENTRY_3 = "E3"
    LEVEL_1 = "1"
    LEVEL_2 = "2"
    LEVEL_3 = "3"
    LEVEL_4 = "4"
    LEVEL_5 = "5"
    LEVEL_6 = "6"
    LEVEL_7 = "7"
    LEVEL_8 = "8"

    @property
    def rank(self) -> int:
        """The place among the levels, 0 for the lowest."""
        return _RANK[self]

    @property
    def label(self) -> str:
        """The level in words: Entry 3, Level 2."""
        return f"Entry {self[1]}" if self.startswith("E") else f"Level {self.value}"

    @classmethod
    def of(cls, text: str) -> Level | None:
        """Return the level that a text names, None when it names none.

        Args:
            text: For example `3`, `Level 3`, `E2`, `Entry 2`, `Entry Level 2`. "Entry
                Level" alone does not say which, and is none.
        """
        word = text.strip().casefold()
        found = _LEVEL.fullmatch(word)
        if found is None:
            return None
        entry, number = found["entry"], found["number"]
        return _BY_VALUE.get(f"E{number}" if entry else number)


_RANK = {level: rank for rank, level in enumerate(Level)}
_BY_VALUE = {level.value: level for level in Level}
_LEVEL = re.compile(
    r"(?:(?P<entry>e|entry(?:[ -]level)?)|l|level)?[ -]*(?P<number>[1-8])"
)


class Size(StrEnum):
    """What a qualification is called by its credits.

    Source: Qualifications and Credit Framework: Award 1 to 12 credits, Certificate 13
    to 36, Diploma 37 and more (published).
    """

    AWARD = "Award"
    CERTIFICATE = "Certificate"
    DIPLOMA = "Diploma"


def size_of(credit: int) -> Size | None:
    """Return what a qualification of so many credits is called, None below one.

    Source: see `Size` (published).
    """
    if credit < 1:
        return None
    if credit <= 12:
        return Size.AWARD
    return Size.CERTIFICATE if credit <= 36 else Size.DIPLOMA


def _level(value: Level | str | int | None) -> Level | str | None:
    """Return a level; a text that names none stays as it is."""
    if value is None or isinstance(value, Level):
        return value
    text = str(value)
    return Level.of(text) or text


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise TypeError("give a collection of texts, not one text")
    return tuple(values)


def _words(values: Iterable[str]) -> frozenset[str]:
    return frozenset(_texts(values))


def _kinds(values: Iterable[Kind | str]) -> tuple[Kind, ...]:
    return tuple([Kind(value) for value in values])


@lru_cache(maxsize=65_536)
def compact_reference(text: str) -> str:
    """Return a reference as it is compared: no obliques or spaces, capitals.

    Args:
        text: A unit reference, a qualification number or any other reference.
    """
    return re.sub(r"[\s/]", "", text).upper()


# Written out, for type checkers do not see through a converter of any type.


def _units(values: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(values)


def _groups(values: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(values)


def _bars(values: Iterable[Bar]) -> tuple[Bar, ...]:
    return tuple(values)


def _sets(values: Iterable[AtMost]) -> tuple[AtMost, ...]:
    return tuple(values)


def _equivalents(values: Iterable[Equivalent]) -> tuple[Equivalent, ...]:
    return tuple(values)


def _caps(values: Iterable[Cap]) -> tuple[Cap, ...]:
    return tuple(values)


def _limits(values: Iterable[TimeLimit]) -> tuple[TimeLimit, ...]:
    return tuple(values)


def _requirements(values: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return tuple(values)


# --- what can be achieved ---------------------------------------------------------


@attrs.frozen(cache_hash=True)
class Unit:
    """A unit as a structure lists it.

    Attributes:
        reference: The unit reference number, such as `Y/506/1910`.
        credit: Whole credits, one at least; anything else is a finding.
        level: The unit's own level; a text that names none is a finding.
        title: What it is called.
        hours: Guided learning hours.
        subject_areas: Codes of sector subject areas, such as `15.3`.
        is_imported: Whether it comes from another qualification.
        withdrawn: The day from which it is withdrawn.
        expires: The last day on which it can be taken.
        is_sensitive: Whether only some may see that somebody has it.

    Source: web-service schemas of release 9, type Unit (observed).
    """

    reference: str
    credit: int | None = None
    level: Level | str | None = attrs.field(default=None, converter=_level)
    title: str = ""
    hours: int | None = attrs.field(default=None, kw_only=True)
    subject_areas: tuple[str, ...] = attrs.field(
        default=(), converter=_texts, kw_only=True
    )
    is_imported: bool = attrs.field(default=False, kw_only=True)
    withdrawn: dt.date | None = attrs.field(default=None, kw_only=True)
    expires: dt.date | None = attrs.field(default=None, kw_only=True)
    is_sensitive: bool = attrs.field(default=False, kw_only=True)


@attrs.frozen
class LevelMinimum:
    """So many credits of a group must be at a level or above.

    Attributes:
        level: The level.
        credit: The credits.
    """

    level: Level | str | None = attrs.field(converter=_level)
    credit: int


@attrs.frozen(kw_only=True)
class OtherCredit:
    """Which units a group takes that it does not list.

    Attributes:
        level: The lowest level, None for any.
        subject_areas: Codes of sector subject areas, none for any.
        also_listed: Whether units that some group of the structure lists may count.

    Source: web-service schemas of release 9, type OtherCreditGroup (observed: the
    names; the meaning is assumed).
    """

    level: Level | str | None = attrs.field(default=None, converter=_level)
    subject_areas: tuple[str, ...] = attrs.field(default=(), converter=_texts)
    also_listed: bool = False


class GroupKind(StrEnum):
    """The four kinds of groups.

    Source: register of regulated qualifications, kinds of structure nodes (observed).
    """

    UNIT = "unit"
    COMPOUND = "compound"
    HYBRID = "hybrid"
    OTHER_CREDIT = "other-credit"


@attrs.frozen(kw_only=True, cache_hash=True)
class Group:
    """A group of a structure: of units, of groups, of both, or of other credit.

    *Subcomponents* are the units of a group and the groups directly below it. A bound
    that is None, or a minimum of 0, is none.

    Attributes:
        name: What it is called; no two groups of a structure should have one name.
        units: The units that it lists, in order.
        groups: The groups below it, in order.
        other: Which units it takes that it does not list, None for none.
        min_credit: Credits that it asks for.
        max_credit: Credits that it allows.
        min_subcomponents: Subcomponents that it asks for.
        max_subcomponents: Subcomponents that it allows.
        is_mandatory: Whether the group above it needs it ("mandatory within group").
        level_minimum: Credits that it asks for at a level or above.
        is_outside_level_minimum: Whether its credits, and those of the groups below,
            do not count towards the level minimum of the structure.
        months: How many months an achievement may be old; None for no limit.
        is_complete: Whether all of its units are listed. A published list may be in
            part only: then others that are not known may be taken too.
        label: The label of the register.
        description: The publisher's words.

    Source: web-service schemas of release 9, types Group to OtherCreditGroup
    (observed); level minimum, left-out groups and hybrid groups from published rules.
    """

    name: str
    units: tuple[Unit, ...] = attrs.field(default=(), converter=_units)
    groups: tuple[Group, ...] = attrs.field(default=(), converter=_groups)
    other: OtherCredit | None = None
    min_credit: int | None = None
    max_credit: int | None = None
    min_subcomponents: int | None = None
    max_subcomponents: int | None = None
    is_mandatory: bool = False
    level_minimum: LevelMinimum | None = None
    is_outside_level_minimum: bool = False
    months: int | None = None
    is_complete: bool = True
    label: str = ""
    description: str = ""

    @property
    def kind(self) -> GroupKind:
        """Which of the four kinds it is."""
        if self.other is not None:
            return GroupKind.OTHER_CREDIT
        if not self.groups:
            return GroupKind.UNIT
        return GroupKind.HYBRID if self.units else GroupKind.COMPOUND

    def walk(self) -> Iterator[Group]:
        """Yield this group and all below it, depth first, each before those below."""
        stack = [self]
        while stack:
            group = stack.pop()
            yield group
            stack.extend(reversed(group.groups))


# --- what lies across the groups --------------------------------------------------


class Kind(StrEnum):
    """How somebody came to have a unit.

    Source: published rules of combination and policies (the words are used loosely).
    """

    ACHIEVED = "achieved"
    TRANSFER = "transfer"
    EXEMPTION = "exemption"
    RPL = "rpl"


@attrs.frozen(cache_hash=True)
class Bar:
    """A unit that does not count together with any of others, both ways.

    Attributes:
        unit: The reference of the source unit.
        targets: The references of those that it bars, and that bar it.
        description: The publisher's words.

    Source: web-service schemas of release 9, type BarredUnit (observed).
    """

    unit: str
    targets: tuple[str, ...] = attrs.field(converter=_texts)
    description: str = ""


@attrs.frozen(cache_hash=True)
class AtMost:
    """Of a set of units at most so many count.

    Attributes:
        count: How many.
        units: Their references.
        description: The publisher's words.
    """

    count: int
    units: tuple[str, ...] = attrs.field(converter=_texts)
    description: str = ""


@attrs.frozen(cache_hash=True)
class Equivalent:
    """Units that may stand for a listed unit, with its credit and level.

    Attributes:
        unit: The reference of the listed unit.
        others: The references of the units that may stand for it.
    """

    unit: str
    others: tuple[str, ...] = attrs.field(converter=_texts)


@attrs.frozen(kw_only=True, cache_hash=True)
class Cap:
    """At most so much counted credit of some sort.

    Every condition that is given must hold for a unit to fall under the cap.

    Attributes:
        credit: The credits; with `percent` the smaller of both holds.
        percent: A share of the structure's total in hundredths, rounded down.
        kinds: Only units that somebody came to have so; all when there is none.
        is_imported: Whether only imported units fall under it.
        at_most_level: Only units of this level or below. A unit whose level is not
            known falls under it.
        at_least_level: Only units of this level or above.
        group: Only units counted in the group of this name, or below it.
        name: What to call it, for people.
    """

    credit: int | None = None
    percent: int | Fraction | None = None
    kinds: tuple[Kind, ...] = attrs.field(default=(), converter=_kinds)
    is_imported: bool = False
    at_most_level: Level | str | None = attrs.field(default=None, converter=_level)
    at_least_level: Level | str | None = attrs.field(default=None, converter=_level)
    group: str | None = None
    name: str = ""


@attrs.frozen(kw_only=True, cache_hash=True)
class TimeLimit:
    """How old an achievement may be, whatever group it stands in.

    Attributes:
        months: So many months before the day of the evaluation, that day included.
        kinds: Only for those who came to have a unit so; all when there is none.
    """

    months: int
    kinds: tuple[Kind, ...] = attrs.field(default=(), converter=_kinds)


@attrs.frozen(cache_hash=True)
class Requirement:
    """Something beside credit that the qualification asks for.

    Attributes:
        name: By which a caller says that it holds.
        description: What it is, in words.
    """

    name: str
    description: str = ""


@attrs.frozen(kw_only=True, cache_hash=True)
class Structure:
    """The rules of combination of a qualification.

    Attributes:
        name: What it is called.
        total: The credits of the whole.
        root: The group that holds all others.
        level: The level of the qualification.
        min_credit_at_level: Credits that must be at that level or above.
        reference: The reference of the rules, such as `S/016/614`.
        bars: Units that do not count together.
        at_most: Sets of units of which only some count.
        equivalents: Units that may stand for listed ones.
        caps: Most credit of some sorts.
        time_limits: How old achievements may be.
        requirements: What is asked beside credit.
        additional_units: Units that may be taken and do not count.
        certification_end: The last day on which it is certificated.

    Source: web-service schemas of release 9, type Structure (observed); what it lacks
    from published rules of combination.
    """

    name: str
    total: int | None
    root: Group
    level: Level | str | None = attrs.field(default=None, converter=_level)
    min_credit_at_level: int | None = None
    reference: str = ""
    bars: tuple[Bar, ...] = attrs.field(default=(), converter=_bars)
    at_most: tuple[AtMost, ...] = attrs.field(default=(), converter=_sets)
    equivalents: tuple[Equivalent, ...] = attrs.field(
        default=(), converter=_equivalents
    )
    caps: tuple[Cap, ...] = attrs.field(default=(), converter=_caps)
    time_limits: tuple[TimeLimit, ...] = attrs.field(default=(), converter=_limits)
    requirements: tuple[Requirement, ...] = attrs.field(
        default=(), converter=_requirements
    )
    additional_units: tuple[Unit, ...] = attrs.field(default=(), converter=_units)
    certification_end: dt.date | None = None

    @property
    def size(self) -> Size | None:
        """What it is called by its credits: Award, Certificate or Diploma."""
        return None if self.total is None else size_of(self.total)

    def as_group(self, *, name: str = "", is_mandatory: bool = True) -> Group:
        """Return the structure as a compound group of a larger one.

        Args:
            name: What to call the group; the structure's name when not given.
            is_mandatory: Whether the larger one needs it.

        Returns:
            A group that asks for the total and the level minimum of this structure.
            Its bars, caps and so on lie across: take them with `with_rules_of`.
        """
        minimum = None
        if self.min_credit_at_level and self.level is not None:
            minimum = LevelMinimum(self.level, self.min_credit_at_level)
        return Group(
            name=name or self.name,
            groups=(attrs.evolve(self.root, is_mandatory=True),),
            min_credit=self.total,
            level_minimum=minimum,
            is_mandatory=is_mandatory,
        )

    def with_rules_of(self, nested: Structure, *, name: str = "") -> Structure:
        """Return this structure with the rules that lie across a nested one as well.

        Args:
            nested: The structure of which one of the groups was made.
            name: The name of that group; the nested structure's name when not given.
        """
        within = name or nested.name
        caps = [attrs.evolve(cap, group=cap.group or within) for cap in nested.caps]
        return attrs.evolve(
            self,
            bars=(*self.bars, *nested.bars),
            at_most=(*self.at_most, *nested.at_most),
            equivalents=(*self.equivalents, *nested.equivalents),
            caps=(*self.caps, *caps),
            requirements=(*self.requirements, *nested.requirements),
            additional_units=(*self.additional_units, *nested.additional_units),
        )


@attrs.frozen(kw_only=True)
class Qualification:
    """A qualification of the register, with its structure where it is known.

    Attributes:
        number: The qualification accreditation number.
        title: What it is called.
        structure: Its rules of combination.
        awarding_organisation: Who awards it.
        type: The type of the register, such as `Occupational Qualification`.
        level: Its level.
        credit: Its total credits, where no structure says so.
        subject_area: The code of its sector subject area, or its name.
        min_hours: Fewest guided learning hours.
        max_hours: Most guided learning hours.
        countries: Where it is offered: of `England`, `Wales`, `Northern Ireland`.
        ages: For whom it is: of `pre-16`, `16-18`, `18+`, `19+`.
        operational_start: The first day on which it is in operation.
        operational_end: The last day on which somebody can begin it.
        certification_end: The last day on which it is certificated.
        is_sensitive: Whether only some may see that somebody has it, None when that is
            not known.

    Source: web-service schemas of release 9, types Qualification and
    RtaOneQueryResult (observed).
    """

    number: str
    title: str = ""
    structure: Structure | None = None
    awarding_organisation: str = ""
    type: str = ""
    level: Level | str | None = attrs.field(default=None, converter=_level)
    credit: int | None = None
    subject_area: str = ""
    min_hours: int | None = None
    max_hours: int | None = None
    countries: frozenset[str] = attrs.field(default=frozenset(), converter=_words)
    ages: frozenset[str] = attrs.field(default=frozenset(), converter=_words)
    operational_start: dt.date | None = None
    operational_end: dt.date | None = None
    certification_end: dt.date | None = None
    is_sensitive: bool | None = None

    @property
    def total(self) -> int | None:
        """The total credits: those of the structure, or else as given."""
        return self.credit if self.structure is None else self.structure.total

    @property
    def size(self) -> Size | None:
        """Award, Certificate or Diploma, where the credits are known."""
        return None if self.total is None else size_of(self.total)


# --- what was achieved ------------------------------------------------------------


@attrs.frozen(cache_hash=True)
class Achievement:
    """A unit that somebody has, or an exemption from so many credits.

    Attributes:
        unit: The reference of the unit; empty for an exemption by amount.
        credit: Its credits; None or 0 when they are not stated.
        level: Its level.
        date: The day of the award, None when it is not known.
        source: Where the record comes from, such as `QCFU`.
        id: By which the source tells its records apart.
        kind: How it was come by.
        subject_areas: Codes of the unit's sector subject areas.
        group: For an exemption by amount: the name of the group that it is for.
        title: What it is called.

    Source: web-service schemas of release 9, learning events (observed); kinds from
    published rules of combination.
    """

    unit: str
    credit: int | None = attrs.field(default=None, repr=False)
    level: Level | str | None = attrs.field(default=None, converter=_level, repr=False)
    date: dt.date | None = attrs.field(default=None, repr=False)
    source: str = attrs.field(default="", kw_only=True, repr=False)
    id: str = attrs.field(default="", kw_only=True, repr=False)
    kind: Kind = attrs.field(
        default=Kind.ACHIEVED, converter=Kind, kw_only=True, repr=False
    )
    subject_areas: tuple[str, ...] = attrs.field(
        default=(), converter=_texts, kw_only=True, repr=False
    )
    group: str | None = attrs.field(default=None, kw_only=True, repr=False)
    title: str = attrs.field(default="", kw_only=True, repr=False)
