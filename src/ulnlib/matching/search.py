"""The question a registrar asks, and the answer in the service's shape.

The answer is one of: nobody (`none`), one person beyond doubt (`exact`), one to ten
who may be the person (`possible`), more than ten (`too_many`, and then none are
named, so that nobody can trawl), or not enough to search by (`insufficient`).

Beyond the service, each match says how probable it is, in what it differs and why,
and how far behind the next one is.
"""

from __future__ import annotations

__all__ = [
    "CANDIDATE_LIMIT",
    "COMPARED_LIMIT",
    "PER_KEY_LIMIT",
    "Candidate",
    "CandidateSource",
    "Candidates",
    "Conflict",
    "Match",
    "Outcome",
    "Query",
    "SearchResult",
    "rank",
    "search",
]

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol, Unpack

import attrs

from ulnlib.codes import ResponseCode
from ulnlib.learner import Learner, LearnerFields, Profile
from ulnlib.matching.compare import Comparison, Policy, compare_persons
from ulnlib.matching.demographics import exact_key, is_near
from ulnlib.matching.explain import explain
from ulnlib.matching.keys import query_keys
from ulnlib.matching.person import Person
from ulnlib.matching.tolerances import Tolerance
from ulnlib.postcode import is_default
from ulnlib.uln import Uln

CANDIDATE_LIMIT = 10
"""The greatest number of candidates that the service names.

Source: web-service notes, section 6, point 2, from a client's README (observed).
"""

PER_KEY_LIMIT = 100
"""How many records a source gives for one key, at most: so a search is bounded."""

COMPARED_LIMIT = 64
"""How many records are compared in full, at most: those that agree best at a glance."""


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
    def of(cls, learner: Learner, *, other_postcodes: Iterable[str] = ()) -> Query:
        """Return the query that looks for a learner."""
        query = object.__new__(cls)
        query.__attrs_init__(learner, tuple(other_postcodes))
        return query


