"""Vectors of sums: fields that do not meet, and guards that tell a sum too great."""

import pytest

from builders.problems import added, at_most, credit_at_most, flat, there
from ulnlib.rules.combination.checking import Watched
from ulnlib.rules.combination.fields import Field, Fields
from ulnlib.rules.combination.problem import Node, Problem


@pytest.mark.parametrize("most", [0, 1, 2, 3, 4, 7, 8, 100])
def test_two_numbers_up_to_the_most_add_up_within_a_field(most):
    field = Field.of_size(5, most)
    total = (most << 5) + (most << 5)

    assert field.of(total) == 2 * most
    assert not total & field.guard
    assert total & ~field.mask == 0


@pytest.mark.parametrize("most", [0, 1, 5, 7])
def test_one_more_than_a_bound_sets_the_guard(most):
    field = Field.of_size(3, 7)
    start = field.bias(most)

    assert not start + (most << 3) & field.guard
    assert start + (most + 1 << 3) & field.guard


def fields_of(problem, supply=0, *, watched=None, is_priced=False):
    kept = range(len(problem.items))
    watched = Watched.everything(problem) if watched is None else watched
    return Fields(problem, kept, watched, supply, is_priced=is_priced)


def every(fields):
    found = [fields.parts, fields.used, *fields.capped.values()]
    found += [*fields.measures.values(), *fields.own, fields.mark, fields.total]
    return [one for one in (*found, fields.credit) if one is not None]


WIDE = Problem(
    nodes=[
        Node(parent=-1, children=(1,), minimums=((0, 3), (2, 0))),
        Node(parent=0, minimums=((1, 2),), is_open=True),
    ],
    items=[there(0, 0, 3), there(1, 1, 4), added(1, 2, 5)],
    limits=[
        credit_at_most(4, 0, 1),
        credit_at_most(99, 0, 1),
        at_most(1, 0, 1),
        credit_at_most(10, 0, 1, open_nodes=[1]),
    ],
    is_capped=True,
)


def test_no_two_fields_share_a_bit_and_credit_is_the_highest():
    fields = every(fields_of(WIDE, 4, is_priced=True))
    used = 0
    for field in fields:
        assert not used & (field.mask | field.guard)
        used |= field.mask | field.guard
    assert fields[-1].guard == max(field.guard for field in fields)


def test_the_guards_are_those_of_all_fields():
    fields = fields_of(WIDE, 4, is_priced=True)

    assert fields.guards == sum(field.guard for field in every(fields))


def test_only_limits_of_credit_that_may_be_passed_have_a_field():
    assert set(fields_of(WIDE).capped) == {0}
    assert set(fields_of(WIDE, 4).capped) == {0, 3}  # 3 + 4, and 4 that are supplied


def test_only_measures_that_a_minimum_asks_for_have_a_field():
    assert set(fields_of(WIDE).measures) == {0, 1}


def test_what_is_not_watched_has_no_field():
    fields = fields_of(WIDE, 4, watched=Watched({3}, {(1, 1)}))

    assert set(fields.capped) == {3}
    assert set(fields.measures) == {1}


def test_what_is_not_needed_is_not_there():
    fields = fields_of(flat(there(0, 0, 3)))

    assert fields.own == ()
    assert fields.mark is None
    assert fields.total is None
    assert fields_of(flat()).capped == {}


def test_all_credit_that_there_is_finds_room():
    assert fields_of(WIDE, 4).credit.most >= 3 + 4 + 5 + 4
