"""What is needed to build the table of each node, worked out once for all states.

Which items stand at a node, from which sum on a bound is passed, how much of a sum is
enough for the nodes above, which sums tell anything: none of it depends on what a
search decides.
"""

from __future__ import annotations

__all__ = ["Plan", "Planner", "asked_of"]

from collections import Counter
from collections.abc import Mapping, Sequence

import attrs

from ulnlib.rules.combination.checking import Watched
from ulnlib.rules.combination.fields import Field, Fields
from ulnlib.rules.combination.problem import Node, Problem


@attrs.frozen(kw_only=True)
class Plan:
    """What building the table of a node needs; every number comes from the problem."""

    number: int
    node: Node
    there: list[int]
    added: list[int]
    below: int  # items at the node and below, as bits
    prices: int  # limits that have prices and such items, as bits
    bias: int
    guard: int
    cap_bias: int  # added to a vector, it sets a guard of these where a sum is over
    cap_guard: int  # what the node counts for at most
    minimums: list[tuple[Field, int]]
    dropped: int  # fields that nobody above asks for
    enough: list[tuple[Field, int]]  # of which more than so much helps nobody above
    worst: int  # no score of the node's table is lower
    is_free: bool  # whether nothing at the node or above restricts
    is_rising: bool  # whether more credit is never worse above
    flipped: int  # fields of which less is better
    inside: int  # how many fields beside credit tell while the table is made
    outside: int  # and how many when it is done


