"""Evaluations agree with oracles that were written from the text of the rules alone.

The oracles are in `tests/oracles`: one tries everything, the other asks a solver.
`PROVE_STRUCTURES` of tests/prove/test_combination_oracle.py says how many more there
are in the long proof.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from random import Random

import attrs
import pytest

from oracles import combination_cpsat, combination_naive, structures
from oracles.answer import comparable
from oracles.compare import differences, explain
from oracles.examples import EXAMPLES, told
from oracles.features import FEATURES, features, with_values
from ulnlib.qualifications import (
    Achievement,
    Bar,
    Group,
    Level,
    LevelMinimum,
    Structure,
    Unit,
    compact_reference,
)
from ulnlib.rules.combination import evaluate

SMALL = 2_000
PARTS = 10
STATES = 100  # that a search may look at where a few cases would take minutes


def evaluated(case, **changes):
    case = with_values(case, **changes)
    return evaluate(case.structure, case.achievements, **case.options)


# --- the oracles ------------------------------------------------------------------


def test_both_oracles_agree_where_everything_can_be_tried():
    tried = Counter()
    for make in (structures.tiny, structures.small):
        for seed in range(250):
            case = make(seed)
            asked = (case.structure, case.achievements)
            try:
                right = combination_naive.answer(*asked, limit=1_500, **case.options)
            except combination_naive.TooLarge:
                continue
            assert combination_cpsat.answer(*asked, **case.options) == right, seed
            tried[right.met, right.credits_needed is None] += 1

    assert sum(tried.values()) > 350
    assert min(tried.values()) > 50


@pytest.mark.parametrize("what", EXAMPLES)
def test_answers_found_by_hand(what):
    case, needed, counted = EXAMPLES[what]
    asked = (case.structure, case.achievements)
    answers = [
        combination_naive.answer(*asked, **case.options).comparable(),
        combination_cpsat.answer(*asked, **case.options).comparable(),
        comparable(evaluated(case)),
    ]

    assert [one["credits_needed"] for one in answers] == [needed] * 3
    assert [told(one["counted"]) for one in answers] == [counted] * 3


def test_the_generator_makes_every_feature():
    made = Counter()
    for seed in range(400):
        made.update(features(structures.small(seed)))

    assert made.keys() == FEATURES.keys()
    assert min(made.values()) >= 8


# --- agreement --------------------------------------------------------------------


@pytest.mark.parametrize("part", range(PARTS))
def test_two_thousand_small_structures_agree_with_an_oracle(part):
    for seed in range(part, SMALL, PARTS):
        case = structures.small(seed)
        assert not differences(case, evaluate), (seed, explain(case, evaluate))


def test_larger_structures_agree_with_an_oracle():
    bounded = partial(evaluate, budget=STATES)
    unproven = 0
    for seed in range(60):
        for case in (structures.medium(seed), *structures.typical(seed)):
            different = differences(case, bounded)
            if "proven" in different:
                # It says itself that it did not get to the end.
                unproven += 1
            else:
                assert not different, (seed, explain(case, evaluate))

    assert unproven <= 8


def test_adversarial_structures_agree_with_an_oracle():
    for seed in range(10):
        assert not differences(structures.adversarial(seed), evaluate), seed


# --- laws -------------------------------------------------------------------------


def test_the_order_of_achievements_changes_nothing():
    for seed in range(300):
        case, chance = structures.small(seed), Random(seed)
        shuffled = list(case.achievements)
        chance.shuffle(shuffled)

        found = evaluated(case, achievements=tuple(shuffled))

        assert comparable(found) == comparable(evaluated(case)), seed


def test_the_order_of_what_lies_across_the_groups_changes_nothing():
    names = ("bars", "at_most", "equivalents", "caps", "requirements")
    for seed in range(300):
        case, chance = structures.small(seed), Random(seed)
        changes = {}
        for name in names:
            changes[name] = list(getattr(case.structure, name))
            chance.shuffle(changes[name])

        found = evaluated(case, structure=attrs.evolve(case.structure, **changes))

        assert comparable(found) == comparable(evaluated(case)), seed


def test_a_unit_that_somebody_might_have_counts_as_one_that_somebody_has():
    for seed in range(300):
        case, chance = structures.small(seed), Random(seed)
        cut = chance.randint(0, len(case.achievements))

        found = evaluate(
            case.structure,
            case.achievements[:cut],
            what_if=case.achievements[cut:],
            **case.options,
        )

        assert comparable(found) == comparable(evaluated(case)), seed


def test_what_is_missing_is_missing_still_when_the_offer_is_narrowed():
    for seed in range(300):
        case = with_values(structures.small(seed), offer=None)
        wide = evaluated(case).credits_needed
        names = sorted(
            {u.reference for g in case.structure.root.walk() for u in g.units}
        )
        offer = tuple(Random(seed).sample(names, len(names) // 2))
        narrow = evaluated(case, offer=offer).credits_needed

        assert narrow is None or (wide is not None and wide <= narrow), seed


RESTRICTIONS = (
    "maximum credit",
    "maximum of subcomponents",
    "bars",
    "at most some of a set",
    "equivalents",
    "cap: at most a level",
    "cap: at least a level",
    "cap: imported",
    "cap: kinds, amount",
    "cap: kinds, share",
    "cap: group",
    "units that do not count",
    # A unit that is in two groups may count for less in one of them; one that is too
    # old for a group may be taken again there, and so not be counted elsewhere.
    "other credit: also listed",
    "shared units",
    "maximum caps",
)


def unrestricted(seed):
    """Return a small case without anything that stops a unit from counting."""
    case = with_values(structures.small(seed), as_of=None)
    for name in RESTRICTIONS:
        case = FEATURES[name](case)
    return case


def test_without_restrictions_more_achieved_never_counts_less():
    more = 0
    for seed in range(400):
        case = unrestricted(seed)
        has = {compact_reference(one.unit) for one in case.achievements}
        every = [u for g in case.structure.root.walk() for u in g.units]
        new = [u for u in every if compact_reference(u.reference) not in has]
        if not new:
            continue
        one = Random(seed).choice(new)
        before = evaluated(case)
        achieved = Achievement(one.reference, 3, Level.LEVEL_3)
        after = evaluated(case, achievements=(*case.achievements, achieved))

        assert after.is_met >= before.is_met, seed
        assert after.credit >= before.credit, seed
        assert (after.credit_at_level or 0) >= (before.credit_at_level or 0), seed
        if before.credits_needed is not None:
            assert after.credits_needed is not None, seed
            assert after.credits_needed <= before.credits_needed, seed
        more += after.credit > before.credit

    assert more > 100


A, B = Unit("A", 5, Level.LEVEL_2), Unit("B", 4, Level.LEVEL_3)


@pytest.mark.parametrize(
    ("rules", "bars"),
    [
        ({"max_credit": 6}, ()),
        ({"max_subcomponents": 1}, ()),
        ({}, (Bar("A", ["B"]),)),
    ],
)
def test_with_a_restriction_more_achieved_may_count_less(rules, bars):
    group = Group(
        name="G", units=[A, B], level_minimum=LevelMinimum(Level.LEVEL_3, 4), **rules
    )
    structure = Structure(name="S", total=4, root=group, bars=bars)

    less = evaluate(structure, [Achievement("A")], offer=())
    more = evaluate(structure, [Achievement("A"), Achievement("B")], offer=())

    assert (less.is_met, less.credit, less.credits_needed) == (False, 5, None)
    assert (more.is_met, more.credit, more.credits_needed) == (True, 4, 0)


def test_a_unit_in_two_groups_may_count_for_less_when_more_is_achieved():
    # Without B the unit counts where it has more credit; with B it is needed elsewhere.
    first = Group(name="1", units=[Unit("A", 2)], is_mandatory=True)
    second = Group(name="2", units=[Unit("A", 6)])
    third = Group(name="3", units=[Unit("B", 1)], is_mandatory=True)
    root = Group(name="G", groups=[first, second, third])
    structure = Structure(name="S", total=3, root=root)

    less = evaluate(structure, [Achievement("A")], offer=())
    more = evaluate(structure, [Achievement("A"), Achievement("B")], offer=())

    assert (less.is_met, less.credit) == (False, 6)
    assert (more.is_met, more.credit) == (True, 3)
