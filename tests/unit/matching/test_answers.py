"""The question, and the answer in the service's shape."""

import datetime as dt

import attrs
import pytest

from ulnlib.codes import ResponseCode
from ulnlib.learner import Learner, Profile
from ulnlib.matching import (
    Conflict,
    Match,
    Outcome,
    Policy,
    Query,
    SearchResult,
    Tolerance,
)
from ulnlib.matching.compare import compare_persons
from ulnlib.matching.person import Person
from ulnlib.uln import Uln

ONE, TWO = Uln("9900000004"), Uln("9900000012")
ADA = Learner(
    uln=ONE,
    given_name="Ada",
    family_name="Quillfeather",
    date_of_birth="2007-05-24",
    gender="2",
    postcode="ZA1 1AB",
)


def match(asked=ADA, held=ADA, **more):
    return Match(
        profile=Profile(learner=held, created=None, last_amended=None, version=1),
        comparison=compare_persons(Person(asked), Person(held), Policy()),
        **more,
    )


class TestQuery:
    def test_it_takes_the_fields_of_a_learner_and_other_postcodes(self):
        query = Query(
            given_name="Ada",
            date_of_birth=dt.date(2007, 5, 4),
            other_postcodes=iter(["ZA1 1AA", "ZB2 2BB"]),
        )

        assert query.learner == Learner(given_name="Ada", date_of_birth="2007-05-04")
        assert query.other_postcodes == ("ZA1 1AA", "ZB2 2BB")

    def test_it_looks_for_a_learner(self):
        learner = Learner(given_name="Ada", family_name="Example")

        assert Query.of(learner) == Query(given_name="Ada", family_name="Example")
        assert Query.of(learner).learner is learner
        assert Query.of(learner, other_postcodes=["ZA1 1AA"]).other_postcodes == (
            "ZA1 1AA",
        )

    def test_it_shows_how_many_postcodes_and_none_of_them(self):
        query = Query(given_name="Ada", other_postcodes=["ZA1 1AA"])

        assert repr(query) == "Query(learner=Learner(), other_postcodes=1)"

    def test_it_cannot_be_changed(self):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            Query().other_postcodes = ("ZA1 1AA",)

    def test_a_field_that_does_not_exist_is_refused_without_showing_it(self):
        with pytest.raises(TypeError, match="1 of the arguments are no fields"):
            Query(zebedee="x")


class TestMatch:
    def test_it_passes_on_what_its_comparison_says(self):
        found = match(ADA.evolve(given_name="A", postcode="ZZ99 9ZZ"))

        assert found.tolerances == (Tolerance.INITIALS, Tolerance.DEFAULT_POSTCODE)
        assert found.probability == found.comparison.probability
        assert found.weight == found.comparison.weight
        assert found.uln == ONE
        assert found.margin is None
        assert found.conflicts == ()

    def test_it_is_linked_when_another_uln_was_found(self):
        assert not match().linked
        assert match(linked_from=TWO).linked

    def test_it_explains_itself_and_what_speaks_against_it(self):
        text = match(
            ADA.evolve(given_name="A"), conflicts=(Conflict.UPN, Conflict.NAMESAKE)
        ).explain()

        assert "Quillfeather" in text
        assert "initial only" in text
        assert text.splitlines()[-2:] == [
            "But the UPN is another.",
            "But somebody of the same name is as near by age or address.",
        ]

    def test_it_shows_nobody(self):
        found = match(ADA.evolve(given_name="Zebedee"), margin=5, linked_from=TWO)

        for shown in (repr(found), str(SearchResult(outcome="x", matches=(found,)))):
            for value in (*filter(None, ADA.values()), "Zebedee"):
                assert len(value) < 3 or value == str(ONE) or value not in shown


class TestResponseCode:
    @pytest.mark.parametrize(
        ("result", "code"),
        [
            (SearchResult(outcome=Outcome.NONE), "WSRC0001"),
            (SearchResult(outcome=Outcome.TOO_MANY, found=11), "WSRC0002"),
            (
                SearchResult(outcome=Outcome.POSSIBLE, matches=(match(),), found=1),
                "WSRC0003",
            ),
            (
                SearchResult(outcome=Outcome.EXACT, matches=(match(),), found=1),
                "WSRC0004",
            ),
            (SearchResult(outcome=Outcome.INSUFFICIENT), "WSRC0015"),
            (
                SearchResult(
                    outcome=Outcome.EXACT, matches=(match(linked_from=TWO),), found=1
                ),
                "WSRC0022",
            ),
            (
                SearchResult(
                    outcome=Outcome.POSSIBLE, matches=(match(linked_from=TWO),), found=1
                ),
                "WSRC0003",
            ),
        ],
        ids=[
            "none",
            "too many",
            "possible",
            "exact",
            "insufficient",
            "linked",
            "possible and linked",
        ],
    )
    def test_the_answer_has_the_service_s_code(self, result, code):
        assert result.response_code is ResponseCode(code)

    def test_every_outcome_has_one(self):
        made = {
            SearchResult(outcome=outcome, matches=(match(),)).response_code
            for outcome in Outcome
        }

        assert len(made) == 5


@pytest.mark.parametrize("conflict", Conflict)
def test_every_conflict_is_said_in_words(conflict):
    assert conflict.label == conflict.label.strip(" .") != ""
