"""An evaluation in words, as plain values: what its screen and its page both show."""

from __future__ import annotations

__all__ = [
    "ASSUMED",
    "HOW",
    "Amount",
    "Finding",
    "GroupLine",
    "Mark",
    "NeedLine",
    "Outline",
    "RuleLine",
    "State",
    "StepLine",
    "UnitLine",
    "count_of",
    "credits_of",
    "unit_of",
]

from enum import StrEnum
from types import MappingProxyType

import attrs

from ulnlib.qualifications import Kind

ASSUMED = (
    (
        "Credits towards the qualification are its total less the fewest credits that "
        "complete it: no document says how the service counted them."
    ),
    (
        "Where units could count in several ways, the way shown is the one with the "
        "fewest credits still needed, then the most credit: that order is ours."
    ),
    (
        "What a maximum does, what makes a group complete, and when the service called "
        "a decision taken, are our reading of published rules."
    ),
)
"""What in every evaluation rests on an assumed meaning.

Source: ours (assumed).
"""

HOW = MappingProxyType(
    {
        Kind.ACHIEVED: "by achieving it",
        Kind.TRANSFER: "by credit transfer",
        Kind.EXEMPTION: "by exemption",
        Kind.RPL: "by recognition of prior learning",
    }
)
"""How somebody came to have a unit, in words.

Source: ours.
"""


class State(StrEnum):
    """How a group stands, in a word for people."""

    COMPLETE = "complete"
    NEEDED = "still needed"
    BEGUN = "begun"
    OPEN = "not begun"
    UNNEEDED = "not needed"


class Mark(StrEnum):
    """What became of a unit in a group, in a word for people."""

    COUNTS = "counts"
    NOT_COUNTED = "does not count"
    ELSEWHERE = "counts elsewhere"
    NOT_TAKEN = "not achieved"


@attrs.frozen(kw_only=True)
class Amount:
    """So much of something against what is asked and allowed.

    Attributes:
        label: What of.
        counted: How much there is.
        supposed: How much of it is only in thought.
        least: What is asked, 0 for nothing.
        most: What is allowed, None for no limit.
    """

    label: str
    counted: int
    supposed: int = 0
    least: int = 0
    most: int | None = None

    @property
    def words(self) -> str:
        """For example `9 of 13 to 20 credits`, `4 of at most 6 credits`."""
        if self.least and self.most == self.least:
            asked = f" of {credits_of(self.least)}"
        elif self.least and self.most is not None:
            asked = f" of {self.least} to {credits_of(self.most)}"
        elif self.least:
            asked = f" of at least {credits_of(self.least)}"
        elif self.most is not None:
            asked = f" of at most {credits_of(self.most)}"
        else:
            return credits_of(self.counted)
        return f"{self.counted}{asked}"


@attrs.frozen(kw_only=True)
class UnitLine:
    """One unit in a group.

    Attributes:
        reference: Its reference; empty for an exemption by amount.
        title: What it is called.
        credit: Its credits, None when they are not known.
        level: Its level in words.
        mark: What became of it.
        notes: Why, and what else there is to say.
        is_what_if: Whether it is there only in thought.
    """

    reference: str
    title: str
    credit: int | None
    level: str
    mark: Mark
    notes: tuple[str, ...] = ()
    is_what_if: bool = False


@attrs.frozen(kw_only=True)
class GroupLine:
    """One group with its units.

    Attributes:
        name: What it is called.
        depth: How far in it stands, 0 for the outermost.
        state: How it stands.
        is_mandatory: Whether the group above needs it; false of the root.
        bounds: What it asks and allows, in words.
        credit: Its credit against its bounds.
        facts: What else is counted, in words.
        units: Its units in order, other credit at the end.
        description: The publisher's words.
    """

    name: str
    depth: int
    state: State
    is_mandatory: bool
    bounds: tuple[str, ...]
    credit: Amount
    facts: tuple[str, ...]
    units: tuple[UnitLine, ...]
    description: str


@attrs.frozen(kw_only=True)
class NeedLine:
    """One thing that is still needed.

    Attributes:
        text: It in words.
        below: What it consists of.
    """

    text: str
    below: tuple[NeedLine, ...] = ()


@attrs.frozen(kw_only=True)
class StepLine:
    """What an example completion takes in one group.

    Attributes:
        group: The name of the group.
        takes: What of it, in words.
    """

    group: str
    takes: tuple[str, ...]


@attrs.frozen(kw_only=True)
class RuleLine:
    """A rule that lies across the groups.

    Attributes:
        text: It in words.
        holds: Whether it holds, None where it only restricts.
    """

    text: str
    holds: bool | None = None


@attrs.frozen(kw_only=True)
class Finding:
    """What was found wrong.

    Attributes:
        severity: How bad it is.
        where: What it is about.
        text: What is wrong.
        remedy: What to do.
    """

    severity: str
    where: str
    text: str
    remedy: str


@attrs.frozen(kw_only=True)
class Outline:
    """An evaluation in words.

    Attributes:
        title: The name of the structure.
        subtitle: Reference, level and size.
        day: The day of the evaluation in words, empty for none.
        verdict: In a word or two.
        sentence: The same with figures.
        is_met: Whether the qualification is met.
        needs: What is still needed.
        conflicts: Why it cannot be completed.
        least: The fewest credits that complete it, in words.
        steps: An example of these.
        amounts: The credit of the whole.
        towards: The credits towards, None when they are not known.
        groups: The groups, in the order of the walk; without the root where all that
            there is to say of it is said of the whole.
        others: Achieved units that no group lists or took.
        rules: What lies across the groups.
        findings: What was found wrong.
        notes: What else there is to know of this evaluation.
    """

    title: str
    subtitle: str
    day: str
    verdict: str
    sentence: str
    is_met: bool
    needs: tuple[NeedLine, ...]
    conflicts: tuple[str, ...]
    least: str
    steps: tuple[StepLine, ...]
    amounts: tuple[Amount, ...]
    towards: int | None
    groups: tuple[GroupLine, ...]
    others: tuple[UnitLine, ...]
    rules: tuple[RuleLine, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    @property
    def conflict_heading(self) -> str:
        """What stands above the conflicts."""
        if len(self.conflicts) == 1:
            return "What stands in the way: nothing on offer can give this"
        return "What stands in the way: these cannot all hold together"


def credits_of(number: int) -> str:
    """Return a number of credits in words."""
    return count_of(number, "credit")


def count_of(number: int, noun: str) -> str:
    """Return a number of things in words."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def unit_of(reference: str, title: str = "") -> str:
    """Return a unit in words, also one without a reference."""
    if reference:
        return f"Unit {reference}, {title}" if title else f"Unit {reference}"
    return f"Unit {title}" if title else "A unit without a reference"