class Planner:
    """Makes the plans of a problem's nodes.

    Args:
        problem: The problem.
        fields: The fields of its vectors.
        watched: The minimums of measures that the tables keep.
    """

    def __init__(self, problem: Problem, fields: Fields, watched: Watched) -> None:
        self._problem, self._fields, self._watched = problem, fields, watched
        self._asked = asked_of(problem, watched)
        self._sums = (fields.credit, *fields.measures.values(), *fields.own)

    def plans(
        self, kept: Sequence[int], priced: Mapping[int, int], worst: Sequence[int]
    ) -> list[Plan]:
        """Return the plan of each node.

        Args:
            kept: The items of which a choice is made, by index.
            priced: The limits with prices that hold an item, as bits, by its index.
            worst: No score of a node's table is lower, by the node's number.
        """
        problem = self._problem
        there: list[list[int]] = [[] for _ in problem.nodes]
        added: list[list[int]] = [[] for _ in problem.nodes]
        below, prices = [0] * len(there), [0] * len(there)
        for index in kept:
            item = problem.items[index]
            (added if item.is_added else there)[item.node].append(index)
            below[item.node] |= 1 << index
            prices[item.node] |= priced.get(index, 0)
        for number in range(len(there) - 1, 0, -1):
            above = problem.nodes[number].parent
            below[above] |= below[number]
            prices[above] |= prices[number]
        plans: list[Plan] = []
        for number, node in enumerate(problem.nodes):
            above_plan = None if node.parent < 0 else plans[node.parent]
            plans.append(
                self._plan(
                    number,
                    plans,
                    above_plan,
                    there=there[number],
                    added=added[number],
                    below=below[number],
                    prices=prices[number],
                    worst=worst[number],
                )
            )
        return plans

    def _plan(  # noqa: PLR0913  # what a plan holds of the items
        self,
        number: int,
        plans: list[Plan],
        above: Plan | None,
        *,
        there: list[int],
        added: list[int],
        below: int,
        prices: int,
        worst: int,
    ) -> Plan:
        problem, fields = self._problem, self._fields
        node = problem.nodes[number]
        asked_above: frozenset[int] = (
            frozenset() if above is None else self._asked[node.parent]
        )
        bias, guard = self._bounds(node)
        most = node.max_credit
        capped = [
            (field, most)
            for field in self._sums
            if problem.is_capped and most is not None and most <= field.most
        ]
        dropped = fields.parts.mask | fields.used.mask
        for measure, field in fields.measures.items():
            if measure not in asked_above:
                dropped |= field.mask
        flipped = fields.used.mask if guard & fields.used.guard else 0
        flipped |= sum([field.mask for field in fields.capped.values()])
        outside = len(fields.capped) + len(fields.own) + len(asked_above)
        outside += (fields.total is not None) + (fields.mark is not None)
        inside = outside + len(self._asked[number] - asked_above)
        inside += bool(node.min_parts) + (node.max_parts is not None)
        is_free = not guard and not problem.is_capped
        is_rising = True
        if above is not None:
            is_free = is_free and above.is_free
            is_rising = above.is_rising and not above.guard & fields.credit.guard
        return Plan(
            number=number,
            node=node,
            there=there,
            added=added,
            below=below,
            prices=prices,
            bias=bias,
            guard=guard,
            cap_bias=sum([field.bias(most) for field, most in capped]),
            cap_guard=sum([field.guard for field, _ in capped]),
            minimums=self._minimums(number, node),
            dropped=dropped,
            enough=self._enough(plans, above, asked_above, is_rising=is_rising),
            worst=worst,
            is_free=is_free,
            is_rising=is_rising,
            flipped=flipped,
            inside=inside,
            outside=outside,
        )

    def _bounds(self, node: Node) -> tuple[int, int]:
        """Return what vectors of a node begin with, and the guards that must not be."""
        fields, bias, guard = self._fields, 0, 0
        bounds = [
            (field, self._problem.limits[number].most)
            for number, field in fields.capped.items()
        ]
        if node.max_credit is not None and not self._problem.is_capped:
            bounds.append((fields.credit, node.max_credit))
        if node.max_parts is not None:
            bounds.append((fields.used, node.max_parts))
        for field, most in bounds:
            if most <= field.most:
                bias += field.bias(most)
                guard |= field.guard
        return bias, guard

    def _minimums(self, number: int, node: Node) -> list[tuple[Field, int]]:
        fields = self._fields
        found = [
            (fields.measures[measure], least)
            for measure, least in node.minimums
            if (number, measure) in self._watched.minimums
        ]
        if node.min_credit > 0:
            found.append((fields.credit, node.min_credit))
            if node.parent < 0 and fields.total is not None:
                found.append((fields.total, node.min_credit))
        if node.min_parts > 0:
            found.append((fields.parts, node.min_parts))
        return found

    def _enough(
        self,
        plans: list[Plan],
        above: Plan | None,
        asked: frozenset[int],
        *,
        is_rising: bool,
    ) -> list[tuple[Field, int]]:
        """Return of which fields so much is enough for all nodes above."""
        fields, root = self._fields, self._problem.nodes[0]
        if above is None:
            return []
        most: Counter[int] = Counter()
        # One at least, or else a node that is used looks like one that is not.
        credit = 1
        plan: Plan | None = above
        while plan is not None:
            credit = max(credit, plan.node.min_credit)
            for measure, least in plan.node.minimums:
                if (plan.number, measure) in self._watched.minimums:
                    most[measure] = max(most[measure], least)
            plan = None if plan.node.parent < 0 else plans[plan.node.parent]
        found = [(fields.measures[measure], most[measure]) for measure in asked]
        if fields.total is not None:
            found.append((fields.total, root.min_credit))
        if fields.mark is not None:
            found.append((fields.mark, 1))
        if is_rising and not self._problem.is_capped:
            found.append((fields.credit, credit))
        return found


def asked_of(problem: Problem, watched: Watched) -> list[frozenset[int]]:
    """Return the measures of watched minimums of each node or above."""
    asked: list[frozenset[int]] = []
    for number, node in enumerate(problem.nodes):
        own = frozenset(
            [m for m, _ in node.minimums if (number, m) in watched.minimums]
        )
        asked.append(own if node.parent < 0 else own | asked[node.parent])
    return asked
