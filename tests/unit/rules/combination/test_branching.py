"""The search: one limit after another, and what it says when it has to stop."""

from itertools import pairwise

import attrs
import pytest

from builders.problems import added, at_most, credit_at_most, flat, there, worth
from ulnlib.rules.combination import branching
from ulnlib.rules.combination.branching import may_be_whole, solve
from ulnlib.rules.combination.checking import Watched
from ulnlib.rules.combination.problem import Node, Problem


def cycle(many, **rules):
    """Return items in a ring of which no two neighbours count."""
    items = [there(0, n, 3 + n % 2, *([0] if n % 3 else [])) for n in range(many)]
    limits = [at_most(1, n, (n + 1) % many) for n in range(many)]
    return flat(*items, limits=limits, level=0, **rules)


HARD = cycle(9, minimums=((0, 9),), min_credit=13)


def test_a_limit_that_nothing_passes_takes_one_state():
    assert solve(flat(there(0, 0, 3), there(0, 1, 4))).steps == 1


def test_of_neighbours_in_a_ring_every_other_one_counts():
    answer = solve(cycle(7))

    assert answer.items == (1, 3, 5)
    assert not {(n, (n + 1) % 7) for n in answer.items} & {
        (a, b) for a in answer.items for b in answer.items
    }


def test_a_limit_of_none_lets_nothing_count():
    assert solve(
        flat(there(0, 0, 3), there(0, 1, 4), limits=[at_most(0, 0)])
    ).items == (1,)


def test_a_limit_holds_what_is_there_together_with_what_is_added():
    problem = flat(
        there(0, 0, 3),
        added(0, 1, 4),
        added(0, 2, 5),
        limits=[at_most(1, 0, 1)],
        min_credit=7,
    )
    answer = solve(problem)

    assert answer.items == (0, 2)
    assert answer.cost == 5


def test_a_limit_may_hold_several():
    items = [there(0, n, 1 + n) for n in range(5)]

    assert solve(flat(*items, limits=[at_most(3, *range(5))])).items == (2, 3, 4)


def test_two_limits_on_one_item_hold_both():
    """The 5 goes with neither the 3 nor the 4; these go together."""
    items = [there(0, 0, 5), there(0, 1, 3), there(0, 2, 4)]

    limits = [at_most(1, 0, 1), at_most(1, 0, 2)]
    assert solve(flat(*items, limits=limits)).items == (1, 2)


def test_a_price_that_was_given_back_too_much_is_looked_into():
    """It is whole only with neither of the two that a limit holds."""
    problem = flat(
        there(0, 0, 5),
        there(0, 1, 4),
        there(0, 2, 3),
        limits=[at_most(1, 0, 1), credit_at_most(3, 0, 1, 2)],
        min_credit=3,
    )

    assert solve(problem).items == (2,)


def test_what_is_added_pays_the_prices_of_its_limits():
    """The 6 that is added leaves room for one of two items of 2, not for both."""
    problem = flat(
        *[there(0, n, credit) for n, credit in enumerate((2, 6, 5, 3, 2, 5, 6))],
        added(0, 7, 4),
        added(0, 8, 6),
        limits=[
            at_most(2, 0, 1, 4, 8),
            at_most(1, 1, 2, 5, 7),
            at_most(2, 2, 7),
            at_most(1, 1, 8),
            at_most(1, 0, 3, 6, 7),
        ],
        min_credit=16,
    )
    answer = solve(problem)

    assert (answer.items, answer.cost) == ((2, 4, 6, 8), 6)


@pytest.mark.parametrize(("asked", "is_whole"), [(8, True), (9, False)])
def test_what_a_price_hides_of_the_total_is_seen(asked, is_whole):
    """Of 3, 4, 3, 4 and 3 in a ring the two 4 are the most."""
    assert solve(cycle(5, min_credit=asked)).is_whole == is_whole


@pytest.mark.parametrize("rounds", [0, 1, 2])
def test_however_few_limits_get_a_price_the_answer_is_the_same(monkeypatch, rounds):
    best = solve(HARD).items

    monkeypatch.setattr(branching, "_ROUNDS", rounds)
    assert solve(HARD).items == best


def test_the_cost_is_sought_in_steps_and_found_however_great():
    """Nothing there, and 100 credits to add in pieces of 7."""
    items = [added(0, n, 7) for n in range(30)]
    answer = solve(flat(*items, min_credit=100))

    assert answer.cost == answer.least_cost == 105


def test_a_cost_beyond_the_first_steps_is_found():
    """10 are lacking, and there is one thing to add: it costs 60."""
    assert solve(flat(added(0, 0, 60), min_credit=10)).cost == 60


def test_what_cannot_be_whole_is_seen_before_every_cost_is_tried():
    items = [added(0, n, 7) for n in range(30)]
    answer = solve(flat(*items, min_credit=500))

    assert answer.cost is None
    assert answer.is_proven
    assert answer.least_cost is None


def test_what_only_limits_of_numbers_forbid_is_found_out_too():
    items = [added(0, n, 7) for n in range(10)]
    limits = [at_most(1, *range(10))]
    problem = flat(*items, limits=limits, min_credit=14)

    assert may_be_whole(problem)
    assert solve(problem).cost is None


