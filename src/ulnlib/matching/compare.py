"""Two records compared: the level of every field, their weight, the probability.

Correlated fields count once: names that have changed places are one event, an address
says little beside its postcode. With another given name, or none, the probability
has a ceiling, whatever else agrees: twins share all else.
"""

from __future__ import annotations

__all__ = [
    "Comparison",
    "Finding",
    "Names",
    "Policy",
    "compare_in_reach",
    "compare_names",
    "compare_persons",
    "default_policy",
    "most_of_names",
]

from collections.abc import Iterable, Iterator
from functools import cache
from math import floor as floor_of
from math import log2
from typing import NamedTuple

import attrs

from ulnlib._text import fold_text
from ulnlib.fields import FIELDS
from ulnlib.matching.details import (
    address_level,
    date_levels,
    gender_levels,
    middle_level,
    postcode_levels,
    text_level,
)
from ulnlib.matching.levels import COMPARED, Level, levels_of
from ulnlib.matching.names import family_levels, given_levels, is_crossed
from ulnlib.matching.person import Person
from ulnlib.matching.plain import plain
from ulnlib.matching.tolerances import TOLERANCES, Tolerance
from ulnlib.matching.weights import Weights, default_weights, probability_of

_FLOOR = 0.1


def _set(tolerances: Iterable[Tolerance | str]) -> frozenset[Tolerance]:
    if isinstance(tolerances, str):
        raise TypeError("give several tolerances, not one text")
    return frozenset(Tolerance(one) for one in tolerances)


@attrs.frozen(kw_only=True)
class Policy:
    """How a search compares, and what it lets through.

    Attributes:
        tolerances: The tolerances that are on; all of them by default.
        floor: The lowest probability of a candidate.
        strict: Whether an exact match that something speaks against is only possible.
        narrow: Whether to go by what is known of the real service alone: four of the
            five key demographics equal, or the names changed over.
        ignores_marks: Whether names that differ in accents, hyphens, apostrophes and
            spaces alone count as equal. They do not by default: only case and spaces
            are folded, as far as the service is known (assumed).
        names_too_many: Whether candidates are named even when there are more than
            ten; the service does not, so that nobody can trawl.
        weights: What agreement weighs.
    """

    tolerances: frozenset[Tolerance] = attrs.field(default=TOLERANCES, converter=_set)
    floor: float = attrs.field(default=_FLOOR)
    strict: bool = False
    narrow: bool = False
    ignores_marks: bool = False
    names_too_many: bool = False
    weights: Weights = attrs.field(factory=default_weights)

    @floor.validator
    def _is_probability(self, _: object, floor: float) -> None:
        if not 0 <= floor <= 1:
            raise ValueError("the floor is a probability, from 0 to 1")

    @property
    def least_weight(self) -> int | None:
        """The weight below which no probability reaches the floor; None for no floor.

        Hundredths of a bit, rounded down.
        """
        if not 0 < self.floor < 1:
            return None
        return floor_of(100 * log2(self.floor / (1 - self.floor)))


@cache
def default_policy() -> Policy:
    """Return the policy of a search that is given none."""
    return Policy()


class Finding(NamedTuple):
    """How far one field agrees, and what that weighs in hundredths of a bit."""

    level: Level
    weight: int


@attrs.frozen(kw_only=True, repr=False)
class Comparison:
    """Two records compared.

    Attributes:
        findings: One of each of the five key demographics, in order, and of each
            refiner that both have.
        weight: The sum of the findings and of the prior, in hundredths of a bit.
        probability: The probability that both are one person.
        is_equal: Whether all five key demographics are equal.
        asked: What was asked.
        held: What it was compared with.
    """

    findings: tuple[Finding, ...]
    weight: int
    probability: float
    is_equal: bool
    # What was compared makes no difference between two results that say the same.
    asked: Person = attrs.field(eq=False)
    held: Person = attrs.field(eq=False)

    def level(self, field: str) -> Level | None:
        """Return the level of a field; None for a refiner that was not compared."""
        return next((f.level for f in self.findings if f.level.field == field), None)

    @property
    def tolerances(self) -> tuple[Tolerance, ...]:
        """What differs, in the order of the fields; nothing when all five are equal."""
        if self.is_equal:
            return ()
        found = dict.fromkeys(
            one
            for finding in self.findings
            if (one := _tolerance(finding.level)) is not None
        )
        return tuple(found)

    def __repr__(self) -> str:
        return f"Comparison(weight={self.weight}, tolerances={len(self.tolerances)})"


