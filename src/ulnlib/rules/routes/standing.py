"""How far a learner is with one qualification: the only place that evaluates.

`ulnlib.rules.combination` is loaded here, at the first evaluation, and nowhere else in
this package.
"""

from __future__ import annotations

__all__ = ["Later", "Standing", "prepare", "standing_of"]

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import attrs

from ulnlib.qualifications import Achievement, Structure, compact_reference

if TYPE_CHECKING:
    from ulnlib.rules.combination.prepared import Prepared


@attrs.frozen(kw_only=True)
class Standing:
    """What an evaluation says of one qualification, as far as routes need it.

    Attributes:
        is_met: Whether everything that it asks for is there.
        credits_needed: The least credit that completes it; None when nothing does.
        credits_towards: Its total less what is needed; None when nothing completes it.
        credit: The credits that count.
        counted: References of the units that count, what-if units among them.
        completed_unit_count: How many of them the learner has.
        is_proven: Whether that is the best counting, and not only the best found.

    Source: ours, see `ulnlib.rules.combination`.
    """

    is_met: bool = False
    credits_needed: int | None = None
    credits_towards: int | None = None
    credit: int = 0
    counted: tuple[str, ...] = ()
    completed_unit_count: int = 0
    is_proven: bool = True


class Later:
    """A standing that is worked out when somebody asks for it.

    Most qualifications of a catalogue have nothing to do with a learner, and most of
    these are never looked at. It is equal to the standing that it comes to.

    Args:
        make: Works it out.
        place: Of which qualification of the catalogue.
        as_of: The day of the evaluation.
        facts: Names of requirements that hold.
    """

    __slots__ = ("_as_of", "_facts", "_made", "_make", "_place")

    def __init__(
        self,
        make: Callable[[int, dt.date | None, tuple[str, ...]], Standing],
        place: int,
        as_of: dt.date | None,
        facts: tuple[str, ...],
    ) -> None:
        self._make = make
        self._place = place
        self._as_of = as_of
        self._facts = facts
        self._made: Standing | None = None

    def get(self) -> Standing:
        """Return the standing."""
        if self._made is None:
            self._made = self._make(self._place, self._as_of, self._facts)
        return self._made

    def __eq__(self, other: object) -> bool:
        return self.get() == (other.get() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self.get())

    def __reduce__(self) -> tuple[object, ...]:
        # The catalogue does not travel with a route.
        return attrs.evolve, (self.get(),)


def prepare(structure: Structure) -> Prepared:
    """Return a structure made ready for many evaluations.

    Source: ours, see `ulnlib.rules.combination.prepare`.
    """
    from ulnlib.rules import combination

    return combination.prepare(structure)


def standing_of(
    prepared: Prepared,
    achievements: Iterable[Achievement] = (),
    *,
    as_of: dt.date | None,
    what_if: Iterable[str] = (),
    facts: Iterable[str] = (),
) -> Standing:
    """Evaluate one qualification.

    Args:
        prepared: What `prepare` made of its structure.
        achievements: What the learner has.
        as_of: The day of the evaluation.
        what_if: References of units to count as if the learner had them.
        facts: Names of requirements beside credit that hold, here or elsewhere.

    Source: ours, see `ulnlib.rules.combination.evaluate`.
    """
    from ulnlib.rules import combination

    achievements = tuple(achievements)
    # Dated, so that they count too where a group asks how old an achievement is.
    supposed = [Achievement(reference, date=as_of) for reference in what_if]
    # They are given for a whole catalogue; those of other structures say nothing here.
    names = {one.name for one in prepared.structure.requirements}
    found = combination.evaluate(
        prepared,
        achievements,
        as_of=as_of,
        what_if=supposed,
        facts=tuple([one for one in facts if one in names]),
    )
    had = {compact_reference(one.unit) for one in achievements}
    # An exemption from so much credit names no unit.
    counted = [one.unit for one in found.counted if one.unit]
    return Standing(
        is_met=found.is_met,
        credits_needed=found.credits_needed,
        credits_towards=found.credits_towards,
        credit=found.credit,
        counted=tuple(counted),
        completed_unit_count=sum(one in had for one in counted),
        is_proven=found.proven,
    )
