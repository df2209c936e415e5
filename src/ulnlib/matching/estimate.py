"""Weights learned from a caller's own register, without labels or with some.

How often strangers agree is counted on pairs taken blindly. How often the records of
one person agree is counted on labelled pairs or, without any, estimated from the
pairs that share a blocking key, by turns: which pairs are one person, given the
weights; the weights, given the pairs (expectation maximisation).
"""

from __future__ import annotations

__all__ = ["estimate_weights"]

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from math import gcd, log2

import attrs

from ulnlib.learner import Learner
from ulnlib.matching.compare import compare_persons
from ulnlib.matching.findings import Comparison
from ulnlib.matching.keys import person_keys
from ulnlib.matching.levels import COMPARED, Level, levels_of
from ulnlib.matching.person import Person
from ulnlib.matching.plain import plain
from ulnlib.matching.policy import Policy
from ulnlib.matching.weights import Weights, default_weights, probability_of

_BLIND_PAIRS = 20_000
_BLOCKED_PAIRS = 50_000
_PER_KEY = 10
_TURNS = 10
_BELIEF = 20.0
"""So many pairs' worth of belief in the default weights: few data move them little."""

_RAREST = 1_600
_SMALLEST_SHARE = 1e-6

_Levels = tuple[Level, ...]


def estimate_weights(
    learners: Iterable[Learner],
    *,
    labelled: Iterable[tuple[Learner, Learner]] = (),
    start: Weights | None = None,
) -> Weights:
    """Learn what agreement weighs from a register.

    Args:
        learners: The records of the register; about a thousand at least, or the
            result is little else than the start.
        labelled: Pairs of records that are known to be one person's. With any, no
            others are looked for.
        start: The weights to begin with, the default ones when it is not given.

    Returns:
        Weights with the register's own frequencies of names, its size as the prior,
        and each level's weight moved as far as the data say. A stronger level never
        weighs less than a weaker one. The order of the records makes no difference.

    Source: ours, after Fellegi and Sunter, and Winkler (assumed).
    """
    start = default_weights() if start is None else start
    ordered = sorted(learners, key=lambda one: tuple(v or "" for v in one.values()))
    people = [Person(learner) for learner in ordered]
    if len(people) < 2:
        return start
    weights = attrs.evolve(
        start,
        rarities=_rarities(people, start),
        prior=-round(100 * log2(len(people))),
        origin=f"estimated from {len(people):,} records",
    )
    policy = Policy(weights=weights)
    strangers = Counter[Level]()
    for one, other in _blind(people):
        strangers.update(_levels(compare_persons(one, other, policy)))
    pairs = [(Person(one), Person(other)) for one, other in labelled]
    if pairs:
        same = Counter[Level]()
        for one, other in pairs:
            same.update(_levels(compare_persons(one, other, policy)))
        return _moved(weights, same, strangers)
    found = [compare_persons(one, other, policy) for one, other in _blocked(people)]
    for _ in range(_TURNS):
        weights = _moved(weights, _expected(found, weights), strangers, start)
    return weights


def _levels(comparison: Comparison) -> Iterator[Level]:
    return (finding.level for finding in comparison.findings)


