"""The report of an achievement job: how it stands, and whether its figures agree."""

from __future__ import annotations

__all__ = ["JobReport", "JobStatus"]

import io
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, BinaryIO, Self

import attrs

from ulnlib._xml import Records, Refused, refusal, split_tag
from ulnlib.errors import InvalidData
from ulnlib.issues import Issue, Report, issue


class JobStatus(StrEnum):
    """How a job stands.

    Source: ExternalService.wsdl, enumeration AchievementBatchJobStatus (observed).
    """

    WAITING = "Waiting"
    IN_PROGRESS = "InProgress"
    SUCCESSFUL = "Successful"
    FAILED = "Failed"
    CANCELLED = "Cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self not in {JobStatus.WAITING, JobStatus.IN_PROGRESS}


_COUNTS = {
    "created": "AchievementsCreated",
    "promoted": "AchievementsPromotedToFinal",
    "updated": "AchievementsUpdated",
    "withdrawn": "AchievementsWithdrawn",
    "reinstated": "AchievementsReinstated",
    "learner_errors": "LearnerDataErrors",
    "field_errors": "FieldDataErrors",
    "rule_errors": "BusinessRuleErrors",
    "records": "NumberOfRecords",
    "final": "SuccessfulFinalAchievements",
    "provisional": "SuccessfulProvisionalAchievements",
}
_TEXTS = {
    "rejection_reason": "RejectionReason",
    "file_name": "Filename",
    "job_id": "JobID",
    "submitted": "SubmittedDate",
    "started": "StartDate",
    "ended": "EndDate",
    "error_file": "AchievementBatchErrorFile",
}
_ELEMENT, _PARENT = "GetAchievementBatchJobResult", "GetAchievementBatchJobResponse"
"""The element that holds a report, and the one that it stands in."""

_DONE = ("created", "promoted", "updated", "withdrawn", "reinstated")
_REFUSED = ("learner_errors", "field_errors", "rule_errors")


@attrs.frozen(kw_only=True)
class JobReport:
    """What the service says of a job.

    Attributes:
        status: How it stands; None where the service says something else.
        created: Achievements that were created; so the others, in records.
        promoted: Those that were made final.
        updated: Those that were changed.
        withdrawn: Those that were withdrawn.
        reinstated: Those that were reinstated.
        learner_errors: Records refused because of the learner.
        field_errors: Records refused because of a value.
        rule_errors: Records refused by a rule.
        records: All records of the file.
        final: Achievements that are final now.
        provisional: Achievements that are provisional now.
        rejection_reason: Why the whole file was refused.
        file_name: The file's name.
        job_id: The job's number.
        submitted: When it was submitted, as the service writes it; so the next two.
        started: When it began.
        ended: When it ended.
        error_file: The text of the error file; it may hold personal details.

    A count is None where the service gives none.

    Source: ExternalService.wsdl, type AchievementBatchJobResponse (observed).
    """

    status: JobStatus | None
    created: int | None = None
    promoted: int | None = None
    updated: int | None = None
    withdrawn: int | None = None
    reinstated: int | None = None
    learner_errors: int | None = None
    field_errors: int | None = None
    rule_errors: int | None = None
    records: int | None = None
    final: int | None = None
    provisional: int | None = None
    rejection_reason: str | None = None
    file_name: str | None = None
    job_id: str | None = None
    submitted: str | None = None
    started: str | None = None
    ended: str | None = None
    error_file: str | None = attrs.field(default=None, repr=False)

    @classmethod
    def of(cls, values: Mapping[str, str | None]) -> Self:
        """Return the report of values by the names of the service's elements.

        Args:
            values: The texts; what is not there, or is no number, is None.
        """
        known = {one.value: one for one in JobStatus}
        given: dict[str, Any] = {
            name: _count(values.get(element)) for name, element in _COUNTS.items()
        }
        given |= {name: values.get(element) or None for name, element in _TEXTS.items()}
        return cls(status=known.get(values.get("Status") or ""), **given)

    @classmethod
    def read(cls, source: bytes | BinaryIO) -> Self:
        """Return the report that an answer of the service holds, in XML.

        Args:
            source: The bytes, or an open binary file.

        Raises:
            InvalidData: It is no XML that is read, or holds no such report.
            OSError: The file cannot be read.

        Source: ExternalService.wsdl, element GetAchievementBatchJobResponse (observed).
        """
        content = source if isinstance(source, bytes) else source.read()
        found: Issue | None = None
        try:
            # There is one; the parser is not asked for what comes after it.
            for element in Records(io.BytesIO(content).read, [_ELEMENT], [_PARENT]):
                texts = {split_tag(one.tag)[1]: one.text for one in element}
                return cls.of(texts)
        except Refused as refused:
            found = refusal(refused)
        raise InvalidData(Report([found or issue("job-none")]))

    @property
    def done(self) -> int:
        """How many records changed something."""
        return self._sum(_DONE)

    @property
    def refused(self) -> int:
        """How many records were refused."""
        return self._sum(_REFUSED)

    def check(self) -> Report:
        """Say what does not agree in a job that is over.

        Source: ours (assumed): every record is done or refused.
        """
        return Report(list(self._wrong()))

    def _wrong(self) -> Iterator[Issue]:
        if self.status is None:
            yield issue("job-status", "Status")
        elif self.status.is_over and self.records is not None:
            told = self.done + self.refused
            if told != self.records and not self.rejection_reason:
                yield issue("job-counts", "NumberOfRecords", told=told, of=self.records)

    def _sum(self, names: tuple[str, ...]) -> int:
        return sum(getattr(self, name) or 0 for name in names)


def _count(text: str | None) -> int | None:
    is_number = text is not None and text.isascii() and text.isdigit()
    return int(text) if text is not None and is_number and len(text) < 10 else None
