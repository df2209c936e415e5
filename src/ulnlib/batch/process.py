"""The batch process: what the service does with a registration file.

One pure function over records and a register. With job type CHK nothing is written.
With FUL, learners are registered and updated, and the register and the result are
committed together; the same file run again returns the stored result, so that nobody
is registered twice.
"""

from __future__ import annotations

__all__ = ["EXCEPTION_DAYS", "LearnerRegister", "run"]

import datetime as dt
import json
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from hashlib import sha256
from typing import Protocol

from ulnlib._dates import add_days
from ulnlib.batch.files import BatchFile, Record
from ulnlib.batch.layout import RETURN_CODE
from ulnlib.batch.outcomes import (
    DEFAULT_RETURN_CODES,
    Happening,
    ReturnCodes,
    of_defects,
)
from ulnlib.batch.results import Candidate, RecordResult, RunResult
from ulnlib.batch.writer import write
from ulnlib.codes import JobType
from ulnlib.errors import InvalidData
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.issues import Issue, Report, Severity, issue
from ulnlib.learner import Learner, Profile
from ulnlib.matching import Five, Outcome, Query, SearchResult, five_of
from ulnlib.rules import registration, sharing
from ulnlib.uln import Uln

EXCEPTION_DAYS = 45
"""Within so many days of the upload every exception has to be dealt with.

Source: LRS portal guide, section 4.3 (published).
"""

_AGREEING = 4
"""So many of the five demographics must agree with the record of a given ULN.

Source: assumed; the rule for updates by batch is not public.
"""

# What an update by batch never touches: the number itself, the sender's own
# identifier, and the UPN (gov.uk, LRS release 1902.01, published).
_NEVER_UPDATED = frozenset({"uln", "mis_identifier", "upn"})

When = dt.datetime | dt.date | str | None


class LearnerRegister(Protocol):
    """What the process needs of a register; `ulnlib.Register` is one."""

    @property
    def is_synthetic(self) -> bool:
        """Whether the register makes its own numbers, which are not real."""

    def search(self, query: Query | Learner, /) -> SearchResult:
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
    at: When = None,
    return_codes: ReturnCodes = DEFAULT_RETURN_CODES,
    lenient: bool = False,
) -> RunResult:
    """Find or register every learner of a file.

    Args:
        file: The file, as `ulnlib.batch.read` returns it with the same `as_of`.
        register: Where learners are found and registered.
        job: `FUL` registers and updates, `CHK` writes nothing.
        as_of: The day of the upload: ages and the due date are counted from it.
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

    Source: LRS portal guide, section 4.3 (published); gov.uk, LRS release 1902.01
    (published: optional fields); the rest is assumed, see the decision record.
    """
    job = JobType(job)
    fatal = Report(i for i in file.report.errors if _is_about_file(i))
    if file.layout is None or (fatal and not lenient):
        raise InvalidData(fatal)
    if file.layout.column(RETURN_CODE) is not None:
        raise InvalidData(Report([issue("output-file")]))
    is_writing = job is JobType.FULL
    with register.transaction() if is_writing else nullcontext():
        key = _key(file, job)
        stored = register.stored_run(key) if is_writing else None
        if stored is None:
            results = _process(file, register, at=at, is_writing=is_writing)
            if is_writing:
                register.store_run(key, _to_text(results), at=at)
        else:
            results = _from_text(stored, file)
    return RunResult(
        file=file,
        job=job,
        results=tuple(results),
        return_codes=return_codes,
        due=add_days(as_of, EXCEPTION_DAYS),
        is_synthetic=register.is_synthetic,
        is_repeated=stored is not None,
    )


def _is_about_file(item: Issue) -> bool:
    return item.kind == "file"


def _key(file: BatchFile, job: JobType) -> bytes:
    """Return what a run is stored under: the bytes of the file, and the job."""
    digest = file.digest or sha256(write(file)).hexdigest()
    return sha256(f"{digest} {job.value}".encode()).digest()


def _process(
    file: BatchFile, register: LearnerRegister, *, at: When, is_writing: bool
) -> list[RecordResult]:
    errors: dict[int, list[Issue]] = {}
    for item in file.report.of(Severity.ERROR):
        if item.row is not None and not _is_about_file(item):
            errors.setdefault(item.row, []).append(item)
    clerk = _Clerk(register, at=at, is_writing=is_writing)
    results = []
    for record in file.records:
        defects = tuple(errors.get(record.row, ()))
        happening = of_defects(defects)
        if happening is not None:
            results.append(RecordResult(record, happening, issues=defects))
        elif record.learner.uln is None:
            results.append(clerk.without_uln(record))
        else:
            results.append(clerk.with_uln(record, Uln(record.learner.uln)))
    return results


