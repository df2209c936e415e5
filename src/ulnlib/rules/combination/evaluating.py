"""Evaluate: is a qualification met, what counts where, and what is still needed."""

from __future__ import annotations

__all__ = ["evaluate"]

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from ulnlib.qualifications import Achievement, Qualification, Structure
from ulnlib.rules.combination.asking import Maximum, ask
from ulnlib.rules.combination.claims import Claim, key_of
from ulnlib.rules.combination.conflicts import conflicts_of
from ulnlib.rules.combination.evaluation import Counted, Evaluation, GroupResult
from ulnlib.rules.combination.findings import findings_of
from ulnlib.rules.combination.leaving_out import units_of
from ulnlib.rules.combination.needs import needs_of
from ulnlib.rules.combination.prepared import Prepared
from ulnlib.rules.combination.standing import Standing, standing_of


def evaluate(  # noqa: PLR0913  # all but two are by name and have defaults
    structure: Structure | Qualification | Prepared,
    achievements: Iterable[Achievement],
    *,
    as_of: dt.date | None = None,
    maximum: Maximum = "whole",
    what_if: Iterable[Achievement] = (),
    facts: Collection[str] = (),
    offer: Collection[str] | None = None,
    budget: int | None = None,
) -> Evaluation:
    """Evaluate what somebody has achieved against the rules of a qualification.

    The answer is exact, and the same in whatever order the achievements are given: of
    all ways to count them the best, see the page on rules of combination for the order
    of preference.

    Args:
        structure: The rules; made ready by `prepare` where many are evaluated.
        achievements: What was achieved. With none, it says what is needed in all.
        as_of: The day of the evaluation; without it no rule of dates applies.
        maximum: What a group's most credit does: `whole`, a unit that would pass it
            does not count; `cap`, the group counts for its most credit.
        what_if: Units that are taken for achieved as well, to see what would be. Give
            them a date where a group counts months: without one they are not recent.
        facts: The names of the structure's requirements beside credit that hold.
        offer: The references of the units that can still be taken; all that are listed
            when it is not given.
        budget: How many states the search may look at; as many as it takes when it is
            not given. Where it does not suffice, `proven` is false.

    Returns:
        How it stands; nothing that is wrong with the data raises.

    Raises:
        ValueError: A qualification without a structure, no such maximum, or a fact
            that is the name of no requirement.

    Source: web-service schemas of release 9, ExecuteRoCQuery and RocQueryResult (the
    fields, observed); what counts how is ours, after published rules of combination
    (assumed where they are silent).
    """
    supposed, real = list(what_if), list(achievements)
    asked = ask(
        structure,
        [*real, *supposed],
        as_of=as_of,
        maximum=maximum,
        facts=facts,
        offer=offer,
        budget=budget,
    )
    prepared, solution, question = asked.prepared, asked.solution, asked.question
    counted = asked.counted
    standing = standing_of(prepared, counted, is_capped=maximum == "cap")
    root, needed = standing[0], solution.cost
    has_level = question.problem.level is not None
    total = prepared.structure.total or 0
    only_what_if = {key_of(one) for one in supposed} - {key_of(one) for one in real}
    if_held = needed
    if asked.lacking:
        names = [one.name for one in prepared.structure.requirements]
        if_held = ask(
            prepared,
            [*real, *supposed],
            as_of=as_of,
            maximum=maximum,
            facts=names,
            offer=offer,
            budget=budget,
        ).solution.cost
    conflicts: tuple[str, ...] = ()
    if needed is None and solution.is_proven:
        conflicts = conflicts_of(prepared, question, asked.lacking, solution.watched)
    return Evaluation(
        structure=prepared.structure,
        as_of=as_of,
        maximum=maximum,
        is_met=needed == 0,
        credit=root.credit,
        credit_at_level=root.at_level if has_level else None,
        credit_above_level=root.above_level if has_level else None,
        credits_needed=needed,
        credits_towards=None if needed is None else max(0, total - needed),
        counted=tuple([_counted(prepared, claim) for claim in counted]),
        groups=tuple(_groups(prepared, standing)),
        units=tuple(
            units_of(prepared, asked.claims, question, asked.chosen, only_what_if)
        ),
        taken=asked.taken,
        supplied=asked.supplied,
        needs=needs_of(prepared, standing, counted, asked.lacking),
        conflicts=conflicts,
        report=findings_of(prepared, [*real, *supposed], as_of),
        needed_if_held=if_held,
        proven=solution.is_proven,
        least_needed=solution.least_cost,
    )


def _counted(prepared: Prepared, claim: Claim) -> Counted:
    return Counted(
        place=claim.place,
        group=prepared.places[claim.place].group.name,
        unit=claim.key if claim.achievement.unit.strip() else "",
        stands_for="" if claim.listed is None else claim.listed.key,
        credit=claim.credit,
        level_rank=claim.rank,
        achievement=claim.achievement,
    )


def _groups(prepared: Prepared, standing: Iterable[Standing]) -> Iterator[GroupResult]:
    for place, one in zip(prepared.places, standing, strict=True):
        yield GroupResult(
            place=place.number,
            parent=place.parent,
            depth=place.depth,
            group=place.group,
            is_mandatory=place.is_mandatory,
            is_achieved=one.is_achieved,
            is_used=one.is_used,
            decision_taken=place.offers_choice and one.is_used,
            credit=one.credit,
            credit_at_level=one.at_level,
            credit_above_level=one.above_level,
            credit_at_minimum=None if place.group.level_minimum is None else one.inner,
            subcomponents=one.units + one.achieved,
        )
