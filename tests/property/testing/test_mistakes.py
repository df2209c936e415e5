"""The laws of mistakes."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ulnlib.fields import FIVE_DEMOGRAPHICS
from ulnlib.learner import Learner
from ulnlib.testing.mistakes import FIELDS_OF, ErrorKind, apply
from ulnlib.testing.strategies import learners

TEXTS = st.none() | st.text(max_size=40)
ANYTHING = st.builds(
    Learner,
    given_name=TEXTS,
    family_name=TEXTS,
    middle_names=TEXTS,
    preferred_given_name=TEXTS,
    previous_family_name=TEXTS,
    date_of_birth=TEXTS | st.dates().map(str),
    postcode=TEXTS,
    gender=st.sampled_from(["0", "1", "2", "9", "", None]),
)


def _five(learner):
    return tuple(getattr(learner, name) for name in FIVE_DEMOGRAPHICS)


@settings(deadline=None)
@given(st.sampled_from(ErrorKind), learners() | ANYTHING, st.integers(0, 2**32))
def test_a_mistake_changes_its_own_fields_and_never_none(kind, learner, seed):
    """Law: of the five, what changes is of the mistake, and something does."""
    wrong = apply(kind, learner, Random(seed))
    if wrong is None:
        return
    assert _five(wrong) != _five(learner)
    for name in FIVE_DEMOGRAPHICS:
        if getattr(wrong, name) != getattr(learner, name):
            assert name in FIELDS_OF[kind]


@settings(deadline=None)
@given(st.sampled_from(ErrorKind), learners(), st.integers(0, 2**32))
def test_the_same_chance_makes_the_same_mistake(kind, learner, seed):
    """Law: a mistake is a function of the kind, the learner and the chance."""
    assert apply(kind, learner, Random(seed)) == apply(kind, learner, Random(seed))
