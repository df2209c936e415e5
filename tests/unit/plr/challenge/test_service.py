"""A challenge by the service's own names."""

import datetime as dt

import attrs

from builders.challenges import (
    ADA,
    BRICKS,
    COLLEGE,
    OTHER,
    ULN,
    not_theirs,
    of_event,
    of_uln,
    raised,
    twice,
)
from ulnlib.plr.challenge import (
    CHALLENGE_TYPES,
    DETAILS,
    STATUS,
    ChallengeState,
    Details,
    Transfer,
    listed,
    to_service,
)

FIRST = of_event().raised(at="2026-11-01")


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
