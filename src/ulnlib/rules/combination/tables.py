"""What a tree of nodes can reach: for every sum of credits the best choice of items.

A table belongs to a node. For every vector of sums that some choice of items at the
node and below can have (credit, credit at a level, credit under each cap) it holds the
score of the best such choice. Tables of children are added up, bounds cut them, and a
choice is dropped when another is as good in everything.

Limits on the number of items are not kept by the tables: they promise too much then,
never too little. Prices keep the promise near the truth, see `prices`.
"""

from __future__ import annotations

__all__ = ["ANY", "Aim", "Found", "NoneSoGood", "State", "Tables"]

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ulnlib.rules.combination.ahead import Ahead, Tie, Weight, worths_of
from ulnlib.rules.combination.checking import Watched
from ulnlib.rules.combination.fields import Field, Fields
from ulnlib.rules.combination.plans import Plan, Planner, asked_of
from ulnlib.rules.combination.prices import Price
from ulnlib.rules.combination.problem import Problem
from ulnlib.rules.combination.pruning import pruned
from ulnlib.rules.combination.scoring import Scoring
from ulnlib.rules.combination.shortfall import allowances, shortfalls

_MANY_NODES = 150
_MANY_PAIRS = 8_000  # so many to be joined at the root are worth looking ahead

_FEW_CREDITS = 16
_GAP_GROWS = 2

_Table = list[tuple[int, int]]


class State(NamedTuple):
    """What is decided, each a set of bits.

    Attributes:
        fixed: The items that count.
        banned: The items that do not.
        priced: The limits whose prices hold.
    """

    fixed: int
    banned: int
    priced: int


class Found(NamedTuple):
    """The best choice that is in the tables.

    Attributes:
        rank: How good it is; greater is better. No choice that the state allows has a
            greater one.
        score: Its score.
    """

    rank: int
    score: int


class Aim(NamedTuple):
    """How good a choice may be, and has to be so that it is worth looking for.

    Attributes:
        most: It is known that none has a greater rank; None where nothing is known.
        least: Of a lesser rank none is wanted now; None where any is.
    """

    most: int | None = None
    least: int | None = None

    def with_more(self, rank: int) -> Aim:
        """Return the aim with so much more of both."""
        most, least = self
        return Aim(
            None if most is None else most + rank,
            None if least is None else least + rank,
        )


class NoneSoGood(Exception):  # the search catches it
    """No choice is as good as is wanted; the best was not looked for.

    Attributes:
        rank: No choice has a greater rank.
    """

    def __init__(self, rank: int) -> None:
        super().__init__(rank)
        self.rank = rank


ANY = Aim()
"""The best is wanted, however good."""


