"""`ulnlib roc routes`: filters, credits, saved queries, sensitive qualifications."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from ulnlib.cli.app import app
from ulnlib.qualifications import Group, Qualification, Structure, Unit
from ulnlib.rules.routes import RouteQuery, catalogue_to_json

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "docs" / "reference" / "json"
A, B, C = "Y/506/1910", "L/506/1905", "R/506/1906"


def award(number, title, *units, total=10, **more):
    root = Group(name="All", units=[Unit(unit, 5, "2") for unit in units])
    structure = Structure(name=title, total=total, root=root)
    return Qualification(number=number, title=title, structure=structure, **more)


CATALOGUE = [
    award("600/0001/6", "Award in Retail", A, B, level="2", subject_area="7.1"),
    award("600/0002/8", "Award in Team Leading", B, C, level="E3"),
    award("600/0003/X", "Award in Recovery", A, C, is_sensitive=True),
    award("600/0004/1", "Certificate in Retail", A, B, C, total=15, level="Level 1/2"),
    Qualification(number="600/0005/3", title="Diploma in Retail"),
]


def run(*args):
    return CliRunner().invoke(app, ["roc", "routes", *map(str, args)])


def answer(*args, status=0):
    result = run(*args, "--json")
    assert result.exit_code == status, result.output
    found = json.loads(result.stdout)
    path = SCHEMAS / "roc-routes.schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert [e.message for e in Draft202012Validator(schema).iter_errors(found)] == []
    return found


@pytest.fixture
def catalogue(tmp_path):
    path = tmp_path / "catalogue.json"
    path.write_text(catalogue_to_json(CATALOGUE), encoding="utf-8")
    return path


@pytest.fixture
def had(tmp_path):
    path = tmp_path / "units.csv"
    path.write_text(f"unit,date\n{A},2020-01-01\n", encoding="utf-8")
    return path


def numbers(found):
    return [one["number"] for one in found["routes"]]


def test_a_table_shows_the_nearest_first(catalogue, had):
    result = run(catalogue, had, "--as-of=2026-01-01")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    shown = [line for line in lines if line and line[0].startswith("600/")]
    assert [line[0] for line in shown] == [
        *("600/0001/6", "600/0004/1", "600/0002/8", "600/0005/3")
    ]
    assert shown[0][-4:] == ["10", "5", "5", "1"]
    assert shown[1][-4:] == ["15", "5", "10", "1"]
    assert shown[2][-4:] == ["10", "0", "10", "0"]
    assert shown[3][-2:] == ["Retail", "0"]
    assert "4 qualifications" in result.stdout
    assert "1 sensitive qualification not shown." in result.stdout
    assert "No document says how" in result.stdout


def test_a_sensitive_one_is_shown_when_asked_for(catalogue, had):
    assert "Recovery" not in run(catalogue, had).output
    result = run(catalogue, had, "--show-sensitive")
    assert "Award in Recovery (sensitive)" in result.stdout
    found = answer(catalogue, had)
    assert (found["found"], found["sensitive_left_out"]) == (5, 1)
    assert "600/0003/X" not in numbers(found)
    found = answer(catalogue, had, "--show-sensitive")
    assert (found["found"], found["sensitive_left_out"]) == (5, 0)
    assert [one["number"] for one in found["routes"] if one["is_sensitive"]] == [
        "600/0003/X"
    ]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--keyword", "retail award"], ["600/0001/6"]),
        (["--number", "60000028"], ["600/0002/8"]),
        (["--level", "Entry"], ["600/0002/8"]),
        (["--level", "2"], ["600/0001/6", "600/0004/1"]),
        (["--size", "certificate"], ["600/0004/1"]),
        (["--subject-area", "retailing and wholesaling"], ["600/0001/6"]),
        (["--subject-area", "1", "--subject-area", "7"], ["600/0001/6"]),
        (["--must-contain", B, "--must-contain", C], ["600/0002/8", "600/0004/1"]),
        (["--limit", "1"], ["600/0001/6"]),
        (["--what-if", C, "--keyword", "leading"], ["600/0002/8"]),
    ],
)
def test_filters(catalogue, options, found):
    assert numbers(answer(catalogue, *options)) == found


def test_what_if_units_count(catalogue, had):
    [first, *_] = answer(catalogue, had, "--what-if", B)["routes"]
    assert first["is_met"]
    assert first["counted"] == ["Y5061910", "L5061905"]
    assert first["completed_unit_count"] == 1
    assert "met" in run(catalogue, had, "--what-if", B).stdout
    [first, *_] = answer(catalogue, had, "--what-if", B, "--without-learner-units")[
        "routes"
    ]
    assert (first["credits_towards"], first["completed_unit_count"]) == (5, 0)


def test_nothing_found_is_status_1(catalogue):
    result = run(catalogue, "--keyword", "witchcraft")
    assert result.exit_code == 1
    assert result.stdout == "No qualification is found by this query.\n"
    assert answer(catalogue, "--country", "Wales", status=1)["routes"] == []


def test_it_is_told_when_the_catalogue_says_nothing_of_what_is_asked(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text(
        "qualification_number,title,level\n60000016,Award in Retail,Level 2\n"
    )
    result = run(path, "--level=2", "--size=Award", "--must-contain", A)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "No qualification is found by this query.",
        "No qualification of the catalogue says its credits: leave out --size.",
        "No qualification of the catalogue says its units: leave out --must-contain.",
    ]
    assert "leave out" not in run(path, "--level=3").stdout
    assert "leave out" not in run(path, "--level=2").stdout


def test_units_may_be_one_reference_on_each_line(catalogue, tmp_path):
    path = tmp_path / "units.txt"
    path.write_text(f"# what there is\n{A}\n\n{B}\n", encoding="utf-8")
    [first, *_] = answer(catalogue, path)["routes"]
    assert (first["is_met"], first["completed_unit_count"]) == (True, 2)


def test_units_that_are_none_end_with_2_and_what_to_do(catalogue, tmp_path):
    path = tmp_path / "units.json"
    path.write_text('{"units": 3}', encoding="utf-8")
    result = run(catalogue, path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Pass a structure where a structure is asked for" in result.stderr


def test_a_query_is_saved_and_used_again(catalogue, tmp_path):
    path = tmp_path / "query.json"
    result = run(
        catalogue, "--keyword=retail", "--level=2", "--save", path, "--name=Mine"
    )
    assert result.exit_code == 0
    saved = RouteQuery.from_json(path.read_bytes())
    assert saved == RouteQuery(keyword="retail", level="2", name="Mine")
    found = answer(catalogue, "--query", path, "--level", "1")
    assert numbers(found) == ["600/0004/1"]
    assert found["query"]["keyword"] == "retail"


def test_a_limit_says_that_there_are_more(catalogue):
    result = run(catalogue, "--limit", "2")
    assert result.stdout.startswith("4 qualifications, the first 2")


def test_nothing_that_is_read_is_written_over(catalogue, had):
    before = catalogue.read_bytes()
    result = run(catalogue, had, "--save", catalogue)
    assert result.exit_code == 2
    assert catalogue.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--level", "nine"], "a level is Entry"),
        (["--subject-area", "99"], "a sector subject area is"),
        (["--age", "old"], "an age is one of"),
        (["--in-operation-on", "1/2/2026"], "YYYY-MM-DD"),
        (["--size", "Degree"], "a size is Award"),
        (["--country", "Scotland"], "a country is one of"),
    ],
)
def test_a_filter_that_is_none_is_status_2(catalogue, options, said):
    result = run(catalogue, *options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_file_that_is_no_query_is_status_2(catalogue):
    result = run(catalogue, "--query", catalogue)
    assert result.exit_code == 2
    assert "no saved query" in result.stderr


def test_a_table_of_the_register_has_no_credits(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("number,title,level\n60000016,Award,2\n", encoding="utf-8")
    result = run(path)
    assert result.exit_code == 0
    assert "No structure of these is known" in result.stdout
    assert result.stdout.splitlines()[0].strip() == "1 qualification"


def test_what_is_wrong_with_the_files_is_said(tmp_path, had):
    path = tmp_path / "register.csv"
    path.write_text(
        "number,title,total credits\n60000014,Good award,x\n1,Bad,5\n",
        encoding="utf-8",
    )
    had.write_text(f"unit,credit\n{A},many\n", encoding="utf-8")
    result = run(path, had)
    assert result.exit_code == 1
    assert "[qan-format]" in result.stdout
    found = answer(path, had, status=1)
    assert len(found["issues"]) == found["errors"] + found["warnings"] >= 4
    assert found["issues"][0]["path"] == ["row", 2, "credit"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("catalogue", ""), ("catalogue", "a,b\n1,2\n"), ("had", "[")],
)
def test_a_file_that_cannot_be_read_is_status_2(catalogue, had, name, content):
    path = catalogue if name == "catalogue" else had
    path.write_text(content, encoding="utf-8")
    result = run(catalogue, had)
    assert result.exit_code == 2
    assert path.name in result.stderr
    assert result.stdout == ""
