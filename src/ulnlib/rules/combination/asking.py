"""A learner asked against a structure: the question, its answer, and what both mean."""

from __future__ import annotations

__all__ = ["Asked", "Maximum", "ask"]

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Literal

import attrs

from ulnlib.qualifications import Achievement, Qualification, Requirement, Structure
from ulnlib.rules.combination.branching import Solution, solve
from ulnlib.rules.combination.claims import Claim, Claims, claims_of, offers_of
from ulnlib.rules.combination.evaluation import Supplied, Taken
from ulnlib.rules.combination.prepared import Prepared, prepare
from ulnlib.rules.combination.question import Question, question_of

Maximum = Literal["whole", "cap"]
"""How a group's most credit acts: a unit that would pass it does not count, or the
group counts for its most credit."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Asked:
    """A question that was answered.

    Attributes:
        prepared: The structure.
        claims: What the learner has.
        lacking: The requirements beside credit that do not hold.
        question: The question.
        solution: Its answer.
    """

    prepared: Prepared
    claims: Claims
    lacking: tuple[Requirement, ...]
    question: Question
    solution: Solution

    @property
    def chosen(self) -> list[int]:
        """The claims that count, by their number."""
        there = len(self.question.claims)
        return [n for n in self.solution.items if n < there]

    @property
    def counted(self) -> list[Claim]:
        """The claims that count, in order."""
        return [self.question.claims[n] for n in self.chosen]

    @property
    def taken(self) -> tuple[Taken, ...]:
        """The units on offer that complete it, in order."""
        there = len(self.question.claims)
        places, items = self.prepared.places, self.question.problem.items
        found = []
        for n in self.solution.items:
            if n >= there:
                offer = self.question.offers[n - there]
                found.append(
                    Taken(
                        place=offer.place,
                        group=places[offer.place].group.name,
                        unit=offer.listed.unit,
                        cost=items[n].cost,
                    )
                )
        return tuple(found)

    @property
    def supplied(self) -> tuple[Supplied, ...]:
        """The credit of units that are not listed that completes it, in order."""
        places = self.prepared.places
        return tuple(
            [
                Supplied(
                    place=number,
                    group=places[number].group.name,
                    credit=credit,
                    units=units,
                )
                for number, (credit, units) in sorted(self.solution.supplied.items())
            ]
        )


def ask(  # noqa: PLR0913  # what `evaluate` takes
    structure: Structure | Qualification | Prepared,
    achievements: Iterable[Achievement],
    *,
    as_of: dt.date | None,
    maximum: Maximum,
    facts: Collection[str],
    offer: Collection[str] | None,
    budget: int | None,
    by_hours: bool = False,
) -> Asked:
    """Put the question and answer it.

    Args:
        structure: What is asked against.
        achievements: What was achieved, what-if units among it.
        as_of: The day of the evaluation.
        maximum: How a group's most credit acts.
        facts: The names of the requirements beside credit that hold.
        offer: The references of units that are on offer; all when it is not given.
        budget: How many states the search may look at.
        by_hours: Whether what is added costs its hours; its credits otherwise.

    Raises:
        ValueError: The qualification has no structure, there is no such maximum, or
            a fact is the name of no requirement.
    """
    if maximum not in {"whole", "cap"}:
        raise ValueError("maximum is 'whole' or 'cap'")
    prepared = _prepared(structure)
    _refuse_unknown(prepared.structure, facts)
    claims = claims_of(prepared, achievements, as_of)
    offers = offers_of(prepared, claims, as_of, offer)
    lacking = tuple(
        [one for one in prepared.structure.requirements if one.name not in facts]
    )
    question = question_of(
        prepared,
        claims,
        offers,
        is_capped=maximum == "cap",
        can_be_whole=not lacking,
        by_hours=by_hours,
    )
    return Asked(
        prepared=prepared,
        claims=claims,
        lacking=lacking,
        question=question,
        solution=solve(question.problem, budget=budget),
    )


def _prepared(structure: Structure | Qualification | Prepared) -> Prepared:
    if isinstance(structure, Prepared):
        return structure
    if isinstance(structure, Qualification):
        if structure.structure is None:
            raise ValueError("the qualification has no structure to evaluate against")
        ended = structure.certification_end
        inner = structure.structure
        if inner.certification_end is None and ended is not None:
            inner = attrs.evolve(inner, certification_end=ended)
        return prepare(inner)
    return prepare(structure)


def _refuse_unknown(structure: Structure, facts: Collection[str]) -> None:
    """Refuse a fact that no requirement has for a name: it would change nothing.

    What was given is not repeated; it may be anything.
    """
    names = [one.name for one in structure.requirements]
    if set(facts) <= set(names):  # of a text this compares its letters, and refuses it
        return
    known = ", ".join(map(repr, names))
    raise ValueError(
        "facts are names of requirements beside credit: the structure has "
        + (known or "none")
    )