_UNEXPLAINED = {
    name: Tolerance(name)
    for name in ("given_name", "family_name", "date_of_birth", "gender", "postcode")
}


def _tolerance(level: Level) -> Tolerance | None:
    """Return what a level says that differs, None for an equal field or a refiner."""
    if level.tolerance is not None or level.name.startswith("equal"):
        return level.tolerance
    return _UNEXPLAINED.get(level.field)


class Names(NamedTuple):
    """How far the two names agree: one event, when they have changed places."""

    given: Finding
    family: Finding

    def likelihood(self, rest: int, weights: Weights) -> tuple[float, int]:
        """Return the probability and the weight that all comes to with the rest."""
        weight = rest + self.given.weight + self.family.weight
        probability = probability_of(weight)
        name = self.given.level.name
        if name in _NO_GIVEN_NAME:
            probability = min(probability, weights.ceiling)
        elif name == "middle":
            probability = min(probability, weights.middle_ceiling)
        return probability, weight


_NO_GIVEN_NAME = frozenset({"other", "not_given"})


def most_of_names(asked: Person, weights: Weights) -> int:
    """Return the most that any names of a record can weigh with what is asked.

    No level of a name weighs more than the name is rare.
    """
    given = [("preferred", asked.preferred)] if asked.preferred else []
    if asked.given:
        given.append(("equal", plain(asked.given)))
    given += [("middle", name) for name in asked.middles]
    family = [("previous", name) for name in asked.other_families]
    if asked.family:
        family.append(("equal", plain(asked.family)))
    return sum(
        max([weights.most_fixed[field], *_weighed(field, of_field, weights)])
        for field, of_field in (("given_name", given), ("family_name", family))
    )


def _weighed(
    field: str, names: Iterable[tuple[str, str]], weights: Weights
) -> list[int]:
    levels = levels_of(field)
    return [
        weights.weight(levels[level], weights.rarity(field, name))
        for level, name in names
    ]


def compare_persons(asked: Person, held: Person, policy: Policy) -> Comparison:
    """Compare what is asked with a record.

    Args:
        asked: What is known of somebody.
        held: A record.
        policy: Which tolerances are on, and what agreement weighs.

    Returns:
        The levels, their weights and the probability.

    Source: weights after Fellegi and Sunter; the levels, see the table (assumed).
    """
    others = _others(asked, held, policy)
    return _whole(asked, held, policy, others)


def compare_in_reach(
    asked: Person, held: Person, policy: Policy, least: int | None
) -> Comparison | None:
    """Compare, unless the names cannot make up for all else.

    Args:
        asked: What is known of somebody.
        held: A record.
        policy: Which tolerances are on, and what agreement weighs.
        least: The least weight of all but the names, None for any.

    Returns:
        The comparison; None when all but the names weighs less, and the five key
        demographics are not equal.
    """
    others = _others(asked, held, policy)
    if (
        least is not None
        and _rest(others, policy) < least
        and not _is_equal(asked, held, policy)
    ):
        return None
    return _whole(asked, held, policy, others)


def _others(asked: Person, held: Person, policy: Policy) -> list[Finding]:
    """Compare all but the names."""
    postcode = _postcode(asked, held, policy)
    return [
        _date(asked, held, policy),
        _gender(asked, held, policy),
        postcode,
        *_refiners(asked, held, policy, has_postcode=postcode.level.name in _PLACED),
    ]


def _rest(others: Iterable[Finding], policy: Policy) -> int:
    """Return what all but the names weighs, the prior included."""
    return policy.weights.prior + sum([finding.weight for finding in others])


def _whole(
    asked: Person, held: Person, policy: Policy, others: list[Finding]
) -> Comparison:
    """Compare the names too, and put all together."""
    rest = _rest(others, policy)
    names = compare_names(asked, held, policy, rest)
    probability, weight = names.likelihood(rest, policy.weights)
    return Comparison(
        findings=(*names, *others),
        weight=weight,
        probability=probability,
        is_equal=_is_equal(asked, held, policy),
        asked=asked,
        held=held,
    )


