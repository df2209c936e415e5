"""An evaluation as plain values, for JSON: `roc-check.schema.json`."""

from __future__ import annotations

__all__ = ["completion_to_dict", "to_dict"]

from collections.abc import Iterable

from ulnlib.issues import Issue
from ulnlib.qualifications import Level, compact_reference
from ulnlib.rules.combination.completing import Completion
from ulnlib.rules.combination.evaluation import (
    Counted,
    Evaluation,
    GroupResult,
    Need,
    Supplied,
    Taken,
    UnitResult,
)
from ulnlib.rules.combination.outline import ASSUMED

_Plain = dict[str, object]
_LEVELS = tuple(Level)


def to_dict(evaluation: Evaluation) -> _Plain:
    """Return an evaluation as plain values.

    Args:
        evaluation: The evaluation.

    Returns:
        An object of the form `roc-check.schema.json`.

    Source: ours.
    """
    structure, report = evaluation.structure, evaluation.report
    references = {
        compact_reference(one.reference): one.reference for one in evaluation.units
    }
    listed = {
        compact_reference(unit.reference): unit.reference
        for group in evaluation.groups
        for unit in group.group.units
    }
    return {
        "version": 1,
        "kind": "roc-check",
        "structure": {
            "name": structure.name,
            "reference": structure.reference,
            "total": structure.total,
            "level": structure.level,
            "min_credit_at_level": structure.min_credit_at_level,
        },
        "as_of": None if evaluation.as_of is None else evaluation.as_of.isoformat(),
        "maximum": evaluation.maximum,
        "is_met": evaluation.is_met,
        "credit": evaluation.credit,
        "credit_at_level": evaluation.credit_at_level,
        "credit_above_level": evaluation.credit_above_level,
        "credits_needed": evaluation.credits_needed,
        "credits_towards": evaluation.credits_towards,
        "proven": evaluation.proven,
        "least_needed": evaluation.least_needed,
        "needs": [_need(one) for one in evaluation.needs],
        "conflicts": list(evaluation.conflicts),
        "completion": {
            "taken": _taken(evaluation.taken),
            "supplied": _supplied(evaluation.supplied),
        },
        "groups": [_group(one) for one in evaluation.groups],
        "counted": [_counted(one, references, listed) for one in evaluation.counted],
        "units": [_unit(one) for one in evaluation.units],
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "issues": [_issue(one) for one in report],
        "assumed": " ".join(ASSUMED),
    }


def completion_to_dict(completion: Completion) -> _Plain:
    """Return the cheapest completion as plain values.

    Args:
        completion: The completion.

    Source: ours.
    """
    return {
        "by": completion.by,
        "taken": _taken(completion.taken),
        "supplied": _supplied(completion.supplied),
        "credit": completion.credit,
        "hours": completion.hours,
        "has_guessed_hours": completion.has_guessed_hours,
        "proof": completion.proof,
        "proven": completion.proven,
    }


def _taken(several: Iterable[Taken]) -> list[_Plain]:
    return [
        {
            "place": one.place,
            "group": one.group,
            "unit": one.unit.reference,
            "credit": one.unit.credit,
            "cost": one.cost,
        }
        for one in several
    ]


def _supplied(several: Iterable[Supplied]) -> list[_Plain]:
    return [
        {
            "place": one.place,
            "group": one.group,
            "credit": one.credit,
            "units": one.units,
        }
        for one in several
    ]


def _need(need: Need) -> _Plain:
    return {
        "group": need.group,
        "credit": need.credit,
        "at_level": need.at_level,
        "level": need.level,
        "units": list(need.units),
        "parts": need.parts,
        "one_of": [[_need(one) for one in several] for several in need.one_of],
        "requirement": need.requirement,
        "text": need.text,
    }


def _group(one: GroupResult) -> _Plain:
    group = one.group
    return {
        "place": one.place,
        "parent": None if one.parent < 0 else one.parent,
        "name": one.name,
        "kind": one.kind,
        "min_credit": group.min_credit,
        "max_credit": group.max_credit,
        "is_mandatory": one.is_mandatory,
        "is_achieved": one.is_achieved,
        "is_used": one.is_used,
        "decision_taken": one.decision_taken,
        "credit": one.credit,
        "credit_at_level": one.credit_at_level,
        "credit_above_level": one.credit_above_level,
        "credit_at_minimum": one.credit_at_minimum,
        "subcomponents": one.subcomponents,
    }


def _counted(
    one: Counted, references: dict[str, str], listed: dict[str, str]
) -> _Plain:
    return {
        "place": one.place,
        "group": one.group,
        "unit": references.get(one.unit, one.unit) or None,
        "stands_for": listed.get(one.stands_for),
        "credit": one.credit,
        "level": None if one.level_rank < 0 else _LEVELS[one.level_rank],
        "how": one.achievement.kind,
    }


def _unit(one: UnitResult) -> _Plain:
    return {
        "reference": one.reference,
        "title": one.title,
        "credit": one.credit,
        "group": one.group,
        "is_listed": one.unit is not None,
        "stands_for": one.stands_for,
        "is_mandatory": one.is_mandatory,
        "is_achieved": one.is_achieved,
        "is_included": one.is_included,
        "is_what_if": one.is_what_if,
        "why": one.why,
        "detail": one.detail,
    }


def _issue(one: Issue) -> _Plain:
    return {**one.to_dict(), "path": list(one.path)}
