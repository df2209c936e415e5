"""Which rows of LRB files have a ULN that is surely the learner's."""

from __future__ import annotations

__all__ = ["PassedOver", "why_passed_over"]

from enum import StrEnum
from functools import lru_cache

from ulnlib.batch import Record
from ulnlib.codes import ReturnCode, parse_code


class PassedOver(StrEnum):
    """Why the ULN of a row is not taken."""

    NO_ULN = "no_uln"
    ERRORS = "errors"
    EXCEPTION = "exception"

    @property
    def label(self) -> str:
        """What stands behind a number of rows."""
        return _LABELS[self]


_LABELS = {
    PassedOver.NO_ULN: "without a ULN",
    PassedOver.ERRORS: "with errors",
    PassedOver.EXCEPTION: "with the return code of an exception",
}


def why_passed_over(record: Record) -> PassedOver | None:
    """Say why the ULN of a row is not surely the learner's; None when it is.

    A row without an error still has none where the service made it an exception.
    """
    if record.learner.uln is None:
        return PassedOver.NO_ULN
    if record.issues and not record.is_ok:
        return PassedOver.ERRORS
    if record.return_code and not _is_sure(record.return_code):
        return PassedOver.EXCEPTION
    return None


@lru_cache(maxsize=64)
def _is_sure(text: str) -> bool:
    code = parse_code(ReturnCode, text)
    return isinstance(code, ReturnCode) and not code.is_exception