def _is_equal(asked: Person, held: Person, policy: Policy) -> bool:
    return (
        _is_name(asked.given, held.given, policy)
        and _is_name(asked.family, held.family, policy)
        and asked.born == held.born
        and asked.gender == held.gender
        and asked.postcode == held.postcode
        and bool(asked.given and asked.family and asked.born)
        and bool(asked.gender and asked.postcode)
    )


def _is_name(one: str, other: str, policy: Policy) -> bool:
    if one == other or not policy.ignores_marks:
        return one == other
    letters = plain(one).replace(" ", "")
    return bool(letters) and letters == plain(other).replace(" ", "")


# --- names ------------------------------------------------------------------------


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
    names = Names(_given(asked, held, policy), _family(asked, held, policy))
    if names.given.level.name == "middle":
        # A nearer name may weigh less, and yet go further than a middle name may.
        by_itself = _given(asked, held, policy, by_middle=False)
        names = _likelier(names, Names(by_itself, names.family), rest, weights)
    if names.given.level.is_equal or names.family.level.is_equal:
        return names
    swapped = _swapped(asked, held, policy)
    return names if swapped is None else _likelier(names, swapped, rest, weights)


def _likelier(one: Names, other: Names, rest: int, weights: Weights) -> Names:
    is_other = other.likelihood(rest, weights) > one.likelihood(rest, weights)
    return other if is_other else one


def _best(field: str, found: Iterator[tuple[str, str, str]], policy: Policy) -> Finding:
    """Return the strongest of levels that are allowed, each with its two names."""
    levels, weights = levels_of(field), policy.weights
    best = Finding(levels["other"], weights.weight(levels["other"]))
    for name, one, other in found:
        level = levels[name]
        if level.tolerance is not None and level.tolerance not in policy.tolerances:
            continue
        weight = weights.weight(level, _rarity(level, one, other, weights))
        if weight > best.weight:
            best = Finding(level, weight)
    return best


def _rarity(level: Level, one: str, other: str, weights: Weights) -> int:
    """Return how rare the more frequent of two names is: the rarer may be a slip.

    A name in the other's place is as frequent as where it is most frequent: James
    Smith is no rarer for being written Smith James.
    """
    if level.tolerance is Tolerance.NAMES_SWAPPED:
        names = (plain(one), plain(other))
        return min([weights.rarity(field, name) for field in _BOTH for name in names])
    rarity = weights.rarity(level.field, plain(one))
    return (
        rarity
        if one == other
        else min(rarity, weights.rarity(level.field, plain(other)))
    )


_BOTH = ("given_name", "family_name")


def _not_given(field: str) -> Finding:
    return Finding(levels_of(field)["not_given"], 0)


def _given(
    asked: Person, held: Person, policy: Policy, *, by_middle: bool = True
) -> Finding:
    if not asked.given or not held.given:
        return _not_given("given_name")
    return _best("given_name", _given_found(asked, held, by_middle=by_middle), policy)


def _given_found(
    asked: Person, held: Person, *, by_middle: bool
) -> Iterator[tuple[str, str, str]]:
    if asked.given == held.given:
        yield "equal", asked.given, held.given
        return
    for level in given_levels(asked.given, held.given):
        yield level, asked.given, held.given
    one, other = plain(asked.given), plain(held.given)
    preferred, preferred_2 = asked.preferred, held.preferred
    if preferred and preferred in {other, preferred_2}:
        yield "preferred", preferred, preferred
    if preferred_2 and preferred_2 == one:
        yield "preferred", one, one
    if not by_middle:
        return
    if one in held.middles:
        yield "middle", one, one
    if other in asked.middles:
        yield "middle", other, other


def _family(asked: Person, held: Person, policy: Policy) -> Finding:
    if not asked.family or not held.family:
        return _not_given("family_name")
    return _best("family_name", _family_found(asked, held), policy)