@attrs.frozen(kw_only=True)
class Match:
    """One record that may be the person.

    Attributes:
        profile: The record that the register holds.
        comparison: How the record that was found agrees with what was asked.
        margin: How much more this match weighs than the next best, in hundredths of
            a bit; None when there is no next.
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
            very frequent details at least so many.
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


# --- where candidates come from ---------------------------------------------------


class Candidate(NamedTuple):
    """A record that shares a key with what is asked.

    Attributes:
        uln: The record's own ULN.
        learner: Its details.
        master: The ULN that it was merged into, if it was.
        families: Former family names that the record itself does not hold.
        postcodes: Former postcodes.
    """

    uln: Uln
    learner: Learner
    master: Uln | None = None
    families: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Candidate(uln={self.uln!r})"


Candidates = Iterable[Candidate]
"""Records in any order, each once."""


class CandidateSource(Protocol):
    """What a store offers to be searched."""

    def candidates(self, exact: int | None, keys: Sequence[int], /) -> Candidates:
        """Return the records that have one of the keys.

        Args:
            exact: The key of equal demographics, `ulnlib.matching.exact_key`.
            keys: Blocking keys, sorted.

        Returns:
            Every record that has one of them; of a key with more than
            `PER_KEY_LIMIT` records, the first so many by ULN.
        """

    def profiles(self, ulns: Sequence[Uln], /) -> Sequence[Profile]:
        """Return the profiles of ULNs that are no linked ones, in the same order."""


def search(
    query: Query | Learner, source: CandidateSource, policy: Policy | None = None
) -> SearchResult:
    """Search for a learner.

    Args:
        query: What is known.
        source: Where records are.
        policy: Which tolerances are on, and what agreement weighs; all and the
            default weights when it is not given.

    Returns:
        The answer; `insufficient` when there is nothing to search by.

    Source: web-service notes, section 6, point 2 (outcomes, observed); LRS portal
    guide, Appendix B (tolerances, published).
    """
    policy = Policy() if policy is None else policy
    asked = _person(query)
    exact = exact_key(asked.five)
    keys = query_keys(asked)
    if (exact is None and not keys) or (policy.narrow and asked.five.missing >= 2):
        return SearchResult(outcome=Outcome.INSUFFICIENT)
    found = _compared(asked, source.candidates(exact, keys), policy)
    outcome, kept, count = _judged(found, policy)
    if not kept:
        return SearchResult(outcome=outcome, found=count)
    profiles = source.profiles([one.uln for one in kept])
    matches = tuple(
        Match(
            profile=attrs.evolve(profile, master_substituted=one.linked),
            comparison=one.comparison,
            margin=one.margin,
            conflicts=one.conflicts,
            linked_from=one.linked_from,
        )
        for one, profile in zip(kept, profiles, strict=True)
    )
    return SearchResult(outcome=outcome, matches=matches, found=count)


def rank(
    query: Query | Learner,
    candidates: Iterable[Profile | Learner],
    policy: Policy | None = None,
) -> tuple[Match, ...]:
    """Compare what is asked with records that a service gave.

    Args:
        query: What is known.
        candidates: Records with their ULNs, in any order.
        policy: Which tolerances are on, and what agreement weighs.

    Returns:
        A match for every record, best first, ties by ULN, however little it agrees.

    Raises:
        InvalidUln: A record has no ULN, or a wrong one.

    Source: ours; it stands for the comparing of texts that clients of the service do.
    """
    policy = Policy() if policy is None else policy
    asked = _person(query)
    profiles: dict[Uln, Profile] = {}
    records = []
    for one in candidates:
        profile = _bare(one) if isinstance(one, Learner) else one
        uln = Uln.parse(profile.learner.uln or "")
        profiles[uln] = profile
        records.append(Candidate(uln, profile.learner))
    ranked = _ranked(_Scored.of(asked, record, policy) for record in records)
    return tuple(
        Match(
            profile=profiles[one.uln],
            comparison=one.comparison,
            margin=one.margin,
            conflicts=one.conflicts,
        )
        for one in _with_conflicts(_with_margins(ranked))
    )


def _bare(learner: Learner) -> Profile:
    return Profile(learner=learner, created=None, last_amended=None, version=0)


def _person(query: Query | Learner) -> Person:
    if isinstance(query, Query):
        return Person(query.learner, postcodes=query.other_postcodes)
    return Person(query)


# --- judging ----------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class _Scored:
    """A record with its comparison, under the ULN that stands for it."""

    uln: Uln
    comparison: Comparison
    linked_from: Uln | None = None
    margin: int | None = None
    conflicts: tuple[Conflict, ...] = ()

    @property
    def linked(self) -> bool:
        return self.linked_from is not None

    @property
    def order(self) -> tuple[bool, float, int, Uln, bool, Uln]:
        """Best first, then by ULN, a record's own details before a linked one's."""
        comparison = self.comparison
        return (
            not comparison.is_equal,
            -comparison.probability,
            -comparison.weight,
            self.uln,
            self.linked,
            self.linked_from or self.uln,
        )

    @classmethod
    def of(cls, asked: Person, record: Candidate, policy: Policy) -> _Scored:
        held = Person(
            record.learner, families=record.families, postcodes=record.postcodes
        )
        return cls(
            uln=record.uln if record.master is None else record.master,
            comparison=compare_persons(asked, held, policy),
            linked_from=None if record.master is None else record.uln,
        )


def _compared(asked: Person, records: Candidates, policy: Policy) -> list[_Scored]:
    chosen = list(records)
    if len(chosen) > COMPARED_LIMIT:
        chosen = _best_at_a_glance(asked, chosen)
    return _ranked(_Scored.of(asked, record, policy) for record in chosen)


def _best_at_a_glance(asked: Person, records: list[Candidate]) -> list[Candidate]:
    """Return the records that agree in most of the five, before comparing in full."""
    wanted = (
        ("given_name", asked.given),
        ("family_name", asked.family),
        ("date_of_birth", asked.born),
        ("gender", asked.gender),
    )

    def glance(record: Candidate) -> tuple[int, Uln]:
        learner = record.learner
        agreeing = sum(
            [(getattr(learner, name) or "").casefold() == text for name, text in wanted]
        )
        postcode = (learner.postcode or "").replace(" ", "").casefold()
        return -agreeing - (postcode == asked.postcode), record.uln

    return sorted(records, key=glance)[:COMPARED_LIMIT]


def _ranked(scored: Iterable[_Scored]) -> list[_Scored]:
    """Return the best of each ULN, best first."""
    best: dict[Uln, _Scored] = {}
    for one in sorted(scored, key=lambda one: one.order):
        best.setdefault(one.uln, one)
    return list(best.values())


def _with_margins(ranked: Sequence[_Scored]) -> list[_Scored]:
    following: list[_Scored | None] = [*ranked[1:], None]
    return [
        one
        if after is None
        else attrs.evolve(one, margin=one.comparison.weight - after.comparison.weight)
        for one, after in zip(ranked, following, strict=False)
    ]


def _judged(
    ranked: list[_Scored], policy: Policy
) -> tuple[Outcome, list[_Scored], int]:
    """Return the outcome, what is named, and how many there are."""
    kept = [one for one in _with_margins(ranked) if _passes(one.comparison, policy)]
    kept = _with_conflicts(kept)
    exact = [one for one in kept if one.comparison.is_equal]
    if len(exact) == 1 and not (policy.strict and exact[0].conflicts):
        return Outcome.EXACT, exact, 1
    if not kept:
        return Outcome.NONE, [], 0
    if len(kept) > CANDIDATE_LIMIT:
        named = kept if policy.names_too_many else []
        return Outcome.TOO_MANY, named, len(kept)
    return Outcome.POSSIBLE, kept, len(kept)


def _passes(comparison: Comparison, policy: Policy) -> bool:
    if comparison.is_equal:
        return True
    if policy.narrow:
        return is_near(comparison.asked.five, comparison.held.five)
    return comparison.probability >= policy.floor


_CONTRADICTING: Mapping[str, Conflict] = {
    name: Conflict(name)
    for name in (
        "middle_names",
        "place_of_birth",
        "upn",
        "uci",
        "scottish_candidate_number",
    )
}


def _with_conflicts(ranked: list[_Scored]) -> list[_Scored]:
    """Say what speaks against the records whose five demographics are equal."""
    return [
        attrs.evolve(one, conflicts=tuple(_conflicts(one, ranked)))
        if one.comparison.is_equal
        else one
        for one in ranked
    ]


def _conflicts(one: _Scored, ranked: Sequence[_Scored]) -> Iterable[Conflict]:
    for finding in one.comparison.findings:
        conflict = _CONTRADICTING.get(finding.level.field)
        if conflict is not None and finding.level.name == "other":
            yield conflict
    held = one.comparison.held
    if held.born.endswith("-01-01") and is_default(held.learner.postcode or ""):
        yield Conflict.MADE_UP_DETAILS
    if any(_is_namesake(one, other) for other in ranked):
        yield Conflict.NAMESAKE


def _is_namesake(one: _Scored, other: _Scored) -> bool:
    held, second = one.comparison.held, other.comparison.held
    return (
        one.uln != other.uln
        and held.given == second.given
        and held.family == second.family
        and (held.born == second.born or held.postcode == second.postcode)
    )
