"""Laws of updates: what agrees, what changes and what is refused hang together."""

from hypothesis import given
from hypothesis import strategies as st

from ulnlib.fields import FIELDS, FIVE_DEMOGRAPHICS
from ulnlib.learner import Learner
from ulnlib.rules import updates

TEXTS = st.sampled_from([None, "", " ", "a", "A", " a", "b"])
LEARNERS = st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXTS)).map(
    lambda fields: Learner(**fields)
)


@given(one=LEARNERS, other=LEARNERS)
def test_to_be_the_same_learner_goes_both_ways(one, other):
    """Whoever is the same as another, the other is the same as them."""
    same = updates.is_same_learner(one, other)

    assert same is updates.is_same_learner(other, one)
    assert same is (
        updates.folded_demographics(one) == updates.folded_demographics(other)
        and None not in updates.folded_demographics(one)
    )


@given(held=LEARNERS, given_=LEARNERS)
def test_what_changed_is_what_differs_after_the_update(held, given_):
    """The changed mandatory fields are those that another reader would see changed."""
    after = updates.updated(held, given_)
    was, now = updates.folded_demographics(held), updates.folded_demographics(after)
    differing = tuple(
        name for name, a, b in zip(FIVE_DEMOGRAPHICS, was, now, strict=True) if a != b
    )

    assert updates.changed_mandatory(held, given_) == differing


@given(held=LEARNERS, given_=LEARNERS)
def test_an_update_twice_is_an_update_once(held, given_):
    """What was just written changes nothing when it is written again."""
    after = updates.updated(held, given_)

    assert updates.updated(after, given_) == after
    assert updates.changed_mandatory(after, given_) == ()
    refusal = updates.refuse_update(after, given_, seen=None, version=1)
    assert refusal is not None


@given(held=LEARNERS, given_=LEARNERS)
def test_a_file_writes_only_what_it_gives(held, given_):
    """Every written value is the file's, none of them empty, and no number."""
    for name, value in updates.changes_by_file(held, given_).items():
        assert value == getattr(given_, name) != getattr(held, name)
        assert value
        assert name not in {"uln", "mis_identifier", "upn"}


@given(held=LEARNERS, given_=LEARNERS)
def test_who_may_update_by_file_changes_at_most_one_of_the_five(held, given_):
    """Four that agree leave one to change."""
    if updates.may_update_by_file(held, given_):
        assert len(updates.changed_mandatory(held, given_)) <= 1
        assert list(updates.check_changes(held, given_)) == []
