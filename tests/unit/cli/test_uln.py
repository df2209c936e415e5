"""`ulnlib uln check`: numbers on the line, and numbers in a file."""

import csv
import io
import json
import re
import tracemalloc

import pytest
from click.testing import CliRunner

from ulnlib.cli.app import app

MIB = 1 << 20


def run(*args):
    return CliRunner().invoke(app, ["uln", "check", *map(str, args)])


class TestValues:
    def test_a_uln_is_one(self):
        result = run("1000000043")

        assert result.exit_code == 0
        assert result.stdout == "1000000043: ULN\n"

    @pytest.mark.parametrize("text", ["1000 000 043", "1000-000-043", " 1000000043 "])
    def test_separators_do_not_matter(self, text):
        result = run(text)

        assert result.exit_code == 0
        assert result.stdout == f"{text}: ULN\n"

    def test_one_wrong_number_is_explained(self):
        result = run("1000000042")

        assert result.exit_code == 1
        first, *rest = result.stdout.splitlines()
        assert first == (
            "Not a ULN: the last digit does not agree with the others; a digit is "
            "wrong or two have changed places."
        )
        assert any(line.startswith("If one digit is wrong: ") for line in rest)
        assert "1000000043" in result.stdout

    def test_a_number_without_neighbours_has_its_reason_alone(self):
        result = run("9999999999")

        assert result.exit_code == 1
        assert result.stdout == (
            "Not a ULN: 9999999999 stands for 'no ULN yet' in the ILR; it is "
            "nobody's.\n"
        )

    def test_several_numbers_each_have_a_line(self):
        result = run("1000000043", "12345", "9900000004")

        assert result.exit_code == 1
        assert result.stdout == (
            "1000000043: ULN\n"
            "12345: not a ULN\n"
            "Not a ULN: a ULN has ten digits.\n"
            "9900000004: ULN\n"
        )

    def test_json_is_for_programs(self):
        result = run("1000000043", "123456", "--json")

        assert result.exit_code == 1
        assert json.loads(result.stdout) == {
            "version": 1,
            "kind": "uln-check",
            "results": [
                {
                    "value": "1000000043",
                    "is_valid": True,
                    "reason": None,
                    "corrections": [],
                    "transpositions": [],
                    "digit_missing": [],
                    "digit_too_many": [],
                },
                {
                    "value": "123456",
                    "is_valid": False,
                    "reason": "length",
                    "corrections": [],
                    "transpositions": [],
                    "digit_missing": [],
                    "digit_too_many": [],
                },
            ],
        }

    @pytest.mark.parametrize(
        ("number", "key", "right"),
        [
            ("1000000042", "corrections", "1000000043"),
            ("1000000034", "transpositions", "1000000043"),
            ("100000043", "digit_missing", "1000000043"),
            ("10000000043", "digit_too_many", "1000000043"),
        ],
    )
    def test_json_lists_what_it_may_have_been(self, number, key, right):
        (found,) = json.loads(run(number, "--json").stdout)["results"]

        assert right in found[key]
        assert found["is_valid"] is False

    def test_json_is_ascii_for_every_console(self):
        result = run("\u0661\u0662", "--json")

        assert result.stdout.isascii()
        assert json.loads(result.stdout)["results"][0]["reason"] == "characters"


class TestUsage:
    @pytest.mark.parametrize(
        ("args", "message"),
        [
            ([], "Missing argument"),
            (["1000000043", "-o", "out.csv"], "name its column with --column"),
            (["a.csv", "b.csv", "--column", "ULN", "-o", "c.csv"], "give one file"),
            (["a.csv", "--column", "ULN"], "say where to write with -o"),
            (["a.csv", "--column", "ULN", "-o", "."], "is a directory"),
        ],
        ids=["nothing", "no column", "two files", "no output", "a folder"],
    )
    def test_what_cannot_be_meant_has_status_2(self, args, message):
        result = run(*args)

        assert result.exit_code == 2
        assert message in result.stderr


@pytest.fixture
def check(tmp_path):
    """Check the ULN column of some bytes; return the result and what was written."""

    def run_on(content, *args, column="ULN"):
        path, out = tmp_path / "in.csv", tmp_path / "out.csv"
        path.write_bytes(content)
        result = run(path, "--column", column, "-o", out, *args)
        assert sorted(one.name for one in tmp_path.iterdir()) in (
            ["in.csv"],
            ["in.csv", "out.csv"],
        )
        assert path.read_bytes() == content
        return result, out.read_bytes() if out.exists() else None

    return run_on


