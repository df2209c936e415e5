"""Reading outputs: what happened to a record, what to do next, what to take over.

What a return code means stands in the code list, and which happenings have which code
in `ReturnCodes`; here they are put together with what the record itself shows: a ULN
that is new or another one, details that the service changed, a date of birth that is
in range after all.
"""

from __future__ import annotations

__all__ = [
    "Answer",
    "FieldUpdate",
    "UpdateKind",
    "is_code_shaped",
    "read_answer",
    "usable_uln",
]

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache

import attrs

from ulnlib._dates import add_days, day_of, parse_date
from ulnlib.batch.files import Record
from ulnlib.batch.outcomes import (
    DEFAULT_RETURN_CODES,
    NO_KNOWN_CODE,
    Count,
    Happening,
    ReturnCodes,
)
from ulnlib.batch.process import EXCEPTION_DAYS
from ulnlib.batch.results import is_slipped
from ulnlib.codes import ReturnCode, parse_code
from ulnlib.errors import InvalidDate
from ulnlib.fields import FIELDS
from ulnlib.learner import Learner
from ulnlib.rules.registration import birth_dates
from ulnlib.uln import Uln, is_valid


class UpdateKind(StrEnum):
    """How a field of the sender's system changes."""

    NEW = "new"
    REPLACED = "replaced"
    CHANGED = "changed"


@attrs.frozen
class FieldUpdate:
    """A field to update in the sender's system.

    Attributes:
        field: The field of a learner.
        kind: `new` for a ULN where there was none, `replaced` for another ULN,
            `changed` for another detail that the output has otherwise.
        value: What to put there; it may be a person's.
    """

    field: str
    kind: UpdateKind
    value: str = attrs.field(repr=False)


_WITH_ULN = frozenset({Count.NEW, Count.EXISTING})
_NOT_HELD = _WITH_ULN | {Count.NOT_FOUND}
_NO_DETAILS = frozenset({"uln", "mis_identifier"})


@attrs.frozen(kw_only=True)
class Answer:
    """What an output says of one record.

    Attributes:
        code: The return code as it stands, or None when there is none, or a text that
            cannot be one.
        happenings: What the code may stand for; nothing when it is not known.
        evidence: How sure that is: published, observed, assumed, `given by the
            caller` where the codes are the caller's own, or `unknown`.
        meaning: What happened, in a sentence or less.
        steps: What to do next, in sentences, in order.
        uln: The ULN to load, when there is one.
        alias: The ULN that was sent, when another came back: keep it as an alias.
        updates: The fields to update in the sender's system, the ULN first.
        is_exception: Whether a person is needed: for an exception of the service's, or
            because there is no ULN where there should be one.
        is_for_service_desk: Whether the LRS Service Desk is to be asked: the age is
            said to be out of range, and the date of birth is in range.
        due: The last day for an exception, when the day of the upload is known.
        flags: The comparisons that failed, in the output of a verify file.
        lacks_uln: Whether there should be a ULN by the code, and none can be used.
    """

    code: str | None
    happenings: tuple[Happening, ...] = ()
    evidence: str
    meaning: str
    steps: tuple[str, ...]
    uln: Uln | None = None
    alias: Uln | None = None
    updates: tuple[FieldUpdate, ...] = ()
    is_exception: bool = False
    is_for_service_desk: bool = False
    due: dt.date | None = None
    flags: tuple[str, ...] = ()
    lacks_uln: bool = False

    @property
    def is_assumed(self) -> bool:
        """Whether what the code means is our reading."""
        return self.evidence == "assumed"

    def to_text(self) -> str:
        """Return what happened and what to do, in plain words and without a person."""
        known = (
            f" The meaning of {self.code} is assumed: no public document states it."
            if self.is_assumed and self.code
            else ""
        )
        return f"{self.meaning.rstrip('.')}. {' '.join(self.steps)}{known}"

    def to_dict(self, *, personal: bool = False) -> dict[str, object]:
        """Return the answer as plain values, for JSON.

        Args:
            personal: Whether to include the values of details that changed. Without
                it they are null, and only ULNs are there.
        """
        return {
            "return_code": self.code,
            "happenings": [one.value for one in self.happenings],
            "evidence": self.evidence,
            "is_assumed": self.is_assumed,
            "is_exception": self.is_exception,
            "is_for_service_desk": self.is_for_service_desk,
            "meaning": self.meaning,
            "steps": list(self.steps),
            "flags": list(self.flags),
            "uln": None if self.uln is None else str(self.uln),
            "alias": None if self.alias is None else str(self.alias),
            "updates": [
                {
                    "field": one.field,
                    "kind": one.kind.value,
                    "value": one.value
                    if personal or not FIELDS[one.field].personal
                    else None,
                }
                for one in self.updates
            ],
            "due": None if self.due is None else self.due.isoformat(),
        }


