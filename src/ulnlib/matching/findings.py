"""What a comparison of two records finds: levels, their weights, a probability."""

from __future__ import annotations

__all__ = ["Comparison", "Finding", "not_given"]

from functools import cache
from math import log2
from typing import NamedTuple

import attrs

from ulnlib.matching.levels import Level, levels_of
from ulnlib.matching.person import Person
from ulnlib.matching.tolerances import Tolerance
from ulnlib.matching.weights import probability_of


class Finding(NamedTuple):
    """How far one field agrees, and what that weighs in hundredths of a bit."""

    level: Level
    weight: int


@attrs.frozen(kw_only=True, repr=False)
class Comparison:
    """Two records compared.

    Attributes:
        findings: One of each of the five key demographics, in order, and of each
            refiner that both have.
        weight: The sum of the findings, the overlap and the prior, in hundredths of a
            bit.
        probability: The probability that both are one person.
        is_equal: Whether all five key demographics are equal.
        overlap: What is taken off because both names are rare, 0 or less: rare names
            go together.
        asked: What was asked.
        held: What it was compared with.
    """

    findings: tuple[Finding, ...]
    weight: int
    probability: float
    is_equal: bool
    overlap: int = 0
    # What was compared makes no difference between two results that say the same.
    asked: Person = attrs.field(eq=False)
    held: Person = attrs.field(eq=False)

    def level(self, field: str) -> Level | None:
        """Return the level of a field; None for a refiner that was not compared."""
        return next((f.level for f in self.findings if f.level.field == field), None)

    @property
    def standing(self) -> int:
        """The weight, no more than the probability comes to under its ceiling."""
        probability = self.probability
        if probability == probability_of(self.weight):
            return self.weight
        return round(100 * log2(probability / (1 - probability)))

    @property
    def tolerances(self) -> tuple[Tolerance, ...]:
        """What differs, in the order of the fields; nothing when all five are equal."""
        if self.is_equal:
            return ()
        found = dict.fromkeys(
            one
            for finding in self.findings
            if (one := _tolerance(finding.level)) is not None
        )
        return tuple(found)

    def __repr__(self) -> str:
        return f"Comparison(weight={self.weight}, tolerances={len(self.tolerances)})"


_UNEXPLAINED = {
    name: Tolerance(name)
    for name in ("given_name", "family_name", "date_of_birth", "gender", "postcode")
}


def _tolerance(level: Level) -> Tolerance | None:
    """Return what a level says that differs, None for an equal field or a refiner."""
    if level.tolerance is not None or level.name.startswith("equal"):
        return level.tolerance
    return _UNEXPLAINED.get(level.field)


@cache
def not_given(field: str) -> Finding:
    """Return the finding of a field that one of the two does not have."""
    return Finding(levels_of(field)["not_given"], 0)
