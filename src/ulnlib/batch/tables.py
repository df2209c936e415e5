"""A table as a caller's own system exports it: CSV of any kind, or .xlsx.

The cells are kept as they were; what they mean is decided later, by a mapping. Reading
never raises for what a file holds: it is said in the table's report.
"""

from __future__ import annotations

__all__ = ["Cell", "Oddity", "Table", "column_letters", "column_place", "read_table"]

import datetime as dt
import io
from collections.abc import Sequence
from enum import StrEnum

import attrs

from ulnlib.batch.source import Lines, Source, file_kind
from ulnlib.issues import Issue, Report, issue


class Oddity(StrEnum):
    """A cell that has no value to be read.

    Source: ours.
    """

    FORMULA = "formula"
    ERROR = "error"


Cell = str | int | float | dt.datetime | dt.time | dt.timedelta | Oddity | None
"""What a cell may hold; True and False are ints, a day is a moment of midnight."""

_LARGEST = 128 * 1024 * 1024
_COLUMNS = 1000
_LETTERS = 3
_TEXT_LARGEST = "128 MB"


@attrs.frozen(kw_only=True, repr=False)
class Table:
    """A table with a heading row.

    Its `repr` shows counts only: in a file without headings, the first row is a
    person.

    Attributes:
        headings: The heading row, as texts.
        rows: The cells of each row; a row is as long as its last value.
        numbers: The number of each row, as a spreadsheet shows it.
        report: What was found in reading; with a fatal finding there are no rows.
        width: How many cells the heading row has; None where cells cannot slip into
            other columns.
        epoch: The day from which the file counts days.
    """

    headings: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    report: Report = attrs.field(factory=Report)
    width: int | None = None
    epoch: dt.datetime = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # a day, no moment

    def column(self, place: int) -> list[Cell]:
        """Return the cells of a column, the first being 0."""
        return [row[place] if place < len(row) else None for row in self.rows]

    def __repr__(self) -> str:
        return f"Table(columns={len(self.headings)}, rows={len(self.rows)})"


def column_letters(place: int) -> str:
    """Return the letters by which a spreadsheet names a column, the first being 0.

    Examples:
        >>> column_letters(0), column_letters(27)
        ('A', 'AB')
    """
    letters = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_place(letters: str) -> int | None:
    """Return the place of the column that a spreadsheet names so, the first being 0.

    Args:
        letters: Its letters; capitals and spaces around do not count.

    Returns:
        The place, or None for what is no letters, or more than a spreadsheet has.

    Examples:
        >>> column_place("A"), column_place("ab"), column_place("Surname")
        (0, 27, None)
    """
    letters = letters.strip().upper()
    if not letters.isascii() or not letters.isalpha() or len(letters) > _LETTERS:
        return None
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def read_table(
    source: Source,
    *,
    sheet: str | int | None = None,
    heading_row: int | None = None,
    delimiter: str | None = None,
) -> Table:
    r"""Read a table from a CSV text or an Excel workbook.

    A CSV may be separated by commas, semicolons, tabs or bars, in UTF-8, Windows-1252
    or UTF-16. Formulas of a workbook are not worked out, nothing that it refers to is
    opened, and it is unpacked only up to a limit.

    Args:
        source: Bytes, a path, or an open binary file.
        sheet: The sheet of a workbook, by name or by its number from the left among
            the visible ones; None takes the only visible one that has content.
        heading_row: The row with the headings; None takes the first that is not empty.
        delimiter: What separates the cells of a CSV; None finds out.

    Returns:
        The table; its report says what is wrong.

    Raises:
        OSError: The file cannot be opened or read.
        TypeError: The source is none of these.
        MissingExtra: It is a workbook, and the extra `xlsx` is not installed.

    Source: ours.

    Examples:
        >>> table = read_table(b"Surname;DOB\r\nExample;24/05/2007\r\n")
        >>> table
        Table(columns=2, rows=1)
        >>> table.headings
        ('Surname', 'DOB')
    """
    content = _whole(source)
    if content is None:
        return _nothing(issue("table-too-large", maximum=_TEXT_LARGEST))
    if not content.strip():
        return _nothing(issue("empty-file"))
    if content.startswith(b"PK\x03\x04"):
        from ulnlib.batch.workbook import read_workbook

        return read_workbook(content, sheet=sheet, heading_row=heading_row)
    text = _decode(content)
    if isinstance(text, Issue):
        return _nothing(text)
    return _read_text(text, content, heading_row, delimiter)


