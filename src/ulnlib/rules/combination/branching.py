"""The search for the best choice: one limit after another, best promise first.

The tables answer at once when no limit holds two items that would both count. Else they
promise too much: then the search takes the state with the best promise, and where its
choice passes a limit, or leaves open what a price has given back, it lets one item of
that limit count in one state and not in another. The first state whose choice keeps all
limits, and that no other state promises more than, has the best choice.
"""

from __future__ import annotations

__all__ = ["Solution", "may_be_whole", "solve"]

from collections import defaultdict
from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

import attrs

from ulnlib.rules.combination.checking import Watched, faults_of
from ulnlib.rules.combination.prices import prices_of
from ulnlib.rules.combination.problem import Item, Limit, Problem
from ulnlib.rules.combination.shortfall import shortfalls
from ulnlib.rules.combination.tables import ANY, Aim, Found, NoneSoGood, State, Tables


@attrs.frozen(kw_only=True)
class Solution:
    """A choice, and how sure it is.

    Attributes:
        items: The indices of the items that count, and of those that are added.
        supplied: What open nodes supply: credit and in how many parts, by node.
        is_whole: Whether the choice is whole, with what is added.
        cost: What is added costs, None when the choice is not whole.
        is_proven: Whether no choice is better.
        least_cost: No whole choice costs less; None when there is none.
        watched: The limits of credit and the minimums that decided something.
        steps: How many states were looked at.
    """

    items: tuple[int, ...]
    supplied: dict[int, tuple[int, int]] = attrs.field(factory=dict)
    is_whole: bool = False
    cost: int | None = None
    is_proven: bool = True
    least_cost: int | None = None
    watched: Watched = attrs.field(factory=Watched)
    steps: int = 0


class _Steps:
    """How many states may still be looked at."""

    def __init__(self, budget: int | None) -> None:
        self._budget = budget
        self.taken = 0

    @property
    def is_used_up(self) -> bool:
        return self._budget is not None and self.taken >= self._budget


def solve(problem: Problem, *, budget: int | None = None) -> Solution:
    """Return the best choice.

    Args:
        problem: The problem.
        budget: How many states may be looked at; None for as many as it takes.

    Returns:
        The best choice; with a budget that is used up the best that was found.
    """
    steps = _Steps(budget)
    short = shortfalls(problem)
    costs = _Costs(problem, short[0])
    watched = Watched()
    least = None
    while costs.is_open:
        search = _Search(problem, costs.most, steps, short, watched)
        try:
            found = search.run()
        except _Broken as broken:
            # From the beginning, with tables that keep that as well.
            watched = watched.with_also(broken.watched)
            costs.at_least(broken.least)
            continue
        if found is not None:
            return found
        if search.least_cost is not None:
            least = search.least_cost
            break
        costs.raise_most()
    found = _best_in_part(problem, steps, short)
    return attrs.evolve(
        found,
        least_cost=least,
        is_proven=found.is_proven and least is None,
        watched=watched,
    )


def _best_in_part(problem: Problem, steps: _Steps, short: list[int]) -> Solution:
    """Return the best choice that need not be whole."""
    watched = Watched()
    while True:
        try:
            found = _Search(problem, None, steps, short, watched).run()
        except _Broken as broken:
            watched = watched.with_also(broken.watched)
            continue
        if found is None:
            raise AssertionError("to count nothing is always possible")
        return found


# --- how much may be added --------------------------------------------------------

_FIRST_STEP = 3
_GROWS = 3


