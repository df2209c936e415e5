"""A credit check: one number, and nothing else."""

import pytest

from builders.plr import ADA, AS_OF, AT, CLERK, ILR, NPD, UNIT, changed
from ulnlib import Learner
from ulnlib.errors import InvalidValue
from ulnlib.plr import CreditAnswer, CreditRow, Record, credit_check
from ulnlib.rules.sharing import CONDITIONS, Subject

RECORD = Record([UNIT, NPD, ILR])
ROW = CreditRow(
    awarding_organisation="EXAMPLE AWARDS",
    reference="K/501/5773",
    title="Introduction to Construction Work",
    level="Level 1",
    award_date="2010-01-01",
    grade="Pass",
    credits=2,
)


def check(number="K/501/5773", *, record=RECORD, asked=ADA, share="1", **given):
    subject = Subject(share=share, is_learner_sensitive=given.pop("vip", False))
    return credit_check(
        record,
        number,
        asked=asked,
        held=ADA,
        subject=subject,
        by=CLERK,
        at=AT,
        as_of=AS_OF,
        **given,
    )


class TestWhatIsThere:
    def test_its_row_and_an_entry_of_the_log(self):
        answer = check()

        assert answer
        assert answer.rows == (ROW,)
        assert [(one.uln, one.action) for one in answer.accesses] == [
            ("1000000043", "credit check")
        ]

    @pytest.mark.parametrize("number", ["K5015773", "k/501/5773", " K/501/5773 "])
    def test_however_the_number_is_written(self, number):
        assert check(number).rows == (ROW,)

    def test_a_qualification_with_strokes_is_the_learning_aim(self):
        record = Record([changed(UNIT, subject_code="50096039")])

        assert check("500/9603/9", record=record)

    def test_only_what_is_asked_for(self):
        assert [row.reference for row in check("50025685").rows] == ["50025685"]

    def test_two_grades_of_one_achievement_are_both_told(self):
        twice = Record([UNIT, changed(UNIT, id="70", grade="Merit")])

        assert [row.grade for row in check(record=twice).rows] == ["Pass, Merit"]

    @pytest.mark.parametrize(
        "values", [{"grade": "Fail"}, {"grade": "Merit", "status": "P"}]
    )
    def test_a_grade_that_is_no_achievement_is_not_told_beside_one(self, values):
        twice = Record([changed(UNIT, id="70", **values), UNIT])

        assert check(record=twice).rows == (ROW,)

    def test_a_number_of_digits_may_be_one(self):
        assert check(50025685).rows == check("50025685").rows

    def test_what_was_achieved_twice_has_a_row_each_in_order_of_date(self):
        again = changed(UNIT, id="70", award_date="2009-01-01")

        assert [row.award_date for row in check(record=Record([UNIT, again])).rows] == [
            "2009-01-01",
            "2010-01-01",
        ]

    def test_an_awarding_organisation_that_is_not_known_is_left_empty(self):
        record = Record([changed(UNIT, awarding_organisation_name="UNKNOWN")])

        assert check(record=record).rows[0].awarding_organisation == ""

    @pytest.mark.parametrize(
        "asked",
        [
            Learner(uln="100 000 0043", given_name="ADA", family_name=" example "),
            ADA.evolve(date_of_birth=None, gender=""),
        ],
    )
    def test_names_and_spaces_are_compared_kindly(self, asked):
        assert check(asked=asked)

    def test_no_person_is_in_a_repr(self):
        assert repr(check().rows) == "(CreditRow(),)"


NOTHING = {
    "not recorded": {"number": "Y/506/1910"},
    "not shared": {"share": "0"},
    "opted out": {"share": "2"},
    "no value": {"share": None},
    "a sensitive learner": {"vip": True},
    "a sensitive qualification": {"record": Record([changed(UNIT, is_sensitive=True)])},
    "one of its events is sensitive": {
        "record": Record([UNIT, changed(UNIT, id="70", restriction="9")])
    },
    "sensitive by the caller's rule": {"is_sensitive": bool},
    "participation alone": {"number": "10016454"},
    "failed": {"record": Record([changed(UNIT, grade="Fail")])},
    "provisional": {"record": Record([changed(UNIT, status="P")])},
    "an empty record": {"record": Record([])},
    "another's ULN": {"asked": ADA.evolve(uln="1000000051")},
    "another's name": {"asked": ADA.evolve(given_name="Eve")},
    "another's date of birth": {"asked": ADA.evolve(date_of_birth="2001-02-04")},
    "another's gender": {"asked": ADA.evolve(gender="1")},
}


@pytest.mark.parametrize("why", NOTHING)
def test_every_refusal_is_the_same_answer(why):
    answer = check(**NOTHING[why])

    assert answer == CreditAnswer()
    assert not answer
    assert repr(answer) == "CreditAnswer(rows=(), accesses=())"


class TestWhatIsAsked:
    @pytest.mark.parametrize(
        "number", ["", " ", "K", "%", "*", "K/501", "K/501/5773 Y/506/1910"]
    )
    def test_a_whole_number_is_mandatory(self, number):
        with pytest.raises(InvalidValue, match="whole number") as caught:
            check(number)
        assert caught.value.reason == "number"

    @pytest.mark.parametrize("name", ["uln", "given_name", "family_name"])
    @pytest.mark.parametrize("value", [None, "", " "])
    def test_so_are_three_details(self, name, value):
        with pytest.raises(InvalidValue, match="needs ULN") as caught:
            check(asked=ADA.evolve(**{name: value}))
        assert caught.value.reason == "details"

    def test_a_caller_may_replace_the_conditions(self):
        none = tuple(one for one in CONDITIONS if one.clause != "SL-S-1")

        assert check(vip=True, conditions=none)


class TestSensitive:
    def test_a_sensitive_event_without_the_code_hides_it_by_the_title(self):
        hidden = changed(UNIT, id="17", subject_code=None, is_sensitive=True)

        assert check(record=Record([UNIT, hidden])) == CreditAnswer()


class TestDetails:
    @pytest.mark.parametrize("gender", ["0", "9", "", None])
    def test_a_gender_that_is_not_known_says_nothing(self, gender):
        assert check(asked=ADA.evolve(gender=gender))
        assert not check(asked=ADA.evolve(gender="1"))

    @pytest.mark.parametrize("born", ["03/02/2001", "20010203", "2001-02-30"])
    def test_a_day_that_is_none_is_the_askers_mistake(self, born):
        with pytest.raises(InvalidValue) as caught:
            check(asked=ADA.evolve(date_of_birth=born))
        assert caught.value.reason == "date_of_birth"
        assert born not in str(caught.value)


class TestMergedUlns:
    OLD = ADA.evolve(uln="1000000051")

    def test_the_old_uln_is_the_learners_too(self):
        answer = check(asked=self.OLD, linked_ulns=["1000000051"])

        assert answer.rows == (ROW,)
        assert [one.uln for one in answer.accesses] == [ADA.uln]

    def test_one_that_nobody_names_is_not(self):
        assert check(asked=self.OLD) == CreditAnswer()
        assert check(asked=self.OLD, linked_ulns=["1000000078"]) == CreditAnswer()
