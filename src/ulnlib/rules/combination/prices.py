"""Prices on limits: so that a promise does not count one thing twice.

A table takes every item for itself, also two of which a limit lets only one count. A
price on the limit is taken off each of its items, and given back once for as many as
may count: then it does not pay to take more of them, and the promise is as good as
true. Any price keeps a promise true; where bounds leave no room for both anyhow it is
better to have none, so that a search tries.

A price has three parts: of the score, of the credit that counts towards the total, and
of the credit that counts towards the level minimum.
"""

from __future__ import annotations

__all__ = ["Price", "prices_of"]

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ulnlib.rules.combination.problem import Limit, Problem
from ulnlib.rules.combination.scoring import Scoring


class Price(NamedTuple):
    """What an item of a limit costs.

    Attributes:
        score: Taken off its score.
        credit: Taken off what it counts towards the total.
        level: Taken off what it counts towards the level minimum.
    """

    score: int
    credit: int
    level: int


def prices_of(
    problem: Problem, scoring: Scoring, limits: Iterable[tuple[int, Limit]]
) -> Mapping[int, Price]:
    """Return a price for each limit, by its number; none where it would be nothing.

    One limit after another gets the price at which one item more than may count is
    worth nothing, the prices of the limits before it paid.

    Args:
        problem: The problem.
        scoring: The scores of its items.
        limits: Limits of numbers, with their own numbers.
    """
    worth = {
        index: [
            scoring.of[index],
            problem.items[index].credit,
            problem.items[index].credit
            if problem.level in problem.items[index].measures
            else 0,
        ]
        for index in scoring.of
        if not problem.items[index].is_added
    }
    prices = {}
    for number, limit in limits:
        held = [worth[index] for index in limit.items if index in worth]
        if len(held) <= limit.most:
            continue
        score, credit, level = (
            max(sorted([one[part] for one in held], reverse=True)[limit.most], 0)
            for part in range(3)
        )
        # A little more than it is worth, so that it is left.
        score = (score // scoring.unit + 1) * scoring.unit if score else 0
        if not score:
            continue
        prices[number] = Price(score, credit, level)
        for one in held:
            one[0] -= score
            one[1] = max(one[1] - credit, 0)
            one[2] = max(one[2] - level, 0)
    return prices
