"""Records written anew: what the new file would lose, and what it would not show.

Whoever splits or converts a file writes its records into another one. Some findings
say that the file holds what is in none of its records: that would be lost. Others give
reason to doubt that the records are all there and rightly read: the new file would look
sound. A third kind is about how a row was written, and goes with the writing.
"""

from __future__ import annotations

__all__ = ["DOUBTS", "HOW_ROWS_ARE_WRITTEN", "NOT_IN_FILE", "NOT_IN_RECORD", "lost"]

from ulnlib.batch.files import BatchFile
from ulnlib.issues import Issue, Report

NOT_IN_RECORD = frozenset(
    {"columns-extra", "unclosed-quote", "xml-element-unknown", "xml-element-twice"}
    | {"xml-element-nested", "xml-attribute", "xml-text"}
)
"""Findings of a row that holds what its record does not, or in wrong columns."""

NOT_IN_FILE = frozenset(
    {"heading-unknown", "heading-twice", "heading-repeated", "file-value-differs"}
    | {"xml-envelope", "xml-text-outside", "xml-wrapped"}
)
"""Findings of a file that holds something which is in none of its records."""

DOUBTS = frozenset(
    {"no-records", "record-count", "record-count-format", "columns-missing"}
    | {"heading-row-missing", "heading-misspelt", "heading-missing"}
    | {"heading-missing-assumed", "heading-order", "heading-order-assumed"}
    | {"version-mismatch", "version-unknown", "ukprn-differs", "stray-quote"}
    | {"encoding-guessed", "encoding-mixed", "xml-namespace", "xml-element-misspelt"}
)
"""Findings that make it doubtful whether all is there and rightly read.

The records are written all the same, and nobody could tell from the new file: it has
the right headings, the right count and one encoding.
"""

HOW_ROWS_ARE_WRITTEN = frozenset(
    {"columns-missing", "stray-quote", "xml-element-misspelt"}
    | {"xml-element-order", "xml-element-empty"}
)
"""Findings of a row that are gone when the row is written anew.

A row of too few cells loses nothing, for a cell that is not there is as empty as one
without a value; that it may have been cut off nobody would see any more.
"""


def lost(file: BatchFile) -> Report:
    """Return the findings of a file that name what its records do not hold.

    Args:
        file: The file, as it was read.

    Returns:
        These findings, in the order of the rows; none where nothing would be lost.
    """
    found: list[Issue] = [item for item in file.report if item.code in NOT_IN_FILE]
    for record in file.records:
        found += (item for item in record.issues if item.code in NOT_IN_RECORD)
    found.sort(key=lambda item: item.row or 0)
    return Report(found)
