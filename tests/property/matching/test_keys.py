"""Laws of the blocking keys."""

from __future__ import annotations

from hypothesis import assume, example, given
from hypothesis import strategies as st

from ulnlib.fields import FIVE_DEMOGRAPHICS
from ulnlib.learner import Learner
from ulnlib.matching import Kind, blocking_keys, exact_key, five_of, is_near
from ulnlib.matching.keys import query_keys, wide_keys
from ulnlib.matching.person import Person
from ulnlib.testing.strategies import learners

EVERY = frozenset(Kind)
TEXTS = st.none() | st.text(max_size=60) | st.sampled_from(["a b " * 90, "\udcff"])
ANYTHING = st.builds(
    Learner,
    given_name=TEXTS,
    family_name=TEXTS,
    middle_names=TEXTS,
    preferred_given_name=TEXTS,
    previous_family_name=TEXTS,
    date_of_birth=TEXTS | st.dates().map(str),
    postcode=TEXTS,
    upn=TEXTS,
    address_line_1=TEXTS,
    town=TEXTS,
)


@given(learners() | ANYTHING)
def test_they_are_distinct_sorted_and_of_64_bits(learner):
    """Law: keys fit a signed 64-bit column, each once."""
    keys = blocking_keys(learner, kinds=EVERY)

    assert list(keys) == sorted(set(keys))
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert set(blocking_keys(learner)) <= set(keys)


@given(learners() | ANYTHING)
def test_a_learner_is_looked_for_under_the_keys_it_is_stored_under(learner):
    """Law: a record finds itself by every key that it has."""
    for kinds in (EVERY, frozenset(Kind) & {*range(1, 9)}):
        person = Person(learner)
        assert set(blocking_keys(learner, kinds=kinds)) <= set(
            query_keys(person, kinds)
        )


@given(learners())
def test_whoever_can_be_registered_has_keys_and_not_too_many(learner):
    """Law: a learner with all five key demographics is stored under several keys."""
    keys = blocking_keys(learner)

    if any(letter.isalpha() for letter in learner.given_name + learner.family_name):
        assert len(keys) >= 3
    assert len(keys) < 3_000


@given(learners())
def test_names_that_changed_places_are_found(learner):
    """Law: of a learner and the same with the names changed over each finds both."""
    swapped = learner.evolve(
        given_name=learner.family_name, family_name=learner.given_name
    )

    assert set(query_keys(Person(swapped))) & set(blocking_keys(learner))
    assert set(query_keys(Person(learner))) & set(blocking_keys(swapped))


@given(learners(), st.sampled_from(["given_name", "family_name", "postcode"]))
@example(
    Learner(
        given_name="Mary  Ann",
        family_name="o'brien",
        date_of_birth="2007-05-04",
        postcode="za1 1ab",
    ),
    "given_name",
)
def test_case_and_spaces_make_no_difference(learner, field):
    """Law: what is equal to the service has the same keys."""
    text = getattr(learner, field).upper().lower()
    written = learner.evolve(**{field: text})
    again = learner.evolve(**{field: f" {text}  "})

    assert blocking_keys(written) == blocking_keys(again)


@given(learners(), st.lists(st.text(max_size=20), max_size=12))
def test_more_former_names_never_take_a_key_away(learner, families):
    """Law: what a store remembers adds keys."""
    assert set(blocking_keys(learner)) <= set(blocking_keys(learner, families=families))
    assert blocking_keys(learner, families=families) == blocking_keys(
        learner, families=[*families, *families]
    )


@given(
    learners() | ANYTHING,
    learners() | ANYTHING,
    st.sampled_from([*FIVE_DEMOGRAPHICS, "names"]),
)
def test_whoever_is_near_is_found_without_the_keys_of_many(learner, other, changed):
    """Law: a narrow search may pass over the keys that strangers share too."""
    if changed == "names":
        near = learner.evolve(
            given_name=learner.family_name, family_name=learner.given_name
        )
    else:
        near = learner.evolve(**{changed: getattr(other, changed)})
    assume(five_of(learner).date_of_birth and five_of(near).date_of_birth)
    for asked, held in ((learner, near), (near, learner)):
        if is_near(five_of(asked), five_of(held)):
            exact = {exact_key(five_of(asked)), exact_key(five_of(held))}
            few = set(query_keys(Person(asked))) - wide_keys(Person(asked))
            assert len(exact) == 1 or few & {
                *blocking_keys(held),
                exact_key(five_of(held)),
            }
