"""Exceptions as plain values, and back."""

import json

import attrs
import pytest

from builders.exceptions import ADA, AT, CORRECTED, IN_STATE, ULN, one
from ulnlib import batch
from ulnlib.batch import BatchException, ExceptionState, StepRefused
from ulnlib.errors import InvalidValue


def test_who_was_stored_without_details_is_not_sent_again():
    stored = BatchException.from_dict(CORRECTED.to_dict())

    with pytest.raises(StepRefused) as refused:
        batch.resubmission([stored], ukprn="10012345", file_name="again", at=AT)
    assert refused.value.reason == "details"


@pytest.mark.parametrize("state", ExceptionState)
def test_plain_values_come_back(state):
    case = IN_STATE[state].offer([ADA.evolve(uln=ULN, postcode="ZA1 1AD")])

    text = json.dumps(case.to_dict(personal=True))

    assert BatchException.from_dict(json.loads(text)) == case


def test_without_the_person_only_numbers_and_codes_are_there():
    case = attrs.evolve(CORRECTED, learner=ADA.evolve(uln="Example", notes="x"))

    plain = case.to_dict()

    assert "Example" not in json.dumps(plain)
    assert plain["learner"] == {
        "uln": None,
        "mis_identifier": "M1",
        "ability_to_share": "1",
        "verification_type": "2",
    }
    assert BatchException.from_dict(plain).learner.mis_identifier == "M1"


CHANGES = [
    ("version", 2),
    ("version", None),
    ("version", True),
    ("file", None),
    ("row", "7"),
    ("row", True),
    ("return_code", 7),
    ("uploaded", "21/11/2026"),
    ("uploaded", "1900-02-29"),
    ("state", "open"),
    ("learner", None),
    ("learner", {"given_name": 7}),
    ("uln", "12"),
    ("uln", ULN),
    ("reason", "because"),
    ("reason", "duplicate"),
    ("correction", []),
    ("correction", {}),
    ("history", {}),
    ("history", ["Ada"]),
    ("history", [{"event": "Ada", "at": "x"}]),
    ("history", [{"event": None}]),
    ("candidates", [{"uln": ULN, "differing": ["Ada"], "by_field": {}}]),
    ("candidates", [{"uln": ULN, "differing": [], "by_field": {"Ada": "x"}}]),
    ("candidates", [{"uln": ULN, "differing": [], "by_field": {"postcode": "Ada"}}]),
    ("candidates", [{"uln": ULN, "differing": "Ada", "by_field": {}}]),
    ("by", 7),
]


@pytest.mark.parametrize(("name", "value"), CHANGES)
def test_what_is_no_exception_is_refused_by_the_name_of_the_member(name, value):
    plain = one().to_dict(personal=True) | {name: value}

    with pytest.raises(InvalidValue) as refused:
        BatchException.from_dict(plain)

    assert name in str(refused.value)
    assert "Ada" not in str(refused.value)


@pytest.mark.parametrize("values", [None, [], "Ada", 7, {}])
def test_what_is_no_object_is_refused(values):
    with pytest.raises(InvalidValue):
        BatchException.from_dict(values)


def test_a_list_of_unknown_members_is_passed_over():
    plain = one().to_dict(personal=True) | {"new": 1}

    assert BatchException.from_dict(plain) == one()
