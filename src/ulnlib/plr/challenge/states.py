"""Where a challenge stands, what may follow, and who may do it: two tables."""

from __future__ import annotations

__all__ = [
    "CHALLENGE_STEPS",
    "MAY",
    "NOBODY_IS_TOLD",
    "ChallengeEvent",
    "ChallengeRefused",
    "ChallengeState",
]

from collections.abc import Mapping
from itertools import product
from types import MappingProxyType

from ulnlib.errors import InvalidValue
from ulnlib.plr.challenge.parties import Standing
from ulnlib.rules._words import Word
from ulnlib.rules.states import StateTable, Step

NOBODY_IS_TOLD = (
    "The service sends no message, neither when a challenge is raised nor when it is "
    "resolved: look at the learner's history."
)
"""Why a challenge has to be looked at.

Source: LRS portal guide, section 6.4 (published for the raising; that it is so for the
end is derived: no passage tells of a message).
"""


class ChallengeState(Word):
    """Where a challenge stands.

    Source: ours; LRS portal guide, sections 6.2 (published: the service desk asks when
    it does not know enough) and 6.4 (published: withdrawn). The service's own words
    are not public.
    """

    DRAFT = "draft"
    RAISED = "raised"
    LOOKED_AT = "looked_at"
    QUESTIONED = "questioned"
    CHANGED = "changed"
    NOT_CHANGED = "not_changed"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether it is raised and neither resolved nor withdrawn."""
        return self in _OPEN

    @property
    def is_resolved(self) -> bool:
        """Whether the service desk has come to an end with it."""
        return self in {ChallengeState.CHANGED, ChallengeState.NOT_CHANGED}


_S = ChallengeState
_OPEN = frozenset({_S.RAISED, _S.LOOKED_AT, _S.QUESTIONED})


class ChallengeEvent(Word):
    """What is done with a challenge.

    Source: ours, as `ChallengeState`.
    """

    RAISE = "raise"
    LOOK_AT = "look_at"
    ASK = "ask"
    ANSWER = "answer"
    CHANGE = "change"
    LEAVE = "leave"
    WITHDRAW = "withdraw"


_E = ChallengeEvent


class ChallengeRefused(InvalidValue):
    """Something cannot be done with a challenge as it stands, or not by this party."""


_AFTER: Mapping[tuple[_S, _E], _S] = MappingProxyType(
    {
        (_S.DRAFT, _E.RAISE): _S.RAISED,
        (_S.RAISED, _E.LOOK_AT): _S.LOOKED_AT,
        (_S.LOOKED_AT, _E.ASK): _S.QUESTIONED,
        (_S.QUESTIONED, _E.ANSWER): _S.LOOKED_AT,
        (_S.LOOKED_AT, _E.CHANGE): _S.CHANGED,
        (_S.LOOKED_AT, _E.LEAVE): _S.NOT_CHANGED,
        (_S.RAISED, _E.WITHDRAW): _S.WITHDRAWN,
        (_S.LOOKED_AT, _E.WITHDRAW): _S.WITHDRAWN,
        (_S.QUESTIONED, _E.WITHDRAW): _S.WITHDRAWN,
    }
)

_WHY_NOT: Mapping[_S, str] = MappingProxyType(
    {
        _S.DRAFT: "it is not raised yet: raise it first",
        _S.RAISED: "nobody has looked at it yet: it waits for the service desk",
        _S.LOOKED_AT: "the service desk is looking at it",
        _S.QUESTIONED: "the service desk waits for an answer: answer, or withdraw it",
        _S.CHANGED: "it is resolved: raise a new one when something is still wrong",
        _S.NOT_CHANGED: "it is resolved: raise a new one when there is more to say",
        _S.WITHDRAWN: "it was withdrawn: raise a new one",
    }
)

_RAISED_ALREADY = "it was raised before"

_CLAUSES: Mapping[_E, str] = MappingProxyType(
    {
        _E.RAISE: "PG-6.1-C-1",
        _E.LOOK_AT: "PG-6.4-C-4",
        _E.ASK: "PG-6.2-C-3",
        _E.ANSWER: "PG-6.2-C-3",
        _E.CHANGE: "PG-6.4-C-4",
        _E.LEAVE: "PG-6.4-C-4",
        _E.WITHDRAW: "PG-6.4-C-3",
    }
)

CHALLENGE_STEPS: StateTable[ChallengeState, ChallengeEvent] = StateTable(
    ChallengeState,
    ChallengeEvent,
    (
        Step(state, event, after, _CLAUSES[event], "" if after else why)
        for state, event in product(ChallengeState, ChallengeEvent)
        for after in (_AFTER.get((state, event)),)
        for why in (_RAISED_ALREADY if event is _E.RAISE else _WHY_NOT[state],)
    ),
)
"""What may be done with a challenge in which state, and why not.

Source: LRS portal guide, sections 6.2 to 6.4 (published: raised, asked about,
withdrawn); that one is looked at before it is resolved, and that nothing follows a
resolution, is assumed.
"""

MAY: Mapping[tuple[Standing, ChallengeEvent], str] = MappingProxyType(
    {
        (Standing.RAISER, _E.RAISE): "PG-6.1-C-2",
        (Standing.RAISER, _E.ANSWER): "PG-6.2-C-3",
        (Standing.RAISER, _E.WITHDRAW): "PG-6.4-C-3",
        (Standing.SERVICE_DESK, _E.RAISE): "WS-DC-5",
        (Standing.SERVICE_DESK, _E.LOOK_AT): "PG-6.4-C-4",
        (Standing.SERVICE_DESK, _E.ASK): "PG-6.2-C-3",
        # By telephone or e-mail, which the service desk notes down.
        (Standing.SERVICE_DESK, _E.ANSWER): "PG-6.2-C-3",
        (Standing.SERVICE_DESK, _E.CHANGE): "PG-6.4-C-4",
        (Standing.SERVICE_DESK, _E.LEAVE): "PG-6.4-C-4",
    }
)
"""Who may do what, with the clause that says so; what is not here is refused.

Source: LRS portal guide, sections 6.1, 6.2 and 6.4 (published: who raises, and that
one withdraws the own); that only the raiser does, and the learner not what an
organisation raised, is assumed, and a caller may give another table.
LearnerServiceR9.wsdl, CreateDataChallenge (derived: the service desk raises them too).
"""
