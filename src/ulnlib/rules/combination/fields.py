"""Vectors of sums, each one whole number with a field of bits for every sum.

One addition adds all sums of two vectors. Above each field stands a spare bit, its
guard: a sum that starts at the right number sets it when it passes a bound.
"""

from __future__ import annotations

__all__ = ["Field", "Fields"]

from collections import Counter
from collections.abc import Sequence

import attrs

from ulnlib.rules.combination.checking import Watched
from ulnlib.rules.combination.problem import Problem


@attrs.frozen(kw_only=True)
class Field:
    """Some bits of a vector, and the guard above them.

    Attributes:
        at: The place of the lowest bit.
        width: How many bits.
        most: The greatest sum that they hold.
        mask: The bits.
        guard: The guard.
    """

    at: int
    width: int
    most: int
    mask: int
    guard: int

    @classmethod
    def of_size(cls, at: int, most: int) -> Field:
        """Return a field that holds sums of two numbers up to `most`."""
        width = most.bit_length() + 1
        full = (1 << width) - 1
        return cls(
            at=at, width=width, most=full, mask=full << at, guard=1 << at + width
        )

    def of(self, vector: int) -> int:
        """Return the sum that a vector has in the field."""
        return vector >> self.at & self.most

    def bias(self, most: int) -> int:
        """Return what to begin with: more than `most` sets the guard then."""
        return self.most - most << self.at


class Fields:
    """The fields of a problem's vectors.

    Args:
        problem: The problem.
        kept: The items of which a choice is made, by index.
        watched: The limits of credit and the minimums that have fields.
        most_supply: The credits that an open node supplies at most.
        is_priced: Whether limits have prices.

    Attributes:
        parts: Own items and achieved children of a node.
        used: Own items and used children of a node.
        capped: Credit under a limit of credit that may be passed, by its number.
        measures: Credit of each measure that a minimum asks for.
        own_credit: In a capped problem credit of what is there, where it is not all.
        own_level: In a capped problem level credit of what is there.
        own: These two, as far as there are.
        mark: In a capped problem whether anything counts, where credit does not tell.
        total: Credit that counts towards the total, where limits have prices.
        credit: All credit; the highest field.
        guards: All guards.
    """

    def __init__(  # what decides how large sums can be
        self,
        problem: Problem,
        kept: Sequence[int],
        watched: Watched,
        most_supply: int,
        *,
        is_priced: bool,
    ) -> None:
        self._at = 0
        self.own_credit: Field | None
        self.own_level: Field | None
        self.mark: Field | None
        items, nodes = problem.items, problem.nodes
        at_node = Counter([items[index].node for index in kept])
        many = max([*at_node.values(), 0]) + most_supply
        many += max([len(node.children) for node in nodes])
        self.parts, self.used = self._next(many), self._next(many)
        opens = sum([node.is_open for node in nodes])
        total = sum([items[index].credit for index in kept]) + most_supply * opens
        self.capped: dict[int, Field] = {}
        for number, limit in enumerate(problem.limits):
            if number in watched.limits:
                reach = sum([items[n].credit for n in limit.items.intersection(kept)])
                if reach + most_supply * len(limit.open_nodes) > limit.most:
                    self.capped[number] = self._next(max(total, limit.most))
        asked = {measure for _, measure in watched.minimums}
        self.measures = {measure: self._next(total) for measure in sorted(asked)}
        self.own_credit = self.own_level = self.mark = None
        if problem.is_capped:
            if any(items[index].is_added for index in kept) or most_supply:
                self.own_credit = self._next(total)
            if problem.level is not None:
                self.own_level = self._next(total)
            if any(node.max_credit == 0 for node in nodes):
                self.mark = self._next(len(kept) + many)
        several = (self.own_level, self.own_credit)
        self.own = tuple([field for field in several if field is not None])
        self.total = self._next(total) if is_priced else None
        self.credit = self._next(total)
        every = [self.parts, self.used, *self.capped.values(), *self.measures.values()]
        every += [*self.own, self.credit]
        every += [field for field in (self.mark, self.total) if field is not None]
        self.guards = sum([field.guard for field in every])

    def _next(self, most: int) -> Field:
        field = Field.of_size(self._at, most)
        self._at += field.width + 1
        return field
