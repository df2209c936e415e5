"""What an oracle of the rules of combination says, and what it is compared by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A counted unit.

    Attributes:
        place: The group's place in pre-order, the root being 0.
        group: The group's name.
        listed: The reference that the list has, None where the list does not have it.
        unit: The achieved reference, None for an exemption by amount.
        credit: What it counts for.
    """

    place: int
    group: str
    listed: str | None
    unit: str | None
    credit: int


@dataclass(frozen=True)
class Answer:
    """The best counting, and what is needed beside it.

    Attributes:
        met: Whether the qualification is met.
        credits_needed: The least credit of a completion, None where there is none.
        credits_towards: The total without them, None where there is no completion.
        credit: The counted credit.
        credit_at_level: The part of it that is at or above the level.
        counting: The counted units, in the order of the walk.
    """

    met: bool
    credits_needed: int | None
    credits_towards: int | None
    credit: int
    credit_at_level: int
    counting: tuple[Entry, ...]

    def comparable(self):
        """Return what `comparable` of an evaluation gives, if both agree."""
        return {
            "met": self.met,
            "credits_needed": self.credits_needed,
            "credits_towards": self.credits_towards,
            "credit": self.credit,
            "credit_at_level": self.credit_at_level,
            "counted": [
                (entry.group, entry.unit or "", entry.listed or "", entry.credit)
                for entry in self.counting
            ],
        }


def comparable(evaluation):
    """Return what an evaluation of the library is compared by."""
    return {
        "met": evaluation.is_met,
        "credits_needed": evaluation.credits_needed,
        "credits_towards": evaluation.credits_towards,
        "credit": evaluation.credit,
        "credit_at_level": evaluation.credit_at_level or 0,
        "counted": [
            (one.group, one.unit, one.stands_for, one.credit)
            for one in evaluation.counted
        ],
    }
