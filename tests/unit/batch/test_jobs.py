"""The report of an achievement job."""

import io

import pytest

from ulnlib.batch.jobs import JobReport, JobStatus
from ulnlib.errors import InvalidData

VALUES = {
    "Status": "Successful",
    "NumberOfRecords": "10",
    "AchievementsCreated": "5",
    "AchievementsPromotedToFinal": "1",
    "AchievementsUpdated": "1",
    "FieldDataErrors": "2",
    "BusinessRuleErrors": "1",
    "JobID": "77",
    "AchievementBatchErrorFile": "Quill,Ada",
}


def test_the_values_of_the_service_are_read():
    report = JobReport.of(VALUES)

    assert report.status is JobStatus.SUCCESSFUL
    assert (report.done, report.refused, report.records) == (7, 3, 10)
    assert report.withdrawn is None
    assert report.job_id == "77"
    assert not report.check()


def test_records_of_which_nothing_is_told_are_said():
    report = JobReport.of(VALUES | {"FieldDataErrors": None})

    assert [str(item) for item in report.check()] == [
        "NumberOfRecords: the report tells what became of 8 of 10 records [job-counts]"
    ]


@pytest.mark.parametrize("status", ["Waiting", "InProgress"])
def test_a_job_that_is_not_over_has_no_counts_yet(status):
    report = JobReport.of({"Status": status, "NumberOfRecords": "10"})

    assert not report.status.is_over
    assert not report.check()


def test_a_file_that_was_refused_whole_has_a_reason_and_no_counts():
    report = JobReport.of(
        {"Status": "Failed", "NumberOfRecords": "10", "RejectionReason": "too many"}
    )

    assert report.rejection_reason == "too many"
    assert not report.check()


@pytest.mark.parametrize("text", ["", "ten", "-1", "\u0663", "1" * 10, None])
def test_what_is_no_count_is_none(text):
    assert JobReport.of({"Status": "Failed", "NumberOfRecords": text}).records is None


@pytest.mark.parametrize("status", ["Done", "", None])
def test_a_status_that_is_not_known_is_said(status):
    report = JobReport.of({"Status": status})

    assert report.status is None
    assert [item.code for item in report.check()] == ["job-status"]


def test_the_error_file_is_not_shown():
    assert "Quill" not in repr(JobReport.of(VALUES))


ANSWER = (
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
    b'<GetAchievementBatchJobResponse xmlns="http://api.lrs.qcf.gov.uk/services">'
    b'<GetAchievementBatchJobResult xmlns:a="http://api.lrs.qcf.gov.uk/model">'
    b"<a:AchievementBatchErrorFile>Quill,Ada</a:AchievementBatchErrorFile>"
    b"<a:NumberOfRecords>3</a:NumberOfRecords><a:RejectionReason/>"
    b"<a:Status>Successful</a:Status>"
    b"</GetAchievementBatchJobResult></GetAchievementBatchJobResponse>"
    b"</s:Body></s:Envelope>"
)


@pytest.mark.parametrize("kind", [bytes, io.BytesIO])
def test_an_answer_of_the_service_is_read(kind):
    report = JobReport.read(kind(ANSWER))

    assert (report.status, report.records) == (JobStatus.SUCCESSFUL, 3)
    assert report.error_file == "Quill,Ada"
    assert report.rejection_reason is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "xml-malformed"),
        (b"<a/>", "job-none"),
        (b"<!DOCTYPE a><a/>", "xml-doctype"),
        (ANSWER[:-30].replace(b"</a:Status>", b"Quill"), "xml-malformed"),
    ],
)
def test_what_is_no_answer_is_refused(content, code):
    with pytest.raises(InvalidData) as caught:
        JobReport.read(content)

    assert [item.code for item in caught.value.report] == [code]
    assert "Quill" not in str(caught.value)
