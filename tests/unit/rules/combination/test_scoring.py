"""Scores: the greater belongs to the better choice, and says which it is."""

from itertools import combinations, pairwise

import attrs
import pytest

from builders.problems import added, flat, there
from ulnlib.rules.combination.scoring import Scoring

PROBLEM = flat(
    there(0, 0, 3, 0),
    there(0, 1, 4),
    there(0, 2, 4),
    added(0, 3, 2),
    added(0, 4, 5),
    level=0,
    is_open=True,
)


def scoring_of(problem=PROBLEM, tied=(), most_cost=9):
    return Scoring(problem, range(len(problem.items)), set(tied), most_cost)


def score(scoring, *items):
    return sum(scoring.of[n] for n in items)


def subsets(items):
    return [one for many in range(len(items) + 1) for one in combinations(items, many)]


def test_a_score_says_which_choice_it_is():
    scoring = scoring_of()
    for chosen in subsets(range(5)):
        for supplied in ({}, {0: (4, 2)}):
            total = score(scoring, *chosen)
            total += sum(scoring.supply(0, *more) for more in supplied.values())

            assert scoring.choice(total) == (list(chosen), supplied)


def test_no_two_choices_have_one_score():
    scoring = scoring_of()
    scores = {score(scoring, *chosen) for chosen in subsets(range(5))}

    assert len(scores) == 2**5


def test_the_parts_of_a_score_stand_in_the_order_of_preference():
    """From best to worst."""
    in_order = [
        (0, 1, 2),
        (1, 2),  # less credit
        (0, 1),  # less still
        (0, 2),  # the same, and a later item
        (1,),
        (2,),
        (0,),  # less credit
        (0, 1, 2, 3),  # costs 2
        (0, 1, 2, 4),  # costs 5
        (4,),
        (3, 4),
    ]
    scores = [score(scoring_of(), *chosen) for chosen in in_order]

    assert all(better > worse for better, worse in pairwise(scores))


def test_level_credit_comes_behind_credit_and_before_the_number():
    problem = flat(there(0, 0, 4), there(0, 1, 2, 0), there(0, 2, 2), level=0)
    scoring = scoring_of(problem)

    assert score(scoring, 1, 2) > score(scoring, 0)
    scoring = scoring_of(attrs.evolve(problem, level=None))
    assert score(scoring, 0) > score(scoring, 1, 2)


@pytest.mark.parametrize(
    ("items", "supplied", "cost"),
    [((), 0, 0), ((0, 1), 0, 0), ((0, 3), 0, 2), ((3, 4), 0, 7), ((0, 3), 4, 6)],
)
def test_what_a_choice_costs_is_in_its_score(items, supplied, cost):
    scoring = scoring_of()
    total = score(scoring, *items)
    total += scoring.supply(0, supplied, 1) if supplied else 0

    assert scoring.cost(total) == cost
    cost = scoring.cost(total)
    assert scoring.cost(total + cost * scoring.per_cost) == 0


def test_of_things_to_add_one_that_no_limit_holds_is_preferred():
    problem = flat(there(0, 0, 1), added(0, 1, 2), added(0, 2, 2))

    assert score(scoring_of(problem), 1) > score(scoring_of(problem), 2)
    tied = scoring_of(problem, tied={1})
    assert score(tied, 2) > score(tied, 1)


def test_of_what_is_supplied_fewer_parts_are_preferred():
    assert scoring_of().supply(0, 4, 1) > scoring_of().supply(0, 4, 2)


def test_the_worst_of_a_cost_is_below_all_choices_within_it():
    scoring = scoring_of()

    assert scoring.worst_of(7) < score(scoring, 3, 4)
    assert scoring.worst_of(6) > score(scoring, 0, 1, 2, 3, 4)
    assert scoring.worst_of(0) < score(scoring)


def test_where_nodes_are_capped_credit_is_not_in_the_score():
    problem = attrs.evolve(PROBLEM, is_capped=True)
    scoring = scoring_of(problem)

    assert score(scoring, 0) > score(scoring, 1, 2)  # only fewer items


def test_without_a_cost_nothing_is_supplied():
    scoring = scoring_of(most_cost=0)

    assert scoring.choice(score(scoring, 0, 1)) == ([0, 1], {})


def test_prices_hide_no_choice():
    """A price is a multiple of the unit: the bits below say which choice it is."""
    scoring = scoring_of()

    assert scoring.choice(score(scoring, 0, 2) - 3 * scoring.unit)[0] == [0, 2]
