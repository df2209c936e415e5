"""Verify files (VLD): an awarding organisation asks whether ULNs are its learners'.

The service's file is not public. The record is that of the web service, as a file it
is assumed: the four values about the file first, as in an LRB file.
"""

from __future__ import annotations

__all__ = ["VLD", "VLD_OUTPUT", "answer"]

from collections.abc import Iterator

import attrs

from ulnlib.batch.files import BatchFile, Record
from ulnlib.batch.layout import Column, Layout, XmlForm, file_columns
from ulnlib.codes import VerifyCode
from ulnlib.fields import FIELDS, Field, Kind
from ulnlib.learner import Learner
from ulnlib.matching import verify
from ulnlib.matching.verification import LearnerSource, Verification
from ulnlib.uln import is_valid

_SCHEMA = "learner.xsd of the web-service schemas"

_RECORD = ("mis_identifier", "uln", "family_name", "given_name")
_COMPARED = ("date_of_birth", "gender")

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
                is_mandatory=name in {"uln", "family_name", "given_name"},
                evidence="assumed",
            )
            for name in (*_RECORD, *_COMPARED)
        ),
    ),
    evidence="assumed",
    source=f"{_SCHEMA}, type MIAPBatchLearnerToVerify (observed for the web service); "
    "as a CSV file assumed",
    xml=XmlForm(
        namespace="http://api.lrs.miap.gov.uk/vldmsg",
        root="SubmitVerifyBatch",
        record="Learner",
        evidence="assumed",
        source="verifybatchlearner.xsd, element SubmitVerifyBatch (observed for the "
        "web service); that a file has the same form is assumed",
    ),
)
"""What is sent: a ULN, names, and what else is to be compared.

Source: see `source`.
"""


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
            Column(name=name, heading=f"Searched{_HEADINGS[name]}", evidence="assumed")
            for name in (*_RECORD[1:], *_COMPARED)
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
            for name in (*_RECORD[1:], *_COMPARED)
        ),
        Column(
            name="failure_flags",
            heading="FailureFlag",
            own=_FLAGS,
            evidence="assumed",
        ),
    ),
    evidence="assumed",
    source=f"{_SCHEMA}, type MIAPVerifiedBatchLearner (observed for the web service); "
    "as a CSV file assumed",
    xml=XmlForm(
        namespace="http://api.lrs.miap.gov.uk/vldmsg",
        root="GetVerifyBatchOutputResponse",
        record="VerifiedLearner",
        evidence="assumed",
        source="verifybatchlearner.xsd, element GetVerifyBatchOutputResponse (observed "
        "for the web service); that a file has the same form is assumed",
    ),
)
"""What comes back: what was asked, a code, what the service holds, and flags.

Source: see `source`.
"""


def answer(file: BatchFile, register: LearnerSource) -> BatchFile:
    """Answer a verify file from a register, as the service would.

    Args:
        file: The file as it was read.
        register: Where records are; `ulnlib.Register` is one.

    Returns:
        The output file, a record for each of the input. A record whose ULN is wrong
        by itself has the code of one that is not found.

    Source: see `ulnlib.matching.verify`.
    """
    records = tuple(_answered(file, register))
    return BatchFile(
        layout=VLD_OUTPUT, values=file.values, records=records, style=file.style
    )


def _answered(file: BatchFile, register: LearnerSource) -> Iterator[Record]:
    for row, record in enumerate(file.records, 2):
        learner = record.learner
        found, held = Verification(code=VerifyCode.ULN_NOT_FOUND), Learner()
        if learner.uln and is_valid(learner.uln):
            found = verify(
                register,
                learner.uln,
                learner.given_name or "",
                learner.family_name or "",
                learner.date_of_birth,
                learner.gender,
            )
            held = _shown(register, found)
        further = {"response_code": found.code.value}
        if found.flags:
            further["failure_flags"] = " ".join(flag.value for flag in found.flags)
        for name in (*_RECORD[1:], *_COMPARED):
            value = getattr(held, name)
            if value:
                further[f"found_{name}"] = value
        yield attrs.evolve(record, row=row, line=row, further=further, raw=b"")


_MATCHED = frozenset(VerifyCode) - {VerifyCode.NO_MATCH, VerifyCode.ULN_NOT_FOUND}


def _shown(register: LearnerSource, found: Verification) -> Learner:
    """Return the details that an answer shows: none of somebody who is not meant.

    Source: ours (assumed): a ULN that is somebody else's tells nothing of them.
    """
    if found.code not in _MATCHED or found.uln is None:
        return Learner()
    return register.lookup(found.uln)[-1].learner
