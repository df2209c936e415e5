"""What a report has: which entries, in which order, and what is said of them."""

import datetime as dt

import pytest

from builders.plr import ADA, AS_OF
from builders.reports import course, result, seen
from ulnlib import Learner
from ulnlib.errors import InvalidValue
from ulnlib.plr import Column, coverage, report_of
from ulnlib.rules.sharing import Viewer

DATED = dt.date(2026, 11, 29)


def made(*events, unticked=(), **how):
    return report_of(seen(events, **how), dated=DATED, unticked=unticked)


def subjects(report):
    return [line.subject for line in report.lines]


class TestTheOrder:
    def test_it_is_by_award_else_end_else_start_else_last(self):
        report = made(
            result(1, subject="none", award_date=None),
            result(2, subject="award", award_date="2022-01-02"),
            course(3, subject="start", start_date="2022-01-01"),
            course(4, subject="end", start_date="2020-01-01", end_date="2022-01-03"),
            result(5, subject="no day", award_date="2022-02-30"),
        )

        assert subjects(report) == ["start", "award", "end", "none", "no day"]
        groups = [line.group for line in report.lines]
        assert groups == ["2022", "2022", "2022", "Without a date", "Without a date"]
        assert report.lines[-1].award_date == "2022-02-30"

    def test_entries_of_one_day_stay_in_order(self):
        report = made(result(1, subject="b"), result(2, subject="a", subject_code="x"))

        assert subjects(report) == ["b", "a"]


class TestWhatIsTicked:
    def test_all_are_by_default(self):
        assert len(made(result(1), course(2)).lines) == 2

    @pytest.mark.parametrize("number", [1, "1"], ids=["number", "text"])
    def test_any_can_be_left_out_by_its_number(self, number):
        report = made(result(1), course(2), unticked=[number])

        assert [line.ids for line in report.lines] == [("2",)]
        assert [one.code for one in report.sources] == ["ILR"]

    def test_one_text_is_no_list_of_numbers(self):
        with pytest.raises(TypeError, match="in a list"):
            made(result(1), unticked="1")

    def test_one_recorded_twice_goes_with_either_number(self):
        events = (result(1), result(2, grade="Pass"), course(3))
        for number in (1, 2):
            report = made(*events, unticked=[number])
            assert [line.ids for line in report.lines] == [("3",)]

    def test_a_number_that_no_event_has_leaves_out_nothing(self):
        assert len(made(result(1), unticked=["7", ""]).lines) == 1


class TestALine:
    def test_it_has_what_a_person_needs(self):
        [line] = made(result(provider_name="Example College")).lines

        assert line.facts == (
            "Diploma",
            "600/0001/6",
            "awarded by Example Awards",
            "at Example College",
        )
        shown = {column: line.shown(column) for column in Column}
        assert shown == {
            Column.SUBJECT: "Level 2 Diploma in Bricklaying",
            Column.LEVEL: "Level 2",
            Column.GRADE: "Merit",
            Column.CREDIT: "46",
            Column.SOURCE: "AO",
            Column.START: "",
            Column.END: "",
            Column.AWARD: "10 Jul 2025",
        }
        assert line.marks == ()

    def test_its_marks_say_what_a_reader_has_to_know(self):
        [line] = made(course(status="P", under_data_challenge="Y")).lines

        assert line.marks == ("Taking part", "Provisional", "Under challenge")

    def test_two_grades_of_one_achievement_are_shown_with_both_numbers(self):
        [line] = made(result(7), result(9, grade="Pass")).lines

        assert line.grade == "Merit / Pass"
        assert line.marks == (
            "Different grades are recorded",
            "Recorded twice: numbers 7 and 9",
        )

    def test_three_of_which_one_has_no_number(self):
        [line] = made(result(7), result(None), result(9)).lines

        assert line.marks == ("Recorded 3 times",)

    @pytest.mark.parametrize("statuses", [("F", "P"), ("P", "F"), ("P", None, "F")])
    def test_of_a_provisional_and_a_final_event_both_are_told(self, statuses):
        events = [result(n, status=one) for n, one in enumerate(statuses, 7)]
        [line] = made(*events).lines

        assert line.marks[0] == "Provisional and final results are recorded"

    def test_a_status_that_is_not_told_is_not_provisional(self):
        [line] = made(result(status=None)).lines

        assert not line.is_provisional

    @pytest.mark.parametrize(
        ("told", "shown"),
        [("0", ""), ("", ""), (None, ""), ("00", ""), ("12", "12"), ("1.5", "1.5")],
    )
    def test_credits_of_0_say_nothing(self, told, shown):
        [line] = made(result(credits=told)).lines

        assert line.credit == shown

    def test_an_event_without_anything_is_a_line_too(self):
        [line] = made(result(**dict.fromkeys(FIELDS))).lines

        assert line.facts == ()
        assert [line.shown(column) for column in Column] == [""] * 8


