"""What the groups of a structure must have at least and can give at most.

Every bound here is safe: `least` is never more than what an achieved group holds, and
`most` never less than what a group can hold. Where a number is not known, or wrong, it
is taken so that nothing false is concluded. Nothing recurses: the groups are a list in
pre-order, and sums are made from its end to its beginning.
"""

from __future__ import annotations

__all__ = ["DEEPEST", "UNLIMITED", "Node", "Sums", "is_whole", "walk"]

from collections.abc import Callable, Iterable
from typing import TypeGuard

import attrs

from ulnlib.issues import Path
from ulnlib.qualifications import Group, Level, Structure, Unit, compact_reference

UNLIMITED = 10**18
"""More credits than there are."""

DEEPEST = 200
"""Groups below this depth are not looked at."""

_EXACT_WORK = 20_000


def is_whole(value: object, least: int = 0) -> TypeGuard[int]:
    """Say whether a value is a whole number of at least so much."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def bound(value: int | None) -> int | None:
    """Return a bound when it is one, None when it is absent or wrong."""
    return value if is_whole(value) else None


@attrs.define
class Node:
    """A group with its place among the others.

    Attributes:
        group: The group.
        above: The number of the group above it, -1 for the root.
        position: Its place among the groups of that group, from 1.
        depth: 1 for the root.
        below: The numbers of the groups directly below it.
        is_cut: Whether groups below it are not looked at.
    """

    group: Group
    above: int
    position: int
    depth: int
    below: list[int] = attrs.field(factory=list)
    is_cut: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it can take units that it does not list."""
        group = self.group
        return not group.is_complete or group.other is not None or self.is_cut


def walk(root: Group) -> list[Node]:
    """Return the groups of a tree in pre-order, as deep as they are looked at."""
    nodes: list[Node] = []
    stack = [(root, -1, 1, 1)]
    while stack:
        group, above, position, depth = stack.pop()
        index = len(nodes)
        node = Node(group, above, position, depth)
        nodes.append(node)
        if above >= 0:
            nodes[above].below.append(index)
        if group.groups and depth >= DEEPEST:
            node.is_cut = True
            continue
        stack += [
            (one, index, place, depth + 1)
            for place, one in reversed(list(enumerate(group.groups, 1)))
        ]
    return nodes


def _sum_of_largest(values: Iterable[int], count: int | None) -> int:
    ordered = sorted(values, reverse=True)
    return min(UNLIMITED, sum(ordered if count is None else ordered[:count]))


