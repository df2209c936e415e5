"""Writing a batch file: byte-exact for the service, or safe for people.

For the service every cell is written as it is. For people, who open a file in a
spreadsheet, a cell that the spreadsheet would run as a formula gets an apostrophe in
front; such a file must not be sent. The choice is the caller's and is explicit.
"""

from __future__ import annotations

__all__ = ["is_read_back", "losses", "write", "write_rows"]

import re
from collections.abc import Iterable, Iterator, Sequence

from ulnlib._text import to_windows
from ulnlib.batch.cells import join_all, join_minimal, people_safe
from ulnlib.batch.files import BatchFile, Record, Style
from ulnlib.batch.layouts.layout import FILE_VALUES, RETURN_CODE, Layout
from ulnlib.batch.layouts.lrb import LRB_3A
from ulnlib.batch.rows import Rows
from ulnlib.errors import InvalidData
from ulnlib.fields import FIELDS
from ulnlib.issues import Issue, Report, issue
from ulnlib.learner import Learner

_BOM = b"\xef\xbb\xbf"


def write(
    file: BatchFile,
    *,
    layout: Layout | None = None,
    for_people: bool = False,
    form: str | None = None,
) -> bytes:
    """Write a batch file.

    Args:
        file: The file; its style is kept as far as it is uniform.
        layout: The layout to write; the file's own by default.
        for_people: Whether a person will open it in a spreadsheet. Then it is safe
            to open and must not be sent.
        form: `CSV` or `XML`; the file's own by default, another is written in UTF-8.
            XML has no place for the sender's own reference and states no version.

    Returns:
        The bytes. A clean CSV file, written in its own layout and not for people,
        gives the bytes that were read; a clean XML file gives one that reads the same.

    Raises:
        InvalidData: The layout cannot hold a value that a record has, or the
            encoding or XML cannot: nothing is left out silently.
        ValueError: There is no such form, the layout has no XML form, XML is asked
            for people, or the ULNs are invented ones, which XML cannot say.
    """
    target = layout or file.layout or LRB_3A
    form = form or file.style.form
    if form not in {"CSV", "XML"} or (form == "XML" and for_people):
        raise ValueError("a file is written as CSV, for people too, or as XML")
    _refuse_loss(file, target)
    if form == "XML":
        from ulnlib.batch.xmlwriter import write_file

        return write_file(file, target)
    names = [column.name for column in target.columns]
    values = dict(zip(FILE_VALUES, file.values.as_cells(), strict=True))
    is_other_form = form != file.style.form
    if is_other_form:
        _refuse_unreadable(file, target)
    if target is not file.layout or is_other_form:
        values["file_version"] = target.version
    rows = []
    for n, record in enumerate(file.records):
        cells = {**_cells(record), **(values if n == 0 else {})}
        rows.append([cells.get(name) or "" for name in names])
    style = Style() if is_other_form else file.style
    return write_rows(target.headings, rows, style=style, for_people=for_people)


def write_rows(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    style: Style | None = None,
    for_people: bool = False,
) -> bytes:
    """Write a heading row and rows of cells as CSV.

    Args:
        headings: The heading row.
        rows: The cells of each row.
        style: How to write; CRLF, UTF-8, quotes where needed by default.
        for_people: Whether to make the cells safe to open in a spreadsheet; the file
            then begins with a byte order mark, by which Excel knows UTF-8.

    Raises:
        InvalidData: The encoding of the style cannot hold a character.
    """
    style = style or Style()
    join = join_all if style.quoting == "all" else join_minimal
    lines = [join(headings)]
    lines += (
        join(people_safe(cell) for cell in row) if for_people else join(row)
        for row in rows
    )
    end = "\r\n" if style.line_end == "mixed" else style.line_end
    text = end.join(lines) + (end if style.final_line_end else "")
    encoding = "utf-8" if style.encoding == "mixed" or for_people else style.encoding
    try:
        body = to_windows(text) if encoding == "cp1252" else text.encode(encoding)
    except UnicodeEncodeError:
        # `from None` would keep the text in __context__: leave the handler first.
        body = None
    if body is None:
        raise InvalidData(Report([issue("encoding-cannot-hold", encoding=encoding)]))
    return (_BOM if style.has_bom or for_people else b"") + body


def _cells(record: Record) -> dict[str, str | None]:
    """Return the values of a record by the names of their columns."""
    cells = dict(zip(FIELDS, record.learner.values(), strict=True))
    cells[RETURN_CODE] = record.return_code
    return cells | dict(record.further)


_BREAKS = re.compile("[\n\r\0]")


def is_read_back(record: Record, target: Layout) -> bool:
    """Say whether a record, written as a row of CSV, is read as what it was.

    A line break within a value may look like the end of the row, and NULs make a file
    look like none of text.

    Args:
        record: The record.
        target: The layout to write.
    """
    cells = _cells(record)
    given = [cells.get(column.name) or "" for column in target.columns]
    if not any(map(_BREAKS.search, given)):
        return True
    if any("\0" in cell for cell in given):
        return False
    rows = Rows(join_minimal(given).encode("utf-8", "surrogatepass") + b"\r\n")
    row = rows.assemble(*(rows.take() or (b"", "")), len(given))
    return row.is_closed and row.split.cells == given and rows.take() is None


def _refuse_unreadable(file: BatchFile, target: Layout) -> None:
    """Raise when a record that was no row of CSV would be read as other rows."""
    found = [
        issue("csv-cannot-hold", "row", record.row)
        for record in file.records
        if not is_read_back(record, target)
    ]
    Report(found).raise_if_errors()


def _refuse_loss(file: BatchFile, target: Layout) -> None:
    """Raise when the layout has no place for a value that a record has."""
    if target is file.layout:
        return
    labels = {RETURN_CODE: "Return code"}
    if file.layout is not None:
        labels = {c.name: c.heading for c in file.layout.columns} | labels
    found: list[Issue] = []
    for one in file.records:
        found += losses(one.learner, one.row, target)
        others = [*one.further, *([RETURN_CODE] if one.return_code else ())]
        found += (
            issue(
                *("not-in-layout", "row", one.row, name),
                label=labels.get(name, name),
                version=target.version,
            )
            for name in others
            if target.column(name) is None
        )
    Report(found).raise_if_errors()


def losses(learner: Learner, row: int, target: Layout) -> Iterator[Issue]:
    """Yield a finding for every value that a layout has no place for.

    Args:
        learner: The learner.
        row: The row of the learner.
        target: The layout to write.
    """
    for (name, field), value in zip(FIELDS.items(), learner.values(), strict=True):
        if not value:
            continue
        column = target.column(name)
        code = None
        if column is None:
            code = "not-in-layout"
        elif column.codes and value not in column.codes:
            code = "code-not-in-layout"
        if code is not None:
            label, version = field.label, target.version
            yield issue(code, "row", row, name, label=label, version=version)
