"""CSV tables of any columns: found by heading, and written back with cells added.

All bytes of a row stay as they are; what is added stands behind them.
"""

from __future__ import annotations

__all__ = ["CsvTable", "Unusable"]

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Self

import click

from ulnlib.batch.cells import join_minimal, split
from ulnlib.batch.headings import other_separator
from ulnlib.batch.rows import Row, Rows, without_end
from ulnlib.batch.source import file_kind

Judge = Callable[[Sequence[str] | None], Sequence[str]]
"""What is added to a row of so many cells; None for a row that cannot be read."""


class Unusable(click.ClickException):
    """A file that is no table, or lacks a column: one line, and status 2."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002
        """Print the line."""
        click.echo(f"ulnlib: {self.message}", err=True)


class CsvTable:
    """A CSV file with headings, read as a stream.

    Args:
        path: Where it is.

    Raises:
        Unusable: It is no CSV text, or empty.
        OSError: It cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows = Rows(path)
        try:
            self.headings = self._read_headings()
        except BaseException:
            self.close()
            raise

    def _read_headings(self) -> list[str]:
        head = self._rows.lines.head()
        kind = file_kind(head)
        if kind is not None:
            raise Unusable(f"{self._path}: this is {kind}, not a CSV text file")
        if b"\n" not in head and b"\r" in head:
            self._rows.split_at_cr()
        line = self._rows.take()
        if line is None:
            raise Unusable(f"{self._path}: the file is empty")
        raw, text = line
        row = self._rows.assemble(raw, text.removeprefix("\ufeff"), 0)
        self._rows.give_back([(row.raw, row.text)])
        self._separator = other_separator(row.split.cells)
        return [heading.strip() for heading in row.split.cells]

    def column(self, is_wanted: Callable[[str], bool], what: str) -> int | None:
        """Return where the column with a wanted heading is; None when it is not there.

        Args:
            is_wanted: Says whether a heading is the wanted one.
            what: The heading, in words; none of the file's own, for it may be a person.

        Raises:
            Unusable: Two columns have such a heading: nobody can tell which is meant.
        """
        places = [n for n, text in enumerate(self.headings, 1) if is_wanted(text)]
        if len(places) > 1:
            raise Unusable(
                f"{self._path}: columns {places[0]:,} and {places[1]:,} both have "
                f"{what}; rename or remove one of them"
            )
        return places[0] - 1 if places else None

    def missing(self, what: str) -> Unusable:
        """Return the error that says that a column is not there."""
        if self._separator is not None:
            return Unusable(
                f"{self._path}: its cells are separated by {self._separator}, not by "
                "commas; save it as CSV (comma delimited)"
            )
        headings = "heading" if len(self.headings) == 1 else "headings"
        return Unusable(
            f"{self._path}: none of its {len(self.headings):,} {headings} is {what}"
        )

    def with_added(self, headings: Sequence[str], judge: Judge) -> Iterator[bytes]:
        """Yield every row with cells added; an empty row stays empty.

        Args:
            headings: The headings of what is added.
            judge: Says what to add to a row.
        """
        columns = 0
        end = b"\r\n"
        while (line := self._rows.take()) is not None:
            row = self._rows.assemble(*line, columns)
            body = row.raw.removesuffix(b"\n").removesuffix(b"\r")
            end = row.raw[len(body) :] or end
            cells = row.split.cells
            if not row.is_closed:
                body, cells = _closed(row, body)
            added: Sequence[str]
            if not columns:
                columns = len(cells)
                added = headings
            elif not body.strip():
                yield row.raw
                continue
            elif not row.is_closed or any(cells[columns:]):
                added = judge(None)
            else:
                added = judge(cells)
                for _ in cells[columns:]:  # empty cells too many
                    body = body.removesuffix(b'""').removesuffix(b",")
            padding = "," * max(0, columns - len(cells))
            text = f"{padding},{join_minimal(added)}"
            yield body + text.encode("utf-8", "surrogatepass") + end

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _closed(row: Row, body: bytes) -> tuple[bytes, list[str]]:
    """Close the quotation mark of a row, so that what is added stands outside."""
    whole = split(without_end(row.text))
    return (body if whole.closed else body + b'"'), whole.cells
