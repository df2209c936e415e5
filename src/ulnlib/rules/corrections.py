"""What a provider corrects itself, and what it reports to the service.

A wrong name, address, date of birth or opting-out setting is changed in the learner's
record. A ULN or a qualification that is wrong is reported (the guide's word is *data
challenge*), and a report without the information that is asked for is delayed.

Examples:
    >>> correction("family_name").kind
    <RouteKind.UPDATE: 'update'>
    >>> route = correction(Problem.SHARED_ULN)
    >>> route.kind, route.enquiry.label
    (<RouteKind.DATA_CHALLENGE: 'data_challenge'>, 'ULN has another problem')
    >>> correction(Problem.WRONG_GRADE, in_current_ilr=True).kind
    <RouteKind.ILR_RETURN: 'ilr_return'>
"""

from __future__ import annotations

__all__ = [
    "CHALLENGES",
    "CORRECTIONS",
    "Challenge",
    "Correction",
    "Enquiry",
    "Information",
    "Problem",
    "Route",
    "RouteKind",
    "correction",
]

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from ulnlib.fields import FIELDS
from ulnlib.rules._words import Word


class RouteKind(Word):
    """By which way something is put right.

    Source: LRS portal guide, section 6.1 (published); the service desk: Appendix C.
    """

    UPDATE = "update"
    DATA_CHALLENGE = "data_challenge"
    AWARDING_ORGANISATION = "awarding_organisation"
    ILR_RETURN = "ilr_return"
    SERVICE_DESK = "service_desk"
    OWN_SYSTEM = "own_system"


class Challenge(Word):
    """What a data challenge is about.

    Source: LRS portal guide, section 6.1, table (published).
    """

    ULN = "uln"
    EVENT = "event"


class Enquiry(Word):
    """The enquiry types that a data challenge is one of.

    Source: LRS portal guide, section 6.1, table (published).
    """

    ULN_CREATED = "uln_created"
    ULN_MERGED = "uln_merged"
    ULN_OTHER = "uln_other"
    QUALIFICATION_WRONG = "qualification_wrong"
    QUALIFICATION_NOT_THEIRS = "qualification_not_theirs"
    QUALIFICATION_TWICE = "qualification_twice"

    @property
    def challenge(self) -> Challenge:
        """Which data challenge it is."""
        return _ENQUIRIES[self][0]

    @property
    def label(self) -> str:
        """What it says, in our words."""
        return _ENQUIRIES[self][1]


_ENQUIRIES: Mapping[Enquiry, tuple[Challenge, str]] = MappingProxyType(
    {
        Enquiry.ULN_CREATED: (Challenge.ULN, "ULN was created wrongly"),
        Enquiry.ULN_MERGED: (Challenge.ULN, "ULN was merged wrongly"),
        Enquiry.ULN_OTHER: (Challenge.ULN, "ULN has another problem"),
        Enquiry.QUALIFICATION_WRONG: (
            Challenge.EVENT,
            "What is said of a qualification is wrong",
        ),
        Enquiry.QUALIFICATION_NOT_THEIRS: (
            Challenge.EVENT,
            "A qualification is not this learner's",
        ),
        Enquiry.QUALIFICATION_TWICE: (Challenge.EVENT, "A qualification stands twice"),
    }
)


class Problem(Word):
    """What can be wrong, beside a field of the record.

    Source: LRS portal guide, section 6.1, table and text (published); the last, from
    Appendix C (published).
    """

    DUPLICATE_ULN = "duplicate_uln"
    FICTITIOUS_ULN = "fictitious_uln"
    WRONG_MERGE = "wrong_merge"
    SHARED_ULN = "shared_uln"
    DECEASED_LEARNER = "deceased_learner"
    USES_ANOTHER_ULN = "uses_another_uln"
    OTHER_ULN_PROBLEM = "other_uln_problem"
    WRONG_GRADE = "wrong_grade"
    WRONG_DATE = "wrong_date"
    NEVER_STARTED = "never_started"
    WAS_SHARED = "was_shared"
    UPLOADED_TWICE = "uploaded_twice"
    MISSING_QUALIFICATION = "missing_qualification"
    PROHIBITED_NAME = "prohibited_name"


class Information(Word):
    """What a data challenge has to say.

    Source: LRS portal guide, section 6.1, table (published).
    """

    BOTH_ULNS = "both_ulns"
    WHICH_IS_MASTER = "which_is_master"
    REASON_FOR_MERGE = "reason_for_merge"
    REASON_FOR_DEMERGE = "reason_for_demerge"
    REASON_IF_KNOWN = "reason_if_known"
    ALL_THERE_IS = "all_there_is"
    TRANSFER_TO = "transfer_to"

    @property
    def text(self) -> str:
        """What is asked for, in our words."""
        return _INFORMATION[self]


