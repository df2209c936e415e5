"""Achievement files: records, their facets, and what goes together."""

import datetime as dt

import pytest

from ulnlib import batch
from ulnlib.batch import ACHIEVEMENT, ACHIEVEMENT_ERRORS
from ulnlib.batch.layouts.achievement import ACTION_CODES
from ulnlib.rules.achievements import Action

SOUND = {
    "FileVersion": "1",
    "FileName": "awards",
    "UKPRN": "10012345",
    "LearnerRecordCount": "1",
    "AchievementAwardDate": "2026-06-30",
    "Action": "2",
    "ActionDate": "2026-07-01",
    "FamilyName": "Quill",
    "GivenName": "Ada",
    "Grade": "Pass",
    "MisIdentifier": "7",
    "ProviderUkprn": "10012345",
    "Uln": "1000000043",
    "UnitOrQualificationReferenceNumber": "Y/506/1910",
}


def content(layout=ACHIEVEMENT, **changed):
    values = SOUND | changed
    row = [values.get(heading, "") for heading in layout.headings]
    return batch.write_rows(layout.headings, [row])


def read(**changed):
    return batch.read(content(**changed), as_of=dt.date(2026, 11, 28))


def test_a_sound_record_is_read_and_written_back():
    file = read()

    assert file.layout is ACHIEVEMENT
    assert not file.report
    (record,) = file.records
    assert record.learner.uln == "1000000043"
    assert record.learner.mis_identifier == "7"
    assert record.further["reference"] == "Y/506/1910"
    assert ACTION_CODES[record.further["action"]] is Action.ADD_FINAL
    assert batch.write(file) == content()


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"Uln": ""}, "mandatory-missing", "uln"),
        ({"AchievementAwardDate": ""}, "mandatory-missing", "award_date"),
        ({"Uln": "1000000044"}, "uln-check-digit", "uln"),
        ({"AchievementAwardDate": "30/06/2026"}, "date-excel", "award_date"),
        ({"AchievementAwardDate": "2026-02-30"}, "date-calendar", "award_date"),
        ({"Action": "9"}, "code-unknown", "action"),
        ({"ProviderUkprn": "1001"}, "ukprn-format", "provider_ukprn"),
        (
            {"UnitOrQualificationReferenceNumber": "Y/506/1911"},
            "unit-reference-check-letter",
            "reference",
        ),
        (
            {"UnitOrQualificationReferenceNumber": "a course"},
            "award-reference",
            "reference",
        ),
        ({"Action": "5"}, "award-reason", "action_reason"),
        ({"Action": "5", "ActionReason": " "}, "award-reason", "action_reason"),
        ({"AchievementAwardDate": "2026-12-01"}, "award-future", "award_date"),
        ({"ActionDate": "2026-06-29"}, "award-order", "action_date"),
        ({"Grade": "x" * 51}, "too-long", "grade"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(changed, code, field):
    found = {(item.code, item.field) for item in read(**changed).report}

    assert (code, field) in found


def test_what_a_value_is_wrong_with_is_said_once():
    report = read(AchievementAwardDate="2027-02-30").report

    assert [item.code for item in report] == ["date-calendar"]


def test_a_qualification_number_is_a_reference_too():
    assert not read(UnitOrQualificationReferenceNumber="600/3276/5").report


def test_a_reason_is_enough_for_a_withdrawal():
    assert not read(Action="5", ActionReason="awarded in error").report


def test_without_a_day_nothing_lies_in_the_future():
    file = batch.read(
        content(AchievementAwardDate="2099-01-01", ActionDate="2099-01-01")
    )

    assert not file.report


def test_one_learner_may_have_many_records():
    rows = [[SOUND.get(heading, "") for heading in ACHIEVEMENT.headings]] * 2
    rows[0] = [*rows[0]]
    rows[0][3] = "2"
    rows[1] = ["", "", "", "", *rows[1][4:]]
    file = batch.read(batch.write_rows(ACHIEVEMENT.headings, rows))

    assert not file.report
    assert len(file.records) == 2


def test_the_error_file_says_why():
    headings = {"ErrorType": "BusinessRule", "Error": "already final"}
    file = batch.read(content(ACHIEVEMENT_ERRORS, **headings))

    assert file.layout is ACHIEVEMENT_ERRORS
    assert not file.report
    assert file.records[0].further["error"] == "already final"


def test_every_layout_says_how_sure_it_is():
    for layout in (ACHIEVEMENT, ACHIEVEMENT_ERRORS):
        assert layout.evidence == "assumed"
        assert {column.evidence for column in layout.columns} == {"assumed"}
        assert "observed" in layout.source
