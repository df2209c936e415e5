"""Findings: the table of codes, an issue, a report."""

import pickle
import re
import string

import attrs
import pytest

from ulnlib.errors import InvalidData
from ulnlib.issues import IssueCode, Report, Severity, issue, issue_codes

ROWS = list(issue_codes().values())

# What the messages may name, with the kind of value that goes there: counts, lengths,
# positions, and words of ours; never a text of a file.
FACTS = {
    "name": "telephone",
    "again": 7,
    "codes": "0, 1",
    "column": 3,
    "columns": 12,
    "count": 2,
    "day": "2019-06-30",
    "encoding": "cp1252",
    "expected": 32,
    "first": 4,
    "found": 9,
    "known": 1,
    "label": "Postcode",
    "labels": "Family name, Postcode",
    "length": 11,
    "maximum": 35,
    "other": 6,
    "position": 5,
    "right": "GivenName",
    "share": "1",
    "stated": 8,
    "version": "3A",
    "type": "7",
    "wording": "returning student",
    "action": "a withdrawal",
    "why": "it is final already",
    "told": 9,
    "of": 10,
    "key": "MIS identifier",
    "kind": "VLD output",
    "named": 2,
    "refused": 3,
    "sent": 11,
}

FILE = issue("no-records")
ROW = issue("columns-missing", "row", 4, line=5, found=3, expected=32)
FIELD = issue("postcode-format", "row", 7, "postcode")
ADVICE = issue("postcode-no-space", "row", 7, "postcode")
FATAL = issue("empty-file")
REPORT = Report([FATAL, FILE, ROW, FIELD, ADVICE])


def names_in(message):
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("row", ROWS, ids=[row.code for row in ROWS])
class TestEveryRowOfTheTable:
    def test_its_code_is_a_few_words_with_hyphens(self, row):
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", row.code)

    def test_its_message_can_be_made_of_facts_and_has_none_left_out(self, row):
        names = names_in(row.message)
        made = issue(row.code, **{name: FACTS[name] for name in names})

        assert "{" not in made.message
        assert "}" not in made.message
        assert all(str(FACTS[name]) in made.message for name in names)
        assert made.severity is row.severity
        assert made.source == row.source

    def test_its_message_is_part_of_a_sentence(self, row):
        assert not row.message.endswith(".")
        assert row.message == row.message.strip()

    def test_it_says_what_is_wrong_what_to_do_and_where_that_stands(self, row):
        assert re.fullmatch(r"[A-Z0-9].*\.", row.meaning)
        assert re.fullmatch(r"[A-Z].*\.", row.remedy)
        assert row.source == row.source.strip() != ""

    def test_its_evidence_is_one_of_the_four_grades(self, row):
        assert row.evidence in {"published", "observed", "derived", "assumed"}

    def test_its_return_code_is_that_of_its_kind(self, row):
        of_kind = {
            "null": "RC010",
            "format": "RC011",
            "duplicate": "RC011",
            "identifier": "RC012",
            "age": "RC013",
            # Of the file as a whole, advice, and what cannot be written: none.
            "file": None,
            "advice": None,
            "account": None,
            "writing": None,
            "table": None,
            "catalogue": None,
            "structure": None,
            "achievement": None,
            "join": None,
            "update": None,
            "award": None,
            "ilr": None,
            "ctf": None,
            "event": None,
            "challenge": None,
            "merge": None,
        }
        is_error = row.severity is Severity.ERROR
        assert row.return_code == (of_kind[row.kind] if is_error else None)

    def test_only_a_file_can_be_unreadable(self, row):
        assert row.severity is not Severity.FATAL or row.kind == "file"

    def test_advice_is_never_an_error(self, row):
        assert row.kind != "advice" or row.severity is Severity.WARNING


def test_the_table_is_immutable_and_read_once():
    codes = issue_codes()

    assert codes is issue_codes()
    with pytest.raises(TypeError):
        codes["mine"] = ROWS[0]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        ROWS[0].remedy = "none"


