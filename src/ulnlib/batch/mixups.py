"""Mix-ups: details of an output that do not belong to the record they stand beside.

An output gives back what was sent, or the service's record of the same learner. So a
name or a date of birth may be written otherwise, and may not be another person's.
"""

from __future__ import annotations

__all__ = ["exchanged", "foreign_details"]

import re
from collections.abc import Mapping, Sequence

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
_NEEDED = _TELLING[:3]


def _telling(learner: Learner) -> tuple[str, ...] | None:
    """Return what tells a learner apart; None of one who lacks a part of it."""
    if not all(getattr(learner, name) for name in _NEEDED):
        return None
    texts = [getattr(learner, name) or "" for name in _TELLING]
    return (*map(fold_text, texts[:-1]), fold_postcode(texts[-1]))


def exchanged(
    pairs: Sequence[tuple[Learner, Learner | None]],
) -> Mapping[int, tuple[str, ...]]:
    """Return whose output has the details of another who was sent.

    Twins and namesakes may be so alike that either could be a spelling of the other;
    but an output that has one's details exactly stands beside the other by mistake.

    Args:
        pairs: Every learner who was sent, with the one that the output beside it has;
            None where there is none.

    Returns:
        By the places of the pairs: the fields in which the two of the pair differ.

    Source: ours (assumed).
    """
    of_all: dict[tuple[str, ...], int] = {}
    for place, (sent, _) in enumerate(pairs):
        if (key := _telling(sent)) is not None:
            of_all.setdefault(key, place)
    found: dict[int, tuple[str, ...]] = {}
    for place, (sent, returned) in enumerate(pairs):
        if returned is None or sent.values() == returned.values():
            continue
        key = _telling(returned)
        if key is None or key not in of_all or key == (own := _telling(sent)):
            continue
        own = own or ("",) * len(_TELLING)
        found[place] = tuple(
            name
            for name, mine, theirs in zip(_TELLING, own, key, strict=True)
            if mine != theirs
        )
    return found


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
