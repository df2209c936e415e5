"""The LRB batch file, by which a provider registers and updates learners (CSV).

Row 1 has the headings. Row 2 has the four values about the file and the first
learner; the rows after it leave those four cells empty.
"""

from __future__ import annotations

__all__ = [
    "ALIASES",
    "LAYOUTS",
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

from ulnlib.batch.layout import RETURN_CODE, Column, Layout
from ulnlib.fields import FIELDS
from ulnlib.rules.sharing import FILE_VERSIONS, FileVersion, file_codes

RECORD_LIMIT = 5000
"""The greatest number of learners that one file should hold.

Source: old LRS site, page for further education: batches of 50 to 5,000 (observed).
"""

_BOTH = ("2A", "3A")

# name, heading (per version where they differ), versions, evidence
_COLUMNS: tuple[tuple[str, str | dict[str, str], tuple[str, ...], str], ...] = (
    ("file_version", "FileVersion", _BOTH, "observed"),
    ("file_name", "FileName", _BOTH, "observed"),
    ("ukprn", "UKPRN", _BOTH, "observed"),
    ("record_count", "LearnerRecordCount", _BOTH, "observed"),
    ("uln", "ULN", _BOTH, "observed"),
    ("mis_identifier", "MISIdentifier", _BOTH, "observed"),
    ("title", "Title", _BOTH, "observed"),
    ("given_name", "GivenName", _BOTH, "observed"),
    ("preferred_given_name", "PreferredGivenName", _BOTH, "observed"),
    (
        "middle_names",
        {"2A": "MiddleOtherName", "3A": "MiddleNames"},
        _BOTH,
        "observed",
    ),
    ("family_name", "FamilyName", _BOTH, "observed"),
    ("previous_family_name", "PreviousFamilyName", _BOTH, "observed"),
    ("family_name_at_16", "FamilyNameAt16", _BOTH, "observed"),
    ("school_at_16", "SchoolAtAge16", _BOTH, "observed"),
    ("address_line_1", "LastKnownAddressLine1", _BOTH, "observed"),
    ("address_line_2", "LastKnownAddressLine2", _BOTH, "observed"),
    ("town", "LastKnownAddressTown", _BOTH, "observed"),
    ("county", "LastKnownAddressCountyorCity", _BOTH, "observed"),
    ("postcode", "LastKnownPostCode", _BOTH, "observed"),
    ("date_of_address_capture", "DateOfAddressCapture", _BOTH, "observed"),
    ("date_of_birth", "DateOfBirth", _BOTH, "observed"),
    ("place_of_birth", "PlaceOfBirth", _BOTH, "observed"),
    ("email", "EmailAddress", _BOTH, "observed"),
    ("gender", "Gender", _BOTH, "observed"),
    ("nationality", "Nationality", _BOTH, "observed"),
    ("scottish_candidate_number", "ScottishCandidateNumber", _BOTH, "observed"),
    ("upn", "UPN", ("3A",), "assumed"),
    ("uci", "UCI", ("3A",), "assumed"),
    (
        "ability_to_share",
        {"2A": "AbilityToShare", "3A": "PrivacyNoticeSeen"},
        _BOTH,
        "observed",
    ),
    ("verification_type", "VerificationType", _BOTH, "observed"),
    (
        "other_verification_description",
        "OtherVerificationDescription",
        _BOTH,
        "observed",
    ),
    ("notes", "Notes", _BOTH, "observed"),
)


def _codes(version: str, name: str) -> tuple[str, ...]:
    """Return the codes of a version, where they are fewer than the field's."""
    if name != "ability_to_share":
        return ()
    codes = tuple(code.value for code in file_codes(version))
    return codes if codes != FIELDS[name].codes else ()


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _columns(version: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            name=name,
            heading=heading if isinstance(heading, str) else heading[version],
            codes=_codes(version, name),
            evidence=evidence,
        )
        for name, heading, versions, evidence in _COLUMNS
        if version in versions
    )


LRB_2A = Layout(
    kind="LRB",
    version="2A",
    columns=_columns("2A"),
    evidence="observed",
    source="heading row written by a production MIS; element order of "
    "batchlearner.xsd (observed)",
    valid_to=_day(FILE_VERSIONS[FileVersion.V2A][0].last),
)
"""Version 2A: 30 columns, taken by the service until 30 June 2019.

Source: see `source`; end date: gov.uk, New 3A batch schema (published).
"""

LRB_3A = Layout(
    kind="LRB",
    version="3A",
    columns=_columns("3A"),
    evidence="assumed",
    source="gov.uk, LRS release 1902.01 and New 3A batch schema (published: UPN, UCI, "
    "MiddleNames, PrivacyNoticeSeen); the order is assumed from 2A",
    valid_from=_day(FILE_VERSIONS[FileVersion.V3A][0].first),
)
"""Version 3A: UPN and UCI added, two columns renamed. Their position is assumed.

Use `LRB_3A.with_headings(...)` when you know better.

Source: gov.uk, LRS release 1902.01, 12 February 2019 (published).
"""


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

LAYOUTS = MappingProxyType({"2A": LRB_2A, "3A": LRB_3A})
"""The layouts of input files, by version."""

OUTPUT_LAYOUTS = MappingProxyType({"2A": LRB_2A_OUTPUT, "3A": LRB_3A_OUTPUT})
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