def test_a_row_of_the_table_reads_like_this():
    assert issue_codes()["ukprn-format"] == IssueCode(
        code="ukprn-format",
        severity=Severity.ERROR,
        kind="file",
        return_code=None,
        meaning="The UKPRN has not the shape of one.",
        message="UKPRN has to be 8 characters, letters and digits only; this one has "
        "{length}",
        remedy="Use your organisation's UKPRN, as the Organisation Portal shows it.",
        evidence="observed",
        source="learner.xsd of the web-service schemas, type MIAPUKPRN",
    )


def test_a_code_that_is_not_in_the_table_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        issue("no-such-code")


def test_a_fact_that_the_message_needs_cannot_be_left_out():
    with pytest.raises(KeyError):
        issue("record-count", stated=2)


class TestIssue:
    @pytest.mark.parametrize(
        ("path", "row", "field"),
        [
            ((), None, None),
            (("row", 7), 7, None),
            (("row", 7, "postcode"), 7, "postcode"),
            (("row", 1, "GivenName"), 1, "GivenName"),
            (("postcode",), None, "postcode"),
            (("file name",), None, "file name"),
            (("records", 3, "postcode"), None, "postcode"),
            (("row",), None, None),
            (("row", "seven", "postcode"), None, "postcode"),
        ],
    )
    def test_its_row_and_field_are_read_from_its_path(self, path, row, field):
        found = attrs.evolve(FIELD, path=path)

        assert found.row == row
        assert found.field == field

    def test_what_the_table_says_is_at_hand(self):
        assert FIELD.kind == "format"
        assert FIELD.return_code == "RC011"
        assert FIELD.remedy.startswith("Compare the postcode with the learner's")
        assert ADVICE.return_code is None

    def test_at_puts_it_further_out_and_changes_nothing_else(self):
        found = issue("postcode-format", "postcode")
        moved = found.at("row", 7, line=9)

        assert moved.path == ("row", 7, "postcode")
        assert moved.line == 9
        assert found.path == ("postcode",)
        assert attrs.evolve(moved, path=found.path, line=None) == found

    def test_at_keeps_a_line_that_is_known(self):
        assert ROW.at("files", 1).line == 5
        assert ROW.at("files", 1).path == ("files", 1, "row", 4)

    @pytest.mark.parametrize(
        ("found", "text"),
        [
            (FILE, "the file has no learners [no-records]"),
            (
                ROW,
                (
                    "row 4: the row has 3 cells instead of 32; the missing ones were "
                    "taken as empty [columns-missing]"
                ),
            ),
            (
                FIELD,
                (
                    "row 7, postcode: this is not a postcode that the service accepts "
                    "[postcode-format]"
                ),
            ),
            (
                issue("postcode-format", "postcode"),
                (
                    "postcode: this is not a postcode that the service accepts "
                    "[postcode-format]"
                ),
            ),
            (
                issue("scn-format", "records", 3),
                "records 3: a Scottish candidate number has nine digits [scn-format]",
            ),
        ],
        ids=["file", "row", "field", "value", "elsewhere"],
    )
    def test_its_text_says_where_what_and_the_code(self, found, text):
        assert str(found) == text

    def test_reveal_adds_the_text_that_the_caller_found(self):
        assert FIELD.reveal("SW1A") == f"{FIELD} Found: 'SW1A'."
        assert FIELD.reveal(None) == f"{FIELD} Found: None."
        # A control character is shown, not sent to the screen.
        assert FIELD.reveal("\x1b[2J").endswith(r"Found: '\x1b[2J'.")

    def test_to_dict_has_plain_values(self):
        assert ROW.to_dict() == {
            "code": "columns-missing",
            "severity": "warning",
            "message": "the row has 3 cells instead of 32; the missing ones were "
            "taken as empty",
            "remedy": "Check that the row is complete. Some programs leave out empty "
            "cells at the end.",
            "row": 4,
            "line": 5,
            "field": None,
            "return_code": None,
            "source": "ulnlib",
        }
        assert type(ROW.to_dict()["severity"]) is str
        assert FIELD.to_dict()["field"] == "postcode"
        assert FIELD.to_dict()["return_code"] == "RC011"

    def test_it_cannot_be_changed(self):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            FIELD.code = "mine"

    def test_it_is_a_value(self):
        assert issue("postcode-format", "row", 7, "postcode") == FIELD
        assert len({issue("postcode-format", "row", 7, "postcode"), FIELD}) == 1
        assert pickle.loads(pickle.dumps(FIELD)) == FIELD  # noqa: S301  # our own


