"""Exceptions as plain values, for JSON, and back; a vendor can store them so."""

from __future__ import annotations

__all__ = ["exception_from_dict", "exception_to_dict"]

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from ulnlib._dates import parse_date
from ulnlib.batch.exception_states import DiscardReason, ExceptionEvent, ExceptionState
from ulnlib.batch.exceptions import BatchException, ExceptionEntry
from ulnlib.batch.results import Candidate
from ulnlib.errors import InvalidValue
from ulnlib.fields import FIELDS
from ulnlib.learner import Learner
from ulnlib.uln import Uln, is_valid

T = TypeVar("T")

_VERSION = 1


def exception_to_dict(
    one: BatchException, *, personal: bool = False
) -> dict[str, object]:
    """Return an exception as plain values.

    Args:
        one: The exception.
        personal: Whether to include the learner's details. Without them it can be
            read back, and has only numbers and codes: it can be counted and listed,
            and neither ranked nor corrected.
    """
    correction = one.correction
    return {
        "version": _VERSION,
        "kind": "batch-exception",
        "file": one.file,
        "row": one.row,
        "return_code": one.code,
        "uploaded": one.uploaded.isoformat(),
        "due": one.due.isoformat(),
        "state": one.state.value,
        "is_open": one.is_open,
        "by": one.by,
        "uln": None if one.uln is None else str(one.uln),
        "reason": None if one.reason is None else one.reason.value,
        "learner": _details(one.learner, personal=personal),
        "correction": None
        if correction is None
        else _details(correction, personal=personal),
        "candidates": [
            {
                "uln": str(c.uln),
                "differing": list(c.differing),
                "by_field": dict(c.by_field),
            }
            for c in one.candidates
        ],
        "history": [
            {
                "event": None if entry.event is None else entry.event.value,
                "at": entry.at,
                "by": entry.by,
            }
            for entry in one.history
        ],
    }


def _details(learner: Learner, *, personal: bool) -> dict[str, str | None]:
    """Return a learner's fields; without the person only what is a number or a code."""
    details = learner.to_dict(personal=personal)
    if personal:
        return details
    return {
        name: text if text and _is_plain(name, text) else None
        for name, text in details.items()
    }


def _is_plain(name: str, text: str) -> bool:
    """Say whether a value is no text that may have got there by mistake."""
    codes = FIELDS[name].codes
    return is_valid(text) if name == "uln" else not codes or text in codes


def exception_from_dict(values: Mapping[str, Any]) -> BatchException:
    """Return the exception that `exception_to_dict` gave.

    Args:
        values: The plain values. `due` and `is_open` follow from the others and are
            passed over, and so is what is not known.

    Raises:
        InvalidValue: A member is missing or is not what it should be; the message
            names the member and not what it holds.
    """
    reader = _Reader(values)
    if reader.of("version", int) != _VERSION:
        raise InvalidValue("version", f"version: only {_VERSION} can be read")
    made = BatchException(
        file=reader.of("file", str),
        row=reader.of("row", int),
        code=reader.of("return_code", str),
        uploaded=reader.made("uploaded", parse_date),
        learner=reader.learner("learner"),
        state=reader.made("state", ExceptionState),
        history=tuple(_entry(one) for one in reader.several("history")),
        by=reader.optional("by", str),
        candidates=tuple(_candidate(one) for one in reader.several("candidates")),
        uln=reader.made_or_none("uln", Uln),
        correction=reader.learner_or_none("correction"),
        reason=reader.made_or_none("reason", DiscardReason),
    )
    for name, states in _BELONGS.items():
        if (getattr(made, name) is not None) != (made.state in states):
            raise reader.wrong(name)
    return made


_BELONGS = MappingProxyType(
    {
        "uln": frozenset({ExceptionState.USED_EXISTING, ExceptionState.CREATED}),
        "correction": frozenset({ExceptionState.CORRECTED, ExceptionState.RESUBMITTED}),
        "reason": frozenset({ExceptionState.DISCARDED}),
    }
)
"""What an exception has in which states, and in no others."""


def _entry(reader: _Reader) -> ExceptionEntry:
    return ExceptionEntry(
        reader.made_or_none("event", ExceptionEvent),
        reader.of("at", str),
        reader.optional("by", str),
    )


def _candidate(reader: _Reader) -> Candidate:
    from ulnlib.matching.tolerances import Tolerance

    differing = reader.of("differing", list)
    by_field = reader.of("by_field", dict)
    known = {one.value for one in Tolerance}
    if not known.issuperset(map(str, differing)):
        raise reader.wrong("differing")
    pairs = tuple((str(field), str(word)) for field, word in by_field.items())
    for field, word in pairs:
        if field not in FIELDS or word not in known | set(FIELDS):
            raise reader.wrong("by_field")
    return Candidate(reader.made("uln", Uln), tuple(map(str, differing)), pairs)


class _Reader:
    """Reads members of plain values, and says which is wrong without showing it."""

    def __init__(self, values: object, where: str = "") -> None:
        self._where = where
        if not isinstance(values, Mapping):
            raise self.wrong("the exception")
        self._values = values

    def wrong(self, name: str) -> InvalidValue:
        return InvalidValue(
            "form", f"{self._where}{name}: missing, or not as it should be"
        )

    def of(self, name: str, kind: type[T]) -> T:
        value = self._values.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.wrong(name)
        return value

    def optional(self, name: str, kind: type[T]) -> T | None:
        return None if self._values.get(name) is None else self.of(name, kind)

    def made(self, name: str, make: Callable[[str], T]) -> T:
        text = self.of(name, str)
        try:
            return make(text)
        except InvalidValue:
            # The error of ours has no text of the caller's.
            raise self.wrong(name) from None

    def made_or_none(self, name: str, make: Callable[[str], T]) -> T | None:
        return None if self._values.get(name) is None else self.made(name, make)

    def several(self, name: str) -> list[_Reader]:
        rows = self.of(name, list)
        return [_Reader(row, f"{self._where}{name}: ") for row in rows]

    def learner(self, name: str) -> Learner:
        values = self.of(name, dict)
        texts = [values.get(field) for field in FIELDS]
        if not all(text is None or isinstance(text, str) for text in texts):
            raise self.wrong(name)
        return Learner.of(texts)

    def learner_or_none(self, name: str) -> Learner | None:
        return None if self._values.get(name) is None else self.learner(name)
