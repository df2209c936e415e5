"""Reading the output of a verify file: whether a ULN is a learner's, and what to do."""

from __future__ import annotations

__all__ = ["details_of_others", "read_verified"]

import re
from collections.abc import Iterator

from ulnlib.batch.answers import (
    Answer,
    FieldUpdate,
    UpdateKind,
    is_code_shaped,
    usable_uln,
)
from ulnlib.batch.files import Record
from ulnlib.batch.layouts.verification import FOUND
from ulnlib.batch.mixups import foreign_details
from ulnlib.batch.outcomes import NO_KNOWN_CODE
from ulnlib.batch.results import is_slipped
from ulnlib.codes import FailureFlag, VerifyCode, parse_code
from ulnlib.fields import FIELDS
from ulnlib.learner import Learner

_IS_THEIRS = frozenset(VerifyCode) - {VerifyCode.NO_MATCH, VerifyCode.ULN_NOT_FOUND}
_IS_SURE = frozenset({VerifyCode.MATCH, VerifyCode.LINKED_MATCH})
_IS_LINKED = frozenset({VerifyCode.LINKED_MATCH, VerifyCode.LINKED_SIMILAR})


_NO_ULN = (
    "The output does not tell the ULN to use: download it again, or look the learner "
    "up in the portal."
)


def read_verified(output: Record, given: Learner) -> Answer:
    """Say what the verification of one record found, and what to do next.

    Args:
        output: The record of the output of a verify file.
        given: The learner as it was sent.

    Returns:
        The answer. Only where every detail matches is there a ULN: the one that was
        sent, or the master's, with the one that was sent as an alias. All else needs a
        person, and updates nothing.

    Source: learner.xsd, type MIAPVerifiedBatchLearner; DfE learner verification client
    (observed: codes and flags). That the ULN of a linked record is the master's is
    assumed.
    """
    text = None if is_slipped(output) else output.further.get("response_code")
    known = None if text is None else parse_code(VerifyCode, text)
    if not isinstance(known, VerifyCode):
        meaning, remedy = NO_KNOWN_CODE
        return Answer(
            code=text if text is not None and is_code_shaped(text) else None,
            evidence="unknown",
            meaning=meaning,
            steps=(remedy,),
            is_exception=True,
        )
    sent = usable_uln(given.uln)
    uln = sent
    if known in _IS_LINKED:
        uln = usable_uln(output.further.get("found_uln"))
    if known not in _IS_SURE:
        uln = None
    alias = sent if uln is not None and sent != uln else None
    updates = (
        () if alias is None else (FieldUpdate("uln", UpdateKind.REPLACED, str(uln)),)
    )
    flags = tuple(_flags(output))
    is_lacking = known in _IS_SURE and uln is None
    remedy = _NO_ULN if is_lacking else known.info.remedy
    return Answer(
        code=known.value,
        evidence=known.info.evidence,
        meaning=known.label,
        steps=(remedy, *_steps(known, flags, output, given)),
        uln=uln,
        alias=alias,
        updates=updates,
        flags=tuple(flag.value for flag in flags),
        is_exception=known not in _IS_SURE or is_lacking,
        lacks_uln=is_lacking,
    )


def details_of_others(sent: Learner, output: Record) -> tuple[str, ...]:
    """Return which details of an output are another person's, in order.

    Args:
        sent: The learner as it was sent.
        output: The record of the output of a verify file. What it says was asked is
            compared; where it says that all matches, what it found as well.

    Returns:
        The names of the fields; nothing when all may be of one learner.

    Source: ours (assumed): see `foreign_details`. The family name that was found is
    not compared, for the one that was asked may be a former one.
    """
    asked = output.learner
    foreign = [*foreign_details(sent, asked)]
    ulns = [asked.uln]
    text = output.further.get("response_code")
    known = None if text is None else parse_code(VerifyCode, text)
    if known in _IS_SURE:
        held = Learner(**{n: output.further.get(f"found_{n}") for n in FOUND})
        found = foreign_details(sent, held)
        foreign += [name for name in found if name != "family_name"]
        ulns += [] if known in _IS_LINKED else [held.uln]
    if any(_is_other_uln(sent.uln, uln) for uln in ulns):
        foreign.insert(0, "uln")
    return tuple(dict.fromkeys(foreign))


def _is_other_uln(sent: str | None, returned: str | None) -> bool:
    """Say whether both are ten digits, and not the same."""
    return sent != returned and all(
        text is not None and re.fullmatch("[0-9]{10}", text)
        for text in (sent, returned)
    )


def _flags(output: Record) -> Iterator[FailureFlag]:
    for text in re.findall(r"\w+", output.further.get("failure_flags", "")):
        flag = parse_code(FailureFlag, text)
        if isinstance(flag, FailureFlag):
            yield flag


def _steps(
    code: VerifyCode, flags: tuple[FailureFlag, ...], output: Record, given: Learner
) -> Iterator[str]:
    if flags:
        told = "; ".join(flag.label for flag in flags)
        yield f"What did not agree: {told}."
    if code not in _IS_THEIRS:
        return
    differing: list[str] = []
    beside: list[str] = []
    for name in FOUND[1:]:
        held, sent = output.further.get(f"found_{name}"), getattr(given, name)
        if held and held != (sent or ""):
            (differing if sent else beside).append(FIELDS[name].label)
    if differing:
        yield f"The service holds otherwise: {', '.join(differing)}."
    if beside:
        yield f"The output has what you did not send: {', '.join(beside)}."
