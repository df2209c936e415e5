"""Organisations: what registering with the service takes, and how to get ULNs.

Examples:
    >>> college = Organisation(ukprn="10012345", has_registration_form=True)
    >>> [step.name for step in missing_steps(college)][:2]
    ['SUPER_USER_NOMINATED', 'AGREEMENT']
    >>> approach_for(51, has_web_services=False).value
    'batch file'

Source: LRS portal guide, sections 1.1 to 1.3 and 4.1 (published).
"""

from __future__ import annotations

__all__ = [
    "KINDS_SERVED",
    "PORTAL_LEARNERS",
    "REGISTRATION",
    "Approach",
    "Organisation",
    "RegistrationStep",
    "approach_for",
    "check_organisation",
    "may_have_data",
    "missing_steps",
]

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from ulnlib.identifiers import check_ukprn
from ulnlib.issues import Issue, Report, issue
from ulnlib.rules._words import Word
from ulnlib.rules.clauses import Decision


class RegistrationStep(Word):
    """A step on the way to the portal.

    Source: LRS portal guide, section 1.3 (published).
    """

    UKPRN = "a UKPRN from the register of providers, or from Edubase for a school"
    SUPER_USER_NOMINATED = "a nominated super user"
    REGISTRATION_FORM = "the organisation registration form"
    AGREEMENT = "the learning provider agreement"
    REGISTERED = "the service registers the organisation"
    SUPER_USER_ACCOUNT = "the service sets up the super user's account"
    USERS_AGREE = "every user agrees to the user agreement"


REGISTRATION: Mapping[RegistrationStep, str] = MappingProxyType(
    {
        RegistrationStep.UKPRN: "PG-1.3-A1",
        RegistrationStep.SUPER_USER_NOMINATED: "PG-1.3-A3",
        RegistrationStep.REGISTRATION_FORM: "PG-1.3-A4",
        RegistrationStep.AGREEMENT: "PG-1.3-A4",
        RegistrationStep.REGISTERED: "PG-1.3-A6",
        RegistrationStep.SUPER_USER_ACCOUNT: "PG-1.3-A6",
        RegistrationStep.USERS_AGREE: "PG-1.3-A5",
    }
)
"""The steps with their clauses, in order; the service takes the two before the last.

Source: LRS portal guide, section 1.3 (published), which has the users' agreement
before the registration; each user gives it at a log-on (section 2.2), so it is last
here.
"""

KINDS_SERVED: tuple[str, ...] = (
    "schools",
    "further-education providers",
    "higher-education institutions",
    "careers services",
    "awarding organisations",
)
"""Kinds of organisation that use the service; it is not the law's list.

The Education Act 1996 lists the *prescribed persons*. The guide does not repeat the
list, so whether an organisation is on it is a fact that the caller brings.

Source: FE Week, report on learners' access (observed).
"""


@attrs.frozen(kw_only=True)
class Organisation:
    """What is known of an organisation that registers, or has registered.

    Attributes:
        ukprn: Its number.
        is_school: Whether it is a school, which gets its number through Edubase.
        is_prescribed: Whether the law lists it as a prescribed person; None when
            nobody has looked.
        has_super_user: Whether it has nominated a super user.
        has_registration_form: Whether the organisation registration form is done.
        has_agreement: Whether the learning provider agreement is signed.
        is_registered: Whether the service has registered it.
        has_super_user_account: Whether the super user's account is set up.
        users_agree: Whether every user has agreed to the user agreement.

    Source: LRS portal guide, sections 1.1 to 1.3 (published).
    """

    ukprn: str | None = None
    is_school: bool = False
    is_prescribed: bool | None = None
    has_super_user: bool = False
    has_registration_form: bool = False
    has_agreement: bool = False
    is_registered: bool = False
    has_super_user_account: bool = False
    users_agree: bool = False