def _blind(people: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
    """Yield pairs that lie far apart in the order, spread over all records."""
    size = len(people)
    step, further = _step(7_919, size), _step(104_729, size - 1)
    for turn in range(min(_BLIND_PAIRS, size * (size - 1) // 2)):
        one = turn * step % size
        other = (one + 1 + turn * further % (size - 1)) % size
        yield people[one], people[other]


def _step(step: int, size: int) -> int:
    """Return the first step from this one that comes by every place of so many."""
    while gcd(step, size) > 1:
        step += 1
    return step


def _blocked(people: Sequence[Person]) -> Iterator[tuple[Person, Person]]:
    """Yield the pairs that share a key, but for keys that many have."""
    by_key: dict[int, list[int]] = {}
    for place, person in enumerate(people):
        for key in set(person_keys(person)):
            by_key.setdefault(key, []).append(place)
    pairs = {
        pair
        for places in by_key.values()
        if len(places) <= _PER_KEY
        for pair in combinations(places, 2)
    }
    for one, other in islice(sorted(pairs), _BLOCKED_PAIRS):
        yield people[one], people[other]


def _expected(found: Sequence[Comparison], weights: Weights) -> Counter[Level]:
    """Return how often each level is expected among the pairs of one person."""
    same: Counter[Level] = Counter()
    scaled: dict[Level, float] = {}
    for comparison in found:
        weight = weights.prior + sum(
            [
                _weight(finding.level, finding.weight, weights)
                for finding in comparison.findings
            ]
        )
        chance = probability_of(weight)
        for level in _levels(comparison):
            scaled[level] = scaled.get(level, 0.0) + chance
    for level, count in scaled.items():
        same[level] = round(count)
    return same


def _weight(level: Level, before: int, weights: Weights) -> int:
    """Return what a level weighs now; a name's rarity stays what it was found to be."""
    own = weights.by_level[level.field][level.name]
    if not level.of_name:
        return own
    return before - level.weight + own


def _rarities(
    people: Sequence[Person], start: Weights
) -> Mapping[str, Mapping[str, int]]:
    """Return how rare the names of the register are; the rest stay as they were."""
    found: dict[str, dict[str, int]] = {}
    for field in ("given_name", "family_name"):
        names = Counter(
            plain(person.given if field == "given_name" else person.family)
            for person in people
        )
        del names[""]
        size = max(1, names.total())
        rarities = dict(start.rarities[field])
        for name, count in names.items():
            if not name or count < 2:
                continue
            believed = 2.0 ** (-start.rarity(field, name) / 100)
            share = (count + _BELIEF * believed) / (size + _BELIEF)
            rarities[name] = min(_RAREST, round(-100 * log2(share)))
        found[field] = rarities
    return found


def _moved(
    weights: Weights,
    same: Counter[Level],
    strangers: Counter[Level],
    start: Weights | None = None,
) -> Weights:
    """Return weights by how often pairs of one person, and of strangers, agree so."""
    base = weights if start is None else start
    by_level = {}
    for field in COMPARED:
        levels = levels_of(field)
        of_same = sum([same[level] for level in levels.values()])
        of_strangers = sum([strangers[level] for level in levels.values()])
        by_level[field] = _ordered(
            levels,
            {
                name: _level_weight(
                    base.by_level[field][name],
                    level,
                    (same[level], of_same),
                    (strangers[level], of_strangers),
                )
                for name, level in levels.items()
            },
        )
    return attrs.evolve(weights, by_level=by_level)


def _level_weight(
    believed: int, level: Level, same: tuple[int, int], strangers: tuple[int, int]
) -> int:
    """Return the weight of a level, between what is believed and what is counted.

    What a level of a name takes from the name's weight is left alone: how often
    strangers agree on a name is said by its rarity.
    """
    if level.of_name or level.name in {"not_given", "not_known", "default", "moved"}:
        return believed
    (agree, of_same), (by_chance, of_strangers) = same, strangers
    if not of_same or not of_strangers or not agree:
        return believed
    by_chance_share = max(by_chance / of_strangers, 0.5 / of_strangers)
    counted = 100 * log2(max(agree / of_same, _SMALLEST_SHARE) / by_chance_share)
    return round((counted * of_same + believed * _BELIEF) / (of_same + _BELIEF))


def _ordered(levels: Mapping[str, Level], weights: Mapping[str, int]) -> dict[str, int]:
    """Return the weights without any that is below a weaker level's."""
    order = sorted(levels.values(), key=lambda level: level.weight)
    fixed: dict[str, int] = {}
    lowest = None
    for level in order:
        weight = weights[level.name]
        if not level.of_name:
            lowest = weight if lowest is None else max(lowest, weight)
            weight = lowest
        fixed[level.name] = weight
    return fixed
