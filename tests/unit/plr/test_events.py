"""A learning event: what its texts mean, and what is wrong with it."""

import datetime as dt

import attrs
import pytest

from builders.plr import UNIT, changed
from ulnlib.plr import EventKind, EventSource, LearningEvent, check_event
from ulnlib.plr.events import CURRENT
from ulnlib.plr.reasons import coverage, why_missing
from ulnlib.qualifications import Level

AS_OF = dt.date(2026, 11, 28)
ILR = LearningEvent(
    id=2931,
    source="ILR",
    subject="GCSE in English Literature",
    subject_code="50079116",
    qualification_type="GCSE",
    grade="9999999999",
    status="F",
    credits=0,
    award_date="2011-10-24",
    start_date="2011-10-02",
    end_date="2011-10-24",
    awarding_organisation_name="UNKNOWN",
    awarding_organisation_ukprn="UNKNWN",
    under_data_challenge="N",
)


def codes(event):
    return [item.code for item in check_event(event, as_of=AS_OF)]


class TestWhatTextsMean:
    def test_there_are_the_22_fields_that_are_served(self):
        assert len(CURRENT) == len(set(CURRENT.values())) == 22
        assert set(CURRENT) <= {a.name for a in LearningEvent.__attrs_attrs__}

    def test_a_grade_of_nines_is_none(self):
        assert not ILR.has_grade
        assert UNIT.has_grade

    def test_an_awarder_of_whom_nobody_knows_is_none(self):
        assert ILR.awarded_by == ""
        assert (
            changed(ILR, awarding_organisation_name="Pearson").awarded_by == "Pearson"
        )

    def test_dates_are_days_or_none(self):
        assert ILR.started == dt.date(2011, 10, 2)
        assert changed(ILR, end_date="2014-05-21 14:49:01").ended == dt.date(
            2014, 5, 21
        )
        assert changed(ILR, end_date="soon").ended is None
        assert changed(ILR, award_date=None).awarded is None

    @pytest.mark.parametrize(
        ("text", "credit"),
        [("2", 2), ("0", None), ("", None), (None, None), ("2.5", None), ("x", None)],
    )
    def test_credits_of_nothing_say_nothing(self, text, credit):
        assert changed(UNIT, credits=text).credit == credit

    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("Level 3", Level.LEVEL_3),
            ("Entry 3", Level.ENTRY_3),
            ("Entry Level", None),
            ("Level 1/2", None),
            ("", None),
        ],
    )
    def test_a_level_is_one_or_none(self, text, level):
        assert changed(UNIT, level=text).known_level is level

    @pytest.mark.parametrize(
        ("values", "kind"),
        [
            ({}, EventKind.PARTICIPATION),
            ({"grade": "C"}, EventKind.ACHIEVEMENT),
            ({"start_date": None, "end_date": None}, EventKind.ACHIEVEMENT),
            ({"source": "AO"}, EventKind.ACHIEVEMENT),
            (
                {"start_date": None, "end_date": None, "award_date": None},
                EventKind.PARTICIPATION,
            ),
        ],
    )
    def test_what_is_achieved_is_told_from_taking_part(self, values, kind):
        assert changed(ILR, **values).kind is kind

    def test_sources_have_names(self):
        assert UNIT.known_source is EventSource.QCFU
        assert changed(UNIT, source="HESA").known_source is None
        assert all(one.label for one in EventSource)

    def test_a_dispute_is_seen(self):
        assert not ILR.is_challenged
        assert changed(ILR, under_data_challenge="Y").is_challenged

    def test_of_texts_it_is_the_same(self):
        values = attrs.asdict(UNIT)
        for some in (values, {"id": "7", "is_sensitive": True}, {}):
            made = LearningEvent.of_texts(some)
            assert made == LearningEvent(**some)
            assert repr(made) == repr(LearningEvent(**some))
        assert LearningEvent.of_texts({}).further == {}

    def test_no_detail_is_in_a_repr(self):
        assert repr(UNIT) == "LearningEvent(id='7', source='QCFU')"


