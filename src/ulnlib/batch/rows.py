"""Lines of bytes become rows of cells: encoding, quotes, and what is not closed.

Nothing is lost: every row keeps its bytes.
"""

from __future__ import annotations

__all__ = ["BOM", "Row", "Rows", "without_end"]

import io
from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ulnlib._text import from_windows
from ulnlib.batch.cells import Split, split
from ulnlib.batch.source import LINE_LIMIT, Lines, Source
from ulnlib.issues import Issue, issue

BOM = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8."""

_QUOTED_LINES = 1000
"""So many lines are looked at for a closing quote where any line may be a row."""

_QUOTED_BYTES = LINE_LIMIT
"""So many bytes are looked at for the quote that closes a cell."""

Line = tuple[bytes, str]


class Row(NamedTuple):
    """One row.

    Attributes:
        raw: Its bytes.
        text: Its text, line ends included.
        lines: How many lines it has.
        split: Its cells.
        is_closed: Whether every quote is closed; otherwise the cells are those of the
            first line, as far as they go.
    """

    raw: bytes
    text: str
    lines: int
    split: Split
    is_closed: bool


def without_end(text: str) -> str:
    """Return a row without its line end."""
    return text.removesuffix("\n").removesuffix("\r")


def _stays_open(text: str) -> bool:
    """Say whether a cell in quotes that goes on into a line goes on after it.

    It looks at every character once, so that a file of opened quotes costs no more
    than its size.
    """
    close = -2
    while True:
        close = text.find('"', close + 2)
        if close < 0:
            return True
        if text[close + 1 : close + 2] != '"':
            break
    comma = text.find(",", close + 1)
    return comma >= 0 and not split(text[comma + 1 :]).closed


class Rows:
    """The lines of a source, decoded, and put together to rows.

    Each line is UTF-8 or, when it is not, Windows-1252 as Excel saves it; what the
    lines were is remembered.

    Args:
        source: Bytes, a path, or an open binary file, or its lines.
        is_hashed: Whether to hash what is read.

    Raises:
        OSError: The source cannot be opened or read.
        TypeError: The source is none of these.
    """

    def __init__(self, source: Source | Lines, *, is_hashed: bool = False) -> None:
        if isinstance(source, Lines):
            self.lines = source
        else:
            self.lines = Lines(source, is_hashed=is_hashed)
        self.next_line = self.lines.next_line
        self.waiting: deque[Line] = deque()
        self.taken = 0
        """How many lines have been taken from the source."""
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
        self.taken += 1
        return (raw, self.decode(raw)) if raw else None

    def give_back(self, lines: Sequence[Line]) -> None:
        """Put lines back, to be taken again."""
        self.waiting.extendleft(reversed(lines))

    def decode(self, raw: bytes) -> str:
        """Return the line that was taken last as text."""
        if raw.isascii():
            return raw.decode("ascii")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            self._cp1252 = self._cp1252 or self.taken
            return from_windows(raw)
        if self._utf8 is None and not text.removeprefix("\ufeff").isascii():
            self._utf8 = self.taken
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
        alone = split(without_end(text))
        if alone.closed:
            self._width = len(alone.cells)
            return Row(raw, text, 1, alone, is_closed=True)
        whole, texts, count = bytearray(raw), io.StringIO(), 1
        texts.write(text)
        taken: list[Line] = []
        is_open = True
        while is_open and len(whole) <= _QUOTED_BYTES and len(taken) < _QUOTED_LINES:
            line = self.take()
            if line is None:
                break
            later = without_end(line[1])
            is_open = _stays_open(later)
            if not is_open:
                together = split(without_end(texts.getvalue() + line[1]))
                width = len(together.cells)
                if together.tidy and (not columns or width in {columns, self._width}):
                    texts.write(line[1])
                    whole += line[0]
                    whole_text = texts.getvalue()
                    return Row(
                        bytes(whole), whole_text, count + 1, together, is_closed=True
                    )
            if columns and self._is_row(later, columns):
                self.give_back([line])  # the quote above it was never closed
                break
            whole += line[0]
            texts.write(line[1])
            count += 1
            if not columns:
                taken.append(line)
        if not columns:  # any line is a row of its own
            self.give_back(taken)
            return Row(raw, text, 1, alone, is_closed=False)
        return Row(bytes(whole), texts.getvalue(), count, alone, is_closed=False)

    def _is_row(self, text: str, columns: int) -> bool:
        """Say whether a line can be a row of its own."""
        cells, closed, tidy = split(text)
        width = len(cells)
        fits = width in {columns, self._width} or (tidy and width > columns)
        return closed and fits

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
