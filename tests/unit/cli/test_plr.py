"""`ulnlib plr show` and `ulnlib plr report`."""

import io
import json
import sys
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from ulnlib.cli.app import app

ROOT = Path(__file__).resolve().parents[3]
SCHEMAS = ROOT / "docs" / "reference" / "json"
HEAD = (
    "<Result><ResponseCode>WSRC0004</ResponseCode><FoundULN>1000000043</FoundULN>"
    "<LearnerRecord>"
)
EVENTS = (
    {
        "ID": "7",
        "Source": "AO",
        "Subject": "Award in Bricks",
        "SubjectCode": "K/501/5773",
        "Level": "Level 2",
        "Grade": "Pass",
        "Credits": "4",
        "Status": "F",
        "AchievementAwardDate": "2024-02-01",
    },
    {
        "ID": "8",
        "Source": "NPD",
        "Subject": "GCSE in Welsh",
        "SubjectCode": "60142340",
        "Grade": "5",
        "Status": "F",
        "AchievementAwardDate": "2023-08-24",
    },
    {
        "ID": "9",
        "Source": "ILR",
        "Subject": "Bricklaying <i>",
        "SubjectCode": "60345678",
        "Grade": "9999999999",
        "Status": "P",
        "UnderDataChallenge": "Y",
        "ParticipationStartDate": "2024-09-01",
    },
)


NOMINATED = ("--viewer", "nominated-organisation", "--share", "1")


def xml(*events):
    from html import escape

    found = [
        "".join(f"<{name}>{escape(text)}</{name}>" for name, text in event.items())
        for event in events
    ]
    middle = "".join(f"<LearningEvent>{one}</LearningEvent>" for one in found)
    return f"{HEAD}{middle}</LearnerRecord></Result>"


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "record.xml"
    path.write_text(xml(*EVENTS), encoding="utf-8")
    return path


def run(*args, status=0):
    result = CliRunner().invoke(app, ["plr", *map(str, args)])
    assert result.exit_code == status, result.output
    return result


def answer(*args, status=0):
    found = json.loads(run(*args, "--json", status=status).stdout)
    schema = json.loads((SCHEMAS / f"{found['kind']}.schema.json").read_text("utf-8"))
    validator = Draft202012Validator(
        schema, format_checker=Draft202012Validator.FORMAT_CHECKER
    )
    assert [error.message for error in validator.iter_errors(found)] == []
    return found


def ids(found):
    return [one["event_ids"][0] for one in found["entries"]]


