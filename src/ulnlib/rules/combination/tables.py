"""What a tree of nodes can reach: for every sum of credits the best choice of items.

A table belongs to a node. For every vector of sums that some choice of items at the node
and below can have (credit, credit at a level, credit under each cap) it holds the score
of the best such choice. Tables of children are added up, bounds cut them, and a choice
is dropped when another is as good in everything. Two things make that quick:

* a vector is one whole number with a field of bits for each sum, so that one addition
  adds all of them, and a spare bit above each field shows when a bound is passed;
* a score is one whole number that says which choice it is, see `scoring`.

Limits on the number of items are not kept by the tables: they promise too much then,
never too little. Prices keep the promise near the truth, see `prices`.
"""

from __future__ import annotations

__all__ = ["Found", "State", "Tables", "shortfalls"]

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs

from ulnlib.rules.combination.prices import Price
from ulnlib.rules.combination.problem import Item, Node, Problem
from ulnlib.rules.combination.scoring import Scoring

_FEW = 6  # vectors among which none is looked for that is no better than another
_Table = list[tuple[int, int]]
_Rank = tuple[int, ...]


def shortfalls(problem: Problem) -> list[int]:
    """Return credits that have to be added at least for each node to be achieved.

    Only as far as is seen at once: what is there is taken to count everywhere it may.
    """
    nodes, items = problem.nodes, problem.items
    units: list[dict[int, Item]] = [{} for _ in nodes]
    offered: list[list[int]] = [[] for _ in nodes]
    for item in items:
        if item.is_added:
            offered[item.node].append(item.credit)
        else:
            known = units[item.node].get(item.unit)
            if known is None or known.credit < item.credit:
                units[item.node][item.unit] = item
    have: list[Counter[int | None]] = [Counter() for _ in nodes]
    short = [0] * len(nodes)
    for number in range(len(nodes) - 1, -1, -1):
        node, own = nodes[number], [*units[number].values()]
        children = [have[child] for child in node.children]
        for measure in (None, *_measures(own, children)):
            sums = [
                one.credit for one in own if measure is None or measure in one.measures
            ] + [child[measure] for child in children]
            if node.max_parts is not None:
                sums = sorted(sums, reverse=True)[: node.max_parts]
            most = sum(sums)
            if node.max_credit is not None:
                most = min(most, node.max_credit)
            have[number][measure] = most
        asked = [(None, node.min_credit), *node.minimums]
        short[number] = max(
            [
                _of_parts(node, len(own), offered[number], short, nodes),
                *[least - have[number][measure] for measure, least in asked],
                0,
            ]
        )
    return short


def _measures(own: list[Item], children: list[Counter[int | None]]) -> set[int]:
    found = {measure for item in own for measure in item.measures}
    for child in children:
        found |= {measure for measure in child if measure is not None}
    return found


def _of_parts(
    node: Node, own: int, offered: list[int], short: list[int], nodes: Sequence[Node]
) -> int:
    """Return what the mandatory children and the least number of parts cost at least."""
    mandatory = [n for n in node.children if nodes[n].is_mandatory]
    cost = sum([short[n] for n in mandatory])
    lacking = node.min_parts - own - len(mandatory)
    if lacking <= 0:
        return cost
    others = [short[n] for n in node.children if not nodes[n].is_mandatory]
    others += [1] * lacking if node.is_open else offered
    return cost + sum(sorted(others)[:lacking])


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

    rank: _Rank
    score: int


@attrs.frozen(kw_only=True)
class _Field:
    """Some bits of a vector, and the spare one above them."""

    at: int
    width: int

    @property
    def most(self) -> int:
        return (1 << self.width) - 1

    @property
    def mask(self) -> int:
        return self.most << self.at

    @property
    def guard(self) -> int:
        return 1 << self.at + self.width

    def of(self, vector: int) -> int:
        return vector >> self.at & self.most

    def bias(self, most: int) -> int:
        """Return what to add so that the guard is set when more than `most` is."""
        return self.most - most << self.at


