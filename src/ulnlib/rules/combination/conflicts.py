"""Which requirements stand in each other's way when nothing can complete a structure.

Two ways are gone. First the most that each group can hold is held against the least
that it needs, each bound with the requirements that it comes from: that finds most
conflicts at once, and in the order in which a person would look for them. Where it
finds none, requirements are left out, half of them and then half of the half, until as
few are left as still cannot hold together.
"""

from __future__ import annotations

__all__ = ["conflicts_of"]

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import attrs

from ulnlib.qualifications import Level, Requirement, Structure
from ulnlib.rules.combination.branching import may_be_whole
from ulnlib.rules.combination.checking import Watched
from ulnlib.rules.combination.evaluation import Why
from ulnlib.rules.combination.outline import credits_of
from ulnlib.rules.combination.prepared import Place, Prepared
from ulnlib.rules.combination.problem import Item, Problem
from ulnlib.rules.combination.question import Question

_Words = tuple[str, ...]
_Drop = Callable[[Problem], Problem]

NOT_TOGETHER = "units that do not count together, or sets of which only some count"
"""What is named where only such limits stand in the way."""


def conflicts_of(
    prepared: Prepared,
    question: Question,
    lacking: Sequence[Requirement],
    watched: Watched,
) -> tuple[str, ...]:
    """Return requirements that cannot all hold, in words.

    Args:
        prepared: The structure.
        question: The question that has no whole answer.
        lacking: The requirements beside credit that do not hold.
        watched: What decided something when the answer was sought.
    """
    if lacking:
        return tuple([f"{one.description or one.name} is lacking" for one in lacking])
    if not question.problem.can_be_whole:
        return (_without_level(prepared.structure),)
    found = _Bounds(prepared, question.problem).conflict
    if found:
        return tuple(dict.fromkeys(found))
    if may_be_whole(question.problem, watched):
        return (NOT_TOGETHER,)
    return tuple([words for words, _ in _least(prepared, question, watched)])


# --- the least against the most ---------------------------------------------------

_MANY = 10**9


class _Bound(NamedTuple):
    """A number, and the requirements because of which it is no greater, or no less."""

    number: int
    words: _Words = ()


class _Bounds:
    """The most that each group can hold and the least that it needs.

    Attributes:
        conflict: Requirements of which not all can hold; none where nothing is seen.
    """

    def __init__(self, prepared: Prepared, problem: Problem) -> None:
        self._prepared = prepared
        self._problem = problem
        self._own: list[dict[int, Item]] = [{} for _ in problem.nodes]
        for item in problem.items:
            known = self._own[item.node].get(item.unit)
            if known is None or known.credit < item.credit:
                self._own[item.node][item.unit] = item
        self._most: list[dict[int | None, _Bound]] = [{} for _ in problem.nodes]
        self._least: list[_Bound] = [_Bound(0) for _ in problem.nodes]
        self._impossible: list[_Words] = [() for _ in problem.nodes]
        for place in reversed(prepared.places):
            self._look_at(place)
        self.conflict = self._impossible[0]

    def _look_at(self, place: Place) -> None:
        number = place.number
        measures = {m for node in self._problem.nodes for m, _ in node.minimums}
        for measure in (None, *sorted(measures)):
            self._most[number][measure] = self._most_of(place, measure)
        self._least[number] = self._least_of(place)
        self._impossible[number] = self._conflict_at(place)

    def _most_of(self, place: Place, measure: int | None) -> _Bound:
        """Return the most credit, or credit in a measure, that a group can hold."""
        node = self._problem.nodes[place.number]
        group = place.group
        parts = [
            _Bound(item.credit)
            for item in self._own[place.number].values()
            if measure is None or measure in item.measures
        ]
        parts += [self._most[child][measure] for child in node.children]
        if node.is_open and (measure is None or measure in node.open_measures):
            parts.append(_Bound(_MANY))
        words: _Words = ()
        if node.max_parts is not None and len(parts) > node.max_parts:
            parts = sorted(parts, reverse=True)[: node.max_parts]
            words = (f"at most {node.max_parts} of {group.name}",)
        total = sum([part.number for part in parts])
        if node.max_credit is not None and node.max_credit < total:
            return _Bound(node.max_credit, (_at_most(place, node.max_credit),))
        return _Bound(total, words + _together([part.words for part in parts]))

    def _least_of(self, place: Place) -> _Bound:
        """Return the least credit with which a group can be achieved."""
        nodes = self._problem.nodes
        node = nodes[place.number]
        mandatory = [n for n in node.children if nodes[n].is_mandatory]
        parts = [
            _Bound(self._least[n].number, (*self._least[n].words, self._mandatory(n)))
            for n in mandatory
        ]
        lacking = node.min_parts - len(mandatory)
        if lacking > 0:
            others = [self._least[n] for n in node.children if n not in mandatory]
            others += [_Bound(item.credit) for item in self._own[place.number].values()]
            others += [_Bound(1)] * lacking if node.is_open else []
            words = (f"at least {node.min_parts} of {place.group.name}",)
            parts += [_Bound(0, words), *sorted(others)[:lacking]]
        total = sum([part.number for part in parts])
        if node.min_credit > total:
            return _Bound(node.min_credit, (self._min_credit(place),))
        return _Bound(total, _together([part.words for part in parts]))

    def _conflict_at(self, place: Place) -> _Words:
        """Return why a group cannot be achieved, nothing where that is not seen."""
        nodes, number = self._problem.nodes, place.number
        node, most, least = nodes[number], self._most[number], self._least[number]
        for child in node.children:
            if nodes[child].is_mandatory and self._impossible[child]:
                return (*self._impossible[child], self._mandatory(child))
        if least.number > most[None].number:
            return (*least.words, *(most[None].words or (self._offered(place),)))
        for measure, asked in node.minimums:
            if asked > most[measure].number:
                words = self._level(place, asked)
                return (words, *(most[measure].words or (self._offered(place),)))
        possible = [n for n in node.children if not self._impossible[n]]
        parts = _MANY if node.is_open else len(self._own[number]) + len(possible)
        if node.max_parts is not None and node.max_parts < min(parts, node.min_parts):
            return (
                f"at least {node.min_parts} of {place.group.name}",
                f"at most {node.max_parts} of {place.group.name}",
            )
        if node.min_parts > parts:
            blocked = [self._impossible[n] for n in node.children]
            words = f"at least {node.min_parts} of {place.group.name}"
            return (words, *(_together(blocked) or (self._offered(place),)))
        return ()

    def _mandatory(self, number: int) -> str:
        return f"{self._prepared.places[number].group.name} is mandatory"

    def _min_credit(self, place: Place) -> str:
        least = self._problem.nodes[place.number].min_credit
        if place.parent < 0:
            return f"{credits_of(least)} in all"
        return f"at least {credits_of(least)} from {place.group.name}"

    def _level(self, place: Place, asked: int) -> str:
        structure, minimum = self._prepared.structure, place.group.level_minimum
        level = structure.level if place.parent < 0 else None
        if minimum is not None:
            level = minimum.level
        name = "in all" if place.parent < 0 else f"from {place.group.name}"
        return f"at least {credits_of(asked)} {_at(level)} {name}"

    def _offered(self, place: Place) -> str:
        if place.parent < 0:
            return "the units that there are and that can be taken"
        return f"the units of {place.group.name} that there are and that can be taken"


