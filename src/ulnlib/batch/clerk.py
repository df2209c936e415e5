"""The clerk of a batch run: finds, registers or updates one sound record at a time."""

from __future__ import annotations

__all__ = ["Clerk"]

import datetime as dt
from collections.abc import Mapping, Sequence

from ulnlib.batch.desk import LearnerRegister, Matching, When
from ulnlib.batch.files import Record
from ulnlib.batch.outcomes import Happening
from ulnlib.batch.results import Candidate, RecordResult
from ulnlib.codes import ResponseCode
from ulnlib.errors import RegisterRefused
from ulnlib.fields import FIVE_DEMOGRAPHICS, REGISTRATION_MANDATORY
from ulnlib.learner import Learner, Profile
from ulnlib.matching import CANDIDATE_LIMIT, Match, Outcome, Policy, Query, SearchResult
from ulnlib.matching.both_names import compare_names
from ulnlib.matching.person import Person
from ulnlib.matching.policy import default_policy
from ulnlib.rules import registration, sharing, updates
from ulnlib.uln import Uln


def _is_another_given_name(given: Learner, held: Learner) -> bool:
    """Say whether no tolerance explains the given name of a row."""
    names = compare_names(Person(given), Person(held), default_policy())
    return names.given.level.name == "other"


_OPEN = frozenset({Outcome.NONE, Outcome.POSSIBLE})
"""What leaves it open whether the learner is somebody who was not found."""


def _order(match: Match) -> tuple[bool, float, int, Uln]:
    """Best first, ties by ULN, as a search has it."""
    comparison = match.comparison
    return (
        not comparison.is_equal,
        -comparison.probability,
        -comparison.weight,
        match.uln,
    )


def _together(near: Sequence[Match], further: Sequence[Match]) -> tuple[Match, ...]:
    """Return the matches of two searches, each ULN once, best first.

    No more than the service names: those near all stay, and others fill up.
    """
    near_by = {match.uln for match in near}
    best: dict[Uln, Match] = {}
    for match in sorted((*near, *further), key=_order):
        best.setdefault(match.uln, match)
    others = [uln for uln in best if uln not in near_by]
    named = near_by.union(others[: max(0, CANDIDATE_LIMIT - len(near_by))])
    return tuple(match for uln, match in best.items() if uln in named)


