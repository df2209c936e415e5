"""Requests to merge and to unmerge, carried out on a register and taken back.

A register stands for the service here, and who carries a request out for the service
desk. No detail and no link is lost: what was done says how to take it back.

Examples:
    >>> from ulnlib import Learner
    >>> register = Register()
    >>> for number, name in (("1000000043", "Ada"), ("1000000051", "ADA")):
    ...     _ = register.add(Learner(uln=number, given_name=name))
    >>> request = MergeRequest(master="1000000043", duplicate="1000000051")
    >>> done = carry_out(register, request, at="2026-11-29")
    >>> register.profile("1000000051").uln
    Uln('1000000043')
    >>> _ = undo(register, done, at="2026-11-30")
    >>> register.profile("1000000051").uln
    Uln('1000000051')
"""

from __future__ import annotations

__all__ = ["Done", "carry_out", "undo"]

from collections.abc import Mapping

import attrs

from ulnlib._dates import At
from ulnlib.errors import RegisterRefused
from ulnlib.learner import Learner
from ulnlib.plr.challenge.differences import COMPARED, Difference, differences
from ulnlib.plr.challenge.merging import MergeRequest, UnmergeRequest, may_carry_out
from ulnlib.plr.challenge.parties import Party
from ulnlib.register.store import Register
from ulnlib.rules.clauses import clause
from ulnlib.uln import Uln

SERVICE_DESK = Party.service_desk()


@attrs.frozen(kw_only=True)
class Done:
    """What was done with two ULNs.

    Attributes:
        is_merge: Whether they were merged; else they were parted.
        linked: The ULN that was merged, or stands for itself now.
        into: The ULN that it was merged into, or had been.
        master: The ULN at the top, which `into` may itself be linked to.
        differences: In which fields the two differ, without what stands there.
        reason: Why it was done, as the request has it.
        at: When.
    """

    is_merge: bool
    linked: Uln
    into: Uln
    master: Uln
    differences: tuple[Difference, ...]
    reason: str | None = attrs.field(default=None, repr=False)
    at: At | None = attrs.field(default=None, repr=False)


def carry_out(
    register: Register,
    request: MergeRequest | UnmergeRequest,
    *,
    at: At,
    by: Party = SERVICE_DESK,
    compared: Mapping[str, bool] = COMPARED,
) -> Done:
    """Carry a request out: wholly, or not at all.

    Args:
        register: The register.
        request: The request.
        at: When, kept as the time of the last change of both.
        by: Who carries it out; none but the service desk may.
        compared: Which differences between the two need a reason.

    Returns:
        What was done, for `undo`.

    Raises:
        InvalidData: The request is not sound, or the two records differ much and no
            reason is given.
        RegisterRefused: `not-permitted`: it is the service desk's. `other-master`: the
            ULN is linked to another than the request says. Else as `Register.merge`
            and `Register.unmerge` say.
        RegisterUnavailable: The file is locked, read-only, or the disk is full.

    Source: LRS portal guide, section 6.1 (published: what is asked for); who carries
    it out is derived (clause PG-A-13).
    """
    _permit(request, by)
    request.check().raise_if_errors()
    with register.transaction():
        if isinstance(request, UnmergeRequest):
            return _part(register, request, at, compared)
        one = _own(register, request.master)
        other = _own(register, request.duplicate)
        request.check(one, other, compared=compared).raise_if_errors()
        register.merge(request.duplicate, into=request.master, at=at)
        found = differences(one, other, compared=compared)
        return _done(register, request, at, found)


def undo(register: Register, done: Done, *, at: At, by: Party = SERVICE_DESK) -> Done:
    """Take back what was done: details, former details and links are as before.

    The version and the time of the last change go on, for the record has changed.

    Args:
        register: The register.
        done: What was done.
        at: When, kept as the time of the last change of both.
        by: Who takes it back; none but the service desk may.

    Returns:
        What was done now; to undo that is to do again.

    Raises:
        RegisterRefused: `not-permitted`: it is the service desk's. `changed-since`:
            the two are not linked, or parted, as they were left. Else as
            `Register.merge` and `Register.unmerge` say.
        RegisterUnavailable: The file is locked, read-only, or the disk is full.

    Source: ours.
    """
    pair = str(done.into), str(done.linked)
    request: MergeRequest | UnmergeRequest
    if done.is_merge:
        request = UnmergeRequest(master=pair[0], linked=pair[1])
    else:
        request = MergeRequest(master=pair[0], duplicate=pair[1])
    _permit(request, by)
    with register.transaction():
        link = register.link(done.linked)
        if link != (done.into if done.is_merge else None):
            raise RegisterRefused(
                "changed-since", "the ULNs are not as this left them: see what was done"
            )
        if not done.is_merge:
            register.merge(done.linked, into=done.into, at=at)
            master = _master(register, done.linked)
            return attrs.evolve(done, is_merge=True, master=master, at=at)
        register.unmerge(done.linked, at=at)
        return attrs.evolve(done, is_merge=False, at=at)


def _permit(request: MergeRequest | UnmergeRequest, by: Party) -> None:
    decision = may_carry_out(request, by)
    if not decision:
        raise RegisterRefused("not-permitted", clause(decision.clause).text)


def _part(
    register: Register, request: UnmergeRequest, at: At, compared: Mapping[str, bool]
) -> Done:
    """Part two ULNs, of which the request names the one above or the one at the top."""
    link = register.link(request.linked)
    if link is None:
        raise RegisterRefused("not-linked", "the ULN is not linked to a master")
    if Uln(request.master) not in {link, _master(register, request.linked)}:
        raise RegisterRefused(
            "other-master", "the ULN is linked to another than the request says"
        )
    master = _master(register, request.linked)
    register.unmerge(request.linked, at=at)
    found = differences(
        _own(register, link), _own(register, request.linked), compared=compared
    )
    return Done(
        is_merge=False,
        linked=Uln(request.linked),
        into=link,
        master=master,
        differences=found,
        reason=request.reason,
        at=at,
    )


def _done(
    register: Register,
    request: MergeRequest,
    at: At,
    found: tuple[Difference, ...],
) -> Done:
    link = register.link(request.duplicate)
    assert link is not None  # noqa: S101  # it was merged just now
    return Done(
        is_merge=True,
        linked=Uln(request.duplicate),
        into=link,
        master=_master(register, request.duplicate),
        differences=found,
        reason=request.reason,
        at=at,
    )


def _own(register: Register, number: Uln | str) -> Learner:
    """Return a ULN's own record, not its master's."""
    found = register.lookup(number)
    if not found:
        raise RegisterRefused("WSRC0019", "the ULN is not in the register")
    return found[0].learner


def _master(register: Register, number: Uln | str) -> Uln:
    (profile,) = register.profiles([number])
    return profile.uln
