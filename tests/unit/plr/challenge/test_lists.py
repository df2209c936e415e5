"""History, work list, marks, the service's names, and mail about a challenge."""

import datetime as dt

import attrs
import pytest

from builders.challenges import (
    ADA,
    AGAIN,
    AT,
    BRICKS,
    COLLEGE,
    DESK,
    OTHER,
    RECORD,
    SCHOOL,
    THIRD,
    ULN,
    not_theirs,
    of_event,
    of_uln,
    raised,
    twice,
)
from ulnlib.errors import InvalidUln
from ulnlib.plr import LearningEvent
from ulnlib.plr.challenge import (
    CHALLENGE_TYPES,
    DETAILS,
    NOBODY_IS_TOLD,
    STATUS,
    ChallengeState,
    Details,
    Party,
    Transfer,
    check_mail,
    history,
    listed,
    to_service,
    under_challenge,
    work_list,
)
from ulnlib.rules.disclosure import Medium, check, redact

FIRST = of_event().raised(at="2026-11-01")
SECOND = of_uln(raised_by=SCHOOL).raised(at=dt.date(2026, 11, 2))
THIRD_ONE = not_theirs(raised_by=Party.learner(ULN)).raised(at="2026-11-03T10:00:00")
UNDATED = twice().raised(at="later")
ELSEWHERE = of_event(learner=ADA.evolve(uln=THIRD)).raised(at="2026-11-01")
ALL = [UNDATED, THIRD_ONE, ELSEWHERE, SECOND, of_event(), FIRST]


class TestHistory:
    def test_it_has_what_everybody_raised_in_order(self):
        assert history(ALL, ULN) == (FIRST, SECOND, THIRD_ONE, UNDATED)
        assert history(ALL, f"{ULN[:3]} {ULN[3:]}") == history(ALL, ULN)

    def test_the_second_uln_of_a_challenge_has_it_too(self):
        assert history(ALL, OTHER) == (SECOND,)

    def test_it_is_filtered_by_the_days_of_raising(self):
        day = dt.date(2026, 11, 2)
        assert history(ALL, ULN, created_from=day) == (SECOND, THIRD_ONE)
        assert history(ALL, ULN, created_to=day) == (FIRST, SECOND)
        late = dt.datetime(2026, 11, 2, 23, 59, tzinfo=dt.UTC)
        assert history(ALL, ULN, created_from=day, created_to=late) == (SECOND,)

    def test_it_is_of_a_uln(self):
        with pytest.raises(InvalidUln):
            history(ALL, "7")


class TestTheWorkList:
    def test_it_has_what_is_open_the_oldest_first(self):
        over = FIRST.withdrawn(by=COLLEGE, at=AT)
        asked = SECOND.step("look_at", by=DESK, at=AT).step("ask", by=DESK, at=AT)
        found = work_list([UNDATED, asked, over, of_event(), FIRST])
        assert found.open == (FIRST, asked, UNDATED)
        assert found.questioned == (asked,)
        assert found.note == NOBODY_IS_TOLD
        assert found.waiting_days(dt.date(2026, 11, 11)) == (10, 9, None)


class TestTheMark:
    def marks(self, record):
        return [event.under_data_challenge for event in record.events]

    def test_it_comes_and_goes(self):
        assert self.marks(under_challenge(RECORD, [of_event()])) == [None] * 3
        case = raised(twice())
        assert self.marks(under_challenge(RECORD, [case])) == ["Y", None, "Y"]
        over = case.withdrawn(by=COLLEGE, at=AT)
        assert under_challenge(RECORD, [over]) == RECORD

    def test_the_services_own_stays(self):
        own = attrs.evolve(BRICKS, under_data_challenge="Yes")
        record = attrs.evolve(RECORD, events=(own, AGAIN))
        over = raised().withdrawn(by=COLLEGE, at=AT)
        for cases in ([], [raised()], [over]):
            assert self.marks(under_challenge(record, cases)) == ["Yes", None]

    def test_an_event_without_a_number_is_not_every_other_without_one(self):
        blank = attrs.evolve(BRICKS, id="")
        record = attrs.evolve(RECORD, events=(blank,))
        case = raised(attrs.evolve(of_event(), events=(blank,)))
        assert under_challenge(record, [case]) == record

    def test_it_is_of_number_and_source(self):
        other = attrs.evolve(BRICKS, source="NPD")
        record = attrs.evolve(RECORD, events=(other, LearningEvent(source="AO")))
        assert under_challenge(record, [raised(), raised(of_uln())]) == record