class TestFile:
    def test_every_row_gets_a_verdict_and_a_reason(self, check):
        result, written = check(
            b"Name,ULN\r\n"
            b"Ada,1000000043\r\n"
            b"Eve,1000000042\r\n"
            b"Kim,\r\n"
            b'"O, Lee",12345\r\n'
            b"Pat,9999999999\r\n"
        )

        assert result.exit_code == 1
        assert written == (
            b"Name,ULN,verdict,reason\r\n"
            b"Ada,1000000043,valid,\r\n"
            b"Eve,1000000042,invalid,check_digit\r\n"
            b"Kim,,empty,\r\n"
            b'"O, Lee",12345,invalid,length\r\n'
            b"Pat,9999999999,invalid,temporary\r\n"
        )

    def test_the_screen_shows_counts_and_nobody(self, check):
        result, _ = check(
            b"Name,ULN\r\nAda,1000000043\r\nEve,1000000042\r\nKim,\r\nPat,9,9\r\n"
        )

        assert result.stderr == ""
        assert "in.csv: 4 rows" in result.stdout
        for words in (
            "the last digit does not agree",
            "no number in the cell",
            "more cells than headings",
            "Written: ",
        ):
            assert words in result.stdout
        for words in ("Ada", "Eve", "1000000042"):
            assert words not in result.stdout

    def test_a_file_of_ulns_has_status_0(self, check):
        result, _ = check(b"ULN\n1000000043\n9900000004\n\n")

        assert result.exit_code == 0
        assert "in.csv: 2 rows" in result.stdout

    def test_json_has_the_counts(self, check, tmp_path):
        result, _ = check(
            b"ULN\n1000000043\n1000000042\n1000000041\n\n0000000042\n \n1,2\n", "--json"
        )

        assert result.exit_code == 1
        assert json.loads(result.stdout) == {
            "version": 1,
            "kind": "uln-check-file",
            "output": str(tmp_path / "out.csv"),
            "rows": 5,
            "valid": 1,
            "blank": 0,
            "invalid": 4,
            "reasons": {"check_digit": 2, "columns": 1, "leading_zero": 1},
        }

    def test_one_row_is_counted_in_the_singular(self, check):
        result, _ = check(b"ULN\n1000000043\n")

        assert re.search("^in.csv: 1 row *$", result.stdout, re.MULTILINE)

    def test_a_number_may_have_separators(self, check):
        _, written = check(b"ULN\n 1000 000 043 \n1000-000-043\n")

        assert written.endswith(b" 1000 000 043 ,valid,\n1000-000-043,valid,\n")

    @pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
    @pytest.mark.parametrize("last", [True, False], ids=["ended", "not ended"])
    def test_line_ends_stay_as_they_are(self, check, end, last):
        content = end.join([b"A,ULN", b"x,1000000043", b"y,1000000042"])
        result, written = check(content + (end if last else b""))

        assert result.exit_code == 1
        assert written == (
            end.join(
                [
                    b"A,ULN,verdict,reason",
                    b"x,1000000043,valid,",
                    b"y,1000000042,invalid,check_digit",
                ]
            )
            + end
        )

    @pytest.mark.parametrize(
        "heading", [b"ULN,A", b'"ULN","A"', b'"ULN",A'], ids=["bare", "quoted", "both"]
    )
    def test_a_byte_order_mark_stays_and_hides_no_heading(self, check, heading):
        result, written = check(b"\xef\xbb\xbf" + heading + b"\r\n1000000043,x\r\n")

        assert result.exit_code == 0
        assert written == (
            b"\xef\xbb\xbf" + heading + b",verdict,reason\r\n1000000043,x,valid,\r\n"
        )

    def test_bytes_that_are_not_utf_8_stay_as_they_are(self, check):
        _, written = check(b"ULN,Zo\xeb\n1000000043,\x81\xff\n")

        assert written == b"ULN,Zo\xeb,verdict,reason\n1000000043,\x81\xff,valid,\n"

    def test_a_cell_in_quotes_may_hold_line_breaks(self, check):
        _, written = check(
            b'Note,ULN\r\n"two\r\n\r\nlines, and ""more""",1000000043\r\n'
            b"x,1000000042\r\n"
        )

        assert written == (
            b"Note,ULN,verdict,reason\r\n"
            b'"two\r\n\r\nlines, and ""more""",1000000043,valid,\r\n'
            b"x,1000000042,invalid,check_digit\r\n"
        )

    def test_a_heading_may_hold_a_line_break(self, check):
        result, written = check(b'"ULN","Name\nof the learner",Note\n1000000042,x,y\n')

        assert result.exit_code == 1
        assert written == (
            b'"ULN","Name\nof the learner",Note,verdict,reason\n'
            b"1000000042,x,y,invalid,check_digit\n"
        )

    def test_a_column_can_be_asked_for_with_its_line_break(self, check):
        _, written = check(b'A,"ULN\nnumber"\nx,1000000043\n', column="ULN\nnumber")

        assert written.endswith(b"x,1000000043,valid,\n")

    def test_a_heading_with_an_open_quote_swallows_no_rows(self, check):
        result, written = check(b'ULN,"Name\n1000000042,x\n1000000043,y\n')

        assert result.exit_code == 1
        assert written == (
            b'ULN,"Name",verdict,reason\n'
            b"1000000042,x,invalid,check_digit\n"
            b"1000000043,y,valid,\n"
        )

    def test_a_row_with_an_open_quote_is_not_checked_and_spoils_no_other(self, check):
        result, written = check(b'ULN,A\n1000000043,"x\n1000000042,y\n')

        assert result.exit_code == 1
        assert "open quotation mark" in result.stdout
        assert written == (
            b"ULN,A,verdict,reason\n"
            b'1000000043,"x",not checked,columns\n'
            b"1000000042,y,invalid,check_digit\n"
        )
        assert [len(row) for row in csv.reader(io.StringIO(written.decode()))] == [
            4,
            4,
            4,
        ]

    def test_a_row_whose_quotes_close_in_the_wrong_place_is_not_checked(self, check):
        _, written = check(b'ULN,A\n1000000043,"x\ny",z,z\n1000000042,y\n')

        assert written == (
            b"ULN,A,verdict,reason\n"
            b'1000000043,"x\ny",z,z,not checked,columns\n'
            b"1000000042,y,invalid,check_digit\n"
        )

    def test_a_row_with_cells_too_many_is_not_checked(self, check):
        """A comma that should be in quotes has moved the number to another column."""
        _, written = check(b"Name,ULN,Town\nO, Lee,1000000043,Anytown\n")

        assert written == (
            b"Name,ULN,Town,verdict,reason\n"
            b"O, Lee,1000000043,Anytown,not checked,columns\n"
        )

    @pytest.mark.parametrize(
        ("row", "out"),
        [
            (b"1000000043,x,,", b"1000000043,x,valid,"),
            (b'1000000043,x,"",', b"1000000043,x,valid,"),
            (b'1000000043,"",""', b'1000000043,"",valid,'),
            (b"1000000043,,,,,", b"1000000043,,valid,"),
            (b"1000000043", b"1000000043,,valid,"),
            (b",", b",,empty,"),
        ],
        ids=["commas", "quotes", "both", "many", "too few", "blank"],
    )
    def test_the_verdict_stands_in_its_column_whatever_is_empty(self, check, row, out):
        _, written = check(b"ULN,A\n" + row + b"\n")

        assert written == b"ULN,A,verdict,reason\n" + out + b"\n"

    def test_a_row_that_ends_before_the_column_is_empty(self, check):
        _, written = check(b"A,B,ULN\nx\n")

        assert written == b"A,B,ULN,verdict,reason\nx,,,empty,\n"

    def test_lines_without_anything_stay(self, check):
        _, written = check(b"ULN\n\n1000000043\n \n\n")

        assert written == b"ULN,verdict,reason\n\n1000000043,valid,\n \n\n"

    def test_of_two_equal_headings_another_one_may_be_asked_for(self, check):
        result, _ = check(b"A,ULN,A\nx,1000000043,y\n")

        assert result.exit_code == 0

    def test_headings_alone_are_no_rows(self, check):
        result, written = check(b"ULN,A\n")

        assert result.exit_code == 0
        assert "in.csv: 0 rows" in result.stdout
        assert written == b"ULN,A,verdict,reason\n"

    def test_a_file_may_be_written_over_itself(self, tmp_path):
        path = tmp_path / "in.csv"
        path.write_bytes(b"ULN\n1000000043\n")

        assert run(path, "--column", "ULN", "-o", path).exit_code == 0
        assert path.read_bytes() == b"ULN,verdict,reason\n1000000043,valid,\n"


