"""The fields of a learner, each declared once: length, pattern, codes, evidence.

A file layout or a message adds only what is its own (heading, position, versions).
Reader, checker, writer, documents and screens are all made from this table.
"""

from __future__ import annotations

__all__ = [
    "EMAIL_PATTERN",
    "FIELDS",
    "FIVE_DEMOGRAPHICS",
    "REGISTRATION_MANDATORY",
    "Field",
    "Kind",
    "field",
]

from enum import StrEnum
from types import MappingProxyType

import attrs

from ulnlib._dates import DATE_PATTERN
from ulnlib.codes import AbilityToShare, Gender, VerificationType
from ulnlib.identifiers import SCN_PATTERN, UCI_PATTERN, UPN_PATTERN
from ulnlib.postcode import POSTCODE_PATTERN


class Kind(StrEnum):
    """What sort of text a field holds; decides how a defect is explained."""

    TEXT = "text"
    NAME = "name"
    ULN = "uln"
    DATE = "date"
    POSTCODE = "postcode"
    EMAIL = "email"
    CODE = "code"
    IDENTIFIER = "identifier"


EMAIL_PATTERN = (
    r"[a-zA-Z0-9!#$%'*+\-/=?^_`{|}~]+(?:\.[a-zA-Z0-9!#$%'*+\-/=?^_`{|}~]+)*"
    r"@[a-zA-Z0-9][a-zA-Z0-9\-]{0,61}[a-zA-Z0-9]"
    r"(?:\.[a-zA-Z0-9][a-zA-Z0-9\-]{0,61}[a-zA-Z0-9])*\.[a-zA-Z]{2,6}"
)
"""What the service accepts as an e-mail address.

Labels have at least two characters, and an ampersand is not accepted.

Source: learner.xsd of the web-service schemas, type MIAPEmail (observed).
"""

FIVE_DEMOGRAPHICS = (
    "given_name",
    "family_name",
    "date_of_birth",
    "gender",
    "postcode",
)
"""The five key demographics: by these the service finds and tells apart learners.

Source: LRS portal guide, sections 1.3 and 4.2.1 (published).
"""

REGISTRATION_MANDATORY = (*FIVE_DEMOGRAPHICS, "ability_to_share", "verification_type")
"""What a new ULN cannot be made without.

Source: registerlearner.xsd, type LearnerToRegister (observed); LRS portal guide,
section 4.2.2 (published).
"""

_XSD = "learner.xsd of the web-service schemas"


@attrs.frozen(kw_only=True)
class Field:
    """One field of a learner.

    Attributes:
        name: The name in `ulnlib.Learner`.
        label: The name on a screen, in the service's words.
        kind: What sort of text it is.
        max_length: The greatest number of characters.
        pattern: A regular expression that a whole value matches, or None for any
            text. Values are matched as they stand, digits are ASCII.
        codes: The values that are accepted, when there is a list.
        personal: Whether the value is a person's detail, kept out of every message.
        type_name: The name of the type in the service's schema.
        evidence: published, observed, derived or assumed.
        source: Where it stands.
        note: What else a reader of the reference page should know.
    """

    name: str
    label: str
    kind: Kind
    max_length: int
    pattern: str | None = None
    codes: tuple[str, ...] = ()
    personal: bool = True
    type_name: str
    evidence: str = "observed"
    source: str
    note: str = ""


def _xsd(  # noqa: PLR0913  # a row of the table
    name: str,
    label: str,
    kind: Kind,
    max_length: int,
    type_name: str,
    *,
    pattern: str | None = None,
    codes: tuple[str, ...] = (),
    personal: bool = True,
    note: str = "",
) -> Field:
    """Declare a field that the service's own schema describes."""
    return Field(
        name=name,
        label=label,
        kind=kind,
        max_length=max_length,
        pattern=pattern or ("|".join(codes) if codes else None),
        codes=codes,
        personal=personal,
        type_name=type_name,
        source=f"{_XSD}, type {type_name}",
        note=note,
    )


def _identifier(  # noqa: PLR0913, PLR0917  # a row of the table
    name: str, label: str, max_length: int, pattern: str, source: str, evidence: str
) -> Field:
    return Field(
        name=name,
        label=label,
        kind=Kind.IDENTIFIER,
        max_length=max_length,
        pattern=pattern,
        type_name="",
        evidence=evidence,
        source=source,
        note="Batch version 3A only; the service's own pattern is not known.",
    )


