"""Mix-ups: details of an output that do not belong to the record they stand beside.

An output gives back what was sent, or the service's record of the same learner. So a
name or a date of birth may be written otherwise, and may not be another person's.
"""

from __future__ import annotations

__all__ = ["foreign_details"]

import re

from ulnlib._dates import DATE_PATTERN
from ulnlib.learner import Learner

_FOREIGN = {
    # What brothers, sisters and namesakes have as well tells nobody apart.
    "given_name": frozenset({"other", "near", "shared", "equivalent"}),
    "family_name": frozenset({"other", "near"}),
    "date_of_birth": frozenset({"other"}),
}
"""Levels of agreement, by field, that no other spelling of one learner explains."""


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