class Tables:
    """The tables of a problem, made when they are needed and kept.

    Args:
        problem: The problem.
        most_cost: What adding may cost at most; None when nothing may be added and
            the choice need not be whole.
        short: The shortfalls of its nodes.
        watched: The limits of credit and the minimums of measures that the tables
            keep; all when it is not given.
        is_blind: Whether any choice is as good as another: only what can be is asked.
    """

    def __init__(
        self,
        problem: Problem,
        most_cost: int | None,
        short: list[int] | None = None,
        *,
        watched: Watched | None = None,
        is_blind: bool = False,
    ) -> None:
        self._problem = problem
        self._watched = Watched.everything(problem) if watched is None else watched
        self._is_whole = most_cost is not None
        self._is_blind = is_blind
        self._most_cost = most_cost or 0
        self._short = shortfalls(problem) if short is None else short
        tied = {
            index
            for limit in problem.limits
            if not limit.of_credit
            for index in limit.items
        }
        self._kept = list(_worth_keeping(problem, tied, self._most_cost))
        self._most_supply = self._most_cost // problem.open_cost
        self.scoring = Scoring(problem, self._kept, tied, self._most_cost)
        self._gains = self.scoring.of
        if is_blind:
            self._gains = dict.fromkeys(self._gains, 1)
        self._asked = asked_of(problem, self._watched)
        self.set_prices({})

    def set_prices(self, prices: Mapping[int, Price]) -> None:
        """Set the prices of limits, by their number; all tables are made anew."""
        self.prices = prices
        problem = self._problem
        self._prices_of: dict[int, list[tuple[int, Price]]] = defaultdict(list)
        for number, price in prices.items():
            for index in problem.limits[number].items:
                self._prices_of[index].append((1 << number, price))
        scoring = self.scoring
        fields = Fields(
            problem,
            self._kept,
            self._watched,
            self._most_supply,
            is_priced=bool(prices),
        )
        self._fields = fields
        sums = (fields.credit, *fields.measures.values(), *fields.own)
        self._of_credit = [(field.at, field.most) for field in sums]
        elsewhere = {m for node in problem.nodes[1:] for m, _ in node.minimums}
        self._priced_level = (
            None
            if problem.level is None or problem.level in elsewhere
            else fields.measures.get(problem.level)
        )
        self._deltas = {index: self._delta(index) for index in self._kept}
        allowed = [self._most_cost] * len(problem.nodes)
        if self._is_whole and problem.open_cost == 1:
            allowed = allowances(problem, self._most_cost, self._short)
        self._plans = Planner(problem, fields, self._watched).plans(
            self._kept,
            {
                index: sum([bit for bit, _ in several])
                for index, several in self._prices_of.items()
            },
            [scoring.worst_of(cost) for cost in allowed],
        )
        self._worths: list[Weight] = []
        if problem.is_capped:
            own = fields.own_credit or fields.credit
            self._worths.append(Weight(own, scoring.per_credit))
        if fields.own_level is not None:
            self._worths.append(Weight(fields.own_level, scoring.per_level))
        self._unit = scoring.per_cost if self._most_cost else scoring.per_credit
        self._weights: tuple[int, ...] | None = None
        self._cache: dict[tuple[int, bool, int, int, int], _Table] = {}
        self._shares: dict[tuple[int, int], tuple[int, int]] = {}
        self._gap_of: dict[State, int] = {}

    def _delta(self, index: int) -> int:
        """Return what an item adds to a vector, no price paid."""
        problem, fields = self._problem, self._fields
        item = problem.items[index]
        credit, node = item.credit, problem.nodes[item.node]
        delta = credit << fields.credit.at
        if fields.total is not None:
            delta += credit << fields.total.at
        for measure in self._asked[item.node] & item.measures:
            delta += credit << fields.measures[measure].at
        if fields.own_credit is not None and not item.is_added:
            delta += credit << fields.own_credit.at
        if (
            fields.own_level is not None
            and not item.is_added
            and problem.level in item.measures
        ):
            delta += credit << fields.own_level.at
        delta += 0 if fields.mark is None else 1 << fields.mark.at
        delta += 1 << fields.parts.at if node.min_parts else 0
        delta += 1 << fields.used.at if node.max_parts is not None else 0
        for number, field in fields.capped.items():
            if index in problem.limits[number].items:
                delta += credit << field.at
        return delta

    # --- the answer ---------------------------------------------------------------

    def best(self, state: State, aim: Aim = ANY) -> Found | None:
        """Return the best choice that a state allows, None when there is none.

        Raises:
            NoneSoGood: No choice is as good as is wanted.
        """
        if len(self._problem.nodes) > _MANY_NODES:
            # From below, so that no depth is too much.
            for number in range(len(self._problem.nodes) - 1, 0, -1):
                for achieved in sorted({False, self._is_whole}):
                    self._table(number, state, achieved=achieved)
        back = self._given_back(state).score if state.priced else 0
        try:
            table = self._table(
                0, state, achieved=self._is_whole, aim=aim.with_more(-back)
            )
        except NoneSoGood as none:
            raise NoneSoGood(none.rank + back) from None
        best: Found | None = None
        ranks = worths_of(table, self._worths)
        for (_, score), rank in zip(table, ranks, strict=True):
            if best is None or rank + back > best.rank:
                best = Found(rank + back, score)
        return best

    def _given_back(self, state: State) -> Price:
        """Return what all prices that hold give back."""
        score = credit = level = 0
        for number, price in self.prices.items():
            if state.priced >> number & 1:
                most = self._problem.limits[number].most
                score += price.score * most
                credit += price.credit * most
                level += price.level * most
        return Price(score, credit, level)

    # --- tables -------------------------------------------------------------------

    def _table(
        self, number: int, state: State, *, achieved: bool, aim: Aim = ANY
    ) -> _Table:
        plan = self._plans[number]
        key = (
            number,
            achieved,
            state.fixed & plan.below,
            state.banned & plan.below,
            # The root takes what prices give back into account, of any limit.
            state.priced & plan.prices if number else state.priced,
        )
        table = self._cache.get(key)
        if table is None:
            table = self._cache[key] = self._built(plan, state, aim, achieved=achieved)
        return table

    def _built(self, plan: Plan, state: State, aim: Aim, *, achieved: bool) -> _Table:
        acc = self._own(plan, state)
        if acc and self._most_supply and plan.node.is_open:
            acc = self._added(acc, self._supplies(plan), plan)
        joins = [
            self._additions(child, plan, state, achieved=achieved)
            for child in plan.node.children
        ]
        joins.sort(key=len)  # the small ones first, so that what is joined stays small
        minimums = self._with_prices(plan, state) if achieved else []
        for turn, additions in enumerate(joins):
            if not acc or not additions:
                return []
            if self._is_much(acc, additions, plan):
                return self._best_of(
                    acc, joins[turn:], plan, minimums, state=state, aim=aim
                )
            acc = self._added(acc, additions, plan)
            if turn + 1 < len(joins):
                acc = self._hopeful(acc, plan, minimums, joins[turn + 1 :])
        return self._finished(acc, plan, minimums, achieved=achieved)

    def _is_much(self, acc: dict[int, int], additions: _Table, plan: Plan) -> bool:
        """Say whether a join of the root is worth looking ahead first."""
        if plan.node.parent >= 0 or self._is_blind:
            return False
        return len(acc) * len(additions) > _MANY_PAIRS

    def _best_of(  # noqa: PLR0913  # what a root is asked
        self,
        acc: dict[int, int],
        joins: list[_Table],
        plan: Plan,
        minimums: list[tuple[Field, int]],
        *,
        state: State,
        aim: Aim,
    ) -> _Table:
        """Return entries of the root's table, the best among them.

        At first only what may become about as good as is promised is joined. Where
        that comes to nothing as good, less and less is asked for.

        Raises:
            NoneSoGood: No entry is as good as is wanted.
        """
        if not all(joins):
            return []
        ahead = self._ahead(acc, joins, plan, minimums)
        promise = ahead.promise(acc)
        missed = promise if aim.most is None else min(promise, aim.most)
        if missed <= plan.worst:
            return []
        wanted = plan.worst if aim.least is None else aim.least
        if missed < wanted:
            raise NoneSoGood(missed)
        gap = self._gap_of.pop(state, self.scoring.per_credit)
        while True:
            least = missed - gap
            found, missed = self._aimed(acc, plan, minimums, ahead, least)
            table = self._held(found, plan, minimums, achieved=self._is_whole)
            ranks = worths_of(table, self._worths)
            good = [
                one for one, rank in zip(table, ranks, strict=True) if rank >= least
            ]
            if good or missed <= plan.worst:
                return good or table
            gap = self._wider(gap)
            if missed < wanted:
                self._gap_of[state] = gap  # to go on where it was left
                raise NoneSoGood(missed)

    def _wider(self, gap: int) -> int:
        """Return how much less is asked for next than is known not to be there."""
        gap *= _GAP_GROWS
        if self._most_cost and gap > _FEW_CREDITS * self.scoring.per_credit:
            gap = max(gap, self.scoring.per_cost)
        return gap

    def _ahead(
        self,
        acc: dict[int, int],
        joins: list[_Table],
        plan: Plan,
        minimums: list[tuple[Field, int]],
    ) -> Ahead:
        fields, limits = self._fields, self._problem.limits
        credit = fields.credit if fields.total is None else fields.total
        ties = [Tie(f, limits[n].most, -1) for n, f in fields.capped.items()]
        for measure in fields.measures.values():
            ties += [Tie(f, least, 1) for f, least in minimums if f is measure]
        ahead = Ahead(
            joins,
            start=plan.bias,
            credit=credit,
            needed=max([least for f, least in minimums if f is credit], default=0),
            worths=self._worths,
            ties=ties,
            never=-(self.scoring.per_cost << 64),
        )
        if self._weights is None:
            self._weights = ahead.weighed(list(acc.items()), self._unit)
        ahead.use(self._weights)
        return ahead

    def _aimed(
        self,
        acc: dict[int, int],
        plan: Plan,
        minimums: list[tuple[Field, int]],
        ahead: Ahead,
        least: int,
    ) -> tuple[dict[int, int], int]:
        """Join what may become as good as `least`.

        Returns:
            What is joined, and the best promise that is not in it.
        """
        missed, joins = ahead.never, ahead.joins
        for turn in range(len(joins)):
            found, most = ahead.joined(
                turn, acc, guard=plan.guard, worst=plan.worst, least=least
            )
            missed = max(missed, most)
            if turn + 1 == len(joins):
                return found, missed
            if turn + 2 < len(joins):
                found = self._pruned(found, plan)
            # The last join meets few of them anyhow, so it is not worth pruning for.
            acc = self._hopeful(found, plan, minimums, joins[turn + 1 :])
        return acc, missed

    def _hopeful(
        self,
        acc: dict[int, int],
        plan: Plan,
        minimums: list[tuple[Field, int]],
        joins: list[_Table],
    ) -> dict[int, int]:
        """Return the entries that can still hold the minimums, and at what they cost.

        Args:
            acc: What is joined so far.
            plan: The node's plan.
            minimums: What has to be held in the end.
            joins: What is still to be joined.
        """
        if not all(joins):
            return {}
        worst = plan.worst - sum([max([score for _, score in one]) for one in joins])
        kept = [(vector, score) for vector, score in acc.items() if score > worst]
        for field, least in minimums:
            at, full = field.at, field.most
            needed = least + (plan.bias >> at & full)
            needed -= sum([max([v >> at & full for v, _ in one]) for one in joins])
            if needed > 0:
                kept = [entry for entry in kept if entry[0] >> at & full >= needed]
        if plan.node.parent < 0:
            return self._told_apart(kept, plan, minimums, joins)
        return dict(kept)

    def _told_apart(
        self,
        entries: _Table,
        plan: Plan,
        minimums: list[tuple[Field, int]],
        joins: list[_Table],
    ) -> dict[int, int]:
        """Return entries of the root without what makes no difference to the end.

        More of a measure than is asked makes none; nor does how much of a cap is used,
        where what is still to be joined cannot pass it.
        """
        fields = self._fields
        enough = [
            (field.at, field.most, least)
            for field, least in minimums
            if field in fields.measures.values() or field is fields.total
        ]
        unpassed = []
        for field in fields.capped.values():
            more = sum([max([v >> field.at & field.most for v, _ in j]) for j in joins])
            start = plan.bias >> field.at & field.most
            unpassed.append((field.at, field.most, field.most - more, start))
        found: dict[int, int] = {}
        for whole, score in entries:
            vector = whole
            for at, full, least in enough:
                over = (vector >> at & full) - least
                if over > 0:
                    vector -= over << at
            for at, full, safe, start in unpassed:
                used = vector >> at & full
                if start < used <= safe:
                    vector -= used - start << at
            if score > found.get(vector, plan.worst):
                found[vector] = score
        return found

    def _share(self, index: int, priced: int) -> tuple[int, int]:
        """Return what an item adds to vector and score, its prices paid."""
        delta, score = self._deltas[index], self._gains[index]
        prices = self._prices_of.get(index)
        if not prices:
            return delta, score
        key = index, sum([bit for bit, _ in prices]) & priced
        known = self._shares.get(key)
        if known is not None:
            return known
        item, fields = self._problem.items[index], self._fields
        credit = level = 0
        for bit, price in prices:
            if priced & bit:
                score -= price.score
                credit += price.credit
                level += price.level
        if fields.total is not None:
            delta -= min(credit, item.credit) << fields.total.at
        in_level = item.credit if self._problem.level in item.measures else 0
        if self._priced_level is not None:
            delta -= min(level, in_level) << self._priced_level.at
        self._shares[key] = delta, score
        return delta, score

    def _own(self, plan: Plan, state: State) -> dict[int, int]:
        """Return the table of a node's own items."""
        start, rest = self._parted(plan, state)
        guard, worst = plan.guard, plan.worst
        if start[0] & guard or start[1] < worst:
            return {}
        acc = {start[0]: start[1]}
        for turn, (delta, gain) in enumerate(rest):
            for old, old_score in list(acc.items()):
                new = old + delta
                if new & guard:
                    continue
                new_score = old_score + gain
                if new_score > acc.get(new, worst):
                    acc[new] = new_score
            if turn & 3 == 3:
                acc = self._pruned(acc, plan)
        return acc

    def _parted(
        self, plan: Plan, state: State
    ) -> tuple[tuple[int, int], list[tuple[int, int]]]:
        """Return the sum of what counts at a node, and the items that may."""
        fixed, banned, priced = state
        vector, score = plan.bias, 0
        rest = []
        for index in plan.there:
            if banned >> index & 1:
                continue
            share = self._share(index, priced)
            # Where nothing restricts, to count is always better.
            if fixed >> index & 1 or (plan.is_free and share[1] > 0):
                vector += share[0]
                score += share[1]
            else:
                rest.append(share)
        for index in plan.added:
            if banned >> index & 1:
                continue
            share = self._share(index, priced)
            if fixed >> index & 1:
                vector += share[0]
                score += share[1]
            else:
                rest.append(share)
        return (vector, score), rest

    def _supplies(self, plan: Plan) -> _Table:
        """Return what parts that are not known may add to a node."""
        fields, node, number = self._fields, plan.node, plan.number
        per_credit = 1 << fields.credit.at
        per_credit += 0 if fields.total is None else 1 << fields.total.at
        for measure in self._asked[number] & node.open_measures:
            per_credit += 1 << fields.measures[measure].at
        for limit, field in fields.capped.items():
            if number in self._problem.limits[limit].open_nodes:
                per_credit += 1 << field.at
        per_part = 0 if fields.mark is None else 1 << fields.mark.at
        per_part += 1 << fields.parts.at if node.min_parts else 0
        per_part += 1 << fields.used.at if node.max_parts is not None else 0
        # One part, or as many as may be lacking: what is between helps nobody.
        most = max(node.min_parts, 1)
        others = len(plan.there) + len(plan.added) + len(node.children)
        useful = sorted({1, *range(max(most - others, 1), most + 1)})
        return [(0, 0)] + [
            (
                credit * per_credit + parts * per_part,
                self.scoring.supply(number, credit, parts),
            )
            for credit in range(1, self._most_supply + 1)
            for parts in useful
            if parts <= credit
        ]

    def _additions(
        self, child: int, plan: Plan, state: State, *, achieved: bool
    ) -> _Table:
        """Return what a child may add to a node."""
        fields, node = self._fields, plan.node
        used = 1 << fields.used.at if node.max_parts is not None else 0
        counted = 1 << fields.parts.at if node.min_parts else 0
        is_mandatory = achieved and self._problem.nodes[child].is_mandatory
        additions: _Table = []
        if is_mandatory or (achieved and counted):
            additions += [
                (vector + counted + used, score)
                for vector, score in self._table(child, state, achieved=True)
            ]
        if not is_mandatory:
            additions += [
                (vector + (used if score else 0), score)
                for vector, score in self._table(child, state, achieved=False)
            ]
        return additions

    def _added(
        self, acc: dict[int, int], additions: _Table, plan: Plan
    ) -> dict[int, int]:
        """Return all sums of two tables that keep the bounds, with the best scores."""
        guard, worst = plan.guard, plan.worst
        found: dict[int, int] = {}
        get = found.get
        for delta, gain in additions:
            for vector, score in acc.items():
                new = vector + delta
                if new & guard:
                    continue
                new_score = score + gain
                if new_score > get(new, worst):
                    found[new] = new_score
        return self._pruned(found, plan)

    def _finished(
        self,
        acc: dict[int, int],
        plan: Plan,
        minimums: list[tuple[Field, int]],
        *,
        achieved: bool,
    ) -> _Table:
        """Return a table as the node above sees it, its own bounds held."""
        if plan.node.parent < 0:
            return self._held(acc, plan, minimums, achieved=achieved)
        dropped, worst = ~plan.dropped, plan.worst
        enough = [(field.at, field.most, much) for field, much in plan.enough]
        kept: dict[int, int] = {}
        for whole, score in self._held(acc, plan, minimums, achieved=achieved):
            vector = whole & dropped
            for at, full, much in enough:
                over = (vector >> at & full) - much
                if over > 0:
                    vector -= over << at
            if score > kept.get(vector, worst):
                kept[vector] = score
        return list(self._pruned(kept, plan, is_finished=True).items())

    def _held(
        self,
        acc: dict[int, int],
        plan: Plan,
        minimums: list[tuple[Field, int]],
        *,
        achieved: bool,
    ) -> _Table:
        """Return the entries of a table that hold the node's minimums, if they must."""
        bias, most = plan.bias, plan.node.max_credit
        entries = [(vector - bias, score) for vector, score in acc.items()]
        if self._problem.is_capped and most is not None:
            entries = [(self._capped(vector, most), score) for vector, score in entries]
        if not achieved:
            return entries
        entries = [entry for entry in entries if entry[1]]
        for field, least in minimums:
            at, full = field.at, field.most
            entries = [entry for entry in entries if entry[0] >> at & full >= least]
        return entries

    def _with_prices(self, plan: Plan, state: State) -> list[tuple[Field, int]]:
        """Return the minimums of a node; of the root less what prices give back."""
        if plan.node.parent >= 0 or not state.priced:
            return plan.minimums
        given = self._given_back(state)
        back = {
            id(self._fields.total): given.credit,
            id(self._priced_level): given.level,
        }
        return [
            (field, max(least - back.get(id(field), 0), 0))
            for field, least in plan.minimums
        ]

    def _capped_early(self, table: dict[int, int], plan: Plan) -> dict[int, int]:
        """Return the table of a capped node without the sums that are over its most."""
        most = plan.node.max_credit
        if most is None:
            return table
        of_credit, worst = self._of_credit, plan.worst
        bias, guard = plan.cap_bias, plan.cap_guard
        kept: dict[int, int] = {}
        get = kept.get
        for whole, score in table.items():
            vector = whole
            if vector + bias & guard:  # most are under it in all sums
                for at, full in of_credit:  # as `_capped` does, which is a call more
                    over = (vector >> at & full) - most
                    if over > 0:
                        vector -= over << at
            if score > get(vector, worst):
                kept[vector] = score
        return kept

    def _capped(self, vector: int, most: int) -> int:
        """Return sums of which none is over a most. It runs for every entry."""
        for at, full in self._of_credit:
            over = (vector >> at & full) - most
            if over > 0:
                vector -= over << at
        return vector

    def _pruned(
        self, table: dict[int, int], plan: Plan, *, is_finished: bool = False
    ) -> dict[int, int]:
        if self._is_blind:
            table = {vector: 1 if score else 0 for vector, score in table.items()}
        if self._problem.is_capped and not is_finished:
            table = self._capped_early(table, plan)
        credit = self._fields.credit
        return pruned(
            table,
            at=credit.at,
            guards=self._fields.guards,
            flipped=plan.flipped,
            others=plan.outside if is_finished else plan.inside,
            is_rising=plan.is_rising and (is_finished or not plan.guard & credit.guard),
        )


def _worth_keeping(problem: Problem, tied: set[int], most_cost: int) -> Iterator[int]:
    """Yield the items of which a choice may be made.

    Of things to add that differ in nothing only as many as may be needed.
    """
    capped: dict[int, list[int]] = defaultdict(list)
    for number, limit in enumerate(problem.limits):
        if limit.of_credit:
            for index in limit.items:
                capped[index].append(number)
    seen: Counter[tuple[object, ...]] = Counter()
    for index, item in enumerate(problem.items):
        if item.is_added:
            if item.cost > most_cost:
                continue
            if index not in tied:
                alike = (item.node, item.credit, item.cost, item.measures)
                kind = (*alike, tuple(capped.get(index, ())))
                if seen[kind] >= most_cost // item.cost:
                    continue
                seen[kind] += 1
        yield index
