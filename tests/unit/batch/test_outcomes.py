"""What can happen to a record, and the return code that says so."""

import attrs
import pytest

from ulnlib.batch.outcomes import (
    DEFAULT_RETURN_CODES,
    Count,
    Happening,
    ReturnCodes,
    of_defects,
)
from ulnlib.codes import ReturnCode
from ulnlib.issues import issue

TABLE = [
    (Happening.CREATED, "RC001", Count.NEW),
    (Happening.FOUND, "RC002", Count.EXISTING),
    (Happening.UPDATED, "RC003", Count.EXISTING),
    (Happening.LINKED, "RC004", Count.EXISTING),
    (Happening.NOBODY, "RC005", Count.NOT_FOUND),
    (Happening.INSUFFICIENT, "RC006", Count.REJECTED),
    (Happening.POSSIBLE, "RC007", Count.POSSIBLE),
    (Happening.TOO_MANY, "RC008", Count.POSSIBLE),
    (Happening.ULN_UNKNOWN, "RC009", Count.NOT_FOUND),
    (Happening.ULN_DISAGREES, "RC009", Count.REJECTED),
    (Happening.NULL, "RC010", Count.REJECTED),
    (Happening.FORMAT, "RC011", Count.REJECTED),
    (Happening.IDENTIFIER, "RC012", Count.REJECTED),
    (Happening.AGE, "RC013", Count.REJECTED),
    (Happening.DUPLICATE, "RC011", Count.REJECTED),
    (Happening.COMBINATION, "RC011", Count.REJECTED),
    (Happening.SHARE_REFUSED, "RC011", Count.REJECTED),
]

NULL = issue("mandatory-missing", "gender", label="Gender")
FORMAT = issue("date-format", "date_of_birth")
OTHER_FORMAT = issue("email-none", "email")
IDENTIFIER = issue("upn-format", "upn")
AGE = issue("age-too-old", "date_of_birth")
DUPLICATE = issue("duplicate-uln", "uln", first=2)


def test_everything_that_can_happen_is_in_this_table():
    assert [happening for happening, _, _ in TABLE] == list(Happening)


@pytest.mark.parametrize(("happening", "code", "count"), TABLE)
def test_what_happens_has_a_return_code_and_is_counted(happening, code, count):
    assert DEFAULT_RETURN_CODES[happening] == code
    assert happening.counted_as is count


@pytest.mark.parametrize("happening", list(Happening))
def test_what_happens_is_said_in_sentences(happening):
    for sentence in (happening.meaning, happening.remedy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_every_return_code_is_used():
    assert {code for _, code, _ in TABLE} == {code.value for code in ReturnCode}


def test_the_exceptions_are_those_from_rc006_on():
    assert [
        happening.value
        for happening, code, _ in TABLE
        if not ReturnCode(code).is_exception
    ] == ["created", "found", "updated", "linked", "nobody"]


class TestOfDefects:
    @pytest.mark.parametrize(
        ("defects", "happening"),
        [
            ([], None),
            ([NULL], Happening.NULL),
            ([NULL, NULL], Happening.NULL),
            ([FORMAT], Happening.FORMAT),
            ([FORMAT, OTHER_FORMAT], Happening.FORMAT),
            ([IDENTIFIER], Happening.IDENTIFIER),
            ([AGE], Happening.AGE),
            ([DUPLICATE], Happening.DUPLICATE),
            ([NULL, FORMAT], Happening.COMBINATION),
            ([FORMAT, NULL], Happening.COMBINATION),
            ([IDENTIFIER, AGE], Happening.COMBINATION),
            ([DUPLICATE, FORMAT, NULL], Happening.COMBINATION),
        ],
    )
    def test_one_kind_has_its_own_and_several_are_a_combination(
        self, defects, happening
    ):
        assert of_defects(defects) is happening
        assert of_defects(iter(defects)) is happening

    @pytest.mark.parametrize(
        "defect", [NULL, FORMAT, IDENTIFIER, AGE, DUPLICATE], ids=lambda i: i.kind
    )
    def test_the_code_of_the_kind_is_that_of_the_finding(self, defect):
        assert DEFAULT_RETURN_CODES[of_defects([defect])] == defect.return_code

    @pytest.mark.parametrize("code", ["no-records", "encoding-cannot-hold"])
    def test_a_finding_that_is_no_defect_of_a_row_is_a_fault_of_ours(self, code):
        found = issue(code, **({"encoding": "x"} if "encoding" in code else {}))

        with pytest.raises(KeyError):
            of_defects([found])


class TestReturnCodes:
    def test_a_caller_who_knows_better_replaces_some(self):
        mine = DEFAULT_RETURN_CODES.replace({Happening.FOUND: "RC001"})

        assert mine[Happening.FOUND] == "RC001"
        assert mine[Happening.UPDATED] == "RC003"
        assert DEFAULT_RETURN_CODES[Happening.FOUND] == "RC002"

    def test_replacing_nothing_is_the_same(self):
        assert DEFAULT_RETURN_CODES.replace({}) == ReturnCodes() == DEFAULT_RETURN_CODES

    def test_they_cannot_be_changed(self):
        with pytest.raises(TypeError):
            DEFAULT_RETURN_CODES.codes[Happening.FOUND] = "RC001"
        with pytest.raises(TypeError):
            DEFAULT_RETURN_CODES.replace({}).codes[Happening.FOUND] = "RC001"
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            DEFAULT_RETURN_CODES.codes = {}
