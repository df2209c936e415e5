"""Texts of a report made fit to be shown: days as people write them, nothing hidden."""

from __future__ import annotations

__all__ = ["BLANK", "day_in_words", "long_day", "short_day", "visible", "where"]

import datetime as dt

from ulnlib._dates import parse_date
from ulnlib.errors import InvalidDate

BLANK = "\N{EN DASH}"
"""What stands where there is nothing, so that nobody takes it for an oversight."""

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
# They have no shape of their own and turn nothing round; some scripts need them.
_KEPT = frozenset(
    "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
    "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
)
_INSTEAD = "\N{REPLACEMENT CHARACTER}"


def visible(text: str) -> str:
    """Return a text in one line, with a sign for each character that has no shape.

    Controls, halves of characters, and marks that turn the direction of writing round
    would be taken for commands, or make one text look like another.
    """
    if text.isprintable():
        return text.strip(" ")
    return "".join(
        [c if c.isprintable() or c in _KEPT else _INSTEAD for c in _in_one(text)]
    )


def _in_one(text: str) -> str:
    return " ".join(text.split())


def long_day(day: dt.date) -> str:
    """Return a day as people write it, such as 4 May 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def where(source: str, dated: str) -> str:
    """Return where something stands, and of when that is unless it says so itself."""
    return source if source.endswith(dated) else f"{source}, {dated}"


def _parsed(text: str) -> dt.date | None:
    try:
        return parse_date(text.strip()[:10])
    except InvalidDate:
        return None


def day_in_words(text: str) -> str:
    """Return the text of a date in words, and as it came where it is none."""
    day = _parsed(text)
    return text if day is None else long_day(day)


def short_day(text: str) -> str:
    """Return the text of a date for a column, as it came where it is none."""
    day = _parsed(text)
    if day is None:
        return visible(text)
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"
