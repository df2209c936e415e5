"""Lines of bytes become rows of cells."""

import pytest

from ulnlib.batch import rows as module
from ulnlib.batch.rows import BOM, Rows, without_end


def row(content, columns=3):
    """Return the first row of some bytes, and the lines that are left."""
    rows = Rows(content)
    found = rows.assemble(*rows.take(), columns)
    rest = []
    while (line := rows.take()) is not None:
        rest.append(line[0])
    return found, rest


class TestDecoding:
    @pytest.mark.parametrize(
        ("lines", "texts", "encoding", "codes"),
        [
            ([b"a\n", b"b\n"], ["a\n", "b\n"], "utf-8", []),
            ([b"zo\xc3\xab\n"], ["zo\u00eb\n"], "utf-8", []),
            (
                [b"a\n", b"zo\xeb\n"],
                ["a\n", "zo\u00eb\n"],
                "cp1252",
                [("encoding-guessed", "(first at line 2)")],
            ),
            (
                [b"zo\xeb\n", b"a\n", b"zo\xc3\xab\n", b"\xeb\n"],
                ["zo\u00eb\n", "a\n", "zo\u00eb\n", "\u00eb\n"],
                "mixed",
                [("encoding-mixed", "UTF-8 (first at line 3) and Windows-1252 (first")],
            ),
            # A byte that Windows-1252 does not have is a control character.
            ([b"\x81\n"], ["\x81\n"], "cp1252", [("encoding-guessed", "line 1")]),
            ([b"\x80\n"], ["\u20ac\n"], "cp1252", [("encoding-guessed", "line 1")]),
            # A byte order mark alone is no letter beyond ASCII.
            (
                [BOM + b"a\n", b"zo\xeb\n"],
                ["\ufeffa\n", "zo\u00eb\n"],
                "cp1252",
                [("encoding-guessed", "line 2")],
            ),
            (
                [BOM + b"zo\xc3\xab\n", b"zo\xeb\n"],
                ["\ufeffzo\u00eb\n", "zo\u00eb\n"],
                "mixed",
                [("encoding-mixed", "UTF-8 (first at line 1)")],
            ),
        ],
        ids=["ascii", "utf-8", "cp1252", "mixed", "c1", "euro", "bom", "bom-mixed"],
    )
    def test_a_line_is_utf_8_or_else_windows_1252(self, lines, texts, encoding, codes):
        rows = Rows(b"".join(lines))
        taken = [rows.take() for _ in lines]

        assert taken == list(zip(lines, texts, strict=True))
        assert rows.take() is None
        assert rows.encoding == encoding
        found = list(rows.encoding_issues())
        assert [item.code for item in found] == [code for code, _ in codes]
        for item, (_, part) in zip(found, codes, strict=True):
            assert part in item.message

    def test_lines_given_back_are_taken_again_in_order(self):
        rows = Rows(b"a\nb\nc\n")
        first, second = rows.take(), rows.take()
        rows.give_back([first, second])

        assert [rows.take() for _ in range(4)] == [
            (b"a\n", "a\n"),
            (b"b\n", "b\n"),
            (b"c\n", "c\n"),
            None,
        ]

    def test_lines_given_back_count_once(self):
        rows = Rows(b"a\nb\nzo\xeb\n")
        rows.give_back([rows.take()])
        for _ in range(3):
            rows.take()

        assert "(first at line 3)" in next(rows.encoding_issues()).message


