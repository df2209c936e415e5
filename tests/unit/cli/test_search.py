"""`ulnlib register search` and `calibrate`, as a person and a program use them."""

import itertools
import json

import pytest
from click.testing import CliRunner

from ulnlib import Learner, Register, batch
from ulnlib.cli.app import app
from ulnlib.matching import PER_KEY_LIMIT, Outcome, SearchResult
from ulnlib.register import synthetic_ulns

ADA = Learner(
    uln="1000000043",
    given_name="Ada",
    family_name="MacDonald",
    date_of_birth="2008-05-04",
    gender="2",
    postcode="ZA1 1AB",
)
FIVE = (
    "--given-name=Ada",
    "--family-name=MacDonald",
    "--date-of-birth=2008-05-04",
    "--gender=2",
    "--postcode=ZA1 1AB",
)
NEAR = ("--given-name=Ada", "--family-name=McDonald", *FIVE[2:])


def invoke(*args):
    return CliRunner().invoke(app, ["register", *map(str, args)])


@pytest.fixture
def college(tmp_path):
    """Make a register of real ULNs with the learners that are given."""

    def make(*learners):
        path = tmp_path / "college.db"
        with Register.open(path) as made:
            for learner in learners:
                made.add(learner)
        return path

    return make


def found(path, *args, status=0):
    result = invoke("search", path, *args, "--json")
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


# --- what a person sees -------------------------------------------------------------


def test_a_learner_with_exactly_these_details_is_named_with_every_field(college):
    result = invoke("search", college(ADA), *FIVE)

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "One learner has exactly these details. (WSRC0004, exact)"
    assert lines[1:3] == ["", "1. ULN 1000000043"]
    assert [line.split()[0] for line in lines[3:10]] == [
        "Field", "Given", "Family", "Both", "Date", "Gender", "Last",
    ]  # fmt: skip
    assert lines[10] == "   Probability over 99.9%."


def test_a_learner_who_may_be_the_one_is_named_with_what_differs_and_why(college):
    result = invoke("search", college(ADA), *NEAR)

    assert result.exit_code == 0
    assert result.stdout.startswith(
        "These may be the learner, the likeliest first. (WSRC0003, possible)\n"
    )
    [line] = [one for one in result.stdout.splitlines() if "Family name" in one]
    for cell in ("McDonald", "MacDonald", "prefix or suffix", "Appendix B"):
        assert cell in line


def test_when_nobody_is_found_the_status_is_1(college):
    result = invoke("search", college(ADA), "--given-name=Ben", "--family-name=Other",
                    "--date-of-birth=1999-12-31")  # fmt: skip

    assert result.exit_code == 1
    assert result.stdout == (
        "Nobody in this register may be the learner. (WSRC0001, none)\n\n"
    )


@pytest.mark.parametrize("args", [(), ("--given-name=Ada",), ("--town=Town",)])
def test_too_little_to_search_by_is_said_and_has_status_1(college, args):
    result = invoke("search", college(ADA), *args)

    assert result.exit_code == 1
    assert result.stdout == (
        "This is too little to search by: give names and a date of birth or a "
        "postcode. (WSRC0015, insufficient)\n\n"
    )


def test_more_than_ten_are_not_named_and_the_status_is_1(college, ulns):
    many = [ADA.evolve(uln=uln) for uln in ulns[:11]]
    path = college(*many)
    result = invoke("search", path, *NEAR)

    assert result.exit_code == 1
    assert result.stdout == (
        "More than ten may be the learner: say more. (WSRC0002, too_many)\n\n"
    )
    answer = found(path, *NEAR, status=1)
    assert (answer["found"], answer["matches"]) == (11, [])


NOT_ALL = (
    "Too many records share these details, and not all were compared: give more "
    "details, such as a previous name or another postcode. (WSRC0002, too_many)\n\n"
)