@attrs.define
class Sums:
    """The sums over the groups of one structure.

    Attributes:
        nodes: The groups in pre-order.
        most: The most credit that each can give.
        forced: The least credit of what each must have in it, its own minimum apart.
        least: The least credit of each when it is achieved.
        heads: For each the outermost group that cannot be achieved without it.
    """

    nodes: list[Node]
    most: list[int] = attrs.field(init=False)
    forced: list[int] = attrs.field(init=False)
    least: list[int] = attrs.field(init=False)
    heads: list[int] = attrs.field(init=False)
    _at_levels: dict[tuple[Level, bool], list[int]] = attrs.field(
        init=False, factory=dict
    )

    @classmethod
    def of(cls, structure: Structure) -> Sums:
        """Return the sums of a structure."""
        sums = cls(walk(structure.root))
        sums.most = sums.most_of(_any_unit)
        sums._count_least()
        sums._find_heads()
        return sums

    def path(self, index: int) -> Path:
        """Return where a group stands."""
        steps: list[str | int] = []
        while index > 0:
            node = self.nodes[index]
            steps += [node.position, "groups"]
            index = node.above
        return ("root", *reversed(steps))

    # --- at most ---

    def most_of(
        self, admits: Callable[[Unit], bool], *, without_outside: bool = False
    ) -> list[int]:
        """Return the most credit of each group from units that are admitted.

        Args:
            admits: Says whether a unit is.
            without_outside: Whether to leave out groups outside the level minimum.
        """
        most = [0] * len(self.nodes)
        for index in reversed(range(len(self.nodes))):
            node = self.nodes[index]
            group = node.group
            if without_outside and group.is_outside_level_minimum:
                continue
            parts = [most[one] for one in node.below]
            parts += [
                unit.credit if is_whole(unit.credit, 1) else UNLIMITED
                for unit in group.units
                if admits(unit)
            ]
            if node.is_open:
                parts.append(UNLIMITED)
            credit = _sum_of_largest(parts, bound(group.max_subcomponents))
            maximum = bound(group.max_credit)
            most[index] = credit if maximum is None else min(credit, maximum)
        return most

    def most_at(self, level: Level, *, without_outside: bool = False) -> list[int]:
        """Return the most credit of each group at a level or above.

        A unit whose level is not known may be at any.
        """

        def is_at(unit: Unit) -> bool:
            its = unit.level
            return not isinstance(its, Level) or its.rank >= level.rank

        key = (level, without_outside)
        if key not in self._at_levels:
            most = self.most_of(is_at, without_outside=without_outside)
            self._at_levels[key] = most
        return self._at_levels[key]

    # --- at least ---

    def _count_least(self) -> None:
        self.forced = [0] * len(self.nodes)
        self.least = [0] * len(self.nodes)
        for index in reversed(range(len(self.nodes))):
            node = self.nodes[index]
            forced = max(self._forced_in(node), self._required_in(index))
            self.forced[index] = forced
            self.least[index] = max(forced, bound(node.group.min_credit) or 0, 1)

    def _forced_in(self, node: Node) -> int:
        group = node.group
        needed = [one for one in node.below if self.nodes[one].group.is_mandatory]
        forced = sum(self.least[one] for one in needed)
        more = (bound(group.min_subcomponents) or 0) - len(needed)
        if more > 0 and node.is_open:
            forced += more  # others that are not known have one credit at least
        elif more > 0:
            others = [
                self.least[one]
                for one in node.below
                if not self.nodes[one].group.is_mandatory
            ]
            others += [_least_credit(unit) for unit in group.units]
            forced += sum(sorted(others)[:more])
        return forced

    def _required_in(self, index: int) -> int:
        """Return the credit of the units and groups that are needed by themselves."""
        node = self.nodes[index]
        needed = [one for one in node.below if self.nodes[one].group.is_mandatory]
        units = [node.group.units[at] for at in self.required_units(index)]
        credit = sum([self.least[one] for one in needed])
        return credit + sum([_least_credit(unit) for unit in units])

    # --- what must be achieved together ---

    def _find_heads(self) -> None:
        self.heads = list(range(len(self.nodes)))
        for index, node in enumerate(self.nodes):
            if node.above >= 0 and self.is_needed(index):
                self.heads[index] = self.heads[node.above]

    def is_needed(self, index: int) -> bool:
        """Say whether the group above cannot be achieved without a group."""
        node = self.nodes[index]
        return node.group.is_mandatory or self.needs_all(node.above)

    def needs_all(self, index: int) -> bool:
        """Say whether a group needs every unit and every group in it."""
        node = self.nodes[index]
        parts = len(node.group.units) + len(node.below)
        minimum = bound(node.group.min_subcomponents)
        return not node.is_open and minimum is not None and minimum >= parts > 0

    def required_units(self, index: int) -> list[int]:
        """Return the positions, from 0, of the units without which a group fails."""
        node = self.nodes[index]
        group = node.group
        if self.needs_all(index):
            return list(range(len(group.units)))
        minimum = bound(group.min_credit)
        if node.is_open or minimum is None or not group.units:
            return []
        parts = sum(self.most[one] for one in node.below)
        credits_ = [
            unit.credit if is_whole(unit.credit, 1) else UNLIMITED
            for unit in group.units
        ]
        spare = parts + sum(credits_) - minimum
        return [at for at, credit in enumerate(credits_) if credit > spare]

    # --- exactly ---

    def has_a_sum(self, index: int) -> bool:
        """Say whether whole units come to a credit within the bounds of a unit group.

        True also where that is not known, or would take long to find out.
        """
        node = self.nodes[index]
        group = node.group
        maximum = bound(group.max_credit)
        units = {compact_reference(unit.reference): unit for unit in group.units}
        if node.is_open or node.below or maximum is None or maximum > 1_000:
            return True
        credits_ = [unit.credit for unit in units.values() if is_whole(unit.credit, 1)]
        if len(credits_) < len(units):
            return True
        minimum = bound(group.min_credit) or 0
        fewest = max(1, bound(group.min_subcomponents) or 0)
        if fewest == 1 and maximum >= minimum + max(credits_, default=0):
            return True  # the largest first, one after another, come to stop between
        # Each unit has a credit at least, so that no choice is larger than this.
        most = min(len(units), maximum, bound(group.max_subcomponents) or len(units))
        if len(units) * most > _EXACT_WORK:
            return True
        # Bit c of reached[n]: some n units come to c credits.
        mask = (1 << (maximum + 1)) - 1
        reached = [1] + [0] * most
        for credit in credits_:
            if credit > maximum:
                continue  # it fits by no means, and a shift by it might not fit either
            for count in range(most, 0, -1):
                reached[count] |= (reached[count - 1] << credit) & mask
        return any(bits >> minimum for bits in reached[fewest:])


def _any_unit(_: Unit) -> bool:
    return True


def _least_credit(unit: Unit) -> int:
    return unit.credit if is_whole(unit.credit, 1) else 1
