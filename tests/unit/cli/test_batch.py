"""`ulnlib batch check` and `ulnlib batch run`, as a person and a program use them."""

import json
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner

from ulnlib import Learner, Register, batch
from ulnlib.cli.app import app
from ulnlib.testing import population

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
DAY = "--as-of=2026-11-21"


def invoke(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


@pytest.fixture
def enrolment(tmp_path):
    def write(*learners, name="LRB_10012345_211120260900.CSV"):
        made = batch.make(learners, ukprn="10012345", file_name="x")
        path = tmp_path / name
        path.write_bytes(batch.write(made))
        return path

    return write


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.db"
    with Register.open(path, synthetic=True) as made:
        made.register(ADA)
    return path


# --- check ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "name"), [("utf-8", "UTF-8"), ("latin-1", "ISO-8859-1")]
)
def test_an_xml_file_is_checked_as_a_csv_file_is(tmp_path, encoding, name):
    made = batch.make(
        [ADA.evolve(given_name="Zo\u00eb")], ukprn="10012345", file_name="x"
    )
    style = batch.Style(form="XML", encoding=encoding)
    path = tmp_path / "LRB_10012345_211120260900.XML"
    path.write_bytes(batch.write(attrs.evolve(made, style=style)))

    result = invoke("batch", "check", path, DAY)
    assert result.exit_code == 0
    assert f"LRB 3A, 1 learner, {name}; ages" in result.output
    path.write_bytes(b"<!DOCTYPE x>" + path.read_bytes().partition(b"?>")[2])
    result = invoke("batch", "check", path, DAY)
    assert result.exit_code == 2
    assert "xml-doctype" in result.output


def test_the_register_is_not_written_over(tmp_path, register):
    path = tmp_path / "LRB_10012345_211120260900.CSV"
    path.write_bytes(batch.write(batch.make([ADA], ukprn="10012345", file_name="x")))
    for name in ("SYNTHETIC_OUTPUT.CSV", "SYNTHETIC_EXCEPTIONS.csv"):
        own = register.rename(tmp_path / f"{path.stem}_{name}")
        before = own.read_bytes()

        result = invoke("batch", "run", path, "--register", own, DAY)

        assert result.exit_code == 2
        assert "is what is read" in result.output
        assert own.read_bytes() == before
        register = own


def test_an_xml_file_is_run_and_its_output_is_a_csv_file(tmp_path, register):
    made = batch.make([ADA], ukprn="10012345", file_name="x")
    style = batch.Style(form="XML", encoding="latin-1", line_end="")
    path = tmp_path / "LRB_10012345_211120260900.XML"
    path.write_bytes(batch.write(attrs.evolve(made, style=style)))
    out = tmp_path / "out"

    result = invoke(
        *("batch", "run", path, "--register", register, "--job", "FUL", "-o", out, DAY)
    )
    assert result.exit_code == 0, result.output
    outputs = [batch.read(one) for one in sorted(out.iterdir())]
    (codes,) = [
        [record.return_code for record in one.records] for one in outputs if one.records
    ]
    assert codes == ["RC002"]


ILR_FILE = """\
<Message xmlns="ESFA/ILR/2025-26">
<Learner><LearnRefNumber>Q-1</LearnRefNumber><ULN>9999999999</ULN></Learner>
<Learner><LearnRefNumber>Q-2</LearnRefNumber><ULN>1000000044</ULN></Learner>
</Message>"""


def test_an_ilr_has_its_ulns_checked(tmp_path):
    path = tmp_path / "ILR-10012345-2526.xml"
    path.write_text(ILR_FILE, encoding="utf-8")

    result = invoke("batch", "check", path)
    assert result.exit_code == 1
    assert "ILR 2025-26, 2 learners" in result.output
    assert "ages counted" not in result.output
    assert "Q-2" not in result.output
    assert result.output.splitlines()[5].split()[:2] == ["1", "warning"]
    assert "Q-2" in invoke("batch", "check", path, "--reveal").output
    answer = json.loads(invoke("batch", "check", path, "--json").stdout)
    assert (answer["layout"], answer["errors"], answer["warnings"]) == (
        *("ILR 2025-26", 1, 1),
    )


