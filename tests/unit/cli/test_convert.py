"""`ulnlib batch convert`, as a person and a program use it."""

import json

import attrs
import pytest
from click.testing import CliRunner

from ulnlib import Learner, batch
from ulnlib.cli.app import app

ADA = Learner(
    mis_identifier="M1",
    given_name="Ada",
    family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
    ability_to_share="1",
    verification_type="2",
)


def invoke(*args):
    return CliRunner().invoke(app, ["batch", "convert", *map(str, args)])


@pytest.fixture
def source(tmp_path):
    def write(*learners, layout=batch.LRB_3A, ukprn="10012345"):
        made = batch.make(learners, ukprn=ukprn, file_name="x", layout=layout)
        path = tmp_path / "source.csv"
        path.write_bytes(batch.write(made))
        return path

    return write


def test_a_file_is_written_in_another_version(source, tmp_path):
    out = tmp_path / "old.csv"

    result = invoke(source(ADA), "-o", out, "--to", "2a")

    assert result.exit_code == 0, result.output
    assert batch.read(out).layout is batch.LRB_2A
    assert batch.read(out).learners == (ADA,)
    assert "1 learner in version LRB 2A" in result.output


def test_in_a_folder_it_gets_the_right_name(source, tmp_path):
    folder = tmp_path / "new"

    assert invoke(source(ADA), "-o", folder, "--to", "2A").exit_code == 0
    assert invoke(source(ADA), "-o", folder, "--to", "2A").exit_code == 0
    names = [path.name for path in folder.iterdir()]
    assert len(names) == 2
    assert all(batch.parse_name(name).ukprn == "10012345" for name in names)


@pytest.mark.parametrize("layout", [batch.VLD, batch.VLD_OUTPUT])
def test_only_an_lrb_file_is_named_like_one(source, tmp_path, layout):
    folder = tmp_path / "new"
    asked = source(Learner(given_name="Ada"), layout=layout)

    assert invoke(asked, "-o", folder, "--form", "xml").exit_code < 2
    again = invoke(asked, "-o", folder, "--form", "xml")

    assert [path.name for path in folder.iterdir()] == ["source.XML"]
    assert again.exit_code == 2
    assert "there already" in again.output


def test_without_a_version_it_keeps_its_own(source, tmp_path):
    out = tmp_path / "same.csv"
    path = source(ADA, layout=batch.LRB_2A)

    assert invoke(path, "-o", out).exit_code == 0
    assert out.read_bytes() == path.read_bytes()


def test_a_learner_who_does_not_fit_is_named(source, tmp_path):
    out, table = tmp_path / "old.csv", tmp_path / "findings.csv"
    path = source(ADA.evolve(upn="B801200005001"), ADA)

    result = invoke(path, "-o", out, "--to", "2A", "--findings", table)

    assert result.exit_code == 1
    assert len(batch.read(out).learners) == 1
    assert "1 learner left out" in result.output
    assert b"not-in-layout" in table.read_bytes()


def test_a_field_may_be_dropped(source, tmp_path):
    out = tmp_path / "old.csv"
    path = source(ADA.evolve(upn="B801200005001"))

    result = invoke(path, "-o", out, "--to", "2A", "--drop", "upn")

    assert result.exit_code == 0
    assert "left-out-of-layout" in result.output


@pytest.mark.parametrize(
    ("share", "status", "values"), [("hold", 1, []), ("1", 0, ["1"]), ("0", 0, ["0"])]
)
def test_what_an_opt_out_becomes_is_said(source, tmp_path, share, status, values):
    out = tmp_path / "new.csv"
    path = source(ADA.evolve(ability_to_share="2"), layout=batch.LRB_2A)

    result = invoke(path, "-o", out, "--to", "3A", "--share", share)

    assert result.exit_code == status
    learners = batch.read(out).learners if values else ()
    assert out.exists() == bool(values)
    assert [one.ability_to_share for one in learners] == values
    assert bool(values) != ("nothing was written" in result.output)


def test_a_file_keeps_the_old_version_that_it_states(source, tmp_path):
    path, out = source(ADA, layout=batch.LAYOUTS["1A"]), tmp_path / "same.csv"

    result = invoke(path, "-o", out)

    assert "1 learner in version LRB 1A" in result.output
    assert out.read_bytes() == path.read_bytes()
    assert invoke(path, "-o", out, "--to", "2A").exit_code == 0
    assert batch.read(out).layout is batch.LRB_2A


def test_an_output_file_stays_one(tmp_path):
    path, out = tmp_path / "out.csv", tmp_path / "new.csv"
    made = batch.make([ADA], ukprn="10012345", file_name="x", layout=batch.LRB_2A)
    path.write_bytes(batch.write(made, layout=batch.LRB_2A_OUTPUT))

    assert invoke(path, "-o", out, "--to", "3A").exit_code == 0
    assert batch.read(out).layout == batch.LRB_3A_OUTPUT


