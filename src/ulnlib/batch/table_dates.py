"""A column of dates: every way they are written, and one order for the whole column.

Whether 03/04/2007 is in March or April is decided by the column: one date that can
only be read one way decides for all. A column that speaks for both is not read.
"""

from __future__ import annotations

__all__ = ["DateRules", "read_dates"]

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import attrs

from ulnlib._dates import age_on
from ulnlib.batch.tables import Cell
from ulnlib.fields import FIELDS
from ulnlib.issues import Issue, issue
from ulnlib.rules.registration import MAXIMUM_AGE, MINIMUM_AGE


@attrs.frozen(kw_only=True)
class DateRules:
    """How the dates of a column are to be read.

    Attributes:
        field: The field, `date_of_birth` or `date_of_address_capture`.
        day_first: Whether the day comes before the month; None lets the column decide.
        as_of: The day on which ages are counted: it gives a year of two digits its
            century.
        epoch: The day from which a spreadsheet counts days.
    """

    field: str
    day_first: bool | None = None
    as_of: dt.date | None = None
    epoch: dt.datetime = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a day, no moment


class _Day(NamedTuple):
    """A date that can be read in one way."""

    year: str
    month: int
    day: int
    is_cell: bool = False


class _Numbers(NamedTuple):
    """A date of which the first number is the day or the month."""

    first: int
    second: int
    year: str


class _Serial(NamedTuple):
    """A spreadsheet's count of days."""

    days: int


_Seen = _Day | _Numbers | _Serial | str | None
"""What a cell is; a text is the code of a finding."""

_TIME = (
    r"(?:[T ]\s*(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*"
    r"(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:Z|[+-]00:?00)?)?"
)
_YEAR = r"(?P<year>\d{4}|\d{2})"
_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may"),
            *("jun june", "jul july", "aug august", "sep sept september"),
            *("oct october", "nov november", "dec december"),
        ),
        1,
    )
    for name in names.split()
}
_SEPARATOR = r"[\s\-/.,]{1,3}"
_BIG_FIRST = re.compile(
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME, re.ASCII
)
_NUMERIC = re.compile(
    r"(?P<first>\d{1,2})\s?(?P<by>[/.\- ])\s?(?P<second>\d{1,2})\s?(?P=by)\s?"
    + _YEAR
    + _TIME,
    re.ASCII,
)
_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?"
    rf"{_SEPARATOR}(?P<name>[A-Za-z]{{3,9}}){_SEPARATOR}{_YEAR}{_TIME}",
    re.ASCII,
)
_MONTH_FIRST = re.compile(
    rf"(?P<name>[A-Za-z]{{3,9}}){_SEPARATOR}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"{_SEPARATOR}{_YEAR}{_TIME}",
    re.ASCII,
)
_COMPACT = re.compile(r"\d{8}", re.ASCII)
_COUNT = re.compile(r"(\d{5})(?:\.0{1,9})?", re.ASCII)
_COUNTS = range(61, 73_051)
"""Counts of days from March 1900, before which spreadsheets are wrong, to 2099."""


def read_dates(
    cells: Sequence[Cell], rows: Sequence[int], rules: DateRules
) -> tuple[list[str | None], list[Issue]]:
    """Read a column of dates.

    Args:
        cells: The cells.
        rows: The number of the row of each.
        rules: How to read them.

    Returns:
        The dates as YYYY-MM-DD, None for an empty cell and for one that cannot be
        read; and the findings, those of the column first.

    Source: ours.

    Examples:
        >>> rules = DateRules(field="date_of_birth")
        >>> read_dates(["03/04/2007", "24/05/2007"], [2, 3], rules)[0]
        ['2007-04-03', '2007-05-24']
        >>> [item.code for item in read_dates(["03/04/2007"], [2], rules)[1]]
        ['dates-ambiguous', 'date-ambiguous']
    """
    seen = [_see(cell) for cell in cells]
    day_first, of_column = _order(seen, rows, rules)
    distrusted = any(item.code == "dates-half-converted" for item in of_column)
    texts: list[str | None] = []
    found = list(of_column)
    for row, one in zip(rows, seen, strict=True):
        read = _read(one, rules, day_first=day_first)
        if distrusted and isinstance(one, _Day) and one.is_cell:
            read = "date-not-trusted"
        is_day = read is None or isinstance(read, dt.date)
        texts.append(read.isoformat() if isinstance(read, dt.date) else None)
        if not is_day:
            path = ("row", row, rules.field)
            found.append(issue(str(read), *path, label=FIELDS[rules.field].label))
    return texts, found


# --- one cell -----------------------------------------------------------------------


def _see(cell: Cell) -> _Seen:
    """Say what a cell is."""
    if cell is None:
        return None
    if isinstance(cell, dt.datetime):
        if cell.time() != dt.time():
            return "date-with-time"
        return _Day(f"{cell.year:04}", cell.month, cell.day, is_cell=True)
    if isinstance(cell, (bool, dt.time, dt.timedelta)):
        return "date-unreadable"
    if isinstance(cell, float):
        if not cell.is_integer():
            return "date-with-time" if 61 < cell < 73_051 else "date-unreadable"
        cell = int(cell)
    text = str(cell).strip()
    return _see_text(text) if text else None