def read_answer(
    output: Record,
    *,
    given: Learner | None = None,
    uploaded: dt.date | None = None,
    return_codes: ReturnCodes = DEFAULT_RETURN_CODES,
) -> Answer:
    """Say what happened to one record of an output, and what to do next.

    Args:
        output: The record of the output file.
        given: The learner as it was sent; without it nothing can be said of what the
            service changed.
        uploaded: The day of the upload: the last day of an exception is counted from
            it, and the learner's age on it.
        return_codes: Which code says what happened.

    Returns:
        The answer. An exception, and a record without a code or with one that is not
        known, updates nothing: its ULN may be the one that was sent.

    Source: the code list (evidence of each code); LRS portal guide, sections 1.3 and
    4.3 (published: successes, exceptions, 45 days). That another ULN means a master,
    that an empty cell clears nothing, and whom to ask for RC013, is assumed.
    """
    code = _code(output, return_codes)
    found = tuple(one for one in Happening if return_codes[one] == code)
    is_exception = _is_exception(code, found)
    wanted = _has_uln(found)
    uln = _uln(output) if wanted else None
    sent = None if given is None else usable_uln(given.uln)
    alias = sent if uln is not None and sent != uln else None
    updates = tuple(_updates(output, given, uln, sent)) if uln is not None else ()
    evidence, meaning, remedies = _words(code, found)
    learner = output.learner if given is None else given
    is_odd = Happening.AGE in found and _is_in_range(learner, uploaded)
    is_lacking = wanted and uln is None
    # What is to be done with a ULN is nothing to do where there is none.
    steps = [] if is_lacking else [*remedies]
    is_merged = code == return_codes[Happening.LINKED]
    steps += _steps(updates, alias=alias, is_lacking=is_lacking, is_merged=is_merged)
    if Happening.AGE in found:
        steps.append(_DESK if is_odd else _DESK_IF)
    due = None
    if is_exception and uploaded is not None:
        due = add_days(day_of(uploaded), EXCEPTION_DAYS)
    return Answer(
        code=code,
        happenings=found,
        evidence=evidence,
        meaning=meaning,
        steps=tuple(steps),
        uln=uln,
        alias=alias,
        updates=updates,
        is_exception=is_exception or is_lacking,
        is_for_service_desk=is_odd,
        due=due,
        lacks_uln=is_lacking,
    )


_DESK = (
    "The date of birth makes an age from 13 to 110 on the day of the upload: if it is "
    "right by a document, ask the LRS Service Desk."
)
_DESK_IF = (
    "If the date of birth is right by a document and makes an age from 13 to 110, ask "
    "the LRS Service Desk."
)


_CODE = re.compile(r"[A-Z]{2,6}[0-9]{1,4}")


def is_code_shaped(text: str) -> bool:
    """Say whether a text can be a return code, and so no person's detail.

    Args:
        text: The text.
    """
    return _CODE.fullmatch(text) is not None


