"""A choice checked against everything that a problem asks, the plain way."""

from __future__ import annotations

__all__ = ["Faults", "Watched", "faults_of"]

from collections.abc import Iterable, Mapping

import attrs

from ulnlib.rules.combination.problem import Problem


@attrs.frozen
class Watched:
    """What tables keep an eye on; of the rest a choice is only checked afterwards.

    Each thing watched makes vectors longer and tables larger, and few of them decide
    anything: so a search begins with none.

    Attributes:
        limits: Limits of credit, by their number.
        minimums: Minimums of measures: pairs of a node and a measure.
    """

    limits: frozenset[int] = frozenset()
    minimums: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def everything(cls, problem: Problem) -> Watched:
        """Return all that can be watched."""
        return cls(
            frozenset([n for n, limit in enumerate(problem.limits) if limit.of_credit]),
            frozenset(
                [
                    (number, measure)
                    for number, node in enumerate(problem.nodes)
                    for measure, least in node.minimums
                    if least > 0
                ]
            ),
        )

    def with_also(self, other: Watched) -> Watched:
        """Return both together."""
        return Watched(self.limits | other.limits, self.minimums | other.minimums)

    def without(self, other: Watched) -> Watched:
        """Return what is watched here and not there."""
        return Watched(self.limits - other.limits, self.minimums - other.minimums)

    def __bool__(self) -> bool:
        return bool(self.limits or self.minimums)


@attrs.frozen
class Faults:
    """What is wrong with a choice.

    Attributes:
        is_whole: Whether the root is achieved.
        broken: Limits of credit that it passes, and minimums that nodes in use lack.
    """

    is_whole: bool
    broken: Watched


class _Sums:
    """What a choice has at each node and below."""

    def __init__(self, problem: Problem) -> None:
        size = len(problem.nodes)
        asked = {measure for node in problem.nodes for measure, _ in node.minimums}
        self.credit = [0] * size
        self.measures = {measure: [0] * size for measure in asked}
        self.own = [0] * size
        self.achieved = [0] * size  # children that are
        self.is_used = [False] * size
        self.is_blocked = [False] * size  # a mandatory child is not achieved

    def add(self, node: int, credit: int, measures: Iterable[int], parts: int) -> None:
        self.credit[node] += credit
        self.own[node] += parts
        self.is_used[node] = True
        for measure in measures:
            if measure in self.measures:
                self.measures[measure][node] += credit


def faults_of(
    problem: Problem, items: Iterable[int], supplied: Mapping[int, tuple[int, int]]
) -> Faults:
    """Return what is wrong with a choice that keeps the bounds of the nodes.

    Args:
        problem: The problem.
        items: The items of the choice, by their number.
        supplied: Credit and parts that open nodes supply.
    """
    chosen = list(items)
    sums = _Sums(problem)
    for index in chosen:
        item = problem.items[index]
        sums.add(item.node, item.credit, item.measures, 1)
    for number, (credit, parts) in supplied.items():
        sums.add(number, credit, problem.nodes[number].open_measures, parts)
    minimums = set()
    is_achieved = False
    for number in range(len(problem.nodes) - 1, -1, -1):
        lacking = _lacking(problem, sums, number)
        minimums |= {(number, measure) for measure in lacking}
        is_achieved = not lacking and _is_achieved(problem, sums, number)
        _pass_on(problem, sums, number, is_achieved=is_achieved)
    limits = set()
    for number, limit in enumerate(problem.limits):
        if limit.of_credit:
            credit = sum([problem.items[n].credit for n in limit.items & set(chosen)])
            credit += sum([supplied[n][0] for n in limit.open_nodes & supplied.keys()])
            if credit > limit.most:
                limits.add(number)
    return Faults(is_achieved, Watched(frozenset(limits), frozenset(minimums)))


def _lacking(problem: Problem, sums: _Sums, number: int) -> list[int]:
    """Return the measures of which a node in use has too little; cap its sums."""
    node = problem.nodes[number]
    if problem.is_capped and node.max_credit is not None:
        for of_nodes in (sums.credit, *sums.measures.values()):
            of_nodes[number] = min(of_nodes[number], node.max_credit)
    if not sums.is_used[number]:
        return []
    return [m for m, least in node.minimums if sums.measures[m][number] < least]


def _is_achieved(problem: Problem, sums: _Sums, number: int) -> bool:
    node = problem.nodes[number]
    return (
        sums.is_used[number]
        and not sums.is_blocked[number]
        and sums.credit[number] >= node.min_credit
        and sums.own[number] + sums.achieved[number] >= node.min_parts
    )


def _pass_on(problem: Problem, sums: _Sums, number: int, *, is_achieved: bool) -> None:
    """Add what a node has to the node above."""
    node = problem.nodes[number]
    above = node.parent
    if above < 0:
        return
    for of_nodes in (sums.credit, *sums.measures.values()):
        of_nodes[above] += of_nodes[number]
    sums.is_used[above] = sums.is_used[above] or sums.is_used[number]
    sums.achieved[above] += is_achieved
    if node.is_mandatory and not is_achieved:
        sums.is_blocked[above] = True
