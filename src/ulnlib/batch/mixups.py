"""Mix-ups: details of an output that do not belong to the record they stand beside.

An output gives back what was sent, or the service's record of the same learner. So a
name or a date of birth may be written otherwise, and may not be another person's.
"""

from __future__ import annotations

__all__ = ["Exchanged", "exchanged", "foreign_details"]

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ulnlib._dates import DATE_PATTERN
from ulnlib._text import fold_postcode, fold_text
from ulnlib.learner import Learner

_FOREIGN = {
    # What brothers, sisters and namesakes have as well tells nobody apart.
    "given_name": frozenset({"other", "near", "shared", "equivalent"}),
    "family_name": frozenset({"other", "near"}),
    "date_of_birth": frozenset({"other"}),
}
"""Levels of agreement, by field, that no other spelling of one learner explains."""


_TELLING = ("given_name", "family_name", "date_of_birth", "gender", "postcode")
_NEEDED = 3
"""Without the first three nobody is told apart; the others are compared if given."""

_Key = tuple[str, ...]


def _telling(learner: Learner) -> _Key:
    """Return what tells a learner apart; nothing of one who lacks what is needed."""
    texts = [getattr(learner, name) or "" for name in _TELLING]
    if not all(texts[:_NEEDED]):
        return ()
    return (*map(fold_text, texts[:-1]), fold_postcode(texts[-1]))


class Exchanged(NamedTuple):
    """That an output has the details of another who was sent.

    Attributes:
        whose: The place of the other.
        differing: The fields in which the output differs from the one it stands beside.
    """

    whose: int
    differing: tuple[str, ...]


def exchanged(
    pairs: Sequence[tuple[Learner, Learner | None]],
) -> Mapping[int, Exchanged]:
    """Return whose output has the details of another who was sent.

    Twins and namesakes may be so alike that either could be a spelling of the other;
    but an output that has one's details exactly stands beside the other by mistake.

    Args:
        pairs: Every learner who was sent, with the one that the output beside it has;
            None where there is none.

    Returns:
        By the places of the pairs. Names and date of birth are those of exactly one
        other, or all five details are; and gender and postcode speak for nobody else.

    Source: ours (assumed).
    """
    keys = [_telling(sent) for sent, _ in pairs]
    whole: dict[_Key, int] = {}
    named: dict[_Key, list[int]] = {}
    for place, key in enumerate(keys):
        if key:
            whole.setdefault(key, place)
            named.setdefault(key[:_NEEDED], []).append(place)
    found: dict[int, Exchanged] = {}
    for place, (sent, returned) in enumerate(pairs):
        if returned is None or sent.values() == returned.values():
            continue
        key, own = _telling(returned), keys[place] or ("",) * len(_TELLING)
        if not key or key == own:
            continue
        other = whole.get(key)
        if other is None and key[:_NEEDED] != own[:_NEEDED]:
            several = named.get(key[:_NEEDED], ())
            other = several[0] if len(several) == 1 else None
        if other is None or other == place or _speaks_for(own, key, keys[other]):
            continue
        differing = [n for n, a, b in zip(_TELLING, own, key, strict=True) if a != b]
        found[place] = Exchanged(other, tuple(differing))
    return found


def _speaks_for(own: _Key, returned: _Key, other: _Key) -> bool:
    """Say whether gender or postcode of an output is one's own, and no other's."""
    several = (one[_NEEDED:] for one in (own, returned, other))
    return any(
        mine and mine == told != theirs
        for mine, told, theirs in zip(*several, strict=True)
    )


def _is_date(learner: Learner) -> bool:
    return re.fullmatch(DATE_PATTERN, learner.date_of_birth or "") is not None


def foreign_details(sent: Learner, returned: Learner) -> tuple[str, ...]:
    """Return which details of an output are another person's, in order.

    Args:
        sent: The learner as it was sent.
        returned: The learner as the output has it. What one of the two lacks is not
            compared.

    Returns:
        The names of the fields; nothing when the two may be one learner.

    Source: ours (assumed): levels of `ulnlib.matching`. A family name alone may have
    changed; that an output shows such a change only where the former name is known as
    well is assumed.
    """
    if all(getattr(sent, name) == getattr(returned, name) for name in _FOREIGN):
        return ()
    # It has great tables, which only a difference needs.
    from ulnlib.matching.both_names import compare_names
    from ulnlib.matching.compare import compare_others
    from ulnlib.matching.person import Person
    from ulnlib.matching.policy import default_policy

    if not (_is_date(sent) and _is_date(returned)):
        # A spreadsheet has turned it round: nothing can be said of it.
        sent = sent.evolve(date_of_birth=None)
    asked, held = Person(sent), Person(returned)
    policy = default_policy()
    names = compare_names(asked, held, policy)
    found = [names.given, names.family, *compare_others(asked, held, policy).findings]
    return tuple(
        one.level.field
        for one in found
        if one.level.name in _FOREIGN.get(one.level.field, ())
    )