class TestReport:
    def test_it_is_a_sequence_in_order(self):
        assert len(REPORT) == 5
        assert list(REPORT) == [FATAL, FILE, ROW, FIELD, ADVICE]
        assert REPORT[0] is FATAL
        assert REPORT[-1] is ADVICE
        assert ROW in REPORT
        assert REPORT.index(ROW) == 2
        assert next(reversed(REPORT)) is ADVICE
        with pytest.raises(IndexError):
            REPORT[5]

    def test_a_slice_of_it_is_a_report(self):
        assert isinstance(REPORT[1:3], Report)
        assert REPORT[1:3] == Report([FILE, ROW])
        assert REPORT[::-1] == Report([ADVICE, FIELD, ROW, FILE, FATAL])
        assert REPORT[9:] == Report()

    def test_it_is_equal_to_a_report_of_equal_findings_in_the_same_order(self):
        assert Report([FILE, ROW]) == Report(iter([FILE, ROW]))
        assert Report([FILE, ROW]) != Report([ROW, FILE])
        assert Report([FILE]) != [FILE]
        assert Report() != ()

    def test_equal_reports_have_the_same_hash(self):
        assert hash(Report([FILE, ROW])) == hash(Report([FILE, ROW]))
        assert len({Report([FILE]), Report([FILE]), Report()}) == 2

    def test_its_repr_counts(self):
        assert repr(REPORT) == "Report(fatal=1, errors=3, warnings=2)"
        assert repr(Report()) == "Report(fatal=0, errors=0, warnings=0)"

    def test_its_findings_can_be_had_by_severity(self):
        assert REPORT.fatal == Report([FATAL])
        assert REPORT.errors == Report([FATAL, FILE, FIELD])
        assert REPORT.warnings == Report([ROW, ADVICE])
        assert REPORT.of(Severity.ERROR) == Report([FILE, FIELD])
        assert REPORT.of() == Report()

    def test_its_findings_can_be_had_by_row(self):
        assert REPORT.for_row(7) == Report([FIELD, ADVICE])
        assert REPORT.for_row(4) == Report([ROW])
        assert REPORT.for_row(5) == Report()

    @pytest.mark.parametrize(
        ("findings", "is_ok"),
        [([], True), ([ROW, ADVICE], True), ([ROW, FIELD], False), ([FATAL], False)],
        ids=["none", "warnings", "error", "fatal"],
    )
    def test_it_is_ok_without_errors(self, findings, is_ok):
        assert Report(findings).is_ok is is_ok

    def test_warnings_raise_nothing(self):
        Report([ROW, ADVICE]).raise_if_errors()
        Report().raise_if_errors()

    @pytest.mark.parametrize("error", [FATAL, FIELD], ids=["fatal", "error"])
    def test_an_error_raises_with_the_whole_report(self, error):
        report = Report([ROW, error])

        with pytest.raises(InvalidData) as caught:
            report.raise_if_errors()

        assert caught.value.report is report

    def test_it_survives_pickling(self):
        again = pickle.loads(pickle.dumps(REPORT))  # noqa: S301  # our own

        assert again == REPORT
        assert isinstance(again, Report)
        assert again[3].severity is Severity.ERROR

    def test_it_has_no_place_for_more(self):
        with pytest.raises(AttributeError):
            REPORT.note = "mine"
