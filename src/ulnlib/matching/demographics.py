"""The five key demographics, when they are equal, and the keys to look them up by.

Two learners are *exactly* equal when all five are, after folding case and spaces
(`ulnlib._text`). They are *near* when four of the five are, or when all are but the
given and family name have changed places.

Keys are fixed hashes, the same on every machine, so that a store can keep them in an
indexed column. A key is made of a person's details and can be tried out by guessing:
treat it as personal data.
"""

from __future__ import annotations

__all__ = [
    "Five",
    "Tolerance",
    "compare",
    "exact_key",
    "five_of",
    "near_keys",
    "search_keys",
    "stored_keys",
]

from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple

from ulnlib.fields import FIVE_DEMOGRAPHICS
from ulnlib.learner import Learner
from ulnlib.rules.updates import folded_demographics


class Tolerance(StrEnum):
    """What differs between two learners that are near.

    Source: LRS portal guide, Appendix B (published): searching again with another
    spelling, date, postcode, or with the names changed over.
    """

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    DATE_OF_BIRTH = "date_of_birth"
    GENDER = "gender"
    POSTCODE = "postcode"
    NAMES_SWAPPED = "names_swapped"


class Five(NamedTuple):
    """The five key demographics, folded; None where one is not given."""

    given_name: str | None
    family_name: str | None
    date_of_birth: str | None
    gender: str | None
    postcode: str | None

    @property
    def missing(self) -> int:
        """How many of the five are not given."""
        return self.count(None)

    def swapped(self) -> Five:
        """Return the same with given and family name changed over."""
        return self._replace(given_name=self.family_name, family_name=self.given_name)

    def __repr__(self) -> str:
        return f"Five(missing={self.missing})"


def five_of(learner: Learner) -> Five:
    """Return the folded demographics of a learner."""
    return Five(*folded_demographics(learner))


_MASK = (1 << 64) - 1
_MULTIPLIER = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio: spreads bits


def _token(position: int, value: str) -> int:
    digest = blake2b(
        value.encode("utf-8", "surrogatepass"), digest_size=8, salt=bytes([position])
    )
    return int.from_bytes(digest.digest(), "big")


def _mixed(tokens: list[int | None], left_out: int) -> int:
    """Mix all tokens but one into a signed 64-bit number, as databases store them."""
    key = left_out + 1
    for position, token in enumerate(tokens):
        if position != left_out and token is not None:
            key = ((key ^ token) * _MULTIPLIER) & _MASK
            key ^= key >> 29
    return key - (1 << 64) if key >> 63 else key


def _tokens(five: Five) -> list[int | None]:
    return [
        None if value is None else _token(position, value)
        for position, value in enumerate(five)
    ]


_NONE_LEFT_OUT = len(FIVE_DEMOGRAPHICS)


def exact_key(five: Five) -> int | None:
    """Return the key that equal learners share, or None when one of five is missing.

    Returns:
        A signed 64-bit number.
    """
    return _exact(_tokens(five))


def _exact(tokens: list[int | None]) -> int | None:
    return None if None in tokens else _mixed(tokens, _NONE_LEFT_OUT)


def near_keys(five: Five) -> tuple[int, ...]:
    """Return the keys under which a learner is stored to be found as near.

    Returns:
        One signed 64-bit number for each four of the five that are all given.
    """
    return _near(_tokens(five))


def _near(tokens: list[int | None]) -> tuple[int, ...]:
    missing = tokens.count(None)
    if missing > 1:
        return ()
    # With one missing, only the four that are given make a key.
    places = [tokens.index(None)] if missing else range(len(tokens))
    return tuple([_mixed(tokens, left_out) for left_out in places])


def stored_keys(five: Five) -> tuple[int | None, tuple[int, ...]]:
    """Return both kinds of key of a learner, hashing each of the five once.

    Returns:
        What `exact_key` and `near_keys` return.
    """
    tokens = _tokens(five)
    return _exact(tokens), _near(tokens)


def search_keys(five: Five) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return what to look for: exact keys, and near keys.

    Returns:
        The keys to find among stored exact keys (as given, and with the names changed
        over), and the keys to find among stored near keys.
    """
    as_given, near = stored_keys(five)
    if as_given is None:
        return (), near
    swapped = exact_key(five.swapped())
    exact = (as_given,) if swapped in {None, as_given} else (as_given, swapped)
    return exact, near


def compare(asked: Five, held: Five) -> tuple[Tolerance, ...] | None:
    """Say how near two learners are.

    Args:
        asked: What is searched for.
        held: What a register holds.

    Returns:
        What differs: nothing for equal learners, one tolerance for near ones; None
        when they are not near.

    Source: LRS portal guide, Appendix B (published: names swapped, another spelling,
    date or postcode); that four of five make a near one is assumed.
    """
    differing = tuple(
        Tolerance(name)
        for name, one, other in zip(FIVE_DEMOGRAPHICS, asked, held, strict=True)
        if one is None or one != other
    )
    if len(differing) <= 1:
        return differing
    if not asked.missing and asked.swapped() == held:
        return (Tolerance.NAMES_SWAPPED,)
    return None
