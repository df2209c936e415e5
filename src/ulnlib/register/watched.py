"""A register through which every look is written down.

Examples:
    >>> from ulnlib import Learner, Register
    >>> from ulnlib.plr import Actor
    >>> register = Register()
    >>> uln = register.add(
    ...     Learner(uln="1000000043", given_name="Ada", family_name="Example")
    ... )
    >>> log = []
    >>> clerk = Actor(user="jsmith", organisation="Example College")
    >>> watched = Watched(register, by=clerk, write=log.append)
    >>> watched.find("1000000043", "Ada", "Example", at="2026-11-21T09:30:00").version
    1
    >>> [entry.action for entry in log]
    ['find learner']
"""

from __future__ import annotations

__all__ = ["Watched"]

from typing import TYPE_CHECKING

import attrs

from ulnlib.plr.audit import Access, AccessEntry, Actor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ulnlib._dates import At
    from ulnlib.learner import Learner, Profile
    from ulnlib.matching.answers import Query, SearchResult
    from ulnlib.matching.policy import Policy
    from ulnlib.register.store import FormerValue, Register
    from ulnlib.uln import Uln


@attrs.frozen(kw_only=True)
class Watched:
    """A register as one user sees it.

    An entry is written before the answer is given: when it cannot be written, nothing
    is disclosed. What discloses nobody writes nothing.

    Attributes:
        register: The register.
        by: The user.
        write: What takes each entry, such as the `append` of a list; what it raises
            comes out.

    Source: LRS frequently asked questions (published: who has looked, and when, is
    written down); that a search discloses everybody whom it names is assumed.
    """

    register: Register = attrs.field(kw_only=False)
    by: Actor
    write: Callable[[AccessEntry], object] = attrs.field(repr=False)

    def find(
        self, uln: Uln | str, given_name: str, family_name: str, *, at: At
    ) -> Profile | None:
        """Find a learner; see `Register.find`. `at` is when, for the log."""
        found = self.register.find(uln, given_name, family_name)
        self._write(Access.FIND, [found] if found else [], at)
        return found

    def search(
        self, query: Query | Learner, policy: Policy | None = None, *, at: At
    ) -> SearchResult:
        """Search for a learner; see `Register.search`. `at` is when, for the log."""
        result = self.register.search(query, policy)
        self._write(Access.SEARCH, [match.profile for match in result.matches], at)
        return result

    def profile(self, uln: Uln | str, *, at: At) -> Profile | None:
        """Return a profile; see `Register.profile`. `at` is when, for the log."""
        found = self.register.profile(uln)
        self._write(Access.VIEW_PROFILE, [found] if found else [], at)
        return found

    def former_values(self, uln: Uln | str, *, at: At) -> tuple[FormerValue, ...]:
        """Return former values; see `Register.former_values`. `at` is for the log."""
        values = self.register.former_values(uln)
        if values and (found := self.register.profile(uln)):
            self._write(Access.VIEW_PROFILE, [found], at)
        return values

    def _write(self, action: Access, profiles: Iterable[Profile], at: At) -> None:
        for profile in profiles:
            self.write(self.by.entry(action, profile.uln, at=at))
