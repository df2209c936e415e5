"""Prices on limits: what one item more than may count is worth."""

from builders.problems import added, at_most, flat, there
from ulnlib.rules.combination.prices import prices_of
from ulnlib.rules.combination.scoring import Scoring


def priced(problem):
    scoring = Scoring(problem, range(len(problem.items)), set(), 9)
    limits = list(enumerate(problem.limits))
    return scoring, prices_of(problem, scoring, limits)


def test_a_price_is_what_the_best_item_that_may_not_count_is_worth():
    problem = flat(
        there(0, 0, 5, 0),
        there(0, 1, 4),
        there(0, 2, 3, 0),
        limits=[at_most(1, 0, 1, 2)],
        level=0,
    )
    scoring, prices = priced(problem)

    assert prices[0].credit == 4
    assert prices[0].level == 3
    assert scoring.of[1] < prices[0].score < scoring.of[0]


def test_a_price_hides_no_choice():
    problem = flat(there(0, 0, 5), there(0, 1, 4), limits=[at_most(1, 0, 1)])
    scoring, prices = priced(problem)

    assert prices[0].score % scoring.unit == 0


def test_a_limit_that_nothing_passes_has_none():
    problem = flat(
        there(0, 0, 5), there(0, 1, 4), limits=[at_most(2, 0, 1), at_most(1, 0)]
    )

    assert priced(problem)[1] == {}


def test_a_limit_that_holds_only_what_may_be_added_has_none():
    problem = flat(there(0, 0, 5), added(0, 1, 4), limits=[at_most(1, 0, 1)])

    assert priced(problem)[1] == {}


def test_a_limit_after_another_is_priced_with_what_is_left():
    """All three are worth 4 less once the first limit has its price: 1, 0 and 0."""
    problem = flat(
        there(0, 0, 5),
        there(0, 1, 4),
        there(0, 2, 3),
        limits=[at_most(1, 0, 1, 2), at_most(1, 0, 1)],
    )
    prices = priced(problem)[1]

    assert prices[0].credit == 4
    assert 1 not in prices


def test_two_limits_apart_have_prices_of_their_own():
    problem = flat(
        *[there(0, n, 5 - n) for n in range(4)],
        limits=[at_most(1, 0, 1), at_most(1, 2, 3)],
    )
    prices = priced(problem)[1]

    assert (prices[0].credit, prices[1].credit) == (4, 2)
