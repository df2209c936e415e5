"""The question, and the answer in the service's shape."""

import datetime as dt
import itertools
import random

import attrs
import pytest

from ulnlib.codes import ResponseCode
from ulnlib.learner import Learner, Profile
from ulnlib.matching import (
    CANDIDATE_LIMIT,
    Match,
    Outcome,
    Query,
    SearchResult,
    Tolerance,
    answer,
)
from ulnlib.uln import Uln

# Twelve ULNs of the test range, in order.
ULNS = [
    "9900000004",
    "9900000012",
    "9900000020",
    "9900000039",
    "9900000047",
    "9900000055",
    "9900000063",
    "9900000071",
    "9900000098",
    "9900000101",
    "9900000128",
    "9900000136",
]


def match(number, *tolerances, linked_from=None):
    return Match(
        profile=Profile(
            learner=Learner(uln=ULNS[number]),
            created=None,
            last_amended=None,
            version=1,
        ),
        tolerances=tolerances,
        linked_from=None if linked_from is None else Uln(ULNS[linked_from]),
    )


def near(number, tolerance=Tolerance.POSTCODE, **more):
    return match(number, tolerance, **more)


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

    def test_it_shows_how_many_postcodes_and_none_of_them(self):
        query = Query(given_name="Ada", other_postcodes=["ZA1 1AA"])

        assert repr(query) == "Query(learner=Learner(), other_postcodes=1)"

    def test_it_cannot_be_changed(self):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            Query().other_postcodes = ("ZA1 1AA",)

    def test_a_field_that_does_not_exist_is_refused_without_showing_it(self):
        with pytest.raises(TypeError, match="1 of the arguments are no fields"):
            Query(zebedee="x")


class TestAnswer:
    def test_nobody_is_none(self):
        assert answer([]) == SearchResult(outcome=Outcome.NONE, matches=(), found=0)

    def test_one_equal_record_is_exact(self):
        assert answer([match(0)]) == SearchResult(
            outcome=Outcome.EXACT, matches=(match(0),), found=1
        )

    def test_an_exact_record_wins_over_all_that_are_near(self):
        found = answer([near(n) for n in range(1, 12)] + [match(0)])

        assert found.outcome is Outcome.EXACT
        assert found.matches == (match(0),)
        assert found.found == 1

    def test_two_equal_records_are_only_possible(self):
        found = answer([match(1), near(2), match(0)])

        assert found.outcome is Outcome.POSSIBLE
        assert found.matches == (match(0), match(1), near(2))
        assert found.found == 3

    @pytest.mark.parametrize("count", [1, 2, 10])
    def test_up_to_ten_near_records_are_possible_and_named(self, count):
        found = answer([near(n) for n in range(count)])

        assert found.outcome is Outcome.POSSIBLE
        assert [str(m.uln) for m in found.matches] == ULNS[:count]
        assert found.found == count

    @pytest.mark.parametrize("count", [11, 12])
    def test_more_than_ten_are_counted_and_not_named(self, count):
        found = answer([near(n) for n in range(count)])

        assert found == SearchResult(outcome=Outcome.TOO_MANY, matches=(), found=count)

    def test_eleven_equal_records_are_too_many(self):
        assert answer([match(n) for n in range(11)]).outcome is Outcome.TOO_MANY

    def test_ten_is_the_limit(self):
        assert CANDIDATE_LIMIT == 10

    def test_the_nearest_come_first_and_then_the_lowest_uln(self):
        found = answer(
            [
                near(3),
                match(4),
                near(0, Tolerance.NAMES_SWAPPED),
                match(1),
                near(2, Tolerance.GENDER),
            ]
        )

        assert [str(m.uln) for m in found.matches] == [
            ULNS[1],
            ULNS[4],
            ULNS[0],
            ULNS[2],
            ULNS[3],
        ]

    def test_a_master_counts_once_by_its_nearest_record(self):
        found = answer([near(0), match(0, linked_from=5), near(0, linked_from=6)])

        assert found.outcome is Outcome.EXACT
        assert found.matches == (match(0, linked_from=5),)
        assert found.matches[0].linked
        assert found.matches[0].uln == Uln(ULNS[0])
        assert found.matches[0].linked_from == Uln(ULNS[5])

    def test_the_master_s_own_record_goes_before_a_linked_one_as_near(self):
        found = answer([match(0, linked_from=5), match(0)])

        assert found.matches == (match(0),)
        assert not found.matches[0].linked

    def test_of_linked_records_as_near_the_lowest_uln_is_named(self):
        found = answer([match(0, linked_from=n) for n in (7, 5, 6)])

        assert found.matches == (match(0, linked_from=5),)

    def test_a_hundred_records_of_one_master_are_one_match(self):
        found = answer([near(0, linked_from=n % 11 + 1) for n in range(100)])

        assert found.outcome is Outcome.POSSIBLE
        assert found.found == 1

    @pytest.mark.parametrize(
        "matches",
        [
            [match(0), match(0, linked_from=3), near(1), near(2, linked_from=4)],
            [match(2), near(0), match(1), match(1, linked_from=5)],
            [near(0, linked_from=4), near(0, linked_from=3), near(0), near(1)],
        ],
        ids=["exact", "two", "near"],
    )
    def test_the_order_of_the_records_makes_no_difference(self, matches):
        answers = {answer(order) for order in itertools.permutations(matches)}

        assert len(answers) == 1

    def test_the_order_of_many_records_makes_no_difference(self):
        matches = [near(n) for n in range(8)] + [match(9), match(8)]
        first = answer(matches)
        shuffle = random.Random(5).shuffle

        for _ in range(100):
            shuffle(matches)
            assert answer(matches) == first


class TestResponseCode:
    @pytest.mark.parametrize(
        ("result", "code"),
        [
            (SearchResult(outcome=Outcome.NONE), "WSRC0001"),
            (SearchResult(outcome=Outcome.TOO_MANY, found=11), "WSRC0002"),
            (
                SearchResult(outcome=Outcome.POSSIBLE, matches=(near(0),), found=1),
                "WSRC0003",
            ),
            (
                SearchResult(outcome=Outcome.EXACT, matches=(match(0),), found=1),
                "WSRC0004",
            ),
            (SearchResult(outcome=Outcome.INSUFFICIENT), "WSRC0015"),
            (
                SearchResult(
                    outcome=Outcome.EXACT, matches=(match(0, linked_from=1),), found=1
                ),
                "WSRC0022",
            ),
            (
                SearchResult(
                    outcome=Outcome.POSSIBLE, matches=(near(0, linked_from=1),), found=1
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
            SearchResult(outcome=outcome, matches=(match(0),)).response_code
            for outcome in Outcome
        }

        assert len(made) == 5
