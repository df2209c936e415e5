"""The search finds what trying everything finds; and what never changes its answer."""

from __future__ import annotations

from random import Random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.problems import knotted, problem_of, tried, tries, worth
from ulnlib.rules.combination import branching, pruning, tables
from ulnlib.rules.combination.branching import _Search, may_be_whole, solve
from ulnlib.rules.combination.checking import Watched
from ulnlib.rules.combination.problem import Limit
from ulnlib.rules.combination.tables import ANY, NoneSoGood, Tables

PROBLEMS = 1_500
KNOTTED = 4_500
PARTS = 6
MOST_TRIES = 8_192

seeds = st.integers(0, 2**32)
problems = st.one_of(
    seeds.map(lambda seed: problem_of(Random(seed))),
    seeds.map(lambda seed: knotted(Random(seed))),
)
"""Problems of every sort; more than can all be tried out."""


def found(problem, **options):
    """Return what the choice of the search is worth: to whoever adds it up anew."""
    solution = solve(problem, **options)
    result = worth(problem, solution.items, solution.supplied)
    assert result is not None, "the search breaks a bound"
    if solution.is_whole:
        assert result.is_whole
        assert solution.cost == -result.saved
    else:
        assert solution.cost is None
        assert not solution.supplied
        assert not any(problem.items[n].is_added for n in solution.items)
    return result


@pytest.mark.parametrize("part", range(PARTS))
def test_the_search_finds_what_trying_everything_finds(part):
    for seed in range(part, PROBLEMS, PARTS):
        problem = problem_of(Random(seed), most_tries=MOST_TRIES)
        assert found(problem) == tried(problem), f"seed {seed}"


@pytest.mark.parametrize("part", range(PARTS))
def test_the_search_finds_it_where_limits_hold_the_same_items(part):
    """Prices on such limits have to be paid by what is added, too."""
    for seed in range(part, KNOTTED, PARTS):
        problem = knotted(Random(seed))
        if tries(problem) <= MOST_TRIES:
            assert found(problem) == tried(problem), f"seed {seed}"


@given(problems)
def test_an_answer_without_a_budget_is_proven(problem):
    solution = solve(problem)

    assert solution.is_proven
    assert solution.least_cost == solution.cost


@given(problems, st.randoms(use_true_random=False))
def test_the_order_of_items_decides_only_between_equals(problem, random):
    """Cost, credit, level credit and number stay; which items it is may not."""
    order = list(range(len(problem.items)))
    random.shuffle(order)
    order.sort(key=lambda n: problem.items[n].is_added)
    new = {old: number for number, old in enumerate(order)}
    other = attrs.evolve(
        problem,
        items=[problem.items[n] for n in order],
        limits=[
            attrs.evolve(limit, items=frozenset(new[n] for n in limit.items))
            for limit in problem.limits
        ],
    )

    assert found(problem)[:-1] == found(other)[:-1]


@given(problems)
def test_of_two_items_that_differ_in_nothing_the_first_counts(problem):
    """A twin of the first item is put right behind it, under the same limits."""

    def with_twin(indices):
        later = {n + 1 if n else n for n in indices}
        return frozenset(later | ({1} if 0 in indices else set()))

    first = problem.items[0]
    twin = attrs.evolve(first, unit=max(item.unit for item in problem.items) + 1)
    twins = attrs.evolve(
        problem,
        items=[first, twin, *problem.items[1:]],
        limits=[
            attrs.evolve(limit, items=with_twin(limit.items))
            for limit in problem.limits
        ],
    )

    which = found(twins).which

    assert which[0] >= which[1]


@given(problems, st.data())
def test_a_further_limit_never_gives_a_better_choice(problem, data):
    numbers = st.integers(0, len(problem.items) - 1)
    limit = Limit(
        most=data.draw(st.integers(0, 4)),
        items=frozenset(data.draw(st.sets(numbers))),
        of_credit=data.draw(st.booleans()),
    )

    less = found(attrs.evolve(problem, limits=[*problem.limits, limit]))

    assert less <= found(problem)


@given(problems)
def test_prices_change_no_answer(problem):
    def unpriced(self, start):
        return start, self._looked_at(start)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Search, "_priced", unpriced)
        without = found(problem)

    assert found(problem) == without


@given(problems)
def test_pruning_loses_nothing(problem):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pruning, "FEW", 10**9)
        unpruned = solve(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pruning, "FEW", 0)
        pruned = solve(problem)

    assert attrs.evolve(pruned, steps=0) == attrs.evolve(unpruned, steps=0)


@given(problems)
def test_looking_ahead_loses_nothing(problem):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "_MANY_PAIRS", 10**9)
        never = solve(problem)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "_MANY_PAIRS", 0)
        always = solve(problem)

    assert always == never


class Thorough(Tables):
    """Tables that look for the best, also where less would do."""

    def best(self, state, aim=None):  # noqa: ARG002  # the aim is what is left out
        return super().best(state)


@given(problems)
def test_what_is_put_off_changes_no_answer(problem):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "_MANY_PAIRS", 0)
        hasty = solve(problem)
        patch.setattr(branching, "Tables", Thorough)
        thorough = solve(problem)

    assert hasty == thorough


def test_what_is_put_off_is_worth_no_more_than_is_said(monkeypatch):
    put_off = []

    class Noting(Tables):
        def best(self, state, aim=ANY):
            try:
                return super().best(state, aim)
            except NoneSoGood as none:
                put_off.append((super().best(state), none.rank, aim.least))
                raise

    monkeypatch.setattr(tables, "_MANY_PAIRS", 0)
    monkeypatch.setattr(branching, "Tables", Noting)
    for seed in range(1_000):
        solve(problem_of(Random(seed)))

    assert len(put_off) > 50, "too few to say anything"
    for best, promised, wanted in put_off:
        assert promised < wanted
        assert best is None or best.rank <= promised


@pytest.mark.parametrize("part", range(PARTS))
def test_the_search_finds_it_where_every_root_looks_ahead(part, monkeypatch):
    monkeypatch.setattr(tables, "_MANY_PAIRS", 0)
    for seed in range(part, PROBLEMS, PARTS):
        problem = problem_of(Random(seed), most_tries=MOST_TRIES // 8)
        assert found(problem) == tried(problem), f"seed {seed}"


@given(problems)
def test_what_cannot_be_whole_is_not(problem):
    for watched in (Watched(), Watched.everything(problem)):
        if not may_be_whole(problem, watched):
            assert not solve(problem).is_whole


@given(problems)
def test_what_may_be_whole_is_where_nothing_was_relaxed(problem):
    """Without limits of numbers and parts that are not known both ask the same."""
    exact = attrs.evolve(
        problem,
        nodes=[attrs.evolve(node, is_open=False) for node in problem.nodes],
        limits=[limit for limit in problem.limits if limit.of_credit],
        can_be_whole=True,
    )
    exact = attrs.evolve(
        exact,
        limits=[attrs.evolve(one, open_nodes=frozenset()) for one in exact.limits],
    )

    watched = Watched.everything(exact)
    assert may_be_whole(exact, watched) == solve(exact).is_whole


@given(problems, st.integers(0, 4))
def test_a_budget_may_leave_a_question_open_and_never_answers_it_wrongly(
    problem, budget
):
    best, solution = found(problem), solve(problem, budget=budget)

    assert found(problem, budget=budget) <= best
    if solution.is_proven:
        assert found(problem, budget=budget) == best
    elif best.is_whole and solution.least_cost is not None:
        assert solution.least_cost <= -best.saved
