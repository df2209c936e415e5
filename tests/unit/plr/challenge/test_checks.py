"""What has to hold before a challenge may be raised."""

import datetime as dt
from pathlib import Path

import attrs
import pytest

from builders.challenges import (
    ADA,
    AGAIN,
    AT,
    BRICKS,
    COLLEGE,
    CONTACT,
    OTHER,
    RECORD,
    TAKING_PART,
    THIRD,
    ULN,
    codes,
    not_theirs,
    of_event,
    of_uln,
    raised,
    twice,
)
from ulnlib import _tables
from ulnlib.plr import LearningEvent, Record
from ulnlib.plr.challenge import CurrentReturn, Details, Disputed, Transfer, check
from ulnlib.rules.corrections import CHALLENGES, Problem

CURRENT = CurrentReturn(collection_type="W", return_number="R02", ukprn="10012345")


def contact(**values):
    return attrs.evolve(CONTACT, **values)


class TestSoundOnes:
    @pytest.mark.parametrize(
        "case",
        [
            of_event(),
            of_event(problem="wrong_date", proposed=Details(end_date="2024-07-01")),
            twice(),
            of_uln(),
            of_uln("fictitious_uln"),
            of_uln("wrong_merge", master=None),
            *(
                of_uln(problem, other_uln=None, master=None)
                for problem in ("shared_uln", "deceased_learner", "other_uln_problem")
            ),
            of_uln("uses_another_uln", master=None),
        ],
        ids=lambda case: str(case.problem),
    )
    def test_nothing_is_wrong_with_them(self, case):
        record = Record([BRICKS, AGAIN])
        assert codes(check(case, record=record, current_return=CURRENT)) == []

    def test_a_transfer_is_sound_with_uln_and_name(self):
        move = Transfer(uln=OTHER, name="Bo Sample")
        case = not_theirs(problem="was_shared", transfer=move)
        assert codes(check(case)) == []


class TestWhatIsNoChallenge:
    @pytest.mark.parametrize(
        ("problem", "code"),
        [
            (Problem.MISSING_QUALIFICATION, "challenge-missing-qualification"),
            (Problem.PROHIBITED_NAME, "challenge-ask-service-desk"),
            ("given_name", "challenge-correct-yourself"),
            ("family_name", "challenge-correct-yourself"),
            ("postcode", "challenge-correct-yourself"),
            ("ability_to_share", "challenge-correct-yourself"),
            ("date_of_birth", "challenge-correct-yourself"),
            ("mis_identifier", "challenge-own-system"),
            ("upn", "challenge-ask-service-desk"),
        ],
    )
    def test_it_is_put_right_by_another_way(self, problem, code):
        assert codes(check(of_event(problem=problem))) == [(code, "problem")]

    def test_every_problem_of_the_table_is_one(self):
        assert all(of_event(problem=problem).about for problem in CHALLENGES)


class TestLearnerAndContact:
    @pytest.mark.parametrize("number", [None, "", "1000000044", "9999999999"])
    def test_the_learner_has_a_uln(self, number):
        case = of_event(learner=ADA.evolve(uln=number or ""))
        assert codes(check(case)) == [("challenge-uln", "learner", "uln")]

    def test_a_reference_contains_the_uln(self):
        assert codes(check(of_event(reference=f"DC{ULN}01"))) == []
        report = check(of_event(reference=f"DC{OTHER}"))
        assert codes(report) == [("challenge-reference", "reference")]
        assert report.is_ok

    @pytest.mark.parametrize("name", ["name", "email", "telephone"])
    @pytest.mark.parametrize("value", [None, "", "  "])
    def test_all_three_of_the_contact_are_required(self, name, value):
        for case in (of_event(), not_theirs(), twice(), of_uln()):
            without = attrs.evolve(case, contact=contact(**{name: value}))
            assert ("challenge-contact-missing", "contact", name) in codes(
                check(without)
            )

    @pytest.mark.parametrize(
        "email", ["tutor", "a@b", "a tutor@example.org", "a@b@c.uk", "a@b..uk"]
    )
    def test_an_email_address_is_one(self, email):
        report = check(of_event(contact=contact(email=email)))
        assert codes(report) == [("challenge-contact-email", "contact", "email")]

    @pytest.mark.parametrize(
        "email",
        ["exams@north.academy", "a@b.co", "siân@ysgol.cymru", "r&d@example.org"],
    )
    def test_an_email_address_of_any_domain_is_one(self, email):
        assert codes(check(of_event(contact=contact(email=email)))) == []

    @pytest.mark.parametrize("number", ["12345", "none", "0113-ring me", "++44 113496"])
    def test_a_telephone_number_is_one(self, number):
        report = check(of_event(contact=contact(telephone=number)))
        assert codes(report) == [
            ("challenge-contact-telephone", "contact", "telephone")
        ]

    @pytest.mark.parametrize(
        "number",
        ["01134960000", "+44 (0)113 496 0000", "0113-496-0000 ext. 12", "0113 4960 x7"],
    )
    def test_a_telephone_number_is_written_as_people_do(self, number):
        assert codes(check(of_event(contact=contact(telephone=number)))) == []