class TestWhatIsWrong:
    def test_events_as_the_service_serves_them_are_sound(self):
        assert codes(ILR) == []
        assert codes(UNIT) == []
        npd = LearningEvent(
            id=1,
            source="NPD",
            subject_code="1000323X",
            grade="A*",
            status="F",
            award_date="2010-07-01",
            start_date="",
            end_date="",
        )
        assert codes(npd) == []

    @pytest.mark.parametrize(
        ("event", "values", "code"),
        [
            (ILR, {"id": None}, "event-id-missing"),
            (ILR, {"source": "HESA"}, "event-source-unknown"),
            (ILR, {"source": None}, "event-source-unknown"),
            (ILR, {"end_date": "2011-02-30"}, "event-date"),
            (ILR, {"award_date": "24/10/2011"}, "event-date"),
            (ILR, {"award_date": "2058-07-01"}, "event-date-future"),
            (ILR, {"end_date": "2011-10-01"}, "event-end-before-start"),
            (ILR, {"award_date": "2011-10-01"}, "event-award-before-start"),
            (UNIT, {"status": "P"}, "event-provisional"),
            (
                ILR,
                {"start_date": "2099-12-31", "award_date": None, "end_date": None},
                "event-date-future",
            ),
            (UNIT, {"award_date": None}, "event-no-award"),
            (UNIT, {"level": "Level 9"}, "event-level-unknown"),
            (UNIT, {"credits": "two"}, "event-credits"),
            (UNIT, {"subject_code": None}, "event-no-code"),
            (UNIT, {"subject_code": "K/501/5774"}, "unit-reference-check-letter"),
            (UNIT, {"source": "AO", "subject_code": "Bricks"}, "event-code"),
            (ILR, {"subject_code": "aim"}, "event-code"),
            (ILR, {"subject_code": "600/3276/6"}, "qan-check-character"),
        ],
    )
    def test_it_is_said_of_its_field(self, event, values, code):
        found = check_event(changed(event, **values), as_of=AS_OF)

        assert [item.code for item in found] == [code]

    @pytest.mark.parametrize(
        "aim", ["ZPROG001", "Z0002323", "zwrkx001", "Z0007834", "ZESF0001"]
    )
    def test_a_programme_or_class_is_a_learning_aim(self, aim):
        assert codes(changed(ILR, subject_code=aim)) == []

    def test_awarding_organisations_have_no_such_aims(self):
        assert codes(changed(UNIT, source="AO", subject_code="ZPROG001")) == [
            "event-code"
        ]

    @pytest.mark.parametrize("source", ["AO", "QCFU"])
    def test_what_awarding_organisations_tell_is_final_without_a_status(self, source):
        event = changed(UNIT, status=None, source=source)

        assert event.is_final
        assert not event.is_status_told
        assert "event-provisional" not in codes(event)
        assert not changed(ILR, status=None).is_final

    def test_a_provisional_event_of_a_provider_is_nothing_odd(self):
        assert codes(changed(ILR, status="P")) == []

    def test_learning_may_end_in_the_future(self):
        assert codes(changed(ILR, award_date=None, end_date="2030-07-01")) == []

    def test_without_a_day_nothing_lies_in_the_future(self):
        assert not check_event(changed(ILR, award_date="2058-07-01"))


class TestWhyItIsMissing:
    def test_a_grade_that_is_there_is_not_missing(self):
        assert why_missing(UNIT, "grade") == ()

    def test_the_reasons_fit_what_the_dates_say(self):
        ended = [reason.text for reason in why_missing(ILR, "grade")]
        going_on = [
            reason.text
            for reason in why_missing(
                changed(ILR, end_date=None, award_date=None), "grade"
            )
        ]

        assert "There was no exam." in ended
        assert "The qualification has not been achieved yet." not in ended
        assert "The qualification has not been achieved yet." in going_on
        assert "There was no exam." not in going_on
        unawarded = why_missing(changed(ILR, award_date=None), "grade")
        of_all = {reason.text for reason in unawarded} | set(going_on)
        assert len(of_all) == 6  # as many as the guide has
        assert len(set(ended)) == 2

    def test_what_is_awarded_was_completed(self):
        achieved = changed(ILR, end_date=None, grade="Pass")
        assert why_missing(achieved, "end_date") == ()
        assert why_missing(changed(achieved, award_date=None), "end_date") == ()
        going_on = changed(achieved, award_date=None, grade="9999999999")
        assert len(why_missing(going_on, "end_date")) == 3

    @pytest.mark.parametrize(
        ("source", "what", "count"),
        [
            ("ILR", "end_date", 3),
            ("ILR", "start_date", 1),
            ("NPD", "start_date", 1),
            ("NPD", "end_date", 1),
            ("AO", "start_date", 1),
            ("AO", "end_date", 1),
            ("AO", "grade", 0),
            ("HESA", "grade", 0),
            ("ILR", "subject", 0),
        ],
    )
    def test_each_source_has_its_own(self, source, what, count):
        assert len(why_missing(LearningEvent(source=source), what)) == count

    def test_a_date_that_is_there_is_not_missing(self):
        assert why_missing(ILR, "end_date") == ()

    def test_all_that_documents_say_of_what_is_covered_is_listed(self):
        notes = coverage()

        years = {"2007/08", "2009", "2009/10", "2012", "2013", "2014", "2015"}
        assert years <= {
            word.strip(".,;") for note in notes for word in note.text.split()
        }
        assert any("Higher education" in note.text for note in notes)
        assert any("three to four months" in note.text for note in notes)
        assert all(note.source and note.dated and note.evidence for note in notes)
