"""What the error file of an achievement job says, joined to what was sent."""

import attrs
import pytest

from ulnlib import batch
from ulnlib.batch import Fate
from ulnlib.batch.jobs import JobReport, JobStatus
from ulnlib.batch.refused import Refusal
from ulnlib.errors import InvalidValue

ROW = {
    "AchievementAwardDate": "2026-06-30",
    "Action": "2",
    "ActionDate": "2026-07-01",
    "FamilyName": "Khan",
    "GivenName": "Zoe",
    "MisIdentifier": "7",
    "ProviderUkprn": "10012345",
    "Uln": "1000000051",
}
UNITS = ("Y/506/1910", "J/506/1911", "L/506/1912")
ABOUT = {
    "FileVersion": "1",
    "FileName": "awards",
    "UKPRN": "10012345",
    "LearnerRecordCount": "3",
}


def file(layout, rows):
    cells = [[row.get(name, "") for name in layout.headings] for row in rows]
    return batch.read(batch.write_rows(layout.headings, cells))


def unit(n, **more):
    return ROW | {"UnitOrQualificationReferenceNumber": UNITS[n]} | more


def sent():
    return file(batch.ACHIEVEMENT, [ABOUT | unit(0), unit(1), unit(2)])


def errors(*rows):
    return file(batch.ACHIEVEMENT_ERRORS, rows)


ONE = unit(1, ErrorType="LearnerDataError", Error="Zoe Khan is not the learner")
JOB = JobReport(status=JobStatus.SUCCESSFUL, records=3, created=2, learner_errors=1)


def codes(result):
    return [item.code for item in result.report]


def fates(result):
    return [one.fate.value for one in result.records]


def test_what_is_not_named_was_done_and_the_rest_says_why_not():
    result = batch.join(sent(), errors(ONE), jobs=[JOB])

    assert fates(result) == ["accepted", "joined", "accepted"]
    assert result.is_complete
    [refused] = result.exceptions
    assert refused.answer.code == "learner"
    assert refused.answer.is_assumed
    assert refused.answer.updates == ()
    assert result.return_codes == {"learner": 1}
    assert "Khan" not in str(result.to_dict(personal=True))
    assert b"Khan" not in result.table()
    assert sum(result.input_counts[0].values()) == 3


def test_a_job_without_errors_has_no_error_file():
    job = attrs.evolve(JOB, created=3, learner_errors=None)

    result = batch.join(sent(), [], jobs=[job])

    assert fates(result) == ["accepted"] * 3
    assert result.is_complete
    assert len(result.accepted) == 3


def test_without_a_report_that_is_only_assumed():
    result = batch.join(sent(), errors(ONE))

    assert fates(result) == ["accepted", "joined", "accepted"]
    assert codes(result) == ["join-job-missing"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": JobStatus.IN_PROGRESS}, "join-job-not-done"),
        ({"status": JobStatus.FAILED}, "join-job-not-done"),
        ({"rejection_reason": "wrong version"}, "join-job-not-done"),
        ({"status": None}, "join-job-not-done"),
        ({"records": 4, "created": 3}, "join-job-counts"),
        ({"field_errors": 1, "created": 1}, "join-job-counts"),
        ({"records": None, "created": 1}, "join-job-counts"),
        ({"records": None, "created": None, "learner_errors": 1}, "join-job-counts"),
    ],
)
def test_where_the_report_does_not_agree_nothing_is_taken_as_done(change, code):
    result = batch.join(sent(), errors(ONE), jobs=[attrs.evolve(JOB, **change)])

    assert fates(result) == ["missing", "joined", "missing"]
    assert code in codes(result)
    assert not result.is_complete


def test_a_record_that_is_named_twice_has_both_errors():
    again = unit(1, ErrorType="Business rule", Error="no such step")
    job = attrs.evolve(JOB, rule_errors=1, created=1)

    result = batch.join(sent(), errors(ONE, again), jobs=[job])

    one = result.records[1]
    assert one.fate is Fate.JOINED
    assert one.answer.code == "learner rule"
    assert [place[1] for place in one.rivals] == [3]
    assert Refusal.RULE.remedy in one.answer.steps
    assert {one.fate for one in result.output_records} == {Fate.JOINED}


def test_a_record_that_is_named_twice_is_counted_once():
    again = unit(1, ErrorType="Business rule", Error="no such step")

    result = batch.join(sent(), errors(ONE, again), jobs=[JOB])

    assert fates(result) == ["accepted", "joined", "accepted"]
    assert result.is_complete


@pytest.mark.parametrize(
    "change",
    [
        {"MisIdentifier": "8"},
        {"UnitOrQualificationReferenceNumber": "A/506/1913"},
        {"MisIdentifier": "", "Uln": ""},
        {"FamilyName": "Quillfeather", "GivenName": "Barnaby"},
    ],
)
@pytest.mark.parametrize("jobs", [[], [JOB]])
def test_an_error_that_is_of_no_record_leaves_nothing_as_done(change, jobs):
    result = batch.join(sent(), errors(ONE | change), jobs=jobs)

    assert not result.accepted
    assert not result.is_complete


@pytest.mark.parametrize("with_right", [True, False])
def test_a_file_that_is_no_error_file_leaves_nothing_as_done(with_right):
    right = [errors(ONE)] if with_right else []
    lrb = batch.make([], ukprn="10012345", file_name="x")

    for other in (batch.read(b"hello\n"), lrb, sent()):
        assert not batch.join(sent(), [*right, other]).accepted


def test_an_error_of_no_known_kind_needs_a_person():
    result = batch.join(sent(), errors(ONE | {"ErrorType": "Quill"}), jobs=[JOB])

    answer = result.records[1].answer
    assert (answer.code, answer.evidence, answer.is_exception) == (
        None,
        "unknown",
        True,
    )


def test_another_unit_of_the_learner_is_another_record():
    other = ONE | {"UnitOrQualificationReferenceNumber": "A/506/1913"}

    result = batch.join(sent(), errors(other), jobs=[JOB])

    assert [one.fate for one in result.output_records] == [Fate.UNKNOWN]
    assert "join-unknown" in codes(result)


def test_one_achievement_twice_is_ambiguous():
    twice = file(batch.ACHIEVEMENT, [ABOUT | unit(0), unit(0), unit(1)])

    result = batch.join(twice, errors(ONE), jobs=[JOB])

    assert fates(result) == ["ambiguous", "ambiguous", "joined"]
    assert "action" in result.report[0].message


def test_a_record_without_identifier_and_uln_has_nothing_to_be_joined_by():
    bare = file(
        batch.ACHIEVEMENT, [ABOUT | unit(0, MisIdentifier="", Uln=""), unit(1), unit(2)]
    )

    assert fates(batch.join(bare, errors(ONE), jobs=[JOB]))[0] == "no_identifier"


def test_an_error_file_is_not_joined_by_position():
    other = errors(ONE, ONE, ONE)

    with pytest.raises(InvalidValue, match="only what was refused"):
        batch.join(sent(), other, by="position")


def test_other_files_have_no_job():
    lrb = batch.make([], ukprn="10012345", file_name="x")

    with pytest.raises(InvalidValue):
        batch.join(lrb, lrb, jobs=[JOB])
