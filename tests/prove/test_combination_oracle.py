"""Evaluations agree with an outside oracle on very many structures.

`PROVE_STRUCTURES` says how many (400 without it): of twenty, one is adversarial, one is
like those that are published, two are of some size, and the others are small. Among
those of some size are knots that take minutes; there the search is bounded, and where
it says that it has proven nothing, what it does say is held against the oracle.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import partial

import pytest

from oracles import structures
from oracles.compare import claims_that_are_wrong, differences, explain, oracle
from ulnlib.rules.combination import evaluate

STRUCTURES = int(os.environ.get("PROVE_STRUCTURES", "400"))
STATES = 100

SORTS = {
    "small": (16, structures.small, None),
    "typical": (1, lambda seed: next(structures.typical(seed)), None),
    "adversarial": (1, structures.adversarial, None),
    "of some size": (2, structures.medium, STATES),
}


@pytest.mark.prove
@pytest.mark.parametrize("sort", SORTS)
def test_evaluations_agree_with_the_oracle(sort, record_property):
    share, make, budget = SORTS[sort]
    asked = partial(evaluate, budget=budget)
    count, unproven = STRUCTURES * share // 20, 0
    for seed in range(10_000_000, 10_000_000 + count):  # others than in the gate
        case = make(seed)
        different = differences(case, asked)
        if budget is not None and "proven" in different:
            # It says itself that it did not get to the end; it may still not lie.
            unproven += 1
            different = claims_that_are_wrong(case, asked)
        if different:
            small = sort == "small"
            pytest.fail(f"{seed}: {explain(case, evaluate) if small else different}")
    assert unproven <= count // 8
    record_property(f"{sort} structures", f"{count:,}")
    if budget is not None:
        record_property(f"of them not proven in {budget} states", f"{unproven:,}")


@pytest.mark.prove
def test_a_good_share_is_met_can_be_completed_and_cannot(record_property):
    found = Counter()
    count = max(200, STRUCTURES // 20)
    for seed in range(10_000_000, 10_000_000 + count):
        answer, _ = oracle(structures.small(seed))
        found[
            "met"
            if answer.met
            else "not possible"
            if answer.credits_needed is None
            else "to be completed"
        ] += 1
    for name, number in found.items():
        assert number >= count // 10
        record_property(f"small, {name}", f"{number / count:.0%}")