class TestTheServicesNames:
    def test_a_challenge_has_those_of_the_schema(self):
        values = to_service(raised()).values
        assert dict(values) == {
            "userType": "ORG",
            "challengeType": "wrong_grade",
            "uln": ULN,
            "givenName": "Ada",
            "familyName": "Example",
            "dateOfBirth": dt.date(2008, 5, 4),
            "gender": "2",
            "contactName": "A Tutor",
            "telephone": "0113 4960000",
            "emailAddress": "tutor@example.org",
            "additionalInformation": "The certificate says B.",
            "learningEvent1Id": 7,
            "source1": "AO",
            "originalAccreditationNumber": "501/0476/7",
            "originalAwardingBody": "Bricklayers",
            "originalAimTitle": "Bricks",
            "originalAchievedDate": dt.date(2024, 8, 22),
            "originalAchievedGrade": "D",
            "originalCreditValue": "4",
            "suppliedAchievedGrade": "B",
        }

    def test_two_events_have_two_numbers_and_sources(self):
        values = to_service(twice()).values
        assert (values["learningEvent1Id"], values["learningEvent2Id"]) == (7, 9)
        assert (values["source1"], values["source2"]) == ("AO", "AO")
        said = values["additionalInformation"]
        assert said.endswith("Checked: it is no record of participation.")

    def test_what_has_no_place_stands_in_the_comments(self):
        move = Transfer(uln=OTHER, name="Bo Sample")
        said = to_service(not_theirs(transfer=move)).values["additionalInformation"]
        assert said.splitlines()[1:] == [f"Please transfer to {OTHER} - Bo Sample."]
        said = to_service(of_uln()).values["additionalInformation"]
        assert said.splitlines()[1:] == [
            f"The other ULN: {OTHER}.",
            f"The master, which stays: {ULN}.",
        ]
        empty = to_service(of_event(comments=None, learner=ADA.evolve(uln="")))
        assert {"additionalInformation", "uln"}.isdisjoint(empty.values)

    def test_what_the_service_cannot_take_is_left_out(self):
        odd = attrs.evolve(BRICKS, id="x" * 3, award_date="soon")
        values = to_service(of_event(odd)).values
        assert {"learningEvent1Id", "originalAchievedDate"}.isdisjoint(values)

    def test_our_own_words_are_called_assumed(self):
        assert to_service(raised()).assumed == ("challengeType",)
        theirs = to_service(raised(), types={"wrong_grade": "7"})
        assert (theirs.values["challengeType"], theirs.assumed) == ("7", ())
        assert repr(theirs) == f"ServiceValues({len(theirs.values)} values, assumed=())"

    def test_it_is_listed_as_the_service_lists(self):
        over = raised().withdrawn(by=COLLEGE, at="2026-12-01")
        assert dict(listed(over).values) == {
            "CreatedDate": dt.date(2026, 11, 29),
            "ReferenceNo": f"DC/{ULN}/1",
            "ResolvedDate": dt.date(2026, 12, 1),
            "Status": "Withdrawn",
            "Type": "wrong_grade",
        }
        assert listed(over).assumed == ("Status", "Type")
        theirs = listed(FIRST, types=CHALLENGE_TYPES, status=STATUS)
        assert (theirs.assumed, set(theirs.values)) == (
            (),
            {"CreatedDate", "Status", "Type"},
        )
        assert set(STATUS) == set(ChallengeState)

    def test_the_thirteen_details_are_all_fields(self):
        assert list(DETAILS) == [one.name for one in attrs.fields(Details)]
        assert len(DETAILS) == 13


class TestMail:
    @pytest.mark.parametrize(
        "reference",
        [f"DC/{ULN}/1", f"CH{ULN}0002", f"{ULN}-17", f"Q2026/{ULN}.A", f"ch{ULN}a"],
    )
    @pytest.mark.parametrize(
        "detail", ["born 4 May 2008", "postcode ZA1 1AB", "Example", "the other is Bo"]
    )
    def test_the_reference_and_another_detail_are_a_breach(self, reference, detail):
        case = not_theirs(
            reference=reference, transfer=Transfer(uln=OTHER, name="Bo Sample")
        )
        found = check_mail(f"About {reference.upper()}: {detail}.", case)
        assert "PG-6.2-1" in found.clauses

    @pytest.mark.parametrize("reference", [f"DC/{ULN}/1", f"CH{ULN}0002"])
    def test_the_reference_alone_is_none(self, reference):
        case = of_event(reference=reference)
        assert not check_mail(f"What became of {reference}?", case).is_breach

    def test_without_a_reference_the_other_rules_hold(self):
        found = check_mail("Ada Example, born 4 May 2008", of_event())
        assert found.clauses == ("PG-1.4-5",)

    def test_in_the_portal_it_may_stand(self):
        case = raised()
        text = f"{case.reference.text}: Ada Example"
        assert not check_mail(text, case, medium=Medium.PORTAL_DATA_CHALLENGE).is_breach


class TestReferencesInAnyMessage:
    def test_a_known_one_is_found_whatever_its_form(self):
        text = f"X{ULN}77 and X{ULN}778, born 4 May 2008"
        known = [f"X{ULN}77", "", f"X{ULN}778"]
        found = check(text, Medium.UNENCRYPTED_EMAIL, references=known)
        assert [one.reveal(text) for one in found.findings][:2] == [
            f"X{ULN}77",
            f"X{ULN}778",
        ]
        assert not check(text, Medium.UNENCRYPTED_EMAIL).is_breach
        assert redact(text, references=known) == (
            "[REFERENCE] and [REFERENCE], born [DATE OF BIRTH]"
        )

    @pytest.mark.parametrize(
        "text",
        [
            f"data challenge {ULN}-2",
            f"Data challenge: DC{ULN}",
            f"the reference of the data challenge is {ULN}/3",
            f"data-challenge #{ULN}01",
        ],
    )
    def test_what_stands_behind_data_challenge_is_one(self, text):
        found = check(f"{text} postcode ZA1 1AB", Medium.UNENCRYPTED_EMAIL)
        assert "PG-6.2-1" in found.clauses

    @pytest.mark.parametrize(
        "text", ["data challenge 01134960000", "data challenge 1234567890"]
    )
    def test_another_number_behind_it_is_none(self, text):
        found = check(f"{text} postcode ZA1 1AB", Medium.UNENCRYPTED_EMAIL)
        assert not found.is_breach
