"""A layout compiled once into one regular expression per line.

A line that matches is split, checked for length, pattern and codes, and turned into
the values of a learner in one step. A line that does not match is not wrong for that:
the reader splits it slowly and the checker explains it, or finds nothing.
So the expression may be stricter than the rules, and must never be laxer; a property
test holds it to that.
"""

from __future__ import annotations

__all__ = ["Compiled", "compile_layout"]

import re
from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter

import attrs

from ulnlib.batch.layout import FILE_VALUES, RETURN_CODE, Column, Layout
from ulnlib.fields import FIELDS, Kind

Values = tuple[str | None, ...]

# No control character, no DEL, no U+FFFD: those go to the checker.
_TEXT = r"\x00-\x1f\x7f\ufffd"

# Days that the service's pattern takes and no calendar has.
_NO_DAY = "1[89]00-02-29"

_RETURN_CODE_LENGTH = 10

# The usual spelling of a postcode; other spellings go to the checker for advice.
_TIDY_POSTCODE = r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][ABDEFGHJLNPQRSTUWXYZ]{2}"


@attrs.frozen(kw_only=True)
class Compiled:
    """A layout ready to read lines with.

    Attributes:
        minimal: Matches a line without quotes, line end included.
        quoted: Matches a line with every cell in quotes, line end included.
        cells: Matches a quoted line without line end.
        arrange: Turns the groups of a match into values in the order of the fields.
        return_code: Which group is the return code, None where there is none.
    """

    minimal: Callable[[str], re.Match[str] | None]
    quoted: Callable[[str], re.Match[str] | None]
    cells: Callable[[str], re.Match[str] | None]
    arrange: Callable[[Values], Values]
    return_code: int | None


def _group(column: Column | None, forbidden: str, stop: str) -> str:
    """Return the expression for one cell of a learner's row."""
    free = f"[^{_TEXT}{forbidden}]"
    if column is None:  # a column that is not of this layout
        return f"{free}*+"
    if column.name in FILE_VALUES:
        return ""  # given in row 2 only, and row 2 is read apart
    if column.name == RETURN_CODE:
        return f"({free}{{1,{_RETURN_CODE_LENGTH}}}+)?"
    field = FIELDS[column.name]
    if column.accepted:
        return f"({'|'.join(column.accepted)})?"
    if field.kind is Kind.POSTCODE:
        return f"({_TIDY_POSTCODE})?"
    if field.kind is Kind.DATE:
        return f"((?!{_NO_DAY}){field.pattern})?"
    if field.kind is not Kind.EMAIL and field.pattern is not None:
        return f"({field.pattern})?"
    if field.pattern is not None:
        # This pattern does not bound its own length: look ahead.
        limit = rf"(?={free}{{1,{field.max_length}}}+{stop})"
        return f"({limit}(?:{field.pattern}))?"
    if field.kind is Kind.NAME:
        return rf"((?!\s*{stop}){free}{{1,{field.max_length}}}+)"
    return f"({free}{{1,{field.max_length}}}+)?"


@cache
def compile_layout(
    layout: Layout, order: tuple[str | None, ...], line_end: str
) -> Compiled:
    """Return the compiled form of a layout.

    Args:
        layout: The layout.
        order: The name of each column as the file has it, None for a column that the
            layout does not know.
        line_end: What ends a line of the file.
    """
    columns = [None if name is None else layout.column(name) for name in order]
    end = re.escape(line_end)
    plain = ",".join(_group(c, ',"', f"(?:,|{end})") for c in columns)
    quoted = '"' + '","'.join(_group(c, '"', '"') for c in columns) + '"'
    return Compiled(
        minimal=re.compile(plain + end).fullmatch,
        quoted=re.compile(quoted + end).fullmatch,
        cells=re.compile(quoted).fullmatch,
        arrange=_arrange(_given(order)),
        return_code=_given(order).index(RETURN_CODE) if RETURN_CODE in order else None,
    )


def _given(order: Sequence[str | None]) -> list[str | None]:
    """Return the columns that are groups of the expression, in their order."""
    return [name for name in order if name in FIELDS or name == RETURN_CODE]


def _arrange(given: Sequence[str | None]) -> Callable[[Values], Values]:
    """Return what puts groups into the order of the fields, None where absent."""
    if given == list(FIELDS):
        return lambda groups: groups
    positions = [given.index(name) if name in given else -1 for name in FIELDS]
    pick = itemgetter(*positions)

    def arrange(groups: Values) -> Values:
        picked: Values = pick((*groups, None))
        return picked

    return arrange
