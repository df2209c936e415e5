"""`ulnlib batch make`, as a small provider uses it."""

import json
import re

import pytest
from click.testing import CliRunner

from builders.workbooks import workbook
from ulnlib import batch
from ulnlib.cli import make as module
from ulnlib.cli.app import app

TABLE = (
    ("Student ID", "Surname", "Forename", "DOB", "Gender", "Post code", "Ethnicity"),
    ("A-1", "Example", "Ada", "24/05/2007", "Female", "za11aa", "31"),
    ("A-2", "Example", "Ben", "03/04/2007", "Male", "ZA1 1AB", "31"),
)
ALWAYS = ("--ukprn", "10012345", "--as-of", "2026-11-21")
SET = ("--share", "1", "--verification", "2")


def invoke(*args):
    return CliRunner().invoke(app, ["batch", "make", *map(str, args)])


def csv(*rows):
    return "".join(",".join(row) + "\n" for row in rows).encode()


@pytest.fixture
def export(tmp_path):
    def write(*rows, name="export.csv"):
        path = tmp_path / name
        path.write_bytes(csv(*(rows or TABLE)))
        return path

    return write


def test_an_export_becomes_a_file_with_the_right_name(export, tmp_path):
    folder = tmp_path / "out"

    result = invoke(export(), "-o", folder, *ALWAYS, *SET)

    assert result.exit_code == 0, result.output
    [path] = folder.iterdir()
    file = batch.read(path)
    assert batch.parse_name(path.name).ukprn == file.values.ukprn == "10012345"
    assert file.values.file_name == path.stem
    assert [one.date_of_birth for one in file.learners] == ["2007-05-24", "2007-04-03"]
    assert list(file.report) == []
    assert "Post code" in result.output
    assert "Not needed: G" in result.output


def test_a_workbook_too(tmp_path):
    path, out = tmp_path / "export.xlsx", tmp_path / "a.CSV"
    path.write_bytes(workbook(*TABLE, sheets=[("Other", [("x",), ("y",)])]))

    assert invoke(path, "-o", out, *ALWAYS, *SET).exit_code == 2
    result = invoke(path, "-o", out, *ALWAYS, *SET, "--sheet", "Learners")
    assert result.exit_code == 0, result.output
    result = invoke(path, "-o", out, *ALWAYS, *SET, "--sheet", "1")
    assert result.exit_code == 0
    assert len(batch.read(out).learners) == 2


def test_rows_with_errors_are_left_out_and_named(export, tmp_path):
    out, findings = tmp_path / "a.CSV", tmp_path / "findings.csv"
    path = export(*TABLE, ("A-3", "Example", "Cy", "31/02/2007", "M", "ZA1 1AC", ""))

    result = invoke(path, "-o", out, *ALWAYS, *SET, "--findings", findings)

    assert result.exit_code == 1
    assert len(batch.read(out).learners) == 2
    assert "1 row left out" in result.output
    assert b"date-no-such-day" in findings.read_bytes()


def test_when_no_row_is_sound_nothing_is_written(export, tmp_path):
    out = tmp_path / "a.CSV"
    path = export(TABLE[0], ("A-3", "", "", "", "", "", ""))

    result = invoke(path, "-o", out, *ALWAYS, *SET)

    assert result.exit_code == 1
    assert not out.exists()
    assert "Nothing was written" in result.output