class _Fields:
    """The fields of a problem's vectors.

    Attributes:
        credit: Of all credit; the highest.
        measures: Of the measures that a minimum asks for.
        total: Of the credit that counts towards the total, where limits have prices.
        own: Of the credit, and level credit, of what is there: for capped nodes.
        capped: Of limits of credit that may be passed, by their number.
        parts: Of own items and achieved children.
        used: Of own items and used children.
    """

    def __init__(
        self, problem: Problem, kept: list[int], most_supply: int, *, is_priced: bool
    ) -> None:
        self._at = 0
        items = problem.items
        largest = Counter([items[index].node for index in kept])
        many = max([*largest.values(), 0]) + most_supply
        many += max([len(node.children) for node in problem.nodes])
        self.parts, self.used = self._next(many), self._next(many)
        total = sum([items[index].credit for index in kept]) + most_supply * len(
            [node for node in problem.nodes if node.is_open]
        )
        self.capped: dict[int, _Field] = {}
        for number, limit in enumerate(problem.limits):
            if not limit.of_credit:
                continue
            reach = sum([items[n].credit for n in limit.items.intersection(kept)])
            if reach + most_supply * len(limit.open_nodes) > limit.most:
                self.capped[number] = self._next(max(total, limit.most))
        asked = {m for node in problem.nodes for m, least in node.minimums if least > 0}
        self.measures = {measure: self._next(total) for measure in sorted(asked)}
        self.own: tuple[_Field, ...] = ()
        if problem.is_capped:
            self.own = (self._next(total), self._next(total))
        self.total = self._next(total) if is_priced else None
        self.credit = self._next(total)
        every = [self.parts, self.used, *self.capped.values(), *self.measures.values()]
        every += [*self.own, self.credit]
        every += [] if self.total is None else [self.total]
        self.guards = sum([field.guard for field in every])

    def _next(self, most: int) -> _Field:
        field = _Field(at=self._at, width=most.bit_length() + 1)
        self._at += field.width + 1
        return field


@attrs.frozen(kw_only=True)
class _Plan:
    """What building the table of a node needs."""

    number: int
    node: Node
    there: list[int]
    added: list[int]
    below: int  # items at the node and below, as bits
    prices: int  # limits that have prices and such items, as bits
    bias: int
    guard: int
    minimums: list[tuple[_Field, int]]
    dropped: int  # fields that nobody above asks for
    enough: list[tuple[_Field, int]]  # fields of which more than so much helps nobody
    worst: int  # no score of the node's table is lower
    is_free: bool  # whether nothing at the node or above restricts
    is_rising: bool  # whether more credit is never worse above
    flipped: int  # fields of which less is better
    inside: int  # how many fields beside credit tell while the table is made
    outside: int  # and how many when it is done