_ROWS = (
    _xsd(
        "uln",
        "ULN",
        Kind.ULN,
        10,
        "MIAPULN",
        pattern="[1-9][0-9]{9}",
        personal=False,
        note="The check digit is tested as well.",
    ),
    _xsd(
        "mis_identifier",
        "MIS identifier",
        Kind.TEXT,
        128,
        "MIAPMISIdentifier",
        personal=False,
        note="The learner's number in the sender's own system; comes back unchanged.",
    ),
    _xsd("title", "Title", Kind.TEXT, 35, "MIAPName"),
    _xsd("given_name", "Given name", Kind.NAME, 35, "MIAPNameNonEmpty"),
    _xsd("preferred_given_name", "Preferred given name", Kind.TEXT, 35, "MIAPName"),
    _xsd("middle_names", "Middle names", Kind.TEXT, 35, "MIAPName"),
    _xsd("family_name", "Family name", Kind.NAME, 35, "MIAPNameNonEmpty"),
    _xsd("previous_family_name", "Previous family name", Kind.TEXT, 35, "MIAPName"),
    _xsd("family_name_at_16", "Family name at 16", Kind.TEXT, 35, "MIAPName"),
    _xsd("school_at_16", "School at 16", Kind.TEXT, 254, "MIAPSchoolName"),
    _xsd("address_line_1", "Address line 1", Kind.TEXT, 50, "MIAPAddress"),
    _xsd("address_line_2", "Address line 2", Kind.TEXT, 50, "MIAPAddress"),
    _xsd("town", "Town", Kind.TEXT, 50, "MIAPAddress"),
    _xsd("county", "County or city", Kind.TEXT, 50, "MIAPAddress"),
    _xsd(
        "postcode",
        "Last known postcode",
        Kind.POSTCODE,
        9,
        "MIAPPostCode",
        pattern=POSTCODE_PATTERN,
    ),
    _xsd(
        "date_of_address_capture",
        "Date of address capture",
        Kind.DATE,
        10,
        "MIAPDate",
        pattern=DATE_PATTERN,
    ),
    _xsd(
        "date_of_birth",
        "Date of birth",
        Kind.DATE,
        10,
        "MIAPDate",
        pattern=DATE_PATTERN,
        note="The age must be 13 to 110, counted on the day of the check.",
    ),
    _xsd("place_of_birth", "Place of birth", Kind.TEXT, 35, "MIAPName"),
    _xsd(
        "email",
        "E-mail address",
        Kind.EMAIL,
        254,
        "MIAPEmail",
        pattern=EMAIL_PATTERN,
    ),
    _xsd(
        "gender",
        "Gender",
        Kind.CODE,
        1,
        "MIAPGender",
        codes=tuple(gender.value for gender in Gender),
    ),
    _xsd(
        "nationality",
        "Nationality",
        Kind.TEXT,
        3,
        "MIAPNationality",
        note="The code list is not known; any three characters pass.",
    ),
    _xsd(
        "scottish_candidate_number",
        "Scottish candidate number",
        Kind.IDENTIFIER,
        9,
        "MIAPScottishCandidateNumber",
        pattern=SCN_PATTERN,
    ),
    _identifier(
        "upn",
        "Unique pupil number (UPN)",
        13,
        UPN_PATTERN,
        "DfE, AP census guide 'Data items', May 2023 (general shape)",
        "assumed",
    ),
    _identifier(
        "uci",
        "Unique candidate identifier (UCI)",
        13,
        UCI_PATTERN,
        "WJEC and Pearson, UCI pages (general shape)",
        "assumed",
    ),
    _xsd(
        "ability_to_share",
        "Ability to share / privacy notice seen",
        Kind.CODE,
        1,
        "MIAPAbilityToShare",
        codes=tuple(c.value for c in AbilityToShare if c.value.isdigit()),
        personal=False,
        note="From batch version 3A only 0 and 1, under the name PrivacyNoticeSeen.",
    ),
    _xsd(
        "verification_type",
        "Verification type",
        Kind.CODE,
        3,
        "MIAPVerificationType",
        codes=tuple(kind.value for kind in VerificationType),
        personal=False,
    ),
    _xsd(
        "other_verification_description",
        "Other verification description",
        Kind.TEXT,
        255,
        "MIAPOtherVerificationDescription",
    ),
    _xsd("notes", "Notes", Kind.TEXT, 4000, "MIAPNotes"),
)

FIELDS: MappingProxyType[str, Field] = MappingProxyType(
    {row.name: row for row in _ROWS}
)
"""Every field by name, in the order of the batch record."""


def field(name: str) -> Field:
    """Return the field of that name.

    Raises:
        KeyError: There is no such field; names come from code, not from data.
    """
    return FIELDS[name]