def test_when_not_all_were_compared_nobody_says_that_more_than_ten_may_be(college):
    # They share two details, and differ in the others: nobody is near.
    many = [
        ADA.evolve(uln=uln, family_name="Zander", date_of_birth="1999-11-12")
        for uln in itertools.islice(synthetic_ulns(), PER_KEY_LIMIT + 1)
    ]
    path = college(*many)
    asked = (*FIVE, "--floor=0.99")
    result = invoke("search", path, *asked)

    assert (result.exit_code, result.stdout) == (1, NOT_ALL)
    answer = found(path, *asked, status=1)
    assert (answer["outcome"], answer["found"]) == ("too_many", 0)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, NOT_ALL),
        (10, NOT_ALL),
        (11, "More than ten may be the learner: say more. (WSRC0002, too_many)\n\n"),
    ],
)
def test_what_is_said_of_too_many_goes_by_how_many_were_found(
    college, monkeypatch, count, said
):
    answer = SearchResult(outcome=Outcome.TOO_MANY, found=count)
    monkeypatch.setattr(Register, "search", lambda *_: answer)

    assert invoke("search", college(ADA), *NEAR).stdout == said


def test_ten_are_named(college, ulns):
    path = college(*[ADA.evolve(uln=uln) for uln in ulns[:10]])
    result = invoke("search", path, *NEAR)

    assert result.exit_code == 0
    assert "10. ULN " in result.stdout


def test_a_merged_uln_is_answered_with_its_master(college):
    path = college(ADA, ADA.evolve(uln="1000000051", postcode="ZB2 2LD"))
    with Register.open(path) as register:
        register.merge("1000000051", into="1000000043")
    asked = (*FIVE[:4], "--postcode=ZB2 2LD")
    result = invoke("search", path, *asked)

    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "One learner has exactly these details. (WSRC0022, exact)"
    assert lines[2] == ("1. ULN 1000000043, the master of 1000000051, which was found")
    [match] = found(path, *asked)["matches"]
    assert (match["uln"], match["linked_from"]) == ("1000000043", "1000000051")


def test_an_invented_register_says_that_its_ulns_are_not_real(tmp_path):
    path = tmp_path / "try-out.db"
    with Register.open(path, synthetic=True) as register:
        register.add(ADA.evolve(uln="9900000004"))
    result = invoke("search", path, *FIVE)

    assert result.stdout.endswith(
        "The learners and ULNs of this register are invented: no ULN shown here is "
        "real. Only the Learning Records Service issues ULNs.\n"
    )
    assert found(path, *FIVE)["is_synthetic"] is True


def test_a_register_of_real_ulns_says_nothing_of_the_kind(college):
    path = college(ADA)

    assert "invented" not in invoke("search", path, *FIVE).stdout
    assert found(path, *FIVE)["is_synthetic"] is False


def test_what_a_terminal_would_obey_is_not_printed(college):
    path = college(ADA.evolve(place_of_birth="A\x1b[31mB"))
    result = invoke("search", path, *FIVE, "--place-of-birth=A\x1b[31mC")

    assert "A?[31mB" in result.stdout
    assert "\x1b" not in result.stdout


# --- options ------------------------------------------------------------------------


def test_a_tolerance_can_be_switched_off(college):
    path = college(ADA)
    with_all = found(path, *NEAR)["matches"][0]
    [match] = found(path, *NEAR, "--without=surname_affix")["matches"]

    assert with_all["tolerances"] == ["surname_affix"]
    assert "surname_affix" not in match["tolerances"]
    assert match["weight"] < with_all["weight"]


def test_several_tolerances_can_be_switched_off(college):
    path = college(ADA)
    without = [f"--without={name}" for name in ("surname_affix", "spelling", "sound")]
    [match] = found(path, *NEAR, *without)["matches"]

    assert match["tolerances"] == ["family_name"]


def test_only_tolerances_can_be_switched_off(college):
    result = invoke("search", college(ADA), *FIVE, "--without=family_name")

    assert result.exit_code == 2
    assert "--without" in result.stderr


@pytest.mark.parametrize(("floor", "status"), [("0.9", 0), ("0.91", 1)])
def test_the_floor_decides_who_is_named(college, floor, status):
    twin = ("--given-name=Zoe", *FIVE[1:])  # has the probability 0.9
    answer = found(college(ADA), *twin, f"--floor={floor}", status=status)

    assert len(answer["matches"]) == 1 - status


