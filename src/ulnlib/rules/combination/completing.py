"""The cheapest way to complete a qualification, and why none is cheaper."""

from __future__ import annotations

__all__ = ["Completion", "complete"]

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Literal

import attrs

from ulnlib.qualifications import Achievement, Qualification, Structure
from ulnlib.rules.combination.asking import Asked, Maximum, ask
from ulnlib.rules.combination.evaluation import Supplied, Taken
from ulnlib.rules.combination.prepared import Prepared
from ulnlib.rules.combination.question import HOURS
from ulnlib.rules.combination.shortfall import shortfalls

By = Literal["credits", "hours"]


@attrs.frozen(kw_only=True)
class Completion:
    """What completes a qualification at the least cost.

    Attributes:
        by: What is least: `credits`, or `hours` of guided learning.
        taken: The units that it takes, in the order of the structure.
        supplied: The credit that it takes from units that are not listed.
        credit: The credits of all of them.
        hours: Their hours; ten a credit where a unit's hours are not known.
        has_guessed_hours: Whether such a guess is among them.
        proof: Why none is cheaper, in words.
        proven: Whether that is certain; only with a budget it may not be.
    """

    by: By
    taken: tuple[Taken, ...]
    supplied: tuple[Supplied, ...]
    credit: int
    hours: int
    has_guessed_hours: bool
    proof: str
    proven: bool = True

    def to_dict(self) -> dict[str, object]:
        """Return the completion as plain values.

        Returns:
            An object of the form of `cheapest` in `roc-check.schema.json`.

        Source: ours.
        """
        from ulnlib.rules.combination.plain import completion_to_dict

        return completion_to_dict(self)

    def to_text(self) -> str:
        """Return the completion as lines of text: what it costs, what to take, why.

        Returns:
            Lines that end in a line feed, in words as those of `Evaluation.to_text`.

        Source: ours.
        """
        from ulnlib.rules.combination.showing import completion_to_text

        return completion_to_text(self)


def complete(  # noqa: PLR0913  # as `evaluate`
    structure: Structure | Qualification | Prepared,
    achievements: Iterable[Achievement],
    *,
    by: By = "credits",
    as_of: dt.date | None = None,
    maximum: Maximum = "whole",
    what_if: Iterable[Achievement] = (),
    facts: Collection[str] = (),
    offer: Collection[str] | None = None,
    budget: int | None = None,
) -> Completion | None:
    """Return the cheapest way to complete a qualification.

    Args:
        structure: The rules.
        achievements: What was achieved.
        by: What is to be least, `credits` or `hours`.
        as_of: The day of the evaluation.
        maximum: What a group's most credit does, see `evaluate`.
        what_if: Units that are taken for achieved as well, see `evaluate`.
        facts: The names of the structure's requirements beside credit that hold.
        offer: The references of the units that can still be taken; all that are listed
            when it is not given.
        budget: How many states the search may look at.

    Returns:
        What to take; nothing to take where the qualification is met; None where nothing
        on offer completes it, and where a budget was used up before anything was found.

    Raises:
        ValueError: A qualification without a structure, no such maximum, no such
            measure, or a fact that is the name of no requirement.

    Source: ours; ten hours a credit: Qualifications and Credit Framework (published).
    """
    if by not in {"credits", "hours"}:
        raise ValueError("by is 'credits' or 'hours'")
    asked = ask(
        structure,
        [*achievements, *what_if],
        as_of=as_of,
        maximum=maximum,
        facts=facts,
        offer=offer,
        budget=budget,
        by_hours=by == "hours",
    )
    if asked.solution.cost is None:
        return None
    taken, supplied = asked.taken, asked.supplied
    beyond = sum([one.credit for one in supplied])
    hours = [one.unit.hours for one in taken]
    return Completion(
        by=by,
        taken=taken,
        supplied=supplied,
        credit=sum([one.unit.credit or 0 for one in taken]) + beyond,
        hours=sum(
            [
                HOURS * (one.unit.credit or 0) if known is None else max(known, 1)
                for one, known in zip(taken, hours, strict=True)
            ]
        )
        + HOURS * beyond,
        has_guessed_hours=bool(beyond) or None in hours,
        proof=_proof(asked, by),
        proven=asked.solution.is_proven,
    )


def _proof(asked: Asked, by: By) -> str:
    solution = asked.solution
    if not solution.is_proven:
        return (
            f"Not proven: with fewer than {solution.least_cost} {by} it is impossible."
        )
    if not solution.cost:
        return "Nothing is lacking."
    if by == "credits" and shortfalls(asked.question.problem)[0] == solution.cost:
        return (
            f"However what is there is counted, {solution.cost} credits are lacking: "
            "the minimums of the groups and of the whole ask for so many more."
        )
    return (
        f"Every way to count and to add with fewer {by} was ruled out "
        f"(states of the search: {solution.steps})."
    )
