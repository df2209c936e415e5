"""A personal learning record: entries, sorting, and what counts."""

import datetime as dt

import pytest

from builders.plr import ILR, NPD, UNIT, changed, ids
from ulnlib.errors import InvalidValue
from ulnlib.plr import Column, Entry, LearningEvent, Record
from ulnlib.plr.record import Taken, WhyLeftOut
from ulnlib.qualifications import Achievement, Level


class TestEntries:
    def test_what_a_merged_uln_brings_twice_is_one_entry_with_both(self):
        record = Record([NPD, UNIT, changed(NPD, id="10", grade="B")])

        assert len(record.entries) == 2
        entry = record.entries[0]
        assert entry.ids == ("8", "10")
        assert entry.grades == ("A*", "B")
        assert entry.has_two_grades
        assert sum(len(one.events) for one in record.entries) == len(record.events)

    @pytest.mark.parametrize(
        "values",
        [
            {"award_date": "2010-07-01"},
            {"source": "ILR"},
            {"provider_ukprn": "10033421"},
            {"subject_code": "50025686"},
            {"qualification_type": "GCSE"},
            {"subject": "AQA English Literature B"},
            {"level": "Level 3"},
            {"credits": "9"},
            {"awarding_organisation_name": "ANOTHER"},
            {"language": "Welsh"},
            {"start_date": "2008-09-01"},
        ],
    )
    def test_what_differs_in_more_is_another(self, values):
        assert len(Record([NPD, changed(NPD, id="10", **values)]).entries) == 2

    @pytest.mark.parametrize(
        "values",
        [
            {"award_date": "2009-07-01 00:00:00"},
            {"subject": " AQA  ENGLISH Literature a"},
            {"credits": "0"},
            {"awarding_organisation_name": "UNKNOWN"},
            {"level": ""},
            {"source": "npd "},
            {"status": "P"},
            {"date_loaded": "2020-01-01"},
            {"return_number": "04"},
            {"under_data_challenge": "Y"},
            {"restriction": "1"},
        ],
    )
    def test_what_is_written_otherwise_or_noted_by_the_service_is_the_same(
        self, values
    ):
        assert len(Record([NPD, changed(NPD, id="10", **values)]).entries) == 1

    def test_a_title_is_no_code(self):
        first = LearningEvent(id=1, source="AO", subject_code="123", subject="123")
        second = LearningEvent(id=2, source="AO", subject="123")
        assert len(Record([first, second]).entries) == 2

    def test_a_blank_number_is_none(self):
        assert Record([changed(NPD, id=" ")]).entries[0].ids == ()

    def test_entries_are_in_the_order_of_their_first_events(self):
        record = Record([NPD, UNIT, changed(NPD, id="10", level="Level 3"), NPD])
        assert [entry.ids for entry in record.entries] == [("8", "8"), ("7",), ("10",)]

    def test_a_grade_that_is_written_otherwise_is_no_other(self):
        (entry,) = Record([UNIT, changed(UNIT, grade="PASS "), UNIT]).entries
        assert entry.grades == ("Pass",)
        assert not entry.has_two_grades

    def test_a_code_is_the_same_with_strokes_and_without(self):
        assert len(Record([UNIT, changed(UNIT, subject_code="k5015773")]).entries) == 1

    def test_events_that_say_nothing_stand_for_themselves(self):
        assert len(Record([LearningEvent(), LearningEvent()]).entries) == 2

    def test_the_best_grade_is_by_the_ranking_of_the_caller(self):
        (entry,) = Record([NPD, changed(NPD, grade="B")]).entries

        assert entry.best_grade(["A*", "A", "B"]) == "A*"
        assert entry.best_grade(["B"]) == "B"
        assert Record([ILR]).entries[0].best_grade(["A"]) is None

    def test_a_dispute_of_one_is_one_of_the_entry(self):
        (entry,) = Record([NPD, changed(NPD, under_data_challenge="Y")]).entries

        assert entry.is_challenged

    def test_nobody_s_details_are_in_a_repr(self):
        record = Record([NPD, UNIT])

        assert repr(record) == "Record(events=2, entries=2)"
        assert repr(record.entries[0]) == "Entry(events=1)"
        assert repr(record.achievements()) == "Taken(achievements=2, left_out=0)"


