"""Ability to share: which changes are allowed, and which value a merge leaves."""

from __future__ import annotations

__all__ = ["is_allowed_change", "most_restrictive"]

from collections.abc import Iterable

from ulnlib.codes import AbilityToShare

_NOT_SEEN = AbilityToShare.NOTICE_NOT_SEEN.value
_NO_VALUE = frozenset({None, "", AbilityToShare.NOT_PROVIDED.value, _NOT_SEEN})

# From the least to the most restrictive: an opted-out record never opens by a merge.
_BY_RESTRICTION = (
    AbilityToShare.ABLE_TO_SHARE.value,
    AbilityToShare.NOTICE_NOT_SEEN.value,
    AbilityToShare.UNABLE_TO_SHARE.value,
)


def is_allowed_change(before: str | None, after: str | None) -> bool:
    """Say whether ability to share may change from one value to another.

    Once it is anything but 0 it can never be 0 again.

    Args:
        before: The value that the register holds, None for none.
        after: The value that is sent, None for none (which changes nothing).

    Returns:
        Whether the service accepts it; a refusal is response code WSRC0014.

    Source: LRS portal guide, Appendix F, option 0 (published).
    """
    return after != _NOT_SEEN or before in _NO_VALUE


def most_restrictive(values: Iterable[str | None]) -> str | None:
    """Return the value that holds for a master and the ULNs merged into it.

    Args:
        values: The values of the master and of its linked records.

    Returns:
        2 before 0 before 1; None when none is given.

    Source: assumed; no document says what a merge does to the value.
    """
    given = set(values)
    return next((value for value in reversed(_BY_RESTRICTION) if value in given), None)
