"""The question of a counting, without units and people: nodes, items and limits.

A tree of nodes with bounds; items, each at one node, with credit; limits on items from
anywhere. Some items are there already, others may be added at a cost. What is asked is
the best choice of items, see `Problem`.
"""

from __future__ import annotations

__all__ = ["Item", "Limit", "Node", "Problem"]

from collections.abc import Sequence

import attrs


@attrs.frozen(kw_only=True)
class Node:
    """A group: where it stands and what it asks for.

    Attributes:
        parent: The index of the node above, -1 for the root, which is the first.
        children: The indices of the nodes below, in order, all greater than its own.
        is_mandatory: Whether the node above needs it.
        min_credit: Credits that it asks for, 0 for none.
        max_credit: Credits that it allows, None for any.
        min_parts: Own items and achieved children that it asks for.
        max_parts: Own items and used children that it allows, None for any.
        minimums: Pairs of a measure and the least of it.
        is_open: Whether parts that are not known may be added, of any credit.
        open_measures: The measures that such credit counts in.
    """

    parent: int
    children: tuple[int, ...] = ()
    is_mandatory: bool = False
    min_credit: int = 0
    max_credit: int | None = None
    min_parts: int = 0
    max_parts: int | None = None
    minimums: tuple[tuple[int, int], ...] = ()
    is_open: bool = False
    open_measures: frozenset[int] = frozenset()


@attrs.frozen(kw_only=True)
class Item:
    """Something that may count at one node.

    Attributes:
        node: The node's index.
        unit: What it is: of the items of one unit at most one counts.
        credit: Its credits, one at least.
        measures: The measures that its credit counts in.
        is_added: Whether it would have to be added.
        cost: What adding it costs, one at least; 0 for what is there.
    """

    node: int
    unit: int
    credit: int
    measures: frozenset[int] = frozenset()
    is_added: bool = False
    cost: int = 0


@attrs.frozen(kw_only=True)
class Limit:
    """At most so much of some items, anywhere in the tree.

    Attributes:
        most: How many of them, or how many credits.
        items: Their indices.
        of_credit: Whether credits are counted, not items.
        open_nodes: The nodes whose added parts that are not known fall under it too.
    """

    most: int
    items: frozenset[int]
    of_credit: bool = False
    open_nodes: frozenset[int] = frozenset()


@attrs.frozen(kw_only=True)
class Problem:
    """What is asked: the best choice of items.

    A node is *used* when something counts at it or below; it is *achieved* when it is
    used, has its minimums, and its mandatory children are achieved. A choice is
    *whole* when the root is achieved. The best choice is, in this order: whole; of the
    least cost; of most credit that is there; of most of `level` that is there; of the
    fewest items that are there; the one that has the first item, in their order, in
    which two choices differ.

    Attributes:
        nodes: The root first, each before those below it.
        items: Those that are there, in the order that decides; then those to add.
        limits: What lies across the tree.
        level: The measure of level credit, None where no level is asked.
        is_capped: Whether a node with more than its most credit counts for the most,
            where otherwise no choice has more.
        can_be_whole: Whether all else holds that a whole choice needs.
        open_cost: What a credit of a part that is not known costs.
    """

    nodes: Sequence[Node]
    items: Sequence[Item]
    limits: Sequence[Limit] = ()
    level: int | None = None
    is_capped: bool = False
    can_be_whole: bool = True
    open_cost: int = 1