_INFORMATION: Mapping[Information, str] = MappingProxyType(
    {
        Information.BOTH_ULNS: "Both ULNs.",
        Information.WHICH_IS_MASTER: "Which of the two is to stay, and which to go.",
        Information.REASON_FOR_MERGE: (
            "When the details of the two differ much, why they are one learner's: for "
            "other postcodes, that the learner has lived at both."
        ),
        Information.REASON_FOR_DEMERGE: "Why they are to be parted.",
        Information.REASON_IF_KNOWN: "Why it was recorded wrongly, if that is known.",
        Information.ALL_THERE_IS: "Everything that is known of the matter.",
        Information.TRANSFER_TO: (
            "When the qualification is to move: the ULN and the name of the learner to "
            "whom it belongs."
        ),
    }
)


@attrs.frozen(kw_only=True)
class Correction:
    """One row of the guide's table.

    Attributes:
        enquiry: The enquiry type.
        information: What has to be said.
        check_first: What to make sure of before, or the empty text.
        clause: The id of the clause.
    """

    enquiry: Enquiry
    information: tuple[Information, ...]
    check_first: str = ""
    clause: str


_MERGE = (
    Information.BOTH_ULNS,
    Information.WHICH_IS_MASTER,
    Information.REASON_FOR_MERGE,
)
_PARTICIPATION = (
    "Make sure that it is not a record of participation, which stands beside the "
    "qualification by right."
)

CHALLENGES: Mapping[Problem, Correction] = MappingProxyType(
    {
        Problem.DUPLICATE_ULN: Correction(
            enquiry=Enquiry.ULN_CREATED, information=_MERGE, clause="PG-6.1-R3"
        ),
        Problem.FICTITIOUS_ULN: Correction(
            enquiry=Enquiry.ULN_CREATED, information=_MERGE, clause="PG-6.1-R3"
        ),
        Problem.WRONG_MERGE: Correction(
            enquiry=Enquiry.ULN_MERGED,
            information=(Information.BOTH_ULNS, Information.REASON_FOR_DEMERGE),
            clause="PG-6.1-R4",
        ),
        Problem.SHARED_ULN: Correction(
            enquiry=Enquiry.ULN_OTHER,
            information=(Information.ALL_THERE_IS,),
            clause="PG-6.1-R5",
        ),
        Problem.DECEASED_LEARNER: Correction(
            enquiry=Enquiry.ULN_OTHER,
            information=(Information.ALL_THERE_IS,),
            clause="PG-6.1-R5",
        ),
        Problem.USES_ANOTHER_ULN: Correction(
            enquiry=Enquiry.ULN_OTHER,
            information=(Information.ALL_THERE_IS,),
            clause="PG-6.1-R5",
        ),
        Problem.OTHER_ULN_PROBLEM: Correction(
            enquiry=Enquiry.ULN_OTHER,
            information=(Information.ALL_THERE_IS,),
            clause="PG-6.1-R5",
        ),
        Problem.WRONG_GRADE: Correction(
            enquiry=Enquiry.QUALIFICATION_WRONG,
            information=(Information.REASON_IF_KNOWN,),
            clause="PG-6.1-R6",
        ),
        Problem.WRONG_DATE: Correction(
            enquiry=Enquiry.QUALIFICATION_WRONG,
            information=(Information.REASON_IF_KNOWN,),
            clause="PG-6.1-R6",
        ),
        Problem.NEVER_STARTED: Correction(
            enquiry=Enquiry.QUALIFICATION_NOT_THEIRS,
            information=(Information.ALL_THERE_IS,),
            check_first=_PARTICIPATION,
            clause="PG-6.1-R8",
        ),
        Problem.WAS_SHARED: Correction(
            enquiry=Enquiry.QUALIFICATION_NOT_THEIRS,
            information=(Information.ALL_THERE_IS, Information.TRANSFER_TO),
            check_first=(
                f"{_PARTICIPATION} When two learners share the ULN still, report the "
                "ULN and not the qualification."
            ),
            clause="PG-6.1-R8",
        ),
        Problem.UPLOADED_TWICE: Correction(
            enquiry=Enquiry.QUALIFICATION_TWICE,
            information=(Information.ALL_THERE_IS,),
            check_first=_PARTICIPATION,
            clause="PG-6.1-R9",
        ),
    }
)
"""The guide's table of data challenges, by problem.

Source: LRS portal guide, section 6.1, table (published).
"""


