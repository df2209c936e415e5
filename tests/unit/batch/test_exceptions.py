"""Exceptions as values with a life; the file of the corrected."""

import datetime as dt

import attrs
import pytest

from builders.exceptions import (
    ADA,
    AT,
    CORRECTED,
    IN_STATE,
    OTHER,
    ULN,
    UPLOAD,
    one,
    output,
)
from ulnlib import Learner, batch
from ulnlib.batch import ExceptionState
from ulnlib.errors import InvalidUln, InvalidValue
from ulnlib.issues import issue

# --- raised --------------------------------------------------------


def test_what_is_no_success_is_raised():
    file = output("RC001", "RC005", "RC006", "RC013", "RC999", None)

    found = batch.raised_by(file, uploaded=UPLOAD, at=AT)

    assert [(case.code, case.row) for case in found] == [
        ("RC006", 4),
        ("RC013", 5),
        ("RC999", 6),
        ("", 7),
    ]
    assert {case.file for case in found} == {"OUT.CSV"}
    assert {case.state for case in found} == {ExceptionState.RAISED}
    assert found[0].history == (
        batch.ExceptionEntry(None, "2026-11-22T09:30:00+00:00"),
    )


def test_a_joined_output_gives_the_learner_as_sent_and_its_row():
    sent = batch.make(
        [ADA, ADA.evolve(mis_identifier="M2", town="Oldtown")],
        ukprn="10012345",
        file_name="x",
    )
    back = output("RC007", "RC002", "RC007")
    back = attrs.evolve(back, records=back.records[::-1])

    result = batch.join(sent, back)
    found = batch.raised_by(result, uploaded=UPLOAD, at="then")

    assert [(case.row, case.learner.town) for case in found] == [(3, "Oldtown")]
    assert found[0].history[0].at == "then"


def test_where_columns_have_slipped_nothing_of_the_row_is_kept():
    back = output("RC007")
    bad = (issue("columns-extra", "row", 2, found=33, expected=32),)
    back = attrs.evolve(back, records=(attrs.evolve(back.records[0], issues=bad),))

    [case] = batch.raised_by(back, uploaded=UPLOAD, at=AT)

    assert case.learner == Learner()
    assert case.code == ""


# --- time --------------------------------------------------------


def test_it_is_overdue_after_45_days():
    case = one()

    assert case.due == dt.date(2027, 1, 5)
    assert not case.is_overdue(dt.date(2027, 1, 5))
    assert case.is_overdue(dt.date(2027, 1, 6))
    assert (case.days_left(UPLOAD), case.days_left(dt.date(2027, 1, 6))) == (45, -1)
    assert not IN_STATE[ExceptionState.CREATED].is_overdue(dt.date(2030, 1, 1))


# --- candidates --------------------------------------------------------


def test_candidates_are_ranked_with_explanations():
    near = ADA.evolve(uln=ULN, family_name="Exampls")
    far = ADA.evolve(uln=OTHER, given_name="Bob", date_of_birth="1990-01-01")

    matches = one().rank([far, near])
    assert [str(match.uln) for match in matches] == [ULN, OTHER]
    assert "Exampls" in matches[0].explain()

    case = one().offer([far, near])
    assert [str(c.uln) for c in case.candidates] == [ULN, OTHER]
    assert case.candidates[0].differing == ("spelling",)
    assert "Exampls" not in repr(case)
    with pytest.raises(InvalidUln):
        one().offer([ADA])


# --- sent again --------------------------------------------------------


def test_the_corrected_are_sent_again():
    cases = [one(), CORRECTED, IN_STATE[ExceptionState.CREATED]]

    file, after = batch.resubmission(
        cases, ukprn="10012345", file_name="again", at="later"
    )

    assert file.learners == (CORRECTED.correction,)
    assert [case.state.value for case in after] == ["raised", "resubmitted", "created"]
    assert after[1].history[-1].at == "later"
    assert batch.read(batch.write(file), as_of=UPLOAD).report.is_ok


def test_what_is_still_wrong_is_told_before_it_is_sent_again():
    worse = CORRECTED.learner.evolve(gender="F", date_of_birth="2020-05-04")
    case = attrs.evolve(CORRECTED, correction=worse)

    file, _ = batch.resubmission(
        [case], ukprn="10012345", file_name="again", at=AT, as_of=UPLOAD
    )

    assert [(item.code, item.row) for item in file.report] == [
        ("age-too-young", 2),
        ("code-word", 2),
    ]


def test_only_lrb_files_have_exceptions():
    sent = batch.make([ADA], ukprn="10012345", file_name="x", layout=batch.VLD)
    back = batch.make([ADA], ukprn="10012345", file_name="x", layout=batch.VLD_OUTPUT)

    for source in (back, batch.join(sent, back)):
        with pytest.raises(InvalidValue):
            batch.raised_by(source, uploaded=UPLOAD, at=AT)