class TestComments:
    @pytest.mark.parametrize("text", [None, " "])
    def test_they_are_asked_for_by_the_table(self, text):
        said = attrs.evolve(of_event(), comments=text)
        assert codes(check(said)) == [("challenge-no-reason", "comments")]
        assert check(said).is_ok
        for case in (not_theirs(), twice(), of_uln("deceased_learner")):
            report = check(attrs.evolve(case, comments=text))
            assert ("challenge-no-comments", "comments") in codes(report)
        report = check(of_uln("wrong_merge", comments=text))
        assert codes(report) == [("unmerge-no-reason", "comments")]


class TestAUln:
    def test_a_shared_one_is_not_challenged_on_an_event(self):
        case = of_uln("shared_uln", other_uln=None, master=None, events=(BRICKS,))
        assert codes(check(case)) == [("challenge-shared-on-event", "events")]
        for case in (not_theirs(is_still_shared=True), of_event(is_still_shared=True)):
            assert codes(check(case)) == [("challenge-shared-on-event", "problem")]

    def test_it_names_no_event(self):
        report = check(of_uln(events=(BRICKS,)))
        assert codes(report) == [("challenge-event-on-uln", "events")]

    def test_a_duplicate_has_two_and_a_master(self):
        assert codes(check(of_uln(other_uln=None))) == [
            ("challenge-other-uln", "other_uln")
        ]
        assert codes(check(of_uln(other_uln="1000000044"))) == [
            ("merge-uln", "other_uln")
        ]
        assert codes(check(of_uln(other_uln=ULN))) == [("merge-same-uln", "other_uln")]
        for master in (None, THIRD):
            assert codes(check(of_uln(master=master))) == [
                ("challenge-no-master", "master")
            ]
        assert codes(check(of_uln(master="100 000 0051"))) == []
        assert codes(check(of_uln("wrong_merge", master=None))) == []
        assert codes(check(of_uln("wrong_merge", master=THIRD))) == [
            ("challenge-no-master", "master")
        ]

    def test_who_invented_one_may_have_no_other(self):
        report = check(of_uln("fictitious_uln", other_uln=None, master=None))
        assert codes(report) == [("challenge-other-uln-unknown", "other_uln")]
        assert report.is_ok

    def test_a_merge_of_very_different_ones_needs_a_reason(self):
        other = ADA.evolve(uln=OTHER, postcode="ZB2 2CD")
        without = of_uln(comments=None)
        assert codes(check(without, other=other)) == [("merge-no-reason", "postcode")]
        assert codes(check(of_uln(), other=other)) == []
        assert codes(check(without, other=ADA.evolve(uln=OTHER))) == []
        assert codes(check(of_uln("shared_uln", master=None), other=other)) == []


