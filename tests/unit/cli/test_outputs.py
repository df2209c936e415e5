"""`ulnlib batch split` and `ulnlib batch join`, as a person and a program use them."""

import json

import attrs
import pytest
from click.testing import CliRunner

from ulnlib import Register, batch
from ulnlib.cli import outputs
from ulnlib.cli.app import app
from ulnlib.testing import population
from ulnlib.uln import is_valid

NAME = "LRB_10012345_211120260900.CSV"
ULNS = [str(n) for n in range(9_900_000_000, 9_900_001_000) if is_valid(str(n))]
PEOPLE = [
    one.evolve(uln=None, mis_identifier=f"M{n}")
    for n, one in enumerate(population(5, seed=3), 1)
]


def invoke(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def write(path, learners=PEOPLE, ukprn="10012345"):
    file = batch.make(learners, ukprn=ukprn, file_name="x")
    path.write_bytes(batch.write(file))
    return path


def write_output(path, learners=PEOPLE, code="RC002", *, first=0):
    file = batch.make(
        [one.evolve(uln=ULNS[n]) for n, one in enumerate(learners, first)],
        ukprn="10012345",
        file_name="x",
        layout=batch.LRB_3A_OUTPUT,
    )
    records = tuple(attrs.evolve(one, return_code=code) for one in file.records)
    path.write_bytes(batch.write(attrs.evolve(file, records=records)))
    return path


# --- split ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ukprn", "names"),
    [
        ("10012345", None),
        ("1", ["autumn_1_OF_2.XML", "autumn_2_OF_2.XML"]),
    ],
)
def test_the_parts_of_an_xml_file_are_named_so(tmp_path, ukprn, names):
    file = batch.make(PEOPLE, ukprn=ukprn, file_name="x")
    path = tmp_path / "autumn.xml"
    path.write_bytes(batch.write(file, form="XML"))

    invoke("batch", "split", path, "-o", tmp_path / "out", "--most", "3")

    made = sorted((tmp_path / "out").iterdir())
    assert [one.suffix for one in made] == [".XML", ".XML"]
    assert names is None or [one.name for one in made] == names
    assert [batch.read(one).style.form for one in made] == ["XML", "XML"]


def test_a_part_never_takes_the_place_of_another_file(tmp_path):
    path = write(tmp_path / NAME)
    other = tmp_path / "out" / "LRB_10012345_211120260901.CSV"
    other.parent.mkdir()
    other.write_bytes(b"another")

    result = invoke("batch", "split", path, "-o", other.parent, "--most", "2")

    assert result.exit_code == 2
    assert "already" in result.output
    assert other.read_bytes() == b"another"
    assert list(other.parent.iterdir()) == [other]


@pytest.mark.parametrize("name", [NAME, "autumn.csv"])
def test_no_file_is_named_by_what_is_no_number(tmp_path, name):
    """Where columns have slipped, it may be a person's name."""
    path = write(tmp_path / name, ukprn="Zebediah")

    result = invoke("batch", "split", path, "-o", tmp_path / "out", "--most", "3")

    assert "Zebediah" not in result.output
    assert not list((tmp_path / "out").glob("*Zebediah*"))


def test_a_file_is_split(tmp_path):
    result = invoke(
        *("batch", "split", write(tmp_path / NAME), "-o", tmp_path / "out"),
        *("--most", "2"),
    )

    assert result.exit_code == 0, result.output
    assert "5 records, in 3 files" in result.output
    names = [path.name for path in sorted((tmp_path / "out").iterdir())]
    assert names == [
        "LRB_10012345_211120260900.CSV",
        "LRB_10012345_211120260901.CSV",
        "LRB_10012345_211120260902.CSV",
    ]
    learners = []
    for name in names:
        part = batch.read(tmp_path / "out" / name)
        assert part.report.is_ok
        learners += part.learners
    assert learners == PEOPLE


def test_parts_of_a_file_of_another_name_have_names_that_the_portal_takes(tmp_path):
    result = invoke(
        *("batch", "split", write(tmp_path / "a.csv"), "-o", tmp_path / "out"),
        *("--most", "3", "--json"),
    )

    answer = json.loads(result.stdout)
    assert [part["records"] for part in answer["parts"]] == [3, 2]
    names = [path.name for path in (tmp_path / "out").iterdir()]
    assert len(names) == 2
    assert all(batch.parse_name(name) for name in names)


def test_without_a_ukprn_the_parts_are_numbered(tmp_path):
    path = write(tmp_path / "a.csv", ukprn="none")

    result = invoke("batch", "split", path, "-o", tmp_path / "out", "--most", "4")

    assert result.exit_code == 1
    assert "ukprn-format" in result.output
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["a_1_OF_2.CSV", "a_2_OF_2.CSV"]