FIELDS = [
    "source",
    "subject",
    "subject_code",
    "qualification_type",
    "level",
    "grade",
    "status",
    "credits",
    "award_date",
    "awarding_organisation_name",
]


class TestNotes:
    def test_one_note_serves_all_lines_that_lack_the_same(self):
        report = made(*(course(n, subject_code=f"6000000{n}") for n in range(1, 5)))

        assert {tuple(line.footnotes.items()) for line in report.lines} == {
            ((Column.GRADE, 1), (Column.END, 2))
        }
        first, second = report.footnotes
        assert first.text.startswith(
            "No grade from ILR; one of these may be why. The qualification has not"
        )
        assert second.columns == (Column.END,)
        assert "may be still at it" in second.text

    def test_the_same_reason_of_two_columns_or_sources_is_told_once(self):
        report = made(
            result(1, source="NPD"),
            result(2, subject_code="x"),
            result(3, subject_code="K/501/5773", source="QCFU"),
        )

        assert [note.text.partition(". ")[0] for note in report.footnotes] == [
            "No start date or end date from NPD",
            "No start date from AO or QCFU",
            "No end date from AO or QCFU",
        ]

    def test_what_is_there_has_no_note(self):
        report = made(result(start_date="2024-09-01", end_date="2025-07-01"))

        assert report.footnotes == ()

    def test_sources_are_told_in_the_guides_order_and_unknown_ones_last(self):
        report = made(
            result(1, source="XYZ", subject_code="a"),
            result(2, source=None, subject_code="b"),
            result(3),
            course(4),
            result(5, source="NPD"),
        )

        told = [(one.code, one.count) for one in report.sources]
        assert told == [("NPD", 1), ("ILR", 1), ("AO", 1), ("XYZ", 1), ("", 1)]
        assert report.sources[-2].text == "A source that is not known here."

    def test_all_that_a_record_covers_is_told(self):
        assert made(result()).coverage == coverage()


class TestTheLearner:
    def test_it_has_what_the_view_has(self):
        learner = Learner(
            uln="1000000043",
            given_name="Siân",
            family_name="Example",
            date_of_birth="2007-05-04",
        )
        report = made(result(), learner=learner)

        assert [(one.name, one.value) for one in report.details] == [
            ("Name", "Siân Example"),
            ("ULN", "1000000043"),
            ("Date of birth", "4 May 2007"),
        ]
        assert report.whose == "Siân Example, ULN 1000000043"
        assert report.fields["date_of_birth"] == "2007-05-04"

    def test_a_date_of_birth_that_is_no_day_is_shown_as_it_came(self):
        learner = Learner(uln="1000000043", date_of_birth="May 2007")
        report = made(learner=learner)

        assert report.details[-1].value == "May 2007"
        assert report.whose == "ULN 1000000043"

    def test_a_nominated_organisation_is_told_nothing_of_the_learner(self):
        report = made(result(), viewer=Viewer.NOMINATED_ORGANISATION, chosen=["1"])

        assert (report.details, dict(report.fields), report.whose) == ((), {}, "")


