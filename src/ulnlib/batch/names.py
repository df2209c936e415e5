"""The names of batch files: `LRB_<UKPRN>_DDMMYYYYHHMM.CSV`, in capitals."""

from __future__ import annotations

__all__ = ["FileName", "check_name", "file_name", "parse_name"]

import datetime as dt
import re

import attrs

from ulnlib.issues import Report, issue

_NAME = re.compile(
    r"(LRB)_([0-9A-Za-z]{8})_([0-9]{2})([0-9]{2})([0-9]{4})([0-9]{2})([0-9]{2})"
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


def file_name(ukprn: str, made: dt.datetime, form: str = "CSV") -> str:
    """Return the name of a batch file.

    Args:
        ukprn: The provider, eight digits.
        made: When the file is made; the minute counts.
        form: `CSV` or `XML`.

    Source: LRB batch file quick reference guide, 2018 (published).
    """
    return f"LRB_{ukprn}_{made:%d%m%Y%H%M}.{form}"