@pytest.mark.parametrize("floor", ["-0.1", "1.1", "much"])
def test_a_floor_is_a_probability(college, floor):
    result = invoke("search", college(ADA), *FIVE, f"--floor={floor}")

    assert result.exit_code == 2
    assert "--floor" in result.stderr


def test_an_exact_match_in_doubt_is_only_possible_where_that_is_asked(college):
    path = college(ADA.evolve(middle_names="Ann"))
    asked = (*FIVE, "--middle-names=Rose")

    answer = found(path, *asked)
    assert (answer["outcome"], answer["response_code"]) == ("exact", "WSRC0004")
    assert answer["matches"][0]["conflicts"] == ["middle_names"]
    answer = found(path, *asked, "--strict")
    assert (answer["outcome"], answer["response_code"]) == ("possible", "WSRC0003")
    assert "But the middle names are others." in invoke("search", path, *asked).stdout


def test_a_previous_postcode_counts_and_may_be_given_several_times(college):
    path = college(ADA)
    asked = (*FIVE[:4], "--postcode=ZB2 2LD")
    moved = found(path, *asked)["matches"][0]
    other = found(path, *asked, "--other-postcode=ZC3 3NP", "--other-postcode=za11ab")[
        "matches"
    ][0]

    assert moved["tolerances"] == ["moved"]
    assert other["tolerances"] == ["other_postcode"]
    assert other["weight"] == moved["weight"] + 1000


def test_a_number_alone_finds_its_learner(college):
    path = college(ADA.evolve(upn="A823432101012"))
    [match] = found(path, "--upn=a823432101012")["matches"]

    assert match["uln"] == "1000000043"
    assert match["fields"][-1] == {"field": "upn", "level": "equal", "weight": 2300}


def test_json_says_how_far_each_field_agrees_and_shows_nobody(college):
    answer = found(college(ADA), *NEAR)

    assert answer["outcome"] == "possible"
    assert answer["found"] == 1
    [match] = answer["matches"]
    assert match["uln"] == "1000000043"
    assert match["linked_from"] is None
    assert match["margin"] is None
    assert match["conflicts"] == []
    assert [(one["field"], one["level"]) for one in match["fields"]] == [
        ("given_name", "equal"),
        ("family_name", "affix"),
        ("date_of_birth", "equal"),
        ("gender", "equal"),
        ("postcode", "equal"),
    ]
    apart = sum(one["weight"] for one in match["fields"])
    assert match["overlap"] < 0
    assert match["weight"] == apart + match["overlap"] - 2000
    assert "Donald" not in json.dumps(answer)


# --- what cannot be searched --------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "why"),
    [
        ("04/05/2008", "a date of birth is written YYYY-MM-DD"),
        ("2008-5-4", "a date of birth is written YYYY-MM-DD"),
        ("\u0662008-05-04", "a date of birth is written YYYY-MM-DD"),
        ("2008-02-30", "there is no such day in the calendar"),
        ("2008-00-10", "there is no such day in the calendar"),
        ("1900-02-29", "there is no such day in the calendar"),
        ("1789-02-03", "the year is before 1800, the first that the service takes"),
        ("2100-01-01", "the year is after 2099, the last that the service takes"),
    ],
)
def test_a_date_that_cannot_be_is_said_to_be_so(college, born, why):
    result = invoke("search", college(ADA), *FIVE, f"--date-of-birth={born}")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: {why}"
    assert born not in result.stderr


@pytest.mark.parametrize(
    "born", ["1800-01-01", "1850-06-07", "2008-02-29", "2099-12-31"]
)
def test_a_date_that_the_service_takes_is_searched_for(college, born):
    path = college(ADA.evolve(date_of_birth=born))

    assert found(path, *FIVE, f"--date-of-birth={born}")["outcome"] == "exact"


def test_a_register_that_is_not_there_has_status_2(tmp_path):
    result = invoke("search", tmp_path / "nothing.db", *FIVE)

    assert result.exit_code == 2
    assert "does not exist" in result.stderr
    assert not (tmp_path / "nothing.db").exists()


