"""How a search compares, and what it lets through."""

from __future__ import annotations

__all__ = ["Policy", "default_policy"]

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from math import floor as floor_of
from math import log2
from operator import attrgetter

import attrs

from ulnlib.matching.findings import Finding
from ulnlib.matching.levels import COMPARED, levels_of
from ulnlib.matching.tolerances import TOLERANCES, Tolerance
from ulnlib.matching.weights import Weights, default_weights

_FLOOR = 0.1


def _set(tolerances: Iterable[Tolerance | str]) -> frozenset[Tolerance]:
    if isinstance(tolerances, str):
        raise TypeError("give several tolerances, not one text")
    return frozenset(Tolerance(one) for one in tolerances)


@attrs.frozen(kw_only=True)
class Policy:
    """How a search compares, and what it lets through.

    Attributes:
        tolerances: The tolerances that are on; all of them by default.
        floor: The lowest probability of a candidate.
        strict: Whether an exact match that something speaks against is only possible.
        narrow: Whether to go by what is known of the real service alone: four of the
            five key demographics equal, or the names changed over.
        ignores_marks: Whether names that differ in accents, hyphens, apostrophes and
            spaces alone count as equal. They do not by default: only case and spaces
            are folded, as far as the service is known (assumed).
        names_too_many: Whether candidates are named even when there are more than
            ten; the service does not, so that nobody can trawl.
        weights: What agreement weighs.
    """

    tolerances: frozenset[Tolerance] = attrs.field(default=TOLERANCES, converter=_set)
    floor: float = attrs.field(default=_FLOOR)
    strict: bool = False
    narrow: bool = False
    ignores_marks: bool = False
    names_too_many: bool = False
    weights: Weights = attrs.field(factory=default_weights)

    @floor.validator
    def _is_probability(self, _: object, floor: float) -> None:
        if not 0 <= floor <= 1:
            raise ValueError("the floor is a probability, from 0 to 1")

    @cached_property
    def allowed(self) -> Mapping[str, Mapping[str, Finding]]:
        """What each level weighs that the tolerances allow, by field and level.

        A level of a name weighs by the name as well.
        """
        on, by_level = self.tolerances, self.weights.by_level
        return {
            field: {
                name: Finding(level, by_level[field][name])
                for name, level in levels_of(field).items()
                if level.tolerance is None or level.tolerance in on
            }
            for field in COMPARED
        }

    def strongest(self, field: str, found: tuple[str, ...]) -> Finding:
        """Return the strongest of some levels that the tolerances allow.

        Args:
            field: What is compared, no name.
            found: Names of levels that apply.
        """
        told = self._told.get((field, found))
        if told is None:
            allowed = self.allowed[field]
            several = [allowed[name] for name in found if name in allowed]
            told = max(several or [allowed["other"]], key=attrgetter("weight"))
            self._told[field, found] = told
        return told

    @cached_property
    def _told(self) -> dict[tuple[str, tuple[str, ...]], Finding]:
        """What was worked out before: there are few combinations of levels."""
        return {}

    @cached_property
    def least_weight(self) -> int | None:
        """The weight below which no probability reaches the floor; None for no floor.

        Hundredths of a bit, rounded down.
        """
        if not 0 < self.floor < 1:
            return None
        return floor_of(100 * log2(self.floor / (1 - self.floor)))


@cache
def default_policy() -> Policy:
    """Return the policy of a search that is given none."""
    return Policy()
