"""Laws of the search plan."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import assume, given
from hypothesis import strategies as st

from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.issues import Severity
from ulnlib.learner import Learner
from ulnlib.matching import TOLERANCES, Query, search_plan
from ulnlib.rules.registration import check
from ulnlib.rules.values import check_value
from ulnlib.testing.strategies import AS_OF, learners

HOSTILE = [
    *("\udcff", "Mc Ada-O'B", "\x00", "\ufffd", "\u200b", "'", "-", " ", "\u00d3 Q"),
    *("A" * 36, "\ufb03" * 35, "\u0130" * 35, "O\u2019 " + "Q" * 40, "de " * 20),
]
TEXTS = (
    st.none()
    | st.text(max_size=60)
    | st.text(st.characters(), max_size=60)
    | st.sampled_from(HOSTILE)
)
EMAILS = st.sampled_from(["ada@example.org", "none", "a@b", "A" * 250 + "@x.org"])
ANYTHING = st.builds(
    Learner,
    given_name=TEXTS,
    preferred_given_name=TEXTS,
    middle_names=TEXTS,
    family_name=TEXTS,
    previous_family_name=TEXTS,
    family_name_at_16=TEXTS,
    school_at_16=TEXTS | st.just("Z" * 255),
    place_of_birth=TEXTS,
    email=TEXTS | EMAILS,
    date_of_birth=TEXTS | st.dates().map(str),
    gender=TEXTS | st.sampled_from("0129"),
    postcode=TEXTS,
)
# The same with a date that is one, so that there are plans to look at.
NEARLY = st.builds(
    lambda learner, born: learner.evolve(date_of_birth=str(born)),
    ANYTHING,
    st.dates(dt.date(1890, 1, 1), dt.date(2040, 1, 1)),
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
    NAMED | learners() | ANYTHING | NEARLY,
    st.lists(TEXTS.filter(bool) | st.sampled_from(["ZB2 2AB", "zb22ab"]), max_size=2),
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

    A date is moved by a year at most: nobody becomes too young or too old by it.
    """
    assume("1930" < learner.date_of_birth < "2010")
    for step in search_plan(learner, limit=100):
        for day in (AS_OF, AS_OF + dt.timedelta(days=365)):
            report = check(
                step.learner, purpose="find", channel="web_service", as_of=day
            )
            assert report.is_ok, (step.tolerance, report)


REFINERS = {"previous_family_name", "school_at_16", "place_of_birth", "email"}
DAYS = st.none() | st.dates(dt.date(2011, 1, 1), dt.date(2040, 1, 1))


@given(QUERIES, DAYS)
def test_every_field_of_a_step_is_as_the_fields_have_it(query, as_of):
    """Law: whatever is asked, no step has a value that the service does not take."""
    for step in search_plan(query, limit=100, as_of=as_of):
        sent = dict(zip(FIELDS, step.learner.values(), strict=True))
        given_fields = {name for name, value in sent.items() if value is not None}
        assert set(FIVE_DEMOGRAPHICS) <= given_fields <= {*FIVE_DEMOGRAPHICS, *REFINERS}
        for name in given_fields:
            field, value = FIELDS[name], sent[name]
            assert 0 < len(value) <= field.max_length
            assert value == value.strip()
            value.encode()
            if field.pattern is not None:
                assert re.fullmatch(field.pattern, value), name
            found = check_value(field, value, field.codes)
            assert all(one.severity is not Severity.ERROR for one in found), name


@given(QUERIES, st.dates(dt.date(2011, 1, 1), dt.date(2040, 1, 1)))
def test_with_a_day_every_step_passes_the_rules_of_a_search(query, as_of):
    """Law: ages included, and the plan is part of the one without a day."""
    whole = [step.learner for step in search_plan(query, limit=100)]
    for step in search_plan(query, limit=100, as_of=as_of):
        report = check(step.learner, purpose="find", channel="web_service", as_of=as_of)
        assert report.is_ok, (step.tolerance, report)
        assert step.learner in whole or step.learner.date_of_birth < "1900"


@given(QUERIES)
def test_a_step_shows_nobody(query):
    """Law: the `repr` of a step has the tolerance and nothing of the request."""
    for step in search_plan(query):
        assert repr(step) == f"Step(learner=Learner(), tolerance={step.tolerance!r})"
