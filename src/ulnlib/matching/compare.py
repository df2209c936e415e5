"""Two records compared: the level of every field, their weight, the probability.

Correlated fields count once: names that have changed places are one event, an address
says little beside its postcode.
"""

from __future__ import annotations

__all__ = ["compare_in_reach", "compare_persons"]

from collections.abc import Iterable

from ulnlib.matching.both_names import compare_names
from ulnlib.matching.details import date_levels, gender_levels, postcode_levels
from ulnlib.matching.findings import Comparison, Finding, not_given
from ulnlib.matching.levels import levels_of
from ulnlib.matching.person import Person
from ulnlib.matching.plain import plain
from ulnlib.matching.policy import Policy
from ulnlib.matching.refiners import PLACED, compare_refiners


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
    is_placed = postcode.level.name in PLACED
    return [
        _date(asked, held, policy),
        _gender(asked, held, policy),
        postcode,
        *compare_refiners(asked, held, policy.weights, has_postcode=is_placed),
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


# --- the other key demographics --------------------------------------------------


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
        return not_given("date_of_birth")
    return _strongest("date_of_birth", date_levels(asked.born, held.born), policy)


def _gender(asked: Person, held: Person, policy: Policy) -> Finding:
    if not asked.gender or not held.gender:
        return not_given("gender")
    return _strongest("gender", gender_levels(asked.gender, held.gender), policy)


def _postcode(asked: Person, held: Person, policy: Policy) -> Finding:
    if not asked.postcode or not held.postcode:
        return not_given("postcode")
    found = postcode_levels(
        asked.postcode, held.postcode, asked.other_postcodes, held.other_postcodes
    )
    return _strongest("postcode", found, policy)