def test_pupils_of_a_ctf_are_checked(tmp_path):
    path = tmp_path / "pupils.xml"
    path.write_text(
        "<CTfile><CTFpupilData><Pupil><Surname>Quill</Surname></Pupil>"
        "</CTFpupilData></CTfile>",
        encoding="utf-8",
    )

    result = invoke("batch", "check", path, "--advice")
    assert result.exit_code == 1
    assert "CTF, 1 pupil" in result.output
    assert "mandatory-missing" in result.output
    assert "Quill" not in result.output


def test_a_clean_file_is_said_to_be_clean(enrolment):
    result = invoke("batch", "check", enrolment(ADA), DAY)

    assert result.exit_code == 0
    assert "LRB 3A, 1 learner, UTF-8; ages counted on 2026-11-21" in result.output
    assert "layout of this version is not public" in result.output
    assert "Nothing is wrong with it." in result.output


def test_warnings_alone_are_no_failure(enrolment):
    path = enrolment(ADA.evolve(postcode="ZZ99 9ZZ"))

    result = invoke("batch", "check", path, DAY)

    assert result.exit_code == 0
    assert "0 errors, 1 warning." in result.output


def test_an_error_says_what_where_and_what_to_do_and_status_1(enrolment):
    path = enrolment(ADA.evolve(date_of_birth="04/05/2008"))

    result = invoke("batch", "check", path, DAY)

    assert result.exit_code == 1
    assert "date-excel" in result.output
    assert "1 error, 0 warnings." in result.output
    assert "04/05/2008" not in result.output


def test_the_text_found_wrong_is_shown_only_when_asked_for(enrolment):
    path = enrolment(ADA, ADA.evolve(mis_identifier="M2", date_of_birth="04/05/2008"))

    result = invoke("batch", "check", path, DAY, "--reveal")

    assert "'04/05/2008'" in result.output


def test_many_findings_are_summed_up_and_all_of_them_written(enrolment, tmp_path):
    rows = [
        ADA.evolve(mis_identifier=f"M{n}", family_name=f"Name{n}", gender="F")
        for n in range(30)
    ]
    out = tmp_path / "findings.csv"

    result = invoke("batch", "check", enrolment(*rows), DAY, "-o", out)

    assert result.exit_code == 1
    assert "30 findings, the first 20" in result.output
    table = out.read_bytes().decode("utf-8-sig").splitlines()
    assert len(table) == 31
    assert table[1].startswith("2,2,gender,error,code-word,")


def test_advice_is_given_when_asked_for(enrolment):
    path = enrolment(ADA)

    result = invoke("batch", "check", path, DAY, "--advice")

    assert result.exit_code == 0
    assert "email-missing" in result.output
    assert "email-missing" not in invoke("batch", "check", path, DAY).output


def test_prohibited_words_and_postcodes_come_from_lists(enrolment, tmp_path):
    words, prisons = tmp_path / "words.txt", tmp_path / "prisons.txt"
    words.write_text("a phrase\n\nexample\n")
    prisons.write_text("za11ab\n")

    result = invoke(
        *("batch", "check", enrolment(ADA), DAY, "--prohibited-words", words),
        *("--prohibited-postcodes", prisons, "--reveal"),
    )

    assert result.exit_code == 1
    assert "prohibited-word" in result.output
    assert "prohibited-postcode" in result.output
    assert "Found: 'Example'" in result.output


def test_a_list_that_is_no_text_is_status_2(enrolment, tmp_path):
    words = tmp_path / "words.xlsx"
    words.write_bytes(b"PK\x03\x04 rest of a workbook")

    result = invoke("batch", "check", enrolment(ADA), "--prohibited-words", words)

    assert result.exit_code == 2
    assert "not a text" in result.output


def test_a_file_of_another_kind_is_status_2(tmp_path):
    path = tmp_path / "LRB_10012345_211120260900.CSV"
    path.write_bytes(b"PK\x03\x04 rest of a workbook")

    result = invoke("batch", "check", path, DAY)

    assert result.exit_code == 2
    assert "Excel workbook" in result.output


def test_a_path_that_is_not_there_is_status_2(tmp_path):
    assert invoke("batch", "check", tmp_path / "none.CSV").exit_code == 2
    assert invoke("batch", "check", tmp_path).exit_code == 2


def test_a_day_that_is_none_is_refused(enrolment):
    result = invoke("batch", "check", enrolment(ADA), "--as-of=21/11/2026")

    assert result.exit_code == 2
    assert "YYYY-MM-DD" in result.output


