"""Given and family name compared, each in its own place and in the other's.

Names that have changed places are one event. With another given name, or none, the
probability has a ceiling, whatever else agrees: twins share all else. Two rare names
weigh less than each by itself.
"""

from __future__ import annotations

__all__ = ["Names", "compare_names", "most_of_names"]

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ulnlib.matching.findings import Finding, not_given
from ulnlib.matching.given_names import is_initials
from ulnlib.matching.levels import Level, levels_of
from ulnlib.matching.names import family_levels, given_levels, is_crossed
from ulnlib.matching.person import Person
from ulnlib.matching.plain import plain
from ulnlib.matching.policy import Policy
from ulnlib.matching.tolerances import Tolerance
from ulnlib.matching.weights import Weights, placeholders, probability_of


class Names(NamedTuple):
    """How far the two names agree: one event, when they have changed places."""

    given: Finding
    family: Finding

    def overlap(self, weights: Weights) -> int:
        """Return what is taken off both together, 0 or less."""
        apart = self.given.weight + self.family.weight
        return weights.of_both_names(apart) - apart

    def likelihood(self, rest: int, weights: Weights) -> tuple[float, int]:
        """Return the probability and the weight that all comes to with the rest."""
        apart = self.given.weight + self.family.weight
        weight = rest + weights.of_both_names(apart)
        ceiling = _CEILINGS.get(self.given.level.name)
        probability = probability_of(weight)
        if ceiling is not None:
            probability = min(probability, getattr(weights, ceiling))
        return probability, weight


_CEILINGS = {
    "other": "ceiling",
    "not_given": "ceiling",
    "equal_unknown": "ceiling",
    "near": "alike_ceiling",
    "shared": "alike_ceiling",
    "equivalent": "alike_ceiling",
    "initial": "alike_ceiling",
    "equal_initial": "alike_ceiling",
    "middle": "alike_ceiling",
}
"""Which ceiling holds for a level of the given name: twins are often named alike."""

_WEAK = frozenset(
    {"near", "shared", "equivalent", "initial", "middle", "equal_initial"}
)


def most_of_names(asked: Person, weights: Weights) -> int:
    """Return the most that any names of a record can weigh with what is asked.

    No level of a name weighs more than the name is rare.
    """
    given = [("equal", asked.preferred)] if asked.preferred else []
    if asked.given:
        given.append(("equal", asked.plain_given))
    given += [("middle", name) for name in asked.middles]
    family = [("equal", name) for name in asked.other_families]
    if asked.family:
        family.append(("equal", asked.plain_family))
    most = sum(
        max([weights.most_fixed[field], *_weighed(field, of_field, weights)])
        for field, of_field in (("given_name", given), ("family_name", family))
    )
    return weights.of_both_names(most)


def _weighed(
    field: str, names: Iterable[tuple[str, str]], weights: Weights
) -> list[int]:
    levels = levels_of(field)
    return [
        weights.weight(levels[level], weights.rarity(field, name))
        for level, name in names
    ]


def compare_names(asked: Person, held: Person, policy: Policy, rest: int = 0) -> Names:
    """Compare given and family name, each in its own place and in the other's.

    Args:
        asked: What is known of somebody.
        held: A record.
        policy: Which tolerances are on, and what agreement weighs.
        rest: The weight of all else: of two ways to read the names the one that makes
            all together more probable counts.
    """
    weights = policy.weights
    given, family = _given(asked, held, policy), _family(asked, held, policy)
    names = Names(given, family)
    if given.level.name in _WEAK:
        # A nearer name may weigh less, and yet go further.
        nearer = _given(asked, held, policy, without=_WEAK)
        names = _likelier(names, Names(nearer, family), rest, weights)
    if names.given.level.is_equal or names.family.level.is_equal:
        return names
    swapped = _swapped(asked, held, policy)
    return names if swapped is None else _likelier(names, swapped, rest, weights)


def _likelier(one: Names, other: Names, rest: int, weights: Weights) -> Names:
    is_other = other.likelihood(rest, weights) > one.likelihood(rest, weights)
    return other if is_other else one


def _best(
    field: str,
    found: Iterator[tuple[str, str, str]],
    policy: Policy,
    without: frozenset[str] = frozenset(),
) -> Finding:
    """Return the strongest of levels that are allowed.

    Args:
        field: Which of the two names.
        found: Each level with its two names in plain letters.
        policy: Which tolerances are on, and what agreement weighs.
        without: Levels that do not count.
    """
    allowed = policy.allowed[field]
    best = allowed["other"]
    for name, one, other in found:
        finding = allowed.get(name)
        if finding is None or name in without:
            continue
        if finding.level.of_name:
            finding = _of_name(finding.level, one, other, policy.weights)
        if finding.weight > best.weight:
            best = finding
    return best


