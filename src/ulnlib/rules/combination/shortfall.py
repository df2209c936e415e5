"""What a node lacks at least, as far as is seen at once."""

from __future__ import annotations

__all__ = ["allowances", "shortfalls"]

from collections import Counter
from collections.abc import Iterable, Sequence

from ulnlib.rules.combination.problem import Item, Node, Problem


def shortfalls(problem: Problem) -> list[int]:
    """Return the credits that have to be added at least for each node to be achieved.

    What is there is taken to count everywhere that it may, so the truth may be more.
    """
    nodes = problem.nodes
    units, offered = _by_node(problem)
    have: list[Counter[int | None]] = [Counter() for _ in nodes]
    short = [0] * len(nodes)
    for number in range(len(nodes) - 1, -1, -1):
        node, own = nodes[number], units[number]
        children = [have[child] for child in node.children]
        for measure in (None, *_measures(own, children)):
            have[number][measure] = _reach(node, own, children, measure)
        asked = [(None, node.min_credit), *node.minimums]
        lacking = [least - have[number][measure] for measure, least in asked]
        short[number] = max(
            [0, *lacking, _of_parts(node, len(own), offered[number], short, nodes)]
        )
    return short


def _by_node(problem: Problem) -> tuple[list[list[list[Item]]], list[list[int]]]:
    """Return what is there at each node, by unit, and the credits on offer."""
    units: list[dict[int, list[Item]]] = [{} for _ in problem.nodes]
    offered: list[list[int]] = [[] for _ in problem.nodes]
    for item in problem.items:
        if item.is_added:
            offered[item.node].append(item.credit)
        else:
            units[item.node].setdefault(item.unit, []).append(item)
    return [list(of_node.values()) for of_node in units], offered


def _measures(
    own: Iterable[list[Item]], children: Iterable[Counter[int | None]]
) -> set[int]:
    found = {measure for unit in own for item in unit for measure in item.measures}
    for child in children:
        found |= {measure for measure in child if measure is not None}
    return found


def _reach(
    node: Node,
    own: Iterable[list[Item]],
    children: Iterable[Counter[int | None]],
    measure: int | None,
) -> int:
    """Return how much of a measure, or of all credit, is there at most."""
    sums = [
        max(
            [
                item.credit
                for item in unit
                if measure is None or measure in item.measures
            ],
            default=0,
        )
        for unit in own
    ]
    sums += [child[measure] for child in children]
    if node.max_parts is not None:
        sums = sorted(sums, reverse=True)[: node.max_parts]
    most = sum(sums)
    return most if node.max_credit is None else min(most, node.max_credit)


def _of_parts(
    node: Node,
    own: int,
    offered: Sequence[int],
    short: Sequence[int],
    nodes: Sequence[Node],
) -> int:
    """Return what mandatory children and the least number of parts cost at least."""
    mandatory = [n for n in node.children if nodes[n].is_mandatory]
    cost = sum([short[n] for n in mandatory])
    lacking = node.min_parts - own - len(mandatory)
    if lacking <= 0:
        return cost
    others = [short[n] for n in node.children if not nodes[n].is_mandatory]
    others += [1] * lacking if node.is_open else offered
    return cost + sum(sorted(others)[:lacking])


def allowances(problem: Problem, most_cost: int, short: Sequence[int]) -> list[int]:
    """Return what may be added at each node and below, the rest being needed elsewhere.

    Args:
        problem: The problem, in which a credit costs one.
        most_cost: What adding may cost at most.
        short: The shortfalls of the nodes.
    """
    nodes = problem.nodes
    allowed = [most_cost] * len(nodes)
    required = [True] * len(nodes)
    for number, node in enumerate(nodes):
        if node.parent < 0:
            continue
        required[number] = node.is_mandatory and required[node.parent]
        allowed[number] = allowed[node.parent]
        if required[node.parent]:
            others = [
                short[other]
                for other in nodes[node.parent].children
                if other != number and nodes[other].is_mandatory
            ]
            allowed[number] = max(allowed[number] - sum(others), 0)
    return allowed
