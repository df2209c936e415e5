"""Who raises a challenge and works on it, and what each may do.

Examples:
    >>> college = Party.organisation("10012345")
    >>> college.kind.value, Party.service_desk().kind.value
    ('ORG', 'SER')
"""

from __future__ import annotations

__all__ = ["NEEDS", "Party", "Standing", "UserType", "may_raise"]

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Self

import attrs

from ulnlib.identifiers import parse_ukprn
from ulnlib.rules import roles
from ulnlib.rules._words import Word
from ulnlib.rules.clauses import Decision
from ulnlib.rules.corrections import Challenge as About
from ulnlib.uln import Uln


class UserType(Word):
    """Who somebody is to the service.

    Source: LearnerServiceR9.wsdl, type UserType (observed); what the three letters
    mean is derived from the operations that take them.
    """

    LEARNER = "LNR"
    ORGANISATION = "ORG"
    SERVICE_DESK = "SER"


class Standing(Word):
    """How somebody stands to one challenge.

    Source: ours; LRS portal guide, section 6.4 (published: what the own organisation
    raised, and what others did).
    """

    RAISER = "raiser"
    LEARNER = "learner"
    SERVICE_DESK = "service_desk"
    OTHER = "other"


@attrs.frozen
class Party:
    """Somebody who has to do with challenges.

    Attributes:
        kind: An organisation's user, the learner, or the service desk.
        id: The organisation's UKPRN, or the learner's ULN; empty for the service desk.
        user: Who in an organisation, as an id of the caller's own.
    """

    kind: UserType
    id: str = attrs.field(default="", repr=False)
    user: str | None = attrs.field(default=None, repr=False, eq=False)

    @classmethod
    def organisation(cls, ukprn: str, *, user: str | None = None) -> Self:
        """Return a user of an organisation; its users stand for each other.

        Args:
            ukprn: The organisation's.
            user: Who, as an id of the caller's own.

        Raises:
            InvalidIdentifier: That is no UKPRN.
        """
        return cls(UserType.ORGANISATION, parse_ukprn(ukprn), user)

    @classmethod
    def learner(cls, uln: Uln | str) -> Self:
        """Return a learner, who may challenge too.

        Raises:
            InvalidUln: That is no ULN.

        Source: LRS portal guide, section 6.1 (published); that it is the own record
        alone is assumed.
        """
        return cls(UserType.LEARNER, str(Uln.parse(str(uln))))

    @classmethod
    def service_desk(cls, *, user: str | None = None) -> Self:
        """Return the service desk, which works on challenges.

        Args:
            user: Who, as an id of the caller's own.
        """
        return cls(UserType.SERVICE_DESK, "", user)

    def standing(self, raiser: Party, ulns: Iterable[str]) -> Standing:
        """Return how this party stands to a challenge.

        Args:
            raiser: Who raised it.
            ulns: The ULNs that it is about.
        """
        if self.kind is UserType.SERVICE_DESK:
            return Standing.SERVICE_DESK
        if self.kind is UserType.LEARNER and self.id not in set(ulns):
            return Standing.OTHER  # learners challenge their own record alone
        if (self.kind, self.id) == (raiser.kind, raiser.id):
            return Standing.RAISER
        is_learner = self.kind is UserType.LEARNER
        return Standing.LEARNER if is_learner else Standing.OTHER


NEEDS: Mapping[About, roles.Action] = MappingProxyType(
    {About.ULN: roles.Action.FIND_LEARNER, About.EVENT: roles.Action.VIEW_PLR}
)
"""What a user has to be able to do in order to raise a challenge.

Source: LRS portal guide, sections 6.2 and 6.3 (derived: the one is raised from the
learner's profile, the other from the personal learning record).
"""


def may_raise(
    about: About,
    user_roles: Iterable[roles.Role],
    granted: Iterable[roles.Role],
    *,
    has_found: bool = False,
    needs: Mapping[About, roles.Action] = NEEDS,
) -> Decision:
    """Say whether a user of an organisation may raise a challenge, by the roles.

    Args:
        about: Whether it is about the ULN or about an event.
        user_roles: The user's roles.
        granted: The roles that the organisation was granted.
        has_found: Whether the user has found this learner before, in this session.
        needs: Another table.

    Returns:
        The decision of `ulnlib.rules.roles.may` on what the way to it needs.

    Source: LRS portal guide, sections 6.2 and 6.3, Appendix A (derived).
    """
    action = needs[About(about)]
    return roles.may(user_roles, granted, action, has_found=has_found)
