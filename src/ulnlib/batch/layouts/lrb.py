"""The LRB batch file, by which a provider registers and updates learners.

Row 1 has the headings. Row 2 has the four values about the file and the first
learner; the rows after it leave those four cells empty.
"""

from __future__ import annotations

__all__ = [
    "ALIASES",
    "LAYOUTS",
    "LRB_1A",
    "LRB_1B",
    "LRB_2A",
    "LRB_2A_OUTPUT",
    "LRB_3A",
    "LRB_3A_OUTPUT",
    "OUTPUT_LAYOUTS",
    "RECORD_LIMIT",
    "output_of",
]

import datetime as dt
from types import MappingProxyType

import attrs

from ulnlib.batch.layouts.layout import (
    JOB_TIME,
    RETURN_CODE,
    SENDER,
    Column,
    Head,
    Layout,
    XmlForm,
    file_columns,
)
from ulnlib.fields import FIELDS
from ulnlib.rules.sharing import FILE_VERSIONS, FileVersion, file_codes

RECORD_LIMIT = 5000
"""The greatest number of learners that one file should hold.

Source: old LRS site, page for further education: batches of 50 to 5,000 (observed).
"""

_ALL = ("1A", "1B", "2A", "3A")

# name, heading (per version where they differ), versions, evidence
_COLUMNS: tuple[tuple[str, str | dict[str, str], tuple[str, ...], str], ...] = (
    ("uln", "ULN", _ALL, "observed"),
    ("mis_identifier", "MISIdentifier", _ALL, "observed"),
    ("title", "Title", _ALL, "observed"),
    ("given_name", "GivenName", _ALL, "observed"),
    ("preferred_given_name", "PreferredGivenName", _ALL, "observed"),
    (
        "middle_names",
        {"3A": "MiddleNames", "": "MiddleOtherName"},
        _ALL,
        "observed",
    ),
    ("family_name", "FamilyName", _ALL, "observed"),
    ("previous_family_name", "PreviousFamilyName", _ALL, "observed"),
    ("family_name_at_16", "FamilyNameAt16", _ALL, "observed"),
    ("school_at_16", "SchoolAtAge16", _ALL, "observed"),
    ("address_line_1", "LastKnownAddressLine1", _ALL, "observed"),
    ("address_line_2", "LastKnownAddressLine2", _ALL, "observed"),
    ("town", "LastKnownAddressTown", _ALL, "observed"),
    ("county", "LastKnownAddressCountyorCity", _ALL, "observed"),
    ("postcode", "LastKnownPostCode", _ALL, "observed"),
    ("date_of_address_capture", "DateOfAddressCapture", _ALL, "observed"),
    ("date_of_birth", "DateOfBirth", _ALL, "observed"),
    ("place_of_birth", "PlaceOfBirth", _ALL, "observed"),
    ("email", "EmailAddress", _ALL, "observed"),
    ("gender", "Gender", _ALL, "observed"),
    ("nationality", "Nationality", _ALL, "observed"),
    ("scottish_candidate_number", "ScottishCandidateNumber", _ALL, "observed"),
    ("upn", "UPN", ("3A",), "assumed"),
    ("uci", "UCI", ("3A",), "assumed"),
    (
        "ability_to_share",
        {"3A": "PrivacyNoticeSeen", "": "AbilityToShare"},
        _ALL,
        "observed",
    ),
    ("verification_type", "VerificationType", _ALL, "observed"),
    (
        "other_verification_description",
        "OtherVerificationDescription",
        _ALL,
        "observed",
    ),
    ("notes", "Notes", _ALL, "observed"),
)


_ELEMENTS = MappingProxyType(
    {
        "family_name_at_16": "FamilyNameAtAge16",
        "county": "LastKnownAddressCountyOrCity",
    }
)
"""Elements of the XML form whose name is not the heading.

Source: batchlearner.xsd, learner.xsd, type BatchLearner (observed).
"""

_NEVER_EMPTY = ("ability_to_share", "verification_type")
"""Columns whose element is refused when it is there and empty.

Source: learner.xsd, types MIAPAbilityToShare and MIAPVerificationType (observed).
"""

_XML = XmlForm(
    namespace="http://api.lrs.miap.gov.uk/batchmsg",
    root="SubmitBatch",
    record="Learner",
    head=(
        *SENDER,
        Head(element="JobType", pattern="FUL|CHK"),
        Head(element="LearnerRecordCount", value="record_count", is_mandatory=True),
    ),
    never_empty=_NEVER_EMPTY,
    evidence="assumed",
    source="batchlearner.xsd, element SubmitBatch, type BatchLearner (observed for the "
    "web service); that a file has the same form is assumed",
)


def _codes(version: str, name: str) -> tuple[str, ...]:
    """Return the codes of a version, where they are fewer than the field's."""
    if name != "ability_to_share":
        return ()
    newest = FileVersion.V3A.value
    known = version if version == newest else FileVersion.V2A
    codes = tuple(code.value for code in file_codes(known))
    return codes if codes != FIELDS[name].codes else ()


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _of_version(heading: str | dict[str, str], version: str) -> str:
    """Return a heading, where versions differ that of this one."""
    if isinstance(heading, str):
        return heading
    return heading.get(version, heading[""])