def _code(output: Record, codes: ReturnCodes) -> str | None:
    """Return the code of a record; what has not the shape of one may be a person's."""
    code = None if is_slipped(output) else output.return_code
    if code is None or code in codes.codes.values() or is_code_shaped(code):
        return code
    return None


def _is_exception(code: str | None, happenings: Iterable[Happening]) -> bool:
    """Say whether a record is held back, by what its code stands for."""
    counts = {one.counted_as for one in happenings}
    if counts:
        return not counts <= _NOT_HELD
    known = None if code is None else parse_code(ReturnCode, code)
    return not isinstance(known, ReturnCode) or known.is_exception


def _has_uln(happenings: Iterable[Happening]) -> bool:
    """Say whether all that a code may stand for gives a ULN."""
    counts = {one.counted_as for one in happenings}
    return bool(counts) and counts <= _WITH_ULN


def usable_uln(text: str | None) -> Uln | None:
    """Return the ULN of a text, or None where it is none.

    Args:
        text: The text.
    """
    return Uln(text) if text is not None and is_valid(text) else None


def _uln(output: Record) -> Uln | None:
    return None if is_slipped(output) else usable_uln(output.learner.uln)


@lru_cache(maxsize=256)
def _words(
    code: str | None, found: tuple[Happening, ...]
) -> tuple[str, str, tuple[str, ...]]:
    """Return evidence, meaning and remedies: of the list, or of the caller's codes."""
    known = None if code is None else parse_code(ReturnCode, code)
    usual = tuple(one for one in Happening if DEFAULT_RETURN_CODES[one] == code)
    if isinstance(known, ReturnCode) and usual == found:
        return known.info.evidence, known.label, (known.remedy,)
    if found:
        meaning = " Or: ".join(one.meaning for one in found)
        remedies = tuple(dict.fromkeys(one.remedy for one in found))
        return "given by the caller", meaning, remedies
    meaning, remedy = NO_KNOWN_CODE
    return "unknown", meaning, (remedy,)


def _updates(
    output: Record, given: Learner | None, uln: Uln, sent: Uln | None
) -> Iterator[FieldUpdate]:
    if sent is None:
        yield FieldUpdate("uln", UpdateKind.NEW, str(uln))
    elif sent != uln:
        yield FieldUpdate("uln", UpdateKind.REPLACED, str(uln))
    if given is None:
        return
    passed_over = _NO_DETAILS.union(item.field or "" for item in output.issues)
    for name, old, new in zip(
        FIELDS, given.values(), output.learner.values(), strict=True
    ):
        if new and new != (old or "") and name not in passed_over:
            yield FieldUpdate(name, UpdateKind.CHANGED, new)


def _steps(
    updates: tuple[FieldUpdate, ...],
    *,
    alias: Uln | None,
    is_lacking: bool,
    is_merged: bool,
) -> Iterator[str]:
    if is_lacking:
        yield (
            "The output has no ULN that can be used, which the code does not explain: "
            "download it again, or look the learner up in the portal."
        )
    if alias is not None and not is_merged:
        yield (
            "The code does not say why the ULN is another than the one you sent: make "
            "sure that both were this learner's."
        )
    if alias is not None:
        yield (
            "The ULN is another than the one you sent: put it in its place, and keep "
            "the old one as an alias by which older papers are found."
        )
    changed = [one.field for one in updates if one.kind is UpdateKind.CHANGED]
    if changed:
        labels = ", ".join(FIELDS[name].label for name in changed)
        yield (
            f"The output has other details than you sent ({labels}): compare them with "
            "the learner's documents, and take over what is right."
        )


def _is_in_range(learner: Learner, day: dt.date | None) -> bool:
    """Say whether a date of birth that is right in form makes an age in range."""
    if day is None or not learner.date_of_birth:
        return False
    try:
        born = parse_date(learner.date_of_birth)
    except InvalidDate:
        return False
    earliest, latest = birth_dates(day_of(day))
    return earliest <= born <= latest
