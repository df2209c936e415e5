"""What may be done with an achievement that an awarding organisation has recorded.

An achievement is provisional or final, and may be withdrawn and reinstated. The
service's own rules are not public: the outcomes that it counts say which steps there
are; when each is refused, and when it needs a reason, is assumed.

Examples:
    >>> after(Status.PROVISIONAL, Action.PROMOTE).value
    'final'
    >>> why_refused(Status.FINAL, Action.PROMOTE)
    'it is final already'
"""

from __future__ import annotations

__all__ = ["NEEDS_REASON", "Action", "Status", "after", "why_refused"]

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from ulnlib.errors import InvalidValue


class Action(StrEnum):
    """What is to be done, in the order of its assumed codes.

    Source: ExternalService.wsdl, type AchievementBatchJobResponse (observed: created,
    promoted to final, updated, withdrawn, reinstated; provisional and final).
    """

    ADD_PROVISIONAL = "add_provisional"
    ADD_FINAL = "add_final"
    PROMOTE = "promote"
    UPDATE = "update"
    WITHDRAW = "withdraw"
    REINSTATE = "reinstate"

    @property
    def label(self) -> str:
        """What it is called in a sentence."""
        return _LABELS[self]


_LABELS = {
    Action.ADD_PROVISIONAL: "a provisional achievement",
    Action.ADD_FINAL: "a final achievement",
    Action.PROMOTE: "making it final",
    Action.UPDATE: "an update",
    Action.WITHDRAW: "a withdrawal",
    Action.REINSTATE: "a reinstatement",
}


class Status(StrEnum):
    """How an achievement stands.

    Source: release 9 schemas, enumeration AchievementStatus (observed: provisional,
    final); the others from the counts of a job's report (observed).
    """

    NONE = "none"
    PROVISIONAL = "provisional"
    FINAL = "final"
    WITHDRAWN_PROVISIONAL = "withdrawn_provisional"
    WITHDRAWN_FINAL = "withdrawn_final"


NEEDS_REASON = frozenset({Action.UPDATE, Action.WITHDRAW, Action.REINSTATE})
"""What changes a record that others may have seen: it says why.

Source: ExternalService.wsdl, type Achievement (observed: there is a reason, and it may
be missing); when it may not is assumed.
"""

_NEXT: Mapping[Status, Mapping[Action, Status]] = MappingProxyType(
    {
        Status.NONE: {
            Action.ADD_PROVISIONAL: Status.PROVISIONAL,
            Action.ADD_FINAL: Status.FINAL,
        },
        Status.PROVISIONAL: {
            Action.PROMOTE: Status.FINAL,
            Action.UPDATE: Status.PROVISIONAL,
            Action.WITHDRAW: Status.WITHDRAWN_PROVISIONAL,
        },
        Status.FINAL: {
            Action.UPDATE: Status.FINAL,
            Action.WITHDRAW: Status.WITHDRAWN_FINAL,
        },
        Status.WITHDRAWN_PROVISIONAL: {Action.REINSTATE: Status.PROVISIONAL},
        Status.WITHDRAWN_FINAL: {Action.REINSTATE: Status.FINAL},
    }
)

_ADDS = frozenset({Action.ADD_PROVISIONAL, Action.ADD_FINAL})
_WITHDRAWN = frozenset({Status.WITHDRAWN_PROVISIONAL, Status.WITHDRAWN_FINAL})


def why_refused(status: Status, action: Action) -> str | None:
    """Say why something may not be done with an achievement.

    Args:
        status: How it stands.
        action: What is to be done.

    Returns:
        Why not, as the end of a sentence; None when it may be done.

    Source: assumed; see the module.
    """
    if action in _NEXT[status]:
        return None
    if status is Status.NONE:
        return "there is no such achievement"
    if action is Action.REINSTATE:
        return "it is not withdrawn"
    if status in _WITHDRAWN:
        return "it is withdrawn: reinstate it first"
    if action in _ADDS:
        return "it is there already: update it, or make it final"
    return "it is final already"


def after(status: Status, action: Action) -> Status:
    """Return how an achievement stands when something was done with it.

    Args:
        status: How it stood.
        action: What was done.

    Raises:
        InvalidValue: It may not be done; the message says why.

    Source: assumed; see the module.
    """
    refused = why_refused(status, action)
    if refused is not None:
        raise InvalidValue("action", f"{action.label} is refused: {refused}")
    return _NEXT[status][action]
