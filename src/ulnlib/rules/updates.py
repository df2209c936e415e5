"""What may be changed in a record, and what may be made a new one.

The service tells learners apart by the five key demographics. It makes no second ULN
for the same five, and takes an update only from somebody who has seen the record as
it is now.

Examples:
    >>> before = Learner(given_name="Ada", family_name="Example", postcode="ZA1 1AA")
    >>> changed_mandatory(before, Learner(family_name="Sample", postcode="za11aa"))
    ('family_name',)
"""

from __future__ import annotations

__all__ = [
    "AGREEING",
    "NEVER_UPDATED",
    "Refusal",
    "changed_mandatory",
    "changes_by_file",
    "check_changes",
    "cleared_mandatory",
    "differing",
    "folded_demographics",
    "is_same_learner",
    "may_update_by_file",
    "refuse_duplicate",
    "refuse_registration",
    "refuse_update",
    "updated",
]

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import attrs

from ulnlib._text import fold_postcode, fold_text
from ulnlib.codes import ResponseCode
from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS, REGISTRATION_MANDATORY
from ulnlib.issues import Report, Severity, issue
from ulnlib.learner import Learner
from ulnlib.rules._words import texts
from ulnlib.rules.clauses import Decision
from ulnlib.rules.registration import Form, check_form, missing_for_registration
from ulnlib.rules.sharing import is_allowed_change

AGREEING = 4
"""So many of the five demographics must agree with the record of a given ULN.

Source: assumed, from LRS portal guide, Appendix C (published: one mandatory field is
updated per file); how the service tells an update from a wrong ULN is not public.
"""

NEVER_UPDATED = frozenset({"uln", "mis_identifier", "upn"})
"""What an update by batch never touches: numbers, of which the UPN is published.

Source: gov.uk, LRS release 1902.01 (published for the UPN); that the ULN and the
sender's own identifier are none of the record's details is ours.
"""


@attrs.frozen
class Refusal:
    """Why the service would not write something.

    Attributes:
        code: The service's response code, or a word of ours where it has none.
        message: What is wrong and what to do, without any person's details.
        clause: The id of the clause that says so.
    """

    code: str
    message: str
    clause: str

    def __str__(self) -> str:
        return f"{self.message} ({self.code})"


# --- the five, compared -----------------------------------------------------------


def folded_demographics(learner: Learner) -> tuple[str | None, ...]:
    """Return the five key demographics as they are compared, in order.

    Args:
        learner: The learner.

    Returns:
        Each without its capitals and spare spaces, None where it is not given.

    Source: assumed, see `ulnlib.rules.updates.is_same_learner`.
    """
    return (
        fold_text(learner.given_name or "") or None,
        fold_text(learner.family_name or "") or None,
        fold_text(learner.date_of_birth or "") or None,
        fold_text(learner.gender or "") or None,
        fold_postcode(learner.postcode or "") or None,
    )


def differing(asked: Learner, held: Learner) -> tuple[str, ...]:
    """Return which of the five demographics do not agree, in order.

    Args:
        asked: What is known of somebody; what is not given agrees with nothing.
        held: A record.

    Returns:
        The names of the fields.

    Source: web-service notes, section 6, points 3 and 5 (observed); that nothing but
    capitals and spaces is overlooked is assumed.
    """
    return tuple(
        name
        for name, one, other in zip(
            FIVE_DEMOGRAPHICS,
            folded_demographics(asked),
            folded_demographics(held),
            strict=True,
        )
        if one is None or one != other
    )


def is_same_learner(one: Learner, other: Learner) -> bool:
    """Say whether two records are one learner to the service: all five are equal.

    Args:
        one: A record.
        other: Another. A record that lacks one of the five is nobody's equal.

    Returns:
        Whether the service would refuse to register both.

    Source: web-service notes, section 6, point 5, a client's text of WSRC0021
    (observed).
    """
    return not differing(one, other)