class TestShow:
    def test_it_shows_what_the_learner_sees(self, record):
        shown = run("show", record).stdout

        assert "The record, as the learner may see it." in shown
        lines = [line.split() for line in shown.splitlines()]
        numbers = [line[0] for line in lines if line and line[0] in {"7", "8", "9"}]
        assert numbers == ["8", "7", "9"]
        assert "24 Aug 2023" in shown
        assert "3 entries" in shown
        assert "(provisional)" in " ".join(shown.split())
        assert "[1] No start date or end date from NPD." in shown

    def test_a_title_is_shown_as_it_came(self, tmp_path):
        path = tmp_path / "record.xml"
        path.write_text(xml({**EVENTS[0], "Subject": "[b]Art[/b] :art: \\"}), "utf-8")

        assert "[b]Art[/b] :art: \\" in run("show", path).stdout

    def test_one_entry_is_called_one(self, record):
        assert "1 entry" in run("show", record, "--words", "welsh").stdout

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            (("--sort", "subject"), ["7", "9", "8"]),
            (("--sort", "subject", "--descending"), ["8", "9", "7"]),
            (("--source", "npd", "--source", "AO"), ["8", "7"]),
            (("--kind", "participation"), ["9"]),
            (("--kind", "achievement", "--sort", "grade"), ["8", "7"]),
            (("--words", "BRICK"), ["7", "9"]),
            (("--words", "brick award"), ["7"]),
        ],
        ids=" ".join,
    )
    def test_it_sorts_and_chooses(self, record, options, expected):
        assert ids(answer("show", record, *options)) == expected

    def test_where_nothing_is_left_it_says_so(self, record):
        shown = run("show", record, "--words", "nothing").stdout

        assert "There is no entry to show." in shown

    def test_a_closed_record_says_by_which_clause(self, record):
        shown = run("show", record, "--viewer", "provider", status=1)

        assert "It is closed. " in shown.stdout
        assert "[PG-5.3-S-1]" in shown.stdout
        assert "Welsh" not in shown.stdout
        assert shown.stderr == ""

    @pytest.mark.parametrize("viewer", ["provider-with-role", "nominated-organisation"])
    def test_what_of_the_learner_closes_it_is_not_told(self, record, viewer):
        several = [
            run(command, record, "--viewer", viewer, *how, *more, status=1).stdout
            for command, more in (("show", ()), ("show", ["--json"]))
            for how in ((), ("--share", "0"), ("--share", "1", "--sensitive"))
        ]

        assert len(set(several)) == 2

    def test_an_event_without_an_id_is_named_by_its_place(self, tmp_path):
        path = tmp_path / "odd.xml"
        path.write_text(xml(EVENTS[0], EVENTS[1] | {"ID": ""}), encoding="utf-8")

        assert " #2 " in run("show", path).stdout.replace("│", " ")
        found = answer("report", path, "--without", "#2")
        assert ids(found) == ["7"]
        run("report", path, "--json", "--without", "#1", status=2)

    def test_a_finding_names_the_id_of_its_event(self, tmp_path):
        path = tmp_path / "odd.xml"
        odd = EVENTS[1] | {"AchievementAwardDate": "2058-01-01"}
        path.write_text(xml(EVENTS[0], odd), encoding="utf-8")

        shown = run("show", path, "--as-of", "2026-11-21")
        found = answer("show", path, "--as-of", "2026-11-21")

        assert "(event ID 8)" in shown.stderr
        assert [one["event_id"] for one in found["issues"]] == ["8"]

    @pytest.mark.parametrize(
        ("options", "expected"),
        [
            (("--viewer", "provider-with-role", "--share", "1"), ["8", "7", "9"]),
            (("--verification", "2"), ["8", "7", "9"]),
            (
                ("--viewer", "nominated-organisation", "--share", "1", "--chosen", "7"),
                ["7"],
            ),
        ],
        ids=["provider", "verified", "nominated"],
    )
    def test_other_views(self, record, options, expected):
        assert ids(answer("show", record, *options)) == expected

    @pytest.mark.parametrize(
        "options",
        [
            ("--viewer", "provider-with-role", "--share", "1", "--sensitive"),
            ("--verification", "0"),
            ("--viewer", "awarding-organisation", "--share", "1"),
        ],
        ids=["sensitive", "unverified", "awarder"],
    )
    def test_closed_views(self, record, options):
        assert answer("show", record, *options, status=1)["entries"] == []

    def test_the_restricted_view_has_its_own_columns(self, record):
        options = (
            "--viewer",
            "nominated-organisation",
            "--share",
            "1",
            "--chosen",
            "7",
        )
        shown = run("show", record, *options).stdout

        assert "The restricted view of the record" in shown
        assert "Award Date" in shown
        assert "Start" not in shown

    def test_findings_are_on_standard_error(self, tmp_path):
        path = tmp_path / "odd.xml"
        odd = EVENTS[0] | {"AchievementAwardDate": "2058-01-01", "ID": ""}
        path.write_text(xml(odd), encoding="utf-8")
        shown = run("show", path, "--as-of", "2026-11-21")

        assert "2 findings:" in shown.stderr
        assert "[event-date-future]" in shown.stderr
        assert "finding" not in shown.stdout
        found = answer("show", path, "--as-of", "2026-11-21")
        assert {one["code"] for one in found["issues"]} == {
            "event-id-missing",
            "event-date-future",
        }

    def test_of_many_findings_the_first_are_shown(self, tmp_path):
        path = tmp_path / "many.xml"
        path.write_text(xml(*([{"Source": "XYZ"}] * 30)), encoding="utf-8")

        assert "  and 70 more" in run("show", path).stderr

    def test_of_a_file_that_breaks_off_what_came_before_is_shown(self, record):
        text = record.read_text(encoding="utf-8")
        record.write_text(text[: text.index("<ID>9")], encoding="utf-8")
        shown = run("show", record, status=2)

        assert "GCSE in Welsh" in shown.stdout
        assert "[xml-malformed]" in shown.stderr

    @pytest.mark.parametrize("content", ["", "no XML", "<a/>"])
    def test_what_is_no_record_is_told(self, tmp_path, content):
        path = tmp_path / "other.xml"
        path.write_text(content, encoding="utf-8")
        shown = run("show", path, status=2)

        assert shown.stderr.startswith(f"ulnlib: {path}: ")
        assert shown.stdout == ""

    def test_an_answer_without_events_is_an_empty_record(self, tmp_path):
        path = tmp_path / "none.xml"
        text = xml().replace("WSRC0004", "WSEC0208")
        path.write_text(text, encoding="utf-8")
        shown = run("show", path)

        assert "There is no entry to show." in shown.stdout
        assert "The service answered WSEC0208: Learner could not be" in shown.stderr
        path.write_text(text.replace("WSEC0208", "Qzmk"), encoding="utf-8")
        shown = run("report", path, "--json")
        assert json.loads(shown.stdout)["entries"] == []
        assert shown.stderr == ""


