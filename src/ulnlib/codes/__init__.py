"""The code lists of the service as enums.

A member is its wire text (`Gender.FEMALE == "2"`). Its label, display order, evidence,
source and dates stand in a table and are read at the first use. A text that is in no
list stays text: `parse_code` never refuses.

Examples:
    >>> parse_code(Gender, "2").label
    'Female'
    >>> parse_code(ReturnCode, "RC099")
    'RC099'
    >>> info(ReturnCode.POSSIBLE_MATCH).is_exception
    True

Source: each row of each list has its own.
"""

from __future__ import annotations

__all__ = [
    "AbilityToShare",
    "Code",
    "CodeInfo",
    "FailureFlag",
    "Gender",
    "JobType",
    "PrivacyNoticeSeen",
    "ResponseCode",
    "ReturnCode",
    "VerificationType",
    "VerifyCode",
    "codes_on",
    "info",
    "parse_code",
]

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NoReturn, TypeVar

import attrs

from ulnlib import _tables
from ulnlib.errors import InvalidValue

if TYPE_CHECKING:
    import datetime as dt
    from types import MappingProxyType


@attrs.frozen(kw_only=True)
class CodeInfo:
    """What the table says of one code.

    Attributes:
        code: The wire text.
        name: The name of the enum's member.
        label: What it means, in our words.
        order: Its place when the list is shown.
        evidence: published, observed, derived or assumed.
        source: Where it stands.
        valid_from: The first day on which it was used, where that is known.
        valid_to: The last day on which it was used, or None.
        note: What else to know, or the empty text.
        remedy: What to do about it, in plain words; return codes have one.
        is_exception: Whether it holds a learner back until somebody acts; said of
            return codes.
    """

    code: str
    name: str
    label: str
    order: int
    evidence: str
    source: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: str = ""
    remedy: str = ""
    is_exception: bool = False

    def is_valid_on(self, as_of: dt.date) -> bool:
        """Say whether the code was in use on a day.

        Args:
            as_of: The day.

        Returns:
            Whether the day is in its dates; a date that is not known excludes none.

        Source: the row's own.
        """
        return (self.valid_from is None or self.valid_from <= as_of) and (
            self.valid_to is None or as_of <= self.valid_to
        )


class Code(StrEnum):
    """What all the code lists share; it has no members of its own."""

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        # The standard error would print the caller's text.
        del value
        raise InvalidValue("code", f"this is no code of {cls.__name__}")

    @property
    def info(self) -> CodeInfo:
        """What the table says of this code."""
        return _table(type(self))[self.value]

    @property
    def label(self) -> str:
        """What it means, in our words."""
        return self.info.label


CodeType = TypeVar("CodeType", bound=Code)


class Gender(Code):
    """A learner's gender.

    Source: learner.xsd of the web-service schemas, type MIAPGender (observed).
    """

    NOT_KNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_SPECIFIED = "9"


class VerificationType(Code):
    """How the provider verified who the learner is.

    Source: LRS portal guide, Appendix D (published); learner.xsd of the web-service
    schemas, type MIAPVerificationType (numbers, observed).
    """

    NOT_PROVIDED = "0"
    RELATIONSHIP_WITH_SCHOOL = "1"
    PASSPORT = "2"
    DRIVING_LICENCE = "3"
    IDENTITY_CARD = "4"
    NATIONAL_INSURANCE_CARD = "5"
    CERTIFICATE_OF_ENTITLEMENT = "6"
    BANK_CARD = "7"
    OTHER = "999"


class AbilityToShare(Code):
    """Whether the learner saw the privacy notice, and lets the record be shared.

    Source: LRS portal guide, Appendix F (published).
    """

    NOT_PROVIDED = "-1"
    NOTICE_NOT_SEEN = "0"
    ABLE_TO_SHARE = "1"
    UNABLE_TO_SHARE = "2"


class PrivacyNoticeSeen(Code):
    """Whether the learner saw the privacy notice, as batch version 3A asks.

    Source: LRS release 1902.01, 12 February 2019 (published).
    """

    NO = "0"
    YES = "1"


class ReturnCode(Code):
    """What became of one learner of a batch file.

    Source: LRS portal guide, section 1.3 (published: RC001 to RC005 are successes);
    the meanings of eight codes are assumed, see the table.
    """

    CREATED = "RC001"
    FOUND = "RC002"
    UPDATED = "RC003"
    LINKED = "RC004"
    NOT_FOUND = "RC005"
    INSUFFICIENT_DATA = "RC006"
    POSSIBLE_MATCH = "RC007"
    TOO_MANY_MATCHES = "RC008"
    ULN_DISAGREES = "RC009"
    NULL_VALUES = "RC010"
    INCORRECT_FORMAT = "RC011"
    INCORRECT_IDENTIFIER = "RC012"
    OUTSIDE_AGE_RANGE = "RC013"

    @property
    def is_exception(self) -> bool:
        """Whether the learner is held back until somebody acts."""
        return self.info.is_exception

    @property
    def remedy(self) -> str:
        """What to do about it, in plain words."""
        return self.info.remedy