class _Clerk:
    """Deals with one sound record after another."""

    def __init__(
        self, register: LearnerRegister, *, at: When, is_writing: bool
    ) -> None:
        self._register = register
        self._at = at
        self._is_writing = is_writing

    def without_uln(self, record: Record) -> RecordResult:
        """Find the learner by the demographics, or register a new one."""
        learner = record.learner
        answer = self._register.search(Query.of(learner))
        if answer.outcome is Outcome.EXACT:
            match = answer.matches[0]
            happening = self._update(match.profile, learner, FIVE_DEMOGRAPHICS)
            if match.linked:
                happening = Happening.LINKED
            kept = self._keeps_share(match.profile, learner)
            return RecordResult(record, happening, uln=match.uln, share_kept=kept)
        if answer.outcome is Outcome.POSSIBLE:
            candidates = tuple(
                Candidate(m.uln, tuple(t.value for t in m.tolerances))
                for m in answer.matches
            )
            return RecordResult(record, Happening.POSSIBLE, candidates=candidates)
        if answer.outcome is Outcome.TOO_MANY:
            return RecordResult(record, Happening.TOO_MANY)
        if not self._is_writing:
            return RecordResult(record, Happening.NOBODY)
        missing = registration.missing_for_registration(learner)
        if missing:
            return RecordResult(record, Happening.INSUFFICIENT, missing=missing)
        if not self._register.is_synthetic:
            # Only the LRS makes ULNs.
            return RecordResult(record, Happening.NOBODY)
        uln = self._register.register(learner, at=self._at)
        return RecordResult(record, Happening.CREATED, uln=uln)

    def with_uln(self, record: Record, uln: Uln) -> RecordResult:
        """Update the record of a ULN, when it is beyond doubt the learner's."""
        learner = record.learner
        profile = self._register.profile(uln)
        if profile is None:
            return RecordResult(record, Happening.ULN_UNKNOWN)
        differing = _differing(five_of(learner), five_of(profile.learner))
        agrees = len(FIVE_DEMOGRAPHICS) - len(differing) >= _AGREEING
        if not agrees:
            if profile.master_substituted and self._finds(learner, profile.uln):
                # The college has the old details of a merged record: they name the
                # learner well, and change nothing in the master's.
                return RecordResult(record, Happening.LINKED, uln=profile.uln)
            return RecordResult(record, Happening.ULN_DISAGREES, differing=differing)
        if self._keeps_share(profile, learner):
            return RecordResult(record, Happening.SHARE_REFUSED)
        happening = self._update(profile, learner, ())
        if profile.master_substituted:
            happening = Happening.LINKED
        return RecordResult(record, happening, uln=profile.uln)

    def _finds(self, learner: Learner, uln: Uln) -> bool:
        answer = self._register.search(Query.of(learner))
        return any(match.uln == uln for match in answer.matches)

    def _keeps_share(self, profile: Profile, learner: Learner) -> bool:
        return not sharing.is_allowed_change(
            profile.learner.ability_to_share, learner.ability_to_share
        )

    def _update(
        self, profile: Profile, learner: Learner, kept: Iterable[str]
    ) -> Happening:
        """Write the given fields that differ; an empty cell changes nothing."""
        held = profile.learner
        left = _NEVER_UPDATED | set(kept)
        if self._keeps_share(profile, learner):
            left |= {"ability_to_share"}
        changes = {
            name: value
            for name, value in zip(FIELDS, learner.values(), strict=True)
            if name not in left and value and value != getattr(held, name)
        }
        for name in set(changes) & set(FIVE_DEMOGRAPHICS):
            # Another spelling of the same (capitals, spaces) is no change.
            if getattr(five_of(learner), name) == getattr(five_of(held), name):
                del changes[name]
        if not changes:
            return Happening.FOUND
        if self._is_writing:
            changed = Learner(uln=profile.uln, **changes)
            self._register.update(changed, at=self._at)
            return Happening.UPDATED
        return Happening.FOUND


def _differing(asked: Five, held: Five) -> tuple[str, ...]:
    """Return the demographics that do not agree; an empty one agrees with nothing."""
    return tuple(
        name
        for name, one, other in zip(FIVE_DEMOGRAPHICS, asked, held, strict=True)
        if one is None or one != other
    )


def _to_text(results: Iterable[RecordResult]) -> str:
    """Return results as text for the register: ULNs and words, no person's details."""
    rows = [
        {
            "row": one.record.row,
            "happening": one.happening.value,
            "uln": None if one.uln is None else str(one.uln),
            "candidates": [[str(c.uln), list(c.differing)] for c in one.candidates],
            "missing": list(one.missing),
            "differing": list(one.differing),
            "share_kept": one.share_kept,
        }
        for one in results
    ]
    return json.dumps({"version": 1, "results": rows}, separators=(",", ":"))


def _from_text(text: str, file: BatchFile) -> list[RecordResult]:
    """Return the results that `_to_text` wrote, for the same file."""
    errors: dict[int, list[Issue]] = {}
    for item in file.report.of(Severity.ERROR):
        errors.setdefault(item.row or 0, []).append(item)
    by_row = {row["row"]: row for row in json.loads(text)["results"]}
    results = []
    for record in file.records:
        row = by_row[record.row]
        happening = Happening(row["happening"])
        results.append(
            RecordResult(
                record,
                happening,
                uln=None if row["uln"] is None else Uln(row["uln"]),
                candidates=tuple(
                    Candidate(Uln(uln), tuple(names))
                    for uln, names in row["candidates"]
                ),
                missing=tuple(row["missing"]),
                differing=tuple(row["differing"]),
                share_kept=row["share_kept"],
                issues=tuple(errors.get(record.row, ())),
            )
        )
    return results