class Clerk:
    """Deals with one sound record after another."""

    def __init__(
        self,
        register: LearnerRegister,
        as_of: dt.date,
        *,
        matching: Matching,
        at: When,
        is_writing: bool,
    ) -> None:
        self._register = register
        self._service = Policy(narrow=True)
        # All are named, so that the likeliest can be; a result names ten at most.
        wider = Policy(names_too_many=True)
        self._wider = wider if matching is Matching.APPENDIX_B else None
        self._as_of = as_of
        self._at = at
        self._is_writing = is_writing
        # Whose mandatory field was changed by an earlier row.
        self._changed: set[Uln] = set()

    def deal_with(self, record: Record) -> RecordResult:
        """Deal with one record."""
        if record.learner.uln is None:
            return self._without_uln(record)
        return self._with_uln(record, Uln(record.learner.uln))

    def _without_uln(self, record: Record) -> RecordResult:
        """Find the learner by the demographics, or register a new one."""
        learner = record.learner
        answer = self._search(learner)
        if self._wider is not None and answer.outcome in _OPEN:
            answer = self._widened(answer, learner, self._wider)
        if answer.outcome is Outcome.EXACT:
            match = answer.matches[0]
            changes = updates.changes_by_file(
                match.profile.learner,
                learner,
                kept=REGISTRATION_MANDATORY,
                as_of=self._as_of,
            )
            happening = self._write(match.profile, changes)
            if match.linked:
                happening = Happening.LINKED
            kept = not self._may_share(match.profile, learner)
            return RecordResult(record, happening, uln=match.uln, share_kept=kept)
        if answer.outcome is Outcome.POSSIBLE:
            candidates = tuple(Candidate.of(match) for match in answer.matches)
            return RecordResult(record, Happening.POSSIBLE, candidates=candidates)
        if answer.outcome is Outcome.TOO_MANY:
            return RecordResult(record, Happening.TOO_MANY)
        if not self._may_share(None, learner):
            return RecordResult(record, Happening.SHARE_REFUSED)
        missing = registration.missing_for_registration(learner)
        if not self._is_writing:
            return RecordResult(record, Happening.NOBODY, missing=missing)
        if missing:
            return RecordResult(record, Happening.INSUFFICIENT, missing=missing)
        if not self._register.is_synthetic:
            # Only the LRS makes ULNs.
            return RecordResult(record, Happening.NOBODY)
        uln = self._register.register(learner, at=self._at)
        return RecordResult(record, Happening.CREATED, uln=uln)

    def _with_uln(self, record: Record, uln: Uln) -> RecordResult:
        """Update the record of a ULN, when it is beyond doubt the learner's."""
        learner = record.learner
        profile = self._register.profile(uln)
        if profile is None:
            return RecordResult(record, Happening.ULN_UNKNOWN)
        if not updates.may_update_by_file(profile.learner, learner):
            if profile.master_substituted and self._finds(learner, uln):
                # The college has the old details of a merged record: they name the
                # learner well, and change nothing in the master's.
                return RecordResult(record, Happening.LINKED, uln=profile.uln)
            differing = updates.differing(learner, profile.learner)
            return RecordResult(record, Happening.ULN_DISAGREES, differing=differing)
        is_own = profile.master_substituted and self._is_record_of(learner, uln)
        if not is_own and _is_another_given_name(learner, profile.learner):
            # All else agrees: it may be a twin with the other's ULN.
            differing = ("given_name",)
            return RecordResult(record, Happening.ULN_DISAGREES, differing=differing)
        if not self._may_share(profile, learner):
            return RecordResult(record, Happening.SHARE_REFUSED)
        # Old details of a merged record are not written over the master's newer ones.
        kept = FIVE_DEMOGRAPHICS if is_own else ()
        changes = updates.changes_by_file(
            profile.learner, learner, kept=kept, as_of=self._as_of
        )
        changing = [name for name in changes if name in FIVE_DEMOGRAPHICS]
        if changing and profile.uln in self._changed:
            return RecordResult(record, Happening.DUPLICATE, differing=tuple(changing))
        happening = self._write(profile, changes)
        if changing:
            self._changed.add(profile.uln)
        if profile.master_substituted:
            happening = Happening.LINKED
        return RecordResult(record, happening, uln=profile.uln)

    def _is_record_of(self, learner: Learner, uln: Uln) -> bool:
        """Say whether the details are those of a linked ULN's own record."""
        matches = self._search(learner).matches
        return any(m.linked_from == uln and not m.tolerances for m in matches)

    def _finds(self, learner: Learner, uln: Uln) -> bool:
        """Say whether the details are nearly those of a linked ULN's own record."""
        return any(
            match.linked_from == uln
            and not _is_another_given_name(learner, match.comparison.held.learner)
            for match in self._search(learner).matches
        )

    def _search(self, learner: Learner) -> SearchResult:
        """Search as the service does: only what it finds may be a match."""
        return self._register.search(Query.of(learner), self._service)

    def _widened(
        self, narrow: SearchResult, learner: Learner, wider: Policy
    ) -> SearchResult:
        """Add whom a wider search finds: a twin found near may hide the right one.

        It makes candidates and never a match, whatever it says itself.
        """
        wide = self._register.search(Query.of(learner), wider)
        if wide.outcome is Outcome.TOO_MANY and not narrow.matches:
            return SearchResult(outcome=Outcome.TOO_MANY, found=wide.found)
        matches = _together(narrow.matches, wide.matches)
        outcome = Outcome.POSSIBLE if matches else Outcome.NONE
        return SearchResult(outcome=outcome, matches=matches, found=len(matches))

    def _may_share(self, profile: Profile | None, learner: Learner) -> bool:
        """Say whether ability to share may become what the row says, on the day."""
        held = None if profile is None else profile.learner.ability_to_share
        return sharing.is_allowed_change(
            held, learner.ability_to_share, as_of=self._as_of
        )

    def _write(self, profile: Profile, changes: Mapping[str, str]) -> Happening:
        """Write the fields that differ; an empty cell changes nothing."""
        if not changes or not self._is_writing:
            return Happening.FOUND
        try:
            self._register.update(Learner(uln=profile.uln, **changes), at=self._at)
        except RegisterRefused as refused:
            if refused.code != ResponseCode.NOTHING_CHANGED:
                raise
            # The profile shows the stricter ability to share of a merged record.
            return Happening.FOUND
        return Happening.UPDATED