@pytest.mark.parametrize("content", [b"", b"ULN,GivenName\r\n"], ids=["empty", "csv"])
@pytest.mark.parametrize("command", ["search", "calibrate"])
def test_a_file_that_is_no_register_is_one_line_and_status_2(
    tmp_path, command, content
):
    path = tmp_path / "college.db"
    path.write_bytes(content)
    args = FIVE if command == "search" else (path,)
    result = invoke(command, path, *args)

    assert result.exit_code == 2
    assert result.stderr.startswith("ulnlib: college.db is no register: ")
    assert len(result.stderr.splitlines()) == 1
    assert path.read_bytes() == content


def test_a_search_changes_nothing(college):
    path = college(ADA)
    before = path.read_bytes()
    invoke("search", path, *NEAR)

    assert path.read_bytes() == before


# --- calibrate ----------------------------------------------------------------------


@pytest.fixture
def labelled(tmp_path):
    def write(*learners, name="LRB_10012345_211120260900.CSV"):
        rows = [
            one.evolve(
                mis_identifier=f"M{n}", ability_to_share="1", verification_type="2"
            )
            for n, one in enumerate(learners)
        ]
        made = batch.make(rows, ukprn="10012345", file_name="x")
        path = tmp_path / name
        path.write_bytes(batch.write(made))
        return path

    return write


BEN = Learner(
    uln="1000000051",
    given_name="Ben",
    family_name="Sample",
    date_of_birth="2007-11-30",
    gender="1",
    postcode="ZC3 3NP",
)


def test_calibrate_counts_the_best_matches_that_are_right(college, labelled):
    path = college(ADA, BEN)
    # Ada under the ULN of Ben is a wrong label: the best match is not what it says.
    file = labelled(ADA, ADA.evolve(uln=BEN.uln, given_name="Adah"), BEN)
    result = invoke("calibrate", path, file, "--json")

    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["matches"] == 3
    assert [band["low"] for band in answer["bands"]] == [
        0, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999,
    ]  # fmt: skip
    assert answer["bands"][-1]["high"] == 1
    assert sum(band["matches"] for band in answer["bands"]) == 3
    assert sum(band["right"] for band in answer["bands"]) == 2


def test_calibrate_shows_the_bands_from_the_surest_down(college, labelled):
    result = invoke("calibrate", college(ADA, BEN), labelled(ADA, BEN))

    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines() if line.strip()]
    assert lines[0] == ["2", "learners", "with", "a", "best", "match"]
    assert lines[3] == ["99.99%", "to", "100.00%", "2", "2", "100.0%"]
    assert lines[-1] == ["0.00%", "to", "50.00%", "0", "0"]


@pytest.fixture
def answered(labelled):
    """Make an output file of the service, with a return code for each learner."""

    def write(*learners, codes):
        path = labelled(*learners)
        head, *rows = path.read_text(encoding="utf-8").splitlines()
        rows = [f"{row},{code}" for row, code in zip(rows, codes, strict=True)]
        path.write_text(
            "\r\n".join([f"{head},ReturnCode", *rows, ""]), encoding="utf-8"
        )
        return path

    return write


BROKEN = BEN.evolve(gender="7")


def test_calibrate_counts_the_rows_that_it_passes_over(college, labelled):
    file = labelled(ADA, ADA.evolve(uln=None), BROKEN, BEN.evolve(uln=None))
    result = invoke("calibrate", college(ADA, BEN), file)

    assert result.exit_code == 0
    assert result.stdout.split()[:6] == ["1", "learner", "with", "a", "best", "match"]
    assert result.stdout.endswith(
        "\nPassed over: 2 rows without a ULN, 1 row with errors.\n"
    )
    answer = json.loads(invoke("calibrate", college(), file, "--json").stdout)
    assert answer["searched"] == 1
    assert answer["passed_over"] == {"no_uln": 2, "errors": 1, "exception": 0}


def test_calibrate_passes_over_exceptions_of_the_service(college, answered):
    file = answered(ADA, BEN, codes=["RC001", "RC009"])
    answer = json.loads(invoke("calibrate", college(ADA), file, "--json").stdout)

    assert (answer["searched"], answer["matches"]) == (1, 1)
    assert answer["passed_over"] == {"no_uln": 0, "errors": 0, "exception": 1}


