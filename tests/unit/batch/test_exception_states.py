"""The life of an exception: which step there is from which state."""

import pickle
from itertools import product

import pytest

from builders.exceptions import (
    ADA,
    AT,
    CORRECTED,
    DO,
    IN_HAND,
    IN_STATE,
    OTHER,
    ULN,
    one,
)
from ulnlib import batch
from ulnlib.batch import (
    EXCEPTION_STEPS,
    DiscardReason,
    ExceptionEvent,
    ExceptionState,
    StepRefused,
)
from ulnlib.errors import InvalidUln, InvalidValue


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
