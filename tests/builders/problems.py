"""Abstract questions of a counting: short to write, from a seed, and tried out in full.

`tried` goes through every choice and every completion. It was written from the words of
`Problem` alone, and knows no table, bound or price.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import NamedTuple

from ulnlib.rules.combination.problem import Item, Limit, Node, Problem

# --- by hand ----------------------------------------------------------------------


def there(node, unit, credit, *measures):
    """Return an item that is there."""
    return Item(node=node, unit=unit, credit=credit, measures=frozenset(measures))


def added(node, unit, credit, *measures, cost=None):
    """Return an item that may be added; it costs its credits when nothing is said."""
    return Item(
        node=node,
        unit=unit,
        credit=credit,
        measures=frozenset(measures),
        is_added=True,
        cost=credit if cost is None else cost,
    )


def at_most(most, *items):
    """Return a limit on how many of some items count."""
    return Limit(most=most, items=frozenset(items))


def credit_at_most(most, *items, open_nodes=()):
    """Return a limit on the credit of some items."""
    return Limit(
        most=most,
        items=frozenset(items),
        of_credit=True,
        open_nodes=frozenset(open_nodes),
    )


def flat(*items, limits=(), level=None, is_capped=False, **root):
    """Return a problem of one node."""
    return Problem(
        nodes=[Node(parent=-1, **root)],
        items=items,
        limits=limits,
        level=level,
        is_capped=is_capped,
    )


# --- what a choice is worth -------------------------------------------------------


class Worth(NamedTuple):
    """What a choice comes to, its parts in the order of preference.

    Attributes:
        is_whole: Whether it is whole.
        saved: What is added costs, with a minus; 0 where it is not whole.
        credit: The credit that is there.
        level: The level credit that is there.
        spared: How many items that are there count, with a minus.
        which: Of each item that is there whether it counts.
    """

    is_whole: bool
    saved: int
    credit: int
    level: int
    spared: int
    which: tuple[bool, ...]


class _Sums(NamedTuple):
    is_allowed: bool
    is_whole: bool
    credit: int
    level: int


def _summed(problem, chosen, supplied):
    """Return what a choice comes to at the root."""
    nodes = problem.nodes
    measures = _measures(problem)
    is_allowed = all(
        _under(problem, limit, chosen, supplied) <= limit.most
        for limit in problem.limits
    )
    credit, parts, in_measure = _contents(problem, measures, chosen, supplied)
    used, achieved, is_achieved = [[0] * len(nodes) for _ in range(3)]
    for number in reversed(range(len(nodes))):
        node, held = nodes[number], in_measure[number]
        if node.max_credit is not None and credit[number] > node.max_credit:
            is_allowed = is_allowed and problem.is_capped
            credit[number] = node.max_credit
            for measure in measures:
                held[measure] = min(held[measure], node.max_credit)
        if node.max_parts is not None:
            is_allowed = is_allowed and parts[number] + used[number] <= node.max_parts
        is_used = bool(parts[number] or used[number])
        is_achieved[number] = (
            is_used
            and credit[number] >= node.min_credit
            and parts[number] + achieved[number] >= node.min_parts
            and all(held[measure] >= least for measure, least in node.minimums)
            and all(is_achieved[n] for n in node.children if nodes[n].is_mandatory)
        )
        if node.parent >= 0:
            credit[node.parent] += credit[number]
            used[node.parent] += is_used
            achieved[node.parent] += is_achieved[number]
            for measure in measures:
                in_measure[node.parent][measure] += held[measure]
    level = in_measure[0].get(problem.level, 0)
    return _Sums(is_allowed, bool(is_achieved[0]), credit[0], level)


def _contents(problem, measures, chosen, supplied):
    """Return credit, number of parts, and credit of each measure, of nodes alone."""
    nodes, items = problem.nodes, problem.items
    credit, parts = [0] * len(nodes), [0] * len(nodes)
    in_measure = [dict.fromkeys(measures, 0) for _ in nodes]
    contents = [(items[n].node, items[n].credit, items[n].measures, 1) for n in chosen]
    for node, (more, many) in supplied.items():
        contents.append((node, more, nodes[node].open_measures, many))
    for node, more, of_it, many in contents:
        credit[node] += more
        parts[node] += many
        for measure in of_it:
            in_measure[node][measure] += more
    return credit, parts, in_measure


def _measures(problem):
    found = {measure for item in problem.items for measure in item.measures}
    for node in problem.nodes:
        found |= {measure for measure, _ in node.minimums} | node.open_measures
    return found


def _under(problem, limit, chosen, supplied):
    of_limit = [n for n in chosen if n in limit.items]
    if not limit.of_credit:
        return len(of_limit)
    own = sum(problem.items[n].credit for n in of_limit)
    return own + sum(supplied[n][0] for n in limit.open_nodes if n in supplied)


def worth(problem, chosen, supplied=None):
    """Return what a choice is worth, None when it is not allowed.

    Args:
        problem: The problem.
        chosen: The items of the choice, those that are added among them.
        supplied: Credit and number of the parts that are not known, by node.
    """
    supplied = supplied or {}
    own = [n for n in chosen if not problem.items[n].is_added]
    mine = _summed(problem, own, {})
    all_of_it = _summed(problem, chosen, supplied)
    if not mine.is_allowed or not all_of_it.is_allowed:
        return None
    is_whole = problem.can_be_whole and all_of_it.is_whole
    cost = sum(problem.items[n].cost for n in chosen)
    cost += sum(credit for credit, _ in supplied.values()) * problem.open_cost
    which = [n in own for n, item in enumerate(problem.items) if not item.is_added]
    return Worth(
        is_whole,
        -cost if is_whole else 0,
        mine.credit,
        mine.level,
        -len(own),
        tuple(which),
    )


# --- trying everything ------------------------------------------------------------


def _subsets(things):
    for many in range(len(things) + 1):
        yield from combinations(things, many)


def _supplies(problem):
    """Return every supply of which some part can be of use.

    More credit than a node or one above asks for, or more parts than the node asks for,
    is of no use to any of them.
    """
    options = []
    for number, node in enumerate(problem.nodes):
        if not node.is_open:
            continue
        most, above = 1, node
        while True:
            most = max(
                [most, above.min_credit, *[least for _, least in above.minimums]]
            )
            if above.parent < 0:
                break
            above = problem.nodes[above.parent]
        options.append(
            [None]
            + [
                (number, (credit, many))
                for credit in range(1, most + max(node.min_parts, 1))
                for many in range(1, min(credit, max(node.min_parts, 1)) + 1)
            ]
        )
    return [dict(filter(None, one)) for one in product(*options)]


def tries(problem):
    """Return how many choices there are."""
    many = 2 ** len(problem.items)
    for node in problem.nodes:
        if node.is_open:
            many *= 15 * max(node.min_parts, 1)
    return many


def tried(problem):
    """Return what the best of all choices is worth."""
    items = range(len(problem.items))
    own = [n for n in items if not problem.items[n].is_added]
    further = [n for n in items if problem.items[n].is_added]
    best, allowed = None, []
    for chosen in _subsets(own):
        found = worth(problem, chosen)
        if found is not None:
            allowed.append(chosen)
            best = found if best is None else max(best, found)
    if not problem.can_be_whole:
        return best
    completions = [
        (
            sum(problem.items[n].cost for n in more)
            + problem.open_cost * sum(credit for credit, _ in supplied.values()),
            more,
            supplied,
        )
        for more in _subsets(further)
        for supplied in _supplies(problem)
    ]
    completions.sort(key=lambda one: one[0])
    for cost, more, supplied in completions:
        if best.is_whole and cost > -best.saved:
            break  # dearer than what was found
        for chosen in allowed:
            all_of_it = _summed(problem, (*chosen, *more), supplied)
            if all_of_it.is_allowed and all_of_it.is_whole:
                best = max(best, worth(problem, (*chosen, *more), supplied))
    return best


# --- from a seed ------------------------------------------------------------------

MEASURES = (0, 1)


def _tree(random):
    """Return parents and children of a few nodes, each before those below it."""
    parents = [-1]
    for _ in range(random.randint(0, 5)):
        # Only the last node, or one above it, gets a child: that keeps the order.
        line = [len(parents) - 1]
        while line[-1]:
            line.append(parents[line[-1]])
        parents.append(random.choice(line))
    children = [[] for _ in parents]
    for number, parent in enumerate(parents[1:], 1):
        children[parent].append(number)
    return parents, children


def _node(random, parent, children):
    rare = random.random
    return Node(
        parent=parent,
        children=tuple(children),
        is_mandatory=rare() < 0.35,
        min_credit=random.choice((0, 0, random.randint(1, 8))),
        max_credit=random.choice((None, None, random.randint(0, 12))),
        min_parts=random.choice((0, 0, 0, 1, 2)),
        max_parts=random.choice((None, None, None, 1, 2, 0)),
        minimums=tuple((m, random.randint(1, 5)) for m in MEASURES if rare() < 0.15),
        is_open=rare() < 0.12,
        open_measures=frozenset(m for m in MEASURES if rare() < 0.8),
    )


def _root(random, children):
    minimums = ((0, random.randint(1, 6)),) if random.random() < 0.5 else ()
    node = _node(random, -1, children)
    return Node(
        parent=-1,
        children=node.children,
        min_credit=random.randint(0, 14),
        max_credit=node.max_credit,
        min_parts=node.min_parts,
        max_parts=node.max_parts,
        minimums=minimums,
        is_open=node.is_open,
        open_measures=node.open_measures,
    )


def _items(random, nodes, first, *, is_added):
    """Return the items of some units, each at one or several nodes."""
    found = []
    for unit in range(first, first + random.randint(0 if is_added else 1, 5)):
        credit = random.randint(1, 5)
        measures = frozenset(m for m in MEASURES if random.random() < 0.6)
        many = min(nodes, random.choice((1, 1, 2, 2 if is_added else 3)))
        for node in sorted(random.sample(range(nodes), many)):
            own = measures - {0} if random.random() < 0.1 else measures
            cost = credit * random.choice((1, 1, 1, 3)) if is_added else 0
            found.append(
                Item(
                    node=node,
                    unit=unit,
                    credit=credit,
                    measures=own,
                    is_added=is_added,
                    cost=cost,
                )
            )
    if not is_added:
        random.shuffle(found)
    return found


def _limits(random, nodes, items):
    by_unit = {}
    for index, item in enumerate(items):
        by_unit.setdefault(item.unit, []).append(index)
    limits = [at_most(1, *of_one) for of_one in by_unit.values() if len(of_one) > 1]
    for _ in range(random.choice((0, 0, 1, 2))):
        units = random.sample(list(by_unit), min(len(by_unit), random.randint(2, 3)))
        most = random.choice((1, 1, 1, 1, 1, 1, 2, 0))
        limits.append(at_most(most, *[n for unit in units for n in by_unit[unit]]))
    for _ in range(random.choice((0, 0, 1))):
        some = random.sample(range(len(items)), random.randint(1, len(items)))
        opens = [n for n, node in enumerate(nodes) if node.is_open]
        opens = [n for n in opens if random.random() < 0.5]
        limits.append(credit_at_most(random.randint(0, 9), *some, open_nodes=opens))
    return limits


def problem_of(random, *, most_tries=None):
    """Return a small problem, with every part of the model now and then.

    Args:
        random: The source of chance.
        most_tries: How many choices there may be.
    """
    while True:
        parents, children = _tree(random)
        nodes = [_root(random, children[0])]
        nodes += [
            _node(random, parents[n], children[n]) for n in range(1, len(parents))
        ]
        items = _items(random, len(nodes), 0, is_added=False)
        items += _items(random, len(nodes), 10, is_added=True)
        problem = Problem(
            nodes=nodes,
            items=items,
            limits=_limits(random, nodes, items),
            level=random.choice((0, None)),
            is_capped=random.random() < 0.3,
            can_be_whole=random.random() < 0.97,
            open_cost=random.choice((1, 1, 10)),
        )
        if most_tries is None or tries(problem) <= most_tries:
            return problem


def knotted(random):
    """Return a small problem of one node, whose limits hold the same items again.

    Prices on such limits promise too much in every way in which they can.
    """
    items = []
    for is_added, many in ((False, random.randint(4, 9)), (True, random.randint(0, 3))):
        for _ in range(many):
            measures = (0,) if random.random() < 0.6 else ()
            make = added if is_added else there
            items.append(make(0, len(items), random.randint(1, 6), *measures))
    limits = []
    for _ in range(random.randint(2, 7)):
        some = random.sample(range(len(items)), random.randint(2, 4))
        limits.append(at_most(random.choice((1, 1, 1, 2)), *some))
    return flat(
        *items,
        limits=limits,
        level=0,
        min_credit=random.randint(0, 16),
        minimums=((0, random.randint(1, 9)),) if random.random() < 0.6 else (),
        max_credit=random.choice((None, None, random.randint(8, 16))),
        is_open=random.random() < 0.1,
        open_measures=frozenset([0]),
        is_capped=random.random() < 0.3,
    )
