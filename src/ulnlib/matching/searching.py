"""The search: candidates by key, compared, judged, and ranked.

Nothing depends on the order in which a source gives its records.
"""

from __future__ import annotations

__all__ = ["CANDIDATE_LIMIT", "COMPARED_LIMIT", "rank", "search"]

from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import NamedTuple

import attrs

from ulnlib.learner import Learner, Profile
from ulnlib.matching.answers import Conflict, Match, Outcome, Query, SearchResult
from ulnlib.matching.both_names import most_of_names
from ulnlib.matching.compare import (
    Others,
    compare_further,
    compare_others,
    compare_persons,
    is_equal,
)
from ulnlib.matching.demographics import exact_key, five_of, is_near
from ulnlib.matching.findings import Comparison
from ulnlib.matching.keys import query_keys, wide_keys
from ulnlib.matching.person import Person
from ulnlib.matching.policy import Policy, default_policy
from ulnlib.matching.source import Candidate, Candidates, CandidateSource
from ulnlib.postcode import is_default
from ulnlib.uln import Uln

CANDIDATE_LIMIT = 10
"""The greatest number of candidates that the service names.

Source: web-service notes, section 6, point 2, from a client's README (observed).
"""

COMPARED_LIMIT = 256
"""How many records have their names compared, at most: those that else agree best."""


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
        The answer; `insufficient` when there is nothing to search by, `too_many` also
        when nobody is found and some candidates had to be left out.

    Source: web-service notes, section 6, point 2 (outcomes, observed); LRS portal
    guide, Appendix B (tolerances, published).
    """
    policy = default_policy() if policy is None else policy
    asked = _person(query)
    exact = exact_key(asked.five)
    keys = query_keys(asked)
    if (exact is None and not keys) or (policy.narrow and asked.five.missing >= 2):
        return SearchResult(outcome=Outcome.INSUFFICIENT)
    records = source.candidates(exact, keys)
    found, all_compared = _compared(asked, records, policy)
    outcome, kept, count = _judged(found, policy)
    is_whole = all_compared and not _left_out(asked, records, policy)
    if outcome is not Outcome.EXACT and not (is_whole if not kept else all_compared):
        # Somebody who is there may be among those who were left out.
        outcome = Outcome.TOO_MANY
        kept = kept if policy.names_too_many else []
    if not kept:
        return SearchResult(outcome=outcome, found=count, is_whole=is_whole)
    profiles = source.profiles([one.uln for one in kept])
    matches = tuple(
        Match(
            profile=_standing_in(profile, is_master=one.linked),
            comparison=one.comparison,
            margin=one.margin,
            conflicts=one.conflicts,
            linked_from=one.linked_from,
        )
        for one, profile in zip(kept, profiles, strict=True)
    )
    return SearchResult(
        outcome=outcome, matches=matches, found=count, is_whole=is_whole
    )


def _standing_in(profile: Profile, *, is_master: bool) -> Profile:
    """Return a profile that says whether it is the master's of what was found."""
    if profile.master_substituted == is_master:
        return profile
    return attrs.evolve(profile, master_substituted=is_master)


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
    policy = default_policy() if policy is None else policy
    asked = _person(query)
    found = []
    for one in candidates:
        profile = _bare(one) if isinstance(one, Learner) else one
        record = Candidate(Uln.parse(profile.learner.uln or ""), profile.learner)
        comparison = compare_persons(asked, _held(record), policy)
        found.append((_Scored.of(record, comparison), profile))
    found.sort(key=lambda pair: (pair[0].order, _texts(pair[1].learner)))
    scored = _with_conflicts(_with_margins([one for one, _ in found]))
    return tuple(
        Match(
            profile=profile,
            comparison=one.comparison,
            margin=one.margin,
            conflicts=one.conflicts,
        )
        for one, (_, profile) in zip(scored, found, strict=True)
    )


def _texts(learner: Learner) -> tuple[str, ...]:
    """Return what tells records of one ULN apart, so that their order is fixed."""
    return tuple(value or "" for value in learner.values())


