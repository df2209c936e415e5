"""How far names agree: the levels that apply to a pair of given or family names.

Several levels may apply to one pair: Czaja and Chaja sound alike and differ by a
letter. A search takes the strongest of those that its policy allows.
"""

from __future__ import annotations

__all__ = ["OTHER", "family_levels", "given_levels", "is_crossed", "is_known"]

from functools import lru_cache

from ulnlib.matching import given_names, nicknames, surnames
from ulnlib.matching.distance import Closeness, closeness
from ulnlib.matching.given_names import GivenRelation, is_initials
from ulnlib.matching.nicknames import NameRelation
from ulnlib.matching.plain import plain
from ulnlib.matching.sound import alike
from ulnlib.matching.surnames import SurnameRelation
from ulnlib.matching.weights import default_weights

OTHER = "other"
"""The level that is left when no other applies."""

_CLOSE = {
    Closeness.SLIP: "slip",
    Closeness.ONE: "letter",
    Closeness.TWO: "letters",
    Closeness.NEAR: "near",
}
_OF_GIVEN = {
    GivenRelation.RUN_TOGETHER: "together",
    GivenRelation.FIRST_ONLY: "first_only",
    GivenRelation.INITIAL: "initial",
    GivenRelation.CUT: "cut",
}
_OF_NICKNAME = {
    NameRelation.VARIANT: "variant",
    NameRelation.NICKNAME: "nickname",
    NameRelation.SHARED: "shared",
    NameRelation.EQUIVALENT: "equivalent",
}
_OF_SURNAME = {
    SurnameRelation.SAME: "marks",
    SurnameRelation.HYPHEN: "hyphen",
    SurnameRelation.AFFIX: "affix",
    SurnameRelation.HALF: "half",
    SurnameRelation.HALVES_SWAPPED: "halves_swapped",
    SurnameRelation.CUT: "cut",
}


def is_known(field: str, name: str) -> bool:
    """Say whether a name in plain letters is one of the frequent ones."""
    return name in default_weights().rarities[field]


def _spelling(field: str, one: str, other: str) -> str | None:
    """Return the level of two spellings.

    Two known names that differ by a letter are two names (Jack and Jake) sooner than
    one misspelt.
    """
    close = closeness(one, other)
    if close is None:
        return None
    return "near" if _both_known(field, one, other) else _CLOSE[close]


def _both_known(field: str, one: str, other: str) -> bool:
    """Say whether both are frequent, or given names that we list as different ones."""
    if is_known(field, one) and is_known(field, other):
        return True
    return field == "given_name" and nicknames.are_two(one, other)


_CROSSED = frozenset(_CLOSE.values()) - {"near"}


def is_crossed(one: str, other: str) -> bool:
    """Say whether a given name of one may be the family name of another.

    Either sort of name may tell. Names that only sound alike, initials and the first
    of several names are too little when the names have changed places as well.

    Args:
        one: A given name or a family name, folded.
        other: The other, folded and not equal to it in plain letters.

    Source: LRS portal guide, Appendix B (published: names changed over); how far they
    may differ beside is assumed.
    """
    plain_one, plain_other = plain(one), plain(other)
    if not plain_one or not plain_other:
        return False
    return (
        nicknames.relation(one, other) in _OF_NICKNAME
        or surnames.relation(one, other) in _OF_SURNAME
        or given_names.relation(one, other) in _WHOLE
        or any(_spelling(field, plain_one, plain_other) in _CROSSED for field in _BOTH)
    )


_BOTH = ("given_name", "family_name")
_WHOLE = frozenset({GivenRelation.RUN_TOGETHER, GivenRelation.CUT})


def _are_two(field: str, one: str, other: str) -> bool:
    """Say whether two spellings are two given names: Jack and Jake may be twins."""
    return field == "given_name" and _both_known(field, one, other)


def _are_initials(one: str, other: str) -> bool:
    """Say whether both are the same initials, written with spaces or without."""
    if not is_initials(one) and not is_initials(other):
        return False
    return one.replace(" ", "") == other.replace(" ", "")


def _levels(field: str, one: str, other: str, *related: str | None) -> tuple[str, ...]:
    """Return the levels of two names, those by which they are related among them."""
    plain_one, plain_other = plain(one), plain(other)
    if not plain_one or not plain_other:
        return (OTHER,)
    if field == "given_name" and _are_initials(plain_one, plain_other):
        return ("initial",)
    if plain_one == plain_other:
        return ("hyphen", "marks") if "hyphen" in related else ("marks",)
    spelling = _spelling(field, plain_one, plain_other)
    sound = "sound" if alike(one, other) else None
    if sound and not any(related) and _are_two(field, plain_one, plain_other):
        sound = "near"
    found = (*related, spelling, sound)
    return tuple(level for level in found if level is not None) or (OTHER,)


@lru_cache(maxsize=65_536)
def given_levels(one: str, other: str) -> tuple[str, ...]:
    """Return the levels that apply to two different given names.

    Args:
        one: A given name, folded.
        other: Another, folded and not equal to it.

    Returns:
        Names of levels of the field `given_name`; `other` alone when none applies.

    Source: see each level.
    """
    run = _OF_GIVEN.get(given_names.relation(one, other))  # type: ignore[arg-type]
    called = _OF_NICKNAME.get(nicknames.relation(one, other))  # type: ignore[arg-type]
    return _levels("given_name", one, other, run, called)


@lru_cache(maxsize=65_536)
def family_levels(one: str, other: str) -> tuple[str, ...]:
    """Return the levels that apply to two different family names.

    Args:
        one: A family name, folded.
        other: Another, folded and not equal to it.

    Returns:
        Names of levels of the field `family_name`; `other` alone when none applies.

    Source: see each level.
    """
    related = _OF_SURNAME.get(surnames.relation(one, other))  # type: ignore[arg-type]
    marks = "marks" if related == "hyphen" else None
    return _levels("family_name", one, other, related, marks)