def test_today_is_the_default_day(enrolment):
    result = invoke("batch", "check", enrolment(ADA), "--json")

    assert json.loads(result.output)["as_of"] >= "2026-01-01"


def test_check_gives_json(enrolment):
    path = enrolment(ADA.evolve(gender="F"))

    result = invoke("batch", "check", path, DAY, "--json", "-o", path.parent / "f.csv")
    found = json.loads(result.output)

    assert result.exit_code == 1
    assert found["kind"] == "batch-check"
    assert (found["version"], found["records"], found["errors"]) == (1, 1, 1)
    assert found["layout_evidence"] == "assumed"
    assert found["issues"][0]["code"] == "code-word"
    assert found["issues"][0]["return_code"] == "RC011"


def test_a_file_that_is_windows_1252_is_named_as_such(tmp_path):
    made = batch.make([ADA.evolve(given_name="Zoë")], ukprn="10012345", file_name="x")
    path = tmp_path / "LRB_10012345_211120260900.CSV"
    path.write_bytes(batch.write(made).decode().encode("cp1252"))

    assert "Windows-1252" in invoke("batch", "check", path, DAY).output


# --- run --------------------------------------------------------------------------


def test_chk_is_the_default_and_writes_nothing_to_the_register(enrolment, register):
    path = enrolment(ADA.evolve(title="Dr"))
    before = register.read_bytes()

    result = invoke("batch", "run", path, "--register", register, DAY)

    assert result.exit_code == 0
    assert "searched and not changed" in result.output
    assert register.read_bytes() == before


def test_ful_writes_two_files_and_says_what_happened(enrolment, register, tmp_path):
    out = tmp_path / "out"
    new = ADA.evolve(
        mis_identifier="M2",
        given_name="Zed",
        family_name="Other",
        date_of_birth="2001-02-03",
    )
    near = ADA.evolve(mis_identifier="M3", gender="9")
    path = enrolment(ADA, new, near, ADA.evolve(mis_identifier="M4", gender="F"))

    result = invoke(
        "batch", "run", path, "--register", register, "--job", "ful", DAY, "-o", out
    )

    assert result.exit_code == 0, result.output
    assert "2 of 4 are done" in result.output
    assert "2 need a person, by 5 January 2027" in result.output
    assert "no ULN shown here is real" in result.output
    names = sorted(path.name for path in out.iterdir())
    stem = "LRB_10012345_211120260900_SYNTHETIC"
    assert names == [f"{stem}_EXCEPTIONS.csv", f"{stem}_OUTPUT.CSV"]
    assert b"RC007" in (out / names[0]).read_bytes()
    assert (out / names[1]).read_bytes().count(b"\r\n") == 5
    for personal in ("Ada", "Zed", "Example", "ZA1", "2008"):
        assert personal not in result.output


def test_the_same_file_again_says_so(enrolment, register):
    path = enrolment(ADA)
    args = ("batch", "run", path, "--register", register, "--job", "FUL", DAY)

    invoke(*args)
    result = invoke(*args)

    assert "was run before" in result.output


@pytest.mark.parametrize(
    ("matching", "code"),
    [
        ((), b"RC001"),
        (("--matching", "service"), b"RC001"),
        (("--matching", "appendix-b"), b"RC007"),
    ],
    ids=["default", "service", "appendix-b"],
)
def test_the_tolerances_of_appendix_b_are_an_option(
    enrolment, register, tmp_path, matching, code
):
    path = enrolment(ADA.evolve(given_name="Adah", postcode="ZD9 8YY"))
    args = ("batch", "run", path, "--register", register, "--job", "FUL", DAY)

    result = invoke(*args, *matching)

    assert result.exit_code == 0
    (output,) = tmp_path.glob("*_OUTPUT.CSV")
    assert output.read_bytes().rstrip().endswith(code)
    (exceptions,) = tmp_path.glob("*_EXCEPTIONS.csv")
    words = b"(differs in given name: spelling, another postcode)"
    assert (words in exceptions.read_bytes()) == (code == b"RC007")