class _Costs:
    """What adding may cost at most: as little as can be at first, then more and more.

    Little makes tables small. So where a search finds that it takes more, the next
    goes on with a little more than is certain.

    Attributes:
        most: What may be added now.
        is_open: Whether there is something left to try.
    """

    def __init__(self, problem: Problem, least: int) -> None:
        self._problem = problem
        self._end = _most_cost(problem)
        self._step = _FIRST_STEP * problem.open_cost
        self._may_be_whole: bool | None = None
        self.most = min(least * problem.open_cost, self._end)
        self.is_open = problem.can_be_whole and (not least or self._end > 0)

    def at_least(self, cost: int) -> None:
        """Take note that no whole choice costs less."""
        self._step = _FIRST_STEP * self._problem.open_cost
        self.most = min(self.most, max(cost, 0) + self._problem.open_cost)

    def raise_most(self) -> None:
        """Allow more, after nothing was found."""
        if self._may_be_whole is None and self._step > _FIRST_STEP:
            self._may_be_whole = may_be_whole(self._problem)
        if self.most >= self._end or self._may_be_whole is False:
            self.is_open = False
        self.most = min(self.most + self._step, self._end)
        # Tables grow faster than what may be added, so no step is a long one.
        first = _FIRST_STEP * self._problem.open_cost
        self._step = min(self._step * _GROWS, max(self.most // 2, _GROWS * first))


def _most_cost(problem: Problem) -> int:
    """Return what adding everything that can be of use costs."""
    cost = sum([item.cost for item in problem.items if item.is_added])
    if any(node.is_open for node in problem.nodes):
        asked = sum([node.min_credit + node.min_parts for node in problem.nodes])
        asked += sum([least for node in problem.nodes for _, least in node.minimums])
        cost += asked * problem.open_cost
    return cost


def may_be_whole(problem: Problem, watched: Watched | None = None) -> bool:
    """Say whether a choice may be whole if all could be added for nothing.

    Args:
        problem: The problem; its limits of numbers are left out of account.
        watched: Limits of credit and minimums of measures that are not.
    """
    items = [attrs.evolve(item, is_added=False, cost=0) for item in problem.items]
    unit = max([item.unit for item in items], default=0)
    further: dict[int, list[int]] = defaultdict(list)
    nodes = []
    asked = _most_cost(attrs.evolve(problem, items=(), open_cost=1))
    for number, node in enumerate(problem.nodes):
        if not node.is_open:
            nodes.append(node)
            continue
        # One part may have any credit: here it takes several.
        nodes.append(attrs.evolve(node, is_open=False, max_parts=None))
        further_credits = [1] * node.min_parts
        further_credits += [1 << n for n in range(asked.bit_length() + 1)]
        for credit in further_credits:
            unit += 1
            further[number].append(len(items))
            items.append(
                Item(node=number, unit=unit, credit=credit, measures=node.open_measures)
            )
    limits = [
        attrs.evolve(
            limit,
            items=limit.items.union(*[further[n] for n in limit.open_nodes]),
            open_nodes=frozenset(),
        )
        for limit in problem.limits
    ]
    relaxed = attrs.evolve(problem, nodes=nodes, items=items, limits=limits)
    tables = Tables(relaxed, 0, watched=watched or Watched(), is_blind=True)
    return tables.best(State(0, 0, 0)) is not None


# --- deciding ---------------------------------------------------------------------

_ROUNDS = 6


class _Choice(NamedTuple):
    """A choice of a state, looked at closely.

    Attributes:
        items: The items.
        supplied: What open nodes supply.
        rank: How good it is itself, which may be less than was promised.
        passed: A limit that it passes, if it does.
        left: A limit of which more may count than does, though a price gave it back.
        is_whole: Whether it has the total, and the level credits, that are asked.
    """

    items: list[int]
    supplied: dict[int, tuple[int, int]]
    rank: int
    passed: list[int]
    left: list[int]
    is_whole: bool

    @property
    def is_sound(self) -> bool:
        """Whether it keeps all limits and is whole, if it has to be."""
        return self.is_whole and not self.passed


class _Broken(Exception):  # it never leaves this module
    """The best promise breaks what the tables do not keep.

    Attributes:
        watched: What it breaks.
        least: What a whole choice costs at least.
    """

    def __init__(self, watched: Watched, least: int) -> None:
        super().__init__(watched, least)
        self.watched = watched
        self.least = least


class _Search:
    """One search, with a most cost.

    Attributes:
        watched: What its tables keep; more and more, where choices break it.
        least_cost: Where the budget was used up before anything was found: what a
            whole choice costs at least.
    """

    def __init__(
        self,
        problem: Problem,
        most_cost: int | None,
        steps: _Steps,
        short: list[int],
        watched: Watched,
    ) -> None:
        self.watched = watched
        self._problem = problem
        self._steps = steps
        self._is_whole = most_cost is not None
        self._counts = [
            (number, limit)
            for number, limit in enumerate(problem.limits)
            if not limit.of_credit
        ]
        self._limits_of: dict[int, list[tuple[int, Limit]]] = defaultdict(list)
        for number, limit in self._counts:
            for index in limit.items:
                self._limits_of[index].append((number, limit))
        self._most_cost, self._short = most_cost, short
        self._tables = Tables(problem, most_cost, short, watched=watched)
        self.least_cost: int | None = None

    def run(self) -> Solution | None:
        """Return the best choice; None when there is none, or none was found.

        Raises:
            _Broken: The best promise breaks what the tables do not keep.
        """
        start, found = self._priced(self._start())
        if found is None:
            return None
        queue = _Queue()
        queue.put(start, found.rank, found)
        begun: set[State] = set()
        best: tuple[_Choice, Found] | None = None
        while queue:
            rank, state, known = queue.take()
            if best is not None and best[0].rank >= rank:
                break
            if known is None:
                # Promised by the state that it came from; now it is looked at itself.
                if self._steps.is_used_up and state not in begun:
                    return self._cut(state, rank, best)
                # Where it is worth less than another promises, that comes first.
                others = queue.promises + ([] if best is None else [best[0].rank])
                aim = Aim(rank, max(others, default=None))
                try:
                    known = self._looked_at(state, aim, is_new=state not in begun)
                except NoneSoGood as none:
                    queue.put(state, none.rank, None)
                    begun.add(state)
                    continue
                if known is not None:
                    queue.put(state, known.rank, known)
                continue
            choice = self._choice(known, state)
            if choice.is_sound and (best is None or choice.rank > best[0].rank):
                best = choice, known
            for one in self._parted(state, choice):
                queue.put(one, rank, None)
        return None if best is None else self._solution(*best)

    def _start(self) -> State:
        """Return the state in which nothing is decided but what no limit allows."""
        banned = 0
        for _, limit in self._counts:
            if limit.most <= 0:
                banned |= sum([1 << index for index in limit.items])
        return State(0, banned, 0)

    def _priced(self, start: State) -> tuple[State, Found | None]:
        """Return the first state with prices where they pay, and its choice.

        Limits that the choice passes get a price, as long as that lowers the promise.
        """
        found = self._looked_at(start)
        if found is None or self._problem.is_capped:
            # Prices of credit would make vectors longer where nodes are capped.
            return start, found
        best, best_prices = (start, found), self._tables.prices
        chosen: set[int] = set()
        for _ in range(_ROUNDS):
            passed = self._passed(found) - chosen
            if not passed:
                break
            chosen |= passed
            state = self._set_prices(start, chosen)
            found = self._looked_at(state)
            if found is None:
                return start, None
            if found.rank <= best[1].rank:
                best, best_prices = (state, found), self._tables.prices
        if self._tables.prices is not best_prices:
            self._tables.set_prices(best_prices)
        return best

    def _set_prices(self, start: State, chosen: set[int]) -> State:
        limits = [(number, limit) for number, limit in self._counts if number in chosen]
        prices = prices_of(self._problem, self._tables.scoring, limits)
        self._tables.set_prices(prices)
        return start._replace(priced=sum([1 << number for number in prices]))

    def _passed(self, found: Found) -> set[int]:
        items = set(self._tables.scoring.choice(found.score)[0])
        return {
            number
            for number, limit in self._counts
            if len(limit.items & items) > limit.most
        }

    def _looked_at(
        self, state: State, aim: Aim = ANY, *, is_new: bool = True
    ) -> Found | None:
        self._steps.taken += is_new
        return self._tables.best(state, aim)

    def _choice(self, found: Found, state: State) -> _Choice:
        items, supplied = self._tables.scoring.choice(found.score)
        chosen = set(items)
        passed: list[int] = []
        left: list[int] = []
        over = 0
        for number, limit in self._counts:
            of_limit = limit.items & chosen
            if len(of_limit) > limit.most:
                if not passed or min(of_limit) < min(passed):
                    passed = sorted(of_limit)
            elif state.priced >> number & 1 and len(of_limit) < limit.most:
                over += self._tables.prices[number].score * (limit.most - len(of_limit))
                if not left:
                    left = sorted(limit.items - chosen)
        rank = found.rank - over
        is_whole = not passed and self._is_right(found, items, supplied)
        return _Choice(items, supplied, rank, passed, left, is_whole)

    def _is_right(
        self, found: Found, items: list[int], supplied: dict[int, tuple[int, int]]
    ) -> bool:
        """Say whether a choice that keeps all limits of numbers is one.

        Raises:
            _Broken: It breaks what the tables do not keep.
        """
        faults = faults_of(self._problem, items, supplied)
        broken = Watched(faults.broken.limits)
        if self._is_whole and not faults.is_whole:
            broken = faults.broken
        new = broken.without(self.watched)
        if new:
            raise _Broken(new, self._cost(found.rank))
        # What prices gave back may have promised a total that is not there.
        return not self._is_whole or faults.is_whole

    def _parted(self, state: State, choice: _Choice) -> list[State]:
        """Return states that part what is possible: an item counts, or it does not.

        The one in which it counts is the last.
        """
        if choice.is_sound and not choice.left:
            return []  # what was promised is there
        some = choice.passed or choice.left or self._any_left(state)
        # One is free. Where as many of a limit are fixed as may be, the others are
        # banned, so a limit that is passed has one; and where a price holds, more are
        # not banned than may count. Without prices every choice is sound or passes one.
        index = next(
            n for n in some if not (state.fixed >> n & 1 or state.banned >> n & 1)
        )
        return [self._without(state, [index]), self._with(state, index)]

    def _any_left(self, state: State) -> list[int]:
        """Return the free items of limits whose prices hold."""
        return sorted(
            {
                index
                for number, limit in self._counts
                if state.priced >> number & 1
                for index in limit.items
            }
        )

    def _without(self, state: State, indices: Iterable[int]) -> State:
        banned, priced = state.banned, state.priced
        for index in indices:
            banned |= 1 << index
            for number, limit in self._limits_of[index]:
                if priced >> number & 1:
                    left = sum([not banned >> n & 1 for n in limit.items])
                    if left <= limit.most:
                        priced &= ~(1 << number)
        return State(state.fixed, banned, priced)

    def _with(self, state: State, index: int) -> State:
        """Return a state in which a free item counts, no more than may beside it."""
        fixed = state.fixed | 1 << index
        out = set()
        for _, limit in self._limits_of[index]:
            if sum([fixed >> n & 1 for n in limit.items]) == limit.most:
                out |= {n for n in limit.items if not fixed >> n & 1}
        return self._without(state._replace(fixed=fixed), sorted(out))

    def _cost(self, rank: int) -> int:
        """Return what a choice of a rank costs."""
        return self._tables.scoring.cost(rank)

    def _solution(self, choice: _Choice, found: Found) -> Solution:
        cost = self._tables.scoring.cost(found.score) if self._is_whole else None
        return Solution(
            items=tuple(choice.items),
            supplied=choice.supplied,
            is_whole=self._is_whole,
            cost=cost,
            least_cost=cost,
            watched=self.watched,
            steps=self._steps.taken,
        )

    # --- when there is no time left -----------------------------------------------

    def _cut(
        self,
        state: State,
        rank: int,
        best: tuple[_Choice, Found] | None,
    ) -> Solution | None:
        """Return the best so far, or what is found by deciding straight on."""
        least = self._cost(rank)
        while best is None:
            known = self._looked_at(state)
            if known is None:
                self.least_cost = least
                return None
            choice = self._choice(known, state)
            if choice.is_sound:
                best = choice, known
                break
            following = self._parted(state, choice)
            state = following.pop()
            if self._tables.best(state) is None:
                state = following.pop()
        return attrs.evolve(
            self._solution(*best),
            is_proven=False,
            least_cost=least if self._is_whole else None,
        )


class _Queue:
    """States to look at, the best promise first, of equal ones the latest.

    No two are the same: one item counts in the one and not in the other.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[int, bool, int, State, Found | None]] = []
        self._turn = count()

    def __bool__(self) -> bool:
        return bool(self._heap)

    @property
    def promises(self) -> list[int]:
        """The best promise; none of an empty queue."""
        return [-turned for turned, *_ in self._heap[:1]]

    def put(self, state: State, rank: int, known: Found | None) -> None:
        """Add a state with what it promises, and its choice if it was looked at."""
        entry = (-rank, known is None, -next(self._turn), state, known)
        heappush(self._heap, entry)

    def take(self) -> tuple[int, State, Found | None]:
        """Return the best promise, its state, and its choice if it was looked at."""
        turned, _, _, state, known = heappop(self._heap)
        return -turned, state, known
