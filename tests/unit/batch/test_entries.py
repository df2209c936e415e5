"""Rows of files that are no LRB files: what goes together is said by their kind."""

import datetime as dt

import pytest

from ulnlib import Learner, batch
from ulnlib.batch import ACHIEVEMENT, VLD, VLD_OUTPUT
from ulnlib.batch.entries import EntryRules

DAY = dt.date(2026, 11, 28)
ADA = Learner(uln="1000000043", given_name="Ada", family_name="Quill")


def codes(layout, learner=ADA, as_of=DAY, **further):
    found = EntryRules(layout, as_of).check(learner, further)
    return [(item.code, item.field) for item in found]


def test_a_sound_row_has_no_finding():
    assert codes(VLD) == []
    assert codes(VLD_OUTPUT, response_code="WSVRC001") == []


def test_what_is_wrong_is_said_in_the_order_of_the_columns():
    learner = Learner(uln="1", given_name="Ada", date_of_birth="x")

    assert [name for _, name in codes(VLD, learner)] == [
        "uln",
        "family_name",
        "date_of_birth",
    ]


def test_a_value_of_its_own_that_has_to_be_given_is_asked_for():
    assert codes(VLD_OUTPUT) == [("mandatory-missing", "response_code")]


def test_what_goes_together_is_not_asked_of_a_value_that_is_wrong_by_itself():
    found = codes(ACHIEVEMENT, award_date="x", action="2", action_date="2026-07-01")

    assert [code for code, name in found if name == "award_date"] == ["date-format"]


@pytest.mark.parametrize(("as_of", "expected"), [(DAY, ["award-future"]), (None, [])])
def test_without_a_day_nothing_lies_in_the_future(as_of, expected):
    found = codes(ACHIEVEMENT, as_of=as_of, award_date="2027-01-01")

    assert [code for code, name in found if name == "award_date"] == expected


def test_only_values_of_the_layout_are_kept():
    rules = EntryRules(VLD_OUTPUT, None)

    assert rules.further({"response_code": "WSVRC001", "uln": "1"}) == {
        "response_code": "WSVRC001"
    }


def test_an_unknown_flag_and_an_unknown_code_are_said():
    headings = ",".join(VLD_OUTPUT.headings)
    row = "1,1000000043,Quill,Ada,,,WSVRC009,,,,,,VRF1;VRF9"
    report = batch.read(f"{headings}\r\n{row}\r\n".encode()).report

    assert [item.code for item in report] == ["code-unknown", "verify-flags"]
