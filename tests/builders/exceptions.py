"""Exceptions of batch files in every state of their life."""

import datetime as dt

import attrs

from ulnlib import Learner, Uln, batch
from ulnlib.batch import BatchException, ExceptionEvent, ExceptionState

UPLOAD = dt.date(2026, 11, 21)
AT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
ULN, OTHER = "9900000004", "9900000012"
ADA = Learner(
    mis_identifier="M1",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
    ability_to_share="1",
    verification_type="2",
)


def one(**values):
    known = {
        "file": "LRB_10012345_211120260900.CSV",
        "row": 7,
        "code": "RC007",
        "uploaded": UPLOAD,
        "learner": ADA,
    }
    return BatchException(**(known | values))


def output(*codes):
    learners = [ADA.evolve(mis_identifier=f"M{n}") for n in range(len(codes))]
    file = batch.make(
        learners, ukprn="10012345", file_name="x", layout=batch.LRB_3A_OUTPUT
    )
    records = tuple(
        attrs.evolve(record, return_code=code)
        for record, code in zip(file.records, codes, strict=True)
    )
    return attrs.evolve(file, records=records, name="OUT.CSV")


DO = {
    ExceptionEvent.TAKE: lambda case: case.take(by="u7", at=AT),
    ExceptionEvent.RELEASE: lambda case: case.release(at=AT),
    ExceptionEvent.USE_EXISTING: lambda case: case.use_existing(ULN, at=AT),
    ExceptionEvent.CREATE: lambda case: case.created(Uln(OTHER), at=AT),
    ExceptionEvent.CORRECT: lambda case: case.correct(ADA.evolve(gender="9"), at=AT),
    ExceptionEvent.RESUBMIT: lambda case: case.resubmitted(at=AT),
    ExceptionEvent.DISCARD: lambda case: case.discard("duplicate", at=AT),
    ExceptionEvent.REOPEN: lambda case: case.reopen(at=AT),
}
IN_HAND = DO[ExceptionEvent.TAKE](one())
CORRECTED = DO[ExceptionEvent.CORRECT](IN_HAND)
IN_STATE = {
    ExceptionState.RAISED: one(),
    ExceptionState.IN_HAND: IN_HAND,
    ExceptionState.CORRECTED: CORRECTED,
    ExceptionState.RESUBMITTED: DO[ExceptionEvent.RESUBMIT](CORRECTED),
    ExceptionState.USED_EXISTING: DO[ExceptionEvent.USE_EXISTING](IN_HAND),
    ExceptionState.CREATED: DO[ExceptionEvent.CREATE](IN_HAND),
    ExceptionState.DISCARDED: DO[ExceptionEvent.DISCARD](IN_HAND),
}
