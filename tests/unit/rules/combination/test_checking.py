"""A choice checked against everything that a problem asks."""

import attrs
import pytest

from builders.problems import added, at_most, credit_at_most, flat, there
from ulnlib.rules.combination.branching import solve
from ulnlib.rules.combination.checking import Watched, faults_of
from ulnlib.rules.combination.problem import Node, Problem


def test_what_can_be_watched_are_limits_of_credit_and_minimums_of_measures():
    problem = flat(
        there(0, 0, 3, 0),
        limits=[at_most(1, 0), credit_at_most(5, 0)],
        minimums=((0, 3), (1, 0)),
    )

    assert Watched.everything(problem) == Watched({1}, {(0, 0)})


def test_what_is_watched_can_be_put_together_and_taken_off():
    one, other = Watched({1, 2}, {(0, 0)}), Watched({2, 3}, {(1, 0)})

    assert one.with_also(other) == Watched({1, 2, 3}, {(0, 0), (1, 0)})
    assert one.without(other) == Watched({1}, {(0, 0)})
    assert one
    assert not one.without(one)


def test_a_choice_of_nothing_is_not_whole_and_breaks_nothing():
    faults = faults_of(flat(minimums=((0, 3),)), [], {})

    assert not faults.is_whole
    assert not faults.broken


@pytest.mark.parametrize(
    ("rules", "is_whole"),
    [
        ({"min_credit": 7}, True),
        ({"min_credit": 8}, False),
        ({"min_parts": 2}, True),
        ({"min_parts": 3}, False),
        ({"minimums": ((0, 3),)}, True),
        ({"minimums": ((0, 4),)}, False),
    ],
)
def test_a_choice_is_whole_when_the_root_has_its_minimums(rules, is_whole):
    problem = flat(there(0, 0, 3, 0), added(0, 1, 4), **rules)

    assert faults_of(problem, [0, 1], {}).is_whole == is_whole


def test_a_minimum_that_a_node_in_use_lacks_is_broken():
    nodes = [
        Node(parent=-1, children=(1, 2)),
        Node(parent=0, minimums=((0, 4),)),
        Node(parent=0, minimums=((0, 4),)),
    ]
    faults = faults_of(Problem(nodes=nodes, items=[there(1, 0, 3, 0)]), [0], {})

    assert faults.is_whole
    assert faults.broken == Watched(frozenset(), {(1, 0)})


@pytest.mark.parametrize(("most", "broken"), [(7, set()), (6, {1})])
def test_a_limit_of_credit_that_is_passed_is_broken_one_of_numbers_is_not(most, broken):
    problem = flat(
        there(0, 0, 3),
        there(0, 1, 4),
        there(0, 2, 5),
        limits=[at_most(1, 0, 1), credit_at_most(most, 0, 1)],
    )

    assert faults_of(problem, [0, 1, 2], {}).broken == Watched(broken)


def test_what_is_supplied_counts_too():
    problem = flat(
        is_open=True,
        open_measures={0},
        min_credit=3,
        min_parts=2,
        minimums=((0, 3),),
        limits=[credit_at_most(2, open_nodes=[0])],
    )
    faults = faults_of(problem, [], {0: (3, 2)})

    assert faults.is_whole
    assert faults.broken == Watched({0})


def test_the_least_minimum_can_be_watched():
    assert Watched.everything(flat(minimums=((0, 1),))).minimums == {(0, 0)}


@pytest.mark.parametrize(("least", "broken"), [(7, False), (8, True)])
def test_all_items_of_a_node_count_in_a_measure(least, broken):
    problem = flat(there(0, 0, 3, 0), there(0, 1, 4, 0), minimums=((0, least),))

    assert bool(faults_of(problem, [0, 1], {}).broken) == broken


def test_what_is_supplied_elsewhere_is_under_no_limit():
    nodes = [
        Node(parent=-1, children=(1, 2)),
        Node(parent=0, is_open=True),
        Node(parent=0, is_open=True),
    ]
    limits = [credit_at_most(3, open_nodes=[1])]
    problem = Problem(nodes=nodes, items=[], limits=limits)

    assert not faults_of(problem, [], {1: (3, 1), 2: (5, 1)}).broken
    assert not faults_of(problem, [], {2: (5, 1)}).broken
    assert faults_of(problem, [], {1: (4, 1), 2: (5, 1)}).broken == Watched({0})


@pytest.mark.parametrize(
    "asked", [{"min_credit": 7}, {"min_parts": 2}, {"minimums": ((0, 7),)}]
)
def test_all_nodes_below_count_at_the_node_above(asked):
    nodes = [
        Node(parent=-1, children=(1, 2), **asked),
        Node(parent=0),
        Node(parent=0),
    ]
    problem = Problem(nodes=nodes, items=[there(1, 0, 3, 0), there(2, 1, 4, 0)])

    assert faults_of(problem, [0, 1], {}).is_whole
    assert not faults_of(problem, [0], {}).is_whole
    assert not faults_of(problem, [1], {}).is_whole


@pytest.mark.parametrize(("is_mandatory", "is_whole"), [(False, True), (True, False)])
def test_a_mandatory_node_that_is_not_achieved_blocks_the_one_above(
    is_mandatory, is_whole
):
    nodes = [
        Node(parent=-1, children=(1, 2)),
        Node(parent=0, min_credit=4, is_mandatory=is_mandatory),
        Node(parent=0),
    ]
    problem = Problem(nodes=nodes, items=[there(1, 0, 3), there(2, 1, 3)])

    assert faults_of(problem, [0, 1], {}).is_whole == is_whole


@pytest.mark.parametrize(("is_capped", "is_whole"), [(False, True), (True, False)])
def test_of_a_capped_node_no_more_than_its_most_goes_up(is_capped, is_whole):
    nodes = [
        Node(parent=-1, children=(1,), min_credit=5, minimums=((0, 5),)),
        Node(parent=0, max_credit=4),
    ]
    problem = Problem(nodes=nodes, items=[there(1, 0, 5, 0)], is_capped=is_capped)

    faults = faults_of(problem, [0], {})
    assert faults.is_whole == is_whole
    assert bool(faults.broken) == is_capped


def test_a_search_watches_what_decided_something():
    problem = flat(
        there(0, 0, 5),
        there(0, 1, 4, 0),
        limits=[credit_at_most(5, 0, 1), credit_at_most(99, 0, 1)],
        minimums=((0, 4),),
    )
    answer = solve(problem)

    assert answer.items == (1,)
    assert 1 not in answer.watched.limits
    assert answer.watched.limits == {0}
    without = attrs.evolve(problem, limits=())
    assert solve(without).watched == Watched()