def _together(several: Iterable[_Words]) -> _Words:
    return tuple([words for one in several for words in one])


def _at_most(place: Place, most: int) -> str:
    return f"at most {credits_of(most)} from {place.group.name}"


def _at(level: Level | str | None) -> str:
    if isinstance(level, Level):
        return f"at {level.label} or above"
    return "at a level that is not known"


def _without_level(structure: Structure) -> str:
    what = "has no level" if structure.level is None else "has a level that is none"
    return f"a level minimum is asked for, and the structure {what}"


# --- leaving out ------------------------------------------------------------------


def _least(
    prepared: Prepared, question: Question, watched: Watched
) -> list[tuple[str, _Drop]]:
    """Return as few requirements as cannot hold together, found by halving."""
    every = list(_requirements(prepared, question))

    def cannot(kept: Sequence[tuple[str, _Drop]]) -> bool:
        names = {id(drop) for _, drop in kept}
        problem = question.problem
        for _, drop in every:
            if id(drop) not in names:
                problem = drop(problem)
        return not may_be_whole(problem, watched)

    def search(
        base: list[tuple[str, _Drop]],
        some: list[tuple[str, _Drop]],
        *,
        is_new: bool,
    ) -> list[tuple[str, _Drop]]:
        if is_new and cannot(base):
            return []
        if len(some) <= 1:
            return some
        half = len(some) // 2
        first, second = some[:half], some[half:]
        of_second = search([*base, *first], second, is_new=bool(first))
        of_first = search([*base, *of_second], first, is_new=bool(of_second))
        return [*of_first, *of_second]

    return search([], every, is_new=False)


def _requirements(
    prepared: Prepared, question: Question
) -> Iterator[tuple[str, _Drop]]:
    """Yield every requirement, in words, and how to do without it."""
    for number, ground in enumerate(question.grounds):
        if ground.why is Why.CAP:
            yield f"the cap {ground.name}", _without_limit(number)
    for place in reversed(prepared.places):
        if place.parent >= 0:
            yield from _of_group(place, question.problem)
        else:
            yield from _of_maximums(place)
    structure = prepared.structure
    if structure.min_credit_at_level:
        words = f"at least {credits_of(structure.min_credit_at_level)} "
        yield f"{words}{_at(structure.level)} in all", _with(0, minimums=())
    yield f"{credits_of(structure.total or 0)} in all", _with(0, min_credit=0)


def _of_maximums(place: Place) -> Iterator[tuple[str, _Drop]]:
    group, number = place.group, place.number
    if group.max_credit is not None:
        yield _at_most(place, group.max_credit), _with(number, max_credit=None)
    if group.max_subcomponents is not None:
        words = f"at most {group.max_subcomponents} of {group.name}"
        yield words, _with(number, max_parts=None)
    if group.min_subcomponents:
        words = f"at least {group.min_subcomponents} of {group.name}"
        yield words, _with(number, min_parts=0)


def _of_group(place: Place, problem: Problem) -> Iterator[tuple[str, _Drop]]:
    group, number = place.group, place.number
    yield from _of_maximums(place)
    if problem.nodes[number].minimums and group.level_minimum is not None:
        words = f"at least {credits_of(group.level_minimum.credit)} "
        words += f"{_at(group.level_minimum.level)} from {group.name}"
        yield words, _with(number, minimums=())
    if group.min_credit:
        words = f"at least {credits_of(group.min_credit)} from {group.name}"
        yield words, _with(number, min_credit=0)
    if group.is_mandatory:
        yield f"{group.name} is mandatory", _with(number, is_mandatory=False)


def _with(number: int, **changes: object) -> _Drop:
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
