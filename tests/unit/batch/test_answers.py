"""Reading outputs: what happened, what to do next, what to take over."""

import datetime as dt

import attrs
import pytest

from ulnlib import Learner, batch
from ulnlib.batch import Happening, Record, ReturnCodes, UpdateKind
from ulnlib.codes import ReturnCode
from ulnlib.issues import issue

UPLOAD = dt.date(2026, 11, 21)
OLD, NEW = "9900000004", "9900000012"
ADA = Learner(
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
)


def record(code="RC002", learner=ADA, issues=(), **changes):
    return Record(2, 2, learner.evolve(**changes), tuple(issues), b"", code)


def answer(given=ADA, code="RC002", uploaded=UPLOAD, **changes):
    return batch.read_answer(
        record(code, learner=given, **changes), given=given, uploaded=uploaded
    )


@pytest.mark.parametrize("code", ReturnCode)
def test_every_code_says_what_the_list_says_and_how_sure_it_is(code):
    found = answer(code=code.value, uln=NEW)

    assert found.meaning == code.label
    assert found.steps[0] == code.remedy
    assert found.evidence == code.info.evidence
    assert found.is_exception is code.is_exception
    assert found.happenings
    assert ("is assumed" in found.to_text()) is (code.info.evidence == "assumed")
    assert found.to_dict()["is_assumed"] is found.is_assumed
    assert (found.due == dt.date(2027, 1, 5)) is code.is_exception
    assert found.lacks_uln is False


def test_a_new_uln_is_to_be_loaded():
    found = answer(uln=NEW)

    assert [(one.field, one.kind, one.value) for one in found.updates] == [
        ("uln", UpdateKind.NEW, NEW)
    ]
    assert found.alias is None


@pytest.mark.parametrize("sent", ["9999999999", "12", ""])
def test_a_uln_in_place_of_none_that_can_be_used_is_new(sent):
    found = answer(given=ADA.evolve(uln=sent), uln=NEW)

    assert [one.kind for one in found.updates] == [UpdateKind.NEW]
    assert found.alias is None


def test_another_uln_replaces_the_old_one_which_is_kept_as_an_alias():
    found = answer(given=ADA.evolve(uln=OLD), code="RC004", uln=NEW)

    assert [(one.kind, one.value) for one in found.updates] == [
        (UpdateKind.REPLACED, NEW)
    ]
    assert str(found.alias) == OLD
    assert "keep the old one as an alias" in found.to_text()


def test_the_same_uln_changes_nothing():
    assert answer(given=ADA.evolve(uln=OLD)).updates == ()


def test_details_that_the_service_changed_are_named():
    found = answer(uln=NEW, postcode="ZA1 1AD", town="Newtown", gender="")

    assert [one.field for one in found.updates] == ["uln", "town", "postcode"]
    assert "(Town, Last known postcode)" in found.steps[-1]
    assert "ZA1 1AD" not in repr(found)


def test_a_detail_that_is_wrong_in_the_output_is_not_taken_over():
    one = record(
        uln=NEW,
        date_of_birth="04/05/2008",
        issues=[issue("date-excel", "row", 2, "date_of_birth")],
    )

    found = batch.read_answer(one, given=ADA)

    assert [item.field for item in found.updates] == ["uln"]


@pytest.mark.parametrize("code", ["RC006", "RC007", "RC009", "RC013", "RC099", None])
def test_an_exception_updates_nothing(code):
    found = answer(given=ADA.evolve(uln=OLD), code=code, uln=NEW, town="Newtown")

    assert found.is_exception
    assert found.uln is None
    assert found.updates == ()


def test_nobody_found_is_a_success_without_a_uln():
    found = answer(code="RC005")

    assert not found.is_exception
    assert not found.lacks_uln
    assert found.due is None


def test_a_success_without_a_uln_says_so():
    found = answer(code="RC001")

    assert found.lacks_uln
    assert found.is_exception
    assert found.due is None
    assert "no ULN that can be used" in found.to_text()
    assert "Nothing is wrong" not in found.to_text()
    assert "Load the ULN" not in found.to_text()


@pytest.mark.parametrize(
    ("code", "is_told"), [("RC001", True), ("RC002", True), ("RC004", False)]
)
def test_why_a_uln_is_another_is_said_by_one_code_alone(code, is_told):
    found = answer(given=ADA.evolve(uln=OLD), code=code, uln=NEW)

    assert ("does not say why" in found.to_text()) is is_told


@pytest.mark.parametrize("code", [None, "", "Ada Example", "RC099"])
def test_what_is_no_known_code_needs_a_person_and_is_shown_only_as_a_code(code):
    found = answer(code=code)

    assert found.evidence == "unknown"
    assert found.happenings == ()
    assert found.code == ("RC099" if code == "RC099" else None)
    assert "Ada" not in found.to_text()


def test_where_columns_have_slipped_nothing_is_taken():
    slipped = record(
        uln=NEW, issues=[issue("columns-extra", "row", 2, found=33, expected=32)]
    )

    found = batch.read_answer(slipped, given=ADA)

    assert (found.code, found.uln) == (None, None)


@pytest.mark.parametrize(
    ("born", "uploaded", "is_odd"),
    [
        ("2013-11-21", UPLOAD, True),
        ("2013-11-22", UPLOAD, False),
        ("1900-01-01", UPLOAD, False),
        ("21/11/2000", UPLOAD, False),
        ("1900-02-29", UPLOAD, False),
        (None, UPLOAD, False),
        ("2008-05-04", None, False),
    ],
)
def test_an_age_out_of_range_with_a_date_in_range_is_for_the_service_desk(
    born, uploaded, is_odd
):
    found = answer(
        given=ADA.evolve(date_of_birth=born), code="RC013", uploaded=uploaded
    )

    assert found.is_for_service_desk is is_odd
    assert "Service Desk" in found.steps[-1]
    assert found.steps[-1].startswith("If") is not is_odd


def test_codes_of_the_callers_own():
    codes = ReturnCodes().replace(
        {Happening.FOUND: "RC003", Happening.UPDATED: "RC002", Happening.NOBODY: "OK5"}
    )

    found = batch.read_answer(record("RC003", uln=NEW), return_codes=codes)
    assert found.happenings == (Happening.FOUND,)
    assert found.evidence == "given by the caller"
    assert found.meaning == Happening.FOUND.meaning
    assert str(found.uln) == NEW

    found = batch.read_answer(record("OK5"), return_codes=codes)
    assert found.happenings == (Happening.NOBODY,)


def test_without_the_input_only_the_uln_is_said():
    found = batch.read_answer(record(uln=NEW, town="Newtown"))

    assert [one.field for one in found.updates] == ["uln"]


def test_an_answer_is_a_value():
    one = answer(uln=NEW)
    assert attrs.evolve(one) == one


def test_a_code_of_the_callers_own_is_what_it_stands_for():
    own = ReturnCodes().replace({Happening.FOUND: "RC099"})
    back = record(code="RC099", uln=NEW)

    found = batch.read_answer(back, given=ADA, return_codes=own)

    assert (found.is_exception, found.lacks_uln, str(found.uln)) == (False, False, NEW)
    own = ReturnCodes().replace({Happening.POSSIBLE: "RC001"})
    assert batch.read_answer(record(code="RC001"), return_codes=own).is_exception
