"""The report of an achievement job."""

import pytest

from ulnlib.batch.jobs import JobReport, JobStatus

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
