"""Tables: the best choice that a state allows, and what they promise and keep."""

import pytest

from builders.problems import added, at_most, credit_at_most, flat, there
from ulnlib.rules.combination.prices import Price
from ulnlib.rules.combination.problem import Node, Problem
from ulnlib.rules.combination.tables import State, Tables

FREE = State(0, 0, 0)


def best(problem, most_cost=None, state=FREE, **options):
    """Return the items of the best choice, None when there is none."""
    tables = Tables(problem, most_cost, **options)
    found = tables.best(state)
    return None if found is None else tables.scoring.choice(found.score)[0]


PLAIN = flat(there(0, 0, 3), there(0, 1, 4), there(0, 2, 5))


def test_what_is_banned_does_not_count():
    assert best(PLAIN, state=State(0, 0b010, 0)) == [0, 2]


def test_what_is_fixed_counts_though_it_need_not():
    problem = flat(there(0, 0, 3), there(0, 1, 4), max_credit=4)

    assert best(problem) == [1]
    assert best(problem, state=State(0b01, 0, 0)) == [0]


def test_what_is_fixed_and_breaks_a_bound_leaves_no_choice():
    problem = flat(there(0, 0, 3), there(0, 1, 4), max_credit=4)

    assert best(problem, state=State(0b11, 0, 0)) is None


def test_an_item_to_add_may_be_fixed_and_banned():
    problem = flat(there(0, 0, 3), added(0, 1, 4), added(0, 2, 5), min_credit=7)

    assert best(problem, 5) == [0, 1]
    assert best(problem, 5, State(0b100, 0, 0)) == [0, 2]
    assert best(problem, 5, State(0, 0b010, 0)) == [0, 2]
    assert best(problem, 5, State(0, 0b110, 0)) is None


def test_a_choice_that_need_not_be_whole_may_be_of_nothing():
    assert best(flat()) == []
    assert best(flat(), 0) is None


def test_no_more_is_added_than_is_allowed():
    problem = flat(added(0, 0, 4), added(0, 1, 5), min_credit=5)

    assert best(problem, 4) is None
    assert best(problem, 5) == [1]


def test_of_things_to_add_that_differ_in_nothing_as_many_are_kept_as_may_be_needed():
    """Three of 4 cost more than 9, so two are kept; the fourth has a limit."""
    items = [added(0, n, 4) for n in range(4)]
    problem = flat(*items, limits=[at_most(1, 3)], min_credit=8)

    assert set(Tables(problem, 9).scoring.of) == {0, 1, 3}


def test_things_to_add_under_different_caps_are_all_kept():
    items = [added(0, n, 4) for n in range(3)]
    limits = [credit_at_most(4, 0), credit_at_most(4, 1)]

    assert set(Tables(flat(*items, limits=limits), 4).scoring.of) == {0, 1, 2}


def test_limits_of_numbers_are_not_kept():
    """They promise too much: whoever asks looks at the limits."""
    problem = flat(there(0, 0, 3), there(0, 1, 4), limits=[at_most(1, 0, 1)])

    assert best(problem) == [0, 1]


def test_limits_of_credit_are_kept():
    problem = flat(there(0, 0, 3), there(0, 1, 4), limits=[credit_at_most(4, 0, 1)])

    assert best(problem) == [1]


def test_a_price_makes_a_promise_that_nothing_may_pass():
    """3 and 4, of which one counts: without prices 7 are promised, with them 4."""
    problem = flat(there(0, 0, 3), there(0, 1, 4), limits=[at_most(1, 0, 1)])
    tables = Tables(problem, None)
    high = tables.best(FREE).rank
    real = tables.scoring.of[1]

    tables.set_prices({0: Price(tables.scoring.of[0], 3, 0)})
    low = tables.best(State(0, 0, 1)).rank

    assert real <= low < high


def test_prices_of_credit_bring_the_total_nearer():
    """7 are asked for, and of the 3 and the 4 one counts: there is nothing whole."""
    problem = flat(
        there(0, 0, 3), there(0, 1, 4), limits=[at_most(1, 0, 1)], min_credit=7
    )
    tables = Tables(problem, 0)
    assert tables.best(FREE) is not None

    tables.set_prices({0: Price(tables.scoring.unit, 3, 0)})
    assert tables.best(State(0, 0, 1)) is None
    assert tables.best(FREE) is not None  # a price that does not hold


