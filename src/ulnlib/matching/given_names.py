"""Several given names in one field: run together, the first alone, initials, cut.

Spellings and nicknames of one name are the business of `ulnlib.matching.nicknames`.
"""

from __future__ import annotations

__all__ = ["GivenRelation", "is_initials", "relation"]

from collections.abc import Sequence
from enum import StrEnum

from ulnlib.matching.plain import is_cut, plain


class GivenRelation(StrEnum):
    """How two entries of given names go together, closest first.

    Source: ours, in the sense of the LRS portal guide, Appendix B (assumed).
    """

    RUN_TOGETHER = "run_together"
    CUT = "cut"
    FIRST_ONLY = "first_only"
    INITIAL = "initial"


def relation(one: str, other: str) -> GivenRelation | None:
    """Say how two entries of given names go together.

    The order of the two makes no difference. Entries that are equal but for case,
    accents and hyphens have no relation here: nothing differs.

    Args:
        one: One or more given names.
        other: The same of another.

    Returns:
        The closest relation, or None when there is none.

    Source: ours, in the sense of the LRS portal guide, Appendix B (assumed).

    Examples:
        >>> relation("Maryann", "Mary Ann").value, relation("J P", "John Paul").value
        ('run_together', 'initial')
        >>> relation("Mary", "Mary Ann").value
        'first_only'
    """
    first, second = plain(one), plain(other)
    # Every relation keeps the first letter: a quick end for most pairs.
    if first == second or first[:1] != second[:1]:
        return None
    fewer, more = first.split(), second.split()
    # In an order of their own, so that the order of the arguments cannot matter.
    if (len(fewer), fewer) > (len(more), more):
        fewer, more = more, fewer
    if "".join(fewer) == "".join(more):
        # JP for J P is no more than the initials are.
        return (
            GivenRelation.INITIAL
            if _only_initials(more)
            else GivenRelation.RUN_TOGETHER
        )
    if is_cut(one, other):
        return GivenRelation.CUT
    if more[: len(fewer)] == fewer and len(fewer[0]) > 1:
        return GivenRelation.FIRST_ONLY
    return GivenRelation.INITIAL if _are_initials(fewer, more) else None


def _are_initials(fewer: Sequence[str], more: Sequence[str]) -> bool:
    """Say whether names and initials agree, place by place.

    Where one side has nothing but initials, the other may have more names or fewer
    (J for John Paul, J P for John); initials may be written as one word (JP).
    """
    if all(map(_agree, fewer, more)):
        same_number = len(fewer) == len(more)
        return same_number or _only_initials(fewer) or _only_initials(more)
    return len(fewer) == 1 and fewer[0] == "".join([name[0] for name in more])


def is_initials(name: str) -> bool:
    """Say whether a name in plain letters is nothing but initials.

    A name of one sign in another script, such as Chinese, may be whole.

    Args:
        name: The name; with no letter it is no initials.
    """
    # A second letter: nearly always.
    if name[1:2].strip() or not name.isascii():
        return False
    return bool(name) and _only_initials(name.split())


def _only_initials(names: Sequence[str]) -> bool:
    return all(len(name) == 1 for name in names)


def _agree(one: str, other: str) -> bool:
    return one == other or (1 in {len(one), len(other)} and one[0] == other[0])