def test_a_twin_found_near_does_not_hide_the_right_one(enrolment, tmp_path):
    """A learner who moved and is misspelt stands before a twin who is found near."""
    path = tmp_path / "twins.db"
    with Register.open(path, synthetic=True) as register:
        twin = register.register(ADA.evolve(mis_identifier=None, given_name="Zed"))
        right = register.register(
            ADA.evolve(mis_identifier=None, given_name="Adah", postcode="ZD9 8YY")
        )
    args = ("batch", "run", enrolment(ADA), "--register", path, "--job", "FUL", DAY)

    by_way = {
        way: json.loads(invoke(*args, "--matching", way, "--json").output)
        for way in ("service", "appendix-b")
    }

    for answer in by_way.values():
        (record,) = answer["records"]
        assert (record["return_code"], record["uln"]) == ("RC007", None)
    only_twin = {
        "uln": str(twin),
        "differing": ["given_name"],
        "by_field": {"given_name": "given_name"},
    }
    right_one = {
        "uln": str(right),
        "differing": ["spelling", "moved"],
        "by_field": {"given_name": "spelling", "postcode": "moved"},
    }
    assert by_way["service"]["records"][0]["candidates"] == [only_twin]
    assert by_way["appendix-b"]["records"][0]["candidates"] == [right_one, only_twin]
    (exceptions,) = tmp_path.glob("*_EXCEPTIONS.csv")
    assert (
        f"candidates: {right} (differs in given name: spelling, another postcode); "
        f"{twin} (another given name)"
    ).encode() in exceptions.read_bytes()
    with Register.open(path) as register:
        assert len(register) == 2


def test_the_same_file_with_other_tolerances_is_another_run(enrolment, register):
    path = enrolment(ADA.evolve(gender="9"))
    args = ("batch", "run", path, "--register", register, "--job", "FUL", DAY)

    invoke(*args)

    assert "was run before" not in invoke(*args, "--matching", "appendix-b").output
    assert "was run before" in invoke(*args, "--matching", "appendix-b").output


def test_a_way_of_matching_that_there_is_not_is_refused(enrolment, register):
    args = ("batch", "run", enrolment(ADA), "--register", register, DAY)

    result = invoke(*args, "--matching", "guess")

    assert result.exit_code == 2
    assert "service" in result.stderr
    assert "appendix-b" in result.stderr


def test_run_gives_json(enrolment, register):
    path = enrolment(ADA)

    result = invoke("batch", "run", path, "--register", register, DAY, "--json")
    found = json.loads(result.output)

    assert (found["version"], found["kind"], found["job"]) == (1, "batch-run", "CHK")
    assert found["is_synthetic"] is True
    assert Path(found["files"]["output"]).exists()
    assert found["records"][0]["return_code"] == "RC002"


def test_a_file_with_errors_as_a_whole_is_refused_with_status_2(enrolment, register):
    path = enrolment(ADA)
    path.write_bytes(path.read_bytes().replace(b"10012345,1,", b"10012345,7,"))
    args = ("batch", "run", path, "--register", register, "--job", "FUL", DAY)

    result = invoke(*args)

    assert result.exit_code == 2
    assert "nothing was written" in result.stderr
    assert "record-count" in result.stderr
    assert list(path.parent.glob("*OUTPUT*")) == []
    as_json = invoke(*args, "--json")
    assert as_json.exit_code == 2
    assert json.loads(as_json.output)["kind"] == "batch-refused"
    assert invoke(*args, "--lenient").exit_code == 0


def test_a_register_that_is_none_is_one_line_and_status_2(enrolment, tmp_path):
    other = tmp_path / "other.db"
    other.write_bytes(b"not a database at all, but long enough to look at" * 20)

    result = invoke("batch", "run", enrolment(ADA), "--register", other, DAY)

    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("ulnlib: ")


def test_more_kinds_of_defect_than_fit_are_in_the_table(enrolment, register):
    changes = [
        {"gender": "F"},
        {"gender": "7"},
        {"email": "none"},
        {"email": "a@b"},
        {"postcode": "X"},
        {"date_of_birth": "1/2/2008"},
        {"date_of_birth": "1/2/08"},
        {"given_name": "x" * 36},
    ]
    rows = [
        ADA.evolve(mis_identifier=f"M{n}", family_name=f"N{n}", **change)
        for n, change in enumerate(changes)
    ]

    result = invoke("batch", "run", enrolment(*rows), "--register", register, DAY)

    assert "2 more kinds of defect" in result.output


