"""Evaluations agree with an outside oracle on very many structures.

`PROVE_STRUCTURES` says how many (400 without it): of twenty, one is adversarial, one is
like those that are published, two are of some size, and the others are small.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from oracles import structures
from oracles.compare import differences, explain, oracle
from ulnlib.rules.combination import evaluate

STRUCTURES = int(os.environ.get("PROVE_STRUCTURES", "400"))

SORTS = {
    "adversarial": (1, structures.adversarial),
    "typical": (1, lambda seed: next(structures.typical(seed))),
    "of some size": (2, structures.medium),
    "small": (16, structures.small),
}


@pytest.mark.prove
@pytest.mark.parametrize("sort", SORTS)
def test_evaluations_agree_with_the_oracle(sort, record_property):
    share, make = SORTS[sort]
    found = Counter()
    count = STRUCTURES * share // 20
    for seed in range(10_000_000, 10_000_000 + count):  # others than in the gate
        case = make(seed)
        different = differences(case, evaluate)
        if different:
            small = sort == "small"
            pytest.fail(f"{seed}: {explain(case, evaluate) if small else different}")
        found["compared"] += 1
    record_property(f"{sort} structures", f"{found['compared']:,}")


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
