"""Workbooks for tests: right ones by the library, hostile ones by hand."""

from __future__ import annotations

import io
import zipfile

import openpyxl


def workbook(*rows, change=None, sheets=()):
    """Return a workbook of one sheet with rows, and of more sheets.

    Args:
        rows: The rows of the first sheet.
        change: Is given the workbook before it is saved.
        sheets: Pairs of a title and rows.
    """
    book = openpyxl.Workbook()
    book.active.title = "Learners"
    for row in rows:
        book.active.append(row)
    for title, more in sheets:
        sheet = book.create_sheet(title)
        for row in more:
            sheet.append(row)
    if change is not None:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def replaced(content, name=SHEET, *, old=None, new=b"", packing=zipfile.ZIP_DEFLATED):
    """Return a workbook with a part that is new, or changed where a text stands.

    Args:
        content: A workbook.
        name: The part.
        old: The text that is replaced; None replaces the whole part.
        new: What stands there instead.
        packing: How all parts are packed.
    """
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(stream, "w", packing) as target,
    ):
        names = source.namelist()
        for part in names:
            text = source.read(part)
            if part == name:
                text = new if old is None else text.replace(old, new)
            target.writestr(part, text)
        if name not in names:
            target.writestr(name, new)
    return stream.getvalue()