class TestWithoutANumber:
    def test_an_entry_without_a_number_is_unticked_itself(self):
        view = seen((result(None, subject="First"), result(None, subject="Second")))
        first, _ = view.record.entries

        report = report_of(view, dated=DATED, unticked=[first])

        assert [line.subject for line in report.lines] == ["Second"]

    def test_so_is_one_of_a_part_of_the_record_or_of_the_same_view_again(self):
        events = (result(None, subject="First"), result(None, subject="Second"))
        view = seen(events)
        [part] = view.record.only(words="First").entries
        again = seen(events).record.entries[0]

        for one in (part, again):
            report = report_of(view, dated=DATED, unticked=[one])
            assert [line.subject for line in report.lines] == ["Second"]

    def test_one_that_is_not_shown_is_refused(self):
        view = seen((result(None, subject="First"),))
        other = seen((result(None, subject="Other"),)).record.entries[0]

        with pytest.raises(InvalidValue) as caught:
            report_of(view, dated=DATED, unticked=[other])
        assert "Other" not in str(caught.value)


class TestOtherViews:
    def test_a_closed_one_says_by_which_clause_and_shows_nothing(self):
        report = made(result(), viewer=Viewer.PROVIDER)

        assert not report.is_open
        assert report.clause == "PG-5.3-S-1"
        assert report.clause_source.startswith("LRS portal guide, ")
        assert (report.lines, report.sources, report.footnotes) == ((), (), ())
        assert report.summary == "The record is not shown."
        assert "a provider without the role" in report.scope

    @pytest.mark.parametrize(
        "viewer", [Viewer.PROVIDER_WITH_ROLE, Viewer.NOMINATED_ORGANISATION]
    )
    def test_others_are_not_told_what_of_the_learner_closes_it(self, viewer):
        several = [
            made(result(), viewer=viewer, share="0"),
            made(result(), viewer=viewer, share=None),
            made(result(), viewer=viewer, share="1", is_learner_sensitive=True),
        ]

        assert {one.clause for one in several} == {""}
        assert len({one.to_text() for one in several}) == 1
        assert len({one.to_html() for one in several}) == 1
        assert len({one.to_json() for one in several}) == 1

    def test_the_learner_is_told(self):
        report = made(result(), viewer=Viewer.LEARNER, has_level_one=False)

        assert report.clause == "SL-V-2"

    def test_the_restricted_one_has_its_basic_columns_alone(self):
        report = made(
            result(1, start_date="2024-09-01", provider_name="Example College"),
            course(2),
            viewer=Viewer.NOMINATED_ORGANISATION,
            chosen=["1", "2"],
        )

        assert Column.START not in report.columns
        assert Column.END not in report.columns
        [line] = report.lines
        assert line.facts == ("600/0001/6",)
        assert line.marks == ()
        assert report.footnotes == ()
        assert "restricted view" in report.scope

    def test_a_date_that_the_caller_adds_to_it_has_its_column(self):
        from ulnlib.plr import Record, preview
        from ulnlib.plr.views import BASIC_DETAILS
        from ulnlib.rules.sharing import Subject

        view = preview(
            Record([result(1, start_date="2024-09-01")]),
            Subject(share="1"),
            learner=ADA,
            as_of=AS_OF,
            chosen=["1"],
            basic=[*BASIC_DETAILS, "start_date"],
        )
        report = report_of(view, dated=DATED)

        assert Column.START in report.columns
        assert Column.END not in report.columns


@pytest.mark.parametrize(
    ("events", "summary"),
    [
        ((), "There is no entry to show."),
        ((result(),), "1 result."),
        ((course(),), "1 entry: 0 results, and 1 of taking part."),
        ((result(), course()), "2 entries: 1 result, and 1 of taking part."),
    ],
)
def test_the_summary_counts(events, summary):
    assert made(*events).summary == summary


def test_a_moment_counts_as_its_day():
    report = report_of(seen([]), dated=dt.datetime(2026, 11, 29, 23, 59))  # noqa: DTZ001

    assert report.dated == DATED


def test_a_repr_holds_no_text_of_the_record():
    report = made(result(), course())
    for value in (report, *report.lines, *report.details, *report.sources):
        shown = repr(value)
        assert "Bricklaying" not in shown
        assert "1000000043" not in shown
        assert "Example" not in shown
