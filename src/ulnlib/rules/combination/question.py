"""A learner and a structure put as a question that the search can answer."""

from __future__ import annotations

__all__ = ["Ground", "Question", "most_of", "question_of"]

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import attrs

from ulnlib.qualifications import Cap, Structure, compact_reference
from ulnlib.rules.combination.claims import Claim, Claims, Offer
from ulnlib.rules.combination.evaluation import Why
from ulnlib.rules.combination.open_levels import (
    HIGHEST,
    cap_places,
    is_level_under,
    open_ranks,
)
from ulnlib.rules.combination.prepared import Place, Prepared, rank_of
from ulnlib.rules.combination.problem import Item, Limit, Node, Problem

HOURS = 10
"""Hours of learning that a credit stands for, where a unit's hours are not known.

Source: Qualifications and Credit Framework: one credit is ten hours (published).
"""


@attrs.frozen
class Ground:
    """Why a limit is there.

    Attributes:
        why: The reason that it gives.
        name: What it is called, for people.
    """

    why: Why
    name: str = ""


@attrs.frozen(kw_only=True)
class Question:
    """A problem, and what its items are.

    Attributes:
        problem: The problem; its nodes are the groups in the order of the walk.
        claims: What its first items are.
        offers: What its other items are.
        grounds: What each of its limits is.
    """

    problem: Problem
    claims: Sequence[Claim]
    offers: Sequence[Offer]
    grounds: Sequence[Ground]


def question_of(  # noqa: PLR0913  # what is asked, and how
    prepared: Prepared,
    claims: Claims,
    offers: Sequence[Offer],
    *,
    is_capped: bool,
    can_be_whole: bool,
    by_hours: bool = False,
) -> Question:
    """Put a learner and a structure as a question.

    Args:
        prepared: The structure.
        claims: What may count.
        offers: What is on offer.
        is_capped: Whether groups that hold more than their maximum count for it.
        can_be_whole: Whether the requirements beside credit hold.
        by_hours: Whether what is added costs its hours; its credits otherwise.
    """
    measures, ranks = _Measures(prepared), open_ranks(prepared)
    units: dict[str, int] = {}
    items: list[Item] = []
    names: list[tuple[str, ...]] = []
    for claim in claims.there:
        items.append(
            Item(
                node=claim.place,
                unit=units.setdefault(claim.key, len(units)),
                credit=claim.credit,
                measures=measures.of(prepared.places[claim.place], claim.rank),
            )
        )
        names.append(claim.names)
    for offer in offers:
        listed = offer.listed
        cost = listed.credit
        if by_hours:
            hours = listed.unit.hours
            cost = max(hours, 1) if hours is not None else HOURS * listed.credit
        items.append(
            Item(
                node=offer.place,
                unit=units.setdefault(listed.key, len(units)),
                credit=listed.credit,
                measures=measures.of(prepared.places[offer.place], listed.rank),
                is_added=True,
                cost=cost,
            )
        )
        names.append((listed.key,))
    limits = _Limits(prepared, claims.there, offers, names, ranks)
    problem = Problem(
        nodes=[_node(place, measures, prepared, ranks) for place in prepared.places],
        items=items,
        limits=limits.limits,
        level=measures.level,
        is_capped=is_capped,
        can_be_whole=can_be_whole and measures.is_sound,
        open_cost=HOURS if by_hours else 1,
    )
    return Question(
        problem=problem,
        claims=claims.there,
        offers=offers,
        grounds=limits.grounds,
    )


class _Measures:
    """The measures: one of the structure's level, one of each level within groups."""

    def __init__(self, prepared: Prepared) -> None:
        structure = prepared.structure
        self._rank = rank_of(structure.level)
        self.level = 0 if self._rank >= 0 else None
        # A level minimum without a level cannot hold.
        self.is_sound = self.level is not None or not structure.min_credit_at_level
        ranks = {
            rank_of(place.group.level_minimum.level)
            for place in prepared.places
            if place.group.level_minimum is not None
        }
        self._inner = {rank: 1 + n for n, rank in enumerate(sorted(ranks))}

    def of(self, place: Place, rank: int) -> frozenset[int]:
        """Return the measures in which credit of a rank counts at a place."""
        found = {number for least, number in self._inner.items() if 0 <= least <= rank}
        if self.level is not None and rank >= self._rank and not place.is_outside:
            found.add(self.level)
        return frozenset(found)

    def minimum(self, place: Place) -> tuple[tuple[int, int], ...]:
        """Return the level minimum of a place."""
        minimum = place.group.level_minimum
        if minimum is None or minimum.credit <= 0:
            return ()
        return ((self._inner[rank_of(minimum.level)], minimum.credit),)


