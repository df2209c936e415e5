"""Compare an evaluation with an oracle, and make a disagreement as small as it goes."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from oracles import combination_cpsat, combination_naive
from oracles.answer import comparable
from oracles.features import FEATURES, changed_groups, with_values
from oracles.structures import Case

CHEAP = 400
"""Up to so many tries everything is tried; the solver is asked from there on."""


def oracle(case, *, cheap=CHEAP, seconds=None):
    """Return what an oracle says, and which of the two it was."""
    asked = (case.structure, case.achievements)
    try:
        return combination_naive.answer(*asked, limit=cheap, **case.options), "naive"
    except combination_naive.TooLarge:
        found = combination_cpsat.answer(*asked, seconds=seconds, **case.options)
        return found, "CP-SAT"


def differences(case, evaluate, *, cheap=CHEAP):
    """Return what the evaluation says and what the oracle says, where they differ."""
    right = oracle(case, cheap=cheap)[0].comparable()
    evaluation = evaluate(case.structure, case.achievements, **case.options)
    found = comparable(evaluation)
    different = {
        name: {"evaluate": found[name], "oracle": right[name]}
        for name in right
        if found[name] != right[name]
    }
    if not evaluation.proven:
        different["proven"] = False
    return different


def claims_that_are_wrong(case, evaluate, *, cheap=CHEAP):
    """Return what an evaluation says that has proven nothing, where it cannot be.

    What it found has to be possible, so no better than the best; and what it says is
    needed at least must not be more than is needed.
    """
    right = oracle(case, cheap=cheap)[0]
    found = evaluate(case.structure, case.achievements, **case.options)
    least, needed = found.least_needed, right.credits_needed
    claims = {
        "met": found.is_met <= right.met,
        "credits_needed": found.credits_needed is None
        or (needed is not None and found.credits_needed >= needed),
        "least_needed": needed is None or (least is not None and least <= needed),
        "credit": found.credits_needed != needed or found.credit <= right.credit,
    }
    return {
        name: {"evaluate": getattr(found, name, None), "oracle": right}
        for name, holds in claims.items()
        if not holds
    }


def explain(case, evaluate):
    """Return the smallest case found that differs, as a text that can be run."""
    least = smallest(case, lambda one: bool(differences(one, evaluate)))
    return f"{differences(least, evaluate)}\n{written(least)}"


def written(case):
    """Return a case as Python, defaults left out."""
    options = ", ".join(f"{name}={value!r}" for name, value in case.options.items())
    achievements = ", ".join(_written(one) for one in case.achievements)
    return f"evaluate({_written(case.structure)}, [{achievements}], {options})"


def _written(value):
    if attrs.has(type(value)):
        parts = [
            f"{field.name}={_written(getattr(value, field.name))}"
            for field in attrs.fields(type(value))
            if getattr(value, field.name) != field.default
        ]
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, tuple):
        return f"[{', '.join(_written(one) for one in value)}]"
    return str(value) if isinstance(value, str) and not value else repr(value)


# --- smaller cases ----------------------------------------------------------------


def smallest(case, is_wrong):
    """Return a case from which nothing can be left out without its being right."""
    shrinks = True
    while shrinks:
        shrinks = False
        for smaller in smaller_cases(case):
            if smaller != case and is_wrong(smaller):
                case, shrinks = smaller, True
                break
    return case


def smaller_cases(case) -> Iterator[Case]:
    """Yield cases that lack something, large parts first."""
    for without in FEATURES.values():
        yield without(case)
    for turn in range(len(case.achievements)):
        left = case.achievements[:turn] + case.achievements[turn + 1 :]
        yield with_values(case, achievements=left)
    yield from _smaller_across(case)
    root = case.structure.root
    for child in root.groups:  # a group in the place of the one above it
        structure = attrs.evolve(case.structure, root=child)
        yield with_values(case, structure=structure)
    for group in root.walk():
        if group is not root:
            yield _without_group(case, group)
        yield from _smaller_group(case, group)


def _smaller_across(case):
    for name in ("bars", "at_most", "equivalents", "caps", "additional_units"):
        found = getattr(case.structure, name)
        for turn in range(len(found)):
            changes = {name: found[:turn] + found[turn + 1 :]}
            structure = attrs.evolve(case.structure, **changes)
            yield with_values(case, structure=structure)


def _smaller_group(case, group):
    for unit in group.units:
        kept = [one for one in group.units if one is not unit]
        yield _with_group(case, group, units=kept)
    for field in attrs.fields(type(group)):
        if field.name not in {"name", "units", "groups"}:
            yield _with_group(case, group, **{field.name: field.default})


def _with_group(case, group, **changes):
    root = changed_groups(
        case.structure.root,
        lambda one: attrs.evolve(one, **changes) if one.name == group.name else one,
    )
    return with_values(case, structure=attrs.evolve(case.structure, root=root))


def _without_group(case, group):
    root = changed_groups(
        case.structure.root,
        lambda one: attrs.evolve(
            one, groups=[child for child in one.groups if child.name != group.name]
        ),
    )
    return with_values(case, structure=attrs.evolve(case.structure, root=root))
