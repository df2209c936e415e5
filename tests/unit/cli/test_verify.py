"""`ulnlib verify`, as an awarding organisation uses it."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from ulnlib import Learner, Register
from ulnlib.cli.app import app

ADA = Learner(
    uln="1000000043",
    given_name="Ada",
    family_name="MacDonald",
    previous_family_name="Example",
    date_of_birth="2008-05-04",
    gender="2",
)
HEADINGS = "ULN,GivenName,FamilyName,DateOfBirth,Gender"
ADDED = "Verification,Meaning,Failed,Differs in,ULN to use"


def invoke(*args):
    return CliRunner().invoke(app, ["verify", *map(str, args)])


@pytest.fixture
def register(tmp_path):
    path = tmp_path / "register.db"
    with Register.open(path) as made:
        made.add(ADA)
        made.add(ADA.evolve(uln="1000000051", given_name="Adele"))
        made.merge("1000000051", into="1000000043")
    return path


@pytest.fixture
def verify(tmp_path, register):
    """Verify a table; give the result and the table that was written."""

    def run(content, *args):
        table = tmp_path / "entries.csv"
        table.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = tmp_path / "verified.csv"
        result = invoke(table, "--register", register, "-o", out, *args)
        return result, out.read_bytes().decode() if out.exists() else None

    return run


def verdicts(text):
    """Return what was added to each row."""
    head, *rows = csv.reader(io.StringIO(text))
    assert ",".join(head[-5:]) == ADDED
    return [tuple(row[-5:]) for row in rows]


@pytest.mark.parametrize(
    ("row", "added"),
    [
        ("1000000043,Ada,MacDonald,2008-05-04,2", ("001", "", "", "1000000043")),
        ("1000000043, ADA ,macdonald,,", ("001", "", "", "1000000043")),
        ("1000 000 043,Ada,MacDonald,,", ("001", "", "", "1000000043")),
        ("1000000051,Adele,MacDonald,2008-05-04,2", ("002", "", "", "1000000043")),
        (
            "1000000043,Ada,McDonald,2008-05-04,2",
            ("003", "VRF4 VRF5 VRF6", "Prefix or suffix", "1000000043"),
        ),
        (
            "1000000043,MacDonald,Ada,2008-05-04,2",
            ("003", "VRF1 VRF3 VRF5 VRF6", "Names changed over", "1000000043"),
        ),
        (
            "1000000043,Ada,Example,,",
            ("003", "VRF4 VRF5", "Previous family name", "1000000043"),
        ),
        (
            "1000000051,Adele,McDonald,2008-05-04,2",
            ("004", "VRF4 VRF5 VRF6", "Prefix or suffix", "1000000043"),
        ),
        ("1000000043,Ada,MacDonald,2008-05-05,2", ("005", "VRF7", "", "")),
        ("1000000043,Ada,MacDonald,2008-05-04,1", ("005", "VRF8", "", "")),
        ("1000000043,Ben,MacDonald,,", ("005", "VRF1 VRF2 VRF3", "", "")),
        ("9900000004,Ada,MacDonald,2008-05-04,2", ("006", "", "", "")),
    ],
    ids=[
        "equal",
        "case-and-spaces",
        "spaced-uln",
        "linked",
        "similar",
        "swapped",
        "previous",
        "linked-similar",
        "born",
        "gender",
        "another",
        "unknown",
    ],
)
def test_a_row_has_a_code_flags_and_the_uln_to_use(verify, row, added):
    result, text = verify(f"{HEADINGS}\n{row}\n")

    code, *rest = added
    [(found, meaning, *others)] = verdicts(text)
    assert found == f"WSVRC{code}"
    assert meaning
    assert others == rest
    assert result.exit_code == (0 if code in {"001", "002"} else 1)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (
            "1000000042,Ada,MacDonald,,",
            (
                "the last digit does not agree with the others; a digit is wrong or "
                "two have changed places"
            ),
        ),
        (",Ada,MacDonald,,", "a ULN has ten digits"),
        ("1000000043,,MacDonald,,", "both names are needed"),
        ("1000000043,Ada, ,,", "both names are needed"),
        ("1000000043", "both names are needed"),
        (
            "1000000043,Ada,MacDonald,4 May 2008,",
            "a date of birth is written YYYY-MM-DD",
        ),
        (
            "1000000043,Ada,MacDonald,2008-02-30,",
            "there is no such day in the calendar",
        ),
        (
            "1000000043,Ada,MacDonald,1789-02-03,",
            "the year is before 1800, the first that the service takes",
        ),
        (
            "1000000043,Ada,MacDonald,2208-05-04,",
            "the year is after 2099, the last that the service takes",
        ),
        ("1000000043,Ada,MacDonald,,7", "a gender is one of the codes 0, 1, 2, 9"),
        (
            "1000000043,Ada,MacDonald,,,more",
            "the row has more cells than headings, or an open quotation mark",
        ),
        (
            '1000000043,Ada,"MacDonald,,',
            "the row has more cells than headings, or an open quotation mark",
        ),
    ],
    ids=[
        "uln",
        "no-uln",
        "given",
        "family",
        "short",
        "written",
        "no-day",
        "early",
        "late",
        "gender",
        "long",
        "quote",
    ],
)
def test_a_row_that_cannot_be_read_says_why(verify, row, why):
    result, text = verify(f"{HEADINGS}\n{row}\n")

    [(found, meaning, *rest)] = verdicts(text)
    assert found == "not checked"
    assert meaning == why
    assert rest == ["", "", ""]
    assert result.exit_code == 1
    assert "not checked" in result.stdout


def test_a_table_of_full_matches_has_status_0_and_a_summary_of_nobody(verify):
    result, _ = verify(f"{HEADINGS}\n1000000043,Ada,MacDonald,2008-05-04,2\n")

    assert result.exit_code == 0
    assert result.stdout.startswith("entries.csv: 1 row ")
    assert "WSVRC001" in result.stdout
    assert "WSVRC005" not in result.stdout
    assert "VRF7 date of birth" in result.stdout
    assert "MacDonald" not in result.stdout


def test_the_summary_says_what_to_do(verify):
    result, _ = verify(f"{HEADINGS}\n1000000043,Ben,MacDonald,,\n")

    # The table breaks its lines where it wants.
    assert "Do not use this ULN for the learner" in " ".join(result.stdout.split())


def test_json_has_the_counts_of_every_code(verify):
    result, _ = verify(
        f"{HEADINGS}\n1000000043,Ada,MacDonald,,\n1000000043,Ben,Other,,\n"
        "9900000004,Ada,MacDonald,,\n1,Ada,MacDonald,,\n1000000043,Ben,Other,,\n",
        "--json",
    )

    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["rows"] == 5
    assert answer["codes"] == {
        "WSVRC001": 1,
        "WSVRC002": 0,
        "WSVRC003": 0,
        "WSVRC004": 0,
        "WSVRC005": 2,
        "WSVRC006": 1,
    }
    assert answer["not_checked"] == 1
    assert answer["is_synthetic"] is False
    assert answer["output"].endswith("verified.csv")


def test_an_invented_register_says_that_its_ulns_are_not_real(tmp_path):
    path, table = tmp_path / "try-out.db", tmp_path / "entries.csv"
    with Register.open(path, synthetic=True) as made:
        made.add(ADA.evolve(uln="9900000004"))
    table.write_text(f"{HEADINGS}\n9900000004,Ada,MacDonald,,\n", encoding="utf-8")
    result = invoke(table, "--register", path, "-o", tmp_path / "out.csv")

    assert result.exit_code == 0
    assert "no ULN shown here is real" in result.stdout


# --- the table ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings",
    [
        "ULN,GivenName,FamilyName,DateOfBirth,Gender",
        "uln,Given name,Family-name,Date of birth,GENDER",
        "Unique Learner Number,First Name,Surname,DOB,Sex",
        "L45,Forename,Last Name,Birth date,Sex",
        "\ufeffULN,Given names,family_name,date_of_birth,gender",
    ],
)
def test_columns_are_known_by_several_headings(verify, headings):
    result, text = verify(f"{headings}\n1000000043,Ada,MacDonald,2008-05-05,2\n")

    assert text.startswith(f"{headings},{ADDED}\n")
    assert verdicts(text)[0][:3:2] == ("WSVRC005", "VRF7")
    assert result.exit_code == 1


def test_a_tolerance_can_be_switched_off(verify):
    table = f"{HEADINGS}\n1000000043,Ada,McDonald,,\n1000000043,A,MacDonald,,\n"

    _, similar = verify(table)
    _, some = verify(table, "--without", "surname_affix")
    off = [f"--without={one}" for one in ("surname_affix", "sound", "spelling")]
    result, none = verify(table, *off, "--without", "initials")

    assert [row[0] for row in verdicts(similar)] == ["WSVRC003", "WSVRC003"]
    # McDonald is only spelled much like MacDonald now, or sounds like it.
    assert [row[3] for row in verdicts(some)] == ["Sound", "Initials"]
    assert [row[0] for row in verdicts(none)] == ["WSVRC005", "WSVRC005"]
    assert result.exit_code == 1


def test_what_is_no_tolerance_is_refused(verify):
    result, written = verify(f"{HEADINGS}\n", "--without", "zebra")

    assert (result.exit_code, written) == (2, None)


def test_columns_may_stand_anywhere_and_others_stay(verify):
    _, text = verify(
        "Entry,FamilyName,ULN,Note,GivenName\n"
        'E1,MacDonald,1000000043,"a, ""b""",Ada\nE2,MacDonald,1000000043,x,Ben\n'
    )

    assert text.splitlines() == [
        f"Entry,FamilyName,ULN,Note,GivenName,{ADDED}",
        (
            'E1,MacDonald,1000000043,"a, ""b""",Ada,WSVRC001,Every detail matches,,,'
            "1000000043"
        ),
        (
            "E2,MacDonald,1000000043,x,Ben,WSVRC005,ULN found; the details do not "
            "match,VRF1 VRF2 VRF3,,"
        ),
    ]