def test_prices_of_level_credit_bring_the_level_minimum_nearer():
    problem = flat(
        there(0, 0, 3, 0),
        there(0, 1, 4, 0),
        limits=[at_most(1, 0, 1)],
        minimums=((0, 7),),
        level=0,
    )
    tables = Tables(problem, 0)

    tables.set_prices({0: Price(tables.scoring.unit, 0, 3)})
    assert tables.best(State(0, 0, 1)) is None


def test_of_several_prices_on_an_item_those_hold_that_a_state_says():
    problem = flat(
        there(0, 0, 3),
        there(0, 1, 4),
        limits=[at_most(1, 0, 1), at_most(1, 0, 1)],
    )
    tables = Tables(problem, None)
    unit = tables.scoring.unit

    tables.set_prices({0: Price(unit, 0, 0), 1: Price(2 * unit, 0, 0)})
    free = tables.best(FREE).rank
    # Both items pay, and one of them is given back.
    assert tables.best(State(0, 0, 0b01)).rank == free - unit
    assert tables.best(State(0, 0, 0b10)).rank == free - 2 * unit
    assert tables.best(State(0, 0, 0b11)).rank == free - 3 * unit


def test_a_child_that_is_not_used_is_no_part():
    nodes = [Node(parent=-1, children=(1, 2), max_parts=1), Node(parent=0)]
    nodes.append(Node(parent=0))
    problem = Problem(nodes=nodes, items=[there(1, 0, 3), there(2, 1, 4)])

    assert best(problem) == [1]


def test_a_child_that_is_not_achieved_is_no_part_of_the_least():
    nodes = [Node(parent=-1, children=(1, 2), min_parts=2), Node(parent=0)]
    nodes.append(Node(parent=0, min_credit=5))
    problem = Problem(nodes=nodes, items=[there(1, 0, 3), there(2, 1, 4)])

    assert best(problem, 0) is None
    assert best(problem) == [0, 1]


def test_a_mandatory_child_without_a_choice_ends_the_table():
    nodes = [Node(parent=-1, children=(1, 2)), Node(parent=0, is_mandatory=True)]
    nodes.append(Node(parent=0))

    assert best(Problem(nodes=nodes, items=[there(2, 0, 3)]), 0) is None


def test_more_than_is_asked_for_above_is_enough():
    """The table of the child keeps no two choices that the root cannot tell apart."""
    nodes = [Node(parent=-1, children=(1,), min_credit=4), Node(parent=0)]
    items = [there(1, n, 1 + n) for n in range(6)]
    tables = Tables(Problem(nodes=nodes, items=items), 0)

    assert len(tables._table(1, FREE, achieved=True)) <= 4
    assert tables.best(FREE) is not None


def test_what_is_supplied_is_bounded_by_what_may_be_added():
    problem = flat(is_open=True, min_credit=5)

    assert best(problem, 4) is None
    tables = Tables(problem, 5)
    found = tables.best(FREE)
    assert tables.scoring.choice(found.score) == ([], {0: (5, 1)})


@pytest.mark.parametrize(("asked", "is_there"), [(12, True), (13, False)])
def test_asked_blindly_a_table_says_only_whether_there_is_a_choice(asked, is_there):
    problem = flat(*PLAIN.items, min_credit=asked)

    found = Tables(problem, 0, is_blind=True).best(FREE)
    assert (found is not None) == is_there


def test_a_capped_choice_is_ranked_by_what_counts():
    """5 and 3 count for 4, and the 4 does so alone: fewer items."""
    nodes = [Node(parent=-1, children=(1,)), Node(parent=0, max_credit=4)]
    items = [there(1, 0, 5, 0), there(1, 1, 3), there(1, 2, 4)]
    problem = Problem(nodes=nodes, items=items, is_capped=True, level=0)

    tables = Tables(problem, 0)
    scoring = tables.scoring
    found = tables.best(FREE)
    worth = 4 * scoring.per_credit + 4 * scoring.per_level
    assert found.rank == found.score + worth
    assert scoring.cost(found.rank) == 0
    assert best(problem, 0) == [0]
