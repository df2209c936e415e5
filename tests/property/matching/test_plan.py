"""Laws of the search plan."""

from __future__ import annotations

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from ulnlib.learner import Learner
from ulnlib.matching import TOLERANCES, Query, search_plan
from ulnlib.rules.registration import check
from ulnlib.testing.strategies import AS_OF, learners

TEXTS = st.none() | st.text(max_size=60) | st.sampled_from(["\udcff", "Mc Ada-O'B"])
ANYTHING = st.builds(
    Learner,
    given_name=TEXTS,
    preferred_given_name=TEXTS,
    middle_names=TEXTS,
    family_name=TEXTS,
    previous_family_name=TEXTS,
    date_of_birth=TEXTS | st.dates().map(str),
    gender=TEXTS,
    postcode=TEXTS,
)
PLAIN = ["Ada", "Mary-Ann", "Bill", "McQuill", "O'Quill", "Quill-Thistle", "van Quill"]
NAMED = st.builds(
    lambda learner, **names: learner.evolve(**names),
    learners(),
    given_name=st.sampled_from(PLAIN),
    family_name=st.sampled_from(PLAIN),
    preferred_given_name=st.none() | st.sampled_from(PLAIN),
    middle_names=st.none() | st.sampled_from(PLAIN),
    previous_family_name=st.none() | st.sampled_from(PLAIN),
)
QUERIES = st.builds(
    lambda learner, codes: Query.of(learner, other_postcodes=codes),
    NAMED | learners() | ANYTHING,
    st.lists(st.sampled_from(["ZB2 2AB", "zb22ab", "no postcode"]), max_size=2),
)


@given(QUERIES, st.integers(0, 40))
def test_no_step_comes_twice_and_there_are_no_more_than_asked(query, limit):
    """Law: a plan has at most so many steps, all of them different requests."""
    steps = list(search_plan(query, limit=limit))
    sent = {tuple((v or "").casefold() for v in s.learner.values()) for s in steps}

    assert len(sent) == len(steps) <= limit
    assert steps == list(search_plan(query, limit=100))[:limit]


@given(QUERIES)
def test_only_the_first_step_is_as_given(query):
    """Law: every further step stands for a tolerance."""
    first, *rest = [*search_plan(query, limit=100)] or [None]

    assert first is None or first.tolerance is None
    assert {step.tolerance for step in rest} <= TOLERANCES
    assert all(step.why for step in rest)


@given(NAMED)
def test_every_step_is_a_request_that_the_service_takes(learner):
    """Law: when what is asked could be sent, so can every step.

    A date is moved within its year: nobody becomes too young or too old by it.
    """
    assume("1930" < learner.date_of_birth < "2010")
    for step in search_plan(learner, limit=100):
        for day in (AS_OF, AS_OF + dt.timedelta(days=365)):
            report = check(
                step.learner, purpose="find", channel="web_service", as_of=day
            )
            assert report.is_ok, (step.tolerance, report)


@given(QUERIES)
def test_a_step_shows_nobody(query):
    """Law: the `repr` of a step has the tolerance and nothing of the request."""
    for step in search_plan(query):
        assert repr(step) == f"Step(learner=Learner(), tolerance={step.tolerance!r})"