class TestDecisions:
    LIKELY = (("ID", *TABLE[0][1:]), *TABLE[1:])
    TWICE = ((*TABLE[0][:6], "Legal surname"), *TABLE[1:])

    def test_what_is_likely_is_not_taken_unless_told(self, export, tmp_path):
        path, out = export(*self.LIKELY), tmp_path / "a.CSV"

        result = invoke(path, "-o", out, *ALWAYS, *SET)
        assert result.exit_code == 2
        assert "likely" in result.output
        assert not out.exists()
        assert invoke(path, "-o", out, *ALWAYS, *SET, "--take-likely").exit_code == 0

    def test_of_two_columns_the_caller_says_which(self, export, tmp_path):
        path, out = export(*self.TWICE), tmp_path / "a.CSV"

        result = invoke(path, "-o", out, *ALWAYS, *SET)
        assert result.exit_code == 2
        assert "B, G" in result.output
        result = invoke(path, "-o", out, *ALWAYS, *SET, "--map", "FamilyName=surname")
        assert result.exit_code == 0, result.output

    def test_of_two_columns_with_one_heading_the_letters_say_which(
        self, export, tmp_path
    ):
        rows = [(*TABLE[0], "Surname"), *((*row, "Other") for row in TABLE[1:])]
        path, out, saved = export(*rows), tmp_path / "a.CSV", tmp_path / "m.json"

        refused = invoke(path, "-o", out, *ALWAYS, *SET, "--map", "FamilyName=Surname")
        told = ("--map", "FamilyName=H", "--save-mapping", saved)
        result = invoke(path, "-o", out, *ALWAYS, *SET, *told)
        first = out.read_bytes()
        again = invoke(path, "-o", out, *ALWAYS, *SET, "--mapping", saved)

        assert refused.exit_code == 2
        assert "by its letters" in " ".join(refused.output.split())
        assert result.exit_code == again.exit_code == 0, result.output
        assert {one.family_name for one in batch.read(out).learners} == {"Other"}
        assert first == out.read_bytes()

    def test_a_mapping_is_saved_and_read_again(self, export, tmp_path):
        path, out, saved = export(*self.TWICE), tmp_path / "a.CSV", tmp_path / "m.json"
        told = ("--map", "Family name=Surname", "--map", "ethnicity_=")

        assert invoke(path, "-o", out, *ALWAYS, *SET, *told).exit_code == 2
        told = (*told[:2], "--save-mapping", saved)
        assert invoke(path, "-o", out, *ALWAYS, *SET, *told).exit_code == 0
        assert json.loads(saved.read_text())["columns"]["family_name"] == "Surname"
        result = invoke(path, "-o", out, *ALWAYS, *SET, "--mapping", saved)
        assert result.exit_code == 0, result.output

    @pytest.mark.parametrize(
        "text",
        ["no json", "[]", '{"columns": []}', '{"columns": {"uln": 1}}', "[" * 9999],
    )
    def test_what_is_no_mapping(self, export, tmp_path, text):
        saved = tmp_path / "m.json"
        saved.write_text(text)

        result = invoke(export(), "-o", tmp_path, *ALWAYS, *SET, "--mapping", saved)

        assert result.exit_code == 2
        assert "no mapping" in result.output

    def test_a_heading_that_is_not_there(self, export, tmp_path):
        result = invoke(export(), "-o", tmp_path, *ALWAYS, *SET, "--map", "ULN=Nummer")

        assert result.exit_code == 2
        assert "column-not-found" in result.output

    def test_a_pair_without_a_sign(self, export, tmp_path):
        assert invoke(export(), "-o", tmp_path, *ALWAYS, "--map", "ULN").exit_code == 2

    def test_what_every_learner_needs(self, export, tmp_path):
        result = invoke(export(), "-o", tmp_path, *ALWAYS)

        assert result.exit_code == 2
        assert result.output.count("column-needed") == 2

    def test_day_or_month_first(self, export, tmp_path):
        path, out = export(TABLE[0], TABLE[2]), tmp_path / "a.CSV"

        assert invoke(path, "-o", out, *ALWAYS, *SET).exit_code == 1
        for option, date in (("--day-first", "04-03"), ("--month-first", "03-04")):
            assert invoke(path, "-o", out, *ALWAYS, *SET, option).exit_code == 0
            assert batch.read(out).learners[0].date_of_birth == f"2007-{date}"

    def test_whole_names(self, export, tmp_path):
        path = export(
            ("Name", "DOB", "Sex", "Postcode"),
            ("Ada Example", "2007-05-24", "F", "ZA1 1AA"),
        )
        out = tmp_path / "a.CSV"

        assert invoke(path, "-o", out, *ALWAYS, *SET).exit_code == 2
        told = ("--names", "given-family", "--reference", "autumn")
        assert invoke(path, "-o", out, *ALWAYS, *SET, *told).exit_code == 0
        assert batch.read(out).learners[0].family_name == "Example"
        assert batch.read(out).values.file_name == "autumn"

    def test_a_title_above_the_headings(self, export, tmp_path):
        path, out = export(("Learners",), *TABLE), tmp_path / "a.CSV"

        told = ("--heading-row", "2")
        assert invoke(path, "-o", out, *ALWAYS, *SET).exit_code == 2
        assert invoke(path, "-o", out, *ALWAYS, *SET, *told).exit_code == 0


