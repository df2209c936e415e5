"""What an evaluation answers, as plain values."""

from __future__ import annotations

__all__ = [
    "Counted",
    "Evaluation",
    "GroupResult",
    "Supplied",
    "Taken",
    "UnitResult",
    "Why",
]

import datetime as dt
from enum import StrEnum

import attrs

from ulnlib.issues import Report
from ulnlib.qualifications import (
    Achievement,
    Group,
    GroupKind,
    Level,
    Qualification,
    Structure,
    Unit,
)


@attrs.frozen(kw_only=True)
class Counted:
    """A unit that counts, and where.

    Attributes:
        place: The number of the group, in the order of the walk.
        group: The group's name.
        unit: The reference of the achieved unit, as references are compared; empty for
            an exemption by amount.
        stands_for: The reference of the listed unit that it counts as; empty where
            the group lists none.
        credit: The credits that it counts.
        level_rank: The rank of the level that it counts at, -1 when it is not known.
        achievement: The achievement that acts.
    """

    place: int
    group: str
    unit: str
    stands_for: str
    credit: int
    level_rank: int
    achievement: Achievement = attrs.field(repr=False)


class Why(StrEnum):
    """Why an achieved unit does not count.

    Source: ours (assumed: the service says only that a unit is not included).
    """

    NOT_LISTED = "not-listed"
    ADDITIONAL = "additional"
    UNUSABLE = "unusable"
    TO_COME = "to-come"
    TOO_OLD = "too-old"
    NO_CREDIT = "no-credit"
    NOT_AT_LEVEL = "not-at-level"
    OTHER_SUBJECT = "other-subject"
    DUPLICATE = "duplicate"
    BARRED = "barred"
    SET_IS_FULL = "set-is-full"
    MAXIMUM = "maximum"
    ENOUGH_PARTS = "enough-parts"
    CAP = "cap"
    ROOM = "room"


@attrs.frozen(kw_only=True)
class UnitResult:
    """What became of one unit.

    Attributes:
        reference: Its reference, as the structure or else the learner's record has it.
        title: What it is called.
        credit: The credits that it counts, or would.
        unit: The unit as listed first, None when no group lists it.
        group: The name of the group in which it counts, or else which lists it first.
        stands_for: The reference of the unit for which it stands, if it does.
        is_mandatory: Whether the qualification cannot be met without it.
        is_achieved: Whether the learner has it.
        is_included: Whether it counts.
        is_what_if: Whether the learner has it only in thought.
        why: Why it does not count although it is achieved.
        detail: The same in words.
    """

    reference: str
    title: str = attrs.field(repr=False)
    credit: int | None
    unit: Unit | None = attrs.field(repr=False)
    group: str | None
    stands_for: str | None
    is_mandatory: bool
    is_achieved: bool
    is_included: bool
    is_what_if: bool
    why: Why | None = None
    detail: str = ""


@attrs.frozen(kw_only=True)
class GroupResult:
    """How one group stands.

    Attributes:
        place: Its number in the order of the walk.
        parent: The number of the group above, -1 for the root.
        depth: How far below the root it stands.
        group: The group.
        is_mandatory: Whether it and all groups above it are mandatory.
        is_achieved: Whether it is achieved.
        is_used: Whether something counts in it.
        decision_taken: Whether it offers a choice, and something of it was chosen.
        credit: Counted credits.
        credit_at_level: Those at the level of the structure or above that count
            towards its level minimum.
        credit_above_level: Those of them above the level.
        credit_at_minimum: Counted credits at the level of the group's own level
            minimum or above, None when it has none.
        subcomponents: How many of its units count and of its groups are achieved.
    """

    place: int
    parent: int
    depth: int
    group: Group = attrs.field(repr=False)
    is_mandatory: bool
    is_achieved: bool
    is_used: bool
    decision_taken: bool
    credit: int
    credit_at_level: int
    credit_above_level: int
    credit_at_minimum: int | None
    subcomponents: int

    @property
    def name(self) -> str:
        """The group's name."""
        return self.group.name

    @property
    def kind(self) -> GroupKind:
        """Which kind of group it is."""
        return self.group.kind


@attrs.frozen(kw_only=True)
class Taken:
    """A unit that a completion takes.

    Attributes:
        place: The number of the group.
        group: The group's name.
        unit: The unit as it is listed there.
        cost: What it costs, in credits or hours.
    """

    place: int
    group: str
    unit: Unit
    cost: int


@attrs.frozen(kw_only=True)
class Supplied:
    """Credit that a completion takes from units that are not listed.

    Attributes:
        place: The number of the group.
        group: The group's name.
        credit: How many credits.
        units: In how many units.
    """

    place: int
    group: str
    credit: int
    units: int


