"""Bytes from wherever they come, hashed on the way and cut into lines."""

from __future__ import annotations

__all__ = ["LINE_LIMIT", "Lines", "Source", "file_kind", "head_of"]

import hashlib
import io
import os
from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO, Protocol

LINE_LIMIT = 16 * 1024 * 1024
"""The greatest number of bytes that is taken for one line."""

Source = bytes | str | os.PathLike[str] | BinaryIO
"""What can be read: the bytes themselves, a path, or an open binary file."""


class _Hashing(io.RawIOBase):
    """A binary stream that is hashed while it is read."""

    def __init__(self, stream: _Readable, *, is_hashed: bool) -> None:
        self._stream = stream
        self.hash = hashlib.sha256() if is_hashed else None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        # Filled as far as the stream goes: the first look at a file needs its head
        # whole, however little a pipe gives at a time.
        filled = 0
        while filled < len(buffer):
            chunk = self._stream.read(len(buffer) - filled)
            if not chunk:
                break
            if self.hash is not None:
                self.hash.update(chunk)
            buffer[filled : filled + len(chunk)] = chunk
            filled += len(chunk)
        return filled


def _is_content(text: str) -> bool:
    """Say whether a text given as a path is a file's content by mistake."""
    return (
        "\n" in text
        or "\r" in text
        or (text.count(",") > 2 and not os.path.exists(text))  # noqa: PTH110
    )


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Lines:
    """The lines of a source, their line ends included; closes what it opened.

    Args:
        source: Bytes, a path, or an open binary file.
        is_hashed: Whether to hash what is read.

    Raises:
        OSError: A path that cannot be opened or read.
        TypeError: The source is none of these, a text file, or a file's text.
    """

    def __init__(self, source: Source, *, is_hashed: bool = False) -> None:
        self._opened: BinaryIO | None = None
        self.name: str | None = None
        stream: _Readable
        if isinstance(source, (bytes, bytearray, memoryview)):
            stream = io.BytesIO(source)
        elif isinstance(source, str) and _is_content(source):
            # The error of a file that is not there would print it.
            raise TypeError("this text is no path; give the file's bytes")
        elif isinstance(source, (str, os.PathLike)):
            self.name = os.path.basename(os.fspath(source))  # noqa: PTH119
            stream = self._opened = open(source, "rb", buffering=0)  # noqa: SIM115, PTH123
        elif hasattr(source, "read"):
            if isinstance(source.read(0), str):
                raise TypeError("open the file in binary mode: open(path, 'rb')")
            stream = source
            name = getattr(source, "name", None)
            self.name = os.path.basename(name) if isinstance(name, str) else None  # noqa: PTH119
        else:
            raise TypeError("a source is bytes, a path, or an open binary file")
        self._hashing = _Hashing(stream, is_hashed=is_hashed)
        self._buffer = io.BufferedReader(self._hashing, 1 << 18)
        self.next_line: Callable[[], bytes] = partial(self._buffer.readline, LINE_LIMIT)
        """Return the next line, at most `LINE_LIMIT` bytes of it; empty at the end."""

    def read(self, size: int) -> bytes:
        """Return the next bytes, as many as there are up to a number."""
        return self._buffer.read(size)

    def head(self) -> bytes:
        """Return the first bytes without reading past them."""
        return self._buffer.peek(1 << 16)

    def next_old_mac_line(self) -> bytes:
        """Return the next line of a file whose lines end in CR alone."""
        line = bytearray()
        while len(line) < LINE_LIMIT:
            byte = self._buffer.read(1)
            line += byte
            if byte in {b"\r", b""}:
                break
        return bytes(line)

    @property
    def digest(self) -> str | None:
        """SHA-256 of what was read, in hexadecimal, where it is hashed."""
        return None if self._hashing.hash is None else self._hashing.hash.hexdigest()

    def close(self) -> None:
        """Close the file, if it was opened here."""
        if self._opened is not None:
            self._opened.close()


def head_of(source: Source) -> tuple[bytes, str | None]:
    """Return the first bytes of a source, and its name; it is left as it was.

    Args:
        source: Bytes, a path, or an open binary file; one that cannot go back has
            lost those bytes.

    Raises:
        OSError: A path that cannot be opened or read.
        TypeError: The source is none of these.
    """
    file: Any = source if hasattr(source, "seekable") else None
    place = file.tell() if file is not None and file.seekable() else None
    lines = Lines(source)
    try:
        return lines.head(), lines.name
    finally:
        lines.close()
        if place is not None:
            file.seek(place)


_MAGIC = (
    (b"PK\x03\x04", "an Excel workbook (.xlsx) or another ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed (gzip) file"),
    (b"\xff\xfe", "a UTF-16 text ('Unicode text' in Excel)"),
    (b"\xfe\xff", "a UTF-16 text ('Unicode text' in Excel)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"{\\rtf", "a word-processor document (RTF)"),
)


def file_kind(head: bytes) -> str | None:
    """Say what other kind of file this is, or None when it may be a CSV text.

    Args:
        head: The first bytes.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if start.startswith((b"<?xml", b"<!doctype", b"<html", b"<table", b"<")):
        return "an XML or HTML file"
    if start[:1] in {b"{", b"["}:
        return "a JSON file"
    sample = head[:4096]
    if sample and sample.count(0) > len(sample) // 8:
        return "a binary file"
    return None
