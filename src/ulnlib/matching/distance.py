"""How far apart two spellings are: a slip of the fingers, one letter, two, or near.

A slip is what hands do without the head: a neighbouring key, two letters changed
over, a letter doubled or not. It is better evidence for one name than any other
letter that differs.
"""

from __future__ import annotations

__all__ = ["Closeness", "closeness", "is_similar"]

from enum import StrEnum
from functools import lru_cache

from jellyfish import damerau_levenshtein_distance, jaro_winkler_similarity

_LONGEST = 70  # two names of the service's length; more letters say nothing new
_NEAR = 0.88
_TWO_FROM = 7  # letters that a name has at least, for two wrong ones to leave enough
_ONE_FROM = 3

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> dict[str, frozenset[str]]:
    """Return the keys beside each letter on a British keyboard."""
    places = {
        letter: (row, column + row * 0.5)
        for row, letters in enumerate(_ROWS)
        for column, letter in enumerate(letters)
    }
    return {
        one: frozenset(
            other
            for other, (row, column) in places.items()
            if other != one and abs(row - r) <= 1 and abs(column - c) <= 1
        )
        for one, (r, c) in places.items()
    }


_NEIGHBOURS = _neighbours()


class Closeness(StrEnum):
    """How close two different spellings are, closest first."""

    SLIP = "slip"
    ONE = "one"
    TWO = "two"
    NEAR = "near"


@lru_cache(maxsize=65_536)
def closeness(one: str, other: str) -> Closeness | None:
    """Say how close two spellings in plain letters are.

    Args:
        one: A name in plain form.
        other: Another, not equal to it.

    Returns:
        `SLIP` for a neighbouring key, two letters changed over, or a letter doubled
        or not; `ONE` for any other single letter; `TWO` for two letters of a name of
        seven or more; `NEAR` for a Jaro-Winkler similarity of 0.88 at least; None for
        names that are further apart, and for names of less than three letters.

    Source: LRS portal guide, Appendix B (published: check the spelling); the bounds
    are ours (assumed).
    """
    one, other = one[:_LONGEST], other[:_LONGEST]
    if one == other:
        return Closeness.SLIP  # they differ where it does not count
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _ONE_FROM:
        return None
    if len(longer) - len(shorter) <= 2:
        edits = damerau_levenshtein_distance(one, other)
        if edits <= 1:
            return Closeness.SLIP if _is_slip(shorter, longer) else Closeness.ONE
        if edits == 2 and len(shorter) >= _TWO_FROM:
            return Closeness.TWO
    if jaro_winkler_similarity(one, other) >= _NEAR:
        return Closeness.NEAR
    return None


def is_similar(one: str, other: str) -> bool:
    """Say whether two longer texts are spelled much alike.

    Source: ours (assumed): a Jaro-Winkler similarity of 0.88 at least.
    """
    return jaro_winkler_similarity(one[:_LONGEST], other[:_LONGEST]) >= _NEAR


def _is_slip(shorter: str, longer: str) -> bool:
    """Say whether one edit is a slip of the fingers."""
    place = next(
        (
            n
            for n, pair in enumerate(zip(shorter, longer, strict=False))
            if len(set(pair)) > 1
        ),
        len(shorter),
    )
    if len(shorter) < len(longer):
        return longer[place] in {
            longer[place - 1 : place],
            longer[place + 1 : place + 2],
        }
    if shorter[place + 1 :] == longer[place + 1 :]:
        return longer[place] in _NEIGHBOURS.get(shorter[place], frozenset())
    return True  # one edit, and more than one letter differs: two are changed over