def test_a_file_that_may_have_been_cut_short_is_status_1(source, tmp_path):
    path, out = source(ADA), tmp_path / "old.csv"
    path.write_bytes(path.read_bytes().replace(b",1,,M1", b",5000,,M1", 1))

    result = invoke(path, "-o", out, "--to", "2A")

    assert result.exit_code == 1
    assert "record-count" in result.output
    assert not batch.read(out).report.errors


def test_a_guessed_encoding_is_a_warning(source, tmp_path):
    path = source(ADA)
    path.write_bytes(path.read_bytes().replace(b"Ada", b"Zo\xeb"))

    result = invoke(path, "-o", tmp_path / "old.csv", "--to", "2A")

    assert result.exit_code == 0
    assert "encoding-guessed" in result.output


def test_a_file_without_learners_is_told(source, tmp_path):
    result = invoke(source(), "-o", tmp_path / "old.csv", "--to", "2A")

    assert result.exit_code == 1
    assert "no-records" in result.output
    assert not (tmp_path / "old.csv").exists()


def test_what_is_no_batch_file(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"no")

    result = invoke(path, "-o", tmp_path / "y.csv")

    assert result.exit_code == 2
    assert "nothing was written" in result.output


@pytest.mark.parametrize("more", [["-o", "SOURCE"], ["-o", "y.csv", "--to", "4A"]])
def test_a_mistake_in_the_command(source, more):
    path = source(ADA)

    result = invoke(path, *(path if one == "SOURCE" else one for one in more))

    assert result.exit_code == 2


def test_a_provider_that_makes_no_name_needs_a_file(source, tmp_path):
    result = invoke(source(ADA, ukprn="Example"), "-o", tmp_path)

    assert result.exit_code == 2
    assert "give a file" in result.output
    assert "Example" not in result.output


def test_for_programs(source, tmp_path):
    out = tmp_path / "old.csv"
    path = source(ADA.evolve(uci="x"), ADA)

    result = invoke(path, "-o", out, "--to", "2A", "--json")

    answer = json.loads(result.stdout)
    assert (answer["converted"], answer["left_out"]) == (1, [2])
    assert answer["file"] == str(out)


@pytest.mark.parametrize(("more", "name"), [((), "new"), (("--reference", "x"), "x")])
def test_a_csv_file_of_an_xml_file_has_a_reference(tmp_path, more, name):
    path, out = tmp_path / "old.xml", tmp_path / "new.csv"
    made = batch.make([ADA], ukprn="10012345", file_name="autumn")
    path.write_bytes(batch.write(made, form="XML"))

    result = invoke(path, "-o", out, "--form", "csv", *more)

    assert result.exit_code == 0, result.output
    assert "reference-needed" not in result.output
    assert batch.read(out).values == attrs.evolve(made.values, file_name=name)
    assert not batch.read(out).report.errors


def test_a_file_that_is_not_read_to_its_end_is_not_converted(source, tmp_path):
    whole, cut, out = tmp_path / "a.XML", tmp_path / "b.XML", tmp_path / "c.CSV"
    assert invoke(source(ADA, ADA), "-o", whole, "--form", "xml").exit_code == 0
    cut.write_bytes(whole.read_bytes()[:-200])

    result = invoke(cut, "-o", out)

    assert result.exit_code == 2
    assert "nothing was written" in result.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "more", "right"),
    [("new.XML", (), "CSV"), ("new.Csv", ("--form", "xml"), "XML")],
)
def test_one_form_is_not_written_under_the_name_of_the_other(
    source, tmp_path, name, more, right
):
    result = invoke(source(ADA), "-o", tmp_path / name, *more)

    assert result.exit_code == 2
    assert f"ends in .{right}" in result.output
    assert not (tmp_path / name).exists()
    assert invoke(source(ADA), "-o", tmp_path / "new.txt", *more).exit_code == 0


@pytest.mark.parametrize("name", ["x.csv", "./x.csv"])
def test_two_outputs_of_one_name_are_refused(source, tmp_path, name):
    result = invoke(
        source(ADA), "-o", tmp_path / "x.csv", "--findings", f"{tmp_path}/{name}"
    )

    assert result.exit_code == 2
    assert "written twice" in result.output
    assert not (tmp_path / "x.csv").exists()


def test_the_name_that_a_file_gets_is_not_that_of_the_findings(
    source, tmp_path, name_in_folder
):
    findings = tmp_path / name_in_folder

    result = invoke(source(ADA), "-o", tmp_path, "--findings", findings)

    assert result.exit_code == 2
    assert "written twice" in result.output
    assert not findings.exists()


def test_a_verify_file_has_no_version_2a(source, tmp_path):
    result = invoke(
        source(ADA, layout=batch.VLD), "-o", tmp_path / "y.csv", "--to", "2A"
    )

    assert result.exit_code == 2
    assert "no version 2A" in result.output
