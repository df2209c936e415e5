"""Verify files (VLD): an awarding organisation asks whether ULNs are its learners'.

The service's file is not public. The record is that of the web service, as a file it
is assumed: the four values about the file first, as in an LRB file.
"""

from __future__ import annotations

__all__ = ["FOUND", "VLD", "VLD_OUTPUT"]

import attrs

from ulnlib.batch.layouts.layout import (
    JOB_TIME,
    SENDER,
    Column,
    Head,
    Layout,
    XmlForm,
    file_columns,
)
from ulnlib.codes import VerifyCode
from ulnlib.fields import FIELDS, Field, Kind

_SCHEMA = "learner.xsd of the web-service schemas"

_NAMESPACE = "http://api.lrs.miap.gov.uk/vldmsg"

_RECORD = ("mis_identifier", "uln", "family_name", "given_name")
_COMPARED = ("date_of_birth", "gender")
_MANDATORY = _RECORD[1:]

_HEADINGS = {
    "mis_identifier": "MISIdentifier",
    "uln": "ULN",
    "family_name": "FamilyName",
    "given_name": "GivenName",
    "date_of_birth": "DateOfBirth",
    "gender": "Gender",
}

VLD = Layout(
    kind="VLD",
    version="1",
    columns=(
        *file_columns("assumed"),
        *(
            Column(
                name=name,
                heading=_HEADINGS[name],
                is_mandatory=name in _MANDATORY,
                evidence="assumed",
            )
            for name in (*_RECORD, *_COMPARED)
        ),
    ),
    evidence="assumed",
    source=f"{_SCHEMA}, type MIAPBatchLearnerToVerify (observed for the web service); "
    "as a CSV file assumed",
    xml=XmlForm(
        namespace=_NAMESPACE,
        root="SubmitVerifyBatch",
        record="Learner",
        head=(
            *SENDER,
            Head(element="LearnerRecordCount", value="record_count", is_mandatory=True),
            Head(element="OrgEmail", is_secret=True),
        ),
        never_empty=_MANDATORY,
        nillable=_COMPARED,
        evidence="assumed",
        source="verifybatchlearner.xsd, element SubmitVerifyBatch (observed for the "
        "web service); that a file has the same form is assumed",
    ),
)
"""What is sent: a ULN, names, and what else is to be compared.

Source: see `source`.
"""


FOUND = (*_RECORD[1:], *_COMPARED)
"""The details of the record that the service found, in order."""


def _found(name: str) -> Field:
    """Return the field of what the service holds, named apart from what was asked."""
    held = FIELDS[name]
    return attrs.evolve(held, name=f"found_{name}", label=f"{held.label} found")


_CODE = Field(
    name="response_code",
    label="Response code",
    kind=Kind.CODE,
    max_length=10,
    codes=tuple(code.value for code in VerifyCode),
    pattern="|".join(code.value for code in VerifyCode),
    personal=False,
    type_name="",
    source=f"{_SCHEMA}, type MIAPVerifiedBatchLearner; DfE learner verification client",
)
_FLAGS = Field(
    name="failure_flags",
    label="Failure flags",
    kind=Kind.TEXT,
    max_length=50,
    personal=False,
    type_name="",
    evidence="assumed",
    source=f"{_SCHEMA}, type MIAPVerifiedBatchLearner (observed: up to eight of them); "
    "that one column has them all, with spaces between, is assumed",
)

VLD_OUTPUT = Layout(
    kind="VLD output",
    version="1",
    columns=(
        Column(name="mis_identifier", heading="MISIdentifier", evidence="assumed"),
        *(
            Column(
                name=name,
                heading=f"Searched{_HEADINGS[name]}",
                is_mandatory=name in _MANDATORY,
                evidence="assumed",
            )
            for name in FOUND
        ),
        Column(
            name="response_code",
            heading="ResponseCode",
            own=_CODE,
            is_mandatory=True,
            evidence="assumed",
        ),
        *(
            Column(
                name=f"found_{name}",
                heading=_HEADINGS[name],
                own=_found(name),
                evidence="assumed",
            )
            for name in FOUND
        ),
        Column(
            name="failure_flags",
            heading="FailureFlag",
            own=_FLAGS,
            repeats=8,
            evidence="assumed",
        ),
    ),
    evidence="assumed",
    source=f"{_SCHEMA}, type MIAPVerifiedBatchLearner (observed for the web service); "
    "as a CSV file assumed",
    xml=XmlForm(
        namespace=_NAMESPACE,
        root="GetVerifyBatchOutputResponse",
        record="VerifiedLearner",
        head=(
            Head(element="ResponseCode"),
            Head(element="JobStatus"),
            Head(element="JobStartedDateTime", pattern=JOB_TIME),
            Head(element="JobFinishedDateTime", pattern=JOB_TIME),
        ),
        never_empty=(*FOUND, *(f"found_{name}" for name in FOUND)),
        evidence="assumed",
        source="verifybatchlearner.xsd, element GetVerifyBatchOutputResponse (observed "
        "for the web service); that a file has the same form is assumed",
    ),
)
"""What comes back: what was asked, a code, what the service holds, and flags.

Source: see `source`.
"""