def _nothing(*found: Issue) -> Table:
    return Table(report=Report(found))


def _whole(source: Source) -> bytes | None:
    """Return the bytes of a source, or None where they are too many."""
    lines = Lines(source)
    try:
        chunks = []
        size = 0
        while size <= _LARGEST and (chunk := lines.next_line()):
            chunks.append(chunk)
            size += len(chunk)
    finally:
        lines.close()
    return b"".join(chunks) if size <= _LARGEST else None


_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def _decode(content: bytes) -> str | Issue:
    """Return a text, or say why it is none."""
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    kind = file_kind(content[:65536])
    if kind is not None:
        return issue("table-kind", found=kind)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _encoding_issues(content: bytes) -> list[Issue]:
    if content.startswith(_UTF_16):
        return []
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        first = content.count(b"\n", 0, error.start) + 1
        return [issue("encoding-guessed", first=first)]
    return []


def _read_text(
    text: str, content: bytes, heading_row: int | None, delimiter: str | None
) -> Table:
    import csv

    start, _, rest = text.partition("\n")
    skipped = 0
    if start.strip().casefold().startswith("sep=") and len(start.strip()) == 5:
        delimiter = delimiter or start.strip()[-1]
        text, skipped = rest, 1
    elif start.strip("\r").casefold() == "sep=\t":
        delimiter, text, skipped = delimiter or "\t", rest, 1
    delimiter = delimiter or _delimiter(text)
    if delimiter is None:
        return _nothing(issue("table-separator-unsure", "row", 1))
    rows: list[tuple[int, tuple[Cell, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader, 1 + skipped):
            if any(cell.strip() for cell in row):
                rows.append((number, tuple(row)))
    except csv.Error:
        damaged = issue("table-damaged", first=reader.line_num + skipped)
    else:
        return as_table(rows, heading_row, _encoding_issues(content))
    return _nothing(damaged)


_DELIMITERS = (",", ";", "\t", "|")


def _delimiter(text: str) -> str | None:
    """Return what separates the first row that is not empty; None where two may."""
    line = next((one for one in text.splitlines() if one.strip()), "")
    bare = "".join(line.split('"')[::2])  # without what is in quotation marks
    counts = {one: bare.count(one) for one in _DELIMITERS}
    most = max(counts.values())
    if not most:
        return ","
    best = [one for one, count in counts.items() if count == most]
    return best[0] if len(best) == 1 else None


def as_table(
    rows: Sequence[tuple[int, tuple[Cell, ...]]],
    heading_row: int | None,
    found: Sequence[Issue],
    *,
    epoch: dt.datetime | None = None,
) -> Table:
    """Return the table of numbered rows that are not empty."""
    if heading_row is not None:
        rows = [row for row in rows if row[0] >= heading_row]
    if not rows or (heading_row is not None and rows[0][0] != heading_row):
        return _nothing(*found, issue("empty-file"))
    width = len(rows[0][1])
    headings = tuple(
        "" if cell is None else str(cell).strip() for cell in rows[0][1][:_COLUMNS]
    )
    while headings and not headings[-1]:
        headings = headings[:-1]
    more = [] if len(rows) > 1 else [issue("no-records")]
    table = Table(
        headings=headings,
        width=width if epoch is None else None,
        rows=tuple(row for _, row in rows[1:]),
        numbers=tuple(number for number, _ in rows[1:]),
        report=Report([*found, *more]),
    )
    return table if epoch is None else attrs.evolve(table, epoch=epoch)