class TestSorting:
    RECORD = Record([UNIT, NPD, ILR])

    @pytest.mark.parametrize(
        ("column", "ascending", "descending"),
        [
            (Column.SUBJECT, ["8", "9", "7"], ["7", "9", "8"]),
            (Column.LEVEL, ["7", "8", "9"], ["7", "8", "9"]),
            (Column.GRADE, ["8", "7", "9"], ["7", "8", "9"]),
            (Column.CREDIT, ["7", "8", "9"], ["7", "8", "9"]),
            (Column.SOURCE, ["9", "8", "7"], ["7", "8", "9"]),
            (Column.START, ["9", "7", "8"], ["9", "7", "8"]),
            (Column.END, ["7", "8", "9"], ["7", "8", "9"]),
            (Column.AWARD, ["8", "7", "9"], ["7", "8", "9"]),
        ],
    )
    def test_each_column_sorts_both_ways_and_blanks_come_last(
        self, column, ascending, descending
    ):
        assert ids(self.RECORD.sorted_by(column)) == ascending
        assert ids(self.RECORD.sorted_by(column, descending=True)) == descending

    def test_what_is_no_column_is_not_printed(self):
        with pytest.raises(InvalidValue) as caught:
            Record([]).sorted_by("Example")
        assert "Example" not in str(caught.value)

    def test_levels_sort_as_levels(self):
        texts = ["Level 2", "Entry Level", "Level 1/2", "Entry 3", "Level 8", "odd", ""]
        record = Record(
            [changed(UNIT, id=n, level=text, subject_code=str(n)) for n, text in
             enumerate(texts)]
        )  # fmt: skip

        in_order = [entry.event.level for entry in record.sorted_by("level")]
        assert in_order == [
            *("Entry Level", "Entry 3", "Level 1/2", "Level 2", "Level 8", "odd", ""),
        ]

    def test_credits_sort_as_numbers(self):
        record = Record(
            [changed(UNIT, id=n, credits=n, subject_code=str(n)) for n in (10, 9, 100)]
        )

        assert ids(record.sorted_by(Column.CREDIT)) == ["9", "10", "100"]

    def test_the_columns_are_those_of_the_screen(self):
        assert [one.label for one in Column] == [
            *("Subject", "Level", "Grade", "Credit", "Source"),
            *("Start Date", "End Date", "Award Date"),
        ]


class TestChoosing:
    RECORD = Record([UNIT, NPD, ILR, changed(NPD, id="10")])

    def test_some_sources_kinds_and_words(self):
        assert len(self.RECORD.only(sources=["NPD"]).events) == 2
        assert ids(self.RECORD.only(kinds=["participation"]).entries) == ["9"]
        assert ids(self.RECORD.only(words="english AQA").entries) == ["8"]
        assert self.RECORD.only() == self.RECORD

    def test_what_was_left_stays_in_order_and_together(self):
        again = changed(UNIT, id="70")
        record = Record([UNIT, NPD, again])

        assert record.only() == record
        assert record.only(sources=["QCFU"]).events == (UNIT, again)
        assert [one.ids for one in record.only().entries] == [("7", "70"), ("8",)]

    def test_entries_that_look_alike_are_not_put_together(self):
        entries = [Entry((UNIT,)), Entry((changed(UNIT, id="70"),))]
        record = Record.of_entries(entries)

        assert [one.ids for one in record.only(kinds=["achievement"]).entries] == [
            ("7",),
            ("70",),
        ]

    def test_by_source(self):
        grouped = self.RECORD.by_source()

        assert list(grouped) == ["QCFU", "NPD", "ILR"]
        assert [len(some) for some in grouped.values()] == [1, 1, 1]


