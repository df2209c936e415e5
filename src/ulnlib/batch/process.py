"""The batch process: what the service does with a registration file.

One pure function over records and a register. With job type CHK nothing is written.
With FUL, learners are registered and updated, and the register and the result are
committed together; the same file run again returns the stored result, so that nobody
is registered twice.
"""

from __future__ import annotations

__all__ = ["EXCEPTION_DAYS", "LearnerRegister", "run"]

import datetime as dt
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from typing import Protocol

from ulnlib._dates import add_days, day_of
from ulnlib.batch.checker import RowRules, check_learner
from ulnlib.batch.duplicates import repeats
from ulnlib.batch.files import BatchFile, Record
from ulnlib.batch.layout import RETURN_CODE, Layout
from ulnlib.batch.outcomes import (
    DEFAULT_RETURN_CODES,
    Happening,
    ReturnCodes,
    of_defects,
)
from ulnlib.batch.results import Candidate, RecordResult, RunResult
from ulnlib.batch.stored import stored_results, stored_text
from ulnlib.codes import JobType, ResponseCode
from ulnlib.errors import InvalidData, RegisterRefused
from ulnlib.fields import FIVE_DEMOGRAPHICS, REGISTRATION_MANDATORY
from ulnlib.issues import Issue, Report, Severity, issue
from ulnlib.learner import Learner, Profile
from ulnlib.matching import Outcome, Policy, Query, SearchResult
from ulnlib.matching.compare import compare_names, default_policy
from ulnlib.matching.person import Person
from ulnlib.rules import registration, sharing, updates
from ulnlib.rules._words import Word
from ulnlib.uln import Uln

EXCEPTION_DAYS = 45
"""Within so many days of the upload every exception has to be dealt with.

Source: LRS portal guide, section 4.3 (published).
"""

When = dt.datetime | dt.date | str | None


class Matching(Word):
    """How learners of a file are searched for.

    Source: LRS portal guide, Appendix B (published: tolerances, for people who
    search); what the real batch process does is not public (assumed).
    """

    SERVICE = "service"
    APPENDIX_B = "appendix-b"


class LearnerRegister(Protocol):
    """What the process needs of a register; `ulnlib.Register` is one."""

    @property
    def is_synthetic(self) -> bool:
        """Whether the register makes its own numbers, which are not real."""

    def search(
        self, query: Query | Learner, policy: Policy | None = None, /
    ) -> SearchResult:
        """Find a learner by the demographics."""

    def profile(self, uln: Uln, /) -> Profile | None:
        """Return the record of a ULN; the master's, for a linked one."""

    def register(self, learner: Learner, /, *, at: When = None) -> Uln:
        """Make a ULN for a learner."""

    def update(self, learner: Learner, /, *, at: When = None) -> Profile:
        """Change the fields that are given."""

    def transaction(self) -> AbstractContextManager[object]:
        """Commit everything inside together, or nothing."""

    def stored_run(self, key: bytes, /) -> str | None:
        """Return the result that was stored for a file, if there is one."""

    def store_run(self, key: bytes, result: str, /, *, at: When = None) -> None:
        """Store the result of a file."""


def run(  # noqa: PLR0913  # keywords, each with a meaning of its own
    file: BatchFile,
    register: LearnerRegister,
    *,
    job: JobType | str,
    as_of: dt.date,
    matching: Matching | str = Matching.SERVICE,
    at: When = None,
    return_codes: ReturnCodes = DEFAULT_RETURN_CODES,
    lenient: bool = False,
) -> RunResult:
    """Find or register every learner of a file.

    Args:
        file: The file, as `ulnlib.batch.read` or `ulnlib.batch.make` returns it. Its
            records are judged here, on the day of the run.
        register: Where learners are found and registered.
        job: `FUL` registers and updates, `CHK` writes nothing.
        as_of: The day of the upload: ages and the due date are counted from it.
        matching: `service` goes by what is known of the real service. `appendix-b`
            searches again for those whom it finds nowhere, with all tolerances: it
            may add exceptions with candidates, never a match.
        at: The time to be stored with every change.
        return_codes: Which code says what happened.
        lenient: Whether to go on although the file as a whole has errors, such as a
            wrong record count. Records are judged alone either way.

    Returns:
        What happened to each record, in order.

    Raises:
        InvalidData: The file could not be read, or has errors as a whole and
            `lenient` is not set. Nothing was written.
        RegisterError: The register failed. Nothing was written.
        ValueError: There is no such job type.
        InvalidValue: There is no such way of matching.

    Source: LRS portal guide, section 4.3 (published); gov.uk, LRS release 1902.01
    (published: optional fields); the rest is assumed, see the decision record.
    """
    job, matching = JobType(job), Matching(matching)
    fatal = Report(i for i in file.report.errors if _is_about_file(i))
    if file.layout is None or (fatal and not lenient):
        raise InvalidData(fatal)
    if file.layout.column(RETURN_CODE) is not None:
        raise InvalidData(Report([issue("output-file")]))
    day = day_of(as_of)
    rules = RowRules(file.layout, day)
    due = add_days(day, EXCEPTION_DAYS)
    is_writing = job is JobType.FULL
    with register.transaction() if is_writing else nullcontext():
        key = _key(file, file.layout, job, matching)
        stored = register.stored_run(key) if is_writing else None
        if stored is None:
            clerk = _Clerk(
                register, day, matching=matching, at=at, is_writing=is_writing
            )
            results = _process(file, rules, clerk)
            if is_writing:
                register.store_run(key, stored_text(results, due), at=at)
        else:
            results, due = _again(stored, file, register)
    return RunResult(
        file=file,
        job=job,
        results=tuple(results),
        return_codes=return_codes,
        due=due,
        is_synthetic=register.is_synthetic,
        is_repeated=stored is not None,
    )


