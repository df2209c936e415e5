"""Exceptions as values with a life; the work list; the file of the corrected."""

import datetime as dt
import json
import pickle
from itertools import product

import attrs
import pytest

from ulnlib import Learner, Uln, batch
from ulnlib.batch import (
    EXCEPTION_STEPS,
    BatchException,
    DiscardReason,
    ExceptionEvent,
    ExceptionState,
    StepRefused,
)
from ulnlib.errors import InvalidUln, InvalidValue
from ulnlib.issues import issue

UPLOAD = dt.date(2026, 11, 21)
AT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
ULN, OTHER = "9900000004", "9900000012"
ADA = Learner(
    mis_identifier="M1",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
    ability_to_share="1",
    verification_type="2",
)


def one(**values):
    known = {
        "file": "LRB_10012345_211120260900.CSV",
        "row": 7,
        "code": "RC007",
        "uploaded": UPLOAD,
        "learner": ADA,
    }
    return BatchException(**(known | values))


def output(*codes):
    learners = [ADA.evolve(mis_identifier=f"M{n}") for n in range(len(codes))]
    file = batch.make(
        learners, ukprn="10012345", file_name="x", layout=batch.LRB_3A_OUTPUT
    )
    records = tuple(
        attrs.evolve(record, return_code=code)
        for record, code in zip(file.records, codes, strict=True)
    )
    return attrs.evolve(file, records=records, name="OUT.CSV")


DO = {
    ExceptionEvent.TAKE: lambda case: case.take(by="u7", at=AT),
    ExceptionEvent.RELEASE: lambda case: case.release(at=AT),
    ExceptionEvent.USE_EXISTING: lambda case: case.use_existing(ULN, at=AT),
    ExceptionEvent.CREATE: lambda case: case.created(Uln(OTHER), at=AT),
    ExceptionEvent.CORRECT: lambda case: case.correct(ADA.evolve(gender="9"), at=AT),
    ExceptionEvent.RESUBMIT: lambda case: case.resubmitted(at=AT),
    ExceptionEvent.DISCARD: lambda case: case.discard("duplicate", at=AT),
    ExceptionEvent.REOPEN: lambda case: case.reopen(at=AT),
}
IN_HAND = DO[ExceptionEvent.TAKE](one())
CORRECTED = DO[ExceptionEvent.CORRECT](IN_HAND)
IN_STATE = {
    ExceptionState.RAISED: one(),
    ExceptionState.IN_HAND: IN_HAND,
    ExceptionState.CORRECTED: CORRECTED,
    ExceptionState.RESUBMITTED: DO[ExceptionEvent.RESUBMIT](CORRECTED),
    ExceptionState.USED_EXISTING: DO[ExceptionEvent.USE_EXISTING](IN_HAND),
    ExceptionState.CREATED: DO[ExceptionEvent.CREATE](IN_HAND),
    ExceptionState.DISCARDED: DO[ExceptionEvent.DISCARD](IN_HAND),
}

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


# --- the table --------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "event"), list(product(ExceptionState, ExceptionEvent))
)
def test_the_table_is_what_happens(state, event):
    case = IN_STATE[state]
    assert case.state is state
    step = EXCEPTION_STEPS.step(state, event)

    if step.is_allowed:
        after = DO[event](case)
        assert after.state is step.after
        assert after.history[-1] == batch.ExceptionEntry(event, AT.isoformat(), "u7")
        assert after.history[:-1] == case.history
        return
    with pytest.raises(StepRefused) as refused:
        DO[event](case)
    assert step.note in str(refused.value)
    assert refused.value.reason == f"{state}-{event}"
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)  # noqa: S301


def test_a_uln_that_was_used_or_made_stays():
    for state in (ExceptionState.USED_EXISTING, ExceptionState.CREATED):
        assert not any(
            EXCEPTION_STEPS.step(state, event).is_allowed for event in ExceptionEvent
        )


def test_what_is_left_to_do_is_open():
    assert {state for state, case in IN_STATE.items() if case.is_open} == {
        ExceptionState.RAISED,
        ExceptionState.IN_HAND,
        ExceptionState.CORRECTED,
    }


def test_who_has_it_in_hand():
    assert IN_HAND.by == "u7"
    other = IN_HAND.take(by="u8", at=AT)
    assert [entry.by for entry in other.history] == ["u7", "u8"]
    assert other.release(at=AT).by is None
    assert other.release(at=AT).history[-1].by == "u8"
    with pytest.raises(ValueError, match="who"):
        one().take(by="", at=AT)


def test_what_came_of_it():
    assert str(IN_STATE[ExceptionState.USED_EXISTING].uln) == ULN
    assert str(IN_STATE[ExceptionState.CREATED].uln) == OTHER
    assert CORRECTED.correction.gender == "9"
    discarded = IN_STATE[ExceptionState.DISCARDED]
    assert discarded.reason is DiscardReason.DUPLICATE
    again = discarded.reopen(at="2026-11-23")
    assert (again.reason, again.by, again.state) == (None, None, ExceptionState.RAISED)
    assert CORRECTED.reopen(at=AT).correction is None


def test_what_is_no_resolution():
    with pytest.raises(InvalidUln):
        IN_HAND.use_existing("9900000005", at=AT)
    with pytest.raises(InvalidValue, match="none of"):
        IN_HAND.discard("because", at=AT)
    with pytest.raises(StepRefused, match="nothing was corrected"):
        IN_HAND.correct(ADA, at=AT)
    with pytest.raises(StepRefused, match="MIS identifier is another"):
        IN_HAND.correct(ADA.evolve(mis_identifier="M2"), at=AT)


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


# --- the work list --------------------------------------------------------


def test_the_work_list_is_by_due_date_then_kind():
    cases = [
        one(row=2, code="RC010"),
        one(row=3, code="RC007", uploaded=dt.date(2026, 10, 1)),
        one(row=4, code="RC007"),
        IN_STATE[ExceptionState.CREATED],
    ]

    todo = batch.work_list(cases, as_of=dt.date(2026, 11, 21))

    assert [case.row for case in todo.open] == [3, 4, 2]
    assert [case.row for case in todo.overdue] == [3]
    assert {day: len(found) for day, found in todo.by_due.items()} == {
        dt.date(2026, 11, 15): 1,
        dt.date(2027, 1, 5): 2,
    }
    assert {code: len(found) for code, found in todo.by_kind.items()} == {
        "RC007": 2,
        "RC010": 1,
    }
    assert todo.counts[ExceptionState.RAISED] == 3
    assert todo.counts[ExceptionState.CREATED] == 1
    assert sum(todo.counts.values()) == len(cases)


def test_the_work_list_as_a_table_and_as_plain_values():
    case = IN_HAND.offer([ADA.evolve(uln=ULN, postcode="ZA1 1AD")])
    todo = batch.work_list([case], as_of=dt.date(2027, 1, 6))

    text = todo.table().decode("utf-8-sig")
    plain = todo.to_dict()

    assert text.splitlines()[1].startswith("2027-01-05,'-1,RC007,Possible match")
    assert ULN in text
    assert "Example" not in text + json.dumps(plain)
    assert plain["overdue"] == 1
    assert plain["open"][0]["is_overdue"] is True
    assert plain["open"][0]["answer"]["is_assumed"] is True
    assert "is not known" in plain["known"]


def test_an_empty_work_list():
    todo = batch.work_list([], as_of=UPLOAD)

    assert todo.open == todo.overdue == ()
    assert dict(todo.by_due) == dict(todo.by_kind) == {}


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


# --- plain values --------------------------------------------------------


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
