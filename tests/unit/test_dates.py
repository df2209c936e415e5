"""Dates of the service, ages, and the dates of birth of an age range."""

import datetime as dt
import re

import pytest

from ulnlib._dates import (
    DATE_PATTERN,
    add_days,
    age_on,
    beginning_day,
    birthday_bounds,
    day_in_words,
    months_before,
    parse_date,
    stamp,
)
from ulnlib.errors import InvalidDate

DAYS = [
    ("1800-01-01", dt.date(1800, 1, 1)),
    ("1899-12-31", dt.date(1899, 12, 31)),
    ("1904-02-29", dt.date(1904, 2, 29)),
    ("1999-01-31", dt.date(1999, 1, 31)),
    ("2000-02-29", dt.date(2000, 2, 29)),
    ("2007-05-04", dt.date(2007, 5, 4)),
    ("2024-02-29", dt.date(2024, 2, 29)),
    ("2023-02-28", dt.date(2023, 2, 28)),
    ("2026-04-30", dt.date(2026, 4, 30)),
    ("2099-12-31", dt.date(2099, 12, 31)),
]

REFUSED = [
    "",
    " 2007-05-04",
    "2007-05-04 ",
    "2007-05-04\n",
    "2007-5-4",
    "07-05-04",
    "04/05/2007",
    "2007/05/04",
    "20070504",
    "2007-05-04T00:00:00",
    "2007-05-04Z",
    "-007-05-04",
    "1799-12-31",
    "2100-01-01",
    "2100-02-29",
    "2007-00-04",
    "2007-13-04",
    "2007-05-00",
    "2007-05-32",
    "2007-04-31",
    "2007-06-31",
    "2007-09-31",
    "2007-11-31",
    "2007-02-29",
    "2023-02-29",
    "2000-02-30",
    "\u0662\u0660\u0660\u0667-05-04",  # Arabic digits
    "2007\u201305\u201304",  # dashes
    "2007-05-0\u00b3",  # a superscript digit
]

# The schema takes these two, and no calendar has them.
IN_NO_CALENDAR = ["1800-02-29", "1900-02-29"]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_date_of_the_service_is_a_day(text, day):
    assert parse_date(text) == day
    assert re.fullmatch(DATE_PATTERN, text)


@pytest.mark.parametrize("text", REFUSED)
def test_another_text_is_refused_for_its_format(text):
    with pytest.raises(InvalidDate) as caught:
        parse_date(text)

    assert caught.value.reason == "format"
    assert not re.fullmatch(DATE_PATTERN, text)


@pytest.mark.parametrize("text", IN_NO_CALENDAR)
def test_a_day_that_only_the_schema_knows_is_refused_for_the_calendar(text):
    assert re.fullmatch(DATE_PATTERN, text)
    with pytest.raises(InvalidDate) as caught:
        parse_date(text)

    assert caught.value.reason == "calendar"
    assert str(caught.value) == f"the year {text[:4]} had no 29 February"


def test_the_pattern_takes_every_day_from_1800_to_2099_and_two_more():
    pattern = re.compile(DATE_PATTERN)
    every = {
        f"{year}-{month:02}-{day:02}"
        for year in range(1795, 2105)
        for month in range(14)
        for day in range(33)
    }
    days = set()
    day = dt.date(1800, 1, 1)
    while day.year < 2100:
        days.add(day.isoformat())
        day += dt.timedelta(days=1)

    taken = {text for text in every if pattern.fullmatch(text)}

    assert taken == days | {"1800-02-29", "1900-02-29"}


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2007-05-04", "2007-05-04", 0),
        ("2007-05-04", "2008-05-03", 0),
        ("2007-05-04", "2008-05-04", 1),
        ("2007-05-04", "2026-11-21", 19),
        ("2007-05-04", "2007-05-03", -1),
        ("2008-02-29", "2021-02-28", 12),
        ("2008-02-29", "2021-03-01", 13),
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-29", "2024-02-29", 16),
        ("2008-02-28", "2021-02-28", 13),
        ("2008-03-01", "2021-02-28", 12),
        ("2007-12-31", "2026-01-01", 18),
        ("1900-01-01", "2011-01-01", 111),
    ],
)
def test_the_age_is_in_whole_years(born, on, age):
    assert age_on(dt.date.fromisoformat(born), dt.date.fromisoformat(on)) == age


