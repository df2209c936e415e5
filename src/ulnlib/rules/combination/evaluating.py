"""Evaluate: is a qualification met, what counts where, and what is still needed."""

from __future__ import annotations

__all__ = ["evaluate"]

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Literal

from ulnlib.qualifications import Achievement, Qualification, Structure
from ulnlib.rules.combination.branching import solve
from ulnlib.rules.combination.claims import Claim, claims_of, key_of, offers_of
from ulnlib.rules.combination.conflicts import conflicts_of
from ulnlib.rules.combination.evaluation import (
    Counted,
    Evaluation,
    GroupResult,
    Supplied,
    Taken,
)
from ulnlib.rules.combination.findings import findings_of
from ulnlib.rules.combination.leaving_out import units_of
from ulnlib.rules.combination.needs import needs_of
from ulnlib.rules.combination.prepared import Prepared, prepare
from ulnlib.rules.combination.question import question_of
from ulnlib.rules.combination.standing import Standing, standing_of

Maximum = Literal["whole", "cap"]


def evaluate(
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
    """Evaluate what somebody has achieved against the rules of a qualification."""
    prepared = _prepared(structure)
    supposed, real = list(what_if), list(achievements)
    claims = claims_of(prepared, [*real, *supposed], as_of)
    offers = offers_of(prepared, claims, as_of, offer)
    is_capped = maximum == "cap"
    lacking = [one for one in prepared.structure.requirements if one.name not in facts]
    question = question_of(
        prepared, claims, offers, is_capped=is_capped, can_be_whole=not lacking
    )
    solution = solve(question.problem, budget=budget)
    there = len(question.claims)
    chosen = [n for n in solution.items if n < there]
    counted = [question.claims[n] for n in chosen]
    taken = [question.offers[n - there] for n in solution.items if n >= there]
    standing = standing_of(prepared, counted, is_capped=is_capped)
    needed = solution.cost if solution.is_whole else None
    root = standing[0]
    has_level = question.problem.level is not None
    total = prepared.structure.total or 0
    only_what_if = {key_of(one) for one in supposed} - {key_of(one) for one in real}
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
        units=tuple(units_of(prepared, claims, question, chosen, only_what_if)),
        taken=tuple(
            [
                Taken(
                    place=one.place,
                    group=prepared.places[one.place].group.name,
                    unit=one.listed.unit,
                    cost=one.listed.credit,
                )
                for one in taken
            ]
        ),
        supplied=tuple(
            [
                Supplied(
                    place=number,
                    group=prepared.places[number].group.name,
                    credit=credit,
                    units=units,
                )
                for number, (credit, units) in sorted(solution.supplied.items())
            ]
        ),
        needs=needs_of(prepared, standing, counted, lacking),
        conflicts=()
        if needed is not None or not solution.is_proven
        else conflicts_of(prepared, question, lacking),
        report=findings_of(prepared, [*real, *supposed], as_of),
        proven=solution.is_proven,
        least_needed=solution.least_cost,
    )


def _prepared(structure: Structure | Qualification | Prepared) -> Prepared:
    if isinstance(structure, Prepared):
        return structure
    if isinstance(structure, Qualification):
        if structure.structure is None:
            raise ValueError("the qualification has no structure to evaluate against")
        return prepare(structure.structure)
    return prepare(structure)


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


def _groups(prepared: Prepared, standing: Iterable[Standing]) -> Iterable[GroupResult]:
    for place, one in zip(prepared.places, standing, strict=True):
        group = place.group
        least = group.min_subcomponents or 0
        parts = len(place.units) + len(group.groups)
        mandatory = sum(below.is_mandatory for below in group.groups)
        offers_choice = parts > max(least, mandatory)
        yield GroupResult(
            place=place.number,
            parent=place.parent,
            depth=place.depth,
            group=group,
            is_mandatory=place.is_mandatory,
            is_achieved=one.is_achieved,
            is_used=one.is_used,
            decision_taken=offers_choice and one.is_used,
            credit=one.credit,
            credit_at_level=one.at_level,
            credit_above_level=one.above_level,
            subcomponents=one.units + one.achieved,
        )
