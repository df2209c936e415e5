"""Advice about the learners of a batch file, beyond what the service refuses.

Reading a file finds what the service would not take. `advise` goes on where it ends:
data restrictions, and what to record of a learner's identity. It takes longer than
reading the record does, so a caller asks for it.
"""

from __future__ import annotations

__all__ = ["advise"]

import datetime as dt
from collections.abc import Iterable

from ulnlib.batch.files import Record
from ulnlib.issues import Report
from ulnlib.rules import restrictions, verification
from ulnlib.rules.restrictions import PROHIBITED_WORDS, WordList


def advise(
    record: Record,
    *,
    as_of: dt.date | None = None,
    prohibited_words: WordList | Iterable[str] = PROHIBITED_WORDS,
    prohibited_postcodes: Iterable[str] = (),
    is_pre_16_school: bool | None = None,
) -> Report:
    """Say what should stand in a record of a batch file instead of what does.

    Args:
        record: The record, as it was read.
        as_of: The day of the upload: what depends on the learner's age is counted
            from it. None leaves that out.
        prohibited_words: Words that the service does not take; make a `WordList` of a
            long list once.
        prohibited_postcodes: Postcodes that the service does not take.
        is_pre_16_school: Whether the sender is a school for pupils under 16; None when
            that is not known.

    Returns:
        The findings that are not among the record's own, each with its row and line.

    Raises:
        TypeError: One text is given where several are due.

    Source: LRS portal guide, Appendices C and D (published).
    """
    told = {(item.field, item.code) for item in record.issues}
    found = (
        *restrictions.check(
            record.learner,
            as_of=as_of,
            prohibited_words=prohibited_words,
            prohibited_postcodes=prohibited_postcodes,
        ),
        *verification.check(record.learner, is_pre_16_school=is_pre_16_school),
    )
    return Report(
        item.at("row", record.row, line=record.line)
        for item in found
        if (item.field, item.code) not in told
    )
