"""The five key demographics: when they are equal, and when nearly so.

Two learners are *exactly* equal when all five are, after folding case and spaces
(`ulnlib._text`). They are *near* when four of the five are, or when all are but the
given and family name have changed places: that is what is known of the real service.

A key is made of a person's details and can be tried out by guessing: treat it as
personal data.
"""

from __future__ import annotations

__all__ = ["Five", "bounded", "exact_key", "five_of", "is_near"]

from hashlib import blake2b
from typing import NamedTuple

from ulnlib._text import fold_postcode
from ulnlib.learner import Learner
from ulnlib.postcode import DEFAULT
from ulnlib.rules.updates import folded_demographics

_DEFAULT = fold_postcode(DEFAULT)


_LONGEST = 200


def bounded(text: str) -> str:
    """Return a text as it is or, when it is very long, its beginning and a digest.

    Equal texts stay equal and others different, and what is remembered of comparing
    them has a bound.
    """
    if len(text) <= _LONGEST:
        return text
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16)
    return f"{text[:_LONGEST]} {digest.hexdigest()}"


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
        given, family, born, gender, postcode = self
        return Five(family, given, born, gender, postcode)

    def __repr__(self) -> str:
        return f"Five(missing={self.missing})"


def five_of(learner: Learner) -> Five:
    """Return the folded demographics of a learner."""
    return Five(
        *[
            None if text is None else bounded(text)
            for text in folded_demographics(learner)
        ]
    )


def exact_key(five: Five) -> int | None:
    """Return the key that equal learners share, or None when one of five is missing.

    Keys are fixed hashes, the same on every machine.

    Returns:
        A signed 64-bit number.
    """
    given, family, born, gender, postcode = five
    if (
        given is None
        or family is None
        or born is None
        or gender is None
        or postcode is None
    ):
        return None
    text = f"{given}\0{family}\0{born}\0{gender}\0{postcode}"
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def is_near(asked: Five, held: Five) -> bool:
    """Say whether two learners are near, as far as the real service is known.

    Args:
        asked: What is searched for.
        held: What a register holds.

    Returns:
        Whether four of the five agree at least, or the names have changed places. A
        field that is not given agrees with nothing; where the date of birth differs
        the default postcode agrees with nothing either, for it is nobody's address.

    Source: LRS portal guide, Appendix B (published: names swapped, another spelling,
    date or postcode); that four of five make a near one is assumed.
    """
    agreeing = sum(
        [
            one is not None and one == other
            for one, other in zip(asked, held, strict=True)
        ]
    )
    if agreeing == len(asked):
        return True
    if agreeing == len(asked) - 1:
        return asked.date_of_birth == held.date_of_birth or asked.postcode != _DEFAULT
    return not asked.missing and asked.swapped() == held
