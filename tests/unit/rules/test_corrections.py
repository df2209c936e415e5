"""Corrections: what a provider does itself, and what it reports."""

import pytest

from ulnlib.fields import FIELDS
from ulnlib.rules.clauses import clause
from ulnlib.rules.corrections import (
    CHALLENGES,
    CORRECTIONS,
    Challenge,
    Enquiry,
    Information,
    Problem,
    RouteKind,
    correction,
)

ITSELF = [
    *("given_name", "preferred_given_name", "middle_names", "family_name"),
    *("previous_family_name", "family_name_at_16"),
    *("address_line_1", "address_line_2", "town", "county", "postcode"),
    *("ability_to_share", "date_of_birth"),
]
MERGE = (
    Information.BOTH_ULNS,
    Information.WHICH_IS_MASTER,
    Information.REASON_FOR_MERGE,
)
ALL = (Information.ALL_THERE_IS,)
IF_KNOWN = (Information.REASON_IF_KNOWN,)


@pytest.mark.parametrize("name", ITSELF)
def test_name_address_birth_and_opting_out_are_corrected_by_the_provider(name):
    """PG-6.1-R1."""
    route = correction(name)

    assert (route.kind, route.clause) == (RouteKind.UPDATE, "PG-6.1-R1")
    assert route.challenge is None
    assert route.information == ()


def test_every_other_detail_is_added_by_the_provider():
    """PG-4.2.3-R1."""
    special = {"uln", "mis_identifier", "upn", *ITSELF}
    for name in set(FIELDS) - special:
        route = correction(name)
        assert (route.kind, route.clause) == (RouteKind.UPDATE, "PG-4.2.3-R1")


def test_numbers_go_other_ways():
    assert correction("uln").kind is RouteKind.DATA_CHALLENGE
    assert correction("uln").enquiry is Enquiry.ULN_OTHER
    assert correction("uln").information == ALL
    assert correction("uln").clause == "PG-6.1-R5"
    assert correction("mis_identifier").kind is RouteKind.OWN_SYSTEM
    assert correction("upn").kind is RouteKind.SERVICE_DESK
    assert correction("upn").clause == "R1902-5"


@pytest.mark.parametrize(
    ("problem", "challenge", "enquiry", "information", "by"),
    [
        ("duplicate_uln", "uln", "uln_created", MERGE, "PG-6.1-R3"),
        ("fictitious_uln", "uln", "uln_created", MERGE, "PG-6.1-R3"),
        (
            *("wrong_merge", "uln", "uln_merged"),
            (Information.BOTH_ULNS, Information.REASON_FOR_DEMERGE),
            "PG-6.1-R4",
        ),
        ("shared_uln", "uln", "uln_other", ALL, "PG-6.1-R5"),
        ("deceased_learner", "uln", "uln_other", ALL, "PG-6.1-R5"),
        ("uses_another_uln", "uln", "uln_other", ALL, "PG-6.1-R5"),
        ("other_uln_problem", "uln", "uln_other", ALL, "PG-6.1-R5"),
        ("wrong_grade", "event", "qualification_wrong", IF_KNOWN, "PG-6.1-R6"),
        ("wrong_date", "event", "qualification_wrong", IF_KNOWN, "PG-6.1-R6"),
        ("never_started", "event", "qualification_not_theirs", ALL, "PG-6.1-R8"),
        (
            *("was_shared", "event", "qualification_not_theirs"),
            (*ALL, Information.TRANSFER_TO),
            "PG-6.1-R8",
        ),
        ("uploaded_twice", "event", "qualification_twice", ALL, "PG-6.1-R9"),
    ],
)
def test_the_rows_of_the_guides_table(problem, challenge, enquiry, information, by):
    route = correction(Problem(problem))

    assert route.kind is RouteKind.DATA_CHALLENGE
    assert route.challenge is Challenge(challenge)
    assert route.enquiry is Enquiry(enquiry)
    assert route.information == information
    assert route.clause == by
    assert route.what_to_do == "Report it to the service as a data challenge."
    assert route == correction(problem)


def test_the_table_has_every_problem_that_is_a_data_challenge():
    assert set(Problem) - set(CHALLENGES) == {
        Problem.MISSING_QUALIFICATION,
        Problem.PROHIBITED_NAME,
    }
    assert set(CORRECTIONS) == set(FIELDS)


def test_a_missing_qualification_is_asked_for_elsewhere():
    """PG-6.1-R2."""
    route = correction(Problem.MISSING_QUALIFICATION)

    assert route.kind is RouteKind.AWARDING_ORGANISATION
    assert (route.enquiry, route.clause) == (None, "PG-6.1-R2")


def test_a_prohibited_word_in_a_legal_name_is_left_and_reported():
    """PG-C-2."""
    route = correction(Problem.PROHIBITED_NAME)

    assert (route.kind, route.clause) == (RouteKind.SERVICE_DESK, "PG-C-2")


@pytest.mark.parametrize("problem", Problem)
def test_only_what_is_said_of_a_qualification_waits_for_the_next_return(problem):
    """PG-6.1-R7."""
    route = correction(problem, in_current_ilr=True)

    if problem in {Problem.WRONG_GRADE, Problem.WRONG_DATE}:
        assert (route.kind, route.clause) == (RouteKind.ILR_RETURN, "PG-6.1-R7")
        assert route.information == ()
    else:
        assert route == correction(problem)


@pytest.mark.parametrize("problem", Problem)
def test_participation_is_looked_for_before_a_qualification_is_disputed(problem):
    """PG-6.1-R8, PG-6.1-R9, PG-6.1-R10."""
    first = correction(problem).check_first
    disputed = {Problem.NEVER_STARTED, Problem.WAS_SHARED, Problem.UPLOADED_TWICE}

    assert ("participation" in first) is (problem in disputed)
    assert ("report the ULN" in first) is (problem is Problem.WAS_SHARED)


def test_everything_is_said_in_a_sentence_and_by_a_clause():
    for what in (*FIELDS, *Problem):
        route = correction(what)
        assert route.what_to_do.endswith(".")
        assert clause(route.clause).text
    assert all(one.text.endswith(".") for one in Information)
    assert len({one.text for one in Information}) == len(Information)
    assert len({one.label for one in Enquiry}) == len(Enquiry)


def test_a_name_that_is_nothing_is_a_fault_of_the_code():
    with pytest.raises(KeyError) as caught:
        correction("Ada")

    assert caught.value.args == ("neither a field of a learner nor a problem",)
