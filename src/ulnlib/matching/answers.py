"""The question a registrar asks, and the answer in the service's shape.

The answer is one of: nobody (`none`), one person beyond doubt (`exact`), one to ten
who may be the person (`possible`), more than ten (`too_many`, and then none are
named, so that nobody can trawl), or not enough to search by (`insufficient`).

Beyond the service, each match says how probable it is, in what it differs and why,
and how far behind the next one is.
"""

from __future__ import annotations

__all__ = ["Conflict", "Match", "Outcome", "Query", "SearchResult"]

from collections.abc import Iterable
from enum import StrEnum
from typing import Unpack

import attrs

from ulnlib.codes import ResponseCode
from ulnlib.learner import Learner, LearnerFields, Profile
from ulnlib.matching.explain import explain
from ulnlib.matching.findings import Comparison
from ulnlib.matching.tolerances import Tolerance
from ulnlib.uln import Uln


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


class Conflict(StrEnum):
    """What speaks against a record whose five key demographics are all equal.

    Source: ours (assumed): the service answers exact all the same.
    """

    MIDDLE_NAMES = "middle_names"
    PLACE_OF_BIRTH = "place_of_birth"
    UPN = "upn"
    UCI = "uci"
    SCOTTISH_CANDIDATE_NUMBER = "scottish_candidate_number"
    MADE_UP_DETAILS = "made_up_details"
    NAMESAKE = "namesake"

    @property
    def label(self) -> str:
        """What a registrar reads."""
        return _CONFLICTS[self]


_CONFLICTS = {
    Conflict.MIDDLE_NAMES: "the middle names are others",
    Conflict.PLACE_OF_BIRTH: "the place of birth is another",
    Conflict.UPN: "the UPN is another",
    Conflict.UCI: "the UCI is another",
    Conflict.SCOTTISH_CANDIDATE_NUMBER: "the Scottish candidate number is another",
    Conflict.MADE_UP_DETAILS: "1 January and ZZ99 9ZZ both stand for what is not known",
    Conflict.NAMESAKE: "somebody of the same name is as near by age or address",
}


def _several(postcodes: Iterable[str | None]) -> tuple[str, ...]:
    if isinstance(postcodes, str):
        raise TypeError("give several postcodes, not one text")
    found = tuple([one for one in postcodes if one is not None])
    if not all(isinstance(one, str) for one in found):
        raise TypeError("postcodes are given as text")
    return found


@attrs.frozen(init=False)
class Query:
    """What is known of the learner who is looked for.

    Args:
        fields: Any field of a learner, by name.
        other_postcodes: Postcodes of earlier, or a parent's; None is passed over.

    Raises:
        TypeError: A field or a postcode is no text, or the postcodes are a single one.

    Examples:
        >>> Query(given_name="Ada", family_name="Example", date_of_birth="2007-05-04")
        Query(learner=Learner(), other_postcodes=0)
    """

    learner: Learner
    other_postcodes: tuple[str, ...] = attrs.field(
        default=(), repr=lambda codes: str(len(codes))
    )

    def __init__(
        self,
        *,
        other_postcodes: Iterable[str | None] = (),
        **fields: Unpack[LearnerFields],
    ) -> None:
        self.__attrs_init__(Learner(**fields), _several(other_postcodes))

    @classmethod
    def of(
        cls, learner: Learner, *, other_postcodes: Iterable[str | None] = ()
    ) -> Query:
        """Return the query that looks for a learner.

        Raises:
            TypeError: A postcode is no text, or the postcodes are a single one.
        """
        query = object.__new__(cls)
        query.__attrs_init__(learner, _several(other_postcodes))
        return query


@attrs.frozen(kw_only=True)
class Match:
    """One record that may be the person.

    Attributes:
        profile: The record that the register holds.
        comparison: How the record that was found agrees with what was asked.
        margin: How much more this match weighs than the next best, in hundredths of
            a bit, each under its ceiling; None when no other record comes near the
            floor.
        conflicts: What speaks against it although all five are equal.
        linked_from: The linked ULN that was found, when this is its master.
    """

    profile: Profile
    comparison: Comparison
    margin: int | None = None
    conflicts: tuple[Conflict, ...] = ()
    linked_from: Uln | None = None

    @property
    def uln(self) -> Uln:
        """The ULN to use: the master's, for a linked record."""
        return self.profile.uln

    @property
    def linked(self) -> bool:
        """Whether a linked ULN was found and its master is given."""
        return self.linked_from is not None

    @property
    def tolerances(self) -> tuple[Tolerance, ...]:
        """What differs; nothing for an exact match."""
        return self.comparison.tolerances

    @property
    def probability(self) -> float:
        """The probability that the record is the person's, by the policy's weights."""
        return self.comparison.probability

    @property
    def weight(self) -> int:
        """The weight behind the probability, in hundredths of a bit."""
        return self.comparison.weight

    def explain(self) -> str:
        """Return a table of what agrees and why. It shows the person's details."""
        notes = [conflict.label for conflict in self.conflicts]
        return explain(self.comparison, notes)


@attrs.frozen(kw_only=True)
class SearchResult:
    """The answer to a search.

    Attributes:
        outcome: What the search came to.
        matches: The records, best first, ties by ULN; none when there are too many.
        found: How many records there are, also when there are too many to name; of
            very frequent details at least so many, or none that were looked at.
        is_whole: Whether everybody was looked at who shares enough with what was
            asked; of very frequent details some are left out.
    """

    outcome: Outcome
    matches: tuple[Match, ...] = ()
    found: int = 0
    is_whole: bool = True

    @property
    def response_code(self) -> ResponseCode:
        """The web-service response code of this answer."""
        if self.outcome is Outcome.EXACT and self.matches[0].linked:
            return ResponseCode.LINKED
        return _RESPONSE[self.outcome]