def test_errors_in_the_rows_are_status_1_and_the_parts_are_written(tmp_path):
    people = [PEOPLE[0].evolve(date_of_birth="04/05/2008"), PEOPLE[1]]
    path = write(tmp_path / NAME, people)

    result = invoke("batch", "split", path, "-o", tmp_path / "out", "--most", "1")

    assert result.exit_code == 1
    assert "1 error" in result.output
    assert len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_what_is_no_batch_file_is_refused(tmp_path, more):
    path = tmp_path / NAME
    path.write_bytes(b"")

    result = invoke("batch", "split", path, "-o", tmp_path / "out", *more)

    assert result.exit_code == 2
    assert "empty" in result.output
    assert not (tmp_path / "out").exists()


def changed(path, *changes):
    """Change the text of a file."""
    content = path.read_bytes()
    for before, after in changes:
        assert before in content
        content = content.replace(before, after, 1)
    path.write_bytes(content)
    return path


MORE = (b",Notes\r\n", b",Notes,Shoe\r\n")


def test_a_file_with_more_than_its_records_is_refused_and_nothing_is_written(tmp_path):
    path = changed(write(tmp_path / NAME), MORE)

    result = invoke("batch", "split", path, "-o", tmp_path / "out", "--most", "2")

    assert result.exit_code == 2
    assert "heading-unknown" in result.output
    assert "Mend the file first" in result.output
    assert not (tmp_path / "out").exists()


def test_for_programs_it_is_refused_with_the_findings(tmp_path):
    path = changed(write(tmp_path / NAME), MORE, (b",5,,", b",7,,"))

    result = invoke("batch", "split", path, "-o", tmp_path / "out", "--json")

    assert result.exit_code == 2
    answer = json.loads(result.stdout)
    assert answer["kind"] == "batch-refused"
    assert [one["code"] for one in answer["issues"]] == ["heading-unknown"]


def test_of_very_many_findings_the_rest_is_counted(tmp_path):
    people = [p.evolve(uln=None) for p in population(30, seed=3)]
    path = write(tmp_path / NAME, people)
    lines = path.read_bytes().removesuffix(b"\r\n").split(b"\r\n")
    path.write_bytes(b",more\r\n".join(lines).replace(b"Notes,more", b"Notes", 1))

    result = invoke("batch", "split", path, "-o", tmp_path / "out")

    assert result.exit_code == 2
    assert result.output.count("[columns-extra]") == 20
    assert "and 9 more findings" in result.output


def test_a_wrong_count_is_an_error_that_the_parts_do_not_show(tmp_path):
    path = changed(write(tmp_path / NAME), (b",5,,", b",5000,,"))

    result = invoke("batch", "split", path, "-o", tmp_path / "out", "--most", "3")

    assert result.exit_code == 1
    assert "record-count" in result.output
    parts = sorted((tmp_path / "out").iterdir())
    assert len(parts) == 2
    assert not [item for part in parts for item in batch.read(part).report.errors]


def test_what_is_told_of_the_file_is_not_told_of_its_parts(tmp_path):
    """A learner in two parts, a guessed encoding, and a row that is cut off."""
    people = [PEOPLE[0].evolve(town="Zo\u00eb"), *PEOPLE[1:3], PEOPLE[0], PEOPLE[0]]
    path = write(tmp_path / "autumn.csv", people)
    content = path.read_bytes().replace("Zo\u00eb".encode(), b"Zo\xeb")
    path.write_bytes(content[: content.rindex(b",")])

    command = ("batch", "split", path, "--most", "3", "-o")
    answer = json.loads(invoke(*command, tmp_path / "out", "--json").stdout)
    shown = invoke(*command, tmp_path / "again")

    assert shown.exit_code == 1
    assert [(one["code"], one["row"]) for one in answer["issues"]] == [
        ("file-name", None),
        ("encoding-guessed", None),
        ("duplicate-mis-identifier", 5),
        ("duplicate-learner", 5),
    ]
    assert (answer["errors"], answer["warnings"]) == (2, 2)
    assert [(one["code"], one["row"]) for one in answer["parts"][1]["issues"]] == [
        ("columns-missing", 3),
        ("duplicate-mis-identifier", 3),
        ("duplicate-learner", 3),
    ]
    assert "5 findings" in shown.output
    assert "columns-missing" in shown.output
    assert "2 errors, 0 of advice" in shown.output


def test_the_file_itself_is_not_written_over(tmp_path):
    path = write(tmp_path / NAME)
    before = path.read_bytes()

    result = invoke("batch", "split", path, "-o", tmp_path, "--most", "2")

    assert result.exit_code == 2
    assert "is what is read" in result.output
    assert path.read_bytes() == before