class TestAchievements:
    def test_what_counts_is_taken_whole(self):
        taken = Record([UNIT]).achievements()

        assert list(taken) == [
            Achievement(
                "K/501/5773",
                2,
                Level.LEVEL_1,
                dt.date(2010, 1, 1),
                source="QCFU",
                id="7",
                title="Introduction to Construction Work",
            )
        ]
        assert taken.left_out == ()

    @pytest.mark.parametrize(
        ("event", "values", "why"),
        [
            (ILR, {}, WhyLeftOut.PARTICIPATION),
            (UNIT, {"status": "P"}, WhyLeftOut.NOT_FINAL),
            (UNIT, {"award_date": None}, WhyLeftOut.NO_AWARD_DATE),
            (UNIT, {"award_date": "2010-02-30"}, WhyLeftOut.NO_AWARD_DATE),
            (UNIT, {"grade": None}, WhyLeftOut.NO_GRADE),
            (UNIT, {"grade": "u"}, WhyLeftOut.FAILED),
            (UNIT, {"grade": "F"}, WhyLeftOut.FAILED),
            (UNIT, {"grade": "Not  achieved"}, WhyLeftOut.FAILED),
            (NPD, {"status": None}, WhyLeftOut.STATUS_NOT_TOLD),
            (UNIT, {"subject_code": None}, WhyLeftOut.NO_CODE),
        ],
    )
    def test_what_does_not_count_is_listed_with_the_reason(self, event, values, why):
        taken = Record([changed(event, **values)]).achievements()

        assert len(taken) == 0
        ((entry, reason),) = taken.left_out
        assert reason is why
        assert entry.event.id == event.id
        assert reason.text.endswith(".")

    def test_of_two_grades_one_that_is_no_fail_counts(self):
        taken = Record([changed(NPD, grade="U"), NPD]).achievements()

        assert isinstance(taken, Taken)
        assert len(taken) == 1

    def test_a_caller_says_what_a_fail_is(self):
        assert len(Record([UNIT]).achievements(fails={"PASS"})) == 0
        gcse = changed(NPD, qualification_type="GCSE", grade="F")
        assert len(Record([gcse]).achievements(fails=["F"])) == 0

    @pytest.mark.parametrize(
        "values",
        [
            {"qualification_type": "GCSE (Short Course)"},
            {"qualification_type": "IGCSE"},
            {"subject": "GCSE in Art"},
            {
                "qualification_type": "Other General Qualification",
                "subject": "Cambridge IGCSE Maths",
            },
        ],
    )
    def test_an_f_of_a_gcse_is_awarded(self, values):
        record = Record([changed(NPD, grade="F", **values)])
        assert len(record.achievements()) == 1

    def test_an_f_of_another_is_a_fail_whatever_its_title(self):
        event = changed(
            NPD, grade="F", qualification_type="GCE A Level", subject="as a GCSE"
        )
        assert len(Record([event]).achievements()) == 0

    @pytest.mark.parametrize("source", ["AO", "QCFU"])
    def test_what_awarding_organisations_tell_is_final(self, source):
        record = Record([changed(UNIT, source=source, status=None)])
        assert len(record.achievements()) == 1


class TestOneText:
    """A text in the place of a list is refused: its letters would be taken for it."""

    @pytest.mark.parametrize("given", [{"sources": "AO"}, {"kinds": "achievement"}])
    def test_of_what_is_chosen(self, given):
        with pytest.raises(TypeError, match="in a list"):
            Record([NPD]).only(**given)

    def test_of_what_a_fail_is(self):
        with pytest.raises(TypeError, match="in a list"):
            Record([changed(NPD, grade="A")]).achievements(fails="FAIL")


class TestChecking:
    def test_findings_tell_the_event_and_the_field(self):
        report = Record([UNIT, changed(NPD, source="HESA")]).check()

        (item,) = report
        assert item.path == ("event", 2, "source")
        assert item.field == "source"

    def test_the_same_number_with_other_content_is_said(self):
        report = Record([UNIT, changed(UNIT, grade="Merit"), UNIT]).check()

        assert [(item.code, item.path) for item in report] == [
            ("event-id-twice", ("event", 2, "id"))
        ]
