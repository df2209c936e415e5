"""The question a registrar asks, and the answer in the service's shape.

The answer is one of: nobody (`none`), one person beyond doubt (`exact`), one to ten
who may be the person (`possible`), more than ten (`too_many`, and then none are
named, so that nobody can trawl), or not enough to search by (`insufficient`).
"""

from __future__ import annotations

__all__ = ["CANDIDATE_LIMIT", "Match", "Outcome", "Query", "SearchResult", "answer"]

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Unpack

import attrs

from ulnlib.codes import ResponseCode
from ulnlib.learner import Learner, LearnerFields, Profile
from ulnlib.matching.demographics import Tolerance
from ulnlib.uln import Uln

CANDIDATE_LIMIT = 10
"""The greatest number of candidates that the service names.

Source: web-service notes, section 6, point 2, from a client's README (observed).
"""


class Outcome(StrEnum):
    """What a search came to.

    Source: web-service response codes WSRC0001 to WSRC0004 and WSRC0015 (observed).
    """

    NONE = "none"
    EXACT = "exact"
    POSSIBLE = "possible"
    TOO_MANY = "too_many"
    INSUFFICIENT = "insufficient"


_RESPONSE = {
    Outcome.NONE: ResponseCode.NO_MATCH,
    Outcome.EXACT: ResponseCode.EXACT_MATCH,
    Outcome.POSSIBLE: ResponseCode.POSSIBLE_MATCHES,
    Outcome.TOO_MANY: ResponseCode.TOO_MANY_MATCHES,
    Outcome.INSUFFICIENT: ResponseCode.INSUFFICIENT_DATA,
}


@attrs.frozen(init=False)
class Query:
    """What is known of the learner who is looked for.

    Args:
        fields: Any field of a learner, by name.
        other_postcodes: Postcodes of earlier, or a parent's.

    Examples:
        >>> Query(given_name="Ada", family_name="Example", date_of_birth="2007-05-04")
        Query(learner=Learner(), other_postcodes=0)
    """

    learner: Learner
    other_postcodes: tuple[str, ...] = attrs.field(
        default=(), repr=lambda codes: str(len(codes))
    )

    def __init__(
        self, *, other_postcodes: Iterable[str] = (), **fields: Unpack[LearnerFields]
    ) -> None:
        self.__attrs_init__(Learner(**fields), tuple(other_postcodes))

    @classmethod
    def of(cls, learner: Learner) -> Query:
        """Return the query that looks for a learner."""
        query = object.__new__(cls)
        query.__attrs_init__(learner, ())
        return query


@attrs.frozen(kw_only=True)
class Match:
    """One record that may be the person.

    Attributes:
        profile: The record that the register holds.
        tolerances: What differs; nothing for an exact match.
        linked_from: The linked ULN that was found, when this is its master.
    """

    profile: Profile
    tolerances: tuple[Tolerance, ...]
    linked_from: Uln | None = None

    @property
    def uln(self) -> Uln:
        """The ULN to use: the master's, for a linked record."""
        return self.profile.uln

    @property
    def linked(self) -> bool:
        """Whether a linked ULN was found and its master is given."""
        return self.linked_from is not None


@attrs.frozen(kw_only=True)
class SearchResult:
    """The answer to a search.

    Attributes:
        outcome: What the search came to.
        matches: The records, best first, ties by ULN; none when there are too many.
        found: How many records there are, also when there are too many to name.
    """

    outcome: Outcome
    matches: tuple[Match, ...] = ()
    found: int = 0

    @property
    def response_code(self) -> ResponseCode:
        """The web-service response code of this answer."""
        if self.outcome is Outcome.EXACT and self.matches[0].linked:
            return ResponseCode.LINKED
        return _RESPONSE[self.outcome]


def answer(matches: Sequence[Match]) -> SearchResult:
    """Turn the records that are near into the service's answer.

    Exactly one equal record is exact and wins over all that are merely near. Two
    equal records are only possible: nobody can say which is the person.

    Args:
        matches: The records, in any order; a master counts once, by its nearest.

    Returns:
        The answer, which does not depend on the order of `matches`.

    Source: web-service notes, section 6, point 2 (observed).
    """
    best: dict[Uln, Match] = {}
    for match in sorted(
        matches,
        key=lambda m: (len(m.tolerances), m.uln, m.linked, m.linked_from or m.uln),
    ):
        best.setdefault(match.uln, match)
    ranked = tuple(best.values())
    exact = tuple(match for match in ranked if not match.tolerances)
    if len(exact) == 1:
        return SearchResult(outcome=Outcome.EXACT, matches=exact, found=1)
    if not ranked:
        return SearchResult(outcome=Outcome.NONE)
    if len(ranked) > CANDIDATE_LIMIT:
        return SearchResult(outcome=Outcome.TOO_MANY, found=len(ranked))
    return SearchResult(outcome=Outcome.POSSIBLE, matches=ranked, found=len(ranked))