class TestFilesThatCannotBeUsed:
    @pytest.mark.parametrize("column", ["uln", "Zebedee", "", "ULN "])
    def test_a_column_that_is_not_there_names_no_heading(self, check, column):
        result, written = check(b"Zebra,ULN\nx,1000000043\n", column=column)

        assert result.exit_code == 2
        assert written is None
        assert result.stdout == ""
        assert result.stderr.endswith(
            "in.csv: none of its 2 headings is the column that was asked for; capitals "
            "count\n"
        )
        assert "Zebra" not in result.stderr

    def test_nobody_can_tell_which_of_two_equal_headings_is_meant(self, check):
        result, written = check(b"ULN,Zebra, ULN \n1000000043,x,1000000042\n")

        assert result.exit_code == 2
        assert written is None
        assert result.stdout == ""
        assert result.stderr.endswith(
            "in.csv: columns 1 and 3 both have the heading that was asked for; rename "
            "or remove one of them\n"
        )

    def test_a_file_without_headings_shows_no_person(self, check):
        result, written = check(b"Ada,Zebedee,1000000043\n")

        assert result.exit_code == 2
        assert written is None
        assert "Zebedee" not in result.output

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "the file is empty"),
            (b"PK\x03\x04", "this is an Excel workbook (.xlsx) or another ZIP archive"),
            (b"\xff\xfeU\0L\0N\0", "this is a UTF-16 text"),
            (b"<?xml version='1.0'?>", "this is an XML or HTML file"),
            (b'[{"uln": 1}]', "this is a JSON file"),
        ],
        ids=["empty", "xlsx", "utf-16", "xml", "json"],
    )
    def test_a_file_of_another_kind_is_named_and_nothing_written(
        self, check, content, message
    ):
        result, written = check(content)

        assert result.exit_code == 2
        assert written is None
        assert result.stdout == ""
        assert message in result.stderr
        assert len(result.stderr.splitlines()) == 1

    def test_a_file_that_is_not_there_is_one_line(self, tmp_path):
        result = run(tmp_path / "none.csv", "--column", "ULN", "-o", tmp_path / "o.csv")

        assert result.exit_code == 2
        assert result.stderr == (
            f"ulnlib: {tmp_path / 'none.csv'}: no such file or directory\n"
        )

    def test_a_folder_that_is_not_there_is_one_line(self, tmp_path):
        path, out = tmp_path / "in.csv", tmp_path / "none" / "out.csv"
        path.write_bytes(b"ULN\n1000000043\n")
        result = run(path, "--column", "ULN", "-o", out)

        assert result.exit_code == 2
        assert result.stderr == f"ulnlib: {out}: no such file or directory\n"