def test_a_screen_that_knows_no_lines_gets_plain_ones(enrolment, register, monkeypatch):
    path = enrolment(ADA.evolve(gender="F"))

    result = CliRunner(charset="cp1252").invoke(
        app, ["batch", "run", str(path), "--register", str(register), DAY]
    )

    assert result.exit_code == 0
    assert "RC011" in result.output


# --- register build ---------------------------------------------------------------


@pytest.mark.parametrize("layout", [batch.VLD, batch.ACHIEVEMENT], ids=str)
def test_no_register_is_made_of_a_file_that_only_asks(tmp_path, layout):
    learner = Learner(uln="1000000043", given_name="Ada", family_name="Example")
    file = batch.make([learner], ukprn="10012345", file_name="x", layout=layout)
    path = tmp_path / "ask.csv"
    path.write_bytes(batch.write(file))

    result = invoke("register", "build", tmp_path / "r.db", path)

    assert result.exit_code == 2
    assert "no LRB file" in result.stderr
    assert not (tmp_path / "r.db").exists()


def test_a_register_of_invented_learners_says_that_they_are(tmp_path):
    path = tmp_path / "r.db"

    result = invoke("register", "build", path, "--synthetic", 1500)

    assert result.exit_code == 0
    assert "1,500 records" in result.output
    assert "no ULN shown here is real" in result.output
    with Register.open(path) as made:
        assert made.is_synthetic
        assert len(made) == 1500
    assert [p.name for p in tmp_path.iterdir()] == ["r.db"]


def test_a_register_is_built_from_files_whose_learners_have_ulns(enrolment, tmp_path):
    people = [
        p.evolve(mis_identifier=f"M{n}", ability_to_share="1")
        for n, p in enumerate(population(5))
    ]
    path = enrolment(*people, ADA, ADA.evolve(uln="1000000042", mis_identifier="M9"))
    made = tmp_path / "r.db"

    result = invoke("register", "build", made, path)

    assert result.exit_code == 0, result.output
    assert "5 records" in result.output
    assert (
        "2 rows without a ULN of their own, or with errors, left out." in result.output
    )
    with Register.open(made) as register:
        assert not register.is_synthetic


def test_the_output_of_a_run_can_be_loaded_and_its_ulns_stay_invented(
    enrolment, register, tmp_path
):
    path = enrolment(ADA, ADA.evolve(mis_identifier="M2", gender="9", uln="1000000043"))
    invoke("batch", "run", path, "--register", register, DAY)
    (output,) = tmp_path.glob("*_OUTPUT.CSV")

    result = invoke("register", "build", tmp_path / "own.db", output)

    assert result.exit_code == 0, result.output
    assert "1 record\n" in result.output
    assert (
        "1 row without a ULN of their own, or with errors, left out." in result.output
    )
    assert "no ULN shown here is real" in result.output
    with Register.open(tmp_path / "own.db") as made:
        assert made.is_synthetic


def test_invented_and_real_ulns_are_not_mixed(enrolment, register, tmp_path):
    path = enrolment(ADA)
    invoke("batch", "run", path, "--register", register, DAY)
    (output,) = tmp_path.glob("*_OUTPUT.CSV")
    real = enrolment(ADA.evolve(uln="1000000043"), name="LRB_10012345_211120260903.CSV")

    result = invoke("register", "build", tmp_path / "own.db", output, real)

    assert result.exit_code == 2
    assert "a register of each" in result.stderr


def test_build_gives_json(tmp_path):
    result = invoke("register", "build", tmp_path / "r.db", "--synthetic", 3, "--json")

    assert json.loads(result.output) == {
        "version": 1,
        "kind": "register-build",
        "register": str(tmp_path / "r.db"),
        "records": 3,
        "merged": 0,
        "skipped": 0,
        "is_synthetic": True,
    }


def test_a_register_that_is_there_is_overwritten_only_on_request(tmp_path):
    path = tmp_path / "r.db"
    invoke("register", "build", path, "--synthetic", 3)

    refused = invoke("register", "build", path, "--synthetic", 4)
    replaced = invoke("register", "build", path, "--synthetic", 4, "--replace")

    assert (refused.exit_code, replaced.exit_code) == (2, 0)
    assert "--replace" in refused.stderr
    assert "4 records" in replaced.output


def test_build_wants_files_or_a_number(tmp_path):
    result = invoke("register", "build", tmp_path / "r.db")

    assert result.exit_code == 2
    assert "--synthetic" in result.stderr


