"""A challenge in the service's own names, for a message to carry."""

from __future__ import annotations

__all__ = ["CHALLENGE_TYPES", "STATUS", "ServiceValues", "listed", "to_service"]

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from ulnlib._dates import beginning_day
from ulnlib.plr.challenge.details import DETAILS, Details
from ulnlib.plr.challenge.states import ChallengeState
from ulnlib.plr.challenge.value import Challenge
from ulnlib.rules.corrections import CHALLENGES

CHALLENGE_TYPES: Mapping[str, str] = MappingProxyType(
    {problem.value: problem.value for problem in CHALLENGES}
)
"""What stands in `challengeType` for each problem: our own words.

Source: assumed. The service's values are not public: give a table of your own.
"""

STATUS: Mapping[ChallengeState, str] = MappingProxyType(
    {
        ChallengeState.DRAFT: "Draft",
        ChallengeState.RAISED: "Raised",
        ChallengeState.LOOKED_AT: "In Progress",
        ChallengeState.QUESTIONED: "Awaiting Information",
        ChallengeState.CHANGED: "Resolved",
        ChallengeState.NOT_CHANGED: "Rejected",
        ChallengeState.WITHDRAWN: "Withdrawn",
    }
)
"""What stands in `Status` of a list for each state.

Source: assumed. The service's values are not public: give a table of your own.
"""

Value = str | int | dt.date


@attrs.frozen(repr=False)
class ServiceValues:
    """Values by the service's names, in the order of its message.

    Attributes:
        values: Text, whole numbers and days; what is not given is not there.
        assumed: The names of those whose values are our own words, for want of the
            service's.
    """

    values: Mapping[str, Value]
    assumed: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"ServiceValues({len(self.values)} values, assumed={self.assumed})"


def to_service(
    challenge: Challenge, *, types: Mapping[str, str] | None = None
) -> ServiceValues:
    """Return the arguments of CreateDataChallenge but for those of the envelope.

    Args:
        challenge: The challenge.
        types: What stands in `challengeType` for each problem.

    Returns:
        The arguments. What the message has no place for, such as the ULN of a
        transfer, is in `additionalInformation`. A date that is no day and an event's
        number that is no number are left out: see `check`.

    Raises:
        KeyError: The table has no type for the problem, or it is no data challenge.

    Source: LearnerServiceR9.wsdl, CreateDataChallenge (observed); LRS portal guide,
    section 6.3.2 (published: transfers stand in the comments).
    """
    table = CHALLENGE_TYPES if types is None else types
    learner, contact = challenge.learner, challenge.contact
    first, second = (*challenge.events, None, None)[:2]
    values: dict[str, Value | None] = {
        "userType": challenge.raised_by.kind.value,
        "challengeType": table[str(challenge.problem)],
        "uln": learner.uln,
        "givenName": learner.given_name,
        "familyName": learner.family_name,
        "dateOfBirth": beginning_day(learner.date_of_birth),
        "gender": learner.gender,
        "contactName": contact.name,
        "telephone": contact.telephone,
        "emailAddress": contact.email,
        "additionalInformation": additional_information(challenge),
        "learningEvent1Id": _number(first.id if first else None),
        "source1": first.source if first else None,
        **_details("original", challenge.original),
        "learningEvent2Id": _number(second.id if second else None),
        "source2": second.source if second else None,
        **_details("supplied", challenge.proposed),
    }
    given = {name: value for name, value in values.items() if value not in {None, ""}}
    assumed = ("challengeType",) if types is None else ()
    return ServiceValues(MappingProxyType(given), assumed)


def listed(
    challenge: Challenge,
    *,
    types: Mapping[str, str] | None = None,
    status: Mapping[ChallengeState, str] | None = None,
) -> ServiceValues:
    """Return a challenge as ListDataChallenge lists it.

    Args:
        challenge: The challenge.
        types: What stands in `Type` for each problem.
        status: What stands in `Status` for each state.

    Returns:
        CreatedDate, ReferenceNo, ResolvedDate, Status and Type.

    Raises:
        KeyError: A table has no such row, or it is no data challenge.

    Source: LearnerServiceR9.wsdl, ListDataChallengeItem (observed: the names).
    """
    reference = challenge.reference
    values: dict[str, Value | None] = {
        "CreatedDate": challenge.created,
        "ReferenceNo": reference.text if reference else None,
        "ResolvedDate": challenge.resolved,
        "Status": (STATUS if status is None else status)[challenge.state],
        "Type": (CHALLENGE_TYPES if types is None else types)[str(challenge.problem)],
    }
    given = {name: value for name, value in values.items() if value is not None}
    ours = (("Status", status), ("Type", types))
    assumed = tuple(name for name, table in ours if table is None)
    return ServiceValues(MappingProxyType(given), assumed)


def additional_information(challenge: Challenge) -> str:
    """Return the comments, with a line for each thing that has no other place.

    Args:
        challenge: The challenge.

    Source: LRS portal guide, sections 6.1, 6.3.2 and 6.3.3 (published: what is to
    stand there); the lines are ours.
    """
    lines = [(challenge.comments or "").strip()]
    if challenge.other_uln:
        lines.append(f"The other ULN: {challenge.other_uln}.")
    if challenge.master:
        lines.append(f"The master, which stays: {challenge.master}.")
    move = challenge.transfer
    if move is not None:
        lines.append(f"Please transfer to {move.uln or ''} - {move.name or ''}.")
    if challenge.has_checked_participation:
        lines.append("Checked: it is no record of participation.")
    return "\n".join(line for line in lines if line)


def _details(prefix: str, details: Details) -> dict[str, Value | None]:
    return {
        prefix + row.stem: beginning_day(value) if row.is_date else value
        for name, row in DETAILS.items()
        for value in (getattr(details, name),)
    }


def _number(text: str | None) -> int | None:
    given = text or ""
    is_number = given.isascii() and given.isdigit() and len(given) <= 10
    return int(given) if is_number else None
