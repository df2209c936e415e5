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

from ulnlib.codes import VerifyCode
from ulnlib.plr.audit import Access, AccessEntry, Actor

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ulnlib._dates import At
    from ulnlib.learner import Learner, Profile
    from ulnlib.matching.answers import Query, SearchResult
    from ulnlib.matching.policy import Policy
    from ulnlib.matching.source import Candidate
    from ulnlib.matching.verification import Verification
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

    def profiles(self, ulns: Sequence[Uln | str], *, at: At) -> list[Profile]:
        """Return profiles; see `Register.profiles`. `at` is when, for the log."""
        found = self.register.profiles(ulns)
        self._write(Access.VIEW_PROFILE, found, at)
        return found

    def learners(self, *, at: At) -> Iterator[Profile]:
        """Yield every record; see `Register.learners`. `at` is when, for the log."""
        for found in self.register.learners():
            self._write(Access.VIEW_PROFILE, [found], at)
            yield found

    def lookup(self, uln: Uln | str, *, at: At) -> list[Candidate]:
        """Return the records of a ULN; see `Register.lookup`. `at` is for the log."""
        found = self.register.lookup(uln)
        if found:
            number = found[-1].learner.uln or ""
            self.write(self.by.entry(Access.VIEW_PROFILE, number, at=at))
        return found

    def verify(  # noqa: PLR0913  # the supplied values, as in `ulnlib.matching.verify`
        self,
        uln: Uln | str,
        given_name: str,
        family_name: str,
        date_of_birth: dt.date | str | None = None,
        gender: str | None = None,
        *,
        at: At,
    ) -> Verification:
        """Verify a learner; see `ulnlib.matching.verify`. `at` is when, for the log.

        That a ULN is somebody else's tells something of them too, and is written down.
        """
        from ulnlib.matching.verification import verify

        found = verify(
            self.register, uln, given_name, family_name, date_of_birth, gender
        )
        if found.code is not VerifyCode.ULN_NOT_FOUND:
            self.write(self.by.entry(Access.VERIFY, found.uln or uln, at=at))
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
