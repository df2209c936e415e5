"""Data challenges: what is wrong with a ULN or an event, said so that it can be mended.

A challenge is drafted, checked, raised, and looked at until it is resolved, for nobody
is told. While it is open its event shows as under challenge.

Examples:
    >>> from ulnlib import Learner
    >>> from ulnlib.plr import LearningEvent, Record
    >>> event = LearningEvent(id=7, source="AO", subject="Bricks", grade="D")
    >>> college = Party.organisation("10012345")
    >>> draft = Challenge.on(
    ...     event,
    ...     problem="wrong_grade",
    ...     learner=Learner(uln="1000000043"),
    ...     raised_by=college,
    ...     contact=Contact(
    ...         name="A Tutor", email="tutor@college.ac.uk", telephone="0113 496 0000"
    ...     ),
    ...     proposed=Details(achieved_grade="B"),
    ...     comments="The certificate says B.",
    ... )
    >>> record = Record([event])
    >>> check(draft, record=record).is_ok
    True
    >>> raised = draft.raised(at="2026-11-29")
    >>> [one.is_challenged for one in under_challenge(record, [raised]).events]
    [True]

Source: LRS portal guide, section 6 (published).
"""

from __future__ import annotations

__all__ = [
    "CHALLENGE_STEPS",
    "CHALLENGE_TYPES",
    "COMPARED",
    "DETAILS",
    "EXPLAINED_BY",
    "MAY",
    "NEEDS",
    "NOBODY_IS_TOLD",
    "NOT_TOLD",
    "PROPOSES",
    "STATUS",
    "Challenge",
    "ChallengeEntry",
    "ChallengeEvent",
    "ChallengeRefused",
    "ChallengeState",
    "Contact",
    "CurrentReturn",
    "Detail",
    "Details",
    "Difference",
    "Disputed",
    "MergeRequest",
    "Party",
    "Reference",
    "ServiceValues",
    "Standing",
    "Transfer",
    "UnmergeRequest",
    "UserType",
    "WorkList",
    "check",
    "check_mail",
    "differences",
    "history",
    "listed",
    "may_carry_out",
    "may_raise",
    "request_of",
    "to_service",
    "under_challenge",
    "work_list",
]

from ulnlib.plr.challenge.checks import PROPOSES, CurrentReturn, check
from ulnlib.plr.challenge.details import DETAILS, Detail, Details
from ulnlib.plr.challenge.differences import (
    COMPARED,
    EXPLAINED_BY,
    NOT_TOLD,
    Difference,
    differences,
)
from ulnlib.plr.challenge.lists import WorkList, history, work_list
from ulnlib.plr.challenge.mail import check_mail
from ulnlib.plr.challenge.marks import under_challenge
from ulnlib.plr.challenge.merging import (
    MergeRequest,
    UnmergeRequest,
    may_carry_out,
    request_of,
)
from ulnlib.plr.challenge.parties import NEEDS, Party, Standing, UserType, may_raise
from ulnlib.plr.challenge.service import (
    CHALLENGE_TYPES,
    STATUS,
    ServiceValues,
    listed,
    to_service,
)
from ulnlib.plr.challenge.states import (
    CHALLENGE_STEPS,
    MAY,
    NOBODY_IS_TOLD,
    ChallengeEvent,
    ChallengeRefused,
    ChallengeState,
)
from ulnlib.plr.challenge.value import (
    Challenge,
    ChallengeEntry,
    Contact,
    Disputed,
    Reference,
    Transfer,
)