def changed_mandatory(before: Learner, after: Learner) -> tuple[str, ...]:
    """Return which mandatory fields an update changes, in order.

    Mandatory means the five key demographics. Another spelling of the same, in
    capitals or spaces, is no change.

    Args:
        before: The record as it is.
        after: The update. None leaves a field as it is, the empty text clears it.

    Returns:
        The names of the fields.

    Source: LRS portal guide, Appendix C (published: one mandatory field per file);
    that the five are meant is assumed.
    """
    now = folded_demographics(after)
    return tuple(
        name
        for name, was, new in zip(
            FIVE_DEMOGRAPHICS, folded_demographics(before), now, strict=True
        )
        if getattr(after, name) is not None and was != new
    )


def check_changes(before: Learner, after: Learner) -> Report:
    """Check an update by batch file: one mandatory field of a learner per file.

    Args:
        before: The record as it is.
        after: The update. None leaves a field as it is, the empty text clears it.

    Returns:
        A finding when more than one of the five changes. Other fields may change at
        will, and a web service may change all five at once.

    Source: LRS portal guide, Appendix C (published); that the five are meant, and what
    the service does with more, is assumed.
    """
    changed = changed_mandatory(before, after)
    if len(changed) <= 1:
        return Report()
    labels = ", ".join(FIELDS[name].label for name in changed)
    return Report(
        [issue("mandatory-changes", changed[0], count=len(changed), labels=labels)]
    )


def may_update_by_file(held: Learner, given: Learner) -> Decision:
    """Say whether a row with a ULN may change the record of that ULN.

    Args:
        held: The record.
        given: The row. What is not given agrees with nothing.

    Returns:
        Allowed when at least `AGREEING` of the five agree: then it is beyond doubt
        the learner's, and at most one mandatory field changes.

    Source: LRS portal guide, Appendix C (published: one mandatory field per file);
    that the others must be given and agree is assumed.
    """
    agreeing = len(FIVE_DEMOGRAPHICS) - len(differing(given, held))
    return Decision(allowed=agreeing >= AGREEING, clause="PG-C-1")


def changes_by_file(
    held: Learner,
    given: Learner,
    *,
    kept: Iterable[str] = (),
    as_of: dt.date | None = None,
) -> Mapping[str, str]:
    """Return what a row of a batch file changes in a record.

    Args:
        held: The record.
        given: The row; an empty cell changes nothing.
        kept: Fields that are left as they are.
        as_of: The day, which says whether there is an opt-out; without one only that
            change of ability to share is left out which is refused on every day.

    Returns:
        The fields that are written, with their new values. Not among them: what is
        `NEVER_UPDATED`, another spelling of the same demographics, and an ability to
        share that may not change so.

    Source: gov.uk, LRS release 1902.01 (published: optional fields are taken over,
    the UPN is not); LRS portal guide, Appendix F (published); that a refused ability
    to share leaves the other fields to be written is assumed.
    """
    left = NEVER_UPDATED | texts(kept)
    share = given.ability_to_share
    if not is_allowed_change(held.ability_to_share, share, as_of=as_of):
        left |= {"ability_to_share"}
    left |= set(FIVE_DEMOGRAPHICS).difference(changed_mandatory(held, given))
    return MappingProxyType(
        {
            name: new
            for name, old, new in zip(
                FIELDS, held.values(), given.values(), strict=True
            )
            if new and new != old and name not in left
        }
    )


_ANY_DAY = Form(
    accepted=MappingProxyType(
        {name: facet.codes for name, facet in FIELDS.items() if name != "uln"}
    ),
    mandatory=REGISTRATION_MANDATORY,
    as_of=None,
)
"""What every record of the register is checked against, on whatever day."""

# --- what is refused --------------------------------------------------------------


