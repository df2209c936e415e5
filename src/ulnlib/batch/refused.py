"""Reading the error file of an achievement job: what was refused, and what to do.

An error file names the records that were refused. What it does not name was done, if
the job is over and its figures agree with the files: see `what_is_wrong`.
"""

from __future__ import annotations

__all__ = ["ACCEPTED", "Refusal", "read_refused", "what_is_wrong"]

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType

from ulnlib.batch.answers import Answer
from ulnlib.batch.files import Record
from ulnlib.batch.jobs import JobReport, JobStatus
from ulnlib.batch.results import is_slipped
from ulnlib.issues import Issue, issue
from ulnlib.rules._words import Word


class Refusal(Word):
    """Why a record of an achievement file was refused.

    Source: ExternalService.wsdl, type AchievementBatchJobResponse (observed: errors of
    these three kinds are counted); how an error file writes them is assumed.
    """

    LEARNER = "learner"
    FIELD = "field"
    RULE = "rule"

    @property
    def meaning(self) -> str:
        """What happened, in a sentence."""
        return _WORDS[self][0]

    @property
    def remedy(self) -> str:
        """What to do next, in a sentence."""
        return _WORDS[self][1]


_WORDS = MappingProxyType(
    {
        Refusal.LEARNER: (
            "Refused because of the learner",
            "Verify the ULN with the names that the centre gave, and send it again.",
        ),
        Refusal.FIELD: (
            "Refused because of a value",
            "Correct the value that the error names, and send the record again.",
        ),
        Refusal.RULE: (
            "Refused by a rule",
            "Look up how the achievement stands: the step may have been taken before.",
        ),
    }
)
_UNKNOWN = (
    "Refused; the kind of error is none that is known",
    "Look at the error in the error file, correct the record, and send it again.",
)

ACCEPTED = Answer(
    code=None,
    evidence="assumed",
    meaning="The error file does not name the record: it was done",
    steps=("Nothing is wrong. Note in your system that it is recorded.",),
)
"""What is said of a record that no error file names.

Source: ours (assumed).
"""


def read_refused(outputs: Sequence[Record]) -> Answer:
    """Say why a record was refused, and what to do next.

    Args:
        outputs: The records of the error file that name it, one or more.

    Returns:
        The answer, which updates nothing. The words of the error are in the error
        file: they may be a person's.

    Source: see `Refusal`.
    """
    kinds = tuple(dict.fromkeys(_kind(one) for one in outputs))
    words = [_UNKNOWN if one is None else (one.meaning, one.remedy) for one in kinds]
    return Answer(
        code=" ".join(one.value for one in kinds if one is not None) or None,
        evidence="unknown" if kinds == (None,) else "assumed",
        meaning=". ".join(meaning for meaning, _ in words),
        steps=tuple(remedy for _, remedy in words),
        is_exception=True,
    )


def _kind(output: Record) -> Refusal | None:
    """Return the kind of an error: the word for it is one of those that are counted."""
    text = "" if is_slipped(output) else output.further.get("error_kind", "")
    found = [one for one in Refusal if re.search(one.value, text, re.IGNORECASE)]
    return found[0] if len(found) == 1 else None


def what_is_wrong(
    jobs: Sequence[JobReport], *, sent: int, named: int
) -> Iterator[Issue]:
    """Say why the records that no error file names may not have been done.

    Args:
        jobs: The reports of the jobs.
        sent: How many records were sent.
        named: How many of them the error files name, each counted once.

    Returns:
        Findings; nothing but warnings when they may be taken as done.

    Source: ours (assumed): a job names in its error file what it refused.
    """
    if not jobs:
        yield issue("join-job-missing")
        return
    for n, job in enumerate(jobs, 1):
        if job.status is not JobStatus.SUCCESSFUL or job.rejection_reason:
            yield issue("join-job-not-done", first=n)
        yield from job.check()
    refused = sum(job.refused for job in jobs)
    told = sum(
        job.done + job.refused if job.records is None else job.records for job in jobs
    )
    if told != sent or refused != named:
        yield issue(
            "join-job-counts", told=told, sent=sent, refused=refused, named=named
        )