def _done(organisation: Organisation) -> Mapping[RegistrationStep, bool]:
    ukprn = organisation.ukprn
    return {
        RegistrationStep.UKPRN: ukprn is not None and check_ukprn(ukprn).is_ok,
        RegistrationStep.SUPER_USER_NOMINATED: organisation.has_super_user,
        RegistrationStep.REGISTRATION_FORM: organisation.has_registration_form,
        RegistrationStep.AGREEMENT: organisation.has_agreement,
        RegistrationStep.REGISTERED: organisation.is_registered,
        RegistrationStep.SUPER_USER_ACCOUNT: organisation.has_super_user_account,
        RegistrationStep.USERS_AGREE: organisation.users_agree,
    }


def missing_steps(organisation: Organisation) -> tuple[RegistrationStep, ...]:
    """Return the steps that are still to be taken, in order.

    Args:
        organisation: What is known of it.

    Returns:
        The steps; none when the organisation and its users can begin.

    Source: LRS portal guide, section 1.3 (published).
    """
    done = _done(organisation)
    return tuple(step for step in REGISTRATION if not done[step])


_MISSING: Mapping[RegistrationStep, tuple[str, str]] = {
    RegistrationStep.SUPER_USER_NOMINATED: (
        "organisation-without-super-user",
        "has_super_user",
    ),
    RegistrationStep.REGISTRATION_FORM: (
        "organisation-without-form",
        "has_registration_form",
    ),
    RegistrationStep.AGREEMENT: ("organisation-without-agreement", "has_agreement"),
    RegistrationStep.REGISTERED: ("organisation-not-registered", "is_registered"),
    RegistrationStep.SUPER_USER_ACCOUNT: (
        "organisation-without-account",
        "has_super_user_account",
    ),
    RegistrationStep.USERS_AGREE: ("users-without-agreement", "users_agree"),
}


def check_organisation(organisation: Organisation) -> Report:
    """Return what an organisation lacks, each with what to do about it.

    Args:
        organisation: What is known of it.

    Returns:
        Findings in the order of the steps, that the law's list was not looked at
        being the first.

    Source: LRS portal guide, sections 1.1 and 1.3 (published).
    """
    found: list[Issue] = []
    if organisation.is_prescribed is None:
        found.append(issue("organisation-not-looked-up", "is_prescribed"))
    elif not organisation.is_prescribed:
        found.append(issue("organisation-not-prescribed", "is_prescribed"))
    if not (organisation.ukprn or "").strip():
        school = organisation.is_school
        found.append(
            issue("ukprn-missing-school" if school else "ukprn-missing", "ukprn")
        )
    else:
        found += (one.at("ukprn") for one in check_ukprn(organisation.ukprn or ""))
    for step in missing_steps(organisation):
        if step in _MISSING:
            found.append(issue(*_MISSING[step]))
    return Report(found)


def may_have_data(organisation: Organisation) -> Decision:
    """Say whether learners' data may go to an organisation at all.

    Args:
        organisation: What is known of it.

    Returns:
        Yes when the law lists it and its agreement is signed; what nobody has looked
        up counts as no.

    Source: LRS portal guide, section 1.1; LRS FAQ (published).
    """
    if not organisation.is_prescribed:
        return Decision(allowed=False, clause="PG-1.1-3")
    return Decision(allowed=organisation.has_agreement, clause="FAQ-ORG-1")


# --- which way to get ULNs --------------------------------------------------------


class Approach(Word):
    """A way to find or make ULNs.

    Source: LRS portal guide, section 4.1 (published).
    """

    PORTAL = "portal"
    BATCH = "batch file"
    WEB_SERVICE = "web service"


PORTAL_LEARNERS = 50
"""Up to so many learners are quickest by hand.

Source: LRS portal guide, section 4.1 (published).
"""


def approach_for(count: int, *, has_web_services: bool) -> Approach:
    """Return the way that the guide advises for a group of learners.

    Args:
        count: How many learners there are.
        has_web_services: Whether the organisation's own software is linked to the
            Learner Register.

    Returns:
        The web service wherever there is one, whatever the number; otherwise the
        portal for up to 50, and a batch file for more.

    Raises:
        ValueError: There is no learner.

    Source: LRS portal guide, section 4.1 (published).
    """
    if count < 1:
        raise ValueError("there has to be at least 1 learner")
    if has_web_services:
        return Approach.WEB_SERVICE
    return Approach.PORTAL if count <= PORTAL_LEARNERS else Approach.BATCH
