"""The history of a learner's challenges, and the list of those to look at."""

from __future__ import annotations

__all__ = ["WorkList", "history", "work_list"]

import datetime as dt
from collections.abc import Iterable

import attrs

from ulnlib._dates import day_of
from ulnlib.learner import Learner
from ulnlib.plr.challenge.states import NOBODY_IS_TOLD, ChallengeState
from ulnlib.plr.challenge.value import Challenge
from ulnlib.plr.linked import ulns_of
from ulnlib.uln import Uln


def _order(case: Challenge) -> tuple[dt.date, str]:
    """Return what challenges are sorted by; one without a day comes last."""
    return case.created or dt.date.max, case.history[0].at if case.history else ""


def history(
    challenges: Iterable[Challenge],
    number: Uln | str,
    *,
    linked_ulns: Iterable[Uln | str] = (),
    created_from: dt.date | None = None,
    created_to: dt.date | None = None,
) -> tuple[Challenge, ...]:
    """Return all challenges of a learner, whoever raised them, in order.

    Args:
        challenges: Challenges of any learners.
        number: The learner's ULN, or the second ULN of a challenge.
        linked_ulns: The ULNs that were merged into it, as `Profile.linked_ulns` has
            them: challenges about one of them are the learner's too.
        created_from: Only what was raised on this day or later.
        created_to: Only what was raised on this day or earlier.

    Returns:
        Those that were raised, the oldest first. One of which the day is not known is
        left out when a day is given. They are whole: to an organisation that may not
        see what a challenge is about show `listed`, as the service does.

    Raises:
        InvalidUln: That is no ULN, or one of those that were merged into it is none.
        TypeError: `linked_ulns` is one text.

    Source: LRS portal guide, section 6.4 (published: all organisations); release 9,
    ListDataChallenge (observed: between two days; that both count is assumed).
    """
    own = ulns_of(Learner(uln=str(Uln.parse(str(number)))), linked_ulns)
    first = dt.date.min if created_from is None else day_of(created_from)
    last = dt.date.max if created_to is None else day_of(created_to)
    is_any = created_from is None and created_to is None
    found = [
        case
        for case in challenges
        if case.state is not ChallengeState.DRAFT and own & set(case.ulns)
        if is_any or (case.created is not None and first <= case.created <= last)
    ]
    return tuple(sorted(found, key=_order))


@attrs.frozen(kw_only=True)
class WorkList:
    """Challenges that somebody has to look at, for nobody is told of them.

    Attributes:
        open: Those that are open, the oldest first.
        note: Why they have to be looked at.
    """

    open: tuple[Challenge, ...]
    note: str = NOBODY_IS_TOLD

    @property
    def questioned(self) -> tuple[Challenge, ...]:
        """Those in which the service desk waits for an answer."""
        return tuple(
            case for case in self.open if case.state is ChallengeState.QUESTIONED
        )

    def waiting_days(self, as_of: dt.date) -> tuple[int | None, ...]:
        """Return for each how many days ago it was raised, None where that is unknown.

        Args:
            as_of: The day.
        """
        today = day_of(as_of)
        return tuple(
            None if case.created is None else (today - case.created).days
            for case in self.open
        )


def work_list(challenges: Iterable[Challenge]) -> WorkList:
    """Return what is open and has to be looked at, the oldest first.

    Args:
        challenges: Challenges of any learners.

    Source: LRS portal guide, section 6.4 (published: no message is sent).
    """
    found = [case for case in challenges if case.must_be_looked_at]
    return WorkList(open=tuple(sorted(found, key=_order)))
