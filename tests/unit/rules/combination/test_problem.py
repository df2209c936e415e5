"""What a problem asks: the words of `Problem`, each on a choice seen at once."""

import attrs
import pytest

from builders.problems import added, at_most, credit_at_most, flat, there
from ulnlib.rules.combination.branching import solve
from ulnlib.rules.combination.problem import Node, Problem


def test_all_that_is_there_counts_where_nothing_restricts():
    assert solve(flat(there(0, 0, 3), there(0, 1, 4))).items == (0, 1)


def test_a_node_is_achieved_only_when_it_is_used():
    assert not solve(flat()).is_whole
    assert solve(flat(there(0, 0, 1))).is_whole


def test_to_be_whole_comes_before_credit():
    """Either the 5 alone, or the 4 that brings the measure that is asked for."""
    problem = flat(
        there(0, 0, 5),
        there(0, 1, 4, 0),
        limits=[at_most(1, 0, 1)],
        minimums=((0, 4),),
    )

    assert solve(problem).items == (1,)


def test_the_least_cost_comes_before_credit():
    """With the 5 there are 5 to add, with the 4 there are 4."""
    problem = flat(
        there(0, 0, 5),
        there(0, 1, 4),
        added(0, 2, 5),
        added(0, 3, 4),
        limits=[at_most(1, 0, 1), at_most(1, 0, 3)],
        min_credit=8,
    )
    answer = solve(problem)

    assert answer.items == (1, 3)
    assert answer.cost == 4


def test_credit_comes_before_level_credit():
    problem = flat(
        there(0, 0, 4, 0), there(0, 1, 5), limits=[at_most(1, 0, 1)], level=0
    )

    assert solve(problem).items == (1,)


def test_level_credit_comes_before_the_number_of_items():
    problem = flat(
        there(0, 0, 4),
        there(0, 1, 2, 0),
        there(0, 2, 2, 0),
        max_credit=4,
        level=0,
    )

    assert solve(problem).items == (1, 2)


def test_the_number_of_items_comes_before_their_order():
    problem = flat(there(0, 0, 2), there(0, 1, 2), there(0, 2, 4), max_credit=4)

    assert solve(problem).items == (2,)


def test_their_order_comes_last():
    problem = flat(there(0, 0, 2), there(0, 1, 2), max_credit=2)

    assert solve(problem).items == (0,)


def test_level_credit_tells_nothing_where_no_level_is_asked():
    problem = flat(there(0, 0, 4), there(0, 1, 4, 0), limits=[at_most(1, 0, 1)])

    assert solve(problem).items == (0,)
    assert solve(attrs.evolve(problem, level=0)).items == (1,)


def test_what_is_added_is_no_credit_that_is_there():
    """Of two cheapest ways the one with more of what is there is taken."""
    problem = flat(there(0, 0, 3), added(0, 1, 4), added(0, 2, 7, cost=4), min_credit=7)

    assert solve(problem).items == (0, 1)


@pytest.mark.parametrize(("most", "items"), [(0, ()), (2, ()), (3, (0,)), (7, (0, 1))])
def test_a_limit_of_credit_holds_anywhere_in_the_tree(most, items):
    nodes = [Node(parent=-1, children=(1,)), Node(parent=0)]
    problem = Problem(
        nodes=nodes,
        items=[there(1, 0, 3), there(0, 1, 4)],
        limits=[credit_at_most(most, 0, 1)],
    )

    assert solve(problem).items == items


def test_credit_of_a_node_that_is_capped_counts_up_to_its_most():
    nodes = [Node(parent=-1, children=(1,), min_credit=4), Node(parent=0, max_credit=4)]
    problem = Problem(
        nodes=nodes, items=[there(1, 0, 3), there(1, 1, 2)], is_capped=True
    )
    answer = solve(problem)

    assert answer.is_whole
    assert answer.items == (0, 1)


def test_what_cannot_be_whole_for_another_reason_is_not():
    problem = attrs.evolve(flat(there(0, 0, 3)), can_be_whole=False)
    answer = solve(problem)

    assert not answer.is_whole
    assert answer.cost is None
    assert answer.items == (0,)


def test_parts_that_are_not_known_cost_as_much_as_is_said():
    problem = attrs.evolve(flat(is_open=True, min_credit=3), open_cost=10)
    answer = solve(problem)

    assert answer.supplied == {0: (3, 1)}
    assert answer.cost == 30


def test_parts_that_are_not_known_count_in_the_measures_of_their_node():
    asked = {"is_open": True, "minimums": ((0, 3),)}

    assert solve(flat(**asked, open_measures={0})).cost == 3
    assert not solve(flat(**asked)).is_whole


def test_parts_that_are_not_known_fall_under_limits_of_credit():
    limit = credit_at_most(2, open_nodes=[0])

    assert not solve(flat(limits=[limit], is_open=True, min_credit=3)).is_whole
    assert solve(flat(limits=[limit], is_open=True, min_credit=2)).cost == 2
