"""What may be done with an achievement, in which order, and when it needs a reason."""

import pytest

from ulnlib.errors import InvalidValue
from ulnlib.rules.achievements import NEEDS_REASON, Action, Status, after, why_refused

ALLOWED = {
    (Status.NONE, Action.ADD_PROVISIONAL): Status.PROVISIONAL,
    (Status.NONE, Action.ADD_FINAL): Status.FINAL,
    (Status.PROVISIONAL, Action.PROMOTE): Status.FINAL,
    (Status.PROVISIONAL, Action.UPDATE): Status.PROVISIONAL,
    (Status.PROVISIONAL, Action.WITHDRAW): Status.WITHDRAWN_PROVISIONAL,
    (Status.FINAL, Action.UPDATE): Status.FINAL,
    (Status.FINAL, Action.WITHDRAW): Status.WITHDRAWN_FINAL,
    (Status.WITHDRAWN_PROVISIONAL, Action.REINSTATE): Status.PROVISIONAL,
    (Status.WITHDRAWN_FINAL, Action.REINSTATE): Status.FINAL,
}


THERE = "it is there already: update it, or make it final"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", Action)
def test_every_step_is_allowed_or_refused_with_a_reason(status, action):
    end = ALLOWED.get((status, action))
    if end is not None:
        assert why_refused(status, action) is None
        assert after(status, action) is end
    else:
        why = why_refused(status, action)
        with pytest.raises(InvalidValue) as caught:
            after(status, action)
        assert caught.value.reason == "action"
        assert caught.value.message == f"{action.label} is refused: {why}"


@pytest.mark.parametrize(
    ("status", "action", "why"),
    [
        (Status.NONE, Action.WITHDRAW, "there is no such achievement"),
        (Status.FINAL, Action.REINSTATE, "it is not withdrawn"),
        (Status.WITHDRAWN_FINAL, Action.UPDATE, "it is withdrawn: reinstate it first"),
        (Status.PROVISIONAL, Action.ADD_FINAL, THERE),
        (Status.FINAL, Action.PROMOTE, "it is final already"),
        (Status.FINAL, Action.ADD_PROVISIONAL, THERE),
    ],
)
def test_the_reason_is_the_one_that_helps(status, action, why):
    assert why_refused(status, action) == why


def test_what_changes_a_record_needs_a_reason():
    assert {Action.UPDATE, Action.WITHDRAW, Action.REINSTATE} == NEEDS_REASON
    assert all(action.label for action in Action)