def _see_text(text: str) -> _Seen:
    if match := _COUNT.fullmatch(text):
        days = int(match[1])
        return _Serial(days) if days in _COUNTS else "date-unreadable"
    if _COMPACT.fullmatch(text):
        if "1800" <= text[:4] <= "2099":
            return _Day(text[:4], int(text[4:6]), int(text[6:]))
        return _Numbers(int(text[:2]), int(text[2:4]), text[4:])
    if match := _BIG_FIRST.fullmatch(text):
        found: _Seen = _Day(match["year"], int(match["month"]), int(match["day"]))
    elif match := _NUMERIC.fullmatch(text):
        found = _Numbers(int(match["first"]), int(match["second"]), match["year"])
    elif match := _NAMED.fullmatch(text) or _MONTH_FIRST.fullmatch(text):
        month = _MONTHS.get(match["name"].casefold())
        if month is None:
            return "date-unreadable"
        found = _Day(match["year"], month, int(match["day"]))
    else:
        return "date-unreadable"
    return found if _is_midnight(match) else "date-with-time"


def _is_midnight(match: re.Match[str]) -> bool:
    """Say whether a date has no time, or that of midnight."""
    digits = "".join(c for c in match["time"] or "" if c.isdigit())
    if (match["half"] or "").casefold().startswith("a") and digits[:2] == "12":
        digits = digits[2:]
    return not digits.strip("0") and not (match["half"] or "").lower().startswith("p")


# --- the column ---------------------------------------------------------------------


def _order(
    seen: Sequence[_Seen], rows: Sequence[int], rules: DateRules
) -> tuple[bool | None, list[Issue]]:
    """Say in which order day and month stand, and what is wrong with the column."""
    label = FIELDS[rules.field].label
    numbers = [
        (row, one)
        for row, one in zip(rows, seen, strict=True)
        if isinstance(one, _Numbers)
    ]
    day_first = [row for row, one in numbers if one.first > 12 >= one.second]
    month_first = [row for row, one in numbers if one.second > 12 >= one.first]
    open_ones = [
        row for row, one in numbers if one.first != one.second and _is_open(one)
    ]
    found = list(_counts(seen, label))
    if rules.day_first is not None:
        return rules.day_first, found
    if day_first and month_first:
        facts = {"first": day_first[0], "other": month_first[0]}
        return None, [issue("dates-both-ways", label=label, **facts), *found]
    cells = [one for one in seen if isinstance(one, _Day) and one.is_cell]
    texts = bool(numbers) and not any(_is_open(one) for _, one in numbers)
    if texts and cells and all(one.day <= 12 for one in cells):
        half = issue("dates-half-converted", label=label, count=len(cells))
        found.insert(0, half)
    if day_first or month_first:
        return bool(day_first), found
    if open_ones:
        found.insert(0, issue("dates-ambiguous", label=label, count=len(open_ones)))
    return None, found


def _counts(seen: Iterable[_Seen], label: str) -> Iterable[Issue]:
    count = sum(isinstance(one, _Serial) for one in seen)
    if count:
        yield issue("dates-are-numbers", label=label, count=count)


def _is_open(one: _Numbers) -> bool:
    """Say whether either number can be the month."""
    return one.first <= 12 and one.second <= 12


def _read(
    one: _Seen, rules: DateRules, *, day_first: bool | None
) -> dt.date | str | None:
    """Return the day that a cell names, or the code of a finding."""
    if one is None or isinstance(one, str):
        return one
    if isinstance(one, _Serial):
        return (rules.epoch + dt.timedelta(days=one.days)).date()
    if isinstance(one, _Numbers):
        if day_first is None and one.first == one.second:
            day_first = True  # either way it is the same day
        if day_first is None:
            return "date-ambiguous"
        day, month = (one.first, one.second) if day_first else (one.second, one.first)
        if month > 12 >= day:
            return "date-unreadable"  # against the order
        one = _Day(one.year, month, day)
    year = _full_year(one, rules)
    if year is None:
        return "date-century"
    try:
        return dt.date(year, one.month, one.day)
    except ValueError:
        return "date-no-such-day"


def _full_year(one: _Day, rules: DateRules) -> int | None:
    """Return the year with its century; None when it cannot be told."""
    if len(one.year) == 4:
        return int(one.year)
    if rules.as_of is None:
        return None
    years = [century + int(one.year) for century in (1900, 2000)]
    if rules.field != "date_of_birth":
        return years[1] if years[1] <= rules.as_of.year else None
    fitting = [year for year in years if _is_age(year, one, rules.as_of)]
    return fitting[0] if len(fitting) == 1 else None


def _is_age(year: int, one: _Day, as_of: dt.date) -> bool:
    """Say whether somebody born then has an age that the service takes."""
    try:
        born = dt.date(year, one.month, one.day)
    except ValueError:
        return True  # told as a day that is none
    return MINIMUM_AGE <= age_on(born, as_of) <= MAXIMUM_AGE