def _of_name(level: Level, one: str, other: str, weights: Weights) -> Finding:
    """Return what a level of two names weighs, by the more frequent of them.

    The rarer may be a slip. A name in the other's place is as frequent as where it is
    most frequent: James Smith is no rarer for being written Smith James.
    """
    if level.tolerance is Tolerance.NAMES_SWAPPED:
        rarity = min(
            [weights.rarity(field, name) for field in _BOTH for name in (one, other)]
        )
    else:
        rarity = weights.rarity(level.field, one)
        if one != other:
            rarity = min(rarity, weights.rarity(level.field, other))
    return Finding(level, weights.weight(level, rarity))


_BOTH = ("given_name", "family_name")


def _given(
    asked: Person, held: Person, policy: Policy, without: frozenset[str] = frozenset()
) -> Finding:
    if _is_nobody(asked) or _is_nobody(held):
        is_equal = asked.given and asked.given == held.given
        found = policy.allowed["given_name"]
        return found["equal_unknown" if is_equal else "not_given"]
    return _best("given_name", _given_found(asked, held), policy, without)


def _is_nobody(person: Person) -> bool:
    """Say whether there is no given name, or only a word such as Unknown or a dash."""
    return not person.plain_given or person.plain_given in placeholders()


def _given_found(asked: Person, held: Person) -> Iterator[tuple[str, str, str]]:
    preferred, preferred_2 = asked.preferred, held.preferred
    one, other = asked.plain_given, held.plain_given
    if asked.given == held.given:
        # The names of twins begin alike often enough.
        yield "equal_initial" if is_initials(one) else "equal", one, other
        if preferred and preferred == preferred_2:
            yield "equal", preferred, preferred  # which may be rarer
        return
    for level in given_levels(asked.given, held.given):
        yield level, one, other
    if preferred and preferred in {other, preferred_2}:
        yield "preferred", preferred, preferred
    if preferred_2 and preferred_2 == one:
        yield "preferred", one, one
    if one in held.middles:
        yield "middle", one, one
    if other in asked.middles:
        yield "middle", other, other


def _family(asked: Person, held: Person, policy: Policy) -> Finding:
    if not asked.family or not held.family:
        return not_given("family_name")
    return _best("family_name", _family_found(asked, held), policy)


def _family_found(asked: Person, held: Person) -> Iterator[tuple[str, str, str]]:
    one, other = asked.plain_family, held.plain_family
    if asked.family == held.family:
        yield "equal", one, other
        for former in asked.other_families:
            if former in held.other_families:
                yield "equal", former, former  # which may be rarer
        return
    for level in family_levels(asked.family, held.family):
        yield level, one, other
    for former in held.other_families:
        yield from _former(one, former)
    for former in asked.other_families:
        yield from _former(other, former)
        if former in held.other_families:
            yield "previous", former, former


def _former(name: str, former: str) -> Iterator[tuple[str, str, str]]:
    if name == former:
        yield "previous", name, former
    elif any(level not in {"other", "near"} for level in family_levels(name, former)):
        yield "previous_near", name, former


def _swapped(asked: Person, held: Person, policy: Policy) -> Names | None:
    """Return the names as changed over, when one of them at least has the other place.

    Where only one has, the other name is another: two things happened, and a twin may
    be written so. Which of the two names it is nobody can tell: it counts as the
    family name, for twins have that in common.
    """
    if _is_nobody(asked) or _is_nobody(held) or not asked.family or not held.family:
        return None
    crosswise = ((asked.family, held.given), (asked.given, held.family))
    found = [
        (level, plain(one), plain(other))
        for one, other in crosswise
        if (level := _crossed(one, other)) is not None
    ]
    if not found:
        return None
    *given, family = found
    return Names(
        _best("given_name", iter(given), policy),
        _best("family_name", iter([family]), policy),
    )


@lru_cache(maxsize=65_536)
def _crossed(one: str, other: str) -> str | None:
    """Return the level of a name that stands in the other's place."""
    if one == other or plain(one) == plain(other):
        return "swapped"
    return "swapped_near" if is_crossed(one, other) else None
