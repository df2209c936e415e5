"""Dates of birth that are typed in, or stand in a cell."""

from __future__ import annotations

__all__ = ["why_no_birth_date"]

import re

from ulnlib._dates import parse_date
from ulnlib.errors import InvalidDate

_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def why_no_birth_date(text: str) -> str | None:
    """Say why a text is no date of birth that the service takes; None when it is one.

    Source: learner.xsd of the web-service schemas, type MIAPDate (observed): the years
    1800 to 2099.
    """
    if _SHAPE.fullmatch(text) is None:
        return "a date of birth is written YYYY-MM-DD"
    if text[:4] < "1800":
        return "the year is before 1800, the first that the service takes"
    if text[:4] > "2099":
        return "the year is after 2099, the last that the service takes"
    try:
        parse_date(text)
    except InvalidDate:
        return "there is no such day in the calendar"
    return None