def test_calibrate_says_nothing_of_rows_where_it_uses_all(college, labelled):
    result = invoke("calibrate", college(ADA), labelled(ADA))

    assert "Passed over" not in result.stdout
    assert "no match" not in result.stdout


def test_calibrate_says_how_many_have_no_match_at_all(college, labelled):
    result = invoke("calibrate", college(ADA), labelled(ADA, BEN))

    assert result.exit_code == 0
    assert result.stdout.endswith("\nFound no match at all for 1 learner.\n")


def test_when_no_row_can_be_used_calibrate_says_why_and_has_status_2(college, labelled):
    path, file = college(ADA, BEN), labelled(ADA.evolve(uln=None), BROKEN)
    result = invoke("calibrate", path, file)

    message = "ulnlib: no row can be used: 1 row without a ULN, 1 row with errors\n"
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)
    result = invoke("calibrate", path, file, "--json")
    assert (result.exit_code, result.stderr) == (2, message)
    answer = json.loads(result.stdout)
    assert (answer["searched"], answer["matches"]) == (0, 0)
    assert answer["passed_over"] == {"no_uln": 1, "errors": 1, "exception": 0}


def test_calibrate_cannot_use_a_file_without_rows(college, labelled):
    result = invoke("calibrate", college(ADA), labelled())

    assert result.exit_code == 2
    assert result.stderr == "ulnlib: no row can be used: there are none\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("hello\n", "an LRB file has 30 columns (2A) or 32 (3A) [not-a-batch-file]"),
        ("", "the file is empty [empty-file]"),
    ],
    ids=["words", "empty"],
)
@pytest.mark.parametrize("more", [(), ("--json",)], ids=["text", "json"])
def test_calibrate_refuses_what_is_no_batch_file(college, labelled, content, why, more):
    right = labelled(ADA)
    path = right.with_name("hello.csv")
    path.write_text(content, encoding="utf-8")
    result = invoke("calibrate", college(ADA), right, path, *more)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"ulnlib: {path}: ")
    assert result.stderr.endswith(f"{why}\n")
    assert len(result.stderr.splitlines()) == 1


def test_calibrate_takes_several_files(college, labelled):
    files = [
        labelled(ADA, name="LRB_10012345_211120260900.CSV"),
        labelled(BEN, name="LRB_10012345_221120260900.CSV"),
    ]
    result = invoke("calibrate", college(ADA, BEN), *files, "--json")

    assert json.loads(result.stdout)["matches"] == 2


def test_calibrate_wants_a_file(college):
    result = invoke("calibrate", college(ADA))

    assert result.exit_code == 2
    assert "FILE" in result.stderr


def test_calibrate_says_when_the_ulns_are_not_real(tmp_path, labelled):
    path = tmp_path / "try-out.db"
    invented = ADA.evolve(uln="9900000004")
    with Register.open(path, synthetic=True) as register:
        register.add(invented)
    file = labelled(invented)

    assert "no ULN shown here is real" in invoke("calibrate", path, file).stdout
    answer = json.loads(invoke("calibrate", path, file, "--json").stdout)
    assert answer["is_synthetic"] is True


def test_a_search_that_left_some_out_says_so(college):
    """More than a hundred share names and birthday; the likeliest is named."""
    frequent = {"given_name": "Jack", "family_name": "Smith", "gender": "1"}
    ulns = itertools.islice(synthetic_ulns(), 130)
    path = college(
        *[
            Learner(
                uln=str(uln),
                date_of_birth=f"{1950 + n % 60}-03-04",
                postcode=f"ZA{n % 9} {n % 7}AA",
                **frequent,
            )
            for n, uln in enumerate(ulns)
        ]
    )
    asked = (
        "--given-name=Jack",
        "--family-name=Smith",
        "--date-of-birth=2005-03-04",
        "--floor=0.9",
    )

    answer = found(path, *asked)

    assert answer["outcome"] == "possible"
    assert answer["is_whole"] is False
    assert "some were left out" in invoke("search", path, *asked).output
    assert found(path, *FIVE, status=1)["is_whole"] is True