def test_a_long_file_is_read_as_a_stream(tmp_path):
    """200,000 rows, 18 MB, take a few megabytes: what is held does not grow."""
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    row = b"1000000043," + b"x" * 80 + b"\n"
    path.write_bytes(b"ULN,Note\n" + row)
    run(path, "--column", "ULN", "-o", out, "--json")  # what is loaded once
    path.write_bytes(b"ULN,Note\n" + row * 200_000)
    tracemalloc.start()
    try:
        result = run(path, "--column", "ULN", "-o", out, "--json")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert result.exit_code == 0
    assert json.loads(result.stdout)["valid"] == 200_000
    assert out.stat().st_size == len(b"ULN,Note,verdict,reason\n") + 200_000 * (
        len(row) + len(b",valid,")
    )
    assert path.stat().st_size > 17 * MIB
    assert peak < 6 * MIB


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"Name;ULN;Town\r\nA;1000000043;B\r\n", "semicolons"),
        (b"Name\tULN\r\n", "tabs"),
    ],
    ids=["semicolons", "tabs"],
)
def test_a_file_with_other_separators_is_named_as_such(tmp_path, content, word):
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    result = CliRunner().invoke(
        app, ["uln", "check", str(path), "--column", "ULN", "-o", str(tmp_path / "o")]
    )

    assert result.exit_code == 2
    assert f"separated by {word}" in result.stderr


def test_a_heading_with_spaces_around_it_is_the_column(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name, ULN \r\nA,1000000043\r\n")

    result = CliRunner().invoke(
        app, ["uln", "check", str(path), "--column", "ULN", "-o", str(tmp_path / "o")]
    )

    assert result.exit_code == 0
    assert (tmp_path / "o").read_bytes().endswith(b"A,1000000043,valid,\r\n")


def test_a_file_without_its_column_is_no_number(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"ULN\r\n")

    result = CliRunner().invoke(app, ["uln", "check", str(path)])

    assert result.exit_code == 2
    assert "--column" in result.stderr