def test_without_date_of_birth_and_gender_only_names_are_compared(verify):
    result, _ = verify("ULN,GivenName,FamilyName\n1000000043,Ada,MacDonald\n")

    assert result.exit_code == 0


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_ends_stay_as_they_are(verify, end):
    rows = [HEADINGS, "1000000043,Ada,MacDonald,,", "", "1000000043,Ada,MacDonald,,"]
    _, text = verify(end.join(rows) + end)

    added = "WSVRC001,Every detail matches,,,1000000043"
    assert text == end.join(
        [f"{HEADINGS},{ADDED}", f"{rows[1]},{added}", "", f"{rows[1]},{added}", ""]
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "entries.csv: the file is empty"),
        (b"\x89PNG\r\n\x1a\n", "not a CSV text file"),
        (
            b"ULN,GivenName\n1000000043,Ada\n",
            "none of its 2 headings is a column such as familyname",
        ),
        (b"Ada\n", "none of its 1 heading is a column such as uln"),
        (
            b"ULN,GivenName,FamilyName,ULN\n1000000043,Ada,MacDonald,1000000051\n",
            "columns 1 and 4 both have a heading for ULN; rename or remove one of them",
        ),
        (
            b"ULN,Surname,GivenName,Sex,Family name\n1000000043,Ben,Ada,2,MacDonald\n",
            (
                "columns 2 and 5 both have a heading for Family name; rename or remove "
                "one of them"
            ),
        ),
        (
            b"ULN,GivenName,FamilyName,DOB,dob,DOB\n1000000043,Ada,MacDonald,,,\n",
            (
                "columns 4 and 5 both have a heading for Date of birth; rename or "
                "remove one of them"
            ),
        ),
        (
            b"ULN;GivenName;FamilyName\n1000000043;Ada;MacDonald\n",
            (
                "its cells are separated by semicolons, not by commas; save it as CSV "
                "(comma delimited)"
            ),
        ),
        (
            b"ULN\tGivenName\tFamilyName\n1000000043\tAda\tMacDonald\n",
            (
                "its cells are separated by tabs, not by commas; save it as CSV (comma "
                "delimited)"
            ),
        ),
    ],
    ids=[
        "empty",
        "picture",
        "column",
        "heading",
        "twice",
        "two-words",
        "thrice",
        "semicolon",
        "tab",
    ],
)
def test_a_table_that_cannot_be_used_is_one_line_and_nothing_is_written(
    verify, content, message
):
    result, text = verify(content)

    assert result.exit_code == 2
    assert result.stderr.startswith("ulnlib: ")
    assert result.stderr.rstrip("\n").endswith(message)
    assert len(result.stderr.splitlines()) == 1
    assert text is None


