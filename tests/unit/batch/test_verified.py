"""What the output of a verify file says of a record, joined to what was sent."""

import pytest

from ulnlib import Learner, Register, batch
from ulnlib.batch import Fate
from ulnlib.batch.verified import read_verified

ULN, MASTER = "1000000043", "1000000051"
ADA = Learner(mis_identifier="7", uln=ULN, family_name="McDonald", given_name="Ada")


def record(code, learner=ADA, **further):
    headings = batch.VLD_OUTPUT.headings
    cells = {
        "MISIdentifier": learner.mis_identifier,
        "SearchedULN": learner.uln,
        "SearchedFamilyName": learner.family_name,
        "SearchedGivenName": learner.given_name,
        "ResponseCode": code,
        **further,
    }
    row = [cells.get(heading) or "" for heading in headings]
    return batch.read(batch.write_rows(headings, [row]))


def told(code, **further):
    return read_verified(record(code, **further).records[0], ADA)


def test_a_match_needs_nothing():
    found = told("WSVRC001", ULN=ULN)

    assert (found.code, str(found.uln), found.alias) == ("WSVRC001", ULN, None)
    assert (found.is_exception, found.updates, found.evidence) == (
        False,
        (),
        "observed",
    )


def test_a_linked_record_gives_the_masters_uln_and_keeps_the_other():
    found = told("WSVRC002", ULN=MASTER)

    assert (str(found.uln), str(found.alias)) == (MASTER, ULN)
    assert [(one.field, one.kind.value) for one in found.updates] == [
        ("uln", "replaced")
    ]
    assert not found.is_exception


@pytest.mark.parametrize("held", ["", "123"])
def test_a_linked_record_without_the_masters_uln_lacks_it(held):
    found = told("WSVRC002", ULN=held)

    assert found.lacks_uln
    assert found.is_exception
    assert found.uln is None
    assert found.steps[0].startswith("The output does not tell the ULN")


def test_similar_names_need_a_person_and_update_nothing():
    found = told(
        "WSVRC003", ULN=ULN, FamilyName="Macdonald", GivenName="Ada", FailureFlag="VRF5"
    )

    assert found.is_exception
    assert (found.uln, found.updates, found.flags) == (None, (), ("VRF5",))
    assert "Family name sent, with family name held" in found.to_text()
    assert "The service holds otherwise: Family name." in found.to_text()
    assert "acdonald" not in found.to_text()


def test_what_was_not_sent_is_not_held_otherwise():
    found = told("WSVRC001", given=ADA.evolve(gender=None), ULN=ULN, Gender="2")

    assert "holds otherwise" not in found.to_text()
    assert "The output has what you did not send: Gender." in found.to_text()


@pytest.mark.parametrize("code", ["WSVRC005", "WSVRC006"])
def test_a_uln_that_is_not_the_learners_is_not_given(code):
    found = told(code, FailureFlag="VRF1 XYZ VRF7")

    assert found.is_exception
    assert found.uln is None
    assert found.flags == ("VRF1", "VRF7")


@pytest.mark.parametrize(("code", "kept"), [("WSVRC099", "WSVRC099"), ("Quill", None)])
def test_a_code_that_is_not_known_needs_a_person(code, kept):
    found = told(code)

    assert (found.code, found.evidence, found.is_exception) == (kept, "unknown", True)


def test_a_verify_file_is_joined_to_its_output():
    other = Learner(mis_identifier="8", uln=MASTER, family_name="Khan", given_name="Zo")
    register = Register()
    register.add(ADA.evolve(mis_identifier=None))
    sent = batch.make([ADA, other], ukprn="10012345", file_name="x", layout=batch.VLD)
    back = batch.read(batch.write(batch.answer(sent, register)))

    result = batch.join(sent, back)

    assert result.is_complete
    assert result.return_codes == {"WSVRC001": 1, "WSVRC006": 1}
    assert [one.answer.is_exception for one in result.records] == [False, True]
    assert "verify files" in result.assumed
    assert result.to_dict()["records"][0]["answer"]["flags"] == []


def test_another_persons_answer_is_not_joined():
    back = record("WSVRC001", ADA.evolve(given_name="Wilhelmina", family_name="Ott"))
    sent = batch.make([ADA], ukprn="10012345", file_name="x", layout=batch.VLD)

    result = batch.join(sent, back)

    assert [one.fate for one in result.records] == [Fate.DOUBTFUL]


@pytest.mark.parametrize(
    ("code", "cells", "foreign"),
    [
        ("WSVRC001", {"SearchedULN": MASTER}, ("uln",)),
        ("WSVRC003", {"SearchedULN": MASTER}, ("uln",)),
        ("WSVRC001", {"ULN": MASTER}, ("uln",)),
        ("WSVRC002", {"ULN": MASTER}, ()),
        ("WSVRC001", {"GivenName": "Wilhelmina"}, ("given_name",)),
        ("WSVRC003", {"GivenName": "Wilhelmina"}, ()),
        ("WSVRC001", {"FamilyName": "Ott"}, ()),
        ("WSVRC001", {"SearchedULN": "1E+09"}, ()),
    ],
)
def test_what_is_said_of_another_uln_is_not_joined(code, cells, foreign):
    sent = batch.make([ADA], ukprn="10012345", file_name="x", layout=batch.VLD)

    [one] = batch.join(sent, record(code, **cells)).records

    assert one.foreign == foreign
    assert (one.fate is Fate.DOUBTFUL) is bool(foreign)


def test_the_output_of_another_kind_is_told():
    sent = batch.make([ADA], ukprn="10012345", file_name="x")

    codes = [item.code for item in batch.join(sent, record("WSVRC001")).report]

    assert codes == ["join-other-kind"]


def test_inputs_of_two_kinds_are_told():
    first = batch.make([ADA], ukprn="10012345", file_name="x", layout=batch.VLD)
    second = batch.make(
        [ADA.evolve(mis_identifier="9")], ukprn="10012345", file_name="x"
    )

    result = batch.join([first, second], record("WSVRC001"))

    assert "join-other-kind" in [item.code for item in result.report]
    assert not result.is_complete