class TestReport:
    PERSON = ("--given-name", "Siân", "--family-name", "Example")

    def test_a_pdf(self, record, tmp_path):
        out = tmp_path / "report.pdf"
        command = ("report", record, "-o", out, *self.PERSON, "--dated", "2026-11-29")
        shown = run(*command)

        assert f"Written: {out}" in shown.stdout
        assert "3 entries: 2 results, and 1 of taking part." in shown.stdout
        content = out.read_bytes()
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        text = pages[0].extract_text()
        assert "Siân Example, ULN 1000000043 · 29 November 2026" in text
        assert "Bricklaying <i>" in text
        run(*command)
        assert out.read_bytes() == content

    @pytest.mark.parametrize("suffix", [".html", ".HTM", ".txt", ".json"])
    def test_other_forms(self, record, tmp_path, suffix):
        out = tmp_path / f"report{suffix}"
        run("report", record, "-o", out, "--date-of-birth", "2007-05-04")

        text = out.read_text(encoding="utf-8")
        assert "GCSE in Welsh" in text
        assert "2007" in text
        assert ("<i>" in text) is (suffix in {".txt", ".json"})

    def test_json_on_the_screen(self, record):
        found = answer("report", record, "--dated", "2026-11-29", "--title", "Results")

        assert ids(found) == ["8", "7", "9"]
        assert found["title"] == "Results"
        assert found["dated"] == "2026-11-29"
        assert found["learner"] == {"uln": "1000000043"}

    def test_both_at_once(self, record, tmp_path):
        out = tmp_path / "report.json"
        found = answer("report", record, "-o", out, "--dated", "2026-11-29")

        assert json.loads(out.read_text(encoding="utf-8")) == found

    def test_what_is_left_out_leaves_no_trace(self, record):
        found = answer("report", record, "--without", "8", "--without", "9")

        assert ids(found) == ["7"]
        assert "Welsh" not in json.dumps(found)

    def test_another_uln(self, record):
        found = answer("report", record, "--uln", "1000000051")

        assert found["learner"] == {"uln": "1000000051"}

    def test_a_closed_record_is_a_report_of_that(self, record, tmp_path):
        out = tmp_path / "report.txt"
        run("report", record, "-o", out, "--viewer", "provider", status=1)

        assert "The record is not shown." in out.read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            ((), "give a file to write to with -o, or --json"),
            (("-o", "report.doc"), "the name ends in .pdf, .html, .txt or .json"),
            (
                ("--json", "--without", "8", "--without", "77"),
                "number 2: no event",
            ),
            (("--json", "--uln", "1000000077"), "--uln"),
            (("--json", "--date-of-birth", "31/12/1977"), "YYYY-MM-DD"),
        ],
        ids=["nowhere", "suffix", "number", "uln", "birth"],
    )
    def test_what_is_asked_wrongly(self, record, options, said):
        shown = run("report", record, *options, status=2)

        assert said in shown.stderr
        assert "77" not in shown.stderr

    def test_a_number_that_is_hidden_is_as_one_that_is_not_there(self, record):
        options = (
            "--viewer",
            "nominated-organisation",
            "--share",
            "1",
            "--chosen",
            "7",
        )
        shown = [
            run("report", record, "--json", *options, "--without", one, status=2).stderr
            for one in ("8", "77")
        ]

        assert shown[0] == shown[1]

    def test_the_file_itself_is_not_written_over(self, tmp_path):
        path = tmp_path / "record.txt"
        path.write_text(xml(*EVENTS), encoding="utf-8")
        shown = run("report", path, "-o", path, status=2)

        assert "is what is read" in shown.stderr
        assert path.read_text(encoding="utf-8") == xml(*EVENTS)

    def test_of_a_file_that_breaks_off_nothing_is_written(self, record, tmp_path):
        text = record.read_text(encoding="utf-8")
        record.write_text(text[: text.index("<ID>9")], encoding="utf-8")
        out = tmp_path / "report.txt"
        out.write_text("as it was", encoding="utf-8")
        shown = run("report", record, "-o", out, status=2)

        assert "not well-formed" in shown.stderr
        assert out.read_text(encoding="utf-8") == "as it was"

    def test_when_the_pdf_fails_what_was_there_stays(
        self, record, tmp_path, monkeypatch
    ):
        monkeypatch.setitem(sys.modules, "typst", None)
        out = tmp_path / "report.pdf"
        out.write_bytes(b"as it was")
        shown = run("report", record, "-o", out, status=2)

        assert "pip install 'ulnlib[pdf]'" in shown.stderr
        assert out.read_bytes() == b"as it was"
        assert sorted(path.name for path in tmp_path.iterdir()) == [
            "record.xml",
            "report.pdf",
        ]
