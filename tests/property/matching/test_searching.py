"""Laws of the search."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ulnlib.fields import FIVE_DEMOGRAPHICS
from ulnlib.learner import Learner
from ulnlib.matching import TOLERANCES, Outcome, Policy, five_of, rank, search
from ulnlib.testing.mistakes import ErrorKind, apply
from ulnlib.testing.strategies import learners

MANY = Policy(names_too_many=True, floor=0)
FEW = ["Ada", "Adah", "Mary Ann", "Maryann", "Smith", "Smyth", "O'Brien", "OBrien"]
TEXTS = st.none() | st.text(max_size=40) | st.sampled_from(["\udcff", "ab" * 5_000])
HOSTILE = st.builds(
    Learner, **dict.fromkeys([*FIVE_DEMOGRAPHICS, "middle_names", "upn"], TEXTS)
)
ALIKE = st.builds(
    Learner,
    given_name=st.sampled_from(FEW),
    family_name=st.sampled_from(FEW),
    date_of_birth=st.sampled_from(["2007-05-04", "2007-04-05", "2007-01-01"]),
    gender=st.sampled_from("012"),
    postcode=st.sampled_from(["ZA1 1AB", "ZA1 1AD", "ZZ99 9ZZ"]),
)
CROWDS = st.lists(ALIKE | learners().map(lambda one: one.evolve(uln=None)), max_size=15)


@given(learners(), CROWDS)
def test_a_record_finds_itself_first_or_tied_with_its_equals(memory, learner, crowd):
    """Law: nobody goes before a record when all its details are asked for."""
    store = memory(*crowd)
    uln = store.add(learner.evolve(uln=None))
    found = search(learner, store, Policy(names_too_many=True))
    best = found.matches[0]

    assert found.outcome in {Outcome.EXACT, Outcome.POSSIBLE, Outcome.TOO_MANY}
    assert best.comparison.is_equal
    assert five_of(best.profile.learner) == five_of(learner)
    assert uln in [match.uln for match in found.matches]


@given(ALIKE, CROWDS)
def test_it_is_exact_when_one_record_has_all_five_equal(memory, asked, crowd):
    """Law: exact if and only if the five of exactly one record are equal, folded."""
    equal = [one for one in crowd if five_of(one) == five_of(asked)]
    found = search(asked, memory(*crowd))

    assert (found.outcome is Outcome.EXACT) == (len(equal) == 1)
    if len(equal) > 1:
        assert found.outcome in {Outcome.POSSIBLE, Outcome.TOO_MANY}


@given(ALIKE | HOSTILE, CROWDS)
def test_outcome_and_count_say_the_same(memory, asked, crowd):
    """Law: ten are possible, more are too many, and nobody of them is named."""
    store = memory(*crowd)
    found, named = (
        search(asked, store),
        search(asked, store, Policy(names_too_many=True)),
    )

    assert (found.outcome, found.found) == (named.outcome, named.found)
    assert len(named.matches) == named.found
    if found.outcome is Outcome.TOO_MANY:
        assert found.found > 10
        assert found.matches == ()
    else:
        assert found.matches == named.matches
        assert found.found <= 10
        assert (found.found == 0) == (
            found.outcome in {Outcome.NONE, Outcome.INSUFFICIENT}
        )


@given(ALIKE, CROWDS, st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_of_candidates(memory, asked, crowd, draw):
    """Law: a store may give its records in any order."""
    crowd = [
        one.evolve(uln=uln) for one, uln in zip(crowd, memory().ulns, strict=False)
    ]
    shuffled = list(crowd)
    draw.shuffle(shuffled)

    def told(learners):
        found = search(asked, memory(*learners), MANY)
        return found.outcome, [
            (one.uln, one.margin, one.weight, one.conflicts) for one in found.matches
        ]

    assert told(crowd) == told(shuffled)
    assert [one.uln for one in rank(asked, crowd)] == [
        one.uln for one in rank(asked, shuffled)
    ]


@given(
    ALIKE,
    CROWDS,
    st.sets(st.sampled_from(sorted(TOLERANCES))),
    st.sets(st.sampled_from(sorted(TOLERANCES))),
)
def test_a_tolerance_more_never_loses_a_match(memory, asked, crowd, few, more):
    """Law: who is found with some tolerances is found with more of them."""
    store = memory(*crowd)
    found, wider = (
        search(asked, store, Policy(names_too_many=True, tolerances=one))
        for one in (few, few | more)
    )

    assert (found.outcome is Outcome.EXACT) == (wider.outcome is Outcome.EXACT)
    assert {one.uln for one in found.matches} <= {one.uln for one in wider.matches}


@settings(max_examples=50)
@given(HOSTILE, st.lists(HOSTILE, max_size=5))
def test_any_text_is_searched_for_and_among(memory, asked, crowd):
    """Law: nothing that is asked or held raises anything."""
    store = memory(*crowd, asked)
    found = search(asked, store, MANY)

    assert (found.outcome is Outcome.INSUFFICIENT) or found.found >= 1
    for match in found.matches:
        assert 0 <= match.probability <= 1
        assert max(map(len, match.explain().splitlines())) < 300


# What stands for what is not known cannot make up for what is wrong besides.
KNOWN = ALIKE.filter(lambda one: one.postcode != "ZZ99 9ZZ" and one.gender != "0")


@pytest.mark.parametrize("kind", ErrorKind)
@settings(max_examples=20)
@given(learner=KNOWN, seed=st.integers(0, 2**32))
def test_one_mistake_still_finds_the_learner(memory, kind, learner, seed):
    """Law: with one of the mistakes that people make, the record is still found.

    The mistakes are not the matcher's: they are made by rules of their own.
    """
    wrong = apply(kind, learner, Random(seed))
    if wrong is None:
        return
    store = memory(learner)
    found = search(wrong, store, Policy(floor=0))

    assert found.found == 1
