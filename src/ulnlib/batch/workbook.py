"""An Excel workbook as a table, read safely and without working anything out.

Before the workbook library sees a file, its parts are looked at: how many and how
large they are when unpacked, that they are packed as Excel packs them, and that no
part has a document type, by which entities would grow. Needs the extra `xlsx`.
"""

from __future__ import annotations

__all__ = ["read_workbook"]

import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import nullcontext, suppress
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import attrs

from ulnlib.batch.tables import Cell, Oddity, Table, as_table
from ulnlib.errors import MissingExtra
from ulnlib.issues import Issue, Report, issue

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_PARTS = 2000
_UNPACKED = 128 * 1024 * 1024
_ROWS = 1_048_576
_CELLS = 10_000_000
_DEPTH = 100
_CHUNK = 1 << 16
_PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class _Unreadable(Exception):
    """What stops the reading: a finding."""

    def __init__(self, found: Issue) -> None:
        super().__init__(found.code)
        self.found = found


def read_workbook(
    content: bytes,
    *,
    sheet: str | int | None = None,
    heading_row: int | None = None,
) -> Table:
    """Read a sheet of a workbook as a table.

    Args:
        content: The workbook's bytes.
        sheet: The sheet, by name or by its number among the visible ones; None takes
            the only visible one that has content.
        heading_row: The row with the headings; None takes the first that is not empty.

    Returns:
        The table; whatever is wrong with the workbook is in its report.

    Raises:
        MissingExtra: The extra `xlsx` is not installed.

    Source: ECMA-376, Office Open XML (published: what a workbook is); the limits are
    ours (assumed).
    """
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra("xlsx") from None
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")  # of styles and extensions it leaves out
            _look_at_parts(archive)
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=False, keep_links=False
            )
            try:
                return _of_sheet(book, archive, sheet, heading_row)
            finally:
                book.close()
    except _Unreadable as error:
        found = error.found
    except Exception:  # noqa: BLE001  # whatever a damaged workbook does to the library
        found = issue("workbook-unreadable")
    return Table(report=Report([found]))


# --- before it is opened ------------------------------------------------------------


def _look_at_parts(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is too large when unpacked, or unlike a workbook."""
    parts = archive.infolist()
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
        raise _Unreadable(issue("table-too-large", maximum="128 MB unpacked"))
    for part in parts:
        if part.compress_type not in _PACKINGS or part.flag_bits & 1:
            raise _Unreadable(issue("workbook-unsafe"))
    for part in parts:
        with archive.open(part) as stream:
            head = stream.read(_CHUNK)
            is_named = part.filename.endswith((".xml", ".rels"))
            if is_named or _begins_as_xml(head):
                chunks = chain([head], iter(partial(stream.read, _CHUNK), b""))
                # A drawing need not be well-formed; its document type stands first.
                with nullcontext() if is_named else suppress(expat.ExpatError):
                    _look_at_xml(chunks)


def _begins_as_xml(head: bytes) -> bool:
    return (
        head[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
        == b"<"
    )


def _look_at_xml(chunks: Iterable[bytes]) -> None:
    """Refuse a document type, and elements in elements without an end."""
    parser = expat.ParserCreate()
    depth = 0

    def refuse(*_: object) -> None:
        raise _Unreadable(issue("workbook-unsafe"))

    def open_element(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            refuse()

    def close_element(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = open_element
    parser.EndElementHandler = close_element
    for chunk in chunks:
        parser.Parse(chunk)
    parser.Parse(b"", True)  # noqa: FBT003  # as expat has it


# --- the sheet ----------------------------------------------------------------------


def _of_sheet(
    book: Workbook,
    archive: zipfile.ZipFile,
    wanted: str | int | None,
    heading_row: int | None,
) -> Table:
    """Return the table of the sheet that is wanted."""
    sheets: list[Any] = list(book.worksheets)
    visible = [one for one in sheets if one.sheet_state == "visible"]
    for one in sheets:
        one.reset_dimensions()  # what the file says of its size may be anything
    if wanted is None:
        filled = [one for one in visible if _has_content(one)]
        if len(filled) > 1:
            raise _Unreadable(issue("sheet-not-chosen", found=len(filled)))
        chosen = (filled or visible)[:1]
    elif isinstance(wanted, int):
        chosen = visible[wanted - 1 : wanted] if wanted > 0 else []
    else:
        chosen = [one for one in sheets if one.title == wanted]
    if not chosen:
        raise _Unreadable(issue("sheet-unknown", found=len(visible)))
    return _table(chosen[0], archive, book.epoch, heading_row)


def _has_content(sheet: Any) -> bool:  # noqa: ANN401  # the library has no type for it
    return any(cells for _, cells in _rows(sheet))


def _table(
    sheet: Any,  # noqa: ANN401  # the library has no type for it
    archive: zipfile.ZipFile,
    epoch: dt.datetime,
    heading_row: int | None,
) -> Table:
    rows = [(number, cells) for number, cells in _rows(sheet) if cells]
    text = archive.read(sheet._worksheet_path)  # noqa: SLF001  # nothing public has it
    table = as_table(rows, heading_row, list(_hidden(text)), epoch=epoch)
    if not table.rows:
        return table
    merged = sorted(_merged(text, range(table.numbers[0], table.numbers[-1] + 1)))
    found = [issue("merged-cells", "row", number) for number in merged]
    return attrs.evolve(table, report=Report([*table.report, *found]))


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Cell, ...]]]:  # noqa: ANN401
    """Yield the rows with their numbers, without what is empty at their end."""
    cells = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        cells += len(row)
        if number > _ROWS or cells > _CELLS:
            raise _Unreadable(issue("table-too-large", maximum="10,000,000 cells"))
        values = [_value(cell) for cell in row]
        while values and values[-1] in {None, ""}:
            values.pop()
        yield number, tuple(values)


def _value(cell: Any) -> Cell:  # noqa: ANN401  # the library has no type for it
    """Return what a cell holds."""
    if cell.data_type == "f":
        return Oddity.FORMULA
    if cell.data_type == "e":
        return Oddity.ERROR
    value = cell.value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    if value is None or isinstance(value, (str, int, float, dt.datetime)):
        return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
    if isinstance(value, (dt.time, dt.timedelta)):
        return value
    return Oddity.ERROR


# --- what the library does not tell ------------------------------------------------

_MERGE = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]{0,200}?ref=[\"'][A-Z]{1,3}(\d{1,7}):[A-Z]{1,3}(\d{1,7})"
)
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^>]{0,500}?hidden=[\"'](?:1|true)[\"']")
_NUMBER = re.compile(rb"\sr=[\"'](\d{1,7})[\"']")


def _merged(text: bytes, rows: range) -> set[int]:
    """Return those of the rows that have cells merged with others."""
    found: set[int] = set()
    for match in _MERGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        found.update(range(max(first, rows.start), min(last + 1, rows.stop)))
    return found


def _hidden(text: bytes) -> Iterator[Issue]:
    """Say how many rows are hidden."""
    hidden = [_NUMBER.search(match[0]) for match in _HIDDEN.finditer(text)]
    if hidden:
        first = int(hidden[0][1]) if hidden[0] else 0
        yield issue("rows-hidden", count=len(hidden), first=first)
