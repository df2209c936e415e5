"""Which requirements stand in each other's way when nothing can complete a structure."""

from __future__ import annotations

__all__ = ["conflicts_of"]

from collections.abc import Callable, Iterator, Sequence

import attrs

from ulnlib.qualifications import Requirement
from ulnlib.rules.combination.branching import may_be_whole
from ulnlib.rules.combination.evaluation import Why
from ulnlib.rules.combination.prepared import Prepared
from ulnlib.rules.combination.problem import Problem
from ulnlib.rules.combination.question import Question

_Drop = Callable[[Problem], Problem]


def conflicts_of(
    prepared: Prepared, question: Question, lacking: Sequence[Requirement]
) -> tuple[str, ...]:
    """Return requirements that cannot all hold, in words.

    Each of them is needed for the conflict: without any one of them the others could
    hold, as far as bars and sets of units are left out of account. Where these are what
    stands in the way, they are named.

    Args:
        prepared: The structure.
        question: The question that has no whole answer.
        lacking: The requirements beside credit that do not hold.
    """
    if lacking:
        return tuple([f"{one.description or one.name} is lacking" for one in lacking])
    if not question.problem.can_be_whole:
        return ("a level minimum is asked for, and the structure has no level",)
    if may_be_whole(question.problem):
        return ("units that do not count together, or sets of which only some count",)
    problem = question.problem
    kept = []
    for words, drop in _requirements(prepared, question):
        without = drop(problem)
        if may_be_whole(without):
            kept.append(words)
        else:
            problem = without
    return tuple(kept)


def _requirements(
    prepared: Prepared, question: Question
) -> Iterator[tuple[str, _Drop]]:
    """Yield every requirement, in words, and how to do without it."""
    for number, ground in enumerate(question.grounds):
        if ground.why is Why.CAP:
            yield f"the cap {ground.name}", _without_limit(number)
    for place in reversed(prepared.places):
        group, number = place.group, place.number
        if group.max_credit is not None:
            words = f"at most {group.max_credit} credits from {group.name}"
            yield words, _with_node(number, max_credit=None)
        if group.max_subcomponents is not None:
            words = f"at most {group.max_subcomponents} of {group.name}"
            yield words, _with_node(number, max_parts=None)
        if group.min_subcomponents:
            words = f"at least {group.min_subcomponents} of {group.name}"
            yield words, _with_node(number, min_parts=0)
        if place.parent >= 0 and group.level_minimum is not None:
            minimum = group.level_minimum
            words = f"at least {minimum.credit} credits of {group.name} at level "
            yield words + str(minimum.level), _with_node(number, minimums=())
        if place.parent >= 0 and group.min_credit:
            words = f"at least {group.min_credit} credits from {group.name}"
            yield words, _with_node(number, min_credit=0)
        if place.parent >= 0 and group.is_mandatory:
            yield f"{group.name} is mandatory", _with_node(number, is_mandatory=False)
    structure = prepared.structure
    if structure.min_credit_at_level:
        words = f"at least {structure.min_credit_at_level} credits at level "
        yield words + str(structure.level), _with_node(0, minimums=())
    yield f"{structure.total or 0} credits in all", _with_node(0, min_credit=0)


def _with_node(number: int, **changes: object) -> _Drop:
    def drop(problem: Problem) -> Problem:
        nodes = list(problem.nodes)
        nodes[number] = attrs.evolve(nodes[number], **changes)  # type: ignore[arg-type]
        return attrs.evolve(problem, nodes=nodes)

    return drop


def _without_limit(number: int) -> _Drop:
    def drop(problem: Problem) -> Problem:
        limits = list(problem.limits)
        limits[number] = attrs.evolve(limits[number], items=frozenset())
        return attrs.evolve(problem, limits=limits)

    return drop
