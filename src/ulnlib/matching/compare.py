"""Two records compared: the level of every field, their weight, the probability.

Correlated fields count once: names that have changed places are one event, an address
says little beside its postcode.
"""

from __future__ import annotations

__all__ = [
    "Others",
    "compare_further",
    "compare_others",
    "compare_persons",
    "is_equal",
]

from typing import NamedTuple

from ulnlib.matching.both_names import compare_names
from ulnlib.matching.details import date_levels, gender_levels, postcode_levels
from ulnlib.matching.findings import Comparison, Finding, not_given
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
    others = compare_others(asked, held, policy)
    equal = is_equal(asked, held, policy)
    return compare_further(asked, held, policy, others, equal=equal)


class Others(NamedTuple):
    """All but the names, compared.

    Attributes:
        findings: Date of birth, gender and postcode, then the refiners.
        weight: What they weigh, the prior included.
    """

    findings: list[Finding]
    weight: int


def compare_others(asked: Person, held: Person, policy: Policy) -> Others:
    """Compare all but the names, which is quick.

    Args:
        asked: What is known of somebody.
        held: A record.
        policy: Which tolerances are on, and what agreement weighs.
    """
    postcode = _postcode(asked, held, policy)
    is_placed = postcode.level.name in PLACED
    findings = [
        _date(asked, held, policy),
        _gender(asked, held, policy),
        postcode,
        *compare_refiners(asked, held, policy, has_postcode=is_placed),
    ]
    weight = policy.weights.prior + sum([finding.weight for finding in findings])
    return Others(findings, weight)


def compare_further(
    asked: Person, held: Person, policy: Policy, others: Others, *, equal: bool
) -> Comparison:
    """Compare the names too, and put all together.

    Args:
        asked: What is known of somebody.
        held: A record.
        policy: Which tolerances are on, and what agreement weighs.
        others: All but the names of these two, compared.
        equal: Whether the five key demographics are equal.
    """
    rest = others.weight
    names = compare_names(asked, held, policy, rest)
    probability, weight = names.likelihood(rest, policy.weights)
    return Comparison(
        findings=(*names, *others.findings),
        weight=weight,
        probability=probability,
        is_equal=equal,
        overlap=names.overlap(policy.weights),
        asked=asked,
        held=held,
    )


def is_equal(asked: Person, held: Person, policy: Policy) -> bool:
    """Say whether the five key demographics are equal."""
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


def _date(asked: Person, held: Person, policy: Policy) -> Finding:
    if not asked.born or not held.born:
        return not_given("date_of_birth")
    return policy.strongest("date_of_birth", date_levels(asked.born, held.born))


def _gender(asked: Person, held: Person, policy: Policy) -> Finding:
    if not asked.gender or not held.gender:
        return not_given("gender")
    return policy.strongest("gender", gender_levels(asked.gender, held.gender))


def _postcode(asked: Person, held: Person, policy: Policy) -> Finding:
    if not asked.postcode or not held.postcode:
        return not_given("postcode")
    found = postcode_levels(
        asked.postcode, held.postcode, asked.other_postcodes, held.other_postcodes
    )
    return policy.strongest("postcode", found)