# --- join -----------------------------------------------------------------------------


def test_an_output_is_joined(tmp_path):
    path, back = (
        write(tmp_path / NAME),
        write_output(tmp_path / "OUT.CSV", code="RC007"),
    )
    target = tmp_path / "joined.csv"

    result = invoke(
        *("batch", "join", path, "--output", back, "-o", target),
        *("--uploaded", "2026-11-21"),
    )

    assert result.exit_code == 0, result.output
    assert "5 of 5 records were joined" in result.output
    assert "5 exceptions to deal with" in result.output
    assert "are assumed" in result.output
    lines = target.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 6
    assert ",yes,2027-01-05," in lines[1]


def test_several_files_each_way(tmp_path):
    inputs = [
        write(tmp_path / "a.csv", PEOPLE[:2]),
        write(tmp_path / "b.csv", PEOPLE[2:]),
    ]
    back = [
        *("--output", write_output(tmp_path / "1.csv", PEOPLE[3:])),
        *("--output", write_output(tmp_path / "2.csv", PEOPLE[:3], first=2)),
    ]
    result = invoke("batch", "join", *inputs, *back, "-o", tmp_path / "j.csv")

    assert result.exit_code == 0, result.output
    assert "5 of 5 records were joined" in result.output


def test_what_is_missing_is_status_1_and_named(tmp_path):
    path, back = write(tmp_path / NAME), write_output(tmp_path / "OUT.CSV", PEOPLE[1:])

    result = invoke("batch", "join", path, "--output", back, "-o", tmp_path / "j.csv")

    assert result.exit_code == 1
    assert "4 of 5 records" in result.output
    assert "missing" in result.output
    assert PEOPLE[0].family_name not in result.output


def test_by_position(tmp_path):
    people = [one.evolve(mis_identifier=None) for one in PEOPLE]
    path = write(tmp_path / NAME, people)
    back = write_output(tmp_path / "OUT.CSV", people)
    target = tmp_path / "j.csv"

    result = invoke("batch", "join", path, "--output", back, "-o", target)
    assert result.exit_code == 1
    result = invoke(
        "batch", "join", path, "--output", back, "-o", target, "--by", "position"
    )
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_file_that_cannot_be_read_is_status_2_and_nothing_is_written(tmp_path, more):
    (tmp_path / "OUT.CSV").write_bytes(b"\x89PNG\r\n\x1a\n")
    target = tmp_path / "j.csv"

    result = invoke(
        *("batch", "join", write(tmp_path / NAME)),
        *("--output", tmp_path / "OUT.CSV", "-o", target, *more),
    )

    assert result.exit_code == 2
    assert not target.exists()


def test_more_findings_than_are_shown_and_codes_that_are_not_known(tmp_path):
    people = [
        one.evolve(uln=None, mis_identifier=f"M{n}")
        for n, one in enumerate(population(30, seed=3), 1)
    ]
    path = write(tmp_path / NAME, people)
    back = write_output(tmp_path / "OUT.CSV", people[:2], code="RC999")

    result = invoke("batch", "join", path, "--output", back, "-o", tmp_path / "j.csv")

    assert "28 findings, the first 20" in result.output
    assert "RC999" in result.output


def test_ulns_that_are_not_real_are_said_to_be_none(tmp_path):
    path = write(tmp_path / NAME)
    back = write_output(tmp_path / "OUT.CSV")
    text = back.read_bytes().replace(b"3A,x,", b"3A,SYNTHETIC - ULNs NOT REAL x,", 1)
    back.write_bytes(text)

    result = invoke("batch", "join", path, "--output", back, "-o", tmp_path / "j.csv")

    assert outputs.NOT_REAL[:40] in result.output


def test_an_input_is_not_written_over(tmp_path):
    path, back = write(tmp_path / NAME), write_output(tmp_path / "OUT.CSV")

    result = invoke("batch", "join", path, "--output", back, "-o", back)

    assert result.exit_code == 2
    assert "is what is read" in result.output


# --- verify and achievement files -----------------------------------------------------


def awards(path, layout, *rows):
    cells = [[row.get(name, "") for name in layout.headings] for row in rows]
    path.write_bytes(batch.write_rows(layout.headings, cells))
    return path


AWARD = {
    "AchievementAwardDate": "2026-06-30",
    "Action": "2",
    "ActionDate": "2026-07-01",
    "FamilyName": "Khan",
    "GivenName": "Zoe",
    "ProviderUkprn": "10012345",
    "Uln": "1000000051",
    "UnitOrQualificationReferenceNumber": "Y/506/1910",
}
OTHER = AWARD | {"UnitOrQualificationReferenceNumber": "J/506/1911"}
ABOUT = {"FileVersion": "1", "FileName": "x", "UKPRN": "10012345"}
REFUSED = OTHER | {"ErrorType": "FieldDataError", "Error": "Khan"}