@attrs.frozen(kw_only=True)
class Need:
    """One thing that is still needed.

    Attributes:
        group: The name of the group that needs it, None for the whole.
        credit: Credits that are needed there.
        at_level: How many of them at `level` or above.
        level: That level.
        units: References of units that are needed, each of them.
        parts: Further units, or groups, that are needed.
        parts_credit: The credits that such units, or those at the level, have at least,
            as far as is known.
        one_of: Where there is a choice: the needs of each of the possible groups.
        requirement: The name of a requirement beside credit.
        text: The same in words.
    """

    group: str | None = None
    credit: int = 0
    at_level: int = 0
    level: Level | None = None
    units: tuple[str, ...] = ()
    parts: int = 0
    parts_credit: int = 0
    one_of: tuple[tuple[Need, ...], ...] = ()
    requirement: str | None = None
    text: str = ""

    @property
    def least_credit(self) -> int:
        """The credits that it takes at least, by the shortest choice."""
        choices = [sum([need.least_credit for need in one]) for one in self.one_of]
        chosen = sum(sorted(choices)[: max(self.parts, 1)])
        return max(self.credit, self.parts_credit) + chosen


@attrs.frozen(kw_only=True)
class Evaluation:
    """How a learner stands against a structure.

    Attributes:
        structure: The structure.
        as_of: The day of the evaluation.
        maximum: How maximums of groups act: `whole` or `cap`.
        is_met: Whether the qualification is met.
        credit: The credits that count.
        credit_at_level: Those at the level of the structure or above, None when it
            has no level.
        credit_above_level: Those above it.
        credits_needed: The fewest credits that are still needed, None when nothing
            on offer can complete it.
        credits_towards: The total less what is needed, None likewise.
        counted: What counts, in the order of the walk.
        groups: How each group stands, in the order of the walk.
        units: What became of each unit: those of the structure in order, then others
            that the learner has.
        taken: The units that the completion with the fewest credits takes.
        supplied: The credit that it takes from units that are not listed.
        needs: What is still needed, group by group.
        conflicts: Why nothing on offer can complete it, in words.
        report: What was found wrong with the achievements and with the structure.
        needed_if_held: Where a requirement beside credit is lacking, the fewest credits
            that are needed once it holds; else as `credits_needed`.
        proven: Whether no counting is better; only with a budget it may not be known.
        least_needed: When that is not known: fewer credits are certainly not enough.
    """

    structure: Structure = attrs.field(repr=False)
    as_of: dt.date | None
    maximum: str
    is_met: bool
    credit: int
    credit_at_level: int | None
    credit_above_level: int | None
    credits_needed: int | None
    credits_towards: int | None
    counted: tuple[Counted, ...] = attrs.field(repr=False)
    groups: tuple[GroupResult, ...] = attrs.field(repr=False)
    units: tuple[UnitResult, ...] = attrs.field(repr=False)
    taken: tuple[Taken, ...] = attrs.field(repr=False)
    supplied: tuple[Supplied, ...] = attrs.field(repr=False)
    needs: tuple[Need, ...] = attrs.field(default=(), repr=False)
    conflicts: tuple[str, ...] = ()
    report: Report = attrs.field(factory=Report, repr=False)
    needed_if_held: int | None = None
    proven: bool = True
    least_needed: int | None = None

    def to_text(self, *, title: str | None = None) -> str:
        """Return the evaluation as a screen of text: what is needed first.

        Args:
            title: The heading; the structure's name when not given.

        Returns:
            Lines that end in a line feed. All words of ours are in ASCII; names and
            titles of the structure stay as they are, without what a terminal would
            take for a command.

        Source: ours.
        """
        from ulnlib.rules.combination.showing import to_text

        return to_text(self, title=title)

    def to_html(self, *, title: str | None = None) -> str:
        """Return the evaluation as one page that a tutor can show to a learner.

        Args:
            title: The heading; the structure's name when not given.

        Returns:
            A whole document without scripts that asks for nothing from outside. To
            write it to a file, encode it as UTF-8.

        Source: ours.
        """
        from ulnlib.rules.combination.page import to_html

        return to_html(self, title=title)

    def to_dict(self) -> dict[str, object]:
        """Return the evaluation as plain values, for JSON.

        Returns:
            An object of the form `roc-check.schema.json`. What somebody has achieved is
            personal: keep it as such.

        Source: ours.
        """
        from ulnlib.rules.combination.plain import to_dict

        return to_dict(self)

    def to_service(
        self, qualification: Qualification | None = None
    ) -> dict[str, object]:
        """Return the evaluation in the shape that the service's own query had.

        Args:
            qualification: The qualification of which the structure is, for its number,
                title and dates.

        Returns:
            A RocQueryResult: its members by the service's names, in the order of its
            schema. None is what is not known.

        Source: web-service schemas of release 9, type RocQueryResult (observed: names
            and order; what they mean is assumed).
        """
        from ulnlib.rules.combination.service import to_service

        return to_service(self, qualification)

    def to_service_xml(self, qualification: Qualification | None = None) -> str:
        """Return the same as XML, without what is not known.

        Args:
            qualification: The qualification of which the structure is.

        Source: web-service schemas of release 9, type RocQueryResult (observed).
        """
        from ulnlib.rules.combination.service import to_service_xml

        return to_service_xml(self, qualification)
