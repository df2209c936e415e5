"""Splitting: a file that is too large becomes several, each complete by itself.

The records of the parts, one after another, are those of the file. Each part has its
own count and its own reference; rows are numbered anew, the headings being row 1. A
file that holds more than its records is not split, for the rest would be in no part.
"""

from __future__ import annotations

__all__ = ["WEB_SERVICE_LIMIT", "left_behind", "split"]

import datetime as dt
from collections.abc import Iterable, Sequence

import attrs

from ulnlib.batch.duplicates import repeats
from ulnlib.batch.files import BatchFile, Record
from ulnlib.batch.layouts.lrb import RECORD_LIMIT
from ulnlib.batch.names import file_name, parse_name
from ulnlib.batch.rewriting import lost
from ulnlib.errors import InvalidData
from ulnlib.issues import Issue, Report

WEB_SERVICE_LIMIT = 200
"""The greatest number of learners that one call of the web service takes.

Source: batchlearner.xsd of the web-service schemas, LearnerRecordCount and Learner of
SubmitBatch (observed).
"""


def split(file: BatchFile, most: int = RECORD_LIMIT) -> tuple[BatchFile, ...]:
    """Split a file into parts of so many learners at most.

    Args:
        file: The file, as `ulnlib.batch.read` or `ulnlib.batch.make` returns it.
        most: The greatest number of learners of a part: `RECORD_LIMIT` for the
            portal, `WEB_SERVICE_LIMIT` for a call of the web service.

    Returns:
        The parts in order, of which the records one after another are those of the
        file; a single one, with the file's own reference, when it is small enough.
        Each states its own count; the reference of several says which part it is, and
        where the file has a name that the portal takes, each part has one of a minute
        more. Findings go with their rows; those about the whole file stay behind, in
        its own report: a part is written with the right headings and the right count,
        and nobody could tell from it that the file stated another count. Look at that
        report first. What stands twice in different parts stands twice in none, and
        is found when outputs are joined. The password, user's name and e-mail
        address of who sends an XML file are never kept, and are in no part.

    Raises:
        InvalidData: The file could not be read, or holds what is in none of its
            records, such as a column that nobody knows or a row of too many cells;
            the report has these findings and no others.
        ValueError: `most` is less than 1.

    Source: old LRS site, batches of 50 to 5,000 (observed); batchlearner.xsd, 200
    learners in a call (observed).
    """
    if most < 1:
        raise ValueError("most is the number of learners of a part: give 1 or more")
    if file.report.fatal:
        raise InvalidData(file.report.fatal)
    unread = lost(file)
    if unread:
        raise InvalidData(unread)
    starts = range(0, len(file.records), most) or range(1)
    chunks = [file.records[start : start + most] for start in starts]
    return tuple(_part(file, chunk, n, len(chunks)) for n, chunk in enumerate(chunks))


_MENDED = frozenset({"too-many-records"})
"""Findings of a file that are answered by splitting it."""


def left_behind(file: BatchFile, parts: Sequence[BatchFile]) -> Report:
    """Return the findings of a file that none of its parts has.

    They are about the file as a whole, or about rows that stand twice in different
    parts.

    Args:
        file: The file that was split.
        parts: All its parts, in order.

    Returns:
        The findings, at the rows of the file; not that it was too large.
    """
    told: set[tuple[str, int | None]] = set()
    rows = iter(file.records)
    for part in parts:
        before = {record.row: next(rows).row for record in part.records}
        told |= {(item.code, before.get(item.row or 0)) for item in part.report}
    return Report(
        item
        for item in file.report
        if item.code not in _MENDED and (item.code, item.row) not in told
    )


def _part(file: BatchFile, chunk: Sequence[Record], n: int, total: int) -> BatchFile:
    records = tuple(_moved(record, row) for row, record in enumerate(chunk, 2))
    reference = file.values.file_name
    if total > 1:
        reference = f"{reference or ''} part {n + 1} of {total}".lstrip()
    values = attrs.evolve(
        file.values, file_name=reference, record_count=str(len(records))
    )
    if values.file_version is None and file.layout is not None:
        values = attrs.evolve(values, file_version=file.layout.version)
    return attrs.evolve(
        file,
        values=values,
        records=records,
        report=_report(records),
        name=_name(file.name, n),
        digest=None,
    )


def _moved(record: Record, row: int) -> Record:
    """Return a record at another row, its findings with it."""
    issues = tuple(
        attrs.evolve(item, path=("row", row, *item.path[2:]), line=row)
        for item in record.issues
    )
    return attrs.evolve(record, row=row, line=row, issues=issues)


def _report(records: Iterable[Record]) -> Report:
    records = tuple(records)
    twice = repeats(records)
    found: list[Issue] = []
    for record in records:
        found += [*record.issues, *twice.get(record.row, ())]
    return Report(found)


def _name(name: str | None, n: int) -> str | None:
    """Return the name of a part: the portal takes one name a minute."""
    parsed = None if name is None else parse_name(name)
    if parsed is None:
        return None
    try:
        made = parsed.made + dt.timedelta(minutes=n)
    except OverflowError:  # the last minutes of the year 9999
        return None
    return file_name(parsed.ukprn, made, parsed.format)
