"""What `--json` prints is what its published schema says."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from ulnlib.batch import Happening
from ulnlib.cli.app import app
from ulnlib.rules.disclosure import Kind, Medium
from ulnlib.uln import Reason

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "docs" / "reference" / "json"
EXAMPLE = ROOT / "examples" / "LRB_10012345_211120260900.CSV"
DAY = "--as-of=2026-11-21"


def schema(kind):
    text = (SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8")
    return json.loads(text)


def run(*args, status=0):
    """Run a command with `--json`, check the answer, and return it."""
    result = CliRunner().invoke(app, [*map(str, args), "--json"])
    assert result.exit_code == status, result.output
    answer = json.loads(result.stdout)
    validator = Draft202012Validator(
        schema(answer["kind"]), format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in validator.iter_errors(answer)] == []
    return answer


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    path = tmp_path_factory.mktemp("register") / "try-out.db"
    answer = run("register", "build", path, "--synthetic", "2000", "--seed", "2026")
    assert answer["kind"] == "register-build"
    assert answer["is_synthetic"] is True
    return path


@pytest.mark.parametrize(
    "path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name
)
class TestEverySchema:
    def test_it_is_a_schema_and_names_its_kind(self, path):
        text = json.loads(path.read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(text)
        assert text["properties"]["kind"] == {"const": path.name.partition(".")[0]}
        assert text["properties"]["version"] == {"const": 1}

    def test_all_that_it_describes_is_required(self, path):
        text = json.loads(path.read_text(encoding="utf-8"))
        assert sorted(text["required"]) == sorted(text["properties"])


def test_uln_check():
    texts = ("1000000043", "1000000042", "9999999999", "100000004", "ten", "")
    answer = run("uln", "check", *texts, status=1)
    assert answer["kind"] == "uln-check"
    assert [one["value"] for one in answer["results"]] == list(texts)


def test_uln_check_of_a_file(tmp_path):
    table = tmp_path / "learners.csv"
    table.write_text("ULN,N\n1000000043,1\n1234567894,2\n,3\n1,2,3\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    answer = run("uln", "check", table, "--column", "ULN", "-o", out, status=1)
    assert answer["kind"] == "uln-check-file"
    assert answer["reasons"] == {"check_digit": 1, "columns": 1}


def test_batch_check_of_every_kind_of_mistake():
    answer = run("batch", "check", EXAMPLE, DAY, status=1)
    assert answer["kind"] == "batch-check"
    assert len({one["code"] for one in answer["issues"]}) > 20


def test_batch_check_of_what_is_no_batch_file(tmp_path):
    photo = tmp_path / "photo.CSV"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n")
    answer = run("batch", "check", photo, DAY, status=2)
    assert answer["layout"] is None
    assert answer["fatal"] == 1


@pytest.mark.parametrize("job", ["CHK", "FUL"])
def test_batch_run(register, tmp_path, job):
    answer = run(
        "batch", "run", EXAMPLE, "--register", register, "--job", job, DAY,
        "-o", tmp_path,
    )  # fmt: skip
    assert answer["kind"] == "batch-run"
    assert answer["job"] == job
    assert len(answer["records"]) == 500
    assert "assumed" in answer["assumed"]


def test_batch_run_of_a_file_that_is_refused(register, tmp_path):
    text = EXAMPLE.read_bytes().replace(b"10012345,500,", b"10012345,501,", 1)
    broken = tmp_path / EXAMPLE.name
    broken.write_bytes(text)
    answer = run(
        "batch", "run", broken, "--register", register, DAY, "-o", tmp_path, status=2
    )
    assert answer["kind"] == "batch-refused"
    assert [one["code"] for one in answer["issues"]] == ["record-count"]


@pytest.mark.parametrize(
    ("text", "medium", "status"),
    [
        ("ULN 9900000004\nGender: F\nlogin: a1, password: b2", "unencrypted-email", 1),
        ("ULN 9900000004", "unencrypted-email", 0),
        ("Subject: x\nFrom: y\n\nnothing", "encrypted-password-same-mail", 0),
    ],
)
def test_disclosure_check(tmp_path, text, medium, status):
    path = tmp_path / "message.txt"
    path.write_text(text, encoding="utf-8")
    command = ("disclosure", "check", path, DAY, f"--medium={medium}")
    answer = run(*command, status=status)
    assert answer["kind"] == "disclosure-check"
    assert {one["words"] for one in answer["findings"]} <= {None}
    assert "9900000004" not in json.dumps(answer)
    answer = run(
        *command, "--reveal", "--redact", "-o", tmp_path / "out.txt", status=status
    )
    assert all(one["words"] in text for one in answer["findings"])


def test_the_words_of_the_schemas_are_those_of_the_code():
    words = schema("batch-run")["$defs"]["record"]["properties"]["happening"]["enum"]
    assert words == [one.value for one in Happening]
    words = schema("uln-check")["$defs"]["result"]["properties"]["reason"]["enum"]
    assert words == [None, *(one.value for one in Reason)]
    definitions = schema("disclosure-check")
    words = definitions["properties"]["medium"]["enum"]
    assert words == [one.value for one in Medium]
    assert definitions["$defs"]["kind"]["enum"] == [one.value for one in Kind]
