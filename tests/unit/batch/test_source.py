"""Bytes from wherever they come: kinds, lines, digest, closing."""

import gzip
import hashlib
import io
import os

import pytest

from ulnlib.batch import source as module
from ulnlib.batch.source import Lines, file_kind

CONTENT = b"a,b\r\nc,d\ne"


def lines_of(lines):
    found = []
    while line := lines.next_line():
        found.append(line)
    return found


class Bit(io.RawIOBase):
    """A file that gives one byte at a time, as a slow pipe does."""

    def __init__(self, content):
        self._file = io.BytesIO(content)

    def readable(self):
        return True

    def read(self, size=-1):
        return self._file.read(min(size, 1))


class OsPath(os.PathLike):
    def __init__(self, path):
        self._path = path

    def __fspath__(self):
        return str(self._path)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "LEARNERS.CSV"
    path.write_bytes(CONTENT)
    return path


class TestSources:
    @pytest.mark.parametrize(
        "make",
        [bytes, bytearray, memoryview, io.BytesIO, Bit],
        ids=["bytes", "bytearray", "memoryview", "file", "slow pipe"],
    )
    def test_what_is_in_memory_is_read_line_by_line(self, make):
        lines = Lines(make(CONTENT))

        assert lines_of(lines) == [b"a,b\r\n", b"c,d\n", b"e"]
        assert lines.name is None

    @pytest.mark.parametrize(
        "make", [str, lambda p: p, OsPath], ids=["str", "Path", "own"]
    )
    def test_a_path_is_opened_named_and_closed(self, path, make):
        lines = Lines(make(path))

        assert lines_of(lines) == [b"a,b\r\n", b"c,d\n", b"e"]
        assert lines.name == "LEARNERS.CSV"
        opened = lines._opened
        lines.close()
        assert opened.closed

    def test_an_open_file_is_named_and_stays_open(self, path):
        with path.open("rb") as file:
            lines = Lines(file)

            assert lines_of(lines) == [b"a,b\r\n", b"c,d\n", b"e"]
            assert lines.name == "LEARNERS.CSV"
            lines.close()
            assert not file.closed

    def test_a_file_whose_name_is_a_number_has_none(self):
        read, write = os.pipe()
        os.write(write, CONTENT)
        os.close(write)
        with os.fdopen(read, "rb") as file:
            lines = Lines(file)

            assert lines.name is None
            assert lines_of(lines) == [b"a,b\r\n", b"c,d\n", b"e"]

    def test_a_compressed_file_can_be_read_through_its_module(self):
        with gzip.open(io.BytesIO(gzip.compress(CONTENT)), "rb") as file:
            assert lines_of(Lines(file)) == [b"a,b\r\n", b"c,d\n", b"e"]

    def test_a_text_file_is_refused_with_what_to_do(self, path):
        with (
            path.open(encoding="utf-8") as file,
            pytest.raises(TypeError, match=r"open\(path, 'rb'\)"),
        ):
            Lines(file)
        with pytest.raises(TypeError, match="binary mode"):
            Lines(io.StringIO("a,b"))

    @pytest.mark.parametrize(
        "source", [None, 5, ["a"], object()], ids=["none", "number", "list", "object"]
    )
    def test_anything_else_is_refused(self, source):
        with pytest.raises(TypeError, match="bytes, a path, or an open binary file"):
            Lines(source)

    def test_a_path_that_is_not_there_is_an_error_of_the_system(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            Lines(tmp_path / "none.csv")

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
    def test_a_text_is_not_taken_for_a_path(self, end):
        """A caller who decoded the file must not find it in an error's file name."""
        with pytest.raises(TypeError) as caught:
            Lines(f"GivenName,FamilyName{end}Zebedee,Zebra")

        assert "Zebedee" not in str(caught.value)
        assert "bytes" in str(caught.value)


class TestLines:
    def test_the_head_can_be_looked_at_without_reading_on(self):
        lines = Lines(CONTENT)

        assert lines.head() == CONTENT
        assert lines.head() == CONTENT
        assert lines.next_line() == b"a,b\r\n"

    def test_the_head_is_whole_however_little_a_pipe_gives(self):
        assert Lines(Bit(CONTENT)).head() == CONTENT

    def test_an_empty_source_has_neither_head_nor_lines(self):
        lines = Lines(b"")

        assert lines.head() == b""
        assert lines.next_line() == b""
        assert lines.next_old_mac_line() == b""

    def test_old_mac_lines_end_in_a_carriage_return(self):
        lines = Lines(b"a,b\rc\r\rd")

        assert [lines.next_old_mac_line() for _ in range(5)] == [
            b"a,b\r",
            b"c\r",
            b"\r",
            b"d",
            b"",
        ]

    def test_a_line_has_a_greatest_length(self, monkeypatch):
        monkeypatch.setattr(module, "LINE_LIMIT", 4)

        assert lines_of(Lines(b"abcdefghij\nk\n")) == [
            b"abcd",
            b"efgh",
            b"ij\n",
            b"k\n",
        ]

    def test_an_old_mac_line_has_a_greatest_length(self, monkeypatch):
        monkeypatch.setattr(module, "LINE_LIMIT", 4)
        lines = Lines(b"abcdef\rg")

        assert [lines.next_old_mac_line() for _ in range(4)] == [
            b"abcd",
            b"ef\r",
            b"g",
            b"",
        ]

    def test_the_digest_is_that_of_what_was_read(self):
        lines = Lines(CONTENT, is_hashed=True)
        lines_of(lines)

        assert lines.digest == hashlib.sha256(CONTENT).hexdigest()

    def test_the_digest_of_nothing_is_the_known_one(self):
        assert Lines(b"", is_hashed=True).digest == (
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )

    def test_the_digest_does_not_depend_on_the_pieces(self):
        slow = Lines(Bit(CONTENT), is_hashed=True)
        lines_of(slow)

        assert slow.digest == hashlib.sha256(CONTENT).hexdigest()


class TestKind:
    @pytest.mark.parametrize(
        ("head", "part"),
        [
            (b"PK\x03\x04rest", "Excel workbook (.xlsx)"),
            (b"\xd0\xcf\x11\xe0rest", "old Excel workbook (.xls)"),
            (b"%PDF-1.7", "PDF"),
            (b"\x1f\x8b\x08", "gzip"),
            (b"\xff\xfea\0,\0", "UTF-16"),
            (b"\xfe\xff\0a\0,", "UTF-16"),
            (b"\x89PNG\r\n", "PNG"),
            (b"\xff\xd8\xff\xe0", "JPEG"),
            (b"SQLite format 3\x00", "SQLite"),
            (b"{\\rtf1", "RTF"),
            (b"<?xml version='1.0'?>", "XML or HTML"),
            (b"\xef\xbb\xbf\r\n <?XML", "XML or HTML"),
            (b"<!DOCTYPE html>", "XML or HTML"),
            (b"<Learners>", "XML or HTML"),
            (b'{"learners": []}', "JSON"),
            (b" [1]", "JSON"),
            (b"a\0\0\0b\0\0\0", "binary"),
            (b"\0" * 100, "binary"),
        ],
    )
    def test_another_kind_of_file_is_known_by_its_beginning(self, head, part):
        assert part in file_kind(head)

    @pytest.mark.parametrize(
        "head",
        [
            b"",
            b"FileVersion,FileName\r\n",
            b"\xef\xbb\xbfFileVersion,FileName\r\n",
            b"3A,x,10012345,1\r\n",
            b'"<b>",a',
            b"zo\xeb,a",
            b"a,b\0,c,d,e,f,g,h,i,j",  # one NUL in a text
            b"PKZIP,a",
        ],
    )
    def test_a_text_is_no_other_kind(self, head):
        assert file_kind(head) is None

    def test_one_nul_in_eight_bytes_is_still_a_text(self):
        assert file_kind(b"abcdefg\0" * 4) is None
        assert file_kind(b"abcdefg\0" * 4 + b"\0") == "a binary file"
