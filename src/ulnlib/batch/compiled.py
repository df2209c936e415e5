"""A layout compiled once into one regular expression per line.

A line that matches has the right number of cells and in each of them the right length,
pattern and codes: it only needs to be split. A line that does not match is not wrong
for that: the reader splits it slowly and the checker explains it, or finds nothing.
So the expression may be stricter than the rules, and must never be laxer; a property
test holds it to that.
"""

from __future__ import annotations

__all__ = ["Compiled", "cell_pattern", "compile_layout"]

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter

import attrs

from ulnlib._dates import DATE_PATTERN
from ulnlib.batch.layouts.layout import FILE_VALUES, RETURN_CODE, Column, Layout
from ulnlib.fields import FIELDS, Kind
from ulnlib.postcode import SHAPE_PATTERN

Values = tuple[str | None, ...]

# No control character, no U+FFFD, nothing that cannot be seen: the checker has those.
_TEXT = (
    r"\x00-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
    r"\ufff9-\ufffd"
)

# Days that the service's pattern takes and no calendar has.
_NO_DAY = "1[89]00-02-29"

_RETURN_CODE_LENGTH = 10


# What nearly everybody has; longer and odder addresses go to the checker.
_TIDY_EMAIL = (
    r"[a-zA-Z0-9_+\-]{1,60}+(?:\.[a-zA-Z0-9_+\-]{1,20}+){0,3}+"
    r"@(?:[a-zA-Z0-9][a-zA-Z0-9\-]{1,20}+(?<!-)\.){1,4}+[a-zA-Z]{2,6}"
)

Match = Callable[[str], object]


@attrs.frozen(kw_only=True)
class Compiled:
    """A layout ready to read lines with.

    Attributes:
        minimal: Matches a line without quotes, line end included.
        quoted: Matches a line with every cell in quotes, line end included.
        cells: Matches a quoted line without line end.
        end: How many characters the line end has.
        arrange: Turns the cells of a line into the values of the fields, in their
            order, None for an empty cell.
        return_code: Which cell is the return code, None where there is none.
    """

    minimal: Match
    quoted: Match
    cells: Match
    end: int
    arrange: Callable[[list[str]], Values]
    return_code: int | None


def cell_pattern(column: Column | None, forbidden: str) -> str:
    """Return the expression for one cell of a learner's row.

    Args:
        column: The column, None for one that is not of the layout.
        forbidden: Characters that have a meaning of their own in the file.
    """
    free = f"[^{_TEXT}{forbidden}]"
    if column is None:  # a column that is not of this layout
        return f"{free}*+"
    if column.name in FILE_VALUES:
        return ""  # given in row 2 only, and row 2 is read apart
    if column.name == RETURN_CODE:
        return f"{free}{{0,{_RETURN_CODE_LENGTH}}}+"
    field = FIELDS[column.name]
    if column.accepted:
        return _one_of(column.accepted)
    if field.kind is Kind.NAME:
        return f"[^\\s{_TEXT}{forbidden}]{free}{{0,{field.max_length - 1}}}+"
    if field.pattern is None:
        return f"{free}{{0,{field.max_length}}}+"
    return f"(?:{_STRICTER.get(field.kind, field.pattern)})?"


def _one_of(codes: Sequence[str]) -> str:
    """Return the expression for a code or nothing."""
    short = "".join(code for code in codes if len(code) == 1)
    long = [code for code in codes if len(code) > 1]
    return f"(?:{'|'.join([f'[{short}]', *long])})?"


_STRICTER = {
    Kind.POSTCODE: SHAPE_PATTERN,  # other spellings get advice
    Kind.EMAIL: _TIDY_EMAIL,
    # Most days are the 28th or before; the rest are looked at closely.
    Kind.DATE: "(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    f"|(?!{_NO_DAY}){DATE_PATTERN}",
}


@lru_cache(maxsize=32)  # the order of the columns is the file's: not without end
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
    plain = ",".join(cell_pattern(c, ',"') for c in columns)
    quoted = '"' + '","'.join(cell_pattern(c, '"') for c in columns) + '"'
    return Compiled(
        minimal=re.compile(plain + end).fullmatch,
        quoted=re.compile(quoted + end).fullmatch,
        cells=re.compile(quoted).fullmatch,
        end=len(line_end),
        arrange=_arrange(order),
        return_code=order.index(RETURN_CODE) if RETURN_CODE in order else None,
    )


def _arrange(order: Sequence[str | None]) -> Callable[[list[str]], Values]:
    """Return what puts the cells of a line into the order of the fields."""
    fields = tuple(FIELDS)
    start = order.index(fields[0]) if fields[0] in order else 0
    end = start + len(fields)
    if tuple(order[start:end]) == fields:

        def in_order(cells: list[str]) -> Values:
            return tuple([cell or None for cell in cells[start:end]])

        return in_order
    places = [order.index(name) if name in order else len(order) for name in fields]
    pick = itemgetter(*places)

    def rearranged(cells: list[str]) -> Values:
        cells.append("")  # what a column that is not there holds
        return tuple([cell or None for cell in pick(cells)])

    return rearranged