def _node(
    place: Place, measures: _Measures, prepared: Prepared, ranks: Mapping[int, int]
) -> Node:
    group, structure = place.group, prepared.structure
    min_credit, minimums = group.min_credit or 0, measures.minimum(place)
    if place.parent < 0:
        min_credit = max(min_credit, structure.total or 0)
        if measures.level is not None and structure.min_credit_at_level:
            minimums += ((measures.level, structure.min_credit_at_level),)
    return Node(
        parent=place.parent,
        children=place.children,
        is_mandatory=group.is_mandatory,
        min_credit=max(min_credit, 0),
        max_credit=_most(group.max_credit),
        min_parts=max(group.min_subcomponents or 0, 0),
        max_parts=_most(group.max_subcomponents),
        minimums=minimums,
        is_open=group.other is not None or not group.is_complete,
        open_measures=measures.of(place, ranks.get(place.number, HIGHEST)),
    )


def _most(bound: int | None) -> int | None:
    """Return a maximum; below nothing there is nothing."""
    return None if bound is None else max(bound, 0)


class _Limits:
    """What lies across the tree: units that are one, bars, sets and caps."""

    def __init__(
        self,
        prepared: Prepared,
        claims: Sequence[Claim],
        offers: Sequence[Offer],
        names: Sequence[tuple[str, ...]],
        ranks: Mapping[int, int],
    ) -> None:
        self.limits: list[Limit] = []
        self.grounds: list[Ground] = []
        self._of: dict[str, set[int]] = defaultdict(set)
        for index, several in enumerate(names):
            for name in several:
                self._of[name].add(index)
        own: dict[str, set[int]] = defaultdict(set)
        for index, several in enumerate(names):
            own[several[0]].add(index)
        for indices in own.values():
            self._add(Ground(Why.DUPLICATE), 1, indices)
        self._across(prepared.structure)
        for cap in prepared.structure.caps:
            self._cap(prepared, cap, claims, offers, ranks)

    def _across(self, structure: Structure) -> None:
        """Add what a structure says of units that do not count together."""
        for equivalent in structure.equivalents:
            self._set(Why.DUPLICATE, 1, (equivalent.unit, *equivalent.others))
        for bar in structure.bars:
            for target in bar.targets:
                if compact_reference(target) != compact_reference(bar.unit):
                    self._set(Why.BARRED, 1, (bar.unit, target))
        for at_most in structure.at_most:
            self._set(Why.SET_IS_FULL, at_most.count, at_most.units)

    def _set(self, why: Why, most: int, references: Collection[str]) -> None:
        indices: set[int] = set()
        for reference in references:
            indices |= self._of.get(compact_reference(reference), set())
        self._add(Ground(why), most, indices)

    def _add(self, ground: Ground, most: int, indices: set[int]) -> None:
        if len(indices) > most:
            self.limits.append(Limit(most=max(most, 0), items=frozenset(indices)))
            self.grounds.append(ground)

    def _cap(
        self,
        prepared: Prepared,
        cap: Cap,
        claims: Sequence[Claim],
        offers: Sequence[Offer],
        ranks: Mapping[int, int],
    ) -> None:
        most = most_of(cap, prepared.structure.total)
        if most is None:
            return
        places = cap_places(prepared, cap)
        indices = {
            n
            for n, claim in enumerate(claims)
            if claim.place in places
            and (not cap.kinds or claim.achievement.kind in cap.kinds)
            and _is_under(cap, claim.rank, is_imported=claim.is_imported)
        }
        open_nodes = {
            number
            for number in places
            if not cap.kinds
            and _is_under(cap, ranks.get(number, HIGHEST), is_imported=False)
        }
        if not cap.kinds:
            indices |= {
                len(claims) + n
                for n, offer in enumerate(offers)
                if offer.place in places
                and _is_under(
                    cap, offer.listed.rank, is_imported=offer.listed.unit.is_imported
                )
            }
        self.limits.append(
            Limit(
                most=most,
                items=frozenset(indices),
                of_credit=True,
                open_nodes=frozenset(open_nodes),
            )
        )
        self.grounds.append(Ground(Why.CAP, _name(cap, most)))


def _name(cap: Cap, most: int) -> str:
    """Return what to call a cap, behind the words "the cap"."""
    if cap.name:
        return f'"{cap.name}"'
    return f"of {most} {'credit' if most == 1 else 'credits'}"


def most_of(cap: Cap, total: int | None) -> int | None:
    """Return the credits that a cap allows, None when it has no bound."""
    bounds = [] if cap.credit is None else [cap.credit]
    if cap.percent is not None and total is not None:
        bounds.append(int(Fraction(cap.percent) * total // 100))
    return max(min(bounds), 0) if bounds else None


def _is_under(cap: Cap, rank: int, *, is_imported: bool) -> bool:
    return (is_imported or not cap.is_imported) and is_level_under(cap, rank)
