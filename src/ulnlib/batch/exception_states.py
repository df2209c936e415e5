"""The states of an exception, and what may follow what: one table."""

from __future__ import annotations

__all__ = [
    "EXCEPTION_STEPS",
    "DiscardReason",
    "ExceptionEvent",
    "ExceptionState",
    "StepRefused",
]

from collections.abc import Mapping
from itertools import product
from types import MappingProxyType

from ulnlib.errors import InvalidValue
from ulnlib.rules._words import Word
from ulnlib.rules.states import StateTable, Step


class ExceptionState(Word):
    """Where an exception stands.

    Source: ours; the four ways out after LRS portal guide, section 4.3 (published:
    exceptions are processed in the portal) and Appendix C.
    """

    RAISED = "raised"
    IN_HAND = "in_hand"
    CORRECTED = "corrected"
    RESUBMITTED = "resubmitted"
    USED_EXISTING = "used_existing"
    CREATED = "created"
    DISCARDED = "discarded"

    @property
    def is_open(self) -> bool:
        """Whether something is left to do: the corrected ones are to be sent."""
        return self in _OPEN


_OPEN = frozenset(
    {ExceptionState.RAISED, ExceptionState.IN_HAND, ExceptionState.CORRECTED}
)


class ExceptionEvent(Word):
    """What is done with an exception.

    Source: ours.
    """

    TAKE = "take"
    RELEASE = "release"
    USE_EXISTING = "use_existing"
    CREATE = "create"
    CORRECT = "correct"
    RESUBMIT = "resubmit"
    DISCARD = "discard"
    REOPEN = "reopen"


class DiscardReason(Word):
    """Why an exception is discarded.

    Source: ours.
    """

    NOT_ENROLLED = "not_enrolled"
    DUPLICATE = "duplicate"
    OUTSIDE_AGE_RANGE = "outside_age_range"
    SENT_BY_MISTAKE = "sent_by_mistake"
    RESOLVED_ELSEWHERE = "resolved_elsewhere"


class StepRefused(InvalidValue):
    """Something cannot be done with an exception where it stands; it says why."""


_S = ExceptionState
_E = ExceptionEvent

_AFTER: Mapping[tuple[_S, _E], _S] = MappingProxyType(
    {
        (_S.RAISED, _E.TAKE): _S.IN_HAND,
        (_S.IN_HAND, _E.TAKE): _S.IN_HAND,
        (_S.IN_HAND, _E.RELEASE): _S.RAISED,
        (_S.IN_HAND, _E.USE_EXISTING): _S.USED_EXISTING,
        (_S.IN_HAND, _E.CREATE): _S.CREATED,
        (_S.IN_HAND, _E.CORRECT): _S.CORRECTED,
        (_S.IN_HAND, _E.DISCARD): _S.DISCARDED,
        (_S.CORRECTED, _E.RESUBMIT): _S.RESUBMITTED,
        (_S.CORRECTED, _E.REOPEN): _S.RAISED,
        (_S.RESUBMITTED, _E.REOPEN): _S.RAISED,
        (_S.DISCARDED, _E.REOPEN): _S.RAISED,
    }
)

_WHY_NOT: Mapping[_S, str] = MappingProxyType(
    {
        _S.RAISED: "nobody is looking at it: take it in hand first",
        _S.IN_HAND: "somebody is looking at it: release it, or resolve it",
        _S.CORRECTED: "it is corrected and waits to be sent: send it, or reopen it",
        _S.RESUBMITTED: "it was sent again: see the new output, or reopen it",
        _S.USED_EXISTING: "a ULN was chosen for it, which the service has taken: "
        "send an update, or ask the LRS Service Desk",
        _S.CREATED: "a new ULN was made for it, and a ULN is for life: when it was "
        "one too many, ask the LRS Service Desk to merge the two",
        _S.DISCARDED: "it was discarded: reopen it first",
    }
)

EXCEPTION_STEPS: StateTable[ExceptionState, ExceptionEvent] = StateTable(
    ExceptionState,
    ExceptionEvent,
    (
        Step(state, event, _AFTER.get((state, event)), "PG-4.3-5", _WHY_NOT[state])
        for state, event in product(ExceptionState, ExceptionEvent)
    ),
)
"""What may be done with an exception in which state, and why not.

Source: LRS portal guide, section 4.3 (published: exceptions are processed by a
person); the states and that each has to be taken in hand first are ours.
"""
