"""A line of a CSV file and its cells, in both directions.

Our own splitter instead of the `csv` module, because that module raises on a NUL
byte and on a large cell, has a limit that is global to the process, and cannot say
which bytes were which record.
"""

from __future__ import annotations

__all__ = ["Split", "join_all", "join_minimal", "people_safe", "split"]

from collections.abc import Iterable
from typing import NamedTuple


class Split(NamedTuple):
    """The cells of a line.

    Attributes:
        cells: The texts.
        closed: Whether every quote was closed.
        tidy: Whether every closing quote ended its cell.
    """

    cells: list[str]
    closed: bool
    tidy: bool


def split(text: str) -> Split:
    """Split one record into cells.

    Args:
        text: The record without its line end; it may hold line breaks in quotes.

    Returns:
        The cells. After an unclosed quote the rest of the text is the last cell;
        text behind a closing quote is kept as part of the cell.
    """
    if '"' not in text:
        return Split(text.split(","), closed=True, tidy=True)
    cells: list[str] = []
    tidy = True
    start, end = 0, len(text)
    while True:
        if start < end and text[start] == '"':
            close = start + 1
            while True:
                close = text.find('"', close)
                if close < 0:
                    cells.append(text[start + 1 :].replace('""', '"'))
                    return Split(cells, closed=False, tidy=tidy)
                if text[close + 1 : close + 2] != '"':
                    break
                close += 2
            cell = text[start + 1 : close].replace('""', '"')
            comma = text.find(",", close + 1)
            rest = text[close + 1 :] if comma < 0 else text[close + 1 : comma]
            if rest:
                tidy = False
                cell += rest
        else:
            comma = text.find(",", start)
            cell = text[start:] if comma < 0 else text[start:comma]
            if '"' in cell:
                tidy = False
        cells.append(cell)
        if comma < 0:
            return Split(cells, closed=True, tidy=tidy)
        start = comma + 1


def _needs_quotes(cell: str) -> bool:
    return '"' in cell or "," in cell or "\n" in cell or "\r" in cell


def join_minimal(cells: Iterable[str]) -> str:
    """Join cells, with quotes where they are needed."""
    return ",".join(
        '"' + cell.replace('"', '""') + '"' if _needs_quotes(cell) else cell
        for cell in cells
    )


def join_all(cells: Iterable[str]) -> str:
    """Join cells, every one in quotes."""
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def people_safe(cell: str) -> str:
    """Return a cell so that no spreadsheet takes it for a formula.

    An apostrophe goes before a text that a spreadsheet would run. The cell is then
    for people: the service would take the apostrophe for part of the text.

    Source: OWASP, CSV injection (published).
    """
    return "'" + cell if cell.startswith(_FORMULA) else cell