def _bare(learner: Learner) -> Profile:
    return Profile(learner=learner, created=None, last_amended=None, version=0)


def _person(query: Query | Learner) -> Person:
    if isinstance(query, Query):
        return Person(query.learner, postcodes=query.other_postcodes)
    return Person(query)


# --- judging ----------------------------------------------------------------------


class _Scored(NamedTuple):
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
    def of(cls, record: Candidate, comparison: Comparison) -> _Scored:
        if record.master is None:
            return cls(record.uln, comparison)
        return cls(record.master, comparison, record.uln)


def _held(record: Candidate) -> Person:
    return Person(record.learner, families=record.families, postcodes=record.postcodes)


def _left_out(asked: Person, records: Iterable[Candidate], policy: Policy) -> bool:
    """Say whether a source left somebody out who may be named."""
    cut = records.cut if isinstance(records, Candidates) else frozenset()
    # Whoever is near is found under another key.
    return bool(cut - wide_keys(asked) if policy.narrow else cut)


def _compared(
    asked: Person, records: Iterable[Candidate], policy: Policy
) -> tuple[list[_Scored], bool]:
    """Return the records compared, best first, and whether all of them were."""
    chosen = list(records)
    if policy.narrow:
        # Before a linked record and its master are taken as one: one of them is near.
        chosen = [one for one in chosen if is_near(asked.five, five_of(one.learner))]
    reached = _in_reach(asked, chosen, policy)
    some = reached
    if len(reached) > COMPARED_LIMIT:
        some = nsmallest(COMPARED_LIMIT, reached, key=lambda one: one.order)
    scored = [
        _Scored.of(
            one.record,
            compare_further(asked, one.held, policy, one.others, equal=one.is_equal),
        )
        for one in some
    ]
    return _ranked(scored), some is reached


class _Reached(NamedTuple):
    """A record whose names may make up for all else."""

    record: Candidate
    held: Person
    others: Others
    is_equal: bool

    @property
    def order(self) -> tuple[bool, int, str]:
        """Equal records first, then what agrees best without the names, by ULN."""
        return not self.is_equal, -self.others.weight, str(self.record.uln)


def _in_reach(
    asked: Person, records: Iterable[Candidate], policy: Policy
) -> list[_Reached]:
    least = None
    if not policy.narrow and policy.least_weight is not None:
        least = policy.least_weight - most_of_names(asked, policy.weights)
    reached = []
    for record in records:
        held = _held(record)
        others = compare_others(asked, held, policy)
        equal = is_equal(asked, held, policy)
        if least is None or others.weight >= least or equal:
            reached.append(_Reached(record, held, others, equal))
    return reached


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
        else one._replace(margin=one.comparison.standing - after.comparison.standing)
        for one, after in zip(ranked, following, strict=False)
    ]


def _judged(
    ranked: list[_Scored], policy: Policy
) -> tuple[Outcome, list[_Scored], int]:
    """Return the outcome, what is named, and how many there are."""
    # What passes comes first; the next after it says how far the last is ahead.
    passing = sum([_passes(one.comparison, policy) for one in ranked])
    kept = _with_conflicts(_with_margins(ranked[: passing + 1])[:passing])
    exact = [one for one in kept if one.comparison.is_equal]
    if len(exact) == 1 and not (policy.strict and exact[0].conflicts):
        return Outcome.EXACT, exact, 1
    if len(exact) == 1 and len(kept) > CANDIDATE_LIMIT:
        # Only because it is doubted: it still wins over all others.
        return Outcome.POSSIBLE, exact, len(kept)
    if not kept:
        return Outcome.NONE, [], 0
    if len(kept) > CANDIDATE_LIMIT:
        named = kept if policy.names_too_many else []
        return Outcome.TOO_MANY, named, len(kept)
    return Outcome.POSSIBLE, kept, len(kept)


def _passes(comparison: Comparison, policy: Policy) -> bool:
    # Where the policy is narrow, only what is near was compared.
    return (
        comparison.is_equal or policy.narrow or comparison.probability >= policy.floor
    )


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
        one._replace(conflicts=tuple(_conflicts(one, ranked)))
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
