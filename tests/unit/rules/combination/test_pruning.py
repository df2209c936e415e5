"""Pruning: what is no better in anything is dropped, and nothing else."""

from itertools import product
from random import Random

import pytest

from ulnlib.rules.combination.fields import Field
from ulnlib.rules.combination.pruning import FEW, TRIED, pruned

LOW = Field.of_size(0, 15)
MIDDLE = Field.of_size(LOW.width + 1, 15)
CREDIT = Field.of_size(2 * (LOW.width + 1), 15)
GUARDS = LOW.guard | MIDDLE.guard | CREDIT.guard


def vector(credit, middle, low=0):
    return (credit << CREDIT.at) + (middle << MIDDLE.at) + (low << LOW.at)


def parts(number):
    return CREDIT.of(number), MIDDLE.of(number), LOW.of(number)


def left(table, *, others, is_rising, flipped=0):
    table = {vector(*one): score for one, score in table.items()}
    kept = pruned(
        table,
        at=CREDIT.at,
        guards=GUARDS,
        flipped=flipped,
        others=others,
        is_rising=is_rising,
    )
    assert all(table[one] == score for one, score in kept.items())
    return {parts(one) for one in kept}


def by_definition(table, *, is_rising, fewer=()):
    """Return what nothing of a better score is as good as in every field.

    Args:
        table: Scores by credit, middle and low.
        is_rising: Whether more credit is as good; else only the same credit is.
        fewer: The fields of which less is better.
    """

    def beats(other, one):
        if not is_rising and other[0] != one[0]:
            return False
        return all(
            (a <= b if n in fewer else a >= b)
            for n, (a, b) in enumerate(zip(other, one, strict=True))
        )

    return {
        one
        for one, score in table.items()
        if not score
        or not any(beats(other, one) for other in table if table[other] > score)
    }


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("is_rising", [True, False])
@pytest.mark.parametrize("others", [1, 2])
@pytest.mark.parametrize("fewer", [(), (1,)])
def test_what_is_left_is_what_the_definition_leaves(seed, is_rising, others, fewer):
    """Scores all differ, so that of two equals neither is the better."""
    random = Random(seed)
    lows = range(4) if others > 1 else [0]
    every = random.sample(list(product(range(4), range(4), lows)), 14)
    scores = random.sample(range(-20, 20), len(every))
    table = dict(zip(every, scores, strict=True))
    flipped = MIDDLE.mask if fewer else 0

    found = left(table, others=others, is_rising=is_rising, flipped=flipped)

    assert found == by_definition(table, is_rising=is_rising, fewer=fewer)


def test_few_choices_are_not_looked_through():
    few = {(n, n): 9 - n for n in range(FEW)}

    assert left(few, others=1, is_rising=True) == {(n, n, 0) for n in range(FEW)}


def descending(*more):
    """Return choices of which each is better than the last in the score alone."""
    return {(n, n): 30 - n for n in range(1, FEW + 1)} | dict(more)


@pytest.mark.parametrize("others", [1, 2])
@pytest.mark.parametrize("is_rising", [True, False])
def test_a_choice_of_nothing_is_kept(others, is_rising):
    table = {(5, n): 30 - n for n in range(FEW + 1)} | {(0, 0): 0}
    table |= {(0, 5): 9}

    assert (0, 0, 0) in left(table, others=others, is_rising=is_rising)


@pytest.mark.parametrize(("is_rising", "is_kept"), [(True, False), (False, True)])
@pytest.mark.parametrize("others", [1, 2])
def test_less_credit_is_dropped_only_where_more_is_better(is_rising, is_kept, others):
    table = descending(((7, 9), 40), ((6, 9), 39))

    found = left(table, others=others, is_rising=is_rising)

    assert ((6, 9, 0) in found) == is_kept


def test_a_field_of_which_less_is_better_is_turned_round():
    table = descending(((9, 1), 40), ((9, 2), 39))

    assert (9, 2, 0) in left(table, others=1, is_rising=True)
    found = left(table, others=1, is_rising=True, flipped=MIDDLE.mask)
    assert (9, 2, 0) not in found


class TestManyChoicesOfWhichNoneGoes:
    """Looking through choices ends where it does not pay; what is left stays."""

    HIGH = 2 * TRIED
    WIDE_LOW = Field.of_size(0, HIGH)
    WIDE_CREDIT = Field.of_size(WIDE_LOW.width + 1, HIGH)

    def kept(self, pairs):
        low, credit = self.WIDE_LOW, self.WIDE_CREDIT
        table = {
            (more << credit.at) + (less << low.at): score
            for score, (more, less) in enumerate(pairs, 1)
        }
        found = pruned(
            table,
            at=credit.at,
            guards=low.guard | credit.guard,
            flipped=0,
            others=2,
            is_rising=True,
        )
        return len(found), len(table)

    def test_where_every_choice_is_better_in_something_all_stay(self):
        kept, count = self.kept([(n, self.HIGH - n) for n in range(self.HIGH)])

        assert kept == count

    def test_where_many_go_they_are_looked_through_to_the_end(self):
        # Each is better in both than the ones of a lower score.
        kept, _ = self.kept([(n, n) for n in range(self.HIGH)])

        assert kept == 1