def refuse_registration(learner: Learner) -> Refusal | None:
    """Say why a learner cannot be made a new record, or None.

    Args:
        learner: The record that is to get a ULN.

    Returns:
        `uln-given`: there is a ULN already. `WSRC0015`: mandatory fields are missing.
        `WSEC0001`: a value has a format or a code that the service does not take; ages
        depend on the day and are not asked here.

    Source: registerlearner.xsd, type LearnerToRegister (observed); LRS portal guide,
    section 4.2.2 (published). The codes are assumed.
    """
    if (learner.uln or "").strip():
        return Refusal(
            "uln-given",
            "the learner has a ULN already: load the record with add(), or change "
            "it with update()",
            "PG-4.2.2-R1",
        )
    if missing := missing_for_registration(learner):
        return Refusal(
            "WSRC0015",
            f"a new ULN needs these fields as well: {', '.join(missing)}",
            "XS-8",
        )
    for item in check_form(learner, _ANY_DAY):
        if item.severity is Severity.ERROR:
            return Refusal(
                ResponseCode.INVALID_REQUEST, f"{item.field}: {item.message}", "WS-P-1"
            )
    return None


def refuse_duplicate(learner: Learner, held: Iterable[Learner]) -> Refusal | None:
    """Say why a learner cannot be made a new record beside others, or None.

    Args:
        learner: The record that is to get a ULN.
        held: Records that there are.

    Returns:
        `WSRC0021` when one of them has the same five demographics.

    Source: a client's text of WSRC0021 (observed).
    """
    if not any(is_same_learner(learner, one) for one in held):
        return None
    return Refusal(
        "WSRC0021",
        "a learner with the same given name, family name, date of birth, gender and "
        "postcode is there already: search, and use that ULN",
        "WS-4",
    )


def updated(held: Learner, given: Learner) -> Learner:
    """Return a record as an update leaves it.

    Args:
        held: The record.
        given: The update. None leaves a field as it is, the empty text clears it; the
            ULN stays what it is.

    Returns:
        The record after the update, whether or not it is allowed.

    Source: ours; see `ulnlib.Learner`.
    """
    before = held.values()
    after = tuple(
        old if new is None else new or None
        for old, new in zip(before, given.values(), strict=True)
    )
    return Learner.of((before[0], *after[1:]))


def cleared_mandatory(before: Learner, after: Learner) -> tuple[str, ...]:
    """Return the fields of a new ULN that a change would leave empty, in order.

    Args:
        before: The record as it is. What it lacks already is not asked for.
        after: The record as it would be.

    Returns:
        The names of the fields.

    Source: assumed; registerlearner.xsd, type LearnerToUpdate, asks for the fields of
    a new ULN again (observed).
    """
    had = missing_for_registration(before)
    return tuple(name for name in missing_for_registration(after) if name not in had)


def refuse_update(
    held: Learner,
    given: Learner,
    *,
    seen: int | None,
    version: int,
    shares: Iterable[str | None] = (),
) -> Refusal | None:
    """Say why a record cannot be changed, or None.

    Args:
        held: The record.
        given: The update. None leaves a field as it is, the empty text clears it.
        seen: The version of the record that the caller has seen; None for any.
        version: The version of the record now.
        shares: Further values of ability to share that hold for the record, such as
            those of ULNs that were merged into it.

    Returns:
        The first that applies. `WSRC0013`: the record has changed since that version.
        `mandatory-missing`: a mandatory field would be cleared. `WSRC0014`: ability
        to share may not change so. `WSRC0020`: nothing would change.

    Source: web-service response codes WSRC0013, 0014 and 0020 (observed); their order,
    and that mandatory fields cannot be cleared, are assumed.
    """
    if seen is not None and seen != version:
        return Refusal(
            "WSRC0013",
            f"the record is at version {version}, not {seen}: read it again before "
            "changing it",
            "WS-5",
        )
    changed = updated(held, given)
    if cleared := cleared_mandatory(held, changed):
        return Refusal(
            "mandatory-missing",
            f"these fields cannot be cleared: {', '.join(cleared)}",
            "REG-U-1",
        )
    share = given.ability_to_share
    if not all(
        is_allowed_change(value, share) for value in (held.ability_to_share, *shares)
    ):
        return Refusal(
            "WSRC0014",
            "ability to share can never become 0 again once it has been another",
            "PG-F-2",
        )
    if changed == held:
        return Refusal("WSRC0020", "the record has these values already", "WS-6")
    return None
