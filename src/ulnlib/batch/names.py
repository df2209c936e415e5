"""The names of batch files: `LRB_<UKPRN>_DDMMYYYYHHMM.CSV`, in capitals."""

from __future__ import annotations

__all__ = [
    "FileName",
    "check_form",
    "check_name",
    "file_name",
    "form_named",
    "parse_name",
]

import datetime as dt
import re

import attrs

from ulnlib.errors import InvalidValue
from ulnlib.identifiers import parse_ukprn
from ulnlib.issues import Report, issue

_NAME = re.compile(
    r"(LRB)_([0-9A-Za-z]{8})_([0-9]{2})([0-9]{2})([1-9][0-9]{3})([0-9]{2})([0-9]{2})"
    r"\.(CSV|XML)"
)


@attrs.frozen(kw_only=True)
class FileName:
    """The parts of a batch file's name.

    Attributes:
        kind: `LRB`.
        ukprn: The provider.
        made: The minute in the name.
        format: `CSV` or `XML`.
    """

    kind: str
    ukprn: str
    made: dt.datetime
    format: str


def parse_name(name: str) -> FileName | None:
    """Return the parts of a file name, or None when the service would refuse it.

    Source: LRB batch file quick reference guide, 2018 (published).
    """
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    kind, ukprn, day, month, year, hour, minute, form = match.groups()
    try:
        made = dt.datetime(int(year), int(month), int(day), int(hour), int(minute))  # noqa: DTZ001
    except ValueError:
        return None
    return FileName(kind=kind, ukprn=ukprn, made=made, format=form)


def check_name(name: str) -> Report:
    """Check a file's name.

    Args:
        name: The name without folders.

    Returns:
        No finding, or one that says what the name should be.

    Source: LRB batch file quick reference guide, 2018 (published).
    """
    if parse_name(name) is not None:
        return Report()
    return Report([issue("file-name", "file name")])


_FORMS = frozenset({"CSV", "XML"})

_FIRST_YEAR = 1000
"""An earlier year is one of two digits, whose century was forgotten."""


def form_named(name: str) -> str | None:
    """Return the form that the end of a name promises: `CSV`, `XML`, or None.

    Args:
        name: The name; capitals do not count.

    Source: LRB batch file quick reference guide, 2018 (published: these two ends).

    Examples:
        >>> form_named("autumn.xml"), form_named("autumn.txt")
        ('XML', None)
    """
    end = name.rpartition(".")[2].upper()
    return end if end in _FORMS else None


def check_form(name: str, form: str) -> Report:
    """Check that a file's name does not promise another form than its content has.

    Args:
        name: The name without folders.
        form: The form of the content, `CSV` or `XML`.

    Returns:
        No finding, or one that names both forms.

    Source: ours; that the portal takes a file for what its name says is assumed.
    """
    named = form_named(name)
    if named in {None, form}:
        return Report()
    return Report([issue("file-form", "file name", named=named, found=form)])


def file_name(ukprn: str, made: dt.datetime, form: str = "CSV") -> str:
    """Return the name of a batch file.

    Args:
        ukprn: The provider, eight digits.
        made: When the file is made; the minute counts.
        form: `CSV` or `XML`.

    Returns:
        The name, which `parse_name` takes apart again.

    Raises:
        InvalidIdentifier: The UKPRN has not eight digits or letters.
        InvalidValue: The form is none of these, or the year has not four digits.

    Source: LRB batch file quick reference guide, 2018 (published).
    """
    parse_ukprn(ukprn)
    if form not in _FORMS:
        raise InvalidValue("form", "a batch file's name ends in .CSV or .XML")
    if made.year < _FIRST_YEAR:
        raise InvalidValue("year", "the year of a batch file's name has four digits")
    return f"LRB_{ukprn}_{made:%d%m%Y%H%M}.{form}"