class TestAssembling:
    def test_a_closed_line_is_a_row(self):
        found, rest = row(b'a,"b",c\r\nd,e,f\r\n')

        assert found.split.cells == ["a", "b", "c"]
        assert found.is_closed
        assert found.raw == b'a,"b",c\r\n'
        assert found.text == 'a,"b",c\r\n'
        assert rest == [b"d,e,f\r\n"]

    def test_a_row_need_not_have_the_columns(self):
        found, _ = row(b"a,b\n")

        assert found.split.cells == ["a", "b"]
        assert found.is_closed

    def test_a_cell_in_quotes_may_hold_line_breaks(self):
        found, rest = row(b'a,"b\r\n\r\nstill b",c\r\nd,e,f\r\n')

        assert found.split.cells == ["a", "b\r\n\r\nstill b", "c"]
        assert found.is_closed
        assert found.raw == b'a,"b\r\n\r\nstill b",c\r\n'
        assert found.lines == 3
        assert rest == [b"d,e,f\r\n"]

    def test_several_cells_may_hold_line_breaks(self):
        found, rest = row(b'"a\nb","c\nd",e\nf,g,h\n')

        assert found.split.cells == ["a\nb", "c\nd", "e"]
        assert rest == [b"f,g,h\n"]

    def test_an_unclosed_quote_ends_at_the_next_row(self):
        found, rest = row(b'a,"b,c\nd,e,f\ng,h,i\n')

        assert not found.is_closed
        assert found.split.cells == ["a", "b,c"]
        assert found.raw == b'a,"b,c\n'
        assert rest == [b"d,e,f\n", b"g,h,i\n"]

    def test_an_unclosed_quote_does_not_swallow_a_row_with_quotes(self):
        found, rest = row(b'a,"b,c\nd,"e",f\ng,h,i\n')

        assert not found.is_closed
        assert found.raw == b'a,"b,c\n'
        assert rest == [b'd,"e",f\n', b"g,h,i\n"]

    def test_lines_that_are_no_rows_stay_with_the_unclosed_one(self):
        found, rest = row(b'a,"b,c\nmore of b\nd,e,f\n')

        assert not found.is_closed
        assert found.split.cells == ["a", "b,c"]
        assert found.raw == b'a,"b,c\nmore of b\n'
        assert rest == [b"d,e,f\n"]

    def test_a_quote_closed_late_with_the_wrong_number_of_cells_is_not_closed(self):
        found, rest = row(b'a,"b\nc",d,e,f\ng,h,i\n')

        assert not found.is_closed
        assert found.raw == b'a,"b\nc",d,e,f\n'
        assert rest == [b"g,h,i\n"]

    def test_rows_with_cells_too_many_are_rows_all_the_same(self):
        found, rest = row(b'a,"b,c,\nd,e,f,\ng,h,i,\n')

        assert not found.is_closed
        assert found.raw == b'a,"b,c,\n'
        assert rest == [b"d,e,f,\n", b"g,h,i,\n"]

    @pytest.mark.parametrize("end", [b"", b",x,y"], ids=["too few", "too many"])
    def test_a_row_may_be_as_wide_as_the_one_before(self, end):
        """Some programs leave out the empty cells at the end of every row."""
        lines = [b"a,b" + end, b'c,"d' + end, b"e,f" + end, b'g,"h\ni"' + end]
        rows = Rows(b"\n".join(lines))
        found = []
        while (line := rows.take()) is not None:
            found.append(rows.assemble(*line, 3))

        assert [one.is_closed for one in found] == [True, False, True, True]
        assert [one.raw.rstrip(b"\n") for one in found] == lines

    def test_an_unclosed_quote_in_the_last_line_ends_with_the_file(self):
        found, rest = row(b'a,"b,c')

        assert not found.is_closed
        assert found.split.cells == ["a", "b,c"]
        assert rest == []

    def test_so_many_lines_are_looked_at_where_any_line_may_be_a_row(self, monkeypatch):
        monkeypatch.setattr(module, "_QUOTED_LINES", 3)
        rows = Rows(b'a,"b\n1\n2\n3\n4",c\nd,e,f\n')
        found = rows.assemble(*rows.take(), 0)

        assert not found.is_closed
        assert (found.raw, found.lines) == (b'a,"b\n', 1)
        assert [rows.take()[0] for _ in range(5)] == [
            b"1\n",
            b"2\n",
            b"3\n",
            b'4",c\n',
            b"d,e,f\n",
        ]

    def test_so_many_bytes_are_looked_at_and_no_more(self, monkeypatch):
        monkeypatch.setattr(module, "_QUOTED_BYTES", 8)
        found, rest = row(b'a,"b\n1234\n5",c\n')

        assert not found.is_closed
        assert found.raw == b'a,"b\n1234\n'
        assert rest == [b'5",c\n']

    def test_nothing_is_lost_whatever_the_lines(self):
        content = b'"a,"b\n"c\n,,"\n\n"d"",\r\n"\r,"e'
        rows = Rows(content)
        raw = b""
        while (line := rows.take()) is not None:
            raw += rows.assemble(*line, 3).raw

        assert raw == content


class TestOldMac:
    def test_a_carriage_return_alone_can_end_a_line(self):
        rows = Rows(b"a,b\rc,d\re")
        rows.split_at_cr()

        assert [rows.take() for _ in range(4)] == [
            (b"a,b\r", "a,b\r"),
            (b"c,d\r", "c,d\r"),
            (b"e", "e"),
            None,
        ]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("a\r\n", "a"),
        ("a\n", "a"),
        ("a\r", "a"),
        ("a", "a"),
        ("a\n\n", "a\n"),
        ("a\r\r\n", "a\r"),
        ("", ""),
    ],
)
def test_one_line_end_is_taken_away(text, bare):
    assert without_end(text) == bare


def test_closing_closes_what_was_opened(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a\n")
    rows = Rows(path)
    rows.close()

    assert rows.lines._opened.closed