class TestAnEvent:
    def test_one_is_picked_and_no_more(self):
        for case in (of_event(), not_theirs()):
            none = attrs.evolve(case, events=())
            both = attrs.evolve(case, events=(BRICKS, AGAIN))
            for wrong in (none, both):
                assert codes(check(wrong)) == [("challenge-one-event", "events")]

    def test_duplicates_are_two_different_ones(self):
        assert codes(check(twice(BRICKS))) == [("challenge-two-events", "events")]
        assert codes(check(twice(BRICKS, BRICKS))) == [
            ("challenge-same-event", "events")
        ]

    def test_duplicates_are_looked_at_for_participation(self):
        case = twice(has_checked_participation=False)
        assert codes(check(case)) == [("challenge-participation-unchecked", "events")]

    def test_a_participation_beside_an_achievement_is_no_duplicate(self):
        report = check(twice(BRICKS, TAKING_PART), record=RECORD)
        assert ("challenge-participation", "events") in codes(report)
        assert not report.is_ok
        assert codes(check(twice(), record=RECORD)) == []

    def test_two_that_are_not_alike_are_told(self):
        first = LearningEvent(id=1, source="AO", subject="Bricks", subject_code="a")
        second = attrs.evolve(first, id="2", subject="Stones", subject_code="b")
        case = twice(first, second)
        found = check(case, record=Record([first, second]))
        assert ("challenge-not-alike", "events") in codes(found)
        nothing = {"subject": None, "subject_code": None}
        for same in ({"subject": " bricks"}, {"subject_code": "A"}, nothing):
            like = attrs.evolve(second, **same)
            found = check(case, record=Record([first, like]))
            assert "challenge-not-alike" not in [code for code, *_ in codes(found)]

    def test_two_participations_can_be_duplicates(self):
        both = [TAKING_PART, attrs.evolve(TAKING_PART, id="10")]
        report = check(
            twice(*both), record=Record(both), current_return=CurrentReturn(ukprn="x")
        )
        assert codes(report) == []

    def test_what_is_not_theirs_may_be_the_participation(self):
        report = check(not_theirs(), record=RECORD)
        assert codes(report) == [("challenge-participation-beside", "events", 1)]
        assert report.is_ok
        assert codes(check(not_theirs(), record=Record([BRICKS]))) == []

    @pytest.mark.parametrize("number", [None, "", "seven", "\u0667"])
    def test_its_number_is_one(self, number):
        case = attrs.evolve(of_event(), events=(Disputed(number, "AO"),))
        assert codes(check(case)) == [("challenge-event-id", "events", 1, "id")]

    def test_it_is_in_the_record(self):
        case = attrs.evolve(of_event(), events=(Disputed("70", "AO"),))
        assert codes(check(case, record=RECORD)) == [
            ("challenge-event-unknown", "events", 1, "id")
        ]
        case = attrs.evolve(of_event(), events=(Disputed("7", "NPD"),))
        assert codes(check(case, record=RECORD)) == [
            ("challenge-event-source", "events", 1, "source")
        ]
        case = attrs.evolve(of_event(), events=(Disputed(7),))
        assert codes(check(case, record=RECORD)) == []

    def test_the_record_says_what_the_challenge_says(self):
        now = Record([attrs.evolve(BRICKS, grade="C")])
        report = check(of_event(), record=now)
        assert codes(report) == [("challenge-original", "original", "achieved_grade")]
        case = attrs.evolve(of_event(), original=Details(total_credits="9"))
        assert codes(check(case, record=RECORD)) == []


class TestWhatIsProposed:
    def test_something_is(self):
        report = check(of_event(proposed=Details()))
        assert codes(report) == [("challenge-nothing-proposed", "proposed")]

    def test_it_is_another_value(self):
        proposed = Details(achieved_grade="d ", achieved_date="2024-08-22T00:00:00")
        assert codes(check(of_event(proposed=proposed))) == [
            ("challenge-no-change", "proposed", "achieved_date"),
            ("challenge-no-change", "proposed", "achieved_grade"),
        ]

    def test_a_day_and_a_number_become_text(self):
        proposed = Details(achieved_grade=5, achieved_date=dt.date(2024, 8, 23))
        assert proposed == Details(achieved_grade="5", achieved_date="2024-08-23")
        assert check(of_event(proposed=proposed)).is_ok

    def test_a_date_is_one(self):
        proposed = Details(end_date="22/08/2024")
        report = check(of_event(problem="wrong_date", proposed=proposed))
        assert codes(report) == [("challenge-proposed-date", "proposed", "end_date")]

    @pytest.mark.parametrize("problem", ["wrong_grade", "wrong_date"])
    def test_it_is_what_the_problem_is_about(self, problem):
        report = check(of_event(problem=problem, proposed=Details(aim_title="Walls")))
        assert codes(report) == [("challenge-other-detail", "proposed")]
        assert report.is_ok

    @pytest.mark.parametrize("draft", [not_theirs, twice])
    def test_nothing_is_proposed_where_the_details_are_right(self, draft):
        report = check(draft(proposed=Details(achieved_grade="B")))
        assert codes(report) == [("challenge-proposed-elsewhere", "proposed")]


