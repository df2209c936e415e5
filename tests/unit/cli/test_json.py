"""What `--json` prints is what its published schema says."""

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from ulnlib import Learner, Register, batch
from ulnlib.batch import Certainty, Happening
from ulnlib.cli.app import app
from ulnlib.codes import VerifyCode
from ulnlib.matching import Conflict, Outcome, Tolerance
from ulnlib.matching.levels import COMPARED
from ulnlib.rules.disclosure import Kind, Medium
from ulnlib.testing import population
from ulnlib.uln import Reason

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "docs" / "reference" / "json"
EXAMPLE = ROOT / "examples" / "LRB_10012345_211120260900.CSV"
DAY = "--as-of=2026-11-21"
WHEN = dt.date(2026, 11, 21)
FORMS = {"achievements", "structure"}
"""What is read and not answered: most of its members may be absent."""


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
        if path.name.partition(".")[0] in FORMS:
            return
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


def test_batch_check_of_an_old_version(tmp_path):
    made = batch.make(
        [Learner(**ADA)], ukprn="10012345", file_name="x", layout=batch.LAYOUTS["1B"]
    )
    path = tmp_path / "old.CSV"
    path.write_bytes(batch.write(made))
    answer = run("batch", "check", path, DAY, status=1)
    assert (answer["layout"], answer["layout_evidence"]) == ("LRB 1B", "assumed")
    assert "version-withdrawn" in [one["code"] for one in answer["issues"]]


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


def test_batch_split(tmp_path):
    answer = run(
        *("batch", "split", EXAMPLE, "-o", tmp_path, "--most", "200"), status=1
    )
    assert answer["kind"] == "batch-split"
    assert [part["records"] for part in answer["parts"]] == [200, 200, 100]


def test_batch_join(register, tmp_path):
    made = run("batch", "run", EXAMPLE, "--register", register, DAY, "-o", tmp_path)
    back = made["files"]["output"]
    command = (
        "batch",
        "join",
        EXAMPLE,
        "--output",
        back,
        "-o",
        tmp_path / "joined.csv",
    )
    answer = run(*command, "--uploaded=2026-11-21", status=1)
    assert answer["kind"] == "batch-join"
    fates = {one["fate"] for one in answer["records"]}
    assert fates == {"joined", "ambiguous"}
    answer = run(*command, "--by", "position")
    assert answer["by"] == "position"
    photo = tmp_path / "photo.CSV"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n")
    answer = run(
        *("batch", "join", photo, "--output", back, "-o", tmp_path / "joined.csv"),
        status=2,
    )
    assert answer["files"] == {"joined": None}


