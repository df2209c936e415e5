"""Tables as other systems export them: any separator, any encoding, nothing raised."""

import io

import pytest

from ulnlib.batch import tables
from ulnlib.batch.tables import column_letters, column_place, read_table

TEXT = "Surname{0}Forename{0}Town\r\nÉxample{0}Ada{0}Leeds\r\n"


def codes(table):
    return [item.code for item in table.report]


@pytest.mark.parametrize(
    ("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_letters_of_a_spreadsheet(place, letters):
    assert column_letters(place) == letters
    assert column_place(letters) == place
    assert column_place(f" {letters.lower()} ") == place


@pytest.mark.parametrize("text", ["", " ", "1", "A1", "AAAA", "A B", "\u00c9", "-"])
def test_what_is_no_letters_names_no_column(text):
    assert column_place(text) is None


class TestText:
    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_every_separator_in_every_encoding(self, separator, encoding):
        table = read_table(TEXT.format(separator).encode(encoding))

        assert table.headings == ("Surname", "Forename", "Town")
        assert table.rows == (("Éxample", "Ada", "Leeds"),)
        assert table.numbers == (2,)
        assert codes(table) == (["encoding-guessed"] if encoding == "cp1252" else [])

    def test_a_first_line_that_names_the_separator(self):
        table = read_table(b"sep=;\r\nSurname;Town\r\nExample;Leeds\r\n")

        assert table.rows == (("Example", "Leeds"),)
        assert table.numbers == (3,)

    def test_a_first_line_that_names_a_tab(self):
        assert read_table(b"sep=\t\r\nA\tB\r\n1\t2\r\n").rows == (("1", "2"),)

    def test_the_caller_may_say_what_separates(self):
        assert read_table(b"A;B,C\n1;2,3\n", delimiter=",").headings == ("A;B", "C")

    def test_two_that_are_as_frequent_are_not_guessed(self):
        assert codes(read_table(b"A;B,C\n")) == ["table-separator-unsure"]

    def test_what_is_in_quotation_marks_separates_nothing(self):
        assert read_table(b'"A;B;C",D\n1,2\n').headings == ("A;B;C", "D")

    def test_one_column_has_no_separator(self):
        assert read_table(b"Surname\nExample\n").rows == (("Example",),)

    def test_empty_rows_are_passed_over_and_counted(self):
        table = read_table(b"\n,\nA,B\n\n1,2\n , \n3,4\n")

        assert table.headings == ("A", "B")
        assert table.numbers == (5, 7)

    def test_the_row_of_the_headings_can_be_told(self):
        table = read_table(b"Export of today,\nA,B\n1,2\n", heading_row=2)

        assert table.headings == ("A", "B")
        assert table.rows == (("1", "2"),)

    def test_a_row_of_headings_that_is_empty(self):
        assert codes(read_table(b"A,B\n\n1,2\n", heading_row=2)) == ["empty-file"]

    def test_a_cell_may_have_a_line_break(self):
        table = read_table(b'A,B\n"1\n2",3\n4,5\n')

        assert table.rows == (("1\n2", "3"), ("4", "5"))

    @pytest.mark.parametrize(
        "content", [b'A,B\n"1,2\n3,4\n', b'A,B\n"1"x,2\n', b"A\n" + b"x" * 200_000]
    )
    def test_what_cannot_be_cut_into_cells_is_refused(self, content):
        assert codes(read_table(content)) == ["table-damaged"]

    def test_old_line_ends_are_read(self):
        assert read_table(b"A,B\r1,2\r").rows == (("1", "2"),)

    def test_empty_headings_at_the_end_do_not_count(self):
        table = read_table(b"A,B,,\n1,2,,\n")

        assert (table.headings, table.width) == (("A", "B"), 4)

    @pytest.mark.parametrize("content", [b"", b" \r\n", b"\xff\xfe"])
    def test_nothing(self, content):
        assert codes(read_table(content))[-1:] == ["empty-file"]

    def test_headings_alone(self):
        assert codes(read_table(b"A,B\n")) == ["no-records"]

    @pytest.mark.parametrize(
        "content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-1.7", b"<?xml?><a/>"]
    )
    def test_another_kind_of_file(self, content):
        assert codes(read_table(content)) == ["table-kind"]

    def test_too_much(self, monkeypatch):
        monkeypatch.setattr(tables, "_LARGEST", 10)

        assert codes(read_table(b"A,B\n1,2\n3,4\n")) == ["table-too-large"]


def test_a_source_may_be_a_path_or_an_open_file(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(b"A\n1\n")

    assert read_table(path) == read_table(io.BytesIO(b"A\n1\n"))
    with pytest.raises(OSError, match="nothing"):
        read_table(tmp_path / "nothing.csv")


def test_a_table_shows_counts_and_no_cell():
    table = read_table(b"Example,Ada\nExample,Ben\n")

    assert repr(table) == "Table(columns=2, rows=1)"
    assert table.column(1) == ["Ben"]
    assert table.column(7) == [None]
