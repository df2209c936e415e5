"""A cell of a caller's own table as the text of a field.

What a spreadsheet has made of a value is undone where nothing was lost (1000000043.0),
and refused where something was (1.23457E+09).
"""

from __future__ import annotations

__all__ = ["CellError", "code_of", "is_word_for_nothing", "text_of"]

import datetime as dt
import math
import re
from functools import cache
from types import MappingProxyType

from ulnlib import _tables
from ulnlib.batch.mapping import key_of
from ulnlib.batch.tables import Cell, Oddity
from ulnlib.fields import FIELDS, Kind

_EXACT = 1_000_000_000_000_000
"""From here on a spreadsheet's numbers have lost digits: it keeps fifteen."""

_NUMBERS = frozenset({"uln", "mis_identifier", "gender", "ability_to_share"}) | {
    name for name, field in FIELDS.items() if field.kind in {Kind.IDENTIFIER, Kind.CODE}
}
"""Fields whose texts a spreadsheet may have taken for numbers."""

_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d{1,20}))?[eE]\+(\d{1,2})", re.ASCII)
_WHOLE = re.compile(r"(\d{1,20})[.,]0{1,9}", re.ASCII)
_AS_TEXT = re.compile(r'="([^"]*)"')
_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!)|#{3,}")


class CellError(Exception):
    """A cell that is no text of its field: the code of a finding, and its facts."""

    def __init__(self, code: str, found: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.found = found


def text_of(cell: Cell, field: str) -> str | None:
    """Return a cell as the text of a field, None when it is empty.

    Args:
        cell: The cell.
        field: The field, or a part of one.

    Raises:
        CellError: It cannot be that.

    Source: ours.

    Examples:
        >>> text_of(1000000043.0, "uln"), text_of("1.000000043E+09", "uln")
        ('1000000043', '1000000043')
    """
    if isinstance(cell, Oddity):
        raise CellError(f"cell-{cell.value}")
    if isinstance(cell, (dt.datetime, dt.time, dt.timedelta)):
        raise CellError("cell-kind", "date or time")
    if isinstance(cell, bool):
        return _of_truth(field, is_true=cell)
    if isinstance(cell, float):
        cell = _whole(cell, field)
    if isinstance(cell, int):
        if abs(cell) >= _EXACT:
            raise CellError("cell-digits-lost")
        return str(cell)
    return _of_text(cell or "", field)


def _of_truth(field: str, *, is_true: bool) -> str:
    if field != "ability_to_share":
        raise CellError("cell-kind", "true or false")
    return "1" if is_true else "0"


def _whole(number: float, field: str) -> int | str:
    """Return a number as a spreadsheet would show it in full."""
    if math.isfinite(number) and number.is_integer():
        return int(number)
    if not math.isfinite(number) or field in _NUMBERS:
        raise CellError("cell-kind", "broken number")
    return repr(number)


def _of_text(text: str, field: str) -> str | None:
    text = text.strip()
    if match := _AS_TEXT.fullmatch(text):  # how some exports keep a number a text
        text = match[1].strip()
    if _ERRORS.fullmatch(text):
        raise CellError("cell-error")
    if field in _NUMBERS:
        if match := _SCIENTIFIC.fullmatch(text):
            return _written_out(match)
        if match := _WHOLE.fullmatch(text):
            return match[1]
    return text or None


def _written_out(match: re.Match[str]) -> str:
    """Return a number in scientific notation in full, where no digit is lost."""
    fraction, power = match[2] or "", int(match[3])
    if len(fraction) != power:
        raise CellError("cell-digits-lost")
    return match[1] + fraction


# --- words --------------------------------------------------------------------------


@cache
def _words() -> MappingProxyType[tuple[str, str], str]:
    words = {
        (row["field"], word): row["code"]
        for row in _tables.load("table_words").rows
        for word in row["words"]
    }
    return MappingProxyType(words)


_WORD_CODES = MappingProxyType(
    {
        "gender": "gender-word",
        "ability_to_share": "notice-word",
        "verification_type": "verification-word",
    }
)


def code_of(text: str, field: str) -> str:
    """Return the code that a word means: gender, privacy notice, verification.

    Args:
        text: The word, or the code itself.
        field: The field.

    Raises:
        CellError: The word is in no list.

    Source: the table of words (observed or assumed, by row).

    Examples:
        >>> code_of("Prefer not to say", "gender"), code_of("Yes", "ability_to_share")
        ('9', '1')
    """
    code = _words().get((field, key_of(text)))
    if code is None:
        raise CellError(_WORD_CODES[field])
    return code


def is_word_for_nothing(text: str, *, is_name: bool) -> bool:
    """Say whether a text is what a database writes for nothing, such as NULL.

    A name of a person may be such a word: it counts only as a database writes it.

    Args:
        text: The text.
        is_name: Whether the field is a given or family name.

    Source: what databases and data frames write (assumed).
    """
    if is_name:
        return text in {"NULL", "(null)", "NaN", "N/A", "n/a"}
    return ("empty", key_of(text)) in _words()
