"""Verify files answered from a register: who is shown, and who is not."""

import pytest

from builders.verify import ADA, asked
from ulnlib import Register, batch
from ulnlib.batch import VLD_OUTPUT
from ulnlib.codes import VerifyCode
from ulnlib.errors import InvalidData, InvalidValue


@pytest.fixture
def register():
    with Register() as register:
        register.add(ADA)
        yield register


def codes(file):
    return [record.further["response_code"] for record in file.records]


def test_every_record_has_a_code_and_what_the_register_holds(register):
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


def test_somebody_else_is_not_shown(register):
    file = batch.read(asked("3,1000000043,Khan,Zoe,,1"))
    (record,) = batch.answer(file, register).records

    assert set(record.further) == {"response_code", "failure_flags"}


def test_of_a_linked_uln_the_master_is_shown(register):
    register.add(ADA.evolve(uln="1000000051", family_name="Quill"))
    register.merge("1000000051", into="1000000043")
    file = batch.read(asked("1,1000000051,Quill,Ada,,"))
    (record,) = batch.answer(file, register).records

    assert record.further["response_code"] == VerifyCode.LINKED_MATCH.value
    assert record.further["found_uln"] == "1000000043"


def test_an_answer_is_written_and_read_back(register):
    file = batch.read(asked("1,1000000043,McDonald,Ada,,", "2,1000000051,Khan,Zoe,,"))
    content = batch.write(batch.answer(file, register))
    back = batch.read(content)

    assert back.layout is VLD_OUTPUT
    assert not back.report
    assert codes(back) == ["WSVRC003", "WSVRC006"]
    assert back.records[0].learner == file.records[0].learner
    assert batch.write(back) == content


def test_no_detail_of_a_person_is_in_a_repr(register):
    file = batch.read(asked("1,1000000043,MacDonald,Ada,,"))
    text = repr(batch.answer(file, register).records[0])

    assert "MacDonald" not in text
    assert "2007" not in text


def test_what_is_no_verify_file_is_not_answered(register):
    with pytest.raises(InvalidValue):
        batch.answer(batch.make([ADA], ukprn="1", file_name="x"), register)
    with pytest.raises(InvalidData):
        batch.answer(batch.read(b"GIF89a"), register)


@pytest.mark.parametrize("is_synthetic", [False, True])
def test_a_synthetic_register_is_named_in_the_reference(is_synthetic):
    file = batch.read(asked("1,1000000043,MacDonald,Ada,,"))
    with Register(synthetic=is_synthetic) as register:
        assert batch.answer(file, register).values.is_synthetic is is_synthetic
