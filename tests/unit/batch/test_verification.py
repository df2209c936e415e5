"""Verify files: what is sent, what comes back, and who is shown."""

import pytest

from ulnlib import Learner, Register, batch
from ulnlib.batch import VLD, VLD_OUTPUT
from ulnlib.codes import VerifyCode

ADA = Learner(
    uln="1000000043",
    given_name="Ada",
    family_name="MacDonald",
    date_of_birth="2007-05-24",
    gender="2",
)
ASKED = (
    "FileVersion,FileName,UKPRN,LearnerRecordCount,"
    "MISIdentifier,ULN,FamilyName,GivenName,DateOfBirth,Gender\r\n"
)


def asked(*rows, count=None):
    first, *rest = rows
    count = len(rows) if count is None else count
    lines = [f"1,verify,10012345,{count},{first}", *[f",,,,{row}" for row in rest]]
    return (ASKED + "".join(f"{line}\r\n" for line in lines)).encode()


@pytest.fixture
def register():
    with Register() as register:
        register.add(ADA)
        yield register


def codes(file):
    return [record.further["response_code"] for record in file.records]


class TestReading:
    def test_a_file_is_known_by_its_headings(self):
        file = batch.read(asked("7,1000000043,MacDonald,Ada,2007-05-24,2"))

        assert file.layout is VLD
        assert not file.report
        (record,) = file.records
        assert record.learner == ADA.evolve(mis_identifier="7")
        assert file.values.ukprn == "10012345"
        assert file.is_clean
        assert batch.write(file) == asked("7,1000000043,MacDonald,Ada,2007-05-24,2")

    def test_date_and_gender_may_be_left_out_and_nothing_else(self):
        file = batch.read(asked("7,1000000043,MacDonald,Ada,,", "8,,,,,"))

        assert [(item.row, item.field) for item in file.report] == [
            (3, "uln"),
            (3, "family_name"),
            (3, "given_name"),
        ]
        assert {item.code for item in file.report} == {"mandatory-missing"}

    @pytest.mark.parametrize(
        ("row", "code"),
        [
            ("7,1000000044,MacDonald,Ada,,", "uln-check-digit"),
            ("7,1000000043,MacDonald,Ada,24/05/2007,", "date-excel"),
            ("7,1000000043,MacDonald,Ada,,F", "code-word"),
            (f"7,1000000043,{'x' * 36},Ada,,", "too-long"),
            ("7,1000000043,MacDonald,Ada,,2,more", "columns-extra"),
            ("7,1000000043,MacDonald", "columns-missing"),
        ],
    )
    def test_what_is_wrong_with_a_row_is_said(self, row, code):
        file = batch.read(asked(row))

        assert code in [item.code for item in file.report]
        assert {item.row for item in file.report} == {2}

    def test_a_wrong_count_and_blank_rows_are_said(self):
        content = asked("7,1000000043,MacDonald,Ada,,", count=3) + b",,,,,,,,,\r\n"

        assert [item.code for item in batch.read(content).report] == [
            "blank-rows",
            "record-count",
        ]

    def test_a_column_that_is_only_assumed_may_be_missing(self):
        content = b"MISIdentifier,ULN,FamilyName,GivenName,DateOfBirth,Gender\r\n"
        file = batch.read(content + b"7,1000000043,MacDonald,Ada,,\r\n")

        assert file.layout is VLD
        assert {item.code for item in file.report} == {"heading-missing-assumed"}
        assert file.records[0].learner.uln == "1000000043"

    def test_a_caller_s_own_layout_is_read_and_written(self):
        names = ("uln", "given_name", "family_name")
        own = VLD.with_columns([(name, name.upper()) for name in names])
        content = b"ULN,GIVEN_NAME,FAMILY_NAME\r\n1000000043,Ada,MacDonald\r\n"

        file = batch.read(content, layout=own)
        assert not file.report
        assert batch.write(file) == content

    @pytest.mark.parametrize(
        ("columns", "why"),
        [
            ([("uln", "ULN"), ("postcode", "P")], "column 2 is none"),
            ([("uln", "ULN"), ("uln", "U")], "twice"),
        ],
    )
    def test_columns_that_the_layout_does_not_have_are_refused(self, columns, why):
        with pytest.raises(ValueError, match=why):
            VLD.with_columns(columns)


class TestAnswering:
    def test_every_record_has_a_code_and_what_the_register_holds(self, register):
        file = batch.read(
            asked(
                "1,1000000043,MacDonald,Ada,2007-05-24,2",
                "2,1000000043,McDonald,Ada,,",
                "3,1000000043,Khan,Zoe,,1",
                "4,1000000051,MacDonald,Ada,,",
                "5,1000000044,MacDonald,Ada,,",
            )
        )
        answered = batch.answer(file, register)

        assert answered.layout is VLD_OUTPUT
        assert codes(answered) == [
            "WSVRC001", "WSVRC003", "WSVRC005", "WSVRC006", "WSVRC006",
        ]  # fmt: skip
        assert answered.records[1].further == {
            "response_code": "WSVRC003",
            "failure_flags": "VRF4 VRF5",
            "found_uln": "1000000043",
            "found_family_name": "MacDonald",
            "found_given_name": "Ada",
            "found_date_of_birth": "2007-05-24",
            "found_gender": "2",
        }

    def test_somebody_else_is_not_shown(self, register):
        file = batch.read(asked("3,1000000043,Khan,Zoe,,1"))
        (record,) = batch.answer(file, register).records

        assert set(record.further) == {"response_code", "failure_flags"}

    def test_of_a_linked_uln_the_master_is_shown(self, register):
        register.add(ADA.evolve(uln="1000000051", family_name="Quill"))
        register.merge("1000000051", into="1000000043")
        file = batch.read(asked("1,1000000051,Quill,Ada,,"))
        (record,) = batch.answer(file, register).records

        assert record.further["response_code"] == VerifyCode.LINKED_MATCH.value
        assert record.further["found_uln"] == "1000000043"

    def test_an_answer_is_written_and_read_back(self, register):
        file = batch.read(
            asked("1,1000000043,McDonald,Ada,,", "2,1000000051,Khan,Zoe,,")
        )
        content = batch.write(batch.answer(file, register))
        back = batch.read(content)

        assert back.layout is VLD_OUTPUT
        assert not back.report
        assert codes(back) == ["WSVRC003", "WSVRC006"]
        assert back.records[0].learner == file.records[0].learner
        assert batch.write(back) == content

    def test_an_unknown_flag_and_an_unknown_code_are_said(self):
        headings = ",".join(VLD_OUTPUT.headings)
        row = "1,1000000043,Quill,Ada,,,WSVRC009,,,,,,VRF1;VRF9"
        report = batch.read(f"{headings}\r\n{row}\r\n".encode()).report

        assert [item.code for item in report] == ["code-unknown", "verify-flags"]

    def test_no_detail_of_a_person_is_in_a_repr(self, register):
        file = batch.read(asked("1,1000000043,MacDonald,Ada,,"))
        text = repr(batch.answer(file, register).records[0])

        assert "MacDonald" not in text
        assert "2007" not in text
