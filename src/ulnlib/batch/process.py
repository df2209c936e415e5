"""The batch process: what the service does with a registration file.

One pure function over records and a register. With job type CHK nothing is written.
With FUL, learners are registered and updated, and the register and the result are
committed together; the same file run again returns the stored result, so that nobody
is registered twice.
"""

from __future__ import annotations

__all__ = ["EXCEPTION_DAYS", "run"]

import datetime as dt
from contextlib import nullcontext
from hashlib import sha256
from typing import TYPE_CHECKING

from ulnlib._dates import add_days, day_of
from ulnlib.batch.checker import RowRules, check_learner
from ulnlib.batch.desk import LearnerRegister, Matching, When
from ulnlib.batch.duplicates import repeats
from ulnlib.batch.files import BatchFile, Record
from ulnlib.batch.layouts.layout import RETURN_CODE, Layout
from ulnlib.batch.outcomes import (
    DEFAULT_RETURN_CODES,
    Happening,
    ReturnCodes,
    of_defects,
)
from ulnlib.batch.results import RecordResult, RunResult
from ulnlib.batch.stored import stored_results, stored_text
from ulnlib.codes import JobType
from ulnlib.errors import InvalidData, RegisterRefused
from ulnlib.issues import Issue, Report, Severity, issue

if TYPE_CHECKING:
    from ulnlib.batch.clerk import Clerk

EXCEPTION_DAYS = 45
"""Within so many days of the upload every exception has to be dealt with.

Source: LRS portal guide, section 4.3 (published).
"""


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
            searches again, with all tolerances, for those whom it finds nowhere or
            only possibly: it may add exceptions and candidates, never a match.
        at: The time to be stored with every change.
        return_codes: Which code says what happened.
        lenient: Whether to go on although the file as a whole has errors, such as a
            wrong record count. Records are judged alone either way.

    Returns:
        What happened to each record, in order.

    Raises:
        InvalidData: The file could not be read, is no LRB file that can be sent, or
            has errors as a whole and `lenient` is not set. Nothing was written.
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
    if not file.layout.is_of_learners:
        raise InvalidData(Report([issue("not-an-lrb-file")]))
    from ulnlib.batch.clerk import Clerk  # it loads all of the search

    day = day_of(as_of)
    rules = RowRules(file.layout, day)
    due = add_days(day, EXCEPTION_DAYS)
    is_writing = job is JobType.FULL
    with register.transaction() if is_writing else nullcontext():
        key = _key(file, file.layout, job, matching)
        stored = register.stored_run(key) if is_writing else None
        if stored is None:
            clerk = Clerk(
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


def _process(file: BatchFile, rules: RowRules, clerk: Clerk) -> list[RecordResult]:
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
