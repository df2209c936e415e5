"""Scores: one whole number that says how good a choice is, and which choice it is.

The parts of a score, highest first: what is added costs, credit, level credit, how many
items there are, a bit for each of them in their order, and then what only makes the
answer a fixed one: how much is added, of what, and which items there are once more. As
the parts of two items never meet, scores add up, of two scores the greater belongs to
the better choice, and the lowest bits say which choice it is.
"""

from __future__ import annotations

__all__ = ["Scoring"]

from collections.abc import Sequence

from ulnlib.rules.combination.problem import Problem

_ROOM = 16  # bits that prices may take up above the parts of a score


class Scoring:
    """The scores of the items of a problem.

    Args:
        problem: The problem.
        kept: The items of which a choice is made, by index.
        tied: Those of them that a limit holds; of things to add others are preferred,
            and all of them to what is not known.
        most_cost: What adding may cost at most.

    Attributes:
        of: The score of each item.
        unit: What a price has to be a multiple of, so that it hides no choice.
        per_cost: What a score loses for each credit of cost.
        per_credit: What a credit that is there adds.
        per_level: What a credit at the level adds. Where nodes are capped, scores leave
            these two out: only the root knows them.
    """

    def __init__(
        self, problem: Problem, kept: Sequence[int], tied: set[int], most_cost: int
    ) -> None:
        items = problem.items
        there = [index for index in kept if not items[index].is_added]
        added = [index for index in kept if items[index].is_added]
        supplying = [n for n, node in enumerate(problem.nodes) if node.is_open]
        width = most_cost.bit_length() + 1
        self._bits: list[tuple[int, int]] = []
        at = 0
        for index in (*reversed(there), *reversed(added)):
            self._bits.append((1 << at, index))
            at += 1
        self._supply = {}
        self._most_supply = (1 << width) - 1
        for number in supplying if most_cost else ():
            self._supply[number] = (at, at + width)
            at += 2 * width
        bits = {index: bit for bit, index in self._bits}
        room = (len(added) + most_cost).bit_length() + 1
        self._per_added, self._per_tied = 1 << at, 1 << at + room
        at += 2 * room
        self.unit = 1 << at
        order = {}
        for index in reversed(there):
            order[index] = 1 << at
            at += 1
        per_item = 1 << at
        at += len(there).bit_length() + 1
        room = sum([items[index].credit for index in there]).bit_length() + 1
        self.per_level, self.per_credit = 1 << at, 1 << at + room
        self._cost_at = at + 2 * room + _ROOM
        self.per_cost = 1 << self._cost_at
        self._half = 1 << self._cost_at - 1
        self._open_cost = problem.open_cost
        self.of: dict[int, int] = {}
        for index in there:
            item, score = items[index], bits[index] + order[index] - per_item
            if not problem.is_capped:
                # Where nodes are capped, the credit of items does not add up.
                score += self.per_credit * item.credit
                if problem.level in item.measures:
                    score += self.per_level * item.credit
            self.of[index] = score
        for index in added:
            score = bits[index] - self._per_added
            score -= self.per_cost * items[index].cost
            self.of[index] = score - (self._per_tied if index in tied else 0)

    def supply(self, node: int, credit: int, parts: int) -> int:
        """Return the score of so much credit in parts that are not known."""
        at, parts_at = self._supply[node]
        cost = self.per_cost * self._open_cost * credit
        # What is listed is better advice than what nobody knows.
        cost += parts * self._per_added + credit * self._per_tied
        return (credit << at) + (parts << parts_at) - cost

    def worst_of(self, most_cost: int) -> int:
        """Return a score that is below those of all choices within a cost."""
        return -most_cost * self.per_cost - self._half

    def cost(self, score: int) -> int:
        """Return what a choice costs."""
        return -(score + self._half >> self._cost_at)

    def choice(self, score: int) -> tuple[list[int], dict[int, tuple[int, int]]]:
        """Return the items of a choice, and credit and parts of what nodes supply."""
        supplied = {}
        for node, (at, parts_at) in self._supply.items():
            credit = score >> at & self._most_supply
            if credit:
                supplied[node] = (credit, score >> parts_at & self._most_supply)
        return sorted([index for bit, index in self._bits if score & bit]), supplied
