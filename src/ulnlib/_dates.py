"""Dates as the Learning Records Service writes them, and ages.

A date travels as `YYYY-MM-DD`. The service's own schema accepts the years 1800 to
2099 and, by an oversight, 29 February of 1800 and 1900; those two days exist in no
calendar, so they match `DATE_PATTERN` (the service would take them) but `parse_date`
refuses them.
"""

from __future__ import annotations

__all__ = [
    "DATE_PATTERN",
    "At",
    "add_days",
    "age_on",
    "beginning_day",
    "birthday_bounds",
    "day_in_words",
    "day_of",
    "months_before",
    "parse_date",
    "stamp",
]

import datetime as dt
import re

from ulnlib.errors import InvalidDate

DATE_PATTERN = (
    r"(?:(?:18|19|20)[0-9]{2}-"
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:18|19|20)(?:[02468][048]|[13579][26])-02-29)"
)
"""What the service accepts as a date, as a regular expression (ASCII digits).

Source: learner.xsd of the web-service schemas, type MIAPDate (observed).
"""

_DATE = re.compile(DATE_PATTERN)

At = dt.date | str
"""When something is done, as the caller says it: a date, a date and time, or a text.

It is kept as text, and never compared.
"""


def parse_date(text: str) -> dt.date:
    """Return the day that a `YYYY-MM-DD` text names.

    Args:
        text: The text as it stands; nothing is stripped.

    Returns:
        The day.

    Raises:
        InvalidDate: The text is not of that format, or names no day.

    Source: learner.xsd of the web-service schemas, type MIAPDate (observed).
    """
    # Matched before parsing: the standard library's error would print the text.
    if _DATE.fullmatch(text) is None:
        raise InvalidDate("format", "a date is written YYYY-MM-DD, years 1800 to 2099")
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:])
    if day == 29 and month == 2 and year in {1800, 1900}:
        raise InvalidDate("calendar", f"the year {year} had no 29 February")
    return dt.date(year, month, day)


def beginning_day(text: str | None) -> dt.date | None:
    """Return the day that a text begins with, as of one that has a time behind it.

    Args:
        text: The text; spaces around it do not matter.

    Returns:
        The day; None for no text, and where it begins with none.
    """
    if not text:
        return None
    try:
        return parse_date(text.strip()[:10])
    except InvalidDate:
        return None


def age_on(date_of_birth: dt.date, as_of: dt.date) -> int:
    """Return the age in whole years on a day; negative before birth.

    Somebody born on 29 February has the birthday on 1 March in common years.
    """
    before = (as_of.month, as_of.day) < (date_of_birth.month, date_of_birth.day)
    return as_of.year - date_of_birth.year - before


def birthday_bounds(
    as_of: dt.date, minimum: int, below: int
) -> tuple[dt.date, dt.date]:
    """Return the first and last date of birth of the people in an age range.

    Args:
        as_of: The day on which ages are counted.
        minimum: The lowest age in whole years that is in the range.
        below: The lowest age in whole years that is above the range.

    Returns:
        `(earliest, latest)`, both inclusive: somebody born on `latest` has reached
        `minimum` on `as_of`, somebody born the day before `earliest` has reached
        `below`.
    """
    from dateutil.relativedelta import relativedelta

    # relativedelta turns 29 February into 28 February where it must, which is what
    # a birthday on 1 March asks for.
    latest = as_of - relativedelta(years=minimum)
    earliest = as_of - relativedelta(years=below) + dt.timedelta(days=1)
    return earliest, latest


def add_days(day: dt.date, days: int) -> dt.date:
    """Return the day that many calendar days later."""
    return day + dt.timedelta(days=days)


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the day so many months earlier, the last of the month where it is shorter.

    Args:
        day: A day.
        months: How many months, 0 or more; so many that there is no such year give the
            first day that there is.
    """
    from dateutil.relativedelta import relativedelta

    if months >= (day.year - 1) * 12 + day.month:
        return dt.date.min
    return day - relativedelta(months=months)


_MONTHS = (
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
)


def day_in_words(day: dt.date, *, is_short: bool = False) -> str:
    """Return a day as people write it, whatever the language of the computer.

    Args:
        day: The day.
        is_short: Whether the month has three letters.
    """
    month = _MONTHS[day.month - 1]
    return f"{day.day} {month[:3] if is_short else month} {day.year}"


def day_of(moment: dt.date) -> dt.date:
    """Return the day of a date, or of a date and time."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def stamp(at: At) -> str:
    """Return the text by which a moment is kept: a text as given, else ISO 8601.

    Raises:
        TypeError: It is none of the three.
    """
    if isinstance(at, str):
        return str.__str__(at)
    if isinstance(at, dt.date):  # a datetime is one as well
        return at.isoformat()
    raise TypeError(f"at is a date, a datetime or text, not {type(at).__name__}")
