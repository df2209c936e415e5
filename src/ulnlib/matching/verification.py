"""Does a ULN belong to a learner: the daily check of an awarding organisation.

The answer is one of the service's verification codes, with a flag for each
comparison that failed. Names are compared in their own place, in the other's, and
with the former family name.

Examples:
    >>> from ulnlib import Learner, Register
    >>> register = Register()
    >>> uln = register.add(
    ...     Learner(uln="1000000043", given_name="Ada", family_name="MacDonald")
    ... )
    >>> verify(register, uln, "Ada", "McDonald").code.value
    'WSVRC003'
"""

from __future__ import annotations

__all__ = ["LearnerSource", "Verification", "verify"]

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Protocol

import attrs

from ulnlib._text import fold_text
from ulnlib.codes import FailureFlag, VerifyCode
from ulnlib.learner import Learner
from ulnlib.matching.both_names import compare_names
from ulnlib.matching.person import Person
from ulnlib.matching.plain import plain
from ulnlib.matching.policy import Policy
from ulnlib.matching.source import Candidate
from ulnlib.matching.tolerances import TOLERANCES, Tolerance
from ulnlib.uln import Uln


class LearnerSource(Protocol):
    """What a store offers to verify a learner by."""

    def lookup(self, uln: Uln, /) -> Sequence[Candidate]:
        """Return the record of a ULN and, for a linked one, its master's after it."""


@attrs.frozen(kw_only=True)
class Verification:
    """What the verification of one learner found.

    Attributes:
        code: The service's code.
        flags: The comparisons that failed, in order.
        tolerances: What differs between the names, when they are only similar.
        uln: The ULN to use: the master's, for a linked one; None when it is unknown.
    """

    code: VerifyCode
    flags: tuple[FailureFlag, ...] = ()
    tolerances: tuple[Tolerance, ...] = ()
    uln: Uln | None = None

    @property
    def is_match(self) -> bool:
        """Whether every value that was supplied is equal."""
        return self.code in {VerifyCode.MATCH, VerifyCode.LINKED_MATCH}


_LINKED = {
    VerifyCode.MATCH: VerifyCode.LINKED_MATCH,
    VerifyCode.SIMILAR: VerifyCode.LINKED_SIMILAR,
}

_TOO_FAR = frozenset({"other", "not_given", "near", "shared", "equivalent"})
"""Levels of names that are no similarity: strangers have them often enough."""


def verify(  # noqa: PLR0913, PLR0917  # the service's request
    register: LearnerSource,
    uln: Uln | str,
    given_name: str,
    family_name: str,
    date_of_birth: dt.date | str | None = None,
    gender: str | None = None,
    *,
    tolerances: Iterable[Tolerance] = TOLERANCES,
) -> Verification:
    """Say whether a ULN belongs to a learner.

    Args:
        register: Where records are; `ulnlib.Register` is one.
        uln: The ULN.
        given_name: The learner's given name.
        family_name: The learner's family name.
        date_of_birth: Compared when it is given.
        gender: The code of the gender, compared when it is given.
        tolerances: By which differences of names are only similar.

    Returns:
        `MATCH` when all that is given is equal, `SIMILAR` when only names differ, and
        no more than the tolerances allow; for a linked ULN `LINKED_MATCH` and
        `LINKED_SIMILAR`. `NO_MATCH` when the date of birth or the gender differs, or a
        name by more; `ULN_NOT_FOUND` when the register has no such ULN. For a linked
        ULN its own record and its master's are both good; the better answer counts.

    Raises:
        InvalidUln: The text is no ULN.

    Source: DfE learner verification client, response codes and failure flags
    (observed); where similar ends, and which flags a name sets that agrees in another
    place, is assumed.
    """
    number = uln if isinstance(uln, Uln) else Uln.parse(uln)
    asked = Person(
        Learner(
            given_name=given_name,
            family_name=family_name,
            date_of_birth=date_of_birth,
            gender=gender,
        )
    )
    records = register.lookup(number)
    if not records:
        return Verification(code=VerifyCode.ULN_NOT_FOUND)
    policy = Policy(tolerances=tolerances)
    found = [_verified(asked, record, policy) for record in records]
    best = min(found, key=lambda one: (one.code, len(one.flags)))
    is_linked = records[0].master is not None
    return attrs.evolve(
        best,
        code=_LINKED.get(best.code, best.code) if is_linked else best.code,
        uln=records[-1].uln,
    )


def _verified(asked: Person, record: Candidate, policy: Policy) -> Verification:
    held = Person(record.learner, families=record.families)
    flags = tuple(_flags(asked, held))
    if not flags:
        return Verification(code=VerifyCode.MATCH)
    given, family = compare_names(asked, held, policy)
    is_similar = not {FailureFlag.DATE_OF_BIRTH, FailureFlag.GENDER} & {*flags}
    if not is_similar or _TOO_FAR & {given.level.name, family.level.name}:
        return Verification(code=VerifyCode.NO_MATCH, flags=flags)
    found = dict.fromkeys(
        one.level.tolerance for one in (given, family) if one.level.tolerance
    )
    return Verification(code=VerifyCode.SIMILAR, flags=flags, tolerances=tuple(found))


def _flags(asked: Person, held: Person) -> Iterable[FailureFlag]:
    """Yield which comparisons fail.

    A name that agrees in its own place is not looked for in another; one that is not
    given agrees with nothing.
    """
    former = {fold_text(name) for name in held.other_families}
    if not asked.given or asked.given != held.given:
        yield FailureFlag.GIVEN_WITH_GIVEN_NAME
        if asked.given != held.family:
            yield FailureFlag.GIVEN_WITH_FAMILY_NAME
        if former and plain(asked.given) not in former:
            yield FailureFlag.GIVEN_WITH_PREVIOUS_FAMILY_NAME
    if not asked.family or asked.family != held.family:
        if asked.family != held.given:
            yield FailureFlag.FAMILY_WITH_GIVEN_NAME
        yield FailureFlag.FAMILY_WITH_FAMILY_NAME
        if former and plain(asked.family) not in former:
            yield FailureFlag.FAMILY_WITH_PREVIOUS_FAMILY_NAME
    if asked.born and asked.born != held.born:
        yield FailureFlag.DATE_OF_BIRTH
    if asked.gender and asked.gender != held.gender:
        yield FailureFlag.GENDER
