"""Verify files answered from a register, as the service would."""

from __future__ import annotations

__all__ = ["answer"]

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from ulnlib.batch.files import BatchFile, Record, marked
from ulnlib.batch.layouts.verification import FOUND, VLD, VLD_OUTPUT
from ulnlib.codes import VerifyCode
from ulnlib.errors import InvalidData, InvalidValue
from ulnlib.learner import Learner
from ulnlib.uln import is_valid

if TYPE_CHECKING:
    from ulnlib.matching.verification import LearnerSource, Verification


def answer(file: BatchFile, register: LearnerSource) -> BatchFile:
    """Answer a verify file from a register, as the service would.

    Args:
        file: The file as it was read.
        register: Where records are; `ulnlib.Register` is one.

    Returns:
        The output file, a record for each of the input. A record whose ULN is wrong
        by itself has the code of one that is not found. Where the register is
        synthetic, the reference of the file says so.

    Raises:
        InvalidData: The file could not be read.
        InvalidValue: It is no verify file.

    Source: see `ulnlib.matching.verify`.
    """
    if file.report.fatal:
        raise InvalidData(file.report.fatal)
    if file.layout is None or file.layout.kind != VLD.kind:
        raise InvalidValue("file", "only a verify file is answered")
    records = tuple(_answered(file, register))
    is_synthetic = getattr(register, "is_synthetic", False)
    reference = marked(file.values.file_name or "", is_synthetic=is_synthetic)
    return BatchFile(
        layout=VLD_OUTPUT,
        values=attrs.evolve(file.values, file_name=reference or None),
        records=records,
        style=file.style,
    )


def _answered(file: BatchFile, register: LearnerSource) -> Iterator[Record]:
    # Here, because it weighs more than all that batch files need.
    from ulnlib.matching.verification import Verification, verify

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
        for name in FOUND:
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