class TestBudget:
    def test_one_state_of_a_hard_question_proves_nothing(self):
        answer = solve(HARD, budget=1)

        assert not answer.is_proven
        assert answer.steps >= 1

    @pytest.mark.parametrize("budget", range(0, 60, 3))
    @pytest.mark.parametrize("credit", [0, 13, 14, 15, 16, 17, 40])
    def test_what_is_said_is_never_wrong(self, budget, credit):
        problem = attrs.evolve(
            HARD,
            nodes=[attrs.evolve(HARD.nodes[0], min_credit=credit)],
            items=[*HARD.items, added(0, 20, 2), added(0, 21, 3, 0)],
            limits=[*HARD.limits, at_most(1, 9, 1, 4), at_most(1, 10, 3, 6)],
        )
        best, answer = solve(problem), solve(problem, budget=budget)

        result = worth(problem, answer.items, answer.supplied)
        assert result is not None
        assert result <= worth(problem, best.items, best.supplied)
        if answer.is_proven:
            assert answer.items == best.items
        if answer.is_whole:
            assert answer.cost >= best.cost
        if best.is_whole and answer.least_cost is not None:
            assert answer.least_cost <= best.cost

    def test_the_best_so_far_is_given_with_its_bound(self):
        """Of enough to find one and too little to prove it, for some budget."""
        answers = [solve(cycle(11), budget=budget) for budget in range(1, 40)]

        assert any(one.items and not one.is_proven for one in answers)
        assert answers[-1].steps >= answers[0].steps

    def test_capped_questions_have_bounds_too(self):
        problem = attrs.evolve(HARD, is_capped=True)
        problem = attrs.evolve(
            problem, nodes=[attrs.evolve(problem.nodes[0], max_credit=13)]
        )
        best = solve(problem)
        for budget in range(12):
            answer = solve(problem, budget=budget)
            if answer.least_cost is not None and best.is_whole:
                assert answer.least_cost <= best.cost
            if answer.is_proven:
                assert answer.items == best.items


class TestMayBeWhole:
    def test_all_that_can_be_added_is_taken(self):
        assert may_be_whole(flat(there(0, 0, 3), added(0, 1, 4), min_credit=7))
        assert not may_be_whole(flat(there(0, 0, 3), added(0, 1, 4), min_credit=8))

    def test_limits_of_credit_hold_when_they_are_watched(self):
        items = [there(0, 0, 3), there(0, 1, 4)]
        limits = [at_most(1, 0, 1), credit_at_most(6, 0, 1)]
        problem = flat(*items, limits=limits, min_credit=7)

        assert may_be_whole(problem)
        assert not may_be_whole(problem, Watched.everything(problem))

    def test_limits_of_numbers_never_do(self):
        items = [there(0, 0, 3), there(0, 1, 4)]
        problem = flat(*items, limits=[at_most(1, 0, 1)], min_credit=7)

        assert may_be_whole(problem, Watched.everything(problem))

    @pytest.mark.parametrize("least", [1, 2, 3, 4, 7, 8, 15, 100])
    @pytest.mark.parametrize("parts", [0, 1, 5])
    def test_parts_that_are_not_known_have_any_credit(self, least, parts):
        asked = {"is_open": True, "min_credit": least, "min_parts": parts}

        assert may_be_whole(flat(**asked))
        assert may_be_whole(flat(**asked, max_credit=max(least, parts)))
        assert not may_be_whole(flat(**asked, max_credit=least - 1))

    def test_they_fall_under_their_limits(self):
        asked = {"is_open": True, "min_credit": 3}

        enough = flat(limits=[credit_at_most(3, open_nodes=[0])], **asked)
        assert may_be_whole(enough, Watched.everything(enough))
        less = flat(limits=[credit_at_most(2, open_nodes=[0])], **asked)
        assert not may_be_whole(less, Watched.everything(less))

    def test_they_count_in_the_measures_of_their_node(self):
        asked = {"is_open": True, "minimums": ((0, 3),)}

        right = flat(open_measures={0}, **asked)
        assert may_be_whole(right, Watched.everything(right))
        wrong = flat(open_measures={1}, **asked)
        assert not may_be_whole(wrong, Watched.everything(wrong))


def test_a_search_that_finds_nothing_at_all_is_a_fault_of_ours(monkeypatch):
    monkeypatch.setattr(branching._Search, "run", lambda _: None)

    with pytest.raises(AssertionError, match="always possible"):
        solve(flat())


def test_a_deep_tree_is_no_different():
    deep = 60
    nodes = [
        Node(parent=n - 1, children=(n + 1,) if n + 1 < deep else ())
        for n in range(deep)
    ]
    problem = Problem(nodes=nodes, items=[there(deep - 1, 0, 3)])

    assert solve(problem).items == (0,)


def test_steps_get_longer_until_all_is_allowed():
    problem = flat(*[added(0, n, 10) for n in range(100)])
    costs, tried = branching._Costs(problem, 100), []
    while costs.is_open:
        tried.append(costs.most)
        costs.raise_most()

    assert tried[:4] == [100, 103, 112, 139]
    assert tried[-1] == 1_000
    for before, after in pairwise(tried):
        assert after <= max(before * 3 // 2, before + 9)