class Tables:
    """The tables of a problem, made when they are needed and kept.

    Args:
        problem: The problem.
        most_cost: What adding may cost at most; None when nothing may be added and
            the choice need not be whole.
    """

    def __init__(self, problem: Problem, most_cost: int | None) -> None:
        self._problem = problem
        self._is_whole = most_cost is not None
        most_cost = self._most_cost = most_cost or 0
        self._short = shortfalls(problem)
        self._tied = {
            index
            for limit in problem.limits
            if not limit.of_credit
            for index in limit.items
        }
        self._kept = list(_worth_keeping(problem, self._tied, most_cost))
        self._most_supply = most_cost // problem.open_cost
        self.scoring = Scoring(problem, self._kept, self._tied, most_cost)
        self._asked = _asked(problem)
        self.set_prices({})

    def set_prices(self, prices: Mapping[int, Price]) -> None:
        """Set the prices of limits, by their number."""
        self.prices = prices
        problem = self._problem
        self._prices_of: dict[int, list[tuple[int, Price]]] = defaultdict(list)
        for number, price in prices.items():
            for index in problem.limits[number].items:
                if not problem.items[index].is_added:
                    self._prices_of[index].append((1 << number, price))
        self._fields = _Fields(
            problem, self._kept, self._most_supply, is_priced=bool(prices)
        )
        root_only = all(
            measure != problem.level
            for node in problem.nodes[1:]
            for measure, _ in node.minimums
        )
        self._priced_level = (
            self._fields.measures.get(problem.level)
            if problem.level is not None and root_only
            else None
        )
        self._deltas = {index: self._delta(index) for index in self._kept}
        self._plans = self._planned()
        self._cache: dict[tuple[int, bool, int, int, int], _Table] = {}
        self._shares: dict[tuple[int, int], tuple[int, int]] = {}

    def _delta(self, index: int) -> int:
        """Return what an item adds to a vector, no price paid."""
        fields, item = self._fields, self._problem.items[index]
        credit = item.credit
        delta = credit << fields.credit.at
        if fields.total is not None:
            delta += credit << fields.total.at
        for measure, field in fields.measures.items():
            if measure in item.measures and measure in self._asked[item.node]:
                delta += credit << field.at
        if fields.own and not item.is_added:
            own, level = fields.own
            delta += credit << own.at
            if self._problem.level in item.measures:
                delta += credit << level.at
        node = self._problem.nodes[item.node]
        if node.min_parts:
            delta += 1 << fields.parts.at
        if node.max_parts is not None:
            delta += 1 << fields.used.at
        for number, field in fields.capped.items():
            if index in self._problem.limits[number].items:
                delta += credit << field.at
        return delta

    def _planned(self) -> list[_Plan]:
        problem, fields = self._problem, self._fields
        nodes, items = problem.nodes, problem.items
        there: dict[int, list[int]] = defaultdict(list)
        added: dict[int, list[int]] = defaultdict(list)
        below, prices = [0] * len(nodes), [0] * len(nodes)
        for index in self._kept:
            item = items[index]
            (added if item.is_added else there)[item.node].append(index)
            of_item = sum([bit for bit, _ in self._prices_of.get(index, ())])
            above = item.node
            while above >= 0:
                below[above] |= 1 << index
                prices[above] |= of_item
                above = nodes[above].parent
        caps_bias = caps_guard = 0
        for number, field in fields.capped.items():
            caps_bias += field.bias(problem.limits[number].most)
            caps_guard |= field.guard
        allowed, asked = self._allowed(), self._asked
        plans: list[_Plan] = []
        self._plans_so_far = plans
        for number, node in enumerate(nodes):
            above_plan = None if node.parent < 0 else plans[node.parent]
            asked_above = frozenset() if above_plan is None else asked[node.parent]
            bias, guard = caps_bias, caps_guard
            most = None if problem.is_capped else node.max_credit
            if most is not None and most <= fields.credit.most:
                bias += fields.credit.bias(most)
                guard |= fields.credit.guard
            if node.max_parts is not None and node.max_parts <= fields.used.most:
                bias += fields.used.bias(node.max_parts)
                guard |= fields.used.guard
            dropped = fields.parts.mask | fields.used.mask
            for measure, field in fields.measures.items():
                if measure not in asked_above:
                    dropped |= field.mask
            flipped = fields.used.mask if guard & fields.used.guard else 0
            flipped |= sum([field.mask for field in fields.capped.values()])
            outside = len(fields.capped) + len(fields.own)
            outside += len(asked_above) + (fields.total is not None)
            inside = outside + len(asked[number] - asked_above)
            inside += bool(node.min_parts) + (node.max_parts is not None)
            is_free = (above_plan is None or above_plan.is_free) and not guard
            plans.append(
                _Plan(
                    number=number,
                    node=node,
                    there=there[number],
                    added=added[number],
                    below=below[number],
                    prices=prices[number],
                    bias=bias,
                    guard=guard,
                    minimums=self._minimums(node),
                    dropped=dropped,
                    enough=self._enough(above_plan, asked_above),
                    worst=self.scoring.worst_of(allowed[number]),
                    is_free=is_free and not problem.is_capped,
                    is_rising=above_plan is None
                    or (
                        above_plan.is_rising
                        and not above_plan.guard & fields.credit.guard
                    ),
                    flipped=flipped,
                    inside=inside,
                    outside=outside,
                )
            )
        return plans

    def _minimums(self, node: Node) -> list[tuple[_Field, int]]:
        fields = self._fields
        found = [(fields.measures[m], least) for m, least in node.minimums if least > 0]
        if node.min_credit > 0:
            found.append((fields.credit, node.min_credit))
            if node.parent < 0 and fields.total is not None:
                found.append((fields.total, node.min_credit))
        if node.min_parts > 0:
            found.append((fields.parts, node.min_parts))
        return found

    def _enough(
        self, above: _Plan | None, asked: frozenset[int]
    ) -> list[tuple[_Field, int]]:
        """Return of which fields so much is enough for all nodes above."""
        fields, is_rising = self._fields, True
        most: dict[int, int] = {}
        credit = 0
        plan, plans = above, self._plans_so_far
        while plan is not None:
            is_rising = is_rising and not plan.guard & fields.credit.guard
            credit = max(credit, plan.node.min_credit)
            for measure, least in plan.node.minimums:
                most[measure] = max(most.get(measure, 0), least)
            plan = plans[plan.node.parent] if plan.node.parent >= 0 else None
        found = [(fields.measures[measure], most[measure]) for measure in asked]
        if fields.total is not None:
            found.append((fields.total, self._problem.nodes[0].min_credit))
        if above is not None and is_rising and not self._problem.is_capped:
            # One at least, so that a node that is used does not look like one that is not.
            found.append((fields.credit, max(credit, 1)))
        return found

    def _allowed(self) -> list[int]:
        """Return what may be added at a node and below: the rest is needed elsewhere."""
        nodes = self._problem.nodes
        allowed = [self._most_cost] * len(nodes)
        if self._problem.open_cost != 1 or not self._is_whole:
            return allowed
        required = [False] * len(nodes)
        for number, node in enumerate(nodes):
            if node.parent < 0:
                required[number] = True
                continue
            required[number] = node.is_mandatory and required[node.parent]
            allowed[number] = allowed[node.parent]
            if required[node.parent]:
                allowed[number] -= sum(
                    [
                        self._short[other]
                        for other in nodes[node.parent].children
                        if other != number and nodes[other].is_mandatory
                    ]
                )
        return [max(most, 0) for most in allowed]

    # --- the answer ---------------------------------------------------------------

    def best(self, state: State) -> Found | None:
        """Return the best choice that a state allows, None when there is none."""
        table = self._table(0, achieved=self._is_whole, state=state)
        back = sum(
            [
                price.score * self._problem.limits[number].most
                for number, price in self.prices.items()
                if state.priced >> number & 1
            ]
        )
        own = self._fields.own
        best: Found | None = None
        for vector, score in table:
            rank: _Rank = (score + back,)
            if own:
                cost = self.scoring.cost(score)
                rest = self.scoring.without_cost(score)
                rank = (-cost, own[0].of(vector), own[1].of(vector), rest)
            if best is None or rank > best.rank:
                best = Found(rank, score)
        return best

    # --- tables -------------------------------------------------------------------

    def _table(self, number: int, *, achieved: bool, state: State) -> _Table:
        plan = self._plans[number]
        key = (
            number,
            achieved,
            state.fixed & plan.below,
            state.banned & plan.below,
            state.priced & plan.prices if number else state.priced,
        )
        table = self._cache.get(key)
        if table is None:
            table = self._cache[key] = self._built(plan, achieved, state)
        return table

    def _built(self, plan: _Plan, achieved: bool, state: State) -> _Table:
        acc = self._own(plan, state)
        if not acc:
            return []
        if self._most_supply and plan.node.is_open:
            acc = self._supplied(acc, plan)
        for child in plan.node.children:
            acc = self._joined(acc, child, plan, achieved, state)
            if not acc:
                return []
        return self._finished(acc, plan, achieved, state)

    def _share(self, index: int, priced: int) -> tuple[int, int]:
        """Return what an item adds to vector and score, its prices paid."""
        delta, score = self._deltas[index], self.scoring.of[index]
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
        if self._priced_level is not None and self._problem.level in item.measures:
            delta -= min(level, item.credit) << self._priced_level.at
        self._shares[key] = delta, score
        return delta, score

    def _own(self, plan: _Plan, state: State) -> dict[int, int]:
        """Return the table of a node's own items."""
        fixed, banned, priced = state
        vector, score = plan.bias, 0
        rest = []
        for index in plan.there:
            if banned >> index & 1:
                continue
            share = self._share(index, priced)
            if fixed >> index & 1 or (plan.is_free and share[1] > 0):
                # Where nothing restricts, to count is always better.
                vector += share[0]
                score += share[1]
            else:
                rest.append(share)
        if vector & plan.guard:
            return {}
        for index in plan.added:
            if fixed >> index & 1:
                vector += self._deltas[index]
                score += self.scoring.of[index]
            elif not banned >> index & 1:
                rest.append((self._deltas[index], self.scoring.of[index]))
        if vector & plan.guard or score < plan.worst:
            return {}
        acc = {vector: score}
        guard, worst = plan.guard, plan.worst
        for turn, (delta, gain) in enumerate(rest):
            for old, old_score in list(acc.items()):
                new = old + delta
                if new & guard:
                    continue
                new_score = old_score + gain
                if new_score > acc.get(new, worst):
                    acc[new] = new_score
            if turn & 3 == 3:
                acc = self._pruned(acc, plan, inside=True)
        return acc

    def _supplied(self, acc: dict[int, int], plan: _Plan) -> dict[int, int]:
        """Return a table with parts that are not known added."""
        fields, node, number = self._fields, plan.node, plan.number
        per_credit = 1 << fields.credit.at
        if fields.total is not None:
            per_credit += 1 << fields.total.at
        for measure, field in fields.measures.items():
            if measure in node.open_measures and measure in self._asked[number]:
                per_credit += 1 << field.at
        for limit, field in fields.capped.items():
            if number in self._problem.limits[limit].open_nodes:
                per_credit += 1 << field.at
        per_part = (1 << fields.parts.at if node.min_parts else 0) + (
            1 << fields.used.at if node.max_parts is not None else 0
        )
        guard, worst = plan.guard, plan.worst
        added = dict(acc)
        for credit in range(1, self._most_supply + 1):
            for parts in range(1, min(credit, max(node.min_parts, 1)) + 1):
                delta = credit * per_credit + parts * per_part
                gain = self.scoring.supply(number, credit, parts)
                for old, old_score in acc.items():
                    new, new_score = old + delta, old_score + gain
                    if not new & guard and new_score > added.get(new, worst):
                        added[new] = new_score
        return self._pruned(added, plan, inside=True)

    def _joined(
        self, acc: dict[int, int], child: int, plan: _Plan, achieved: bool, state: State
    ) -> dict[int, int]:
        """Return a table with that of a child added."""
        fields, node = self._fields, plan.node
        used = 1 << fields.used.at if node.max_parts is not None else 0
        counted = 1 << fields.parts.at if node.min_parts else 0
        of_child = self._problem.nodes[child]
        additions: list[tuple[int, int]] = []
        if achieved and (of_child.is_mandatory or counted):
            additions = [
                (vector + counted + used, score)
                for vector, score in self._table(child, achieved=True, state=state)
            ]
        if not (achieved and of_child.is_mandatory):
            additions += [
                (vector + (used if score else 0), score)
                for vector, score in self._table(child, achieved=False, state=state)
            ]
        guard, worst = plan.guard, plan.worst
        joined: dict[int, int] = {}
        get = joined.get
        for delta, gain in additions:
            for vector, score in acc.items():
                new = vector + delta
                if new & guard:
                    continue
                new_score = score + gain
                if new_score > get(new, worst):
                    joined[new] = new_score
        return self._pruned(joined, plan, inside=True)

    def _finished(
        self, acc: dict[int, int], plan: _Plan, achieved: bool, state: State
    ) -> _Table:
        """Return a table as the node above sees it: bounds held, what is over dropped."""
        bias, dropped, worst = plan.bias, ~plan.dropped, plan.worst
        most = plan.node.max_credit if self._problem.is_capped else None
        minimums = plan.minimums if achieved else []
        if achieved and plan.node.parent < 0:
            minimums = self._with_prices(minimums, state)
        kept: dict[int, int] = {}
        for biased, score in acc.items():
            vector = biased - bias
            if most is not None:
                vector = self._capped(vector, most)
            if achieved and not (
                score and all([field.of(vector) >= least for field, least in minimums])
            ):
                continue
            vector &= dropped
            for field, enough in plan.enough:
                over = field.of(vector) - enough
                if over > 0:
                    vector -= over << field.at
            if score > kept.get(vector, worst):
                kept[vector] = score
        return list(self._pruned(kept, plan, inside=False).items())

    def _with_prices(
        self, minimums: list[tuple[_Field, int]], state: State
    ) -> list[tuple[_Field, int]]:
        """Return the minimums of the root, less what prices give back."""
        credit = level = 0
        for number, price in self.prices.items():
            if state.priced >> number & 1:
                credit += price.credit * self._problem.limits[number].most
                level += price.level * self._problem.limits[number].most
        back = {id(self._fields.total): credit, id(self._priced_level): level}
        return [(field, least - back.get(id(field), 0)) for field, least in minimums]

    def _capped(self, vector: int, most: int) -> int:
        fields = self._fields
        for field in (fields.credit, *fields.measures.values(), *fields.own):
            over = field.of(vector) - most
            if over > 0:
                vector -= over << field.at
        return vector

    def _pruned(
        self, table: dict[int, int], plan: _Plan, *, inside: bool
    ) -> dict[int, int]:
        """Drop what is no better than something else in anything.

        To count nothing at all is kept: a node that is not used may be better above.
        """
        if len(table) <= _FEW:
            return table
        at = self._fields.credit.at
        is_rising = plan.is_rising and not (
            inside and plan.guard & self._fields.credit.guard
        )
        active = plan.inside if inside else plan.outside
        flipped = plan.flipped
        entries = sorted(table.items(), key=_by_score)
        kept: dict[int, int] = {}
        if active > 1:
            self._front(entries, flipped, kept, at=None if is_rising else at)
        elif not is_rising:
            # Of one credit the best score first, then only what has more of the other.
            most: dict[int, int] = {}
            low = (1 << at) - 1
            for vector, score in entries:
                turned = vector ^ flipped
                credit, rest = turned >> at, turned & low
                if rest > most.get(credit, -1):
                    most[credit] = rest
                    kept[vector] = score
                elif not score:
                    kept[vector] = score
        else:
            _stairs(entries, flipped, kept, at)
        return kept

    def _front(
        self, entries: _Table, flipped: int, kept: dict[int, int], *, at: int | None
    ) -> None:
        """Keep what nothing of a better score is as good as in every field."""
        guards = self._fields.guards
        fronts: dict[int, list[int]] = defaultdict(list)
        for vector, score in entries:
            turned = vector ^ flipped
            front = fronts[0 if at is None else turned >> at]
            for other in front:
                if other - turned & guards == guards:
                    break
            else:
                kept[vector] = score
                front.append(turned | guards)
                continue
            if not score:
                kept[vector] = score


def _stairs(entries: _Table, flipped: int, kept: dict[int, int], at: int) -> None:
    """Keep what nothing of a better score has as much credit and as much rest as."""
    low = (1 << at) - 1
    credits: list[int] = []  # rising, while the rests fall
    rests: list[int] = []
    for vector, score in entries:
        turned = vector ^ flipped
        credit, rest = turned >> at, turned & low
        place = bisect_left(credits, credit)
        if place < len(credits) and rests[place] >= rest:
            if not score:
                kept[vector] = score
            continue
        kept[vector] = score
        first = place
        while first and rests[first - 1] <= rest:
            first -= 1
        last = place + (place < len(credits) and credits[place] == credit)
        credits[first:last] = [credit]
        rests[first:last] = [rest]


def _by_score(entry: tuple[int, int]) -> tuple[int, int]:
    return -entry[1], -entry[0]


def _asked(problem: Problem) -> list[frozenset[int]]:
    """Return the measures that a minimum asks for at each node or above."""
    asked: list[frozenset[int]] = []
    for node in problem.nodes:
        own = frozenset([measure for measure, least in node.minimums if least > 0])
        asked.append(own if node.parent < 0 else own | asked[node.parent])
    return asked


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