def answer_of(path, error_file="", records=2, field_errors=1):
    path.write_text(
        "<GetAchievementBatchJobResponse><GetAchievementBatchJobResult>"
        f"<AchievementBatchErrorFile>{error_file}</AchievementBatchErrorFile>"
        f"<AchievementsCreated>{records - field_errors}</AchievementsCreated>"
        f"<FieldDataErrors>{field_errors}</FieldDataErrors>"
        f"<NumberOfRecords>{records}</NumberOfRecords><Status>Successful</Status>"
        "</GetAchievementBatchJobResult></GetAchievementBatchJobResponse>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def sent_awards(tmp_path):
    about = ABOUT | {"LearnerRecordCount": "2"}
    return awards(tmp_path / "in.csv", batch.ACHIEVEMENT, about | AWARD, OTHER)


def test_the_report_of_a_job_has_the_error_file(tmp_path, sent_awards):
    errors = awards(tmp_path / "err.csv", batch.ACHIEVEMENT_ERRORS, REFUSED)
    report = answer_of(tmp_path / "job.xml", errors.read_text(encoding="utf-8"))

    result = invoke(
        *("batch", "join", sent_awards, "--job-report", report),
        *("-o", tmp_path / "j.csv"),
    )

    assert result.exit_code == 0, result.output
    assert "1 of 2 records were joined" in result.output
    assert "1 record no error file names" in result.output
    assert "Refused because of a value" in result.output
    assert "Khan" not in result.output + (tmp_path / "j.csv").read_text()


def test_a_report_that_does_not_agree_is_status_1(tmp_path, sent_awards):
    errors = awards(tmp_path / "err.csv", batch.ACHIEVEMENT_ERRORS, REFUSED)
    report = answer_of(tmp_path / "job.xml", records=9)

    result = invoke(
        *("batch", "join", sent_awards, "--output", errors),
        *("--job-report", report, "-o", tmp_path / "j.csv", "--json"),
    )

    assert result.exit_code == 1
    assert "join-job-counts" in result.output


def test_a_job_without_errors_needs_no_output(tmp_path, sent_awards):
    report = answer_of(tmp_path / "job.xml", field_errors=0)

    result = invoke(
        *("batch", "join", sent_awards, "--job-report", report),
        *("-o", tmp_path / "j.csv"),
    )

    assert result.exit_code == 0, result.output
    assert "2 records no error file names" in result.output


@pytest.mark.parametrize(
    "more", [(), ("--job-report", "in.csv"), ("--job-report", "job.xml")]
)
def test_what_does_not_go_together_is_status_2(tmp_path, sent_awards, more):
    report = answer_of(tmp_path / "job.xml")
    path = write(tmp_path / NAME) if report.name in more else sent_awards
    more = [tmp_path / one if "." in one else one for one in more]

    result = invoke("batch", "join", path, *more, "-o", tmp_path / "j.csv")

    assert result.exit_code == 2
    assert not (tmp_path / "j.csv").exists()


def test_a_verify_file_is_joined(tmp_path):
    register = Register()
    people = [one.evolve(uln=ULNS[n]) for n, one in enumerate(PEOPLE)]
    for one in people:
        register.add(one)
    file = batch.make(people, ukprn="10012345", file_name="x", layout=batch.VLD)
    path, back = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_bytes(batch.write(file))
    back.write_bytes(batch.write(batch.answer(file, register)))

    result = invoke("batch", "join", path, "--output", back, "-o", tmp_path / "j.csv")

    assert result.exit_code == 0, result.output
    assert "Every detail matches" in result.output


@pytest.mark.parametrize("layout", [batch.VLD, batch.ACHIEVEMENT], ids=str)
def test_parts_of_other_files_have_no_name_of_an_lrb_file(tmp_path, layout):
    people = [one.evolve(uln=ULNS[n]) for n, one in enumerate(PEOPLE)]
    file = batch.make(people, ukprn="10012345", file_name="x", layout=batch.VLD)
    path = tmp_path / "asked.csv"
    path.write_bytes(batch.write(file))
    if layout is batch.ACHIEVEMENT:
        about = ABOUT | {"LearnerRecordCount": "2"}
        awards(path, layout, about | AWARD, OTHER)

    invoke("batch", "split", path, "-o", tmp_path / "out", "--most", "1")

    names = sorted(one.name for one in (tmp_path / "out").iterdir())
    total = 5 if layout is batch.VLD else 2
    assert names == [f"asked_{n}_OF_{total}.CSV" for n in range(1, total + 1)]
