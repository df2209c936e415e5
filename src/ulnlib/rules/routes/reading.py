"""Reading a catalogue: a table as the register exports it, or the JSON form."""

from __future__ import annotations

__all__ = ["CatalogueFile", "Source", "read_catalogue"]

import os
from collections.abc import Mapping
from typing import BinaryIO

import attrs

from ulnlib.issues import Issue, Report, issue
from ulnlib.qualifications import Qualification
from ulnlib.rules.routes.catalogue import findings
from ulnlib.rules.routes.forms import read_form
from ulnlib.rules.routes.table import HEADINGS, read_table

Source = bytes | str | os.PathLike[str] | BinaryIO
"""What can be read: the bytes themselves, a path, or an open binary file."""

_SIGNATURES = {b"PK\x03\x04": "a zip archive or workbook", b"%PDF": "a PDF document"}


@attrs.frozen
class CatalogueFile:
    """What was read of a catalogue.

    Attributes:
        qualifications: In the order of the file.
        report: What is wrong with the file and its entries. In a table the path of a
            finding is `("row", n, attribute)`, the headings being row 1; in JSON it is
            `("qualification", n, attribute)`.

    Source: ours.
    """

    qualifications: tuple[Qualification, ...]
    report: Report


def read_catalogue(
    source: Source, *, headings: Mapping[str, str] | None = None
) -> CatalogueFile:
    """Read a catalogue: a CSV table of qualifications, or their JSON form.

    A table is known by its headings, see `HEADINGS`; it has no structures.

    Args:
        source: Bytes, a path, or a file opened in binary mode. UTF-8; anything else
            is read as Windows-1252, with a finding.
        headings: Headings of a table that mean something else than usual, each with
            what it holds: `{"Approved from": "operational_start"}`.

    Returns:
        The qualifications, and what is wrong with the file and its entries.

    Raises:
        OSError: The file cannot be opened or read.
        ValueError: `headings` names something that a catalogue does not hold.

    Source: ours; register of regulated qualifications, snapshot of 18 February 2025
    (observed: headings, dates written day/month/year).
    """
    unknown = set((headings or {}).values()) - set(HEADINGS)
    if unknown:
        raise ValueError(f"headings may name {', '.join(HEADINGS)}")
    report: list[Issue] = []
    text = _text(_bytes(source), report)
    if text is None:
        return CatalogueFile((), Report(report))
    if text.lstrip()[:1] in {"{", "["}:
        entries = list(read_form(text, report))
    else:
        entries = list(read_table(text, headings, report))
    report += findings(entries)
    report.sort(key=_position)
    return CatalogueFile(tuple([one for _, one in entries]), Report(report))


def _position(found: Issue) -> int:
    """Return where a finding comes: those about the whole file first."""
    place = found.path[1] if len(found.path) > 1 else 0
    return place if isinstance(place, int) else 0


def _bytes(source: Source) -> bytes:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source)
    if isinstance(source, (str, os.PathLike)):
        if isinstance(source, str) and ("\n" in source or "\r" in source):
            raise TypeError("this text is no path; give the file's bytes")
        with open(source, "rb") as file:  # noqa: PTH123
            return file.read()
    content: object = source.read()
    if not isinstance(content, bytes):
        raise TypeError("open the file in binary mode: open(path, 'rb')")
    return content


def _text(content: bytes, report: list[Issue]) -> str | None:
    for start, what in _SIGNATURES.items():
        if content.startswith(start):
            report.append(issue("catalogue-not-read", found=f"this is {what}"))
            return None
    if not content.strip():
        report.append(issue("catalogue-not-read", found="the file is empty"))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        report.append(issue("catalogue-encoding"))
        return content.decode("cp1252", errors="replace")