def _columns(version: str) -> tuple[Column, ...]:
    learner = (
        Column(
            name=name,
            heading=_of_version(heading, version),
            element=_ELEMENTS.get(name),
            codes=_codes(version, name),
            evidence=evidence,
        )
        for name, heading, versions, evidence in _COLUMNS
        if version in versions
    )
    return (*file_columns("observed"), *learner)


LRB_2A = Layout(
    kind="LRB",
    version="2A",
    columns=_columns("2A"),
    evidence="observed",
    source="heading row written by a production MIS; element order of "
    "batchlearner.xsd (observed)",
    valid_to=_day(FILE_VERSIONS[FileVersion.V2A][0].last),
    xml=_XML,
)
"""Version 2A: 30 columns, taken by the service until 30 June 2019.

Source: see `source`; end date: gov.uk, New 3A batch schema (published).
"""


def _older(version: str) -> Layout:
    return attrs.evolve(
        LRB_2A,
        version=version,
        columns=_columns(version),
        evidence="assumed",
        source="BAT15, 2012, names the version (published); its columns are not known "
        "and assumed from 2A",
    )


LRB_1A = _older("1A")
"""Version 1A, taken until 30 June 2019; that its columns are those of 2A is assumed.

Source: gov.uk, New 3A batch schema (published: that it was and ended).
"""

LRB_1B = _older("1B")
"""Version 1B, taken until 30 June 2019; that its columns are those of 2A is assumed.

Source: gov.uk, New 3A batch schema (published: that it was and ended).
"""

LRB_3A = Layout(
    kind="LRB",
    version="3A",
    columns=_columns("3A"),
    evidence="assumed",
    source="gov.uk, LRS release 1902.01 and New 3A batch schema (published: UPN, UCI, "
    "MiddleNames, PrivacyNoticeSeen); the order is assumed from 2A",
    valid_from=_day(FILE_VERSIONS[FileVersion.V3A][0].first),
    xml=_XML,
)
"""Version 3A: UPN and UCI added, two columns renamed. Their position is assumed.

Use `LRB_3A.with_headings(...)` when you know better.

Source: gov.uk, LRS release 1902.01, 12 February 2019 (published).
"""


_NUMBER = "[0-9]{1,9}"

_XML_OUTPUT = attrs.evolve(
    _XML,
    root="GetSubmitBatchOutputResponse",
    head=(
        Head(element="ResponseCode"),
        Head(element="JobStatus"),
        Head(element="NewLearnersCount", pattern=_NUMBER),
        Head(element="ExistsUpdatedLearnersCount", pattern=_NUMBER),
        Head(element="PossibleMatchLearnersCount", pattern=_NUMBER),
        Head(element="LearnersNotFoundCount", pattern=_NUMBER),
        Head(element="RejectedLearnersCount", pattern=_NUMBER),
        Head(element="JobStartedDateTime", pattern=JOB_TIME),
        Head(element="JobFinishedDateTime", pattern=JOB_TIME),
    ),
    source="batchlearner.xsd, element GetSubmitBatchOutputResponse, type "
    "OutputBatchLearner (observed for the web service); that a file has the same form "
    "is assumed",
)


def output_of(layout: Layout) -> Layout:
    """Return the layout of the output file: the input's and the return code last.

    Args:
        layout: The layout of an input file.

    Source: batchlearner.xsd, type OutputBatchLearner (observed); as a CSV assumed.
    """
    code = Column(name=RETURN_CODE, heading="ReturnCode", evidence="assumed")
    return attrs.evolve(
        layout,
        kind="LRB output",
        columns=(*layout.columns, code),
        xml=_XML_OUTPUT,
        source=f"{layout.source}; the return code last as in batchlearner.xsd, type "
        "OutputBatchLearner (observed), its heading in a CSV assumed",
    )


LRB_2A_OUTPUT = output_of(LRB_2A)
"""The output file of version 2A.

Source: batchlearner.xsd, type OutputBatchLearner (observed); as a CSV assumed.
"""

LRB_3A_OUTPUT = output_of(LRB_3A)
"""The output file of version 3A.

Source: batchlearner.xsd, type OutputBatchLearner (observed); as a CSV assumed.
"""

LAYOUTS = MappingProxyType(
    {one.version: one for one in (LRB_1A, LRB_1B, LRB_2A, LRB_3A)}
)
"""The layouts of input files, by version."""

OUTPUT_LAYOUTS = MappingProxyType(
    {one.version: output_of(one) for one in (LRB_1A, LRB_1B)}
    | {"2A": LRB_2A_OUTPUT, "3A": LRB_3A_OUTPUT}
)
"""The layouts of output files, by version."""

ALIASES = MappingProxyType(
    {
        "FamilyNameAtAge16": "family_name_at_16",
        "LastKnownAddressCountyOrCity": "county",
        "MiddleOtherNames": "middle_names",
        "MiddleOtherName": "middle_names",
        "MiddleNames": "middle_names",
        "AbilityToShare": "ability_to_share",
        "PrivacyNoticeSeen": "ability_to_share",
    }
)
"""Headings of other versions and of the XML form, and the field they mean.

Source: batchlearner.xsd (observed); gov.uk, LRS release 1902.01 (published).
"""