@pytest.mark.parametrize("personal", [True, False])
def test_an_exception_and_a_work_list(personal):
    case = batch.BatchException(
        file="x", row=2, code="RC007", uploaded=WHEN, learner=Learner(**ADA)
    )
    case = case.offer([Learner(**(ADA | {"town": "Newtown"}))])
    case = case.take(by="u7", at="then")
    corrected = case.correct(Learner(**(ADA | {"gender": "9"})), at="then")
    todo = batch.work_list([case, corrected], as_of=WHEN)
    answers = [one.to_dict(personal=personal) for one in (case, corrected)]
    for answer in (*answers, todo.to_dict()):
        validator = Draft202012Validator(
            schema(answer["kind"]), format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        assert [error.message for error in validator.iter_errors(answer)] == []


def test_batch_convert(tmp_path):
    out = tmp_path / "old.CSV"
    answer = run("batch", "convert", EXAMPLE, "-o", out, "--to", "2A", status=1)
    assert answer["kind"] == "batch-convert"
    assert answer["converted"] + len(answer["left_out"]) == 500
    photo = tmp_path / "photo.CSV"
    photo.write_bytes(b"no batch file")
    answer = run("batch", "convert", photo, "-o", out, status=2)
    assert answer["kind"] == "batch-refused"


def test_batch_make(tmp_path):
    table = tmp_path / "export.csv"
    table.write_text(
        "ULN,Surname,Last name,Forename,Colour,Ethnicity,ID\n"
        "1000000043,Example,x,Ada,blue,31,7\n1,Example,x,Ben,red,31,8\n",
        encoding="utf-8",
    )
    command = ("batch", "make", table, "-o", tmp_path / "a.CSV", "--ukprn=10012345")
    refused = run(*command, DAY, status=2)
    assert [one["columns"] for one in refused["doubts"]] == [["B", "C"]]
    assert refused["files"] == []
    saved = tmp_path / "mapping.json"
    told = ("--map=FamilyName=Surname", "--take-likely", "--save-mapping", saved)
    answer = run(*command, DAY, *told, status=1)
    assert answer["kind"] == "batch-make"
    assert (answer["made"], answer["left_out"]) == (1, [3])
    mapping = json.loads(saved.read_text(encoding="utf-8"))
    Draft202012Validator(schema("batch-mapping")).validate(mapping)


ADA = {
    "uln": "9900000004",
    "given_name": "Ada",
    "family_name": "MacDonald",
    "date_of_birth": "2008-05-04",
    "gender": "2",
    "postcode": "ZA1 1AB",
    "middle_names": "Ann",
}
FIVE = ("given_name", "family_name", "date_of_birth", "gender", "postcode")


def asked(**changes):
    """Return the options that ask for Ada, some of them otherwise."""
    values = {name: ADA[name] for name in FIVE} | changes
    return [
        f"--{name.replace('_', '-')}={value}" for name, value in values.items() if value
    ]


@pytest.fixture
def small(tmp_path):
    """A register of one learner, and her sister's ULN that is merged into hers."""
    path = tmp_path / "small.db"
    with Register.open(path, synthetic=True) as made:
        made.add(Learner(**ADA))
        made.add(Learner(**(ADA | {"uln": "9900000012", "postcode": "ZB2 2LD"})))
        made.merge("9900000012", into="9900000004")
    return path


@pytest.mark.parametrize(
    ("changes", "outcome", "code", "status"),
    [
        ({}, "exact", "WSRC0004", 0),
        ({"middle_names": "Rose"}, "exact", "WSRC0004", 0),
        ({"postcode": "ZB2 2LD"}, "exact", "WSRC0022", 0),
        ({"given_name": "Zoe", "postcode": ""}, "possible", "WSRC0003", 0),
        ({"given_name": "MacDonald", "family_name": "Ada"}, "possible", "WSRC0003", 0),
        (
            {"given_name": "Ben", "family_name": "Other", "date_of_birth": ""},
            "none",
            "WSRC0001",
            1,
        ),
        (dict.fromkeys(FIVE, ""), "insufficient", "WSRC0015", 1),
    ],
    ids=["exact", "doubt", "linked", "twin", "swapped", "none", "insufficient"],
)
def test_register_search(small, changes, outcome, code, status):
    answer = run("register", "search", small, *asked(**changes), status=status)
    assert answer["kind"] == "register-search"
    assert (answer["outcome"], answer["response_code"]) == (outcome, code)
    assert len(answer["matches"]) == answer["found"] == 1 - status


def test_register_search_of_a_frequent_learner(tmp_path):
    path = tmp_path / "many.db"
    with Register.open(path, synthetic=True) as made:
        made.add_many(
            Learner(**(ADA | {"uln": one.uln})) for one in population(11, seed=1)
        )
    answer = run("register", "search", path, *asked(), status=1)
    assert (answer["outcome"], answer["response_code"]) == ("too_many", "WSRC0002")
    assert (answer["found"], answer["matches"]) == (11, [])


def test_register_calibrate(register):
    answer = run("register", "calibrate", register, EXAMPLE)
    assert answer["kind"] == "register-calibrate"
    assert len(answer["bands"]) == 8
    assert answer["matches"] == sum(band["matches"] for band in answer["bands"])


def test_verify(small, tmp_path):
    table, out = tmp_path / "entries.csv", tmp_path / "verified.csv"
    table.write_text(
        "ULN,GivenName,FamilyName\n9900000004,Ada,MacDonald\n9900000012,Ada,McDonald\n"
        "9900000004,Ben,Other\n1,Ada,MacDonald\n",
        encoding="utf-8",
    )
    answer = run("verify", table, "--register", small, "-o", out, status=1)
    assert answer["kind"] == "verify"
    assert answer["rows"] == 4
    assert [code for code, rows in answer["codes"].items() if rows] == [
        "WSVRC001",
        "WSVRC004",
        "WSVRC005",
    ]
    assert answer["not_checked"] == 1


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
    definitions = schema("batch-make")["properties"]["mapping"]["items"]["properties"]
    assert definitions["certainty"]["enum"] == [one.value for one in Certainty]
    words = schema("batch-run")["$defs"]["record"]["properties"]["happening"]["enum"]
    assert words == [one.value for one in Happening]
    definitions = schema("batch-join")["$defs"]
    assert definitions["fate"]["enum"] == [one.value for one in batch.Fate]
    answer = definitions["answer"]["properties"]
    assert answer["happenings"]["items"]["enum"] == [one.value for one in Happening]
    assert schema("batch-work-list")["$defs"]["answer"] == definitions["answer"]
    properties = schema("batch-exception")["properties"]
    assert properties["state"]["enum"] == [one.value for one in batch.ExceptionState]
    words = properties["reason"]["enum"]
    assert words == [None, *(one.value for one in batch.DiscardReason)]
    words = schema("uln-check")["$defs"]["result"]["properties"]["reason"]["enum"]
    assert words == [None, *(one.value for one in Reason)]
    definitions = schema("disclosure-check")
    words = definitions["properties"]["medium"]["enum"]
    assert words == [one.value for one in Medium]
    assert definitions["$defs"]["kind"]["enum"] == [one.value for one in Kind]
    codes = schema("verify")["properties"]["codes"]
    assert codes["required"] == [one.value for one in VerifyCode]
    definitions = schema("register-search")
    words = definitions["properties"]["outcome"]["enum"]
    assert words == [one.value for one in Outcome]
    match = definitions["$defs"]["match"]["properties"]
    words = match["tolerances"]["items"]["enum"]
    assert words == [one.value for one in Tolerance]
    assert match["conflicts"]["items"]["enum"] == [one.value for one in Conflict]
    words = definitions["$defs"]["field"]["properties"]["field"]["enum"]
    assert words == list(COMPARED)