@pytest.mark.parametrize(
    ("as_of", "earliest", "latest"),
    [
        ("2026-11-21", "1915-11-22", "2013-11-21"),
        # On 29 February everybody born up to 28 February 2011 has turned 13 ...
        ("2024-02-29", "1913-03-01", "2011-02-28"),
        # ... and on 28 February somebody born on the 29th has not.
        ("2025-02-28", "1914-03-01", "2012-02-28"),
        ("2025-03-01", "1914-03-02", "2012-03-01"),
        # Born on 29 February 1912: 110 up to 28 February 2023, 111 the day after.
        ("2023-02-28", "1912-02-29", "2010-02-28"),
        ("2023-03-01", "1912-03-02", "2010-03-01"),
    ],
)
def test_the_bounds_of_13_to_110_years_are_these(as_of, earliest, latest):
    found = birthday_bounds(dt.date.fromisoformat(as_of), 13, 111)

    assert [day.isoformat() for day in found] == [earliest, latest]


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026, 2027, 2028])
def test_the_bounds_are_those_that_counting_every_birthday_gives(year):
    """On every day of the year: in by a day at both ends, out by the next."""

    def birthday(born, in_year):
        if (born.month, born.day) != (2, 29):
            return born.replace(year=in_year)
        is_leap = in_year % 4 == 0 and (in_year % 100 != 0 or in_year % 400 == 0)
        return dt.date(in_year, 2, 29) if is_leap else dt.date(in_year, 3, 1)

    def is_within(born, as_of):
        """Count birthdays one by one, from the year after birth."""
        had = sum(birthday(born, y) <= as_of for y in range(born.year + 1, 2030))
        return 13 <= had < 111

    one = dt.timedelta(days=1)
    as_of = dt.date(year, 1, 1)
    while as_of.year == year:
        earliest, latest = birthday_bounds(as_of, 13, 111)
        assert is_within(earliest, as_of)
        assert not is_within(earliest - one, as_of)
        assert is_within(latest, as_of)
        assert not is_within(latest + one, as_of)
        as_of += one


def test_days_are_calendar_days():
    assert add_days(dt.date(2026, 11, 21), 45) == dt.date(2027, 1, 5)
    assert add_days(dt.date(2024, 2, 28), 1) == dt.date(2024, 2, 29)
    assert add_days(dt.date(2026, 1, 1), -1) == dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-03-31", 0, "2026-03-31"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2024-03-31", 1, "2024-02-29"),
        ("2026-03-30", 1, "2026-02-28"),
        ("2026-03-28", 1, "2026-02-28"),
        ("2026-03-31", 4, "2025-11-30"),
        ("2026-03-31", 12, "2025-03-31"),
        ("2024-02-29", 12, "2023-02-28"),
        ("2024-02-29", 48, "2020-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("0001-02-15", 1, "0001-01-15"),
        ("0001-02-15", 2, "0001-01-01"),
        ("0001-12-31", 11, "0001-01-31"),
        ("2026-03-31", 24_302, "0001-01-31"),
        ("2026-03-31", 24_303, "0001-01-01"),
        ("2026-03-31", 10**15, "0001-01-01"),
    ],
)
def test_months_before_a_day_end_where_a_month_ends(day, months, before):
    found = months_before(dt.date.fromisoformat(day), months)

    assert found.isoformat() == before


@pytest.mark.parametrize("months", [0, 1, 11, 12, 13, 60])
def test_months_before_are_those_of_the_calendar(months):
    """On every day of four years: that month, and that day or the last of it."""
    day = dt.date(2023, 1, 1)
    while day.year < 2027:
        found = months_before(day, months)
        apart = (day.year - found.year) * 12 + day.month - found.month
        assert apart == months
        is_last = (found + dt.timedelta(days=1)).month != found.month
        assert found.day == day.day or (is_last and found.day < day.day)
        day += dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2012-05-31 16:47:04", dt.date(2012, 5, 31)),
        (" 2012-05-31", dt.date(2012, 5, 31)),
        ("2012-02-30", None),
        ("31 May 2012", None),
        ("", None),
        (None, None),
    ],
)
def test_the_day_that_a_text_begins_with(text, day):
    assert beginning_day(text) == day


def test_a_moment_is_kept_as_a_text():
    assert stamp("yesterday") == "yesterday"
    assert stamp(dt.date(2026, 11, 21)) == "2026-11-21"
    with pytest.raises(TypeError, match="not int"):
        stamp(5)


def test_a_day_in_words_may_be_short():
    assert day_in_words(dt.date(2026, 9, 1)) == "1 September 2026"
    assert day_in_words(dt.date(2026, 9, 1), is_short=True) == "1 Sep 2026"