def test_a_table_without_headings_shows_no_person(verify):
    result, _ = verify("1000000043,Ada,MacDonald\n")

    assert result.exit_code == 2
    assert "MacDonald" not in result.output


def test_headings_alone_are_no_rows(verify):
    result, text = verify(f"{HEADINGS}\n")

    assert result.exit_code == 0
    assert text == f"{HEADINGS},{ADDED}\n"
    assert "0 rows" in result.stdout


# --- files --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["entries.csv", "register.db"])
def test_what_is_read_is_never_written_over(tmp_path, register, name):
    table = tmp_path / "entries.csv"
    table.write_text(f"{HEADINGS}\n", encoding="utf-8")
    before = (tmp_path / name).read_bytes()
    result = invoke(table, "--register", register, "-o", tmp_path / name)

    assert result.exit_code == 2
    assert "is what is read" in result.stderr
    assert (tmp_path / name).read_bytes() == before


def test_a_register_is_needed(tmp_path):
    table = tmp_path / "entries.csv"
    table.write_text(f"{HEADINGS}\n", encoding="utf-8")
    result = invoke(table, "-o", tmp_path / "out.csv")

    assert result.exit_code == 2
    assert "--register" in result.stderr


def test_a_file_that_is_no_register_is_one_line_and_nothing_is_written(tmp_path):
    table, out = tmp_path / "entries.csv", tmp_path / "out.csv"
    table.write_text(f"{HEADINGS}\n1000000043,Ada,MacDonald,,\n", encoding="utf-8")
    result = invoke(table, "--register", table.with_name("x"), "-o", out)
    assert result.exit_code == 2

    other = tmp_path / "other.db"
    other.write_bytes(b"not a database, whatever it is called" * 40)
    result = invoke(table, "--register", other, "-o", out)

    assert result.exit_code == 2
    assert result.stderr.startswith("ulnlib: other.db is no register: ")
    assert not out.exists()


def test_a_register_is_not_changed(verify, register):
    before = register.read_bytes()
    verify(f"{HEADINGS}\n1000000043,Ada,McDonald,,\n")

    assert register.read_bytes() == before
