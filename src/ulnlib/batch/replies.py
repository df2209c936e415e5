"""Which output answers which file: by what its records are joined, and how read."""

from __future__ import annotations

__all__ = ["REPLIES", "Question", "Reply", "by_upn", "reply_to"]

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from types import MappingProxyType

import attrs

from ulnlib.batch.answers import Answer, read_answer
from ulnlib.batch.files import Record
from ulnlib.batch.layouts.achievement import ACHIEVEMENT, ACHIEVEMENT_ERRORS
from ulnlib.batch.layouts.layout import Layout
from ulnlib.batch.layouts.lrb import LRB_3A, LRB_3A_OUTPUT
from ulnlib.batch.layouts.verification import VLD, VLD_OUTPUT
from ulnlib.batch.mixups import foreign_details
from ulnlib.batch.outcomes import ASSUMED_MEANINGS, ReturnCodes
from ulnlib.batch.refused import read_refused
from ulnlib.batch.results import identifier_of, is_slipped
from ulnlib.batch.steps import Key
from ulnlib.batch.verified import details_of_others, read_verified
from ulnlib.errors import InvalidValue
from ulnlib.learner import Learner


@attrs.frozen
class Question:
    """What was sent, and what is known beside it.

    Attributes:
        record: The record of the input.
        uploaded: The day of the upload, or None.
        return_codes: Which return code says what happened.
    """

    record: Record
    uploaded: dt.date | None
    return_codes: ReturnCodes


@attrs.frozen(kw_only=True)
class Reply:
    """How one kind of file is answered.

    Attributes:
        input: The kind of the layout that is sent.
        output: The kind of the layout that comes back.
        key: Gives what a record is joined by; None where it has nothing.
        label: What that is called.
        answer: Says what the records that were found mean.
        foreign: Says which details of an output are not those of who was sent.
        is_of_errors: Whether only what was refused comes back, a record for each error.
        assumed: What of it is assumed, in a sentence.
    """

    input: str
    output: str
    key: Callable[[Record], Hashable | None]
    label: str
    answer: Callable[[Sequence[Record], Question], Answer]
    foreign: Callable[[Learner, Record], tuple[str, ...]]
    is_of_errors: bool = False
    assumed: str


def _of_lrb(outputs: Sequence[Record], asked: Question) -> Answer:
    return read_answer(
        outputs[0],
        given=asked.record.learner,
        uploaded=asked.uploaded,
        return_codes=asked.return_codes,
    )


def _of_vld(outputs: Sequence[Record], asked: Question) -> Answer:
    return read_verified(outputs[0], asked.record.learner)


def _of_achievement(outputs: Sequence[Record], _: Question) -> Answer:
    return read_refused(outputs)


def _foreign(sent: Learner, output: Record) -> tuple[str, ...]:
    return foreign_details(sent, output.learner)


def _achievement_key(record: Record) -> Hashable | None:
    """Return what tells an achievement of a file from all others.

    The identifier alone does not: a learner has several achievements.
    """
    key, identifier = Key.of(record), identifier_of(record)
    if is_slipped(record) or not (identifier or key.uln):
        return None
    return identifier, key, record.further.get("action")


def _upn(record: Record) -> Hashable | None:
    return None if is_slipped(record) else record.learner.upn or None


_ALL = (
    Reply(
        input=LRB_3A.kind,
        output=LRB_3A_OUTPUT.kind,
        key=identifier_of,
        label="MIS identifier",
        answer=_of_lrb,
        foreign=_foreign,
        assumed=ASSUMED_MEANINGS,
    ),
    Reply(
        input=VLD.kind,
        output=VLD_OUTPUT.kind,
        key=identifier_of,
        label="MIS identifier",
        answer=_of_vld,
        foreign=details_of_others,
        assumed="The form of verify files, and that a linked record's ULN is the "
        "master's, are assumed.",
    ),
    Reply(
        input=ACHIEVEMENT.kind,
        output=ACHIEVEMENT_ERRORS.kind,
        key=_achievement_key,
        label="MIS identifier, ULN, reference and action",
        answer=_of_achievement,
        foreign=_foreign,
        is_of_errors=True,
        assumed="The form of achievement files and of their error file is assumed, and "
        "that what an error file does not name was done.",
    ),
)

REPLIES = MappingProxyType({one.input: one for one in _ALL})
"""How each kind of file is answered.

Source: batchlearner.xsd, verifybatchlearner.xsd, ExternalService.wsdl (observed: what
comes back); that a production client joins by the MIS identifier is observed, by what
achievements are joined is assumed.
"""


def reply_to(layout: Layout | None) -> Reply:
    """Return how a file of a layout is answered; as an LRB file where it is no input.

    Args:
        layout: The layout of what was sent, or None.
    """
    return REPLIES.get("" if layout is None else layout.kind, _ALL[0])


def by_upn(reply: Reply) -> Reply:
    """Return how a file is answered whose learners are told apart by UPN.

    Args:
        reply: How it is answered.

    Raises:
        InvalidValue: Its files have no UPN.
    """
    if reply.input != LRB_3A.kind:
        raise InvalidValue("by", "only LRB files have a UPN")
    return attrs.evolve(reply, key=_upn, label="UPN")
