"""A table of qualifications, as the register exports it."""

from __future__ import annotations

__all__ = ["CELL_LIMIT", "HEADINGS", "read_table"]

import csv
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import attrs

from ulnlib.issues import Issue, Path, issue
from ulnlib.qualifications import Level, Qualification
from ulnlib.rules.routes.query import AGE_RANGES, COUNTRIES

CELL_LIMIT = 131_072
"""The longest row that is read: more than the reader of the standard library takes.

Source: ours.
"""

_ROW_LINES = 20  # so many lines a row may have; a title has one

# --- headings ---------------------------------------------------------------------

HEADINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "number": (
            "qualification number",
            "qualification accreditation number",
            "accreditation number",
            "reference number",
            "learning aim reference",
            "number",
            "qan",
        ),
        "title": ("title", "derived title", "preferred title", "qualification title"),
        "awarding_organisation": (
            "awarding organisation",
            "awarding organisation name",
            "organisation name",
        ),
        "type": ("type", "qualification type"),
        "level": ("level", "qualification level", "qualification level description"),
        "sub_level": (
            "sub level",
            "qualification sub level",
            "qualification sub level description",
        ),
        "credit": ("total credits", "credits"),
        "subject_area": ("sector subject area", "ssa", "ssa code"),
        "min_hours": ("minimum guided learning hours", "minimum glh"),
        "max_hours": ("maximum guided learning hours", "maximum glh"),
        "operational_start": ("operational start date", "approval start"),
        "operational_end": ("operational end date", "approval end"),
        "certification_end": ("certification end date",),
        "is_sensitive": ("sensitive", "is sensitive"),
        "England": ("offered in england",),
        "Wales": ("offered in wales",),
        "Northern Ireland": ("offered in northern ireland",),
        "pre-16": ("pre sixteen",),
        "16-18": ("sixteen to eighteen",),
        "18+": ("eighteen plus",),
        "19+": ("nineteen plus",),
    }
)
"""Which headings hold what; case, spaces and marks make no difference.

What is held is an attribute of `Qualification`, a country or an age range, or
`sub_level`, which says which of the entry levels it is.

Source: register of regulated qualifications and web-service schemas of release 9, type
RtaOneQueryResult (observed). That the dates of approval for funding are those of
operation is assumed; `headings` of `read_catalogue` overrides it.
"""


def _key(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading).casefold()


def _columns(
    row: Sequence[str], headings: Mapping[str, str] | None, report: list[Issue]
) -> dict[str, int]:
    """Return in which column each attribute stands."""
    known = {_key(h): what for what, texts in HEADINGS.items() for h in texts}
    if headings is not None:
        own = {_key(heading): what for heading, what in headings.items()}
        known = {h: what for h, what in known.items() if what not in own.values()} | own
    found: dict[str, int] = {}
    for column, heading in enumerate(row):
        what = known.get(_key(heading))
        if what is None:
            continue
        if what in found:
            report.append(
                issue(
                    "catalogue-heading-twice",
                    *("row", 1, what),
                    first=found[what] + 1,
                    again=column + 1,
                    label=what.replace("_", " "),
                )
            )
        found.setdefault(what, column)
    return found


# --- values -----------------------------------------------------------------------

_DATES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:[T ].*)?"),
    re.compile(
        r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})(?: [0-9:]+)?"
    ),
)
_BOOLEANS = {
    **dict.fromkeys(("true", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "no", "n", "0"), False),
}


def _date(text: str) -> dt.date | None:
    for pattern in _DATES:
        found = pattern.fullmatch(text)
        if found is not None:
            year, month, day = (int(found[name]) for name in ("year", "month", "day"))
            try:
                return dt.date(year, month, day)
            except ValueError:
                return None
    return None


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,9}", text, flags=re.ASCII) else None


def _boolean(text: str) -> bool | None:
    return _BOOLEANS.get(text.casefold())


@attrs.frozen
class _Kind:
    what: str
    read: Callable[[str], object]


_DATE = _Kind("a date", _date)
_WHOLE = _Kind("a whole number", _whole)
_BOOLEAN = _Kind("true or false", _boolean)
_KINDS: Mapping[str, _Kind] = {
    "credit": _WHOLE,
    "min_hours": _WHOLE,
    "max_hours": _WHOLE,
    "operational_start": _DATE,
    "operational_end": _DATE,
    "certification_end": _DATE,
    "is_sensitive": _BOOLEAN,
    **dict.fromkeys((*COUNTRIES, *AGE_RANGES), _BOOLEAN),
}
"""What the cells are that are no plain text."""


def _qualification(
    cells: Mapping[str, str], row: int, report: list[Issue]
) -> Qualification:
    """Return the qualification of a row, without what could not be read."""
    values: dict[str, Any] = {}
    for what, text in cells.items():
        kind = _KINDS.get(what)
        if kind is None or not text:
            values[what] = text
            continue
        value = values[what] = kind.read(text)
        if value is None:
            report.append(
                issue("catalogue-value", "row", row, what, expected=kind.what)
            )
    countries = [one for one in COUNTRIES if values.pop(one, None) is True]
    ages = [one for one in AGE_RANGES if values.pop(one, None) is True]
    sub_level = Level.of(values.pop("sub_level", ""))
    level = values.pop("level", "")
    given = {name: value for name, value in values.items() if value not in ("", None)}
    number = given.pop("number", "")
    return Qualification(
        number=number,
        # A sub-level says which of the entry levels it is.
        level=sub_level or level or None,
        countries=countries,
        ages=ages,
        **given,
    )


# --- rows -------------------------------------------------------------------------


def _rows(text: str, report: list[Issue]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table with their numbers, without blank ones.

    A quotation mark that is not closed spoils its own line only.
    """
    lines = text.splitlines(keepends=True)
    at, row = 0, 0
    while at < len(lines):
        row += 1
        end = at + 1
        is_open = lines[at].count('"') % 2
        while is_open and end < min(len(lines), at + _ROW_LINES):
            is_open ^= lines[end].count('"') % 2
            end += 1
        record = "".join(lines[at : end if not is_open else at + 1])
        if is_open or len(record) > CELL_LIMIT:
            report.append(issue("catalogue-quote", "row", row, line=at + 1))
            end = at + 1
            record = record[:CELL_LIMIT]
        at = end
        cells = next(csv.reader([record]), [])
        if any(cell.strip() for cell in cells):
            yield row, [cell.strip() for cell in cells]


def read_table(
    text: str, headings: Mapping[str, str] | None, report: list[Issue]
) -> Iterator[tuple[Path, Qualification]]:
    """Yield the qualifications of a table, each with its place.

    Args:
        text: The table.
        headings: Headings that mean something else than usual.
        report: Takes the findings.

    Source: ours, see `HEADINGS`.
    """
    rows = _rows(text, report)
    _, first = next(rows, (1, []))
    columns = _columns(first, headings, report)
    if "number" not in columns:
        why = "no heading of the first row is that of a qualification number"
        report.append(issue("catalogue-not-read", found=why))
        return
    for row, cells in rows:
        missing = len(first) - len(cells)
        if missing:
            counts = {"found": len(cells), "expected": len(first)}
            report.append(issue("catalogue-cells", "row", row, line=None, **counts))
        whole = [*cells, *[""] * missing]
        named = {what: whole[column] for what, column in columns.items()}
        yield ("row", row), _qualification(named, row, report)