@attrs.frozen(kw_only=True)
class Route:
    """By which way something is put right.

    Attributes:
        kind: The way.
        clause: The id of the clause.
        what_to_do: In a sentence.
        enquiry: The enquiry type, for a data challenge.
        information: What a data challenge has to say.
        check_first: What to make sure of before, or the empty text.
    """

    kind: RouteKind
    clause: str
    what_to_do: str
    enquiry: Enquiry | None = None
    information: tuple[Information, ...] = ()
    check_first: str = ""

    @property
    def challenge(self) -> Challenge | None:
        """What the data challenge is about, where it is one."""
        return None if self.enquiry is None else self.enquiry.challenge


_ITSELF = Route(
    kind=RouteKind.UPDATE,
    clause="PG-6.1-R1",
    what_to_do="Correct it yourself: update the learner's record.",
)
_ADDED = Route(
    kind=RouteKind.UPDATE,
    clause="PG-4.2.3-R1",
    what_to_do="Add or correct it yourself: update the learner's record.",
)
_PARTED = Route(
    kind=RouteKind.DATA_CHALLENGE,
    clause="PG-6.1-R5",
    what_to_do="Report the ULN: a record's number is never changed by an update.",
    enquiry=Enquiry.ULN_OTHER,
    information=(Information.ALL_THERE_IS,),
)
_OURS = Route(
    kind=RouteKind.OWN_SYSTEM,
    clause="XS-1",
    what_to_do="Correct it in your own system: the service does not keep it.",
)
_UPN = Route(
    kind=RouteKind.SERVICE_DESK,
    clause="R1902-5",
    what_to_do="Ask the service desk: an update by batch does not change a UPN.",
)

_NAMES_OF_ITSELF = (
    "given_name",
    "preferred_given_name",
    "middle_names",
    "family_name",
    "previous_family_name",
    "family_name_at_16",
    "address_line_1",
    "address_line_2",
    "town",
    "county",
    "postcode",
    "ability_to_share",
    "date_of_birth",
)

CORRECTIONS: Mapping[str, Route] = MappingProxyType(
    {
        **dict.fromkeys(FIELDS, _ADDED),
        **dict.fromkeys(_NAMES_OF_ITSELF, _ITSELF),
        "uln": _PARTED,
        "mis_identifier": _OURS,
        "upn": _UPN,
    }
)
"""How each field of a learner's record is put right.

Source: LRS portal guide, sections 6.1 (names, address, opting out, date of birth) and
4.2.3 (everything else) (published); gov.uk, LRS release 1902.01 (UPN, published). Who
corrects a UPN is assumed.
"""

_NO_CHALLENGE: Mapping[Problem, Route] = MappingProxyType(
    {
        Problem.MISSING_QUALIFICATION: Route(
            kind=RouteKind.AWARDING_ORGANISATION,
            clause="PG-6.1-R2",
            what_to_do="Ask the awarding organisation: a missing qualification is no "
            "data challenge.",
        ),
        Problem.PROHIBITED_NAME: Route(
            kind=RouteKind.SERVICE_DESK,
            clause="PG-C-2",
            what_to_do="Ask the service desk, and leave the legal name as it is.",
        ),
    }
)

_NEXT_RETURN = Route(
    kind=RouteKind.ILR_RETURN,
    clause="PG-6.1-R7",
    what_to_do="Correct it in your next full ILR return: that updates the record.",
)


def correction(what: str, *, in_current_ilr: bool = False) -> Route:
    """Return by which way something is put right.

    Args:
        what: A field of a learner by its name, or a `Problem`.
        in_current_ilr: Whether the qualification came from your own ILR return of the
            current year.

    Returns:
        The way, and for a data challenge what it has to say.

    Raises:
        KeyError: It is neither a field nor a problem: names come from code, not from
            data.

    Source: LRS portal guide, sections 4.2.3 and 6.1 (published).
    """
    if what in CORRECTIONS:
        return CORRECTIONS[what]
    if what in _NO_CHALLENGE:
        return _NO_CHALLENGE[Problem(what)]
    if what not in CHALLENGES:
        raise KeyError("neither a field of a learner nor a problem")
    row = CHALLENGES[Problem(what)]
    if in_current_ilr and row.enquiry is Enquiry.QUALIFICATION_WRONG:
        return _NEXT_RETURN
    return Route(
        kind=RouteKind.DATA_CHALLENGE,
        clause=row.clause,
        what_to_do="Report it to the service as a data challenge.",
        enquiry=row.enquiry,
        information=row.information,
        check_first=row.check_first,
    )