class TestSplitting:
    def test_more_learners_than_a_file_takes(self, export, tmp_path, monkeypatch):
        monkeypatch.setattr(module, "RECORD_LIMIT", 1)
        folder = tmp_path / "out"

        assert invoke(export(), "-o", folder, *ALWAYS, *SET).exit_code == 0
        files = [batch.read(path) for path in sorted(folder.iterdir())]
        assert sorted(one.learners[0].given_name for one in files) == ["Ada", "Ben"]
        assert [one.values.record_count for one in files] == ["1", "1"]
        assert [list(one.report) for one in files] == [[], []]

    def test_they_do_not_go_into_one_file(self, export, tmp_path, monkeypatch):
        monkeypatch.setattr(module, "RECORD_LIMIT", 1)

        result = invoke(export(), "-o", tmp_path / "a.CSV", *ALWAYS, *SET)

        assert result.exit_code == 2
        assert "give a folder" in result.output


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("-o", "--findings"),
        ("-o", "--save-mapping"),
        ("--findings", "--save-mapping"),
    ],
)
def test_two_outputs_of_one_name_are_refused(export, tmp_path, first, second):
    places = {"-o": "a.CSV", "--findings": "f.csv", "--save-mapping": "m.json"}
    places |= {first: "x.csv", second: "sub/../x.csv"}
    (tmp_path / "sub").mkdir()
    options = [
        part for name, place in places.items() for part in (name, f"{tmp_path}/{place}")
    ]
    path = export()

    result = invoke(path, *options, *ALWAYS, *SET)

    assert result.exit_code == 2
    assert "written twice" in result.output
    assert sorted(one.name for one in tmp_path.iterdir()) == [path.name, "sub"]


def test_a_name_of_another_form_is_refused(export, tmp_path):
    result = invoke(export(), "-o", tmp_path / "o.Xml", *ALWAYS, *SET)

    assert result.exit_code == 2
    assert "ends in .CSV" in result.output
    assert not (tmp_path / "o.Xml").exists()


def test_the_name_that_a_file_gets_is_not_that_of_another_output(
    export, tmp_path, name_in_folder
):
    other = tmp_path / name_in_folder

    result = invoke(export(), "-o", tmp_path, *ALWAYS, *SET, "--findings", other)

    assert result.exit_code == 2
    assert "written twice" in result.output
    assert not other.exists()


@pytest.mark.parametrize("pair", ["ULN", "colour=Surname"])
def test_a_decision_that_is_none(export, tmp_path, pair):
    assert invoke(export(), "-o", tmp_path, *ALWAYS, "--map", pair).exit_code == 2


def test_for_programs(export, tmp_path):
    out = tmp_path / "a.CSV"

    answer = json.loads(invoke(export(), "-o", out, *ALWAYS, *SET, "--json").stdout)

    assert answer["files"] == [str(out)]
    assert (answer["rows"], answer["made"], answer["passed_over"]) == (2, 2, ["G"])


def test_a_ukprn_has_eight_digits(export, tmp_path):
    assert invoke(export(), "-o", tmp_path, "--ukprn", "1").exit_code == 2


def test_the_export_is_not_overwritten(export):
    path = export()

    assert invoke(path, "-o", path, *ALWAYS, *SET).exit_code == 2
    assert path.read_bytes() == csv(*TABLE)


def test_a_first_row_that_is_a_learner_is_not_shown(export, tmp_path):
    result = invoke(export(*TABLE[1:]), "-o", tmp_path, *ALWAYS, *SET)

    assert result.exit_code == 2
    assert "Example" not in result.output
    assert "Not known, and not used: A, B" in result.output


def test_what_cannot_be_read(tmp_path):
    path = tmp_path / "photo.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")

    result = invoke(path, "-o", tmp_path / "a.CSV", *ALWAYS, *SET)

    assert result.exit_code == 2
    assert "table-kind" in result.output
    assert "column-needed" not in result.output


def test_many_findings_are_counted_by_kind(tmp_path):
    rows = [("Surname", "Forename", "DOB", "Sex", "Postcode", "Student ID", "ULN")]
    rows += [
        ("Example", "Ada", "24/05/2007", "F", "ZA1 1AA", str(n), "") for n in range(30)
    ]
    export = tmp_path / "export.csv"
    export.write_bytes(csv(*rows))

    result = invoke(export, *ALWAYS, "--share", "1", "-o", tmp_path / "out")

    assert re.search(r"\n +30 +warning +needed-for-new-uln ", result.output)