def _is_about_file(item: Issue) -> bool:
    return item.kind == "file"


def _key(file: BatchFile, layout: Layout, job: JobType, matching: Matching) -> bytes:
    """Return what a run is stored under: what the file says, and the job.

    The same bytes have the same key. It is made of what the records hold, so that a
    file that was changed after reading, or read with another layout, has another.
    """
    way = "" if matching is Matching.SERVICE else f"{matching.value}\0"
    digest = sha256(f"{job.value}\0{layout}\0{way}".encode())
    for record in file.records:
        text = "\0".join(value or "" for value in record.learner.values())
        digest.update(f"{record.row}\0{text}\n".encode("utf-8", "surrogatepass"))
    return digest.digest()


def _process(file: BatchFile, rules: RowRules, clerk: _Clerk) -> list[RecordResult]:
    """Judge each record on the day of the run, then deal with the sound ones."""
    defects = {record.row: _defects(record, rules) for record in file.records}
    # Only sound rows count: a row that is refused takes nobody's place.
    repeated = repeats(record for record in file.records if not defects[record.row])
    results = []
    for record in file.records:
        found = (*defects[record.row], *repeated.get(record.row, ()))
        happening = of_defects(found)
        if happening is not None:
            results.append(RecordResult(record, happening, issues=found))
            continue
        try:
            results.append(clerk.deal_with(record))
        except RegisterRefused as refused:
            failure = RegisterRefused(
                refused.code,
                f"row {record.row}: {refused.message}; nothing of the file was kept",
            )
            break
    else:
        return results
    raise failure


def _defects(record: Record, rules: RowRules) -> tuple[Issue, ...]:
    """Return the errors of a record: those of its row, and those of its fields now."""
    of_row = [i for i in record.issues if i.severity is Severity.ERROR and not i.field]
    of_fields = [
        item.at("row", record.row, line=record.line)
        for item in check_learner(record.learner, rules)
        if item.severity is Severity.ERROR
    ]
    # Where columns have slipped, the fields say nothing.
    return tuple(of_row) if of_row else tuple(of_fields)


def _is_another_given_name(given: Learner, held: Learner) -> bool:
    """Say whether no tolerance explains the given name of a row."""
    names = compare_names(Person(given), Person(held), default_policy())
    return names.given.level.name == "other"


class _Clerk:
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
        self._wider = Policy() if matching is Matching.APPENDIX_B else None
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
        if answer.outcome is Outcome.NONE and self._wider is not None:
            answer = self._register.search(Query.of(learner), self._wider)
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
            candidates = tuple(
                Candidate(m.uln, tuple(t.value for t in m.tolerances))
                for m in answer.matches
            )
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
            if profile.master_substituted and self._finds(learner, profile.uln):
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
        return any(match.uln == uln for match in self._search(learner).matches)

    def _search(self, learner: Learner) -> SearchResult:
        """Search as the service does: only what it finds may be a match."""
        return self._register.search(Query.of(learner), self._service)

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


def _again(
    stored: str, file: BatchFile, register: LearnerRegister
) -> tuple[list[RecordResult], dt.date]:
    """Return a stored result as it stands now.

    A ULN that was merged since is answered with its master; one that was deleted is
    not given out again.
    """
    results, due = stored_results(stored, file)
    now = []
    for one in results:
        profile = None if one.uln is None else register.profile(one.uln)
        if one.uln is None or (profile is not None and profile.uln == one.uln):
            now.append(one)
        elif profile is None:
            now.append(RecordResult(one.record, Happening.ULN_UNKNOWN))
        else:
            now.append(RecordResult(one.record, Happening.LINKED, uln=profile.uln))
    return now, due
