"""What the service desk is asked for: two ULNs to become one, or one to become two.

The requests are values. `ulnlib.register.requests` carries one out on a register and
takes it back.

Examples:
    >>> request = MergeRequest(master="1000000043", duplicate="1000000051")
    >>> request.check().is_ok
    True
    >>> ada, bo = Learner(given_name="Ada"), Learner(given_name="Bo")
    >>> [found.code for found in request.check(ada, bo)]
    ['merge-no-reason']
"""

from __future__ import annotations

__all__ = ["MergeRequest", "UnmergeRequest", "may_carry_out", "request_of"]

from collections.abc import Iterator, Mapping

import attrs

from ulnlib import uln
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner
from ulnlib.plr.challenge.differences import COMPARED, Difference, differences
from ulnlib.plr.challenge.parties import Party, UserType
from ulnlib.plr.challenge.value import Challenge
from ulnlib.rules.clauses import Decision
from ulnlib.rules.corrections import Problem
from ulnlib.rules.roles import SERVICE_DESK_ONLY, Action
from ulnlib.uln import Uln


def _uln(value: Uln | str | None) -> str:
    text = str(value or "")
    return uln.compact(text) if uln.is_valid(text) else text


def _shown(number: str) -> str:
    """Return a ULN as `repr` shows it: what is none may be a person's detail."""
    return repr(number) if uln.is_valid(number) else "..."


@attrs.frozen(kw_only=True)
class MergeRequest:
    """Two ULNs of one learner: the duplicate is to be merged into the master.

    Attributes:
        master: The ULN that stays.
        duplicate: The ULN that is given up.
        reason: Why they are one learner's, though their details differ.

    Source: LRS portal guide, section 6.1, table (published).
    """

    master: str = attrs.field(converter=_uln, repr=_shown)
    duplicate: str = attrs.field(converter=_uln, repr=_shown)
    reason: str | None = attrs.field(default=None, repr=False)

    def check(
        self,
        master: Learner | None = None,
        duplicate: Learner | None = None,
        *,
        compared: Mapping[str, bool] = COMPARED,
    ) -> Report:
        """Say what is wrong with the request.

        Args:
            master: The record of the master, where it is known.
            duplicate: The record of the duplicate, where it is known.
            compared: Which differences are strong.

        Returns:
            The findings, with the member of the request or the learner's field as the
            path.

        Source: LRS portal guide, section 6.1, table (published).
        """
        found = list(check_pair(self.master, self.duplicate, "master", "duplicate"))
        if master is not None and duplicate is not None:
            differs = differences(master, duplicate, compared=compared)
            found += check_reason(differs, self.reason)
        return Report(found)


@attrs.frozen(kw_only=True)
class UnmergeRequest:
    """A ULN that was merged wrongly is to stand for itself again.

    Attributes:
        master: The ULN that it was merged into.
        linked: The ULN that was merged.
        reason: Why they are two learners'.

    Source: LRS portal guide, section 6.1, table (published).
    """

    master: str = attrs.field(converter=_uln, repr=_shown)
    linked: str = attrs.field(converter=_uln, repr=_shown)
    reason: str | None = attrs.field(default=None, repr=False)

    def check(self) -> Report:
        """Say what is wrong with the request; a reason is always needed.

        Source: LRS portal guide, section 6.1, table (published).
        """
        found = list(check_pair(self.master, self.linked, "master", "linked"))
        if not (self.reason or "").strip():
            found.append(issue("unmerge-no-reason", "reason"))
        return Report(found)


def check_pair(one: str, other: str, first: str, second: str) -> Iterator[Issue]:
    """Yield what is wrong with the two ULNs of a request.

    Args:
        one: A ULN.
        other: Another.
        first: What the first is called.
        second: What the second is called.
    """
    for name, number in ((first, one), (second, other)):
        if not uln.is_valid(number):
            yield issue("merge-uln", name)
    if one and one == other:
        yield issue("merge-same-uln", second)


def check_reason(found: tuple[Difference, ...], reason: str | None) -> Iterator[Issue]:
    """Yield for strong differences without a reason where the first of them is.

    Args:
        found: The differences.
        reason: The reason, if there is one.
    """
    strong = [one for one in found if one.is_strong]
    if strong and not (reason or "").strip():
        labels = ", ".join(one.label for one in strong)
        yield issue("merge-no-reason", strong[0].field, labels=labels)


def request_of(challenge: Challenge) -> MergeRequest | UnmergeRequest | None:
    """Return what a challenge asks the service desk to do with two ULNs.

    Args:
        challenge: The challenge.

    Returns:
        For a duplicate ULN a merge, into the one that the challenge calls the master,
        and for a wrong merge its undoing, of the challenge's other ULN; None for every
        other challenge, and where there are not two ULNs, or the master is a third.

    Source: LRS portal guide, section 6.1, table (published).
    """
    own, other = _uln(challenge.learner.uln), _uln(challenge.other_uln)
    master = _uln(challenge.master) or own
    if not own or not other or master not in {own, other}:
        return None
    rest = own if master == other else other
    if challenge.problem in {Problem.DUPLICATE_ULN, Problem.FICTITIOUS_ULN}:
        return MergeRequest(master=master, duplicate=rest, reason=challenge.comments)
    if challenge.problem == Problem.WRONG_MERGE:
        return UnmergeRequest(master=master, linked=rest, reason=challenge.comments)
    return None


def may_carry_out(request: MergeRequest | UnmergeRequest, by: Party) -> Decision:
    """Say whether somebody may carry a request out, rather than make it.

    Args:
        request: The request.
        by: Who.

    Returns:
        The decision: what `ulnlib.rules.roles.SERVICE_DESK_ONLY` lists is the service
        desk's.

    Source: LRS portal guide, section 6.1 and Appendix A (derived).
    """
    is_merge = isinstance(request, MergeRequest)
    action = Action.MERGE_ULNS if is_merge else Action.UNMERGE_ULNS
    if action in SERVICE_DESK_ONLY and by.kind is not UserType.SERVICE_DESK:
        return Decision(allowed=False, clause="PG-A-13")
    return Decision(allowed=True, clause="PG-6.1-C-5")