def test_when_a_file_is_no_batch_file_no_register_is_left(enrolment, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"name\r\nx\r\n")

    result = invoke("register", "build", tmp_path / "r.db", path)

    assert result.exit_code == 2
    assert "list.csv" in result.stderr
    assert [p.name for p in tmp_path.iterdir()] == ["list.csv"]


def test_the_same_uln_in_two_files_is_refused(enrolment, tmp_path):
    (person,) = population(1)
    one = enrolment(person, name="LRB_10012345_211120260901.CSV")
    two = enrolment(person, name="LRB_10012345_211120260902.CSV")

    result = invoke("register", "build", tmp_path / "r.db", one, two)

    assert result.exit_code == 2
    assert "901.CSV, row 2 already" in result.stderr
    assert not (tmp_path / "r.db").exists()


# --- nothing is lost --------------------------------------------------------------


def test_the_file_that_is_read_is_never_written_over(enrolment, tmp_path):
    path = enrolment(ADA)
    before = path.read_bytes()

    result = invoke("batch", "check", path, DAY, "-o", path)

    assert result.exit_code == 2
    assert "another name" in result.stderr
    assert path.read_bytes() == before


def test_replace_writes_only_over_a_register(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("dear sir", encoding="utf-8")

    result = invoke("register", "build", path, "--synthetic", 3, "--replace")

    assert result.exit_code == 2
    assert path.read_text(encoding="utf-8") == "dear sir"


def test_a_folder_that_cannot_be_written_stops_a_run_before_it_begins(
    enrolment, register, tmp_path
):
    path = enrolment(ADA.evolve(title="Dr"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    args = ("batch", "run", path, "--register", register, "--job", "FUL", DAY)

    result = invoke(*args, "-o", tmp_path / "file" / "folder")

    assert result.exit_code == 2
    with Register.open(register) as held:
        assert next(held.learners()).version == 1


def test_when_the_files_fail_after_the_run_it_says_how_to_get_them(
    enrolment, register, monkeypatch
):
    path = enrolment(ADA.evolve(title="Dr"))
    args = ("batch", "run", path, "--register", register, "--job", "FUL", DAY)

    def full(self):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(batch.RunResult, "exceptions_table", full)
        result = invoke(*args)

    assert result.exit_code == 2
    assert "the register was updated" in result.stderr
    assert list(path.parent.glob("*OUTPUT*")) == []
    again = invoke(*args)
    assert again.exit_code == 0
    assert "was run before" in again.output
    assert len(list(path.parent.glob("*OUTPUT*"))) == 1


def test_an_empty_file_does_not_become_a_register(enrolment, tmp_path):
    path = tmp_path / "zero.db"
    path.write_bytes(b"")

    result = invoke("batch", "run", enrolment(ADA), "--register", path, "--job", "FUL")

    assert result.exit_code == 2
    assert path.read_bytes() == b""


@pytest.mark.parametrize("day", ["0050-01-01", "9999-12-31"])
def test_a_day_beyond_all_reason_is_refused(enrolment, day):
    result = invoke("batch", "check", enrolment(ADA), f"--as-of={day}")

    assert result.exit_code == 2
    assert "1990 to 2100" in result.stderr


def test_a_run_says_whose_ability_to_share_was_kept(enrolment, register):
    path = enrolment(ADA.evolve(ability_to_share="0"))

    result = invoke("batch", "run", path, "--register", register, "--job", "FUL", DAY)

    assert "1 learner found keep their ability to share" in result.output
    assert "(rows 2)" in result.output


def test_rows_with_errors_are_not_loaded_into_a_register(enrolment, tmp_path):
    (person,) = population(1)
    path = enrolment(person.evolve(date_of_birth="04/05/2007"))

    result = invoke("register", "build", tmp_path / "r.db", path)

    assert "0 records" in result.output
    assert "1 row without a ULN of their own, or with errors" in result.output


def test_a_file_with_errors_as_a_whole_is_not_loaded(enrolment, tmp_path):
    (person,) = population(1)
    path = enrolment(person)
    path.write_bytes(path.read_bytes().replace(b",GivenName,", b",Givenname,"))

    result = invoke("register", "build", tmp_path / "r.db", path)

    assert result.exit_code == 2
    assert "heading-misspelt" in result.stderr
    assert not (tmp_path / "r.db").exists()