class TestATransfer:
    @pytest.mark.parametrize(
        ("move", "found"),
        [
            (Transfer(uln=OTHER), ["transfer-name"]),
            (Transfer(name="Bo Sample"), ["transfer-uln"]),
            (Transfer(uln="1234567894", name="Bo Sample"), ["transfer-uln"]),
            (Transfer(uln="100-000-0043", name="Bo Sample"), ["transfer-same"]),
            (Transfer(), ["transfer-uln", "transfer-name"]),
        ],
    )
    def test_it_has_another_right_uln_and_a_name(self, move, found):
        report = check(not_theirs(transfer=move))
        assert [one.code for one in report] == [f"challenge-{code}" for code in found]

    def test_it_is_of_what_is_not_theirs(self):
        move = Transfer(uln=OTHER, name="Bo Sample")
        assert codes(check(of_event(transfer=move))) == [
            ("challenge-transfer-elsewhere", "transfer")
        ]


class TestTheCurrentReturn:
    def found(self, current, **values):
        event = attrs.evolve(TAKING_PART, **values)
        case = of_event(event, proposed=Details(achieved_grade="B"))
        return codes(check(case, record=Record([event]), current_return=current))

    @pytest.mark.parametrize("number", ["02", "R02", "2", "r2 "])
    def test_its_events_are_put_right_by_the_next(self, number):
        current = CurrentReturn(collection_type="w", return_number=number)
        assert self.found(current) == [("challenge-current-return", "events", 1)]

    @pytest.mark.parametrize(
        "current",
        [
            CurrentReturn(collection_type="W", return_number="03"),
            CurrentReturn(collection_type="X"),
            CurrentReturn(ukprn="10054321"),
            CurrentReturn(collection_type="W", loaded_from=dt.date(2026, 10, 2)),
        ],
    )
    def test_those_of_another_are_challenged(self, current):
        assert self.found(current) == []

    def test_the_day_of_loading_tells_years_apart(self):
        current = CurrentReturn(loaded_from=dt.date(2026, 10, 1))
        assert self.found(current) == [("challenge-current-return", "events", 1)]

    @pytest.mark.parametrize(
        ("current", "missing"),
        [
            (None, {}),
            (CURRENT, {"return_number": None}),
            (CURRENT, {"collection_type": ""}),
            (CurrentReturn(loaded_from=dt.date(2026, 10, 1)), {"date_loaded": "soon"}),
        ],
    )
    def test_where_it_is_not_told_there_is_a_warning(self, current, missing):
        assert self.found(current, **missing) == [
            ("challenge-return-unknown", "events", 1)
        ]

    def test_events_of_other_sources_are_none_of_it(self):
        assert self.found(CURRENT, source="NPD") == []
        assert self.found(None, source="NPD") == []
        assert CURRENT.has(BRICKS) is False

    def test_other_problems_of_its_events_are_a_warning(self):
        case = not_theirs(event=TAKING_PART)
        report = check(case, record=Record([TAKING_PART]), current_return=CURRENT)
        assert codes(report) == [("challenge-in-current-return", "events", 1)]
        assert report.is_ok


class TestOtherChallenges:
    def test_an_event_under_challenge_is_a_warning(self):
        record = Record([attrs.evolve(BRICKS, under_data_challenge="Y")])
        report = check(of_event(), record=record)
        assert codes(report) == [("challenge-already", "events", 1)]
        assert report.is_ok

    def test_an_open_challenge_of_the_same_is_a_warning(self):
        others = [raised(), raised(of_uln())]
        assert codes(check(of_event(), challenges=others)) == [
            ("challenge-already", "events", 1)
        ]
        assert codes(check(of_uln(), challenges=others)) == [
            ("challenge-already-uln", "problem")
        ]

    def test_a_uln_that_is_challenged_as_shared_goes_first(self):
        shared = raised(of_uln("shared_uln", other_uln=None))
        report = check(of_event(), challenges=[shared])
        assert codes(report) == [("challenge-uln-first", "problem")]

    def test_others_are_none_of_it(self):
        case = raised()
        over = raised().withdrawn(by=COLLEGE, at=AT)
        elsewhere = raised(learner=ADA.evolve(uln=THIRD))
        others = [of_event(), over, elsewhere, case]
        assert codes(check(case, challenges=others)) == []
        event = LearningEvent(id=70, source="AO")
        assert codes(check(of_event(), challenges=[raised(of_event(event))])) == []


def test_every_code_is_found_somewhere():
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(__file__).parent.glob("test_*.py")
    )
    rows = _tables.load("issue_codes_challenges").rows
    missing = [
        row["code"]
        for row in rows
        if row["code"] not in text
        and row["code"].removeprefix("challenge-") not in text
    ]
    assert missing == []