class ResponseCode(Code):
    """What a web service answers: WSRC for outcomes, WSEC for refusals.

    Source: web-service clients and a vendor's help pages (observed).
    """

    NO_MATCH = "WSRC0001"
    TOO_MANY_MATCHES = "WSRC0002"
    POSSIBLE_MATCHES = "WSRC0003"
    EXACT_MATCH = "WSRC0004"
    REGISTERED = "WSRC0005"
    UPDATED = "WSRC0006"
    BATCH_SUBMITTED = "WSRC0007"
    BATCH_INCOMPLETE = "WSRC0008"
    BATCH_SUCCESSFUL = "WSRC0009"
    BATCH_FAILED = "WSRC0010"
    CHANGED_SINCE = "WSRC0013"
    ABILITY_TO_SHARE_REFUSED = "WSRC0014"
    INSUFFICIENT_DATA = "WSRC0015"
    RECORD_COUNT_WRONG = "WSRC0017"
    UNKNOWN_JOB = "WSRC0018"
    ULN_NOT_FOUND = "WSRC0019"
    NOTHING_CHANGED = "WSRC0020"
    NOT_REGISTERED = "WSRC0021"
    LINKED = "WSRC0022"
    REPORT_ULNS_NOT_FOUND = "WSRC0023"
    REPORT_EMPTY = "WSRC0024"
    VERIFY_RECORD_COUNT_WRONG = "WSRC0030"
    ACHIEVEMENTS_NOT_SET_UP = "WSRC0043"
    INVALID_REQUEST = "WSEC0001"
    UNKNOWN_REQUEST = "WSEC0002"
    UNKNOWN_ORGANISATION = "WSEC0003"
    OUT_OF_HOURS = "WSEC0004"
    WRONG_PASSWORD = "WSEC0005"  # noqa: S105  # a code, not a password
    INSUFFICIENT_ACCESS = "WSEC0006"
    INVALID_EMAIL = "WSEC0044"
    INVALID_SUBMISSION_TYPE = "WSEC0045"
    TOO_MANY_ACHIEVEMENTS = "WSEC0046"
    NO_ACHIEVEMENTS = "WSEC0047"
    INVALID_ULN = "WSEC0136"
    NOT_SHARED = "WSEC0206"
    NOT_VERIFIED = "WSEC0208"
    UNKNOWN_ERROR = "WSEC0999"


class VerifyCode(Code):
    """What the verification of one learner found.

    Source: DfE learner verification client, response codes (observed).
    """

    MATCH = "WSVRC001"
    LINKED_MATCH = "WSVRC002"
    SIMILAR = "WSVRC003"
    LINKED_SIMILAR = "WSVRC004"
    NO_MATCH = "WSVRC005"
    ULN_NOT_FOUND = "WSVRC006"


class FailureFlag(Code):
    """Which comparison of a verification failed.

    Source: DfE learner verification client, failure flags (observed).
    """

    GIVEN_WITH_GIVEN_NAME = "VRF1"
    GIVEN_WITH_FAMILY_NAME = "VRF2"
    GIVEN_WITH_PREVIOUS_FAMILY_NAME = "VRF3"
    FAMILY_WITH_GIVEN_NAME = "VRF4"
    FAMILY_WITH_FAMILY_NAME = "VRF5"
    FAMILY_WITH_PREVIOUS_FAMILY_NAME = "VRF6"
    DATE_OF_BIRTH = "VRF7"
    GENDER = "VRF8"


class JobType(Code):
    """Whether a search or a batch may write, or only looks.

    Source: learner.xsd and findlearner.xsd of the web-service schemas, types
    MIAPBatchJobType and MIAPFindType (observed).
    """

    FULL = "FUL"
    CHECK = "CHK"


_TABLES: dict[type[Code], str] = {
    Gender: "codes_gender",
    VerificationType: "codes_verification_type",
    AbilityToShare: "codes_ability_to_share",
    PrivacyNoticeSeen: "codes_privacy_notice_seen",
    ReturnCode: "codes_return_code",
    ResponseCode: "codes_response_code",
    VerifyCode: "codes_verify_code",
    FailureFlag: "codes_failure_flag",
    JobType: "codes_job_type",
}


@cache
def _table(code_list: type[Code]) -> MappingProxyType[str, CodeInfo]:
    """Return the table of a list by code, in display order."""
    from types import MappingProxyType

    rows = _tables.load(_TABLES[code_list]).rows
    infos = sorted((CodeInfo(**row) for row in rows), key=lambda row: row.order)
    return MappingProxyType({row.code: row for row in infos})


def info(member: Code) -> CodeInfo:
    """Return what the table says of a code.

    Args:
        member: A member of one of the lists.

    Returns:
        Its row, the same object at every call.

    Source: the row's own.
    """
    return member.info


def codes_on(
    code_list: type[CodeType], as_of: dt.date | None = None
) -> tuple[CodeType, ...]:
    """Return the codes of a list in display order.

    Args:
        code_list: One of the lists.
        as_of: A day, to leave out codes that were not in use then.

    Returns:
        The members; all of them without a day.

    Source: each row's own.
    """
    return tuple(
        code_list(row.code)
        for row in _table(code_list).values()
        if as_of is None or row.is_valid_on(as_of)
    )


def parse_code(code_list: type[CodeType], text: str) -> CodeType | str:
    """Return the code that a text is, or the text itself.

    Args:
        code_list: One of the lists.
        text: The text as it stands.

    Returns:
        The member, or the same text when the list has no such code.

    Source: ours; a service may send a code that no document names.
    """
    try:
        return code_list(text)
    except InvalidValue:
        return text