def _family_found(asked: Person, held: Person) -> Iterator[tuple[str, str, str]]:
    if asked.family == held.family:
        yield "equal", asked.family, held.family
        return
    for level in family_levels(asked.family, held.family):
        yield level, asked.family, held.family
    one, other = plain(asked.family), plain(held.family)
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
    if not (asked.given and asked.family and held.given and held.family):
        return None
    crosswise = ((asked.family, held.given), (asked.given, held.family))
    found = [
        (level, one, other)
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


def _crossed(one: str, other: str) -> str | None:
    """Return the level of a name that stands in the other's place."""
    if one == other or plain(one) == plain(other):
        return "swapped"
    return "swapped_near" if is_crossed(one, other) else None


# --- the other key demographics ---------------------------------------------------


def _strongest(field: str, found: tuple[str, ...], policy: Policy) -> Finding:
    levels, weights, on = levels_of(field), policy.weights, policy.tolerances
    best = None
    for name in found:
        level = levels[name]
        if level.tolerance is None or level.tolerance in on:
            weight = weights.by_level[field][name]
            if best is None or weight > best.weight:
                best = Finding(level, weight)
    return best or Finding(levels["other"], weights.by_level[field]["other"])


def _date(asked: Person, held: Person, policy: Policy) -> Finding:
    if not asked.born or not held.born:
        return _not_given("date_of_birth")
    return _strongest("date_of_birth", date_levels(asked.born, held.born), policy)


def _gender(asked: Person, held: Person, policy: Policy) -> Finding:
    if not asked.gender or not held.gender:
        return _not_given("gender")
    return _strongest("gender", gender_levels(asked.gender, held.gender), policy)


def _postcode(asked: Person, held: Person, policy: Policy) -> Finding:
    if not asked.postcode or not held.postcode:
        return _not_given("postcode")
    found = postcode_levels(
        asked.postcode, held.postcode, asked.other_postcodes, held.other_postcodes
    )
    return _strongest("postcode", found, policy)


# --- refiners ---------------------------------------------------------------------

_PLACED = frozenset({"equal", "other_postcode"})
"""The levels of a postcode that say where somebody lives, or did."""

_WITH_POSTCODE = {"equal": "with_postcode", "near": "near_with_postcode"}


def _address(person: Person) -> str:
    learner = person.learner
    return f"{learner.address_line_1 or ''} {learner.address_line_2 or ''}".strip()


_TEXTS = ("place_of_birth", "school_at_16", "county")
_EXACT = ("email", "upn", "uci", "scottish_candidate_number")
_POSITION = {name: n for n, name in enumerate(FIELDS)}
_REFINING = tuple(
    _POSITION[name]
    for name in (
        "middle_names",
        "town",
        *_TEXTS,
        *_EXACT,
    )
)
_LINES = tuple(_POSITION[f"address_line_{n}"] for n in (1, 2))


def _refiners(
    asked: Person, held: Person, policy: Policy, *, has_postcode: bool
) -> list[Finding]:
    """Compare what both have beside the five."""
    one, other = asked.learner.values(), held.learner.values()
    if not (
        any(one[n] and other[n] for n in _REFINING)
        or (any(one[n] for n in _LINES) and any(other[n] for n in _LINES))
    ):
        return []
    levels = {}
    middles, middles_2 = asked.middles, held.middles
    if middles and middles_2:
        levels["middle_names"] = middle_level(middles, middles_2)
    for field in _TEXTS:
        text, text_2 = one[_POSITION[field]], other[_POSITION[field]]
        if text and text_2:
            levels[field] = text_level(text, text_2)
    levels.update(_places(asked, held, has_postcode=has_postcode))
    for field in _EXACT:
        text, text_2 = one[_POSITION[field]], other[_POSITION[field]]
        if text and text_2:
            equal = fold_text(text) == fold_text(text_2)
            levels[field] = "equal" if equal else "other"
    weights = policy.weights.by_level
    return [
        Finding(levels_of(field)[levels[field]], weights[field][levels[field]])
        for field in COMPARED
        if field in levels
    ]


def _places(
    asked: Person, held: Person, *, has_postcode: bool
) -> Iterator[tuple[str, str]]:
    """Yield the levels of address and town, less where the postcode says it already."""
    address, address_2 = _address(asked), _address(held)
    is_placed = has_postcode
    if address and address_2:
        level = address_level(address, address_2)
        is_placed = is_placed or level != "other"
        yield "address", _WITH_POSTCODE.get(level, level) if has_postcode else level
    town, town_2 = asked.learner.town, held.learner.town
    if town and town_2:
        level = text_level(town, town_2)
        yield "town", "with_address" if is_placed and level == "equal" else level
