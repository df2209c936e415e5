"""What is lacking at least, and what may be added where."""

import pytest

from builders.problems import added, flat, there
from ulnlib.rules.combination.problem import Node, Problem
from ulnlib.rules.combination.shortfall import allowances, shortfalls


def root_short(*items, **root):
    return shortfalls(flat(*items, **root))[0]


@pytest.mark.parametrize(
    ("rules", "short"),
    [
        ({"min_credit": 7}, 0),
        ({"min_credit": 9}, 2),
        ({"min_credit": 9, "max_credit": 5}, 4),
        ({"min_credit": 9, "max_parts": 1}, 5),
        ({"min_credit": 0}, 0),
        ({"minimums": ((0, 3),)}, 0),
        ({"minimums": ((0, 5), (1, 1))}, 2),
        ({"minimums": ((1, 6),)}, 6),
        ({"min_parts": 2}, 0),
        ({"min_parts": 3, "is_open": True}, 1),
        ({"min_parts": 5, "is_open": True}, 3),
    ],
)
def test_what_is_there_is_taken_from_what_is_asked(rules, short):
    assert root_short(there(0, 0, 3, 0), there(0, 1, 4), **rules) == short


def test_a_unit_counts_once_with_its_most_credit():
    assert root_short(there(0, 0, 3), there(0, 0, 4), there(0, 0, 2), min_credit=9) == 5


def test_parts_that_are_lacking_cost_what_is_cheapest_on_offer():
    offered = [added(0, 2, 5), added(0, 3, 2), added(0, 4, 3)]

    assert root_short(there(0, 0, 9), *offered, min_parts=3) == 2 + 3


def tree(items, *below, **root):
    children = tuple(range(1, len(below) + 1))
    nodes = [Node(parent=-1, children=children, **root)]
    return Problem(nodes=nodes + [Node(parent=0, **one) for one in below], items=items)


def test_mandatory_children_lack_what_they_lack():
    problem = tree(
        [there(1, 0, 3)],
        {"min_credit": 5, "is_mandatory": True},
        {"min_credit": 4, "is_mandatory": True},
        {"min_credit": 99},
    )

    assert shortfalls(problem) == [6, 2, 4, 99]


def test_a_choice_of_children_lacks_what_the_cheapest_lack():
    problem = tree(
        [there(1, 0, 3)],
        {"min_credit": 5},
        {"min_credit": 4},
        {"min_credit": 99},
        min_parts=2,
    )

    assert shortfalls(problem)[0] == 2 + 4


def test_credit_below_counts_above_up_to_a_maximum():
    problem = tree(
        [there(1, 0, 5), there(2, 1, 5)], {"max_credit": 3}, {}, min_credit=9
    )

    assert shortfalls(problem)[0] == 1


def test_measures_below_count_above():
    problem = tree([there(1, 0, 5, 0)], {}, {}, minimums=((0, 6),))

    assert shortfalls(problem)[0] == 1


def test_what_mandatory_groups_lack_may_not_be_added_elsewhere():
    """Of 10 the second group needs 4 and the first 2; a third may have what is left."""
    problem = tree(
        [],
        {"min_credit": 2, "is_mandatory": True},
        {"min_credit": 4, "is_mandatory": True},
        {"min_credit": 99},
    )

    assert allowances(problem, 10, shortfalls(problem)) == [10, 6, 8, 4]


def test_no_group_may_have_less_than_nothing():
    problem = tree([], {"min_credit": 20, "is_mandatory": True}, {})

    assert allowances(problem, 10, shortfalls(problem)) == [10, 10, 0]


def test_what_is_within_a_group_that_need_not_be_achieved_takes_nothing_away():
    nodes = [
        Node(parent=-1, children=(1,)),
        Node(parent=0, children=(2, 3)),
        Node(parent=1, is_mandatory=True, min_credit=4),
        Node(parent=1),
    ]
    problem = Problem(nodes=nodes, items=[])

    assert allowances(problem, 10, shortfalls(problem)) == [10, 10, 10, 10]


def test_what_is_mandatory_within_what_is_mandatory_takes_its_part():
    nodes = [
        Node(parent=-1, children=(1,)),
        Node(parent=0, children=(2, 3), is_mandatory=True),
        Node(parent=1, is_mandatory=True, children=(4, 5)),
        Node(parent=1, is_mandatory=True, min_credit=4),
        Node(parent=2, is_mandatory=True, min_credit=3),
        Node(parent=2),
    ]
    problem = Problem(nodes=nodes, items=[])

    assert allowances(problem, 10, shortfalls(problem)) == [10, 10, 6, 7, 6, 3]
