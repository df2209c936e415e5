"""Lines of bytes become rows of cells: encoding, quotes, and what is not closed.

Nothing is lost: every row keeps its bytes.
"""

from __future__ import annotations

__all__ = ["BOM", "Row", "Rows", "without_end"]

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ulnlib.batch.cells import Split, split
from ulnlib.batch.source import Lines, Source
from ulnlib.issues import Issue, issue

BOM = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8."""

_QUOTED_LINES = 1000
"""So many lines are looked at for the quote that closes a cell."""

_QUOTED_BYTES = 1 << 18
"""So many bytes are looked at for the quote that closes a cell."""

Line = tuple[bytes, str]


class Row(NamedTuple):
    """One row.

    Attributes:
        lines: Its lines, as bytes and as text.
        split: Its cells.
        is_closed: Whether every quote is closed; otherwise the cells are those of the
            first line, as far as they go.
    """

    lines: list[Line]
    split: Split
    is_closed: bool

    @property
    def raw(self) -> bytes:
        """The bytes of the row."""
        return b"".join(raw for raw, _ in self.lines)

    @property
    def text(self) -> str:
        """The text of the row, line ends included."""
        return "".join(text for _, text in self.lines)


def without_end(text: str) -> str:
    """Return a row without its line end."""
    return text.removesuffix("\n").removesuffix("\r")


class Rows:
    """The lines of a source, decoded, and put together to rows.

    Each line is UTF-8 or, when it is not, Windows-1252 as Excel saves it; what the
    lines were is remembered.

    Args:
        source: Bytes, a path, or an open binary file.

    Raises:
        OSError: The source cannot be opened or read.
        TypeError: The source is none of these.
    """

    def __init__(self, source: Source) -> None:
        self.lines = Lines(source)
        self.next_line = self.lines.next_line
        self.waiting: deque[Line] = deque()
        self._taken = 0
        self._utf8: int | None = None
        self._cp1252: int | None = None
        self._width = 0  # the cells of the last row that was closed

    def split_at_cr(self) -> None:
        """Take a carriage return alone for a line end, as old Macs wrote it."""
        self.next_line = self.lines.next_old_mac_line

    def take(self) -> Line | None:
        """Return the next line as bytes and text, or None at the end."""
        if self.waiting:
            return self.waiting.popleft()
        raw = self.next_line()
        return (raw, self.decode(raw)) if raw else None

    def give_back(self, lines: Sequence[Line]) -> None:
        """Put lines back, to be taken again."""
        self.waiting.extendleft(reversed(lines))

    def decode(self, raw: bytes) -> str:
        """Return a line as text."""
        self._taken += 1
        if raw.isascii():
            return raw.decode("ascii")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            self._cp1252 = self._cp1252 or self._taken
            return raw.decode("cp1252", "replace")
        if self._utf8 is None and not text.removeprefix("\ufeff").isascii():
            self._utf8 = self._taken
        return text

    def assemble(self, raw: bytes, text: str, columns: int) -> Row:
        """Return the row that begins with a line.

        A cell in quotes may hold line breaks. When the lines up to the closing quote
        do not make a tidy row, the quote was never closed, and the row ends before
        the next line that is a row of its own: one as wide as the headings, or as the
        row before.

        Args:
            raw: The line.
            text: The line as text.
            columns: How many cells a row should have; 0 when any number is right.
        """
        lines = [(raw, text)]
        alone = split(without_end(text))
        if alone.closed:
            self._width = len(alone.cells)
            return Row(lines, alone, is_closed=True)
        size = len(raw)
        while len(lines) <= _QUOTED_LINES and size <= _QUOTED_BYTES:
            line = self.take()
            if line is None:
                break
            lines.append(line)
            size += len(line[0])
            if '"' not in line[1]:
                continue
            whole = split(without_end("".join(text for _, text in lines)))
            if whole.closed:
                width = len(whole.cells)
                if whole.tidy and (not columns or width in {columns, self._width}):
                    return Row(lines, whole, is_closed=True)
                break
        for n, (_, later) in enumerate(lines[1:], 1):
            candidate = split(without_end(later))
            width = len(candidate.cells)
            is_wide = candidate.tidy and width > columns
            fits = is_wide or width in {columns, self._width}
            if not columns or (candidate.closed and fits):
                self.give_back(lines[n:])
                lines = lines[:n]
                break
        return Row(lines, alone, is_closed=False)

    @property
    def encoding(self) -> str:
        """The encoding of the lines so far: `utf-8`, `cp1252` or `mixed`."""
        if self._cp1252 is None:
            return "utf-8"
        return "cp1252" if self._utf8 is None else "mixed"

    def encoding_issues(self) -> Iterator[Issue]:
        """Yield what is to be said of the encoding."""
        if self._cp1252 is not None and self._utf8 is not None:
            yield issue("encoding-mixed", first=self._utf8, other=self._cp1252)
        elif self._cp1252 is not None:
            yield issue("encoding-guessed", first=self._cp1252)

    def close(self) -> None:
        """Close the file, if it was opened here."""
        self.lines.close()
